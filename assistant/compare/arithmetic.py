"""Figures the review does not print, computed from figures it prints; each carries its derivation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.draft import Line
from assistant.lookup.lookup import Desk
from assistant.model import Derivation, Fact
from assistant.studies.conditions import in_months
from assistant.text.text import fold


def decimal_of(fact: Fact) -> Decimal | None:
    """The figure of a fact as printed: its percentage, its value, or its count."""
    match = re.search(r"(?:^-)?\d+(?:\.\d+)?", fold(fact.percent or fact.value))
    if match:
        return Decimal(match[0])
    return Decimal(fact.n) if fact.n is not None else None


def comparable(a: Fact, b: Fact) -> bool:
    """Whether two figures may be subtracted: shares from shares, counts from counts, months from months."""
    if (a.unit == "%") != (b.unit == "%") or "range" in {a.unit, b.unit}:
        return False
    durations = in_months(a) is not None or in_months(b) is not None
    return a.unit == b.unit or not durations


def difference(desk: Desk, facts: Sequence[Fact]) -> Line | None:
    """The difference of two figures of one unit, in percentage points for shares, or None."""
    pair = _pair(facts)
    if pair is None:
        return None
    a, b, x, y = pair
    result = f"{abs(x - y).normalize():f}"
    printed = re.sub(r"^[^\d]*[\d.,]+\s*", "", a.value) if a.unit == "amount" else a.unit
    printed = "" if re.search(r"\d", printed) else printed
    unit = " percentage points" if a.unit == "%" or a.percent else f" {printed}" if printed else ""
    if result == "1":
        unit = unit.removesuffix("s")
    source = f"{desk.speaker.value(a)} and {desk.speaker.value(b)}"
    text = f"The difference is {result}{unit} (computed from {source})."
    return Line(text, _support(a, b), (), Derivation("difference", (a, b), result))


def ratio(desk: Desk, facts: Sequence[Fact]) -> Line | None:
    """How many times the smaller of two figures the greater one is, to one decimal."""
    pair = _pair(facts)
    if pair is None or not (pair[2] and pair[3]):
        return None
    a, b, x, y = pair if pair[2] >= pair[3] else (pair[1], pair[0], pair[3], pair[2])
    result = f"{(x / y).quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}"
    text = f"The ratio is {result} (computed from {desk.speaker.value(a)} and {desk.speaker.value(b)})."
    return Line(text, _support(a, b), (), Derivation("ratio", (a, b), result))


def total_of(facts: Sequence[Fact]) -> Line | None:
    """The patients of several studies or arms together."""
    if len(facts) < 2 or any(f.n is None for f in facts):
        return None
    total = sum(f.n or 0 for f in facts)
    parts = " + ".join(str(f.n) for f in facts)
    sort = f"{facts[0].group_label}; " if facts[0].group_label else ""
    return Line(
        f"Together they had {total} patients ({sort}computed: {parts}).",
        _support(*facts),
        (),
        Derivation("sum", tuple(facts), str(total)),
    )


def parts_together(parts: Sequence[Fact]) -> Line | None:
    """The patients of several parts of one study together, each part named."""
    if len(parts) < 2 or any(f.n is None for f in parts):
        return None
    total = str(sum(f.n or 0 for f in parts))
    listed = " + ".join(f"{f.value} ({f.group_label})" for f in parts)
    text = f"{total} patients, computed: {listed}."
    return Line(text, _support(*parts), (), Derivation("sum", tuple(parts), total))


def share_of_arm(part: Fact, whole: Fact) -> Line | None:
    """The share of a study's patients that one of its arms or subgroups makes up."""
    if not part.n or not whole.n:
        return None
    shown = f"{100.0 * part.n / whole.n:.1f}".removesuffix(".0") + "%"
    text = f"{shown}, computed from {part.n} of {whole.n} patients ({part.group_label})."
    return Line(text, _support(part, whole), (), Derivation("percentage", (part, whole), shown))


def parts_add_up(desk: Desk, whole: Fact, parts: Sequence[Fact]) -> Line:
    """Whether the parts of a study make up its total, with both."""
    total = sum(f.n or 0 for f in parts)
    listed = " + ".join(f"{f.value} ({f.group_label})" for f in parts)
    if total == whole.n:
        text = f"Yes: {listed} makes {total}."
        return Line(text, _support(*parts), (), Derivation("sum", tuple(parts), str(total)))
    text = f"{desk.speaker.who(whole.study)}: {listed} makes {total}, not the {whole.n} patients stated."
    return Line(text, _support(whole, *parts), (whole, *parts))


def _pair(facts: Sequence[Fact]) -> tuple[Fact, Fact, Decimal, Decimal] | None:
    if len(facts) != 2 or not comparable(*facts):
        return None
    a, b = facts
    x, y = decimal_of(a), decimal_of(b)
    return (a, b, x, y) if x is not None and y is not None else None


def _support(*facts: Fact) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((f.passage, f.study) for f in facts))
