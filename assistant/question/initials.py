"""Short forms that nobody lists, read as the words of the review that they are the initials of: ``TCR``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.names.studies import squeeze
from assistant.question.lexicons import QuestionLexicons
from assistant.text.text import tokens

_SHORT = re.compile(r"(?<![\w-])[A-Z]{3,5}(?![\w-])")
_RUN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_WORD = re.compile(r"[A-Za-z]+")
_PART = re.compile(r"[A-Z]|[A-Za-z]?[a-z]{2,}")
"""A word of a name: no code, no numeral, no short form."""
_SORT = re.compile(
    r"\w{3,}(?:ed|ly)$|(?:refractory|resistant|naive|positive|negative|eligible|severe|median|novel|new)$",
    re.IGNORECASE,
)
"""Tells of what sort a thing is, and is no part of its name."""
_HEAD = re.compile(
    r"(?:receptor|antigen|syndrome|inhibitor|engager|blocker|agonist|antagonist|ligand|kinase|protein|factor|conjugate|thrombosis"
    r"|purpura|antibody|complex|transporter|enzyme|marker)s?$",
    re.IGNORECASE,
)
"""Ends what goes by its initials in the field, where others only stand together by chance."""
_DEFINING = re.compile(
    r"\b(?:means?|meant|stands? for|short for|spell|abbreviat\w+|defin\w+|acronym)\b", re.IGNORECASE
)
_LENGTHS = (3, 4, 5)
"""Words of such a name."""
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
        known = word.key in self._lexicons.known or self._lexicons.is_known(word)
        return short if known or squeeze(short) in tables.codes else self._names.get(short, short)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Initials -> the one name that has them, hyphened or used again."""
        counts: Counter[str] = Counter()
        for passage in self._review.passages:
            if passage.locator.kind is not Kind.REFERENCE:
                counts.update(phrase for run in _RUN.finditer(passage.text) for phrase in self._in(run[0]))
        found: dict[str, set[str]] = {}
        for phrase, n_times in counts.items():
            if "-" in phrase or n_times >= _TWICE:
                initials = "".join(w[0][0] for w in _WORD.finditer(phrase)).upper()
                found.setdefault(initials, set()).add(phrase.lower())
        shown = {phrase.lower(): phrase for phrase in counts}
        return {initials: shown[next(iter(names))] for initials, names in found.items() if len(names) == 1}

    def _in(self, run: str) -> Iterator[str]:
        """The names of three to five words in a run of words."""
        words = list(_WORD.finditer(run))
        for last, word in enumerate(words):
            if not _HEAD.match(word[0]):
                continue
            for n in _LENGTHS:
                part = words[last - n + 1 : last + 1] if last >= n - 1 else []
                if part and run[part[0].start() - 1 : part[0].start()] != "-" and self._may_name(part):
                    yield run[part[0].start() : word.end()]

    def _may_name(self, part: Sequence[re.Match[str]]) -> bool:
        """Whether no word is empty, a code or tells only of what sort a thing is."""
        return all(
            _PART.fullmatch(w[0])
            and not _SORT.match(w[0])
            and (len(w[0]) == 1 or not self._lexicons.is_empty(tokens(w[0])[0].key))
            for w in part
        )
