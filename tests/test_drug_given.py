"""Whether a study gave a drug, what design it has, and patients whom an earlier sentence or turn told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, ROOT, engine_over

from assistant.model import Answer, Status

CONGRESS = ROOT / "tests" / "congress_reviews"


@pytest.fixture(scope="module")
def leukemia(assistant_home: Path) -> Callable[[str], Answer]:
    engine = engine_over(CONGRESS / "aml-targeted-review", assistant_home)
    return lambda question: engine.ask([question])


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Callable[..., Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(turns)


@pytest.mark.parametrize(
    "question",
    [
        "Was revumenib used in study A-04?",
        "Did patients in A-04 receive revumenib?",
        "Did Lindqvist et al. give revumenib?",
        "Was revumenib part of the treatment in A-04?",
        "Does the MERIDIAN protocol include revumenib?",
    ],
)
def test_a_drug_of_the_study_was_given(leukemia: Callable[[str], Answer], question: str) -> None:
    answer = leukemia(question)
    assert answer.text.startswith("Yes: in ")
    assert "the study agents were Revumenib." in answer.text
    assert ["Study agents" in c.locator for c in answer.citations] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "Was revumenib given to all patients in A-04?",
        "Was revumenib given before transplant in A-04?",
        "Was revumenib alone given in A-04?",
        "Was revumenib not used in A-04?",
        "Was quizartinib used in A-04?",
        "Was deltazole used in A-04?",
        "Is revumenib approved in A-04?",
    ],
)
def test_more_than_that_is_not_granted_by_the_row(leukemia: Callable[[str], Answer], question: str) -> None:
    assert not leukemia(question).text.startswith("Yes: in ")


def test_a_row_of_what_was_stopped_grants_nothing(assistant_home: Path) -> None:
    engine = engine_over(CONGRESS / "myeloma-ash-highlights", assistant_home)
    assert not engine.ask(["Was lenalidomide given in abstract 341?"]).text.startswith("Yes")


def test_a_design_that_is_not_told_is_named(shipped: Callable[..., Answer]) -> None:
    answer = shipped("Is the study by Suo a phase III trial?")
    assert answer.status is Status.DECLINED
    assert "Suo et al.) is a phase III study" in answer.text


@pytest.mark.parametrize(
    "turns",
    [
        ["3-year OS in GMALL?", "now only for the high-risk ones who were transplanted"],
        ["3-year OS in GMALL?", "this time for those who had a transplant"],
        ["3-year OS in GMALL?", "same for the high-risk patients who were transplanted"],
        ["GMALL had a high-risk group that went on to an allograft. What share of those were alive at 3 years?"],
        ["In GMALL some high-risk patients were transplanted. How many of them survived 3 years, in %?"],
    ],
)  # fmt: skip
def test_patients_told_before_are_those_asked_about(shipped: Callable[..., Answer], turns: list[str]) -> None:
    text = shipped(*turns).text
    assert "68%" in text
    assert "78%" not in text


@pytest.mark.parametrize(
    "question",
    [
        "The CR rate in 1414 is a percentage. What head count does that work out to?",
        "1414 gives its CR rate as a percentage. With the patients they had, what number of patients does that make?",
    ],
)
def test_a_share_in_heads(shipped: Callable[..., Answer], question: str) -> None:
    assert shipped(question).text.startswith("About 3 patients")


def test_what_may_be_written_is_judged(shipped: Callable[..., Answer]) -> None:
    assert shipped("May I write that the 3-year OS in GMALL was 78%?").text.startswith("Yes")
    assert shipped("Can we say in the wiki that the 3-year OS in GMALL was 87%?").text.startswith("No")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is T-LBL included in abstract 51?", "Yes: Goekbuget et al. enrolled 73 patients (T-LBL)."),
        (
            "Did abstract 980 enrol patients with T-LBL?",
            "Yes: Abstract 980 (Zhang et al.) enrolled 18 patients",
        ),
        ("Did 51 only include T-LBL?", "No: Goekbuget et al. enrolled 208 patients (T-ALL)."),
        ("Did everyone in 980 have T-ALL?", "No: Abstract 980 (Zhang et al.) enrolled 18 patients (T/LBL)."),
    ],
)
def test_parts_of_the_patients_are_judged(shipped: Callable[..., Answer], question: str, begins: str) -> None:
    assert shipped(question).text.startswith(begins)


@pytest.mark.parametrize("question", ["Were all T-LBL patients in 980 infused?", "Is B-ALL included in 51?"])
def test_what_no_part_decides_is_not(shipped: Callable[..., Answer], question: str) -> None:
    assert not shipped(question).text.startswith(("Yes", "No:"))


@pytest.mark.parametrize(
    ("question", "agents"),
    [
        ("Did 980 use NS7CAR cells?", "NS7CAR-T"),
        ("Was RD13-01 given in 1995?", "RD13-01"),
    ],
)
def test_cells_were_given(shipped: Callable[..., Answer], question: str, agents: str) -> None:
    text = shipped(question).text
    assert text.startswith("Yes: in ")
    assert agents in text


@pytest.mark.parametrize(
    "question", ["Was CD3 used in 975?", "Was CD7 used in 2011?", "Did all patients in 942 have ETP-ALL?"]
)
def test_a_target_is_no_product_and_a_state_no_disease(shipped: Callable[..., Answer], question: str) -> None:
    assert not shipped(question).text.startswith(("Yes: in ", "No: Suo"))


@pytest.mark.parametrize(
    "question",
    [
        "Did nobody receive nelarabine in abstract 51?",
        "Did few patients in abstract 51 receive nelarabine?",
        "Was nelarabine taken off the protocol in abstract 54?",
        "Did abstract 51 include mostly T-LBL patients?",
        "Did abstract 980 fail to recruit T-LBL patients?",
        "Was nobody with T-LBL included in abstract 51?",
        "Were T-LBL patients treated successfully in abstract 51?",
        "No deaths were reported in abstract 1995, right?",
        "So far no deaths were reported in abstract 1995, right?",
        "Did nobody die in abstract 1995?",
    ],
)
def test_denials_and_degrees_get_no_yes(shipped: Callable[..., Answer], question: str) -> None:
    assert not shipped(question).text.startswith("Yes")


def test_what_is_asked_of_all_of_a_part_says_nothing_of_the_others(shipped: Callable[..., Answer]) -> None:
    assert not shipped("Did T-LBL patients in abstract 51 all receive nelarabine?").text.startswith("No: ")
