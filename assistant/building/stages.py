"""Rows of one name under several heads of a table: ``End of phase 1: Relapse`` and ``Phase 4: Relapse`` are two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.building.building import Building
from assistant.folder.heads import row_name
from assistant.model import Fact

_Key = tuple[object, ...]


def told_apart(facts: Sequence[Fact], building: Building, heads: Mapping[str, str]) -> list[Fact]:
    """A table's facts; those of one measure that only a head above their rows tells apart are named by the whole head.

    Args:
        facts: those of one table.
        building: gets the attributes that the heads name.
        heads: passage -> head of the row that it stands in.
    """
    parents: dict[_Key, set[str]] = defaultdict(set)
    for fact in facts:
        parents[_key(fact, heads)].add(heads.get(fact.passage, ""))
    return [
        replace(fact, attribute=building.own(row_name(heads[fact.passage])))
        if ": " in heads.get(fact.passage, "")
        and fact.attribute in building.reader.vocabulary.measures
        and len(parents[_key(fact, heads)]) > 1
        else fact
        for fact in facts
    ]


def _key(fact: Fact, heads: Mapping[str, str]) -> _Key:
    """What one row of two must not share with the other: all but the value, and the last part of the rows' heads."""
    row = heads.get(fact.passage, "").rpartition(": ")[2]
    return (row, fact.study, fact.attribute, fact.of, fact.time_point, fact.group, fact.grade, fact.cycle)
