"""The only study of its kind is asked for like any study of that kind."""

from __future__ import annotations

import pytest

from assistant.question.recast import only_one


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Which is the only preclinical study?", "Which study is preclinical?"),
        ("What is the sole phase I trial in this review?", "Which study is phase I?"),
        ("the only retrospective study?", "Which study is retrospective?"),
        ("Which of these is retrospective?", "Which study is retrospective?"),
        ("What was the only study to report relapse?", "Which study is the one to report relapse?"),
        (
            "Which is the only randomised trial with a placebo?",
            "Which randomised study is the one with a placebo?",
        ),
    ],
)
def test_the_only_study_of_a_kind(text: str, plain: str) -> None:
    assert only_one(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "What was the only death in this study?",
        "Which of these were CR?",
        "Was it the only study with deaths?",
        "The only study I read reported an OS of 50%. Is that right?",
        "Which of them is the largest?",
    ],
)
def test_other_questions_stay(text: str) -> None:
    assert only_one(text) == ""
