"""Studies asked for by their numbers, and entries of the reference list told by theirs."""

from __future__ import annotations

import pytest

from assistant.question.numbered import by_number


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("alphamab posters: numbers, please", "List the alphamab posters."),
        ("What are the abstract ids for the paediatric trials?", "List the paediatric trials."),
        ("study numbers of betanib", "List the abstracts on betanib."),
        ("What was the abstract number of Moor et al.?", "Which abstract is Moor et al?"),
        ("Which poster numbers report OS?", "Which posters report OS?"),
        ("Title of the second entry in the bibliography?", "Title of reference 2?"),
        ("Who wrote paper no. 7 in the reference list?", "Who wrote reference 7?"),
        ("Which citation is number 11?", "what is reference 11?"),
        ("Give me the numbers of the trial by Moor", "Give me the numbers of the trial by Moor"),
        ("How many of the 12 in the reference list are reviews?", "How many of the 12 in the reference list are reviews?"),
        ("The study number of participants?", "The study number of participants?"),
        ("List the study numbers for both groups", "List the study numbers for both groups"),
        ("Number of patients in abstract 7?", "Number of patients in abstract 7?"),
        ("Which reference is on alphamab?", "Which reference is on alphamab?"),
    ],
)  # fmt: skip
def test_numbers_are_put_in_plain_words(text: str, plain: str) -> None:
    assert by_number(text) == plain
