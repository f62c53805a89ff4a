"""Figures of a piece that names measures: which measure, group and time point each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts_against import against_outsiders
from assistant.facts_behind import groups_after
from assistant.facts_elliptic import continues_survival, one_bracket
from assistant.facts_kinds import Kinds
from assistant.facts_linking import (
    Carry,
    Pair,
    all_linked,
    arms_beside,
    clashes,
    contrasted,
    coordinated,
    headed,
    heads_sentence,
    in_blocks,
    is_change,
    linked,
    nearest,
    nearest_group,
    of_each_arm,
    of_one_arm,
    set_against,
    subjects,
    time_for,
)
from assistant.facts_order import blocks_around, in_order
from assistant.facts_pieces import PART_OF, Piece, in_parenthesis
from assistant.facts_turn import alternatives, in_turn
from assistant.spans import Span
from assistant.vocabulary import Matchers

_SAME_PERIOD = re.compile(
    r"\b(?:during|in|over|within|at)\s+(?:that|this|the\s+same)\s+(?:period|time|interval|time\s+point)\b",
    re.IGNORECASE,
)
_DIRECTLY = 12
"""Characters from a count to the clause that says whom it counts."""


def _in_blocks_of_time(values: Sequence[Span], times: Sequence[Span], per: int) -> bool:
    """``66% vs. 35% at week 24, 57% vs. 38% at week 48``: each time stands with its own values, behind or before them."""
    if per < 2:
        return False
    blocks = [values[k : k + per] for k in range(0, len(values), per)]
    behind = all(
        block[-1].end <= time.start and (j + 1 == len(blocks) or time.end <= blocks[j + 1][0].start)
        for j, (block, time) in enumerate(zip(blocks, times, strict=True))
    )
    before = all(
        time.end <= block[0].start and (j == 0 or blocks[j - 1][-1].end <= time.start)
        for j, (block, time) in enumerate(zip(blocks, times, strict=True))
    )
    return behind or before


_NEXT_CLAUSE = re.compile(r",\s*(?:and|but|while|whereas)\b|[;:]")


def _of_later_clause(measures: Sequence[Span], values: Sequence[Span], text: str) -> Span | None:
    """``relapse was rarer, and OS was 83% versus 70%``: the measure of figures set against each other."""
    first, last = measures
    turned = last.end <= values[0].start and _NEXT_CLAUSE.search(text, first.end, last.start)
    return last if turned and set_against(values, text) else None


_THOSE = re.compile(
    r"[^,;.()]*,\s*(?:while\s+|whereas\s+|and\s+|but\s+)?(?:those|patients)\s+(?:who\s+were\s+|with\s+)?"
)


def _of_next(value: Span, group: Span, text: str) -> bool:
    """``those transplanted in A had an OS of 70%, those transplanted in B of 50%``: the second ones have a figure of their own."""
    return group.start >= value.end and bool(_THOSE.fullmatch(text, value.end, group.start))


class Measured:
    """Pairs figures with measures of one kind.

    Args:
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, kinds: Kinds, matchers: Matchers) -> None:
        self.kinds = kinds
        self.matchers = matchers

    def pair(
        self,
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: Carry,
    ) -> list[Pair]:
        """Each of ``values`` with what it belongs to; None and () where that is not certain."""
        n, m = len(values), len(measures)
        if n == 0:
            return []
        both = m > 1 and of_each_arm(values, measures, carry.arms, text)
        if (
            m > 1
            and not both
            and (bracket := one_bracket(values, text))
            and (n != m or set_against(values, text))
        ):
            before = [me for me in measures if me.end <= bracket]
            if (before and len(before) < m) or (before and coordinated(measures, text) is False):
                measures, m = before[-1:], 1
        if n == m == 2 and not both and (later := _of_later_clause(measures, values, text)):
            measures, m = [later], 1
        times = piece.of("time")
        same = _SAME_PERIOD.search(text, piece.start, piece.end)
        if not times and (same or continues_survival(piece, measures, carry, text)):
            times = list(carry.times)

        def time(measure: Span, value: Span) -> Span | None:
            if self.kinds.measure_class(measure) == "duration":  # its figure is a time
                return None
            return time_for(measure, value, times, measures)

        different = {g.ids: g for g in reversed(groups)}
        if n > 1 and len(different) == n < len(groups):
            groups = sorted(different.values(), key=lambda g: g.start)
        elif m == 1 and n > 1 and (len(groups) != n or groups[0].end <= values[0].start):
            own = [a.ids for a in carry.arms]
            after = [of_one_arm(g, own) for g in groups_after(values, piece, text, self.matchers)]
            named = {g.ids for g in after}
            heads = [g for g in groups if g.ids not in named and heads_sentence(g, text)] if after else []
            groups = [headed(g, heads) for g in after] or groups
        if m == 1 and not groups and (turn := in_turn(values, piece, text, carry)):
            return [(v, measures[0], g, time(measures[0], v)) for v, g in zip(values, turn, strict=True)]
        beside = arms_beside(values, piece.of("group"), carry.arms, text) if m == 1 else []
        outsiders = against_outsiders(values, groups, text, self.matchers) if m == 1 else []
        if outsiders:
            groups = outsiders
        elif beside and not is_change(values, text):
            arms = {a.ids for a in carry.arms}
            heads = [g for g in piece.of("group") if g.end <= values[0].start and heads_sentence(g, text)]
            heads = [g for g in heads if g.ids not in arms]
            groups = [headed(g, heads) for g in beside]
        else:
            groups = contrasted(values, measures, groups, times, text, carry)
        if n > 1 and m == 1 and alternatives(groups, text) and groups[-1].end <= values[0].start:
            return [(v, None, (), None) for v in values]
        apart = len(carry.groups) > 1 and all_linked(values, text) and not alternatives(carry.groups, text)
        carried = in_order(groups or (carry.groups if apart else []), values, text)
        counted = any(
            v.unit == "patients" and not v.percent and v.total is None and v not in values
            for v in piece.values()
        )
        shared = tuple(groups) if groups else () if counted else carry.subset or carry.heading(piece)

        if (
            n == m == 2
            and not both
            and set_against(values, text)
            and len(about := subjects(measures, text)) == 1
        ):
            measures, m = about, 1
        if both:
            sides = contrasted(values, measures[:1], groups, times, text, carry) or carry.arms
            return [
                (v, me, (g,), time(me, v)) for me in measures for v, g in zip(values, sides, strict=False)
            ]
        if n == m and n > 1:
            return [(v, me, shared, time(me, v)) for v, me in zip(values, measures, strict=True)]
        if m == 1 and n > 1 and len(times) > 1 and n == len(times) * max(1, len(groups)):
            t, per = len(times), n // len(times)
            if _in_blocks_of_time(values, times, per):
                return [
                    (v, measures[0], (groups[k % per],) if len(groups) > 1 else shared, times[k // per])
                    for k, v in enumerate(values)
                ]
            return [
                (v, measures[0], (groups[k // t],) if len(groups) > 1 else shared, times[k % t])
                for k, v in enumerate(values)
            ]
        if m == 1 and n > 1 and len(carried) == n and not is_change(values, text):
            return [
                (v, measures[0], (g,), time(measures[0], v)) for v, g in zip(values, carried, strict=True)
            ]
        if m > 1 and (in_blocks(values, groups, m) or blocks_around(values, groups, m, text)):
            return [
                (v, measures[k % m], (groups[k // m],), time(measures[k % m], v))
                for k, v in enumerate(values)
            ]
        if m > 1 and n == m * len(carried) and len(carried) > 1:
            many = len(carried)
            return [
                (v, measures[k // many], (carried[k % many],), time(measures[k // many], v))
                for k, v in enumerate(values)
            ]
        graded = {g.ids for g in piece.of("grade")}
        one_each = m == 1 and n > 1 and len(graded) == n == len(piece.of("grade"))
        if one_each and len(groups) < 2 and len(times) < 2:  # "grade 2-4 and 3-4 GvHD were 38% and 12%"
            return [(v, measures[0], shared, time(measures[0], v)) for v in values]
        if n == 1 and m > 1 and coordinated(measures, text):
            return [(values[0], me, shared, time(me, values[0])) for me in measures]
        return self._singly(values, measures, groups, shared, times, text)

    def _singly(
        self,
        values: Sequence[Span],
        measures: Sequence[Span],
        groups: Sequence[Span],
        shared: tuple[Span, ...],
        times: Sequence[Span],
        text: str,
    ) -> list[Pair]:
        result: list[Pair] = []
        for v in values:
            me = nearest(v, measures, text)
            if me.start > v.end and in_parenthesis(text[: v.start]) and not in_parenthesis(text[: me.start]):
                result.append((v, None, (), None))
                continue
            part = next((p.start for p in values if p.start > v.end and PART_OF.match(text, p.end)), None)
            near = groups if part is None else [g for g in groups if g.end <= part]
            if any(p is not v and p.total is not None for p in values):  # "none of the 30 who had it"
                near = [g for g in near if not g.text.startswith("who ") or 0 <= g.start - v.end <= _DIRECTLY]
            near = [g for g in near if not _of_next(v, g, text)] or near
            own = shared if len(values) == 1 else nearest_group(v, near)
            timeless = self.kinds.measure_class(me) == "duration"
            result.append((v, me, own, None if timeless else time_for(me, v, times, measures)))
        undecided = [p for p in result if linked(p[0], values, text) and clashes(p, result)]
        return [(p[0], None, p[2], p[3]) if p in undecided else p for p in result]
