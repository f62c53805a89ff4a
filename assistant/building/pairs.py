"""Rows that head two measures for two figures a cell: ``CRS / ICANS``, ``ORR (CR)``, ``CRS, any grade (grade 3 or more)``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.building.rows import attribute_of
from assistant.cells.items import alone
from assistant.cells.reading import grade_of, is_missing
from assistant.text.text import fold

Piece = tuple[str, str, str]
"""(attribute, head, the cell with all else blank)."""
_SLASH = re.compile(r"\s/\s")
_BRACKETED = re.compile(r"(?P<outer>[^()]+?)\s*\((?P<inner>[^()]+)\)\s*(?P<unit>,\s*%)?\s*")
_FIGURE = r"[<>\u2264\u2265]?\s*\d[\d.]*\s?%?"
_PAIR = rf"{_FIGURE}\s*\(\s*{_FIGURE}\s*\)"
_PAIRS = re.compile(rf"\s*{_PAIR}(?:\s*(?:vs\b\.?|versus|;)\s*{_PAIR})*\s*", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]*)\)")
_GRADE = re.compile(r",?\s*(?:any|all)[- ]grades?\b", re.IGNORECASE)
_MEDIAN = re.compile(r"\s*(?:Median|Mean)\s+", re.IGNORECASE)
_NO_RESULT = frozenset({"CI", "p_value"})


def two_of(head: str, cell: str, building: Building) -> Sequence[Piece]:
    """The two measures that a row heads, each with its own figures; empty where it heads one.

    Args:
        head: the row's head.
        cell: the cell as printed.
        building: knows the terms.
    """
    text = fold(cell)
    sides = _SLASH.split(text)
    parts, _, rest = head.partition(", ")
    heads = _SLASH.split(parts)
    if len(sides) == len(heads) == 2 and all(
        re.fullmatch(rf"\s*{_FIGURE}\s*", s) or is_missing(s) for s in sides
    ):
        if median := _MEDIAN.match(heads[0]):  # "Median PFS / OS"
            heads[1] = f"{median[0]}{heads[1].strip()}"
        told = [h.strip() + (f", {rest}" if rest else "") for h in heads]
        named = [attribute_of(h, building) for h in told]
        at = len(sides[0])
        spans = [(0, at), (len(text) - len(sides[1]), len(text))]
        if _are_two(named, building):
            return [(a, h, alone(cell, [s])) for a, h, s in zip(named, told, spans, strict=True)]
    match = _BRACKETED.fullmatch(head)
    return _bracketed(match, cell, building) if match and _PAIRS.fullmatch(text) else []


def _bracketed(match: re.Match[str], cell: str, building: Building) -> Sequence[Piece]:
    """``A (B)`` over ``40 (12)``: two measures, or one of all grades and of some."""
    text = fold(cell)
    outer, inner, unit = match["outer"].strip(), match["inner"].strip(), match["unit"] or ""
    first = attribute_of(outer, building)
    graded = re.fullmatch(r"(?i)\s*grades?\b.*", inner) and grade_of(inner)
    second = first if graded else attribute_of(inner, building)
    if not graded and not _are_two([first, second], building):
        return []
    if graded and first not in building.reader.vocabulary.measures:
        return []
    inside = [m.span(1) for m in _INSIDE.finditer(text)]
    signs = [m.span() for m in re.finditer(r"\bvs\b\.?|\bversus\b|;", text)]
    outside = "".join(" " if any(a - 1 <= k <= b for a, b in inside) else c for k, c in enumerate(cell))
    named_inner = f"{_GRADE.sub('', outer)} {inner}" if graded else inner
    return [
        (first, outer + unit, outside),
        (second, named_inner + unit, alone(cell, sorted([*inside, *signs]))),
    ]


def _are_two(named: Sequence[str], building: Building) -> bool:
    known = building.reader.vocabulary.measures
    return all(a in known and a not in _NO_RESULT for a in named) and named[0] != named[1]
