"""What a table's title or note tells of all its rows: ``Adverse events of grade 3 or higher, % of patients``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.facts.reader import FactReader
from assistant.folder.folder import Table
from assistant.model import Fact
from assistant.spans.scan import scan
from assistant.spans.span import TIME_UNITS, Span
from assistant.text.text import fold

_HARMS = re.compile(
    r"\b(?:adverse|toxicit(?:y|ies)|side effects?|(?:treatment-emergent )?events|complications|infections)\b",
    re.IGNORECASE,
)
_UNGRADED = re.compile(
    r"death|mortality|discontinuation|ICU|TRM|NRM|relapse|hospital|transfusion|transplant|SCT|dose|rescue|withdraw",
    re.IGNORECASE,
)
"""Events of a table of adverse events that have no grade."""
_AT = re.compile(r"(?:.*\s)?(?:at|by)(?:\s+the)?\b(?:\s+$|\s+\w+\s+\d+$)", re.IGNORECASE)
_ESTIMATES = re.compile(
    r"\b(?:percentages?|rates?|estimates?|figures|values|survival|outcomes?|probabilit(?:y|ies))\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"(?:[,(:]|\bin)\s*(?:%|per\s?cent(?:ages?)?)\s+of\b", re.IGNORECASE)
_SHARES = re.compile(
    r"^\s*(?:per\s?cent(?:ages?)?|%)\s+of\b|\b(?:values|figures|numbers|data|results|outcomes|entries|cells)\s+are\s+(?:given\s+(?:as|in)\s+|shown\s+as\s+)?(?:percent|%)",
    re.IGNORECASE,
)
_COUNTED = frozenset({"", "%", "patients"})
"""Units of events and rates; "" for a bare number."""


@dataclass(frozen=True, slots=True)
class Told:
    """What holds for the rows of one table that do not say otherwise."""

    grade: str = ""
    """Of its adverse events."""
    time: str = ""
    """Of all of its results."""
    estimated: str = ""
    """The time of its estimates of survival and the like, by the note."""
    shares: bool = False
    """Whether figures without a sign are percentages."""


def told_of_all(table: Table, reader: FactReader) -> Told:
    """What the title and the note of a table say of its rows."""
    title, note = fold(table.title), fold(table.note)
    spans = scan(title, reader.matchers)
    grades = {s.ids[0] for s in spans if s.kind == "grade"} if _HARMS.search(title) else set()
    times = {s.ids[0] for s in _moments(spans) if _AT.fullmatch(title[: s.start]) or _AT.fullmatch(s.text)}
    clauses = [c for c in re.split(r"[;.]\s", note) if _ESTIMATES.search(c)]
    estimated = {s.ids[0] for c in clauses for s in _moments(scan(c, reader.matchers))}
    return Told(
        _only(grades), _only(times), _only(estimated), bool(_SHARES.search(note) or _OF_ALL.search(title))
    )


def _moments(spans: Sequence[Span]) -> list[Span]:
    return [s for s in spans if s.ids and (s.kind == "time" or (s.kind == "value" and s.unit in TIME_UNITS))]


def _only(found: set[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def as_told(fact: Fact, told: Told, reader: FactReader, *, any_grade: bool) -> Fact:
    """The fact with the grade and the time that its table tells of all, where it has none of its own.

    Args:
        fact: of a row.
        told: what its table tells.
        reader: knows the measures.
        any_grade: whether the row or the column says that all grades are meant.
    """
    term = reader.vocabulary.measures.get(fact.attribute)
    if term is None or term.kind in {"pvalue", "ratio", "duration"} or fact.attribute == "n_patients":
        return fact
    if not re.search(r"\d", fact.value):
        return fact
    if term.kind == "event" and fact.unit in _COUNTED and not fact.grade and not any_grade:
        fact = replace(fact, grade="" if _UNGRADED.search(fact.attribute) else told.grade)
    if fact.time_point or (term.kind in {"rate", "event"} and fact.unit not in _COUNTED):
        return fact
    estimated = told.estimated if term.implies_time and fact.unit == "%" else ""
    return replace(fact, time_point=estimated or told.time)
