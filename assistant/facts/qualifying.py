"""Figures that are no results of a measure: p-values, intervals and ranges, registration numbers, periods, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.carry import Carry
from assistant.facts.pieces import QUALIFIERS, Piece
from assistant.model import Fact
from assistant.spans.numbers import shown_threshold
from assistant.spans.span import Span

_ASSOCIATED = re.compile(
    r"\b(?:associat|correlat|predict|determin|influenc|affect|prognostic|factor)\w*", re.IGNORECASE
)
SPECIAL = {"nct": "nct", "period": "study_period", "age": "age_range"}


def threshold(piece: Piece, text: str, carry: Carry) -> list[Span]:
    """Figures at a second threshold (``at 10⁻⁶``) are those of a group of their own."""
    found = piece.of("threshold")
    shown = shown_threshold(found[0].text) if len(found) == 1 else ""
    if not shown:
        return []
    named = text.startswith(" group", found[0].end)
    if not named and (not carry.threshold or carry.threshold == shown):
        carry.threshold = shown
        return []
    return [replace(found[0], kind="group", ids=(shown,))]


def each(groups: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """``40 in each arm`` is one fact an arm."""
    if len(groups) > 1 and len({(g.start, g.end) for g in groups}) == 1:
        return [(g,) for g in groups]
    return [groups]


def special(value: Span) -> Fact:
    """The fact of a registration number, a period or a range of ages."""
    unit = "years" if value.unit == "age" else ""
    return Fact("", SPECIAL[value.unit], value.text, "", unit=unit, start=value.start, end=value.end)


def qualifying(piece: Piece, facts: Sequence[Fact], carry: Carry, text: str) -> list[Fact]:
    """p-values, intervals and ranges, each with the measure it belongs to."""
    found = []
    for span in piece.spans:
        if span.kind != "value" or span.unit not in QUALIFIERS:
            continue
        before = [f for f in facts if f.start < span.start and f.attribute and f.attribute != "n_patients"]
        last = max(before, key=lambda f: f.start) if before else None
        if span.unit == "spread":
            found += _spread(span, last, text)
        elif span.unit == "pvalue":
            found.append(_p_value(span, last, piece, carry, text))
        else:
            found.append(_interval(span, None if _is_of_other(span, facts, text) else last, carry, facts))
    return found


def _of(last: Fact | None, carry: Carry) -> str:
    """The measure of the figure before, or else the one named last."""
    return last.attribute if last else (carry.measures[-1].ids[0] if carry.measures else "")


_STRAIGHT = re.compile(r"\s*(?:percentage\s+)?points?\s*\(\s*", re.IGNORECASE)


def _is_of_other(span: Span, facts: Sequence[Fact], text: str) -> bool:
    """``a difference of 12 percentage points (95% CI 3-21)``: the interval is that of the difference."""
    return any(not f.attribute and _STRAIGHT.fullmatch(text, f.end, span.start) for f in facts)


def _interval(span: Span, last: Fact | None, carry: Carry, facts: Sequence[Fact]) -> Fact:
    of = _of(last, carry) if last or not facts else ""
    fact = Fact("", "CI", span.text, "", unit="ci", comparator=span.comparator, of=of)
    if last:
        fact = replace(fact, time_point=last.time_point, group=last.group, group_label=last.group_label)
    return replace(fact, start=span.start, end=span.end)


def _p_value(span: Span, last: Fact | None, piece: Piece, carry: Carry, text: str) -> Fact:
    """Of a measure that is named between the figure before it and the p-value, of that one."""
    of = _of(last, carry)
    named = [m for m in piece.of("measure") if m.end <= span.start]
    if named and named[-1].start >= (last.end if last else 0):
        between = any(named[-1].end <= v.start < span.start for v in piece.values())
        if not between or last is None:
            last = None
            of = "" if _ASSOCIATED.search(text, piece.start, span.start) else named[-1].ids[0]
    if last is not None and last.of:
        of = last.of
    if of in {"median_follow_up", "median_age"} and not named:
        of = ""
    unread = last is None and any(v.end <= span.start for v in piece.values())
    if unread and not named and piece.of("measure") == []:
        of = ""  # whose the figures beside it are is not known, nor of what
    grade = last.grade if last and last.attribute == of else ""
    time = last.time_point if last else ""
    return Fact(
        "", "p_value", span.text, "", unit="pvalue", comparator=span.comparator, time_point=time, grade=grade,
        of=of, start=span.start, end=span.end,
    )  # fmt: skip


_QUARTILES = re.compile(r"(?:IQR|interquartile\s+range)\W*(?:of\s+|from\s+)?$", re.IGNORECASE)


_ANOTHER = re.compile(r"\b(?:median|mean|average)\s+(?:number\s+)?of\b", re.IGNORECASE)
"""Between a figure and a range it says that the range is of another one: ``aged 60, with a median of three lines (1-5)``."""


def age_unit(unit: str) -> str:
    """The unit of a range of ages beside a median of ``unit``; years where that is none."""
    return unit if unit in {"days", "weeks", "months"} else "years"


def _spread(span: Span, last: Fact | None, text: str) -> list[Fact]:
    """The fact of ``(range, 9-19 days)``: of the measure, time point and group of the figure before it.

    Quartiles of ages are no range of ages.
    """
    if last is None or last.attribute in {"", "p_value", "CI"} or _ANOTHER.search(text, last.end, span.start):
        return [Fact("", "", span.text, "", unit="range", start=span.start, end=span.end)]
    aged = last.attribute == "median_age" and not _QUARTILES.search(text[: span.start])
    unit, attribute = (age_unit(last.unit), "age_range") if aged else ("range", last.attribute)
    return [
        replace(
            last, attribute=attribute, value=span.text, unit=unit, comparator="", n=None, total=None,
            percent="", start=span.start, end=span.end,
        )
    ]  # fmt: skip
