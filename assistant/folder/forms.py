"""Columns that print one figure in two: a number beside its percentage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re

_NUMBER = re.compile(r"(?P<arm>.*?)[\s,;:]*\(?\b(?:n|no\.?|number)\)?\s*", re.IGNORECASE)
_SHARE = re.compile(r"(?P<arm>.*?)[\s,;:]*(?:\(\s*%\s*\)|%|\bper\s?cent(?:age)?)\s*", re.IGNORECASE)


def number_and_share(heads: Sequence[tuple[str, str]]) -> list[int]:
    """The columns headed with a number of patients whose right neighbour has its percentage.

    Args:
        heads: (study, head) of each column.
    """
    found = []
    for k, ((study, left), (other, right)) in enumerate(pairwise(heads)):
        number, share = _NUMBER.fullmatch(left), _SHARE.fullmatch(right)
        if study == other and number and share and number["arm"].strip() == share["arm"].strip():
            found.append(k)
    return found


def head_of_both(head: str) -> str:
    """``Arm A, N`` -> ``Arm A, n (%)``."""
    match = _NUMBER.fullmatch(head)
    arm = match["arm"].strip(" ,;:") if match else head
    return f"{arm}, n (%)" if arm else "n (%)"


def joined_cell(number: str, share: str) -> str:
    """``10`` and ``(40)`` -> ``10 (40)``; the number alone where no percentage stands beside it."""
    figure = re.search(r"\d+(?:\.\d+)?", share)
    return f"{number.strip()} ({figure[0]})" if figure and re.search(r"\d", number) else number
