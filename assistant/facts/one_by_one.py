"""Figures told one by one, each with those it is of: dose by dose, treatment by treatment.

``No patient responded at 10 mg (0/3), three of six at 20 mg and seven of eight at 30 mg, which was chosen``;
``median survival was 29 days with vehicle, 38 days with A, 44 days with B and 61 days with both``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.facts.doses import dose_ids
from assistant.model import Fact
from assistant.spans.span import Span
from assistant.text.text import fold

_UNIT = r"(?:(?:mg|\u00b5g|\u03bcg|g|IU|Gy)(?:/(?:kg|m2|m\u00b2))?|[x\u00d7]\s?10\^?[\d\u2070-\u2079\u00b9\u00b2\u00b3]+(?:/kg)?)"
_DOSE = rf"(?P<dose>\d[\d.]*\s?{_UNIT})(?![\w/])(?:\s+cells(?:/kg)?)?"
_BEHIND = re.compile(
    rf"(?:\s*\([^()]*\))?(?:\s+(?:patients|participants|of\s+them))?(?:\s+(?:responded|did))?\s+(?:at|with|on)\s+(?:the\s+)?{_DOSE}"
    r"(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"\b(?:at|with)\s+{_DOSE}\s*\($", re.IGNORECASE)
_NEXT = re.compile(
    r"\)?\s*[,;]?\s*(?:(?:and|but|while|whereas|versus|vs\.?)\s+)?(?:in\s+|only\s+)?", re.IGNORECASE
)
_SEVERAL = 2
_WITH = re.compile(
    r"\s+(?:with|on|under|after|for)\s+(?:the\s+)?(?P<who>(?!the\b|an?\b|all\b|those\b|patients\b|median\b|respectively\b)[A-Za-z][\w-]+)"
    r"(?:\s+(?:alone|drugs|agents|treatments))?(?=\s*(?:[,;.(]|and\b|but\b|vs\b|versus\b|$))",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"both|combination", re.IGNORECASE)
_BOTH = frozenset({"both"})
_FEWEST = 3
"""Treatments that tell a list from a comparison of two."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A count with the dose of those counted."""

    fact: Fact
    dose: str
    start: int
    end: int


def told_by_dose(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``facts`` with each count of such a series given its own dose and the one measure that the series is of."""
    items = [i for f in facts if f.total is not None and (i := _item(f, fold(text))) is not None]
    series: list[_Item] = []
    for item in items:
        if series and not _NEXT.fullmatch(text, series[-1].end, item.start):
            if len(series) >= _SEVERAL:
                break
            series = []
        series.append(item)
    if len(series) < _SEVERAL or len({dose_ids(i.dose) for i in series}) < len(series):
        return list(facts)
    measure = _measure(series, spans, text)
    if not measure:
        return list(facts)
    own = {
        i.fact: replace(i.fact, attribute=measure, group=frozenset(dose_ids(i.dose)), group_label=i.dose)
        for i in series
    }
    first, last = series[0].start, series[-1].end
    return [
        own.get(f, f)
        for f in facts
        if f in own or f.attribute or f.n is not None or not first <= f.start < last
    ]


def told_by_treatment(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``facts`` with the figures of a list of treatments that went unread because nobody knows their arm: those of the list's measure."""
    listed: list[tuple[Fact, str]] = []
    end = -1
    for fact in facts:
        behind = _WITH.match(text, fact.end)
        if behind is None:
            continue
        if listed and not (_NEXT.fullmatch(text, end, fact.start) and fact.unit == listed[0][0].unit):
            if len(listed) >= _FEWEST:
                break
            listed = []
        listed.append((fact, behind["who"]))
        end = behind.end()
    read = [f for f, _ in listed if f.attribute and f.group]
    if len(listed) < _FEWEST or len(read) < _SEVERAL or len({(f.attribute, f.time_point) for f in read}) > 1:
        return list(facts)
    own = {
        f: replace(
            f,
            attribute=read[0].attribute,
            time_point=read[0].time_point,
            group=frozenset({"combination" if _TOGETHER.fullmatch(who) else who.lower()}),
            group_label="combination" if _TOGETHER.fullmatch(who) else who,
        )
        for f, who in listed
        if (not f.attribute and not f.group) or f.group == _BOTH
    }
    return [own.get(f, f) for f in facts]


def _item(fact: Fact, text: str) -> _Item | None:
    if behind := _BEHIND.match(text, fact.end):
        return _Item(fact, behind["dose"], fact.start, behind.end())
    before = _BEFORE.search(text[: fact.start])
    return _Item(fact, before["dose"], before.start(), fact.end) if before else None


def _measure(series: Sequence[_Item], spans: Sequence[Span], text: str) -> str:
    """The one measure that the counts are of; "" where several may be."""
    told = {i.fact.attribute for i in series} - {"", "n_patients"}
    if told:
        return told.pop() if len(told) == 1 else ""
    begin = max(text.rfind(stop, 0, series[0].start) for stop in ";:") + 1
    named = {s.ids[0] for s in spans if s.kind == "measure" and begin <= s.start < series[-1].end}
    return named.pop() if len(named) == 1 else ""
