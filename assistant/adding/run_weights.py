"""How little the cells of a row agree with their columns and with each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log10

from assistant.adding.run_cells import EMPTY
from assistant.adding.run_evidence import cell_cost, is_p_value, measured, p_cost
from assistant.adding.run_label_cost import is_size_row
from assistant.adding.run_shape import Kind, Shape


def kind_of(label: str, shape: Shape) -> Kind:
    """What ``label`` lets its cells be."""
    return (
        measured(label),
        len(re.findall(r"(?<=\w)/(?=\w)", label)),
        shape.glued and is_size_row(label),
        bool(re.search(r"(?<!\S)(?:\d\S*|[-–—])\s*$", label)),
    )


def cells_cost(cells: tuple[str, ...], kind: Kind, shape: Shape) -> float:
    """How little the cells of a row agree with their columns and with each other.

    Args:
        cells: One a column.
        kind: What the label lets them be.
        shape: What is known of the columns.
    """
    measures, strokes, sizes, ends_so = kind
    n_arms = shape.n - shape.tested
    arms = cells[:n_arms]
    totals = shape.totals or (None,) * shape.n
    cost = 0.0
    for cell, total in zip(arms, totals, strict=False):
        if shape.glued and cell.count("/") > 1 and cell.count("/") != strokes:
            cost += 1.5
        cost += cell_cost(cell, total, measures=measures) if cell else 0.0
        if sizes and cell.isdigit() and int(cell) in shape.known:
            cost -= 0.8
    filled = [c for c in arms if c and c != EMPTY]
    cost += _unlike(filled, glued=shape.glued, measures=measures)
    tests = cells[n_arms:]
    cost += 2.5 * sum(1 for p in tests if p and not is_p_value(p))
    if filled and re.fullmatch(r"[-–—]{1,3}", filled[0]) and ends_so:
        cost += 0.8
    if shape.tested and not any(tests) and filled and re.fullmatch(r"<?\s?0?[.·]\d{2,}", filled[-1]):
        cost += 1.2
    if shape.tested == 1 and shape.glued and cells[-1]:
        cost += p_cost(arms, totals[:n_arms], cells[-1])
    if shape.tested and filled and all(re.fullmatch(r"<?0?[.·]\d+", c) for c in filled):
        cost += 0.8
    return cost


def _unlike(filled: Sequence[str], *, glued: bool, measures: bool) -> float:
    """How unlike the cells of the arms are."""
    shapes = {re.sub(r"[\d.,·]+", "0", c) for c in filled}
    cost = 0.25 * max(0, len(shapes) - 1)
    if len(shapes) == 1 and len({tuple(map(len, re.findall(r"[.·](\d+)", c))) for c in filled}) > 1:
        cost += 0.4
    if any(c.endswith(")") for c in filled):
        cost += sum(1.0 for c in filled if c.isdigit() and c != "0")
    if glued and len(filled) > 1 and (measures or any(re.search(r"[.·±]", c) for c in filled)):
        cost += 0.4 * _apart(filled)
    return cost


def _apart(cells: Sequence[str]) -> float:
    """How many powers of ten the measurements of two arms are apart, figure by figure."""
    rows = [[abs(float(n.replace("·", "."))) for n in re.findall(r"\d+(?:[.·]\d+)?", c)][:2] for c in cells]
    pairs = [p for a, b in pairwise(rows) for p in zip(a, b, strict=False) if min(p) > 0]
    return sum(min(2.0, abs(log10(a / b))) for a, b in pairs)
