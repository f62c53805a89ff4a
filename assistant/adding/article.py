"""An article as every reader gives it: front matter, blocks in order, references, abbreviations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section."""

    level: int
    """1 for the main sections."""
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on one line; its references stand as ``[4, 5]``."""

    text: str
    item: bool = False
    """Whether it is an item of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a printed table."""

    cells: tuple[str, ...]
    depth: int = 0
    """How far its head is indented."""
    spanning: bool = False
    """Whether one cell runs over all columns: it heads the rows below."""
    strong: bool = False
    """Whether its head is printed in bold."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table; all rows have as many cells."""

    number: str
    """``2`` of ``Table 2``; "" where none is printed."""
    title: str
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    note: str = ""
    doubts: tuple[str, ...] = ()
    """What could not be known of its columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference of the list."""

    number: int
    authors: tuple[str, ...]
    """``Family, Initials`` each; a last ``others`` stands for et al."""
    title: str
    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says of itself, and what it says."""

    title: str
    blocks: tuple[Block, ...]
    authors: tuple[str, ...] = ()
    """``Family Initials`` each."""
    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    licence: str = ""
    entries: tuple[Entry, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """What a person should look at."""

    @property
    def grids(self) -> list[Grid]:
        """The tables in order."""
        return [b for b in self.blocks if isinstance(b, Grid)]
