"""A table whose cells a text layer prints one behind the other, made into a grid again where that can be known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.adding.article import Grid, Row
from assistant.adding.run_cells import EMPTY, atoms_at, starts
from assistant.adding.run_heads import _P, Heads, heads_of
from assistant.adding.run_labels import cleaned, sectioned
from assistant.adding.run_rows import Piece, Reading, Shape, is_size_row, read_rows

_GLUE = re.compile(
    r"(?<=[a-z)%])\d+(?:[.·]\d+)?\s?\(|\d[A-Z][a-z]{2}|\)\d|\d[A-Z][a-z]* ?\(|[a-z)]\d+(?:[.·]\d+)+"
)
_FOOT_MARK = re.compile(r"\s?[*†‡§¶#]+$")
_MOST_DOUBTFUL = 0.34
_MOST_COLUMNS = 12
_LIKELY = 4
"""How many numbers of columns are weighed together with the heads that they ask for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A table that was read, or why it was not."""

    grid: Grid | None
    doubt: str = ""


def table_from(
    text: str, number: str, words: Counter[str], known: Iterable[int] = (), title: str = ""
) -> Made:
    """The table that ``text`` prints.

    Args:
        text: All of it behind its number: title, heads, rows, notes; empty cells as ``∅`` where they are marked.
        number: As printed.
        words: How often words, and pairs of neighbours, stand in the article.
        known: Sizes of groups that the article names.
        title: Its title, where ``text`` does not begin with it.
    """
    glued = len(_GLUE.findall(text)) >= 3 and len(_GLUE.findall(text)) > 0.1 * len(re.findall(r"\d+", text))
    text = re.sub(r"\n\s*\n", "\n", text).rstrip()
    found = _best(text, words, frozenset(known), glued=glued, titled=not title)
    if found is None:
        return Made(None, "its columns could not be told apart; it was left out")
    reading, shape, heads = found
    firm = [p for p in reading.rows if not p.doubt]
    if heads is None or heads.doubtful:
        return Made(None, "the heads of its columns could not be told apart; it was left out")
    if len(firm) < 2 or len(firm) < (1 - _MOST_DOUBTFUL) * len(reading.rows):
        return Made(
            None, "too many of its rows could be cut into cells in more than one way; it was left out"
        )
    if _unread(text[reading.tail :], shape):
        return Made(None, "some of its rows could not be read; it was left out")
    return Made(_grid(text, reading, shape, heads, number, title))


def _best(
    text: str, words: Counter[str], known: frozenset[int], *, glued: bool, titled: bool
) -> tuple[Reading, Shape, Heads | None] | None:
    """The cheapest reading over the numbers of columns that may be meant."""
    marked = EMPTY in text and _marks_cells(text)
    tests = len(re.findall(_P, text[:900]))
    able: list[tuple[float, Reading, Shape]] = []
    for tested in sorted({tests, min(tests, 1), 0}):
        for n in _counts(text, tested, glued=glued):
            shape = Shape(n, tested, known=known, glued=glued, marked=marked)
            reading = read_rows(text, shape)
            if reading is not None and reading.rows:
                able.append((reading.cost + _gain(reading) + 2.5 * (tests - tested), reading, shape))
    best: tuple[float, Reading, Shape, Heads | None] | None = None
    for _, reading, shape in sorted(able, key=lambda a: a[0])[:_LIKELY]:
        heads = _heads(text, reading, shape, words, titled=titled)
        reading, shape = _with_totals(text, reading, shape, heads)
        heads = _heads(text, reading, shape, words, titled=titled)
        cost = reading.cost + (4.0 if heads is None else 1.0 if heads.doubtful else 0.0)
        cost += _gain(reading) + 2.5 * (tests - shape.tested)
        if best is None or cost < best[0]:
            best = (cost, reading, shape, heads)
    return best[1:] if best else None


def _gain(reading: Reading) -> float:
    """What the evidence for single cells is worth is taken out again: it must not favour many columns."""
    return sum(-min(0.0, p.cost) for p in reading.rows)


def _marks_cells(text: str) -> bool:
    """Whether marks of empty cells stand between figures too, not in the heads alone."""
    return bool(re.search(rf"\d\s*{EMPTY}\s", text))


def _counts(text: str, tested: int, *, glued: bool) -> list[int]:
    """How many columns there may be."""
    if glued:
        return [tested + k for k in range(1, 7)]
    runs: Counter[int] = Counter()
    places = set(starts(text, glued=False))
    at = 0
    run = 0
    while at < len(text):
        atoms = atoms_at(text, at, glued=False) if at in places else []
        if atoms:
            run += 1
            at = atoms[0].end
        elif text[at].isspace():
            at += 1
            continue
        else:
            runs[run] += 1
            run = 0
            at = next((i for i in range(at, len(text)) if text[i].isspace()), len(text))
    runs[run] += 1
    del runs[0]
    whole = sum(runs.values())
    able = [k for k, times in runs.items() if times >= max(2, 0.12 * whole)]
    most = min(_MOST_COLUMNS, max(able, default=1) + tested)
    return list(range(tested + 1, most + 1)) or [tested + 1]


def _heads(text: str, reading: Reading, shape: Shape, words: Counter[str], *, titled: bool) -> Heads | None:
    first = reading.rows[0]
    labels = [text[p.begin : p.label_end].strip() for p in reading.rows[1:]]
    return heads_of(
        text[: first.label_end], shape.n, shape.tested, words, hard=shape.glued or "\n" in text[: first.label_end].strip(),
        titled=titled, labels=labels,
    )  # fmt: skip


def _with_totals(text: str, reading: Reading, shape: Shape, heads: Heads | None) -> tuple[Reading, Shape]:
    """The reading anew with the sizes of the arms, where heads or a row of the table tell them."""
    totals = heads.totals if heads else ()
    if not any(totals):
        totals = next(
            (_numbers(p, shape) for p in reading.rows if not p.doubt and _is_size(text, p, heads)), ()
        )
    if not any(totals):
        return reading, shape
    better = replace(shape, totals=totals)
    return read_rows(text, better) or reading, better


def _is_size(text: str, piece: Piece, heads: Heads | None) -> bool:
    label = heads.label if piece.begin == 0 and heads else text[piece.begin : piece.label_end]
    return is_size_row(label)


def _numbers(piece: Piece, shape: Shape) -> tuple[int | None, ...]:
    arms = piece.cells[: shape.n - shape.tested]
    numbers = [int(m[0]) if (m := re.match(r"\d+(?![.·\d])", c)) else None for c in arms]
    return (*numbers, *[None] * shape.tested)


def _unread(tail: str, shape: Shape) -> bool:
    """Whether figures in cells stand behind the last row, as notes do not hold them."""
    shares = re.findall(r"\d+\s\(\d+(?:[.·]\d+)?\s?%?\)(?=\s|$|[A-Z\d])", tail)
    runs = re.findall(r"(?:(?:^|\s)[<>]?\d+(?:[.·]\d+)?%?(?=\s|$)){2,}", tail)
    return len(shares) > max(3, shape.n) or len(runs) > 2


# -- the grid ---------------------------------------------------------------------------------------


def _grid(text: str, reading: Reading, shape: Shape, heads: Heads, number: str, title: str) -> Grid:
    rows: list[Row] = []
    lost: list[str] = []
    for k, piece in enumerate(reading.rows):
        raw = heads.label if k == 0 else text[piece.begin : piece.label_end]
        if not raw.strip() and rows:
            ranges = _ranges(piece, heads)
            if ranges and not piece.doubt:
                rows.append(Row((rows[-1].cells[0], *ranges), rows[-1].depth))
            else:
                lost.append(f"the line below “{rows[-1].cells[0]}” could not be placed and was left out")
            continue
        above, label, depth = sectioned(raw, glued=shape.glued)
        rows += [Row((section, *[""] * shape.n), 0, True) for section in above]
        if piece.doubt or len(piece.cells) != shape.n:
            lost.append(f"the row “{label}” could be cut into cells in more than one way and was left out")
            continue
        rows.append(Row((label, *(_cell(c) for c in piece.cells)), depth))
        if _blanks(piece, shape, text):
            lost.append(
                f"the p value of the row “{label}” could stand in more than one column and was left out"
            )
    upper = [Row((heads.corner, *heads.upper))] if heads.upper else []
    head_rows = (*upper, Row(("" if upper else heads.corner, *heads.lower)))
    note = cleaned(text[reading.tail :])
    return Grid(number, title or cleaned(heads.title).rstrip("."), head_rows, tuple(rows), note, tuple(lost))


def _cell(text: str) -> str:
    bare = re.sub(r"\s+", " ", _FOOT_MARK.sub("", text.strip()))
    return re.sub(r"(?<=\d)·(?=\d)", ".", bare)


def _blanks(piece: Piece, shape: Shape, text: str) -> bool:
    """Whether p values were dropped because they could stand in either of two columns."""
    if shape.tested < 2 or any(piece.cells[shape.n - shape.tested :]):
        return False
    arms = [c for c in piece.cells if c]
    return not text[: piece.end].rstrip().endswith(arms[-1]) if arms else False


def _ranges(piece: Piece, heads: Heads) -> tuple[str, ...]:
    """The cells of a second line, below the heads that promise a range; () where these are more or fewer."""
    able = [
        k
        for k, head in enumerate(heads.lower)
        if re.search(r"[(\[][^()\[\]]*[,–-][^()\[\]]*[)\]]|range|IQR|CI\b", head)
    ]
    if len(able) != len(piece.cells):
        return ()
    cells = [""] * len(heads.lower)
    for k, cell in zip(able, piece.cells, strict=True):
        cells[k] = _cell(cell)
    return tuple(cells)


def known_sizes(text: str) -> frozenset[int]:
    """Sizes of groups that an article names: ``(n = 49)``."""
    return frozenset(int(n) for n in re.findall(r"\b[nN]\s?=\s?(\d{2,5})\b", text))
