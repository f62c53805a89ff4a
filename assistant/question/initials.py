"""Short forms that nobody lists, read as the words of the review that they are the initials of: ``TCR``."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.names.studies import squeeze
from assistant.question.lexicons import QuestionLexicons
from assistant.text.text import tokens

_SHORT = re.compile(r"(?<![\w-])[A-Z]{3,5}(?![\w-])")
_RUN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_WORD = re.compile(r"[A-Za-z]+")
_VERB = re.compile(r"\w{3,}(?:ed|ing|ly)$")
"""Ends no part of a name."""
_DEFINING = re.compile(
    r"\b(?:means?|meant|stands? for|short for|spell|abbreviat\w+|defin\w+|acronym)\b", re.IGNORECASE
)
_TWICE = 2
"""Times that words without a hyphen stand together before they count as a name."""


class Initials:
    """Writes out short forms that neither the review nor the vocabulary knows.

    Args:
        review: the review.
        lexicons: tell what is known.
    """

    def __init__(self, review: Review, lexicons: QuestionLexicons) -> None:
        self._review = review
        self._lexicons = lexicons

    def written_out(self, text: str) -> str:
        """``text`` with unknown capitals as the words that they are the initials of."""
        if not _SHORT.search(text) or _DEFINING.search(text):
            return text
        return _SHORT.sub(self._meant, text)

    def _meant(self, match: re.Match[str]) -> str:
        short = match[0]
        tables = self._lexicons.names.tables
        word = tokens(short)[0]
        if self._lexicons.is_known(word) or squeeze(short) in tables.codes or word.key in tables.background:
            return short
        return self._names.get(short, short)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Initials -> the one run of words that has them, hyphened or used again."""
        counts: Counter[str] = Counter()
        for text in {p.quote or p.text for p in self._review.passages}:
            for run in _RUN.finditer(text):
                words = list(_WORD.finditer(run[0]))
                for n in (3, 4, 5):
                    for i in range(len(words) - n + 1):
                        if self._may_name(part := [w[0] for w in words[i : i + n]]) and _is_whole(
                            run[0], words[i].start(), words[i + n - 1].end()
                        ):
                            counts[run[0][words[i].start() : words[i + n - 1].end()]] += len(part) > 0
        found: dict[str, set[str]] = {}
        for phrase, n_times in counts.items():
            if "-" in phrase or n_times >= _TWICE:
                initials = "".join(w[0][0] for w in _WORD.finditer(phrase)).upper()
                found.setdefault(initials, set()).add(phrase)
        return {initials: next(iter(p)) for initials, p in found.items() if len({x.lower() for x in p}) == 1}

    def _may_name(self, words: list[str]) -> bool:
        """Whether no word is a verb or an empty word."""
        return not any(_VERB.match(w) or self._lexicons.is_empty(tokens(w)[0].key) for w in words)


def _is_whole(run: str, start: int, end: int) -> bool:
    """Whether no hyphened word is cut at either end."""
    return run[start - 1 : start] != "-" and run[end : end + 1] != "-"
