"""Lengths, occasions and drugs nobody knows that stand in a message, and gaps between the figures of two turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.model import Answer, Status


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[..., Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(list(turns))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Summarise abstract 2011 with PFS and OS, max 3 sentences", ("62.3%", "60.0%")),
        ("For the department's web page: which subgroup fared worse in GMALL?", ("early T-ALL",)),
        (
            "By what means should first-line therapy improve, says the closing paragraph?",
            ("targeted therapy",),
        ),
        ("What all goes into the V-HAG protocol?", ("homoharringtonine", "cytarabine")),
        (
            "Which papers should a colleague interested in ETP-ALL read? I mean, which abstracts should he read?",
            ("942",),
        ),
    ],
)
def test_what_stands_beside_a_question_changes_no_answer(
    ask: Callable[..., Answer], question: str, says: tuple[str, ...]
) -> None:
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert all(word in answer.text for word in says), answer.text
    assert not answer.text.startswith(("No: ", "Yes: "))


@pytest.mark.parametrize(
    "question",
    [
        "In abstract 54 they added dasatinib. What OS did that give?",
        "Abstract 980 gave daratumumab first. Which response did this bring?",
    ],
)
def test_a_drug_that_nobody_gave_gets_no_figure(ask: Callable[..., Answer], question: str) -> None:
    answer = ask(question)
    assert answer.status is Status.DECLINED
    assert not answer.facts


def test_a_drug_that_was_given_does(ask: Callable[..., Answer]) -> None:
    assert "93.4%" in ask("Hatta added L-asparaginase. What OS did that give?").text


@pytest.mark.parametrize(
    ("turns", "gap"),
    [
        (
            ("2-year OS, combination arm of Shimony?", "monotherapy?", "so the gap is how many points?"),
            "44.9 percentage points",
        ),
        (("3-year OS in GMALL?", "and at one year?", "difference in points?"), "11 percentage points"),
    ],
)
def test_the_gap_between_two_turns_is_computed(
    ask: Callable[..., Answer], turns: tuple[str, ...], gap: str
) -> None:
    assert gap in ask(*turns).text


@pytest.mark.parametrize(
    "question",
    [
        "¿CR con nelarabina sola?",
        "Taux de RC sous nélarabine en monothérapie ?",
        "Tasso di remissione completa con nelarabina in monoterapia?",
    ],
)
def test_alone_is_the_arm_of_one_drug_in_other_languages(ask: Callable[..., Answer], question: str) -> None:
    answer = ask(question)
    assert "40%" in answer.text
    assert "55%" not in answer.text


def test_the_first_year_is_a_time(ask: Callable[..., Answer]) -> None:
    assert "89%" in ask("OS at three years in GMALL?", "and after the first year?").text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Did no more than 60 patients take part in abstract 980?", "Yes: "),
        ("Did no more than 50 patients take part in abstract 980?", "No: "),
        ("Did only 5 patients in 980 have CRS of grade 3 or higher?", "6 patients"),
        ("How does the BFM-90 protocol compare in OS?", "The review says nothing of “BFM-90”"),
    ],
)
def test_so_many_are_all_and_no_part(ask: Callable[..., Answer], question: str, opening: str) -> None:
    assert ask(question).text.startswith(opening)


def test_a_group_that_is_not_wanted_is_not_given(ask: Callable[..., Answer]) -> None:
    assert "8%" not in ask("Never mind the monotherapy group: 2-year OS in 4053?").text


def test_no_gap_is_formed_between_two_times(ask: Callable[..., Answer]) -> None:
    answer = ask("OS in 980?", "And in 2011?", "The difference is how many points?")
    assert "75.0%" in answer.text
    assert "60.0%" in answer.text
    assert "15" not in answer.text


def test_those_of_the_sentence_before_are_the_patients(ask: Callable[..., Answer]) -> None:
    assert ask("GMALL counted 73 T-LBL patients. What was the OS in just those?").status is Status.DECLINED
    assert "62%" in ask("Shimony enrolled 29 combination patients. What was the CR among them?").text


def test_those_who_only_got_a_drug_are_its_arm(ask: Callable[..., Answer]) -> None:
    answer = ask("CR of the nelarabine combination in R/R disease?", "and for those who only got nelarabine?")
    assert "40%" in answer.text
    assert "55%" not in answer.text
