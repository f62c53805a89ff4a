"""Chatty messages: what tells only of people is left out, what may narrow the question stays."""

from __future__ import annotations

import pytest

from assistant.question.chatter import without_chatter
from assistant.question.diseases import not_treated
from assistant.vocabulary.vocabulary import load_vocabulary

MESSAGES = (
    ("My hunch, for what it's worth, is that A wins. Is it so?", "My hunch is that A wins. Is it so?"),
    ("Our data sheet needs the OS of the cohort", "the OS of the cohort"),
    ("has the TRIAL-1 study 40 patients?", "Does the TRIAL-1 study have 40 patients?"),
    (
        "He always asks for the p-value. What was it for remission?",
        "He always asks for the p-value. What was the p-value for remission?",
    ),
    ("The trial treated forty people. It was forty, wasn't it?", "Did The trial include forty people?"),
    ("OS in patients with gout, who were obese?", "OS in patients with gout, who were obese?"),
)


@pytest.mark.parametrize(("message", "plain"), MESSAGES)
def test_only_what_tells_of_people_is_left_out(message: str, plain: str) -> None:
    assert without_chatter(message, lambda _: 1, lambda _text, _least: True) == plain


def test_a_disease_is_foreign_only_where_the_review_does_not_use_its_word() -> None:
    known = load_vocabulary()
    assert not_treated("treatment of hairy cell leukemia?", frozenset(), known) == ("hairy cell leukemia",)
    assert not_treated("Hodgkin's lymphomas and thalassaemias", frozenset(), known) == (
        "Hodgkin's lymphomas",
        "thalassaemias",
    )
    assert not_treated("treatment of mantle cell lymphoma?", frozenset({"mantle"}), known) == ()
