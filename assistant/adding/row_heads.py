"""The full head of each row of a printed table: what stands over it, by indentation, bold print and blank cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.adding.article import Row
from assistant.adding.wrapped import unwrapped


@dataclass(frozen=True, slots=True)
class _Over:
    """A head under which rows stand."""

    depth: float
    text: str
    deeper: bool
    """Whether the rows below it are indented."""
    strong: bool


def one_line(text: str) -> str:
    """``text`` with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def named_rows(rows: Sequence[Row], lead: int) -> list[tuple[str, tuple[str, ...]]]:
    """Each row of figures under its full head: ``Disease: AML``.

    Args:
        rows: those of the body.
        lead: how many columns head them.
    """
    rows = _filled(rows, lead) if lead > 1 else unwrapped(rows)
    found: list[tuple[str, tuple[str, ...]]] = []
    over: list[_Over] = []
    above_blank = False
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        cells = row.cells[lead:]
        head = one_line(" ".join(dict.fromkeys(c.strip() for c in row.cells[:lead] if c.strip()))).rstrip(":")
        deeper = below is not None and below.depth > row.depth
        blank = row.spanning or not any(c.strip() for c in cells)
        # Below a head that heads no figures itself, or over indented rows while those above were not.
        under = blank and bool(over) and (above_blank or (lead > 1 and deeper and not over[-1].deeper))
        depth = row.depth + (0.5 if under and not over[-1].strong else 0.0)
        while over and _ended(over[-1], depth, blank, row.strong):
            over.pop()
        above_blank = blank
        if blank:
            over.append(_Over(depth, head, deeper, row.strong))
            continue
        names = [o.text for o in over if o.text and not head.startswith(o.text)]
        found.append((": ".join([*names, head]) or "Row", cells))
        if deeper and head:
            over.append(_Over(depth, head, True, row.strong))
    return found


def _ended(over: _Over, depth: float, blank: bool, strong: bool) -> bool:
    """Whether a row at ``depth`` no longer stands under ``over``: a bold head holds plain ones beside it."""
    if over.depth != depth:
        return over.depth > depth
    return over.deeper or (blank and (strong or not over.strong))


def _filled(rows: Sequence[Row], lead: int) -> list[Row]:
    """Rows whose first head cell is blank: under the row above, or with its first cell where a second one names them."""
    found: list[Row] = []
    above = ""
    for row in rows:
        first, rest = row.cells[0].strip(), row.cells[1:lead]
        named = any(c.strip() and c.strip() != first for c in rest)
        inner = named and not first and not above
        if first:
            above = first if named else ""
        text = f"{first or above}:" if named and (first or above) else first
        found.append(replace(row, cells=(text, *rest, *row.cells[lead:]), depth=row.depth + inner))
    return found
