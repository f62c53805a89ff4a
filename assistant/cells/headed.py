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


def crossing(tables: Iterable[Table], study: str, arms: Mapping[str, frozenset[str]]) -> frozenset[frozenset[str]]:
    """Ids of the groups of a study that stand across its columns and were not set against each other: strata, cohorts, doses.

    Those that a cell of the study (``A vs B``) sets against each other are its arms, whatever else their heads say.
    """
    columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
    found: set[frozenset[str]] = set()
    for table in dict.fromkeys(t.file for t, _ in columns):
        own = next(t for t, _ in columns if t.file == table)
        parts = parts_of(own, study)
        several = any(sum(k in p.columns for p in parts) > 1 for p in parts for k in p.columns)
        found |= {arms[n] for p in parts if several for n in p.names if n in arms}
    against = [side for cell in cells_of_agents(columns).values() for side in VERSUS.split(cell)]
    sides = {fold(side).lower().strip() for side in against} if len(against) > 1 else set()
    return frozenset(found - {ids for label, ids in arms.items() if fold(label).lower() in sides})
