"""Rows of a tree's table that print several lines: items below each other, a range under its median."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.adding.article import Row
from assistant.adding.markup import LINE, settled

_ITEM_FIGURE = re.compile(r"(?:[<>=≤≥~±]\s*)?[-−–]?\d|[-−–—]+$|n/?[ae]\b|NR\b", re.IGNORECASE)
_BELOW = re.compile(r"[<>=≤≥\d]|[a-z]")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WIDE = "\u2001\u2003"


def lines_in(raw: str) -> list[str]:
    """The lines of a cell as ``running`` gave it, blank ones left out, spaces at their beginning kept."""
    return [line for line in raw.split(LINE) if line.strip()]


def indent_of(line: str) -> int:
    """How far a line is indented, in widths of a figure."""
    lead = re.match(r"[\s\u00a0\u2000-\u200a]*", line)
    return sum(2 if c in _WIDE else 1 for c in (lead[0] if lead else "") if c not in " \n\t\r\x0b")


def parted(cells: Sequence[str], depth: int) -> list[Row] | None:
    """The rows that one row of several lines prints; None where it is one row.

    Args:
        cells: As ``running`` gave them, the row's head first.
        depth: How far the row is indented.
    """
    lines = [lines_in(cell) for cell in cells]
    counts = {len(found) for found in lines[1:] if len(found) > 1}
    if len(counts) != 1 or not lines[0]:
        return None
    n = counts.pop()
    several = [found for found in lines[1:] if len(found) == n]
    if not all(_ITEM_FIGURE.match(line.strip()) for found in several for line in found):
        return None
    if any(len(found) not in (0, 1, n) for found in lines[1:]) or len(lines[0]) not in (n, n + 1):
        return None
    title, heads = _titled(lines[0], n)
    rows = [Row((title, *[""] * (len(cells) - 1)), depth)] if title else []
    for i, (text, under) in enumerate(heads):
        values = [settled(found[i]) if len(found) == n else _once(found, i) for found in lines[1:]]
        rows.append(Row((text, *values), depth + under))
    return rows


def _once(found: Sequence[str], i: int) -> str:
    """What is printed once for all lines stands in the first of them."""
    return settled(found[0]) if found and i == 0 else ""


def _titled(lines: Sequence[str], n: int) -> tuple[str, list[tuple[str, int]]]:
    """The head over the items, "" where there is none, and each item with how much deeper it stands."""
    texts = [settled(line) for line in lines]
    if len(lines) == n + 1:
        return texts[0], [(text, 1) for text in texts[1:]]
    indents = {indent_of(line) for line in lines[1:]}
    if len(indents) == 1 and (cut := _word_at(texts[0], indents.pop())):
        return texts[0][:cut].strip(), [(texts[0][cut:].strip(), 1), *((text, 1) for text in texts[1:])]
    return "", [(text, int(i > 0 and bool(_BELOW.match(text)))) for i, text in enumerate(texts)]


def _word_at(text: str, width: int) -> int:
    """Where the word begins under which the lines below stand, 0 where none does: spaces are set by eye."""
    starts = [m.start() for m in re.finditer(r"(?<= )\S", text)]
    near = min(starts, key=lambda at: abs(at - width), default=0)
    return near if width >= 4 and abs(near - width) <= 3 else 0


def ranged(rows: Sequence[tuple[bool, Row]]) -> list[tuple[bool, Row]]:
    """The rows, a row of ranges in brackets joined to the row of figures that it stands under."""
    found: list[tuple[bool, Row]] = []
    for head, row in rows:
        above = found[-1][1] if found else None
        if above is not None and not head and not found[-1][0] and _is_range(above.cells, row.cells):
            cells = tuple(
                f"{a} {b}".strip() if b != a else a for a, b in zip(above.cells, row.cells, strict=True)
            )
            found[-1] = (head, replace(above, cells=cells))
        else:
            found.append((head, row))
    return found


def _is_range(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether all that a row prints anew is in brackets and under a figure."""
    if len(above) != len(cells) or cells[0] not in ("", above[0]):
        return False
    new = [(a, b) for a, b in zip(above[1:], cells[1:], strict=True) if b and b != a]
    return bool(new) and all(_BRACKETED.fullmatch(b) and _ITEM_FIGURE.match(a) for a, b in new)
