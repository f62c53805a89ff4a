"""Whose a figure is in a sentence that tells of several studies: of the one whose treatment is named right behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.text.text import tokens

_BEHIND = re.compile(r"[^\d,;.()]*")
_LONG = 6
"""Letters from which on a word names a treatment."""


def owner(fact: Fact, text: str, studies: Sequence[str], facts: Iterable[Fact]) -> str:
    """The study that a figure of a sentence is of: ``2.4% with B`` in a sentence on the studies of A and of B; else the first.

    Args:
        fact: the figure.
        text: the sentence.
        studies: the studies that it tells of.
        facts: what the tables say, the studies' treatments among it.
    """
    match = _BEHIND.match(text, fact.end)
    said = {t.key for t in tokens(match[0])} if match else set()
    given = {s: set[str]() for s in studies}
    for known in facts:
        if known.study in given and known.attribute == "agents":
            given[known.study] |= {t.key for t in tokens(known.value) if len(t.key) >= _LONG}
    for study in studies:
        others = set[str]().union(*(words for s, words in given.items() if s != study))
        if said & (given[study] - others):
            return study
    return studies[0]
