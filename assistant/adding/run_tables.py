"""A table whose cells a text layer prints one behind the other, made into a grid again where that can be known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.adding.article import Grid, Row
from assistant.adding.run_cells import EMPTY, atoms_at, line_atoms, line_starts, starts
from assistant.adding.run_evidence import cell_cost, share_fits
from assistant.adding.run_heads import heads_of
from assistant.adding.run_items import P_HEAD
from assistant.adding.run_label_cost import is_size_row
from assistant.adding.run_labels import cleaned, sectioned
from assistant.adding.run_rows import read_rows
from assistant.adding.run_shape import Heads, Piece, Reading, Shape

_GLUE = re.compile(r"[^\W\d_]\d+(?:[.·/]\d|\s?\(|(?=[A-Z]))|[)%]\d|\d[A-Z][a-z]{2}")
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
    text: str,
    number: str,
    words: Counter[str],
    known: Iterable[int] = (),
    title: str = "",
    *,
    lined: bool = False,
    rowed: bool = False,
) -> Made:
    """The table that ``text`` prints.

    Args:
        text: All of it behind its number: title, heads, rows, notes; empty cells as ``∅`` where they are marked.
        number: As printed.
        words: How often words, and pairs of neighbours, stand in the article.
        known: Sizes of groups that the article names.
        title: Its title, where ``text`` does not begin with it.
        lined: Whether each cell stands on a line of its own.
        rowed: Whether each row does.
    """
    glued = (
        not lined
        and not rowed
        and len(_GLUE.findall(text)) > max(2, 0.12 * len(re.findall(r"[\d.·]+", text)))
    )
    text = re.sub(r"\n\s*\n", "\n", text).rstrip()
    form = Shape(
        0,
        known=frozenset(known),
        glued=glued,
        lined=lined,
        rowed=rowed,
        marked=EMPTY in text and _marks_cells(text),
    )
    found = _best(text, words, form, titled=not title)
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
    text: str, words: Counter[str], form: Shape, *, titled: bool
) -> tuple[Reading, Shape, Heads | None] | None:
    """The cheapest reading over the numbers of columns that may be meant."""
    tests = len(re.findall(P_HEAD, text[:900]))
    able: list[tuple[float, Reading, Shape]] = []
    for tested in sorted({tests, min(tests, 1)}):
        for n in _counts(text, tested, form):
            shape = replace(form, n=n, tested=tested)
            reading = read_rows(text, shape)
            if reading is not None and reading.rows:
                able.append((reading.cost + _gain(reading, shape) + 2.5 * (tests - tested), reading, shape))
    best: tuple[float, Reading, Shape, Heads | None] | None = None
    for _, reading, shape in sorted(able, key=lambda a: a[0])[:_LIKELY]:
        heads = _heads(text, reading, shape, words, titled=titled)
        reading, shape = _with_totals(text, reading, shape, heads)
        heads = _heads(text, reading, shape, words, titled=titled)
        cost = reading.cost + (4.0 if heads is None else 1.0 if heads.doubtful else 0.0)
        cost += _gain(reading, shape) + 2.5 * (tests - shape.tested)
        if best is None or cost < best[0]:
            best = (cost, reading, shape, heads)
    return best[1:] if best else None


def _gain(reading: Reading, shape: Shape) -> float:
    """What the evidence for single cells is worth is taken out again: it must not favour many columns."""
    totals = shape.totals or (None,) * shape.n
    cells = [
        (c, t) for p in reading.rows for c, t in zip(p.cells, totals[: shape.n - shape.tested], strict=False)
    ]
    return -sum(min(0.0, cell_cost(c, t, measures=False)) for c, t in cells if c)


def _marks_cells(text: str) -> bool:
    """Whether marks of empty cells stand between figures too, not in the heads alone."""
    return bool(re.search(rf"\d\s*{EMPTY}\s", text))


def _counts(text: str, tested: int, form: Shape) -> list[int]:
    """How many columns there may be."""
    if form.glued:
        return [tested + k for k in range(1, 7)]
    runs: Counter[int] = Counter()
    places = set(line_starts(text) if form.lined else starts(text, glued=False))
    at = 0
    run = 0
    while at < len(text):
        atoms = (
            (line_atoms(text, at) if form.lined else atoms_at(text, at, glued=False)) if at in places else []
        )
        if atoms:
            run += 1
            at = atoms[0].end
        elif text[at].isspace():
            at += 1
            continue
        else:
            runs[run] += 1
            run = 0
            at = next(
                (
                    i
                    for i in range(at, len(text))
                    if text[i] == "\n" or (text[i].isspace() and not form.lined)
                ),
                len(text),
            )
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
        text[: first.label_end], shape.n, shape.tested, words, hard=shape.glued or shape.lined,
        titled=titled, labels=labels, glued=shape.glued,
    )  # fmt: skip


def _with_totals(text: str, reading: Reading, shape: Shape, heads: Heads | None) -> tuple[Reading, Shape]:
    """The reading anew with the sizes of the arms, where heads or a row of the table tell them."""
    totals = heads.totals if heads else ()
    if not any(totals):
        fitting = [_fitting(reading, k) for k in range(shape.n - shape.tested)]
        if any(fitting):
            known = shape.known | {n for able in fitting for n in able}
            told = tuple(able[0] if len(able) == 1 else None for able in fitting)
            shape = replace(shape, known=known, totals=(*told, *[None] * shape.tested) if any(told) else ())
            reading = read_rows(text, shape) or reading
        totals = next(
            (_numbers(p, shape) for p in reading.rows if not p.doubt and _is_size(text, p, heads)), ()
        )
    if not any(totals):
        return reading, shape
    if shape.totals:
        totals = tuple(a or b for a, b in zip(totals, shape.totals, strict=True))
    better = replace(shape, totals=totals)
    return read_rows(text, better) or reading, better


def _fitting(reading: Reading, column: int) -> list[int]:
    """The sizes of an arm that all of its shares agree with; none where these are few."""
    cells = [p.cells[column] for p in reading.rows if not p.doubt and column < len(p.cells)]
    shares = [c for c in cells if share_fits(c, 10**6) and not c.startswith("0")]
    if len(shares) < 3:
        return []
    able = [n for n in range(5, 3000) if all(share_fits(c, n) == 1 for c in shares)]
    return able if len(able) <= 12 else []


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
                cells = zip(rows[-1].cells, ("", *ranges), strict=True)
                rows[-1] = Row(tuple(f"{a} {b}".strip() for a, b in cells), rows[-1].depth)
            else:
                lost.append(f"the line below “{rows[-1].cells[0]}” could not be placed and was left out")
            continue
        if not raw.strip():
            lost.append("the first row has no label and was left out")
            continue
        above, label, depth = sectioned(raw, glued=shape.glued)
        rows += [Row((section, *[""] * shape.n), 0, True) for section in above]
        if piece.doubt or len(piece.cells) != shape.n:
            lost.append(f"the row “{label}” could be cut into cells in more than one way and was left out")
            continue
        rows.append(Row((label, *(cell_text(c) for c in piece.cells)), depth))
        if _blanks(piece, shape, text):
            lost.append(
                f"the p value of the row “{label}” could stand in more than one column and was left out"
            )
    upper = [Row((heads.corner, *heads.upper))] if heads.upper else []
    head_rows = (*upper, Row(("" if upper else heads.corner, *heads.lower)))
    note = cleaned(text[reading.tail :])
    return Grid(number, title or cleaned(heads.title).rstrip("."), head_rows, tuple(rows), note, tuple(lost))


def cell_text(text: str) -> str:
    """A cell without signs of notes, its decimal points in one form."""
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
        cells[k] = cell_text(cell)
    return tuple(cells)


def known_sizes(text: str) -> frozenset[int]:
    """Sizes of groups that an article names: ``(n = 49)``."""
    return frozenset(int(n) for n in re.findall(r"\b[nN]\s?=\s?(\d{2,5})\b", text))
