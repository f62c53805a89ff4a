"""Which patients the columns of one study are of, told by the parts of their heads: ``A, stratum 1`` beside ``B, stratum 1``.

A part that stands over several of the columns is a group of its own, and a column is of all the groups in its head; parts
that always stand together are one group by two names; what stands over all of them
tells none of them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS, cells_of_agents
from assistant.cells.subgrouped import is_subgrouped
from assistant.facts.divided import Divided
from assistant.folder.folder import Table
from assistant.folder.heads import read_head
from assistant.text.text import fold

_SPACED = re.compile(r"\s+[-\u2013\u2014|/\u00b7]\s+")
"""Between two parts of a head: ``A - responders``."""
_ANALYSED = re.compile(
    r"(?:all\s+)?(?:treated|infused|dosed|evaluable|assessable|enrolled|randomi[sz]ed|m?ITT|(?:modified\s+)?intention[- ]to[- ]treat"
    r"|safety|efficacy|per[- ]protocol|full\s+analysis|as[- ]treated)(?:\s+(?:analysis|patients|set|population|cohort))*",
    re.IGNORECASE,
)
"""Those of an arm that were analysed, which name no group beside it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One group that heads of a table name."""

    names: tuple[str, ...]
    """What it is called."""
    columns: frozenset[int]
    """Places of the columns that it stands over."""
    is_common: bool = False
    """Whether it stands over all columns of the study, so that it tells none of them from the others."""


def parts_of(table: Table, study: str) -> tuple[Part, ...]:
    """The groups that the heads of a study's columns in one table name, in order of place."""
    heads = {
        k: _names(c.arm)
        for k, c in enumerate(table.columns)
        if c.study == study and c.arm and not VERSUS.search(fold(c.arm))
    }
    heads = {k: names for k, names in heads.items() if names}
    over: dict[str, set[int]] = {}
    for k, names in heads.items():
        for name in names:
            over.setdefault(name, set()).add(k)
    found: dict[frozenset[int], list[str]] = {}
    for name, columns in over.items():
        found.setdefault(frozenset(columns), []).append(name)
    everywhere = frozenset(k for k, c in enumerate(table.columns) if c.study == study and c.arm)
    common = everywhere if len(found) > 1 else frozenset()
    return tuple(Part(tuple(names), k, k == common) for k, names in found.items())


def _names(head: str) -> tuple[str, ...]:
    if read_head(head).statistic not in {"", "n_patients"}:
        return ()
    names = [p.strip() for name in read_head(head).names for p in _SPACED.split(name) if p.strip()]
    told = [n for n in names if not _ANALYSED.fullmatch(n)]
    return tuple(dict.fromkeys(told or names))


def group_of(table: Table, k: int, arms: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], str]:
    """(ids, label) of those whom one column is of: all the groups in its head; empty for the whole study."""
    named = [p for p in parts_of(table, table.columns[k].study) if k in p.columns]
    order = _names(table.columns[k].arm)
    called = [next((n for n in p.names if arms.get(n)), "") for p in named]
    labels = sorted(filter(None, called), key=order.index)
    return frozenset[str]().union(*(arms[label] for label in labels)), ", ".join(labels)


def divided(tables: Iterable[Table], study: str, arms: Mapping[str, frozenset[str]]) -> Divided:
    """The strata, doses and schedules of a study by the heads of its columns.

    Those that a cell of the study (``A vs B``) sets against each other are its arms, whatever else their heads say.
    """
    own = [t for t in tables if any(c.study == study and c.arm for c in t.columns)]
    told = [parts_of(t, study) for t in own]
    crossed = [parts for parts in told if any(_overlap(p, q) for p in parts for q in parts)]
    columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
    cells = [cell for cell in cells_of_agents(columns).values() if VERSUS.search(cell)]
    sides = {fold(side).lower().strip() for cell in cells for side in VERSUS.split(cell)}
    rows = {arms[row.head] for t in own if is_subgrouped(t) for row in t.rows if row.head in arms}
    if not crossed and rows:
        return Divided(frozenset(rows))
    if not crossed:
        return Divided(ways=not sides and any(p.is_common for parts in told for p in parts))
    if not sides:
        return Divided(frozenset(arms.values()))
    found = {arms[n] for parts in crossed for p in parts for n in p.names if n in arms}
    return Divided(frozenset(found - {ids for label, ids in arms.items() if fold(label).lower() in sides}))


def _overlap(one: Part, other: Part) -> bool:
    """Whether two groups stand over one column, and neither over all of them."""
    return one != other and not (one.is_common or other.is_common) and bool(one.columns & other.columns)
