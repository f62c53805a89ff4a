"""Short plain questions: the meeting, the limits of the evidence, a share over several grades, two products side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over
from one_trial import asked

from assistant.model import Answer, Status


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Callable[..., Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(turns)


@pytest.mark.parametrize(
    "question", ["When were the abstracts presented?", "Where were these abstracts shown?"]
)
def test_abstracts_are_presented_at_the_meeting(shipped: Callable[..., Answer], question: str) -> None:
    answer = shipped(question)
    assert "ASH Annual Meeting" in answer.text
    assert [c.study for c in answer.citations] == [""]


@pytest.mark.parametrize(
    "question", ["What are the limitations of the studies?", "any limitations mentioned?"]
)
def test_limits_that_are_not_spoken_of_are_declined(shipped: Callable[..., Answer], question: str) -> None:
    answer = shipped(question)
    assert answer.status is Status.DECLINED
    assert "limitations" in answer.text


def test_what_a_review_recommends_is_no_reference(shipped: Callable[..., Answer]) -> None:
    assert "Blood" not in shipped("Does the review recommend nelarabine first line?").text


@pytest.mark.parametrize(
    "question",
    ["Percentage with grade 3 or worse CRS on NS7CAR?", "What share of NS7CAR patients had severe CRS?"],
)
def test_a_share_over_several_grades_is_computed(shipped: Callable[..., Answer], question: str) -> None:
    answer = shipped(question)
    assert answer.text.startswith("11.3%, computed from 5 of grade 3 and 1 of grade 4 (CRS) of 53 patients.")
    assert [s.derivation.operation for s in answer.statements if s.derivation] == ["percentage"]


def test_the_number_over_several_grades_stays_a_number(shipped: Callable[..., Answer]) -> None:
    assert shipped("How many NS7CAR patients had severe CRS?").text.startswith("6 patients, computed from")


def test_how_long_a_study_ran_may_be_told_by_its_period(shipped: Callable[..., Answer]) -> None:
    assert "2011–2017" in shipped("How long was the study period of the AYA trial?").text


@pytest.mark.parametrize(
    "question",
    ["Compare the OS of NS7CAR and the donor CD7 product", "Compare CRS of NS7CAR and donor CD7 CAR-T"],
)
def test_a_product_that_is_described_is_set_beside_a_named_one(
    shipped: Callable[..., Answer], question: str
) -> None:
    assert {"980", "2011"} <= {c.study for c in shipped(question).citations}


def test_limits_are_told_where_the_review_owns_them(tmp_path: Path) -> None:
    prose = (
        "T-1 was a phase II trial of 40 adults (Study T-1) [1]. The 2-year OS was 71.0%.\n\n# Conclusions\n\n"
        "Most of the studies were small and uncontrolled, and follow-up was short."
    )
    engine = asked(tmp_path, prose, "Studies", "Study,T-1\nAuthors,Moor et al. [1]\nNo. of patients,40\n")
    answer = engine.ask(["What limitations does the review own up to?"])
    assert answer.text.startswith("Most of the studies were small and uncontrolled")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Do prose and table tell the same story about CR with RD13-01?", "No: "),
        (
            "I think the text and the table disagree about CR in abstract 1995. Do the two report the same?",
            "No: ",
        ),
        ("Do the text and the table contradict each other on CR with RD13-01?", "Yes: "),
    ],
)
def test_places_that_differ_do_not_agree(shipped: Callable[..., Answer], question: str, verdict: str) -> None:
    assert shipped(question).text.startswith(f"{verdict}Abstract 1995")


def test_have_behind_an_abbreviation_asks_for_no_verdict(shipped: Callable[..., Answer]) -> None:
    asked_for = "What age range did Yu and co. have in their phase II of venetoclax plus HAG?"
    assert shipped(asked_for).text.startswith("In Yu et al., the age range was 15–60 years.")


def test_what_the_asker_is_at_asks_nothing(shipped: Callable[..., Answer]) -> None:
    answer = shipped("Coordinator here, updating our registry sheet: which studies carry an NCT number?")
    assert answer.text.count("NCT0") >= 4


def test_a_rate_is_split_into_its_parts(shipped: Callable[..., Answer]) -> None:
    answer = shipped("CR/CRi in Yu?", "split that into CR and CRi")
    assert answer.text.count("42.9%") == 2
