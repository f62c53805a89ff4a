"""Figures that are no results of a measure: p-values, intervals and ranges, registration numbers, periods, thresholds."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_carry import Carry
from assistant.facts_pieces import Piece
from assistant.model import Fact
from assistant.spans import Span
from assistant.spans_numbers import shown_threshold

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


_QUARTILES = re.compile(r"(?:IQR|interquartile\s+range)\W*(?:of\s+|from\s+)?$", re.IGNORECASE)


def spread_fact(span: Span, last: Fact | None, text: str) -> list[Fact]:
    """The fact of ``(range, 9-19 days)``: of the measure, time point and group of the figure before it.

    Quartiles of ages are no range of ages.
    """
    if last is None or last.attribute in {"", "p_value", "CI"}:
        return [Fact("", "", span.text, "", unit="range", start=span.start, end=span.end)]
    aged = last.attribute == "median_age" and not _QUARTILES.search(text[: span.start])
    unit, attribute = ("years", "age_range") if aged else ("range", last.attribute)
    return [
        replace(
            last, attribute=attribute, value=span.text, unit=unit, comparator="", n=None, total=None,
            percent="", start=span.start, end=span.end,
        )
    ]  # fmt: skip
