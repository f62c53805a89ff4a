"""Rows of a table whose columns the text layer has lost: cut into as many cells as the table has columns.

The cells of a row follow each other; a cell that wraps ends its block of lines. Each way of cutting has a
cost, the sum over its cells; the cheapest one counts, and where another costs about the same the row is doubtful.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

_NUMBER = r"[<>=≤≥~±]?\s?[-−–+]?\d[\d.,·]*\s?%?"
ATOM = (
    rf"(?:\d+(?:/\d+){{2,4}}|{_NUMBER}(?:\s?[-–−/]\s?{_NUMBER})?(?:\s?±\s?{_NUMBER})?(?:\s?(?:months?|years?|days?|weeks?|"
    rf"mg|Gy)\b)?(?:\s?\((?:[^()]|\([^()]*\))*\))?(?:\s?\[[^\[\]]*\])?"
    r"|N/?A\b|N\.A\.|NR\b|ND\b|NE\b|NS\b|[Nn]ot (?:reached|reported|available|applicable)|Yes\b|No\b|[-–—−]+|"
    r"[IVX]{1,3}(?:/[IVX]{1,3})?[ab]?\b|[Nn]one)"
)
_ATOM = re.compile(rf"{ATOM}(?:[*†‡§¶#]+|[a-e])?(?=\s|$)")
_WHOLE = re.compile(
    rf"(?:{ATOM}|[^\W\d][\w'’ -]* et al\.?,?\s*(?:\[\d+\]|\(?\d{{4}}\)?)?|NCT\s?\d{{8}}(?:[,;] NCT\d{{8}})*|(?:Retro|Pro"
    rf")spective|[Pp]hase\s+\S+)[*†‡§a-e]?"
)
_BAD_START = re.compile(
    r"^(?:[+&/,;:)\]%]|\(|(?:and|or|vs|versus|of|with|plus|in|for|to|from|by|at|on|the|after|per)\b|[a-z])"
)
_BAD_END = re.compile(
    r"(?:[+&/,;:(\[–-]|\b(?:and|or|vs\.?|versus|of|with|plus|in|for|to|from|by|at|on|the|after|per|phase|grade|median|"
    r"[Nn]o\.|new|\d+-(?:year|month|day|week)))$"
)
_JUNCTION = re.compile(r"(?<!\S)\S*[^\s,;:+/&(\[–-]\s(?=[A-Z0-9<>≤≥])")
_CLASSIFIER = re.compile(r"(?i)\b(?:grade|phase|stage|type|class|level|cycle|day|week|cohort|group)\s+$")
"""What follows belongs to the head: ``Grade III 11 9``."""
_CLOSE = 0.35


@dataclass(frozen=True, slots=True)
class Cut:
    """One row."""

    head: str
    cells: tuple[str, ...]
    doubtful: bool


def trailing_cells(line: str) -> tuple[str, tuple[str, ...]]:
    """The words that head a line of figures, and the figures behind them, cell by cell."""
    starts = [m.end() for m in re.finditer(r"\s+", line)]
    if re.match(r"[<>≤≥~]?\s?\d", line) or len(line.split()) == 1:
        starts.insert(0, 0)
    for start in starts:
        cells, at = [], start
        while at < len(line) and (match := _ATOM.match(line, at)):
            cells.append(match[0].strip())
            at = match.end()
            at += len(line[at:]) - len(line[at:].lstrip())
        if at >= len(line) and cells and not (_CLASSIFIER.search(line[:start]) and len(cells) > 1):
            return line[:start].strip(), tuple(cells)
    return line, ()


def heads_in(text: str, n: int, words: Counter[str]) -> list[str] | None:
    """A line of ``n`` column heads cut apart; None where it cannot be told how."""
    text = re.sub(r"\b([Pp])[- ]?[Vv]alues?\b", r"\1-value", text)
    options = _Cutter(n, 60, words).row([[f"Characteristic {text}"]])
    if not options or options[0][1] != "Characteristic" or options[0][0] > 1.3 * n:
        return None
    return [re.sub(r"\b([Pp])-value\b", r"\1 value", c) for c in options[0][2]]


def cut_rows(blocks: Sequence[Sequence[str]], n: int, words: Counter[str]) -> list[Cut] | None:
    """The rows of ``blocks``, each with ``n`` cells; None where they cannot be cut into whole rows.

    Args:
        blocks: Runs of lines; of a run only the last cell goes on over its lines.
        n: Number of columns beside the heads.
        words: Words and pairs of neighbours in the whole text; what stands together elsewhere is one cell's.
    """
    cutter = _Cutter(n, _width(blocks), words)
    memo: dict[int, tuple[float, list[Cut]] | None] = {}

    def best(at: int) -> tuple[float, list[Cut]] | None:
        if at == len(blocks):
            return 0.0, []
        if at in memo:
            return memo[at]
        memo[at] = None
        found: tuple[float, list[Cut]] | None = None
        for end in range(at + 1, min(len(blocks), at + n + 2) + 1):
            options = cutter.row(blocks[at:end])
            rest = best(end) if options else None
            if not options or rest is None:
                continue
            cost, head, cells = options[0]
            total = cost + rest[0]
            if found is None or total < found[0] - 1e-9:
                doubtful = len(options) > 1 and options[1][0] - cost < _CLOSE
                found = (total, [Cut(head, cells, doubtful), *rest[1]])
        memo[at] = found
        return found

    result = best(0)
    return result[1] if result else None


def _width(blocks: Sequence[Sequence[str]]) -> int:
    """How many characters a column holds: the longest line that is one cell's for sure."""
    lengths = [len(line) for block in blocks for line in block[1:]]
    return max(max(lengths, default=200) + 3, 18)


class _Cutter:
    """Cuts rows of ``n`` cells."""

    def __init__(self, n: int, width: int, words: Counter[str]) -> None:
        self.n, self.width, self.words = n, width, words
        self._blocks: dict[tuple[tuple[str, ...], int, bool], list[tuple[float, tuple[str, ...]]]] = {}

    def row(self, blocks: Sequence[Sequence[str]]) -> list[tuple[float, str, tuple[str, ...]]]:
        """Ways to read ``blocks`` as one row of a head and ``n`` cells, the cheapest first."""
        ways: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for i, block in enumerate(blocks):
            more = [
                (cost + own_cost, parts + own)
                for cost, parts in ways
                for own_cost, own in self._block(tuple(block), self.n + 1 - len(parts), i == 0)
            ]
            left = len(blocks) - 1 - i
            ways = sorted((w for w in more if len(w[1]) + left <= self.n + 1), key=lambda w: w[0])[:60]
        whole = [
            (cost + _unlike(parts[1:]), parts[0], parts[1:])
            for cost, parts in ways
            if len(parts) == self.n + 1
        ]
        return sorted(whole, key=lambda w: w[0])[:4]

    def _block(self, block: tuple[str, ...], room: int, first: bool) -> list[tuple[float, tuple[str, ...]]]:
        """Ways to cut one block into 1 to ``room`` parts; the last part goes on over the block's further lines."""
        key = (block, room, first)
        if key not in self._blocks:
            tokens = block[0].split()
            found = self._partitions(tokens, room, first, block[1:]) if len(tokens) <= 40 else []
            self._blocks[key] = sorted(found, key=lambda f: f[0])[:40]
        return self._blocks[key]

    def _partitions(
        self, tokens: Sequence[str], room: int, first: bool, tail: tuple[str, ...]
    ) -> list[tuple[float, tuple[str, ...]]]:
        """The best partitions for each number of parts, by dynamic programming that keeps a few of each."""
        table: list[dict[int, list[tuple[float, tuple[str, ...]]]]] = [{} for _ in range(len(tokens) + 1)]
        table[0][0] = [(0.0, ())]
        for end in range(1, len(tokens) + 1):
            for start in range(end):
                text = " ".join(tokens[start:end])
                wraps = tail if end == len(tokens) else ()
                torn = self._together(tokens[end - 1], tokens[end]) if end < len(tokens) else 0
                costs = [self._cost(text, head=head, wraps=wraps) + 0.4 * torn for head in (False, True)]
                for k, kept in table[start].items():
                    if k < room:
                        own = costs[first and k == 0]
                        part = _whole(text, wraps)
                        table[end].setdefault(k + 1, []).extend((c + own, (*p, part)) for c, p in kept)
            for k in table[end]:
                table[end][k] = sorted(table[end][k], key=lambda w: w[0])[:8]
        return [way for kept in table[len(tokens)].values() for way in kept]

    def _together(self, left: str, right: str) -> bool:
        """Whether the two words stand beside each other elsewhere too."""
        ends = re.findall(r"[^\W_]+", left.lower())[-1:] + re.findall(r"[^\W_]+", right.lower())[:1]
        return len(ends) == 2 and self.words[" ".join(ends)] > 1

    def _cost(self, text: str, *, head: bool, wraps: Sequence[str]) -> float:
        """How little ``text`` looks like the first line of one cell."""
        cost = _edges(text, head=head, wraps=wraps, width=self.width)
        if not _WHOLE.fullmatch(text):
            bare = re.sub(r"\s*\([^()]*\)", ")", text)
            loose = sum(not self._together(m[0].rstrip(), bare[m.end() :]) for m in _JUNCTION.finditer(bare))
            cost += 0.25 + 0.45 * loose
            if not head:
                cost += 1.2 * len(re.findall(r"(?<![\w/])(?:N/A|Yes|No(?=\s|$)(?!\. ))(?![\w/])", text))
        return cost


def _whole(text: str, tail: Sequence[str]) -> str:
    return "\n".join([text, *tail])


def _edges(text: str, *, head: bool, wraps: Sequence[str], width: int) -> float:
    """The cost of how a part begins, ends and fits."""
    cost = 0.0
    if not head:
        if _BAD_START.match(text):
            cost += 2.5 if not re.match(r"[a-z]\S*[A-Z\d]", text) else 0.5
        if len(text) > width and not _WHOLE.fullmatch(text):
            cost += 2.0 + 0.15 * (len(text) - width)
    elif re.match(r"[^\w(%<>≤≥]", text):
        cost += 1.0
    if head and re.search(r"\d|\bN/A\b|^(?:Yes|No)$", text):
        cost += 3.0 if _WHOLE.fullmatch(text) else 1.5 if _ATOM.search(text.split()[-1]) else 0.7
    full = f"{text} {' '.join(wraps)}"
    if full.count("(") != full.count(")") or full.count("[") != full.count("]"):
        cost += 3.0
    if not wraps and _BAD_END.search(text):
        cost += 2.5
    if (
        wraps
        and not head
        and len(text) + 1 + len(wraps[0].split()[0]) < 0.62 * width
        and not text.endswith("-")
    ):
        cost += 1.0
    return cost


def _unlike(cells: Sequence[str]) -> float:
    """How unlike the cells of a row are: cells that begin alike or have one shape are no accident."""
    firsts = [cell.split()[0] for cell in cells if cell.split()]
    shapes = [re.sub(r"\d+", "0", re.sub(r"[^\W\d]+", "a", cell)) for cell in cells]
    lengths = [len(cell) for cell in cells]
    uneven = 0.01 * pstdev(lengths) if all("\n" not in cell for cell in cells) else 0.0
    return uneven - 0.3 * (len(firsts) - len(set(firsts))) - 0.2 * (len(shapes) - len(set(shapes)))
