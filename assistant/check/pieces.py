"""A text cut into statements: sentences, bullets and table cells, with their offsets in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.check.markup import PAD, masked
from assistant.check.model import Piece
from assistant.text.sentences import split_sentences
from assistant.text.text import fold

_HEADING = re.compile(r"\s*(?:#{1,6}\s+(?P<md>.*?)\s*#*|(?P<wiki>={1,6})(?P<mw>[^=].*?)(?P=wiki))\s*$")
_BULLET = re.compile(r"\s*(?:[-*+\u2022\u2013\u25aa\u00b7]+|\(?\d{1,2}[.)]|[#:;*]+)\s+")
_RULE = re.compile(r"[\s|:+=-]*$")
_WIKI_ROW = re.compile(r"\s*\|-")
_WIKI_CELLS = re.compile(r"\|\||!!")
_ATTRIBUTES = re.compile(r"^\s*(?:[a-z]+=(?:\"[^\"]*\"|\S+)\s*)+\|(?!\|)")
_EMPTY = re.compile(
    r"\s*(?:n/?a|nr|nd|none|unknown|not (?:available|reported|applicable)|[-\u2013\u2014.?]*)\s*$",
    re.IGNORECASE,
)
_ITEMS = re.compile(r";(?=\s)")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


_Row = list[_Cell]
Names = Callable[[str], bool]
"""Whether a text names a study."""


def cut(text: str, label: str, names: Names) -> list[Piece]:
    """The statements of ``text`` in order.

    Args:
        text: plain text, Markdown, MediaWiki or HTML.
        label: regular expression of a study's mark (``Abstract 12``).
        names: tells which heads of a table name a study.
    """
    plain = masked(text, label)
    marks = re.compile(rf"[\[(]\s*{label}[^\])\n]{{0,60}}[\])]", re.IGNORECASE)
    pieces: list[Piece] = []
    headings: list[tuple[int, str]] = []
    for block in _blocks(plain):
        if isinstance(block, list):
            pieces += _table(plain, block, " ".join(h for _, h in headings), names)
            continue
        start, end = block
        line = plain[start:end]
        head = _HEADING.match(line.replace(PAD, ""))
        if head and "\n" not in line.strip():
            depth = len(head["wiki"]) if head["wiki"] else len(line.replace(PAD, "").split()[0])
            headings = [h for h in headings if h[0] < depth] + [
                (depth, (head["md"] or head["mw"] or "").strip())
            ]
            continue
        pieces += _sentences(plain, start, end, marks, " ".join(h for _, h in headings))
    return pieces


def _sentences(plain: str, start: int, end: int, marks: re.Pattern[str], heading: str) -> Iterator[Piece]:
    bullet = _BULLET.match(plain.replace(PAD, " "), start, end)
    start = bullet.end() if bullet else start
    block = fold(plain[start:end])
    kept = [i for i, c in enumerate(block) if c != PAD]
    shown = "".join(block[i] for i in kept)
    for number, (a, b) in enumerate(split_sentences(shown, marks)):
        reading = re.sub(r"\s+", " ", shown[a:b]).strip()
        if any(c.isalnum() for c in reading):
            yield Piece(start + kept[a], start + kept[b - 1] + 1, reading, heading, not number)


def _blocks(plain: str) -> Iterator[tuple[int, int] | list[_Row]]:
    """Spans of headings, paragraphs and bullets, and tables as rows of cells."""
    lines = _lines(plain)
    opened: tuple[int, int] | None = None
    number = 0
    while number < len(lines):
        start, end = lines[number]
        line = plain[start:end].replace(PAD, " ")
        heads = bool(_HEADING.match(line))
        table = _table_at(plain, lines, number)
        if opened and (table or heads or not line.strip() or _BULLET.match(line)):
            yield opened
            opened = None
        if table:
            rows, number = table
            yield rows
            continue
        if heads:
            yield start, end
        elif line.strip():
            opened = (opened[0] if opened else start, end)
        number += 1
    if opened:
        yield opened


def _lines(plain: str) -> list[tuple[int, int]]:
    """The spans of the lines, without their ends."""
    spans, at = [], 0
    for line in plain.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _table_at(plain: str, lines: list[tuple[int, int]], number: int) -> tuple[list[_Row], int] | None:
    """The table that begins at a line, and the number of the line after it."""
    first = plain[slice(*lines[number])].replace(PAD, " ").strip()
    if first.startswith("{|"):
        return _wiki_table(plain, lines, number)
    if first.count("|") < 2:
        return None
    rows = []
    while number < len(lines):
        start, end = lines[number]
        line = plain[start:end]
        if line.count("|") < 2:
            break
        if not _RULE.match(line.replace(PAD, " ")):
            rows.append(_bar_cells(plain, start, end))
        number += 1
    return (rows, number) if len(rows) > 1 else None


def _bar_cells(plain: str, start: int, end: int) -> _Row:
    line = plain[start:end]
    left = len(line) - len(line.replace(PAD, " ").lstrip())
    begin = start + left + line[left:].startswith("|")
    stop = start + len(line.replace(PAD, " ").rstrip())
    stop -= plain[stop - 1] == "|"
    cells, at = [], begin
    for part in re.split(r"(?<!\\)\|", plain[begin:stop]):
        cells.append(_cell(plain, at, at + len(part)))
        at += len(part) + 1
    return cells


def _cell(plain: str, start: int, end: int) -> _Cell:
    text = plain[start:end].replace(PAD, " ")
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    shown = fold(plain[start : max(start, end)]).replace(PAD, "")
    return _Cell(start, max(start, end), re.sub(r"\s+", " ", shown).strip())


def _wiki_table(plain: str, lines: list[tuple[int, int]], number: int) -> tuple[list[_Row], int]:
    rows: list[_Row] = [[]]
    number += 1
    while number < len(lines):
        start, end = lines[number]
        line = plain[start:end].replace(PAD, " ")
        number += 1
        if line.strip().startswith("|}"):
            break
        if _WIKI_ROW.match(line):
            rows.append([])
        elif line.lstrip().startswith(("|+", "{|")):
            continue
        elif line.lstrip().startswith(("|", "!")):
            at = start + len(line) - len(line.lstrip()) + 1
            for part in _WIKI_CELLS.split(plain[at:end]):
                skip = _ATTRIBUTES.match(part.replace(PAD, " "))
                lead = skip.end() if skip else 0
                rows[-1].append(_cell(plain, at + lead, at + len(part)))
                at += len(part) + 2
    return [r for r in rows if r], number


def _table(plain: str, rows: list[_Row], heading: str, names: Names) -> Iterator[Piece]:
    """Each cell as a statement: the study of its row or column, the other head before the cell."""
    head = rows[0] if rows else []
    by_column = sum(names(c.text) for c in head[1:]) > sum(names(r[0].text) for r in rows[1:] if r)
    for row in rows[1:]:
        for number, cell in enumerate(row):
            if number == 0 or _EMPTY.match(cell.text):
                continue
            top = head[number].text if number < len(head) else ""
            study, measure = (top, row[0].text) if by_column else (row[0].text, top)
            yield from _items(plain, cell, measure, study if names(study) else f"{heading} {study}".strip())


def _items(plain: str, cell: _Cell, measure: str, heading: str) -> Iterator[Piece]:
    """What stands between the semicolons of a cell, each behind the cell's head unless it has one itself."""
    at = cell.start
    for part in _ITEMS.split(plain[cell.start : cell.end]):
        item = _cell(plain, at, at + len(part))
        at += len(part) + 1
        if not _EMPTY.match(item.text):
            reading = item.text if ":" in item.text else f"{measure}: {item.text}"
            yield Piece(item.start, item.end, reading, heading, True)
