"""Which parts of the heads of a study's columns tell its patients apart: ``A, step 1`` beside ``A, step 2``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS
from assistant.folder.folder import Table
from assistant.folder.heads import read_head
from assistant.spans.labels import group_ids
from assistant.spans.scan import scan
from assistant.text.text import fold
from assistant.vocabulary.vocabulary import Matchers

_CONDITIONS = frozenset({"time", "measure"})
"""Kinds of words of a head that say what its cells are, and not of whom."""
_WORDS = re.compile(r"\b(?:at|after|by|on|of|the|in|rates?|until|to|from|n|all)\b", re.IGNORECASE)
"""Words beside a measure or a time that name nobody."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures a column gives."""

    names: tuple[str, ...] = ()
    """Its own names, of which each means it, or all together where they are ``crossed``."""
    crossed: bool = False
    """Whether another column has one of the names, too: ``A, young`` beside ``B, young`` and ``A, old``."""

    @property
    def arm(self) -> tuple[str, ...]:
        """The names of the arm: the first one where the others tell a part of its patients."""
        return self.names[:1] if self.crossed else self.names

    def group(self, arms: Mapping[str, frozenset[str]], matchers: Matchers) -> frozenset[str]:
        """Ids of the column's patients, given those of the study's arms."""
        found = arms.get(self.names[0], frozenset()) if self.names else frozenset()
        for name in self.names[1:] if self.crossed and found else ():
            found |= arms.get(name) or group_ids(name, matchers)
        return found

    @property
    def label(self) -> str:
        """What the patients are called."""
        return ", ".join(self.names) if self.crossed else next(iter(self.names), "")


def heads_of(table: Table, study: str, matchers: Matchers, tables: Iterable[Table]) -> dict[int, Whose]:
    """Column -> whose its figures are, of a study's columns in one of its ``tables``.

    A part that all of them have tells nobody apart, unless it is an arm elsewhere; parts that some of them have are of a
    group that is told apart twice.
    """
    columns = [k for k, c in enumerate(table.columns) if c.study == study and c.arm]
    read = {k: read_head(table.columns[k].arm) for k in columns}
    told = {k: _of_patients(head.names, matchers) for k, head in read.items() if not head.statistic}
    heads = list(dict.fromkeys(names for names in told.values() if names))
    held = Counter(name.lower() for names in heads for name in dict.fromkeys(names))
    if not any(n > 1 for n in held.values()):
        return {k: Whose(head.names) for k, head in read.items()}
    kept = _arms_elsewhere(tables, table, study)
    common = {name for name, n in held.items() if n == len(heads) and name not in kept}
    if not all(any(n.lower() not in common for n in names) for names in heads):
        common = set()
    found = {}
    for k, names in told.items():
        left = tuple(n for n in names if n.lower() not in common)
        found[k] = Whose(left, crossed=any(held[n.lower()] > 1 for n in left))
    crossed = any(w.crossed for w in found.values())
    return {k: Whose(w.names, crossed=crossed and len(w.names) > 1) for k, w in found.items()}


def _arms_elsewhere(tables: Iterable[Table], table: Table, study: str) -> frozenset[str]:
    """Names in small letters that a study's other tables head columns with, or its cells set against each other."""
    tables = list(tables)
    others = [
        read_head(c.arm).names
        for t in tables
        if t.file != table.file
        for c in t.columns
        if c.study == study and c.arm
    ]
    cells = [
        row.cells[k]
        for t in tables
        for k, c in enumerate(t.columns)
        if c.study == study
        for row in t.rows
        if VERSUS.search(row.cells[k])
    ]
    sides = [side.strip() for cell in cells for side in VERSUS.split(cell)]
    return frozenset(n.lower() for names in (*others, sides) for n in names)


def _of_patients(names: tuple[str, ...], matchers: Matchers) -> tuple[str, ...]:
    """The names without those that say what is measured, or when."""
    left = tuple(n for n in names if not _is_condition(n, matchers))
    return left or names


def _is_condition(name: str, matchers: Matchers) -> bool:
    """Whether a name is nothing but a measure or a time: ``at week 24``, and not ``newly diagnosed expansion``."""
    rest = fold(name)
    for span in scan(name, matchers):
        if span.kind in _CONDITIONS:
            rest = rest[: span.start] + " " * (span.end - span.start) + rest[span.end :]
    return rest != fold(name) and not _WORDS.sub(" ", rest).strip(" .,-")
