"""Questions in two sentences, as commands and of products, in their plain form; studies that saw none of something."""

from __future__ import annotations

import pytest

from assistant.question.clean import written_out
from assistant.question.frames import asked_outright
from assistant.question.nobody import none_seen
from assistant.question.parts import two_questions


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Four of the alphamab recipients had myeloma. What was the response rate in just those?",
            "What was the response rate of the alphamab recipients who had myeloma?",
        ),
        (
            "Some of the TRIAL-1 patients were older than 60. What was their 2-year OS?",
            "What was the 2-year OS of the TRIAL-1 patients who were older than 60?",
        ),
        (
            "12 of the 40 patients in TRIAL-1 had a TP53 mutation. How many of them died?",
            "How many of the patients in TRIAL-1 who had a TP53 mutation died?",
        ),
        (
            "Screen the review for trials in which no steroid was given",
            "List the trials in which no steroid was given",
        ),
        ("Which of the CAR-T products is autologous?", "Which CAR-T studies used autologous cells?"),
        (
            "TRIAL-1 enrolled 40 patients. What was their OS?",
            "TRIAL-1 enrolled 40 patients. What was their OS?",
        ),
    ],
)
def test_what_was_said_before_or_told_to_do_is_one_question(text: str, plain: str) -> None:
    assert asked_outright(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Was there a trial where no patient passed away?", "Which trials saw zero deaths?"),
        ("Did any of the posters see no strokes at all?", "Which posters saw zero strokes?"),
        (
            "Is there a gene therapy study whose patients never relapsed?",
            "Which gene therapy studies saw zero relapses?",
        ),
        ("Is there a study without a study period?", "Which studies have no study period?"),
        ("Is there a study without alphamab?", "Which studies did not use alphamab?"),
        ("Did any trial report no survival?", "Which trials report no survival?"),
        ("Is there a study without a sponsor?", "Is there a study without a sponsor?"),
        ("Did nobody die in TRIAL-1?", "Did nobody die in TRIAL-1?"),
        ("Is there a study in which everyone responded?", "Is there a study in which everyone responded?"),
    ],
)
def test_studies_that_saw_none_are_asked_for(text: str, plain: str) -> None:
    kinds = {
        "deaths": "event",
        "strokes": "event",
        "relapses": "event",
        "study period": "row",
        "alphamab": "drug",
    }
    assert none_seen(text, lambda words: kinds.get(words, "")) == plain


def test_a_second_half_on_the_same_of_another_study_leans_on_the_first() -> None:
    said = "What was the OS in TRIAL-1, and does the letter say so for TRIAL-2 too?"
    assert two_questions(said) == ("What was the OS in TRIAL-1?", "and for TRIAL-2?")
    assert two_questions("What was the OS in TRIAL-1, and was it significant?") == (
        "What was the OS in TRIAL-1?",
        "was it significant?",
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("rash of grade two at most", "rash of grade 2 or lower"),
        ("rash of grade III at least", "rash of grade III or higher"),
        ("rash (grade one to two)", "rash (grade 1 to 2)"),
        ("grade 3 at month 6", "grade 3 at month 6"),
    ],
)
def test_a_bound_may_stand_behind_its_grade(text: str, plain: str) -> None:
    assert written_out(text) == plain
