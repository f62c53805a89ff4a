"""Yes or no to a claimed share, over a made-up trial: only where the very share was read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from one_trial import asked

_PROSE = (
    "Moor et al. gave alphamab to 50 patients with relapsed leukemia (Study T-1) [1].\n"
    "Of 60 patients who were screened, 50 were treated.\n"
    "The ORR was 64.0% (32/50) and the 2-year OS 80.0%.\n"
    "CRS occurred in 45 patients (90.0%).\n"
    "Alphamab had been preceded by gammalimus in 20 patients (40.0%).\n"
    "Ten patients died, eight of them of pneumonia.\n"
    "Betamycin was interrupted in 35 of 50 patients (70.0%).\n"
)
_TABLE = "Item,T-1 (Moor et al.) [1]\nStudy agents,Alphamab\nNo. of patients,50\n"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    folder: Path = tmp_path_factory.mktemp("shares")
    engine = asked(folder, _PROSE, "Trials", _TABLE)
    return lambda question: engine.ask([question]).text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Did more than half of the patients in Study T-1 respond?", "Yes: "),
        ("Were most patients in Study T-1 alive at two years?", "Yes: "),
        ("Were more than half of the deaths in Study T-1 from pneumonia?", "Yes: "),
        ("Had fewer than half of the patients in Study T-1 been on gammalimus before?", "Yes: "),
        ("Did one in ten patients in Study T-1 have CRS?", "No: "),
        ("Did at least 70% of the patients in Study T-1 respond?", "No: "),
        ("Did everyone in Study T-1 respond?", "No: "),
        ("Did nearly everyone in Study T-1 have CRS?", "Yes: "),
        ("Did fewer than one in three patients in Study T-1 respond?", "No: "),
        ("Were all 60 patients who were screened in Study T-1 treated?", "No: "),
    ],
)
def test_a_share_decides(ask: Callable[[str], str], question: str, begins: str) -> None:
    assert ask(question).startswith(begins), ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "Did half of the patients in Study T-1 have CRS?",
        "Were more than half of the deaths in Study T-1 from sepsis?",
        "Did most of the responders in Study T-1 relapse?",
        "Did most patients in Study T-1 get alphamab at home?",
        "Was betamycin given to most patients in Study T-1?",
    ],
)
def test_a_share_that_was_not_read_decides_nothing(ask: Callable[[str], str], question: str) -> None:
    assert not ask(question).startswith(("Yes", "No: ")), ask(question)
