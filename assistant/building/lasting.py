"""Measures that last: ``RBC-TI \u2265 24 weeks`` is another than ``RBC-TI \u2265 8 weeks``, for a threshold is part of what was counted."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import lazy_re as re
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Lexicon, Vocabulary

_BOUND = re.compile(
    r"\s+(?:(?:of|for|lasting)\s+)?(?P<bound>(?:[>\u2265]|>=)\s*\d+\s*-?(?:days?|weeks?|wks?|months?|years?))\b",
    re.IGNORECASE,
)
"""Straight behind a measure, how long it lasted at least."""
_NO_TIME = re.compile(r"\b(?:after|within|at|by|from|since|of)\s+$", re.IGNORECASE)
_LEAST_LETTERS = 2


def lasting(sentence: str, measures: Lexicon, vocabulary: Vocabulary) -> Iterator[str]:
    """The names of the measures of a sentence with the length of time that is part of them.

    Args:
        sentence: its signs folded.
        measures: finds the vocabulary's measures.
        vocabulary: tells shares of patients from other measures.
    """
    if not _BOUND.search(sentence):
        return
    words = tokens(sentence)
    for match in measures.find(words):
        if vocabulary.term(match.ids[0]).kind != "rate":
            continue
        start, end = words[match.start].start, words[match.end - 1].end
        bound = _BOUND.match(sentence, end)
        if bound and end - start >= _LEAST_LETTERS and not _NO_TIME.search(sentence[:start]):
            yield f"{sentence[start:end]} {bound['bound']}"
