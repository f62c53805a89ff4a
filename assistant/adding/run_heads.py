"""The heads of a table whose cells follow each other: title, heads and the first row's label told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assistant.adding.run_items import (
    CORNER,
    Item,
    corner_cost,
    head_text,
    is_capital,
    is_sized,
    items_of,
    may_repeat,
    suspect,
    text_of,
    unlike_heads,
)
from assistant.adding.run_label_cost import label_cost
from assistant.adding.run_shape import Heads

_JOINING = re.compile(
    r"(?:of|and|or|plus|with|vs\.?|versus|the|for|to|in|by|from|followed|at|[+/&,;:–-])$|.*[,/+–-]$"
)
_CLOSE = 0.25


def heads_of(
    text: str,
    n: int,
    tested: int,
    words: Counter[str],
    *,
    hard: bool,
    titled: bool,
    labels: Sequence[str] = (),
    glued: bool = False,
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
        glued: Whether words that run into each other mark where cells end, too.
    """
    items = items_of(text, hard=hard, glued=glued)
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
        self, items: Sequence[Item], words: Counter[str], hard: bool, begins: frozenset[str] = frozenset()
    ) -> None:
        self.items, self.words, self.hard, self.begins = items, words, hard, begins
        self._costs: dict[tuple[int, int, bool], float] = {}
        self._cuts: dict[tuple[int, int, int], list[tuple[float, tuple[int, ...]]]] = {}

    def text(self, begin: int, end: int) -> str:
        return text_of(self.items[begin:end])

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
                cost = opening + corner_cost(self.items, start, first, hard=self.hard)
                if cost < 8:
                    ways += [(c + cost, (start, *cuts)) for c, cuts in self._columns(first, n, tested)]
        if not ways:
            return None
        ways.sort(key=lambda w: w[0])
        cost, (start, *cuts) = ways[0]
        if cost > 3.5 + 0.8 * n:
            return None
        other = next((w[0] for w in ways if w[1][2:] != tuple(cuts[1:])), cost + 9)
        lower = tuple(head_text(self.text(a, b)) for a, b in pairwise(cuts))
        doubtful = (
            other - cost < _CLOSE
            or cuts[-1] >= size
            or suspect([i.text for i in self.items[cuts[0] : cuts[n - tested]]], lower, n - tested)
            or (self.hard and sum(not i.run_on for i in self.items[cuts[-1] :]) > 2)
        )
        return Heads(
            self.text(0, start), self.text(start, cuts[0]), (), lower, self._label(cuts[-1]), doubtful
        )

    def _label(self, at: int) -> str:
        if not self.hard:
            return self.text(at, len(self.items))
        return "".join(
            ("" if i.run_on and k else "\n") + i.text for k, i in enumerate(self.items[at:])
        ).strip("\n")

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
                            (
                                c
                                + own
                                + (
                                    0.0
                                    if k == 0 or k >= n - tested
                                    else unlike_heads(self.items[cuts[-2] : cuts[-1]], self.items[begin:end])
                                ),
                                (*cuts, end),
                            )
                            for c, cuts in kept
                        ]
                        step.setdefault(end, []).extend(more)
            table = {end: sorted(kept, key=lambda w: w[0])[:3] for end, kept in step.items()}
        found = [(c + self._label_cost(end), cuts) for end, kept in table.items() for c, cuts in kept]
        self._cuts[first, n, tested] = sorted(found, key=lambda w: w[0])[:4]
        return self._cuts[first, n, tested]

    def _title_cost(self, end: int) -> float:
        part = self.items[:end]
        cost = 4.0 * sum(i.kind == "empty" for i in part) + 2.0 * sum(i.kind == "p" for i in part)
        cost += 1.5 * sum(i.kind == "size" for i in part)
        cost += 1.5 if _JOINING.match(part[-1].text) else 0.0
        cost += 3.0 if re.fullmatch(r"(?:No|Non|Not|Without)-?", part[-1].text) else 0.0
        if self.hard:
            return cost + sum(0.2 if i.run_on else 1.2 for i in part[1:])
        if (
            len(part) > 2
            and is_capital(part[-1].text)
            and re.match(r"[a-z]", part[-2].text)
            and not _JOINING.match(part[-2].text)
        ):
            # A name behind a word of the title begins the first head.
            cost += 0.6
        capital = sum(is_capital(b.text) and a.text[-1:].islower() for a, b in pairwise(part))
        if (
            end < len(self.items)
            and self.items[end].kind == "word"
            and re.match(r"[a-z]", self.items[end].text)
        ):
            cost += 1.0
        return cost + 0.12 * capital

    def _label_cost(self, at: int) -> float:
        if at >= len(self.items):
            return 3.0
        first = self.items[at]
        if first.kind in ("p", "size", "paren", "empty", "count"):
            return 3.0
        text = self.text(at, len(self.items))
        broken = any(i.fresh for i in self.items) and not first.fresh
        cost = (
            (2.0 if broken else 0.0)
            + label_cost(text, glued=False)
            + (1.5 if any(is_sized(i) for i in self.items[at:]) else 0.0)
        )
        cost -= 0.6 if first.text.split()[0] in self.begins else 0.0
        if self.hard:
            return cost + 0.1 * max(0, len(self.items) - at - 2)
        inner = sum(is_capital(b.text) and a.text[-1:].islower() for a, b in pairwise(self.items[at:]))
        return cost + 0.15 * inner + 0.05 * max(0, len(self.items) - at - 6)

    def _head_cost(self, begin: int, end: int, *, tested: bool) -> float:
        part = self.items[begin:end]
        kinds = [i.kind for i in part]
        if "empty" in kinds:
            return 9.0
        if tested:
            # Where several tests are printed, each head says which.
            each = 0.08 if sum(i.kind == "p" for i in self.items) > 1 else 0.5
            return each * (len(part) - 1) if kinds[0] == "p" and kinds.count("p") == 1 else 9.0
        if "p" in kinds:
            return 9.0
        cost = 3.0 if re.fullmatch(r"No|Non|Not|Without", part[-1].text) else 0.0
        if kinds[0] in ("paren", "size"):
            cost += 1.6 if kinds[0] == "paren" or len(part) > 1 else 0.8
        elif re.match(r"[a-z]", part[0].text) and not re.match(r"[a-z]?[A-Z]|n\b|mean|median", part[0].text):
            cost += 1.2
        elif re.fullmatch(r"[\d.%]+", part[0].text):
            cost += 1.0 if len(part) == 1 else 0.5
        if _JOINING.match(part[-1].text) or re.fullmatch(
            r"(?:of|and|or|plus|with|vs\.?|versus|to|in|by|from)|[^\w%]", part[0].text
        ):
            cost += 2.5
        if end < len(self.items) and self.items[end].kind in ("paren", "size"):
            cost += 1.8
        if "size" in kinds[:-1] and kinds[-1] not in ("paren", "count"):
            cost += 1.5
        if kinds.count("size") > 1 or kinds.count("count") > 1:
            cost += 2.5
        if self.hard:
            cost += 0.4 if part[0].run_on else 0.0
            return cost + sum(0.1 if i.run_on else 0.7 for i in part[1:] if i.kind == "word")
        return cost + 0.25 * max(0, len(part) - 5) + sum(self._junction(a, b) for a, b in pairwise(part))

    def _junction(self, left: Item, right: Item) -> float:
        """The cost that two items stand in one head though the second could begin another."""
        if right.kind in ("paren", "size", "count") or _JOINING.match(left.text):
            return 0.0
        if left.kind in ("size", "count"):
            return 0.9
        if not (is_capital(right.text) or right.kind == "kind"):
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
                    if any(i.kind in ("p", "empty") for i in self.items[begin:end]) or not may_repeat(
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
        inner = _Cutter([*self.items[begin : begin + long], Item("End", "word")], self.words, self.hard)
        lower = inner._columns(0, unit, 0) if unit > 1 else [(0.0, (0, long))]
        lower = [w for w in lower if w[1][-1] == long]
        end = begin + groups * long
        above = [i for i in self.items[:begin] if i.kind != "p"]
        while above and above[-1].kind == "empty":
            above.pop()
        corner = above.pop().text if len(above) > groups and CORNER.fullmatch(above[-1].text) else ""
        if not lower or not above:
            return None
        upper = _Cutter([*above, Item("Label", "word")], self.words, self.hard).one_row(
            groups, 0, titled=titled
        )
        if upper is None or upper.label != "Label":
            return None
        names = [head_text(inner.text(a, b)) for a, b in pairwise(lower[0][1])]
        after = end
        tests: list[str] = []
        while after < len(self.items) and self.items[after].kind in ("p", "empty"):
            tests += [self.items[after].text] if self.items[after].kind == "p" else []
            after += 1
        tests = tests or [i.text for i in self.items[:begin] if i.kind == "p"]
        if len(tests) != tested or after >= len(self.items):
            return None
        spans = tuple(u for u in upper.lower for _ in range(unit))
        tests = [head_text(t) for t in tests]
        return Heads(
            upper.title,
            upper.corner or corner,
            (*spans, *tests),
            (*(names * groups), *tests),
            self._label(after),
            upper.doubtful,
        )
