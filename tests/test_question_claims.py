"""Statements to be checked, read as questions."""

from __future__ import annotations

import pytest

from assistant.question.clean import as_question, written_out


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Writer here: 'drug A is the sole agent approved'. Supported by the text?",
            "Is it true that drug A is the sole agent approved?",
        ),
        ("Claim: drug A cures mice. Does the review back this?", "Is it true that drug A cures mice?"),
        ("Is it supported by the text that A beats B?", "is it true that A beats B?"),
        ("What was 'drug A' given with?", "What was 'drug A' given with?"),
    ],
)
def test_a_statement_to_be_checked_is_a_question(text: str, question: str) -> None:
    assert as_question(text) == question


def test_authors_who_do_something_are_a_study() -> None:
    assert written_out("How did the Smith authors make it?") == "How did Smith et al. make it?"
