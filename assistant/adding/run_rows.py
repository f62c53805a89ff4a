"""Rows of a table whose cells follow each other without a mark: the cheapest way to read all of them.

A row is a label and as many cells as there are columns. Every way to read the whole text as rows has a cost; the
cheapest counts. A row that can be read otherwise at about the same cost is doubtful.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush
from math import inf

from assistant.adding.run_cells import EMPTY, Atom, atoms_at, line_atoms, line_starts, starts
from assistant.adding.run_doubt import doubted
from assistant.adding.run_evidence import is_p_value, share_fits
from assistant.adding.run_label_cost import GLUED_INSIDE, IDS, VALUE_INSIDE, label_cost
from assistant.adding.run_shape import Kind, Piece, Reading, Shape
from assistant.adding.run_weights import cells_cost, kind_of

_LABEL_CHARS = 190
_PREFIX_CHARS = 700
_MOST_WEIGHED = 60_000
"""A text that can be read in more ways tells nothing, and each way takes time."""
_FIGURE = re.compile(r"(?<!\S)(?:[<>≤≥]\s?)?[-−–]?\d[\d.,·/%–-]*[*†‡]*(?=\s|$|\()|(?<!\S)N[SRA](?=\s|$)")
_GLUED_FIGURE = re.compile(r"(?<=[^\W\d_])\d|(?<=[)%*†‡])\d")
_BEFORE_ID = frozenset(
    "grade grades arm group cohort cycle day week month stage phase type level or and to year table part".split()
)


class _Reader:
    def __init__(self, text: str, shape: Shape) -> None:
        self.text, self.shape = text, shape
        self.places = line_starts(text) if shape.lined else starts(text, glued=shape.glued)
        self.atoms: dict[int, list[Atom]] = {}
        self.figures = _figures(text, shape)
        self.arms = shape.n - shape.tested
        self.weights: dict[tuple[tuple[str, ...], Kind], float] = {}
        self.runs: dict[int, list[tuple[tuple[str, ...], int, float]]] = {}

    def atoms_from(self, at: int) -> list[Atom]:
        if at not in self.atoms:
            found = (
                line_atoms(self.text, at)
                if self.shape.lined
                else atoms_at(self.text, at, glued=self.shape.glued)
            )
            self.atoms[at] = found
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
                j > at
                and not self.shape.lined
                and self.text[j] in "(["
                and re.search(r"[\d%]\s?$", self.text[:j][-3:])
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
            if self.shape.lined and not first:
                # A grade or a score is a label though it looks like a cell.
                scored = re.search(
                    r"(?:^|\n)(?:\d|[<>≤≥]?\s?\d{1,2}(?:[-–]\d{1,2})?|[<>≤≥]\s?\d+)\n$", self.text[at:j]
                )
                base += 2.0 * (self.figures_between(at, j) - bool(scored))
            if j == at and self.text[j] in "([":
                yield from self._ranges(begin, j)
            if base > 5:
                if not first and label.count("(") == label.count(")"):
                    return
                continue
            if j not in self.runs:
                self.runs[j] = list(self.chains(j))
            kind = kind_of(label, self.shape)
            for cells, end, cost in self.runs[j]:
                short = 1.5 if self.shape.rowed and self.text[end:].split("\n", 1)[0].strip() else 0.0
                yield from self.placed(Piece(begin, j, end, (), base + cost + short), kind, cells)

    def _opening_cost(self, label: str, j: int) -> float:
        """What it costs that ``label`` holds the heads of the columns and the first row's own label."""
        pattern, each = (GLUED_INSIDE, 2) if self.shape.glued else (VALUE_INSIDE, 4)
        named = 1.5 if IDS.search(label.rstrip()) else 0.0
        return self.figures_between(0, j) + each * len(pattern.findall(label)) + named

    def _torn(self, begin: int, j: int) -> float:
        """The cost of tearing a number of the text into two at either end of a label."""
        cost = (
            2.0
            if begin and self.text[begin - 1].isdigit() and self.text[begin : begin + 1].isdigit()
            else 0.0
        )
        run = re.search(r"([^\W\d_]+)(\d*)$", self.text[max(0, j - 24) : j])
        if run and self.text[max(0, j - len(run[0]) - 1)] == "/":
            run = None
        if re.search(r"[^\W\d_]/$", self.text[max(0, j - 2) : j]) and re.match(r"\d+/\d", self.text[j:]):
            cost += 2.5
        if not run or not self.text[j].isdigit():
            if not (self.text[j - 1 : j].isdigit() and self.text[j].isdigit()):
                return cost
            named = re.search(r"(\S+) \d+$", self.text[max(0, j - 24) : j])
            return cost + (0.3 if named and IDS.search(named[1]) else 1.2)
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
        stack: list[tuple[int, int, tuple[str, ...], float]] = [(at, at, (), 0.0)]
        while stack:
            before, place, cells, cost = stack.pop()
            # Cells that hold several figures each are many: they are read in one way alone.
            for atom in self.atoms_from(place)[: 1 if len(cells) >= self.shape.n else None]:
                found = (*cells, atom.text)
                total = (
                    cost + atom.cost + (1.5 if self.shape.rowed and "\n" in self.text[before:place] else 0.0)
                )
                yield found, atom.end, total
                if len(found) < most and total < 3:
                    stack.append((atom.end, self.skip(atom.end), found, total))

    def placed(self, piece: Piece, kind: Kind, cells: tuple[str, ...]) -> Iterator[Piece]:
        """``piece`` with ``cells`` in their columns."""
        n, tested, k = self.shape.n, self.shape.tested, len(cells)
        if k > n:
            yield from self._stacked(piece, cells)
            return
        if k == n:
            yield self._weighed(piece, kind, cells)
            return
        if self.shape.marked:
            yield replace(piece, cells=(), cost=piece.cost + 2.5 + 0.5 * (n - k), doubt="too few cells")
            return
        if tested and k == n - tested:
            yield self._weighed(replace(piece, cost=piece.cost + 0.25), kind, (*cells, *[""] * tested))
        elif (
            tested
            and k == tested
            and all(map(is_p_value, cells))
            and any("." in c or "·" in c for c in cells)
        ):
            yield self._weighed(replace(piece, cost=piece.cost + 0.6), kind, (*[""] * self.arms, *cells))
        elif tested > 1 and k > self.arms and all(map(is_p_value, cells[self.arms :])):
            kept = (*cells[: self.arms], *[""] * tested)
            if is_p_value(cells[self.arms - 1]):
                yield replace(piece, cost=piece.cost + 1.1 + 0.5 * (n - k), doubt="too few cells")
            yield self._weighed(replace(piece, cost=piece.cost + 0.8), kind, kept)
        elif k >= 1:
            yield replace(piece, cost=piece.cost + 1.1 + 0.5 * (n - k), doubt="too few cells")

    def _stacked(self, piece: Piece, cells: tuple[str, ...]) -> Iterator[Piece]:
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

    def _weighed(self, piece: Piece, kind: Kind, cells: tuple[str, ...]) -> Piece:
        """``piece`` with ``cells``, one a column, and what they cost."""
        if (cells, kind) not in self.weights:
            self.weights[cells, kind] = cells_cost(cells, kind, self.shape)
        own = self.weights[cells, kind]
        shown = tuple("" if c == EMPTY else c for c in cells)
        return Piece(piece.begin, piece.label_end, piece.end, shown, piece.cost + own)

    # -- all rows

    def read(self) -> tuple[Reading | None, dict[int, list[Piece]]]:
        """The cheapest reading, and every row that was weighed, by where it begins."""
        size = len(self.text)
        best: dict[int, tuple[float, Piece | None]] = {0: (0.0, None)}
        known: dict[int, list[Piece]] = {}
        queue = [0]
        weighed = 0
        done: set[int] = set()
        while queue:
            at = heappop(queue)
            if at in done:
                continue
            done.add(at)
            cheapest: dict[tuple[int, int, tuple[str, ...]], Piece] = {}
            for piece in self.pieces(at):
                key = (piece.label_end, piece.end, piece.cells)
                if key not in cheapest or piece.cost < cheapest[key].cost:
                    cheapest[key] = piece
            known[at] = list(cheapest.values())
            weighed += len(known[at])
            if weighed > _MOST_WEIGHED:
                return None, known
            for piece in known[at]:
                total = best[at][0] + piece.cost
                if total < best.get(piece.end, (inf, None))[0] - 1e-9:
                    best[piece.end] = (total, piece)
                if piece.end not in done and piece.end < size:
                    heappush(queue, piece.end)
        ends = [(cost + self.tail_cost(at), at) for at, (cost, piece) in best.items() if piece]
        if not ends:
            return None, known
        cost, at = min(ends)
        rows: list[Piece] = []
        tail = at
        while at and (last := best[at][1]):
            rows.insert(0, last)
            at = last.begin
        return Reading(tuple(rows), tail, cost), known

    def tail_cost(self, at: int) -> float:
        """What it costs that nothing after ``at`` is a row."""
        rest = self.text[at:].strip()
        if not rest:
            return 0.0
        begins = (
            re.match(r"[A-Z*†‡§¶(]|[a-z]{1,2}[A-Z]|[a-z]\s|[1-9]\s?[A-Z]", rest)
            or self.text[at - 1] in "*†‡§¶"
        )
        return (
            0.6
            + (0.9 if self.shape.glued else 0.5) * self.figures_between(at, len(self.text))
            + (0.0 if begins else 1.5)
        )


def _figures(text: str, shape: Shape) -> list[int]:
    """Where figures stand that cells could hold."""
    if shape.lined:
        return [at for at in line_starts(text) if re.match(r"\W*\d", text[at:]) and line_atoms(text, at)]
    if shape.glued:
        return [m.start() for m in _GLUED_FIGURE.finditer(text)]
    found = [m.start() for m in _FIGURE.finditer(text)]
    return [
        at for at in found if not {w.lower() for w in text[max(0, at - 12) : at].split()[-1:]} & _BEFORE_ID
    ]


def read_rows(text: str, shape: Shape) -> Reading | None:
    """``text`` as rows, those marked that can be read otherwise at about the same cost."""
    reader = _Reader(text, shape)
    reading, known = reader.read()
    if reading is None:
        return None
    return replace(reading, rows=doubted(reading, known, reader.tail_cost))
