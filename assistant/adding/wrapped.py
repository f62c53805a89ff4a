"""Heads of a table's rows that were printed on two lines, in one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.adding.article import Row

_GOES_ON = re.compile(r"\b(?:of|to|from|with|in|for|and|or|the|at|by|than|between|per)$")
_GOES_BACK = re.compile(r"(?:of|to|from|with|in|for|and|or|at|by|till|until|per)\s")


def _is_wrapped(rows: Sequence[Row], i: int) -> bool:
    """Whether row ``i`` has no figures and the row below ends its head: ``Time from diagnosis to`` | ``transplant (days)``."""
    if i + 1 >= len(rows) or any(c.strip() for c in rows[i].cells[1:]):
        return False
    head, below = rows[i].cells[0].strip(), rows[i + 1].cells[0].strip()
    if not head or not below[:1].islower() or head.endswith(":") or rows[i + 1].spanning:
        return False
    if _GOES_ON.search(head) or _GOES_BACK.match(below):
        return True
    blank = not any(c.strip() for c in rows[i + 1].cells[1:])
    alone = i + 2 >= len(rows) or rows[i + 2].depth <= rows[i].depth
    return rows[i + 1].depth > rows[i].depth and (blank or alone)


def unwrapped(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with each head that was printed on two lines in one."""
    found: list[Row] = []
    for i, row in enumerate(rows):
        if found and i and _is_wrapped(rows, i - 1):
            above = found.pop()
            joined = f"{above.cells[0].strip()} {row.cells[0].strip()}"
            row = replace(row, cells=(joined, *row.cells[1:]), depth=above.depth)
        found.append(row)
    return found
