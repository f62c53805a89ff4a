"""Which study a text speaks of: by number, author, trial, agent, product, registration or description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from assistant.corpus.corpus import Review
from assistant.model import Kind
from assistant.names.authors import AuthorReader
from assistant.names.classes import ClassReader
from assistant.names.codes import CodeReader
from assistant.names.model import Holders, Name, Named, squeeze
from assistant.names.numbers import NumberReader
from assistant.names.prior import without_prior
from assistant.names.ranges import RangeReader
from assistant.names.tables import NameTables, collect
from assistant.text.text import fold

__all__ = ["Name", "Named", "StudyNames", "resolve", "squeeze"]

_KEPT = 512
"""Texts whose names are kept: a question is looked at whole, by sentence and again in the next turn."""


class StudyNames:
    """Finds the studies that a text names.

    Args:
        review: the review whose studies they are.
    """

    def __init__(self, review: Review) -> None:
        self.ids: frozenset[str] = frozenset(s.id for s in review.studies)
        """The studies' ids."""
        self.tables: NameTables = collect(review)
        """Every wording that names a study."""
        self.words: Mapping[str, Set[str]] = self.tables.words
        """Keys of words that stand in passages about one study, each with these studies."""
        self.agents: Holders = self.tables.agents
        """Squeezed words of what was given, each with the studies that gave it."""
        scaffold = review.reader.vocabulary.scaffold
        self._numbers = NumberReader(self.ids, review.raw.study_label)
        cited = [author.rsplit(" ", 1)[0] for r in review.raw.references for author in r.authors]
        cited += [author.rsplit(" ", 1)[0] for author in review.raw.authors]
        self._authors = AuthorReader(self.tables.first_authors, self.tables.authors, cited, scaffold)
        self._codes = CodeReader(self.tables, self.ids)
        self._classes = ClassReader(
            review.reader.vocabulary,
            self.tables,
            self.ids,
            (p.text for p in review.passages if p.locator.kind is Kind.SENTENCE),
        )
        self._ranges = RangeReader(review)
        self._find = lru_cache(maxsize=_KEPT)(self._read)

    def find(self, text: str) -> Named:
        """The studies that ``text`` names."""
        return self._find(text)

    def _read(self, text: str) -> Named:
        text = fold(text)
        numbers, missing = self._numbers.read(text)
        registered, unregistered = self._codes.registered(text)
        names = numbers + registered + self._authors.read(text, _spans(numbers))
        names += self._classes.read(text, _spans(names))
        names += self._codes.read(text, _spans(names))
        names += self._ranges.read(text, _spans(names))
        names = without_prior(names, text)
        missing += unregistered + self._codes.unknown(text) + self._authors.unknown(text)
        missing += self._classes.unknown(text)
        return Named(tuple(sorted(names, key=lambda n: n.start)), tuple(dict.fromkeys(missing)))

    def in_own_words(self, text: str) -> str:
        """``text`` with the review's own word in place of a class of drugs, where it has one."""
        firm = {n.start: n for n in self.find(text).of("number", "nct", "code", "author")}
        studies, _ = resolve(firm.values())
        return self._classes.in_own_words(text, studies)

    def describing(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """Words that only some studies' passages use, each with these studies."""
        most = max(1, len(self.ids) // 2)
        held = ((key, self.tables.words[key]) for key in keys)
        return {key: studies for key, studies in held if 0 < len(studies) <= most}


def _spans(names: Iterable[Name]) -> list[tuple[int, int]]:
    return [(n.start, n.end) for n in names]


def resolve(names: Iterable[Name]) -> tuple[frozenset[str], bool]:
    """The studies several names mean together, and whether the names contradict one another.

    Names that share studies narrow one another down; names with nothing in common add up. Topics that share
    nothing (``drug A: lymphoma vs leukaemia``) each narrow down what is named beside them.
    """
    names = list(names)
    firm = [n for n in names if n.kind != "topic"]
    known = frozenset(s for n in firm for s in n.studies)
    topics = [n for n in names if n.kind == "topic" and (n.studies & known or not firm)]
    kept: list[frozenset[str]] = []
    whole: list[frozenset[str]] = []
    clash = False
    for name in firm + topics:
        shared = next((i for i, have in enumerate(kept) if have & name.studies), None)
        beside = next(
            (i for i, have in enumerate(whole) if have & name.studies and name.kind == "topic"), None
        )
        if shared is not None:
            kept[shared] &= name.studies
        elif firm and beside is not None:
            clash = True
            kept[beside] |= whole[beside] & name.studies
        else:
            clash = bool(kept)
            kept.append(name.studies)
            whole.append(name.studies)
        if name.kind != "topic":
            whole = list(kept)
    return frozenset(s for part in kept for s in part), clash
