"""Rows of a table whose cells follow each other without a mark: the cheapest way to read all of them.

A row is a label and as many cells as there are columns. Every way to read the whole text as rows has a cost; the
cheapest counts. A row that can be read otherwise at about the same cost is doubtful.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.adding.run_cells import EMPTY, Atom, atoms_at, starts
from assistant.adding.run_evidence import cell_cost, is_p_value, share_fits, test_cost

_LABEL_CHARS = 190
_PREFIX_CHARS = 700
_FIGURE = re.compile(r"(?<!\S)(?:[<>≤≥]\s?)?[-−–]?\d[\d.,·/%–-]*[*†‡]*(?=\s|$|\()|(?<!\S)N[SRA](?=\s|$)")
_GLUED_FIGURE = re.compile(r"(?<![\d.(–-])\d[\d.,·/%–-]*(?=[^\d.,·/%–-]|$)(?![^()]*\))")
_CLOSE = 0.9
_TRANSITION = re.compile(r"[\d)%][*†‡]{0,2}\s?(?=[A-Z][a-z])")
_GLUED_INSIDE = re.compile(
    r"(?:[a-z)]|[a-z]/)\d+[*†‡]?(?=\s|[A-Z])|[A-Z+−–-]\d+[*†‡]?(?=\n|[A-Z][a-z])|(?<!\d)[+−–]\d+(?:[*†‡]+\d*)?(?=\s)|\d\s?\((?=[^()]*\d)(?!n\s?=)[^()]*\)|"
    r"\d[.·]\d+\s?(?=[A-Z+−])"
)
_SIGNS = re.compile(r"[+−–-]\s?/\s?[+−–-]")
_LOOSE_END = re.compile(r"(?:\b(?:of|and|or|the|with|to|for|in|by|than|from|vs\.?)|[,;:(/+])$")
_VALUE_INSIDE = re.compile(r"(?<!\S)\d+(?:[.·]\d+)?\s?\([-−–<]?\d[^()]*\)(?=\s|$)")
_VALUE_FIRST = re.compile(r"(?:[<>]?\d+(?:[.·/]\d+)*%?|NS|NA|NR|∅)\s")
_NUMBER_INSIDE = re.compile(
    r"(?<!\S)(?:[-−–]?\d+(?:[.·/]\d+)*%?|NS|NA|NR|∅|[-–—]{1,3}|P\s*[=<]\s?\S+)(?=\s|$)"
)


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read as rows."""

    rows: tuple[Piece, ...]
    tail: int
    """Where the rows end."""
    cost: float


class _Reader:
    def __init__(self, text: str, shape: Shape) -> None:
        self.text, self.shape = text, shape
        self.places = starts(text, glued=shape.glued)
        self.atoms: dict[int, list[Atom]] = {}
        self.figures = [m.start() for m in (_GLUED_FIGURE if shape.glued else _FIGURE).finditer(text)]
        self.arms = shape.n - shape.tested
        self.runs: dict[int, list[tuple[tuple[str, ...], int, float]]] = {}

    def atoms_from(self, at: int) -> list[Atom]:
        if at not in self.atoms:
            self.atoms[at] = atoms_at(self.text, at, glued=self.shape.glued)
        return self.atoms[at]

    def skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def figures_between(self, begin: int, end: int) -> int:
        """How many figures stand between two places."""
        return bisect_left(self.figures, end) - bisect_left(self.figures, begin)

    # -- one row

    def pieces(self, begin: int) -> Iterator[Piece]:
        """The ways to read a row that begins at ``begin``."""
        first = begin == 0
        at = self.skip(begin)
        limit = at + (_PREFIX_CHARS if first else _LABEL_CHARS)
        seen = 0
        for j in self.places[bisect_left(self.places, at) :]:
            if j > limit or (not first and seen > 25):
                return
            if not self.atoms_from(j) or (
                j > at and self.text[j] in "([" and re.search(r"[\d%]\s?$", self.text[:j][-3:])
            ):
                continue
            seen += 1
            label = self.text[at:j]
            base = (
                self._opening_cost(label, j)
                if first
                else label_cost(self.text[begin:j], glued=self.shape.glued)
            )
            if self.shape.glued:
                base += self._torn(begin, j)
            if j == at and self.text[j] in "([":
                yield from self._ranges(begin, j)
            if base > 5:
                if not first and label.count("(") == label.count(")"):
                    return
                continue
            if j not in self.runs:
                self.runs[j] = list(self.chains(j))
            for cells, end, cost in self.runs[j]:
                yield from self.placed(Piece(begin, j, end, (), base + cost), label, cells)

    def _opening_cost(self, label: str, j: int) -> float:
        """What it costs that ``label`` holds the heads of the columns and the first row's own label."""
        inside = (
            (2 * len(_GLUED_INSIDE.findall(label)))
            if self.shape.glued
            else 4 * len(_VALUE_INSIDE.findall(label))
        )
        return 0.5 * self.figures_between(0, j) + inside

    def _torn(self, begin: int, j: int) -> float:
        """The cost of tearing a number of the text into two at either end of a label."""
        cost = (
            2.0
            if begin and self.text[begin - 1].isdigit() and self.text[begin : begin + 1].isdigit()
            else 0.0
        )
        run = re.search(r"([^\W\d_]+)(\d*)$", self.text[max(0, j - 24) : j])
        if re.search(r"[^\W\d_]/$", self.text[max(0, j - 2) : j]) and re.match(r"\d+/\d", self.text[j:]):
            cost += 2.5
        if not run or not self.text[j].isdigit():
            return cost + (1.2 if self.text[j - 1 : j].isdigit() and self.text[j].isdigit() else 0.0)
        # Codes such as T1, T2, T3 end with a figure of their own.
        alike = (
            len(re.findall(rf"(?<![^\W\d_]){re.escape(run[1])}\d", self.text)) if run[1][-1].isupper() else 0
        )
        if run[2]:
            return cost + (0.2 if alike > 2 else 0.6 if alike == 2 else 1.2)
        return cost + (0.8 if alike > 2 and self.text[j + 1 : j + 2].isdigit() else 0.0)

    def _ranges(self, begin: int, at: int) -> Iterator[Piece]:
        """A second line of cells without a label, each in parentheses: the ranges of the figures above."""
        cells: list[str] = []
        place = at
        while place < len(self.text) and self.text[place] in "([" and (atoms := self.atoms_from(place)):
            cells.append(atoms[0].text)
            place = self.skip(atoms[0].end)
            if 2 <= len(cells) < self.shape.n:
                yield Piece(begin, at, atoms[0].end, tuple(cells), 0.9 - 0.6 * len(cells))

    def chains(self, at: int) -> Iterator[tuple[tuple[str, ...], int, float]]:
        """Runs of cells that begin at ``at``: the place where each ends, and its cost."""
        most = self.shape.n * 9 if any(self.shape.totals) and not self.shape.glued else self.shape.n
        stack: list[tuple[int, tuple[str, ...], float]] = [(at, (), 0.0)]
        while stack:
            place, cells, cost = stack.pop()
            # Cells that hold several figures each are many: they are read in one way alone.
            for atom in self.atoms_from(place)[: 1 if len(cells) >= self.shape.n else None]:
                found = (*cells, atom.text)
                total = cost + atom.cost
                yield found, atom.end, total
                if len(found) < most and total < 3:
                    stack.append((self.skip(atom.end), found, total))

    def placed(self, piece: Piece, label: str, cells: tuple[str, ...]) -> Iterator[Piece]:
        """``piece`` with ``cells`` in their columns."""
        n, tested, k = self.shape.n, self.shape.tested, len(cells)
        if k > n:
            yield from self._stacked(piece, label, cells)
            return
        if k == n:
            yield self._weighed(piece, label, cells)
            return
        if self.shape.marked:
            yield replace(piece, cells=(), cost=piece.cost + 2.5 + 0.5 * (n - k), doubt="too few cells")
            return
        if tested and k == n - tested:
            yield self._weighed(replace(piece, cost=piece.cost + 0.25), label, (*cells, *[""] * tested))
        elif (
            tested
            and k == tested
            and all(map(is_p_value, cells))
            and any("." in c or "·" in c for c in cells)
        ):
            yield self._weighed(replace(piece, cost=piece.cost + 0.6), label, (*[""] * self.arms, *cells))
        elif tested > 1 and k > self.arms and all(map(is_p_value, cells[self.arms :])):
            kept = (*cells[: self.arms], *[""] * tested)
            if is_p_value(cells[self.arms - 1]):
                yield replace(piece, cost=piece.cost + 1.1 + 0.5 * (n - k), doubt="too few cells")
            yield self._weighed(replace(piece, cost=piece.cost + 0.8), label, kept)
        elif k >= 1:
            yield replace(piece, cost=piece.cost + 1.1 + 0.5 * (n - k), doubt="too few cells")

    def _stacked(self, piece: Piece, label: str, cells: tuple[str, ...]) -> Iterator[Piece]:
        """A row whose cells hold several figures each, column by column, as shares that fit their arm prove."""
        if self.arms < 1 or not any(self.shape.totals[: self.arms]) or any(c[0] in "([" for c in cells):
            return
        for each in range(2, 10):
            for tested in {self.shape.tested, self.shape.tested * each}:
                if self.arms * each + tested != len(cells):
                    continue
                groups = [cells[i * each : (i + 1) * each] for i in range(self.arms)]
                fits = [share_fits(c, t) for g, t in zip(groups, self.shape.totals, strict=False) for c in g]
                if -1 in fits or sum(fits) < self.arms:
                    continue
                rest = cells[self.arms * each :]
                step = max(1, len(rest) // max(1, self.shape.tested))
                last = [" ".join(rest[i : i + step]) for i in range(0, len(rest), step)]
                if all(is_p_value(c) for c in rest):
                    whole = (*(" ".join(g) for g in groups), *last)
                    yield replace(piece, cells=whole, cost=piece.cost + 1.5 - 0.5 * sum(fits))

    def _weighed(self, piece: Piece, label: str, cells: tuple[str, ...]) -> Piece:
        arms = cells[: self.arms]
        totals = self.shape.totals or (None,) * self.shape.n
        cost = 0.0
        for cell, total in zip(arms, totals, strict=False):
            cost += cell_cost(cell, label, total) if cell else 0.0
            if self.shape.glued and cell.isdigit() and int(cell) in self.shape.known and is_size_row(label):
                cost -= 0.8
        filled = [c for c in arms if c and c != EMPTY]
        shapes = {re.sub(r"[\d.,·]+", "0", c) for c in filled}
        cost += 0.25 * max(0, len(shapes) - 1)
        if any(c.endswith(")") for c in filled):
            cost += sum(1.0 for c in filled if c.isdigit() and c != "0")
        for p in cells[self.arms :]:
            if p and not is_p_value(p):
                cost += 2.5
        if (
            filled
            and re.fullmatch(r"[-–—]{1,3}", filled[0])
            and re.search(r"(?<!\S)(?:\d\S*|[-–—])\s*$", label)
        ):
            cost += 0.8
        if (
            self.shape.tested
            and not any(cells[self.arms :])
            and filled
            and re.fullmatch(r"<?\s?0?[.·]\d{2,}", filled[-1])
        ):
            cost += 1.2
        if self.shape.tested == 1 and self.shape.glued and cells[-1]:
            cost += test_cost(arms, totals[: self.arms], cells[-1])
        if self.shape.tested and filled and all(re.fullmatch(r"<?0?[.·]\d+", c) for c in filled):
            cost += 0.8
        return replace(piece, cells=tuple("" if c == EMPTY else c for c in cells), cost=piece.cost + cost)

    # -- all rows

    def read(self) -> tuple[Reading | None, dict[int, list[Piece]]]:
        """The cheapest reading, and every row that was weighed, by where it begins."""
        size = len(self.text)
        best: dict[int, tuple[float, Piece | None]] = {0: (0.0, None)}
        known: dict[int, list[Piece]] = {}
        queue = [0]
        done: set[int] = set()
        while queue:
            at = min(queue)
            queue.remove(at)
            if at in done:
                continue
            done.add(at)
            cheapest: dict[tuple[int, int, tuple[str, ...]], Piece] = {}
            for piece in self.pieces(at):
                key = (piece.label_end, piece.end, piece.cells)
                if key not in cheapest or piece.cost < cheapest[key].cost:
                    cheapest[key] = piece
            known[at] = list(cheapest.values())
            for piece in known[at]:
                total = best[at][0] + piece.cost
                if total < best.get(piece.end, (inf, None))[0] - 1e-9:
                    best[piece.end] = (total, piece)
                if piece.end not in done and piece.end < size:
                    queue.append(piece.end)
        ends = [(cost + self.tail_cost(at), at) for at, (cost, piece) in best.items() if piece]
        if not ends:
            return None, known
        cost, at = min(ends)
        rows: list[Piece] = []
        tail = at
        while at:
            piece = best[at][1]
            if piece is None:
                break
            rows.insert(0, piece)
            at = piece.begin
        return Reading(tuple(rows), tail, cost), known

    def tail_cost(self, at: int) -> float:
        """What it costs that nothing after ``at`` is a row."""
        rest = self.text[at:].strip()
        if not rest:
            return 0.0
        return (
            0.6
            + 0.5 * self.figures_between(at, len(self.text))
            + (0 if re.match(r"[^\W\d]|[*†‡§¶(]|\d\s?[A-Z]", rest) else 1.0)
        )


def label_cost(label: str, *, glued: bool) -> float:
    """How little ``label`` looks like what stands before the cells of a row."""
    bare = label.strip()
    if not bare:
        return 3.0
    cost = 0.0
    if not re.search(r"[^\W\d_]", bare):
        cost += (
            0.3
            if _SIGNS.fullmatch(bare)
            or re.fullmatch(r"[<>≤≥]\s?\d+(?:\.\d+)?|\d+[-–]\d+|≥?\d+\+?|\d+%", bare)
            else 1.5
        )
    elif re.match(r"[a-z]", bare):
        cost += (0.2 if re.match(r"\s", label) or re.match(r"[a-z]+[A-Z]", bare) else 1.0) if glued else 0.8
    elif re.match(r"[^\w<>≤≥≦≧+−(*†‡§%“\"'‘∅]", bare):
        cost += 1.5
    if re.match(r"\d", bare) and re.search(r"[^\W\d_]", bare):
        cost += 0.6
    if _VALUE_FIRST.match(bare) and (not glued or "." in bare.split()[0]):
        cost += 1.5
    if bare.startswith("("):
        cost += 1.2
    cost += 2.0 * len(re.findall(r"\b[Pp]\s*[=<]\s?0?[.·]\d", bare))
    cost += 4.0 * len(_VALUE_INSIDE.findall(bare)) + 0.5 * len(_NUMBER_INSIDE.findall(bare))
    if glued:
        cost += 3.0 if re.search(r"\d/$", bare) else 0.0
        cost += 1.5 if re.match(r"\d+[.·]\d", bare) else 0.0
        cost += 2.0 * len(_GLUED_INSIDE.findall(bare)) + 0.5 * len(_TRANSITION.findall(bare))
    if not glued and " " in bare and re.search(r"(?<![<>≤≥]\s)(?<!\S)\d\S+$", bare):
        cost += 1.0
    if bare.count("(") != bare.count(")") or bare.count("[") != bare.count("]"):
        cost += 3.0
    if _LOOSE_END.search(bare) and not _SIGNS.fullmatch(bare):
        cost += 1.0
    if re.search(r"[a-z]\.\s+[A-Z]", bare):
        cost += 1.5
    return cost + 0.03 * max(0, len(bare) - 110)


_SIZE_ROW = re.compile(
    r"(?:total |(?:no\.?|number|#) of |all )?(?:evaluable |randomi[sz]ed |treated |enrolled |included )?(?:patients|subjects|participants)"
    r"(?:,? \(?n\)?)?|n|total(?:,? \(?n\)?)?",
    re.IGNORECASE,
)


def is_size_row(label: str) -> bool:
    """Whether a row prints how many patients each column has."""
    lines = label.strip().splitlines()
    return bool(lines) and bool(_SIZE_ROW.fullmatch(lines[-1].strip(" :;")))


def read_rows(text: str, shape: Shape) -> Reading | None:
    """``text`` as rows, those marked that can be read otherwise at about the same cost."""
    reader = _Reader(text, shape)
    reading, known = reader.read()
    if reading is None:
        return None
    return replace(reading, rows=_doubted(reader, reading, known))


def _doubted(reader: _Reader, reading: Reading, known: dict[int, list[Piece]]) -> tuple[Piece, ...]:
    """The rows of ``reading``, each weighed against the cheapest reading of the whole that does without it."""
    ahead: dict[int, float] = {}
    for at in sorted(known):
        for piece in known[at]:
            cost = ahead.get(at, 0.0 if at == 0 else inf) + piece.cost
            if cost < ahead.get(piece.end, inf):
                ahead[piece.end] = cost
    ahead[0] = 0.0
    behind: dict[int, float] = {}
    for at in sorted({*ahead, *known}, reverse=True):
        own = reader.tail_cost(at) if at else inf
        behind[at] = min([own, *(p.cost + behind.get(p.end, inf) for p in known.get(at, ()))])
    every = [
        (ahead.get(p.begin, inf) + p.cost + behind.get(p.end, inf), p) for ps in known.values() for p in ps
    ]
    every.sort(key=lambda e: e[0])
    found: list[Piece] = []
    for row in reading.rows:
        other = _other(row, every, reading)
        close = other is not None and other[0] - reading.cost < _CLOSE
        found.append(
            replace(
                row,
                doubt=row.doubt
                or (
                    f"could be cut otherwise {other[0] - reading.cost:.2f} {other[1].cells} {reader.text[other[1].begin : other[1].label_end]!r}"
                    if close
                    else ""
                ),
            )
        )
    return tuple(found)


def _other(row: Piece, every: Sequence[tuple[float, Piece]], reading: Reading) -> tuple[float, Piece] | None:
    """The cheapest row that puts the figures of ``row`` elsewhere."""
    for cost, piece in every:
        if piece.end <= row.label_end or piece.label_end >= row.end:
            # Figures of other rows alone: it disagrees only where its label takes these in.
            if not (
                piece.begin < row.end
                and piece.label_end >= row.end
                and piece.begin <= row.label_end
                and piece.begin != row.begin
            ):
                continue
            if piece.begin == 0 and row.begin == 0:
                continue
        if piece.cells == row.cells and piece.label_end == row.label_end:
            continue
        return cost, piece
    return None
