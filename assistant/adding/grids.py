"""Tables of a tree (JATS or HTML): spans written out, head rows told from the body, notes kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from assistant.adding.article import Grid, Row
from assistant.adding.grids_lines import indent_of, parted, ranged
from assistant.adding.markup import Citing, local, running, settled

_INDENT = re.compile(r"^(?:[\u2001\u2003]|[\u00a0\u2002\u2000]{2}|\u00a0\u00a0|\u2002|\u00a0|&nbsp;)+")
_FIGURE = re.compile(r"^[<>=≤≥~±]?\s*[-−–]?\d")


def grid_of(table: Element, citing: Citing, number: str, title: str, note: str) -> Grid | None:
    """The table, None where it has no body.

    Args:
        table: The element that holds the rows.
        citing: Tells what an element cites.
        number: As printed.
        title: Above it.
        note: Below it.
    """
    rows = ranged(_fitted(list(_rows(table, citing))))
    if not rows:
        return None
    width = max(len(row.cells) for _, row in rows)
    rows = [(head, _widened(row, width)) for head, row in rows]
    heads = [row for head, row in rows if head]
    body = [row for head, row in rows if not head]
    if not heads and body:
        heads, body = _heads_of(body)
    heads = heads or []
    if not body or width < 2:
        return None
    return Grid(number, title, tuple(heads), tuple(body), note)


def _fitted(rows: list[tuple[bool, Row]]) -> list[tuple[bool, Row]]:
    """The rows; a head row with more cells than any other loses blank ones before its first words."""
    heads = [row.cells for head, row in rows if head]
    width = max((len(row.cells) for head, row in rows if not head), default=0)
    blank = next(
        (k for k in range(max(map(len, heads), default=0)) if any(h[k : k + 1] != ("",) for h in heads)), 0
    )
    over = min(max(map(len, heads), default=0) - width, blank - 1)
    if over <= 0 or not width:
        return rows
    return [(head, replace(row, cells=row.cells[over:]) if head else row) for head, row in rows]


def _widened(row: Row, width: int) -> Row:
    return replace(row, cells=(*row.cells, *[""] * (width - len(row.cells))))


def _heads_of(body: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows before the first that prints figures in its cells, where nothing else tells heads."""
    for i, row in enumerate(body[:3]):
        if any(_FIGURE.match(cell) for cell in row.cells[1:]):
            return body[: max(i, 1)], body[max(i, 1) :]
    return body[:1], body[1:]


def _rows(table: Element, citing: Citing) -> Iterator[tuple[bool, Row]]:
    """Each row and whether it belongs to the head."""
    carried: dict[int, tuple[int, str]] = {}
    for in_head, tr in _table_rows(table):
        cells = [c for c in tr if local(c) in ("td", "th", "entry")]
        if not cells and not carried:
            continue
        texts: list[str] = []
        raws: list[str] = []
        spans: list[int] = []
        depth = 0
        pending = iter(cells)
        while True:
            while len(texts) in carried:
                column = len(texts)
                left, text = carried.pop(column)
                texts.append(text)
                raws.append(text)
                if left > 1:
                    carried[column] = (left - 1, text)
            cell = next(pending, None)
            if cell is None:
                break
            raw = running(cell, citing, cell=True)
            if not texts:
                depth = _depth(raw, cell)
            text = settled(raw)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            spans.append(across)
            for _ in range(across):
                if down > 1:
                    carried[len(texts)] = (down - 1, text)
                texts.append(text)
                raws.append(raw)
        bare = all(local(c) == "th" for c in cells) and len(cells) > 1
        spanning = spans[:1] != [1] and len(texts) > 1 and not any(texts[spans[0] if spans else 0 :])
        if spanning:
            texts = [texts[0]] + [""] * (len(texts) - 1)
        several = None if in_head or bare or spanning or carried else parted(raws, depth)
        if several:
            yield from ((False, row) for row in several)
        elif any(texts):
            yield in_head or bare, Row(tuple(texts), depth, spanning, bool(cells) and _strong(cells[0]))


def _depth(raw: str, cell: Element) -> int:
    """How far a row's head is indented, by spaces or by style."""
    style = re.search(r"(?:padding|margin|text-indent)[\w-]*:\s*(\d+)", cell.get("style", ""))
    return indent_of(raw) or (1 if style and int(style[1]) > 0 else 0)


def _strong(cell: Element) -> bool:
    """Whether all words of a cell are in bold; marks of footnotes are no words."""
    bold = "".join("".join(e.itertext()) for e in cell.iter() if local(e) in ("bold", "b", "strong"))
    marks = "".join("".join(e.itertext()) for e in cell.iter() if local(e) in ("xref", "sup"))
    text = "".join(cell.itertext())
    return bool(bold.strip()) and len(re.findall(r"\w", text)) <= len(re.findall(r"\w", bold + marks))


def _span(cell: Element, key: str) -> int:
    value = cell.get(key, "1") or "1"
    return min(max(int(value), 1), 60) if value.strip().isdigit() else 1


def _table_rows(table: Element) -> Iterator[tuple[bool, Element]]:
    def walk(element: Element, in_head: bool) -> Iterator[tuple[bool, Element]]:
        for child in element:
            name = local(child)
            if name in ("tr", "row"):
                yield in_head, child
            elif name in ("thead", "tbody", "tfoot", "tgroup", "table", "div", "alternatives"):
                yield from walk(child, in_head or name == "thead")

    yield from walk(table, False)
