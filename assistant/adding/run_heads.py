"""The heads of a table whose cells follow each other: title, heads and the first row's label told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.adding.run_cells import EMPTY
from assistant.adding.run_rows import label_cost

_P = r"[Pp][\s*]*[-–]?\s?[Vv]alues?\b|\bP\b(?!\s*[=<>≤])|(?<=\s)p(?=\s*$|\n)"
_SIZE = (
    r"\(\s?[nN]\s?=\s?\d+(?:\s?/\s?\d+)?(?:[;,][^()]*)?\s?\)|\b[nN]\s?=\s?\d+(?:\s?/\s?\d+)?(?:\s?\(\d+%?\))?"
)
_ITEM = re.compile(
    rf"(?P<empty>{EMPTY})|(?P<p>{_P})|(?P<size>{_SIZE})|(?P<count>(?:\b[nN]o?\.?|\#|\bNo\. of patients|\bNumber)\s?\(%\)|95% CI)|"
    r"(?P<kind>\b(?:Grades?|Arm|Group|Cohort|Phase|Day|Cycle|Stage|Class|Type|Course|Dose level|Week|Month|Year)\s(?:[≥≤>]\s?)?(?:\d+\+?|[IVX]+|[A-F])"
    r"(?:\s?(?:[-–/]|or|and|to)\s?(?:\d+\+?|[IVX]+|[A-F])\b)?(?!\w))|(?P<paren>\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])|(?P<word>\S+)"
)
_CORNER = re.compile(
    r"(?:(?:Patient|Baseline|Clinical|Demographic|Disease)s?'? ?)*(?:Characteristics?|Variables?|Parameters?|Factors?|Items?|Outcomes?|"
    r"Adverse (?:events?|reactions?)|AEs?|Toxicit(?:y|ies)|Events?|Responses?|Features?|Category|Measures?|End ?points?|Subgroups?|Symptoms?|"
    r"Reactions?|Demographics?|Complications?|Criteria)",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"(?:of|and|or|plus|with|vs\.?|versus|the|for|to|in|by|from|followed|at|[+/&,;:–-])$|.*[,/+–-]$"
)
_CLOSE = 0.25


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


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    kind: str


def items_of(text: str, *, hard: bool) -> list[_Item]:
    """The pieces of a text that no head is cut within.

    Args:
        text: Title, heads and the first label.
        hard: Whether line ends, and words run into each other, mark where cells end.
    """
    if not hard:
        return [_Item(m[0], m.lastgroup or "word") for m in _ITEM.finditer(text)]
    found: list[_Item] = []
    for line in text.split("\n"):
        for piece in re.split(r"(?<=[a-z)\d%])(?=[A-Z][A-Za-z]|[A-Z]\b)", line.rstrip()):
            bare = piece.strip()
            if not bare:
                continue
            kind = (
                "p"
                if re.fullmatch(_P, bare) or bare == "p"
                else "size"
                if re.fullmatch(_SIZE, bare)
                else "word"
            )
            if kind == "word" and re.fullmatch(r"\([^()]*\)|[nN]o?\.? ?\(%\)|%", bare):
                kind = "paren"
            found.append(_Item(bare, kind))
    return found


def heads_of(
    text: str,
    n: int,
    tested: int,
    words: Counter[str],
    *,
    hard: bool,
    titled: bool,
    labels: Sequence[str] = (),
) -> Heads | None:
    """Title, heads and first label in ``text``; None where they cannot be told apart.

    Args:
        text: All that stands before the first cell.
        n: Number of columns beside the labels.
        tested: How many of the last ones hold p values.
        words: How often words, and pairs of neighbours, stand in the article.
        hard: Whether line ends mark where cells end.
        titled: Whether the text begins with the table's title.
        labels: The labels of the other rows: the first row's begins as they do.
    """
    items = items_of(text, hard=hard)
    while items and items[-1].kind == "empty":
        items.pop()
    if not items or len(items) > 90:
        return None
    cutter = _Cutter(items, words, hard, frozenset(x.split()[0] for x in labels if x.split()))
    if two := cutter.two_rows(n, tested, titled=titled):
        return two
    return cutter.one_row(n, tested, titled=titled)


class _Cutter:
    def __init__(
        self, items: Sequence[_Item], words: Counter[str], hard: bool, begins: frozenset[str] = frozenset()
    ) -> None:
        self.items, self.words, self.hard, self.begins = items, words, hard, begins
        self._costs: dict[tuple[int, int, bool], float] = {}
        self._cuts: dict[tuple[int, int, int], list[tuple[float, tuple[int, ...]]]] = {}

    def text(self, begin: int, end: int) -> str:
        joined = " ".join(i.text for i in self.items[begin:end] if i.kind != "empty")
        return re.sub(r"\s+", " ", re.sub(r"\(\s+|\s+\)", lambda m: m[0].strip(), joined)).strip()

    # -- one row of heads

    def one_row(self, n: int, tested: int, *, titled: bool) -> Heads | None:
        """The cheapest way to cut the items into title, corner, ``n`` heads and a label."""
        size = len(self.items)
        ways: list[tuple[float, tuple[int, ...]]] = []
        for start in range(1 if titled else 0, size):
            opening = self._title_cost(start) if titled else (0.0 if start == 0 else 9.0)
            if opening > 6:
                continue
            for first in range(start, min(size, start + 7)):
                cost = opening + self._corner_cost(start, first)
                if cost < 8:
                    ways += [(c + cost, (start, *cuts)) for c, cuts in self._columns(first, n, tested)]
        if not ways:
            return None
        ways.sort(key=lambda w: w[0])
        cost, (start, *cuts) = ways[0]
        if cost > 3.5 + 0.8 * n:
            return None
        other = next((w[0] for w in ways if w[1][2:] != tuple(cuts[1:])), cost + 9)
        lower = tuple(_head(self.text(a, b)) for a, b in pairwise(cuts))
        return Heads(
            self.text(0, start),
            self.text(start, cuts[0]),
            (),
            lower,
            self._label(cuts[-1]),
            other - cost < _CLOSE,
        )

    def _label(self, at: int) -> str:
        return self.text(at, len(self.items)) if not self.hard else "\n".join(i.text for i in self.items[at:])

    def _columns(self, first: int, n: int, tested: int) -> list[tuple[float, tuple[int, ...]]]:
        """The best cuts of the items from ``first`` on into ``n`` heads and a label."""
        if (first, n, tested) in self._cuts:
            return self._cuts[first, n, tested]
        table: dict[int, list[tuple[float, tuple[int, ...]]]] = {first: [(0.0, (first,))]}
        for k in range(n):
            step: dict[int, list[tuple[float, tuple[int, ...]]]] = {}
            for begin, kept in table.items():
                for end in range(begin + 1, min(len(self.items), begin + 11) + 1):
                    key = (begin, end, k >= n - tested)
                    if key not in self._costs:
                        self._costs[key] = self._head_cost(begin, end, tested=key[2])
                    own = self._costs[key]
                    if own < 4:
                        more = [
                            (c + own + self._unlike(cuts, begin, end, k, n - tested), (*cuts, end))
                            for c, cuts in kept
                        ]
                        step.setdefault(end, []).extend(more)
            table = {end: sorted(kept, key=lambda w: w[0])[:3] for end, kept in step.items()}
        found = [(c + self._label_cost(end), cuts) for end, kept in table.items() for c, cuts in kept]
        self._cuts[first, n, tested] = sorted(found, key=lambda w: w[0])[:4]
        return self._cuts[first, n, tested]

    def _unlike(self, cuts: tuple[int, ...], begin: int, end: int, k: int, arms: int) -> float:
        """How unlike two neighbouring heads are."""
        if k == 0 or k >= arms:
            return 0.0
        before, own = self.items[cuts[-2] : cuts[-1]], self.items[begin:end]
        cost = 0.15 * min(4, abs(len(before) - len(own)))
        if before[0].text == own[0].text or (before[0].kind == own[0].kind == "kind"):
            cost -= 0.2
        if before[-1].kind == own[-1].kind and own[-1].kind in ("size", "paren", "count", "kind"):
            cost -= 0.6 if own[-1].kind == "size" else 0.3
        elif "size" in (before[-1].kind, own[-1].kind):
            cost += 0.5
        return cost

    def _title_cost(self, end: int) -> float:
        part = self.items[:end]
        cost = 4.0 * sum(i.kind == "empty" for i in part) + 2.0 * sum(i.kind == "p" for i in part)
        cost += 0.6 * sum(i.kind == "size" for i in part)
        cost += 1.5 if _JOINING.match(part[-1].text) else 0.0
        if self.hard:
            return cost + 1.2 * (len(part) - 1)
        capital = sum(_is_capital(b.text) and a.text[-1:].islower() for a, b in pairwise(part))
        if (
            end < len(self.items)
            and self.items[end].kind == "word"
            and re.match(r"[a-z]", self.items[end].text)
        ):
            cost += 1.0
        return cost + 0.12 * capital

    def _corner_cost(self, begin: int, end: int) -> float:
        if begin == end:
            return 0.2 if begin == 0 or self.items[begin - 1].kind != "empty" else 0.0
        part = self.items[begin:end]
        text = self.text(begin, end)
        if any(i.kind in ("p", "size") for i in part):
            return 9.0
        if all(i.kind == "empty" for i in part):
            return -1.0 if len(part) == 1 else 0.5
        if any(i.kind == "empty" for i in part):
            return 4.0
        if _CORNER.fullmatch(text):
            return -0.5
        return 0.5 + (0.8 if self.hard else 0.3) * len(part)

    def _label_cost(self, at: int) -> float:
        if at >= len(self.items):
            return 3.0
        first = self.items[at]
        if first.kind in ("p", "size", "paren", "empty", "count"):
            return 3.0
        text = self.text(at, len(self.items))
        cost = 0.0 if any(i.kind == "size" for i in self.items[at:]) else label_cost(text, glued=False)
        cost -= 0.6 if first.text.split()[0] in self.begins else 0.0
        if self.hard:
            return cost + 0.1 * max(0, len(self.items) - at - 2)
        inner = sum(_is_capital(b.text) and a.text[-1:].islower() for a, b in pairwise(self.items[at:]))
        return cost + 0.15 * inner + 0.05 * max(0, len(self.items) - at - 6)

    def _head_cost(self, begin: int, end: int, *, tested: bool) -> float:
        part = self.items[begin:end]
        kinds = [i.kind for i in part]
        if "empty" in kinds:
            return 9.0
        if tested:
            return 0.08 * (len(part) - 1) if kinds[0] == "p" and kinds.count("p") == 1 else 9.0
        if "p" in kinds:
            return 9.0
        cost = 0.0
        if kinds[0] in ("paren", "size"):
            cost += 1.6 if kinds[0] == "paren" or len(part) > 1 else 0.8
        elif re.match(r"[a-z]", part[0].text) and not re.match(r"[a-z]?[A-Z]|n\b|mean|median", part[0].text):
            cost += 1.2
        elif re.fullmatch(r"[\d.%]+", part[0].text) and len(part) == 1:
            cost += 1.0
        if _JOINING.match(part[-1].text) or _JOINING.fullmatch(part[0].text):
            cost += 2.5
        if end < len(self.items) and self.items[end].kind in ("paren", "size"):
            cost += 1.8
        if "size" in kinds[:-1] and kinds[-1] not in ("paren", "count"):
            cost += 1.5
        if kinds.count("size") > 1 or kinds.count("count") > 1:
            cost += 2.5
        if self.hard:
            return cost + 0.7 * sum(k == "word" for k in kinds[1:])
        return cost + 0.25 * max(0, len(part) - 5) + sum(self._junction(a, b) for a, b in pairwise(part))

    def _junction(self, left: _Item, right: _Item) -> float:
        """The cost that two items stand in one head though the second could begin another."""
        if right.kind in ("paren", "size", "count") or _JOINING.match(left.text):
            return 0.0
        if left.kind in ("size", "count"):
            return 0.9
        if not (_is_capital(right.text) or right.kind == "kind"):
            return 0.02
        if right.kind == "kind" and right.text.startswith(("Arm", "Group", "Cohort")):
            return 0.1
        a, b = (re.sub(r"[\W_]+", "", x.text).lower() for x in (left, right))
        return 0.08 if self.words[f"{a} {b}"] > 1 else 0.35

    # -- two rows of heads

    def two_rows(self, n: int, tested: int, *, titled: bool) -> Heads | None:
        """Heads that span columns over heads that come back below each of them."""
        arms = n - tested
        best: tuple[int, int, int, int] | None = None
        texts = [i.text for i in self.items]
        for groups in range(2, arms + 1):
            if arms % groups:
                continue
            for begin in range(1, len(texts)):
                for long in range(arms // groups, 7):
                    end = begin + groups * long
                    if end > len(texts) or texts[begin : begin + long] * groups != texts[begin:end]:
                        continue
                    if any(i.kind in ("p", "empty") for i in self.items[begin:end]) or not _may_repeat(
                        self.items[begin:end]
                    ):
                        continue
                    if best is None or (groups * long, groups) > (best[3] * best[1], best[1]):
                        best = (begin, groups, arms // groups, long)
        if best is None:
            return None
        return self._spanned(best, tested, titled=titled)

    def _spanned(self, found: tuple[int, int, int, int], tested: int, *, titled: bool) -> Heads | None:
        begin, groups, unit, long = found
        inner = _Cutter([*self.items[begin : begin + long], _Item("End", "word")], self.words, self.hard)
        lower = inner._columns(0, unit, 0) if unit > 1 else [(0.0, (0, long))]
        lower = [w for w in lower if w[1][-1] == long]
        end = begin + groups * long
        above = [i for i in self.items[:begin] if i.kind != "p"]
        while above and above[-1].kind == "empty":
            above.pop()
        if not lower or not above:
            return None
        upper = _Cutter([*above, _Item("Label", "word")], self.words, self.hard).one_row(
            groups, 0, titled=titled
        )
        if upper is None or upper.label != "Label":
            return None
        names = [_head(inner.text(a, b)) for a, b in pairwise(lower[0][1])]
        after = end
        tests: list[str] = []
        while after < len(self.items) and self.items[after].kind in ("p", "empty"):
            tests += [self.items[after].text] if self.items[after].kind == "p" else []
            after += 1
        tests = tests or [i.text for i in self.items[:begin] if i.kind == "p"]
        if len(tests) != tested or after >= len(self.items):
            return None
        spans = tuple(u for u in upper.lower for _ in range(unit))
        tests = [_head(t) for t in tests]
        return Heads(
            upper.title,
            upper.corner,
            (*spans, *tests),
            (*(names * groups), *tests),
            self._label(after),
            upper.doubtful,
        )


def _may_repeat(items: Sequence[_Item]) -> bool:
    return any(
        i.kind in ("kind", "count", "size") or _is_capital(i.text) or i.text in ("%", "n", "N", "(%)", "No.")
        for i in items
    )


def _is_capital(text: str) -> bool:
    return bool(re.match(r"[A-Z\u00c0-\u00de]|[a-z]{1,2}[A-Z]", text))


def _head(text: str) -> str:
    text = re.sub(r"\b([Pp]) [-–]\s?([Vv]alues?)\b", r"\1-\2", text)
    return re.sub(r"\s+([.,;:])", r"\1", text)
