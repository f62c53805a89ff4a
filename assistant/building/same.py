"""Rows of one table that were all taken for one measure: ``Bleeding``, ``Fatal bleeding``, ``Intracranial bleeding``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.building.rows import FORMS, attribute_of
from assistant.building.years import gives_years
from assistant.folder.folder import Table
from assistant.folder.heads import row_name
from assistant.spans.scan import scan
from assistant.spans.span import TIME_UNITS
from assistant.text.text import fold, tokens

_SEVERITY = frozenset({"severe", "symptomatic", "asymptomatic"})
"""Groups that in the head of a row tell which events are counted, not in whom."""
_NO_PART = FORMS | frozenset(
    "baseline cumulative incidence estimate probability proportion percent patient".split()
)
"""Words of a head that make nothing else of what it names."""
_LETTERS = re.compile(r"[^\W_]*[^\W\d_]{2,}[^\W_]*")


def parts_of_others(table: Table, building: Building, labels: Iterable[str] = ()) -> Mapping[str, str]:
    """Head of a row -> id of the review's own attribute, where other rows of the table are of the same measure.

    Two rows of one measure at one time, of one grade and in one group are of two things: what the further words of their
    heads say.

    Args:
        table: read.
        building: knows the terms, takes the attributes.
        labels: what the arms of its studies are called; their words tell who, not what.
    """
    known = {t.key for label in labels for t in tokens(label)}
    same: dict[tuple[str, frozenset[str]], list[str]] = {}
    for row in table.rows:
        if gives_years(row):
            continue
        attribute = attribute_of(row.head, building, table.title)
        term = building.reader.vocabulary.measures.get(attribute)
        if term is None or term.kind not in {"event", "rate", "count"}:
            continue
        told, _ = _told(row.head, building)
        same.setdefault((attribute, told), []).append(row.head)
    found = {}
    for heads in same.values():
        for head in heads if len(heads) > 1 else ():
            if _told(head, building)[1] - known:
                found[head] = building.own(row_name(head))
    return found


def _told(head: str, building: Building) -> tuple[frozenset[str], frozenset[str]]:
    """The times, grades, groups and measures that a head tells, and the words that tell none of these."""
    folded = fold(row_name(head))
    spans = [
        s
        for s in scan(folded, building.reader.matchers)
        if s.kind in {"measure", "time", "grade", "cycle", "group"}
        or (s.kind == "value" and s.unit in TIME_UNITS)
    ]
    known = building.reader.vocabulary.populations
    spans = [
        s
        for s in spans
        if s.kind != "group"
        or (not _SEVERITY & set(s.ids) and all(i in known or i.startswith("age") for i in s.ids))
    ]
    told = frozenset(
        f"{s.kind}:{i}" for s in spans for i in s.ids if s.kind != "measure" or i in {"HR", "CI"}
    )
    scaffold = building.reader.vocabulary.scaffold
    left = {
        t.key
        for t in tokens(folded)
        if _LETTERS.fullmatch(t.text)
        and not any(s.start < t.end and t.start < s.end for s in spans)
        and t.key not in scaffold | _NO_PART
    }
    return told, frozenset(left)
