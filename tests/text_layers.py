"""Text layers made of tables whose grid is known, as tools that lose the grid print them, and how well it is read again.

A table is written here row by row: cells between bars, ``##`` before the head of a section, two spaces before an
indented row, an empty cell where nothing is printed. All of them are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.adding.article import Grid


@dataclass(frozen=True, slots=True)
class Printed:
    """A made-up table."""

    title: str
    heads: tuple[tuple[str, ...], ...]
    """Rows of heads; ``^`` stands for the head to its left, which spans its column too."""
    rows: tuple[tuple[str, ...], ...]
    """Each with a label; a row of one cell is the head of a section."""
    note: str = ""


def printed(text: str) -> Printed:
    """The table that ``text`` writes: title, heads (``!``), rows, a note (``*``)."""
    heads: list[tuple[str, ...]] = []
    rows: list[tuple[str, ...]] = []
    title = note = ""
    for line in text.strip("\n").split("\n"):
        if not title:
            title = line.strip()
        elif line.startswith("!"):
            heads.append(tuple(c.strip() for c in line[1:].split("|")))
        elif line.startswith("*"):
            note = line[1:].strip()
        elif line.startswith("##"):
            rows.append((line[2:].strip(),))
        else:
            label, *cells = line.split("|")
            rows.append((label.rstrip(), *(c.strip() for c in cells)))
    return Printed(title, tuple(heads), tuple(rows), note)


def _head_cells(table: Printed) -> list[list[str]]:
    return [[c for c in row if c != "^"] for row in table.heads]


def spaced(table: Printed, number: int = 1) -> str:
    """All cells on one line, a space between them; nothing tells of empty ones."""
    parts = [c for row in _head_cells(table) for c in row if c]
    parts += [c.strip() for row in table.rows for c in row if c.strip()]
    return f"   Table {number} {table.title} {' '.join(parts)} {table.note}".rstrip() + "   "


def glued(table: Printed, number: int = 1) -> str:
    """Cells run into each other; heads and labels in bold stand on lines of their own, rows keep their indent."""
    heads = "\n".join(c for row in _head_cells(table) for c in row if c)
    body = ""
    for label, *cells in table.rows:
        label = re.sub(r"^ +", " ", label)
        body += (f"\n{label}\n" if not cells else label) + "".join(cells)
    return f"Table {number}\n{table.title}\n\n{heads}\n{body}{table.note}\n"


def one_cell_a_line(table: Printed, number: int = 1) -> str:
    """Each cell on a line of its own; empty ones print none."""
    lines = [f"Table {number}. {table.title}"]
    lines += [c for row in _head_cells(table) for c in row if c]
    lines += [c.strip() for row in table.rows for c in row if c.strip()]
    return "\n".join([*lines, *([table.note] if table.note else [])]) + "\n"


def one_row_a_line(table: Printed, number: int = 1) -> str:
    """Each row on a line, two spaces between its cells; empty ones print none."""
    lines = [f"Table {number}. {table.title}"]
    lines += ["  ".join(c for c in row if c) for row in _head_cells(table)]
    lines += ["  ".join(c for c in (row[0].strip(), *row[1:]) if c) for row in table.rows]
    return "\n".join([*lines, *([table.note] if table.note else [])]) + "\n"


def one_row_a_line_without_gaps(table: Printed, number: int = 1) -> str:
    """Each row on a line, a space between its cells; empty ones print none."""
    return re.sub(r"  +", " ", one_row_a_line(table, number))


LAYERS: dict[str, Callable[[Printed, int], str]] = {
    "spaced": spaced,
    "glued": glued,
    "one cell a line": one_cell_a_line,
    "one row a line": one_row_a_line,
    "one row a line without gaps": one_row_a_line_without_gaps,
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many cells stand where they are printed."""

    right: int
    """The figure below its own head and beside its own label."""
    wrong: int
    """A figure below another head, beside another label, or where nothing is printed."""
    missing: int


def _bare(text: str) -> str:
    return re.sub(r"[\s*†‡§]+", "", text.replace("·", ".")).lower()


def _heads(table: Printed) -> list[str]:
    """What stands above each column, spanning heads first."""
    found = ["" for _ in table.heads[-1]]
    for row in table.heads:
        last = ""
        for k, cell in enumerate(row):
            last = last if cell == "^" else cell
            found[k] = f"{found[k]} {last}".strip()
    return [_bare(h) for h in found[1:]]


def compared(table: Printed, grid: Grid | None) -> Share:
    """Each cell of ``table`` looked up in ``grid`` by its label and its head."""
    heads = _heads(table)
    gold = [(_bare(row[0]), k, _bare(c)) for row in table.rows for k, c in enumerate(row[1:]) if c]
    if grid is None:
        return Share(0, 0, len(gold))
    own = [
        "".join(_bare(h.cells[k]) for h in dict.fromkeys(grid.heads))
        for k in range(1, len(grid.rows[0].cells))
    ]
    right = 0
    left = [
        (_bare(row.cells[0]), own[k], _bare(c))
        for row in grid.rows
        for k, c in enumerate(row.cells[1:])
        if _bare(c)
    ]
    for label, k, cell in gold:
        for found in left:
            same_head = found[1] == heads[k] or (heads[k] == "" and len(heads) == 1)
            if found[2] == cell and same_head and (found[0] == label or found[0].endswith(label)):
                left.remove(found)
                right += 1
                break
    return Share(right, len(left), len(gold) - right)
