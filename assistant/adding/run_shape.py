"""What is known of a table whose cells follow each other, and a text of it read as rows."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a table's columns."""

    n: int
    """Columns beside the labels."""
    tested: int = 0
    """How many of the last ones hold p values."""
    totals: tuple[int | None, ...] = ()
    """Patients of each column; None where it is not known."""
    known: frozenset[int] = frozenset()
    """Sizes of groups that the text names."""
    glued: bool = False
    """Whether cells follow each other without a space."""
    marked: bool = False
    """Whether empty cells are marked."""
    lined: bool = False
    """Whether each cell stands on a line of its own."""
    rowed: bool = False
    """Whether each row does."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One row as read."""

    begin: int
    label_end: int
    end: int
    cells: tuple[str, ...]
    cost: float
    doubt: str = ""
    """Why its cells cannot be placed; "" where they can."""


Kind = tuple[bool, int, bool, bool]
"""Of a label: whether it names a measurement, its strokes, whether it is of sizes, whether it ends in a figure."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read as rows."""

    rows: tuple[Piece, ...]
    tail: int
    """Where the rows end."""
    cost: float


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands before the first row's cells."""

    title: str
    corner: str
    upper: tuple[str, ...]
    """Heads that span several columns, one a column; () where there are none."""
    lower: tuple[str, ...]
    """The head of each column."""
    label: str
    """The first row's own label."""
    doubtful: bool

    @property
    def totals(self) -> tuple[int | None, ...]:
        """How many patients each column has, where its head says so."""
        found: list[int | None] = []
        for k, head in enumerate(self.lower):
            match = re.search(r"\b[nN]\s?=\s?(\d+)", head) or (
                re.search(r"\b[nN]\s?=\s?(\d+)", self.upper[k]) if self.upper else None
            )
            found.append(int(match[1]) if match else None)
        return tuple(found)
