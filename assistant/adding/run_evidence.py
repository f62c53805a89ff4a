"""Whether the figures of a row agree with each other: shares with counts, counts with the size of the arm, p values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import comb, log10

_SHARE = re.compile(r"(\d+)(?:\s?(?:/|of)\s?(\d+))?\s?[(\[]\s?(\d+(?:[.·,]\d+)?)\s?%?\s?[)\]]")
_RANGED = re.compile(
    r"([-−–]?\d+(?:[.·]\d+)?)%?\s?[(\[](?:\d+% CI[:,]?\s?|"
    r"IQR\s?|range[:,]?\s?)?([-−–]?\d+(?:[.·]\d+)?)%?\s?(?:[-–−~,;]|to)\s?([-−]?\d+(?:[.·]\d+)?)%?[)\]]"
)
_COUNTS = re.compile(r"\d+(?:\s?/\s?\d+)+")
_P_VALUE = re.compile(
    r"(?:[Pp]\s?[=<>≤]\s?)?[<>=≤≥]?\s?(?:0?[.·,]\d{1,6}(?:\s\([\d.·]+\))?|1(?:[.·,]0{1,4})?|NS|n\.s\.|NA|∅|[-–—]{1,3})"
)
_MEASURED = re.compile(
    r"\b(?:median|mean|average|age|years?|days?|months?|weeks?|hours?|cycles?|duration|level|dose|score|range|time|IQR|SD|interval|"
    r"mg|kg|cm|mm|min|mL|[lL]|index|weight|height|length|volume|size)\b|×\s?10|x10",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def is_p_value(cell: str) -> bool:
    """Whether ``cell`` can be a p value, or stands in its place."""
    return bool(_P_VALUE.fullmatch(cell.rstrip("*†‡§¶# ")))


def measured(label: str) -> bool:
    """Whether a row's figures are measurements, not counts of patients."""
    return bool(_MEASURED.search(label))


def share_fits(cell: str, total: int | None) -> int:
    """1 where a share agrees with its count, -1 where it cannot, 0 where nothing tells."""
    match = _SHARE.fullmatch(cell.rstrip("*†‡§¶# "))
    if not match:
        return 0
    size = int(match[2]) if match[2] else total
    if not size:
        small = float(match[3].replace("·", ".").replace(",", "."))
        return -1 if small > 100 or (int(match[1]) > 3 and small * 40 < int(match[1]) * 0.05) else 0
    count, printed = int(match[1]), match[3].replace("·", ".").replace(",", ".")
    share = float(printed)
    half = 0.5 * 10.0 ** -(len(printed) - printed.find(".") - 1) if "." in printed else 0.5
    if count > size or share > 100:
        return -1
    if abs(100 * count / size - share) <= half + 0.06:
        return 1
    if match[2] or not share:
        return -1
    # Where values are missing the share is of fewer patients than the arm has.
    return 0 if 0.5 * size <= 100 * count / share <= 1.03 * size else -1


@lru_cache(maxsize=65536)
def cell_cost(cell: str, total: int | None, *, measures: bool) -> float:
    """How little ``cell`` agrees with the size of its arm; less than 0 where it agrees with it exactly.

    Args:
        cell: As printed.
        total: Patients of its arm; None where it is not known.
        measures: Whether its row holds measurements, not counts.
    """
    fits = share_fits(cell, total)
    if fits:
        return -0.7 if fits > 0 else 2.5
    bare = cell.rstrip("*†‡§¶# ")
    if inside := _RANGED.fullmatch(bare):
        middle, low, high = (
            float(g.replace("·", ".").replace("−", "-").replace("–", "-")) for g in inside.groups()
        )
        return (-0.5 if low <= middle <= high else 2.5) if low < high else 0.0
    if re.fullmatch(r"\d+(?:/\d+)*/\d+[.·]\d+.*|\d+/\d+", bare):
        pair = re.fullmatch(r"(\d+)/(\d+)", bare)
        if not pair:
            return 2.0
    if not total or measures:
        return 0.0
    if re.fullmatch(r"\d+(?:[.·]\d+)?", bare):
        return 3.0 if float(bare.replace("·", ".")) > total else 0.0
    if _COUNTS.fullmatch(bare):
        numbers = [int(n) for n in re.findall(r"\d+", bare)]
        if sum(numbers) == total:
            return -0.8
        return 1.2 if sum(numbers) > total and max(numbers) != total else 0.0
    return 0.0


def p_cost(cells: Sequence[str], totals: Sequence[int | None], p: str) -> float:
    """How little a printed p value agrees with the counts of two arms; 0 where it cannot be told."""
    given = re.fullmatch(r"\D{0,4}(\d?[.·]\d+|1)\D*", p)
    if len(cells) != 2 or not given or not all(c.rstrip("*†‡§¶# ").isdigit() for c in cells):
        return 0.0
    counts = [int(c.rstrip("*†‡§¶# ")) for c in cells]
    sizes = [t for t in totals if t]
    if len(sizes) != 2 or any(c > t for c, t in zip(counts, sizes, strict=True)):
        return 0.0
    printed = max(float(given[1].replace("·", ".")), 1e-6)
    found = _fisher(counts[0], sizes[0], counts[1], sizes[1])
    far = abs(log10(max(found, 1e-12)) - log10(printed))
    if far < 0.12:
        return -0.8
    return 0.0 if far < 0.5 else min(far, 3.0)


@lru_cache(maxsize=4096)
def _fisher(a: int, n: int, b: int, m: int) -> float:
    """Fisher's exact test of ``a`` of ``n`` against ``b`` of ``m``, two-sided (sum of all that are no likelier)."""
    both = a + b
    whole = comb(n + m, both)
    likely = [comb(n, k) * comb(m, both - k) for k in range(max(0, both - m), min(n, both) + 1)]
    own = comb(n, a) * comb(m, b)
    return min(1.0, sum(x for x in likely if x <= own * (1 + 1e-9)) / whole)
