"""Yes or no to a number claimed of the treatment, over a made-up trial."""

from collections.abc import Callable
from pathlib import Path

import pytest
from one_trial import asked

_PROSE = (
    "Moor et al. enrolled 50 patients with relapsed leukemia in a study of alphamab (Study T-1) [1].\n"
    "Alphamab was explored at 40, 80 and 120 mg twice daily, and 80 mg twice daily was declared the recommended dose.\n"
    "A single 3-week course of betamycin preceded alphamab.\n"
    "Forty-six patients were infused; infection prevented it in four.\n"
)
_TABLE = "Item,T-1 (Moor et al.) [1]\nStudy agents,Alphamab\nNo. of patients,50\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    folder: Path = tmp_path_factory.mktemp("numbers")
    engine = asked(folder, _PROSE, "Trials", _TABLE)
    return lambda question: engine.ask([question]).text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Was 120 mg the alphamab dose they settled on?", "No: "),
        ("Was 80 mg twice daily chosen as the alphamab dose?", "Yes: "),
        ("Did they get two courses of betamycin before alphamab?", "No: "),
        ("Were all 50 patients enrolled in T-1 infused?", "No: "),
    ],
)
def test_a_number_claimed_is_that_of_the_clause_that_says_it(
    ask: Callable[[str], str], question: str, begins: str
) -> None:
    assert ask(question).startswith(begins)


def test_a_number_in_another_clause_bears_no_verdict(ask: Callable[[str], str]) -> None:
    assert not ask("Was 80 mg once daily the alphamab dose they settled on?").startswith(("Yes", "No"))


@pytest.mark.parametrize(
    "question",
    [
        "How many patients got the cells in T-1?",
        "how many received the alphamab infusion in T-1?",
        "How many were treated in T-1?",
    ],
)
def test_those_infused_are_not_those_enrolled(ask: Callable[[str], str], question: str) -> None:
    assert ask(question).startswith("Forty-six patients were infused")


def test_those_enrolled_are_asked_for_as_such(ask: Callable[[str], str]) -> None:
    assert "enrolled 50 patients" in ask("How many patients were enrolled in T-1?")
