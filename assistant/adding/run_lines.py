"""Tables of a text layer that keeps their lines: each cell on its own, or each row with gaps between its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.adding.article import Grid, Row
from assistant.adding.cutting import trailing_cells
from assistant.adding.lines import Line
from assistant.adding.run_cells import atoms_at
from assistant.adding.run_evidence import is_p_value
from assistant.adding.run_items import CORNER, P_HEAD, SIZE
from assistant.adding.run_labels import cleaned
from assistant.adding.run_tables import Made, cell_text, table_from

_GAP = re.compile(r"\t+| {2,}|\s*\|\s*")


def is_value(text: str) -> bool:
    """Whether all of ``text`` can be a cell with a figure, or stands in its place."""
    bare = text.strip()
    return bool(bare) and any(a.end == len(bare) for a in atoms_at(bare, 0, glued=False))


def holds_cells(raw: str) -> bool:
    """Whether figures stand behind gaps in a line: it is a row, not a note."""
    return sum(map(is_value, _pieces(raw)[1:])) > 0


def table_of_lines(
    lines: Sequence[Line],
    notes: Sequence[str],
    number: str,
    title: str,
    words: Counter[str],
    known: Iterable[int],
) -> Made | None:
    """The table of ``lines``; None where it keeps neither cells nor rows on lines of their own.

    Args:
        lines: The lines between the title and the notes.
        notes: Those of the notes.
        number: As printed.
        title: As printed.
        words: How often words, and pairs of neighbours, stand in the article.
        known: Sizes of groups that the article names.
    """
    split = [_pieces(line.raw) for line in lines]
    if sum(len(p) > 1 for p in split) >= 0.5 * len(split) and len(split) >= 3:
        return _rows(split, notes, number, title)
    lone = sum(is_value(line.text) for line in lines)
    text = "\n".join(line.text for line in lines)
    if lone >= 4 and lone >= 0.3 * len(lines):
        made = table_from(text, number, words, known, title, lined=True)
    elif sum(bool(trailing_cells(line.text)[1]) for line in lines) >= max(3, 0.4 * len(lines)):
        made = table_from(text, number, words, known, title, rowed=True)
        if made.grid is None:
            return None
    else:
        return None
    if made.grid and notes:
        grid = made.grid
        return Made(
            Grid(number, title, grid.heads, grid.rows, cleaned(f"{grid.note} {' '.join(notes)}"), grid.doubts)
        )
    return made


def _pieces(raw: str) -> list[str]:
    bars = raw.strip().strip("|") if "|" in raw else raw.strip(" ")
    return [p.strip() for p in _GAP.split(bars)]


def _rows(split: Sequence[list[str]], notes: Sequence[str], number: str, title: str) -> Made:
    """Each row a line."""
    first = next((i for i, p in enumerate(split) if _is_body(p)), None)
    if first is None:
        return Made(None, "no rows of figures could be told apart; it was left out")
    while (
        first > 1
        and len(split[first - 1]) == 1 < len(split[first - 2])
        and not re.match(r"\(|[nN]\s?=", split[first - 1][0])
    ):
        first -= 1
    counts = Counter(len(p) - 1 for p in split[first:] if _is_body(p))
    whole = sum(counts.values())
    n = max((k for k, times in counts.items() if times >= max(2, 0.2 * whole)), default=max(counts))
    if n == 1 and first > 1 and re.match(r"\(|[nN]\s?=", split[1][0]) and len(split[1]) == 1:
        split = [[*split[0][:-1], f"{split[0][-1]} {split[1][0]}"], *split[2:]]
        first -= 1
    if n == 1 and first > 1 and all(len(p) == 1 for p in split[:first]):
        # One column: its head comes first, and names the size or what is counted; sections follow.
        if not re.search(rf"{SIZE}|%|[nN]o\.", split[0][0]):
            return Made(
                None, "the head of its column could not be told from those of its rows; it was left out"
            )
        first = 1
    heads = _head_rows(split[:first], n)
    if heads is None:
        return Made(None, "the heads of its columns could not be told apart; it was left out")
    tested = sum(bool(re.match(P_HEAD, h)) for h in heads[-1].cells[1:])
    if any(re.match(P_HEAD, h) for h in heads[-1].cells[1 : n + 1 - tested]):
        tested = 0
    rows, lost = _body(split[first:], n, tested)
    if len([r for r in rows if not r.spanning]) < 2 or len(lost) > 0.34 * len(rows):
        return Made(None, "too many of its rows have fewer cells than columns; it was left out")
    return Made(Grid(number, title, heads, tuple(rows), cleaned(" ".join(notes)), tuple(lost)))


def _is_body(pieces: Sequence[str]) -> bool:
    """Whether a line is a row with figures: words, then cells."""
    cells = [p for p in pieces[1:] if p]
    return (
        bool(cells) and not re.fullmatch(P_HEAD, pieces[0]) and sum(map(is_value, cells)) >= 0.6 * len(cells)
    )


def _head_rows(lines: Sequence[Sequence[str]], n: int) -> tuple[Row, ...] | None:
    """The rows of heads over ``n`` columns; None where it cannot be told which head stands over which column."""
    joined = _sizes_joined([[p for p in pieces if p] for pieces in lines if any(pieces)])
    below = next((k for k in range(len(joined) - 1, -1, -1) if len(joined[k]) in (n, n + 1)), None)
    if below is None:
        return None
    names = joined[below]
    corner = names[0] if len(names) == n + 1 else ""
    names = names[1:] if corner else names
    if not corner and n > 1 and CORNER.fullmatch(names[0]):
        return None
    if joined[below + 1 :]:
        return None
    found = [Row((corner, *(name.strip() for name in names)))]
    for pieces in reversed(joined[:below]):
        spans = _spans(pieces, names, n)
        if spans is None:
            return None
        found.insert(0, spans)
    return tuple(found)


def _sizes_joined(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """Lines of heads, a line of sizes alone put behind the heads above it."""
    found: list[list[str]] = []
    for pieces in lines:
        over = [h for h in found[-1] if not re.fullmatch(P_HEAD, h)] if found else []
        spare = len(over) - len(pieces)
        if over and spare in (0, 1) and all(re.match(r"\(|[nN]\s?=|%", p) for p in pieces):
            joined = [*over[:spare], *(f"{a} {b}" for a, b in zip(over[spare:], pieces, strict=True))]
            found[-1] = [*joined, *found[-1][len(over) :]]
        else:
            found.append(list(pieces))
    return found


def _spans(pieces: Sequence[str], names: Sequence[str], n: int) -> Row | None:
    """A row of heads above ``names``; each spans as many of them as come back below it."""
    tested = sum(bool(re.match(P_HEAD, h)) for h in names)
    for corner, over in ((pieces[0], list(pieces[1:])), ("", list(pieces))):
        over = [p for p in over if not re.fullmatch(P_HEAD, p)]
        if not over or (corner and not CORNER.fullmatch(corner)) or (n - tested) % len(over):
            continue
        each = (n - tested) // len(over)
        lower = [tuple(names[k * each : (k + 1) * each]) for k in range(len(over))]
        if len(over) == 1 or len(set(lower)) == 1:
            wide = [p for p in over for _ in range(each)]
            return Row((corner, *wide, *[""] * tested))
    return None


def _body(split: Sequence[list[str]], n: int, tested: int) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    lost: list[str] = []
    inside = False
    for pieces in split:
        label, cells = pieces[0], pieces[1:]
        if not any(cells):
            if rows and not rows[-1].spanning and _label_goes_on(rows[-1].cells[0], label):
                rows[-1] = Row((f"{rows[-1].cells[0]} {label}", *rows[-1].cells[1:]), rows[-1].depth)
            elif label:
                rows.append(Row((label, *[""] * n), spanning=True))
                inside = True
            continue
        placed = _placed(cells, n, tested)
        if placed is None:
            lost.append(f"the row “{label}” has {len(cells)} cells where others have {n}; it was left out")
            continue
        rows.append(Row((cleaned(label), *(cell_text(c) for c in placed)), 1 if inside else 0))
    return rows, lost


def _label_goes_on(above: str, line: str) -> bool:
    """Whether a line without cells is the rest of the label above it, not the head of a section."""
    return bool(re.match(r"[^A-Z\u00c0-\u00de]", line)) or above.endswith(
        (",", "(", "/", "–", "-", " of", " and", " or", " with")
    )


def _placed(cells: list[str], n: int, tested: int) -> list[str] | None:
    """The cells of a row in their columns; None where it cannot be told which are empty."""
    if len(cells) == n:
        return cells
    if tested and len(cells) == n - tested and not (n > 2 and all(map(is_p_value, cells))):
        return [*cells, *[""] * tested]
    if tested and len(cells) == tested and all(is_p_value(c) and re.search(r"[.·]", c) for c in cells):
        return [*[""] * (n - tested), *cells]
    return None
