"""Question readers over the made-up reviews, for tests of what a question asks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.corpus.corpus import read_review
from assistant.question.reader import QuestionReader
from assistant.vocabulary.vocabulary import load_vocabulary

REVIEWS = Path(__file__).resolve().parent / "reviews"
ENGLISH = frozenset("table cable house weather report sleep tired doctor".split())
"""Common words that stand for the encoder's list."""


@cache
def reader_of(review: str) -> QuestionReader:
    """A reader of questions about ``tests/reviews/{review}``."""
    vocabulary = load_vocabulary()
    return QuestionReader(read_review(REVIEWS / review, vocabulary), vocabulary, lambda: ENGLISH)


def myeloma() -> QuestionReader:
    """Studies S-101, S-114, S-207, S-230, S-2021, S-318 and S-422, in the words ``Study S-101``."""
    return reader_of("myeloma-meeting-2024")


def anaemia() -> QuestionReader:
    """Posters 87, 1987, P-0561, 642, P-0423 and 1203; 1987 is a year, too."""
    return reader_of("aplastic-anaemia-2025")
