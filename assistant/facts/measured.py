"""Figures of a piece that names measures: which measure, group and time point each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.behind import groups_after, groups_before_brackets
from assistant.facts.carry import Clause, Groups, Pair, alternatives, continues_survival, in_turn
from assistant.facts.contrast import behind_all, contrasted, in_order
from assistant.facts.groups import headed, heads_sentence, of_one_arm
from assistant.facts.kinds import Kinds
from assistant.facts.nearest import (
    arms_beside,
    is_beside,
    is_heaped,
    is_shifted,
    nearest,
    nearest_group,
    time_for,
)
from assistant.facts.pieces import PART_OF, in_parenthesis
from assistant.facts.series import (
    all_linked,
    blocks_around,
    coordinated,
    in_blocks,
    in_blocks_of_time,
    is_change,
    linked,
    of_each_arm,
    one_bracket,
    set_against,
)
from assistant.facts.sides import against_outsiders
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_SAME_PERIOD = re.compile(
    r"\b(?:during|in|over|within|at)\s+(?:that|this|the\s+same)\s+(?:period|time|interval|time\s+point)\b",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(r"\ball\s+but\s+(?:\w+\s+){1,3}\($", re.IGNORECASE)
_SHARE_SAID = re.compile(
    r"(?<!\bthan )\b(?:half|thirds?|quarters?|fifths?|most|majority|all)"
    r"(?:\s+of\s+(?:(?:the|all|these)\s+)?(?:[\w-]+\s+)?\w+|\s+(?:the\s+)?(?:[\w-]+\s+)?patients)?\s*\($",
    re.IGNORECASE,
)
"""``Half of the patients (24/48) reached a CR``."""
_DIRECTLY = 12
"""Characters from a count to the clause that says whom it counts."""


class Measured:
    """Pairs figures with measures of one kind.

    Args:
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, kinds: Kinds, matchers: Matchers) -> None:
        self.kinds = kinds
        self.matchers = matchers

    def pair(self, clause: Clause) -> list[Pair]:
        """Each figure of ``clause`` with what it belongs to; None and () where that is not certain."""
        values, text, carry = clause.values, clause.text, clause.carry
        if not values:
            return []
        both = of_each_arm(values, clause.measures, carry.arms, text)
        clause = clause if both else replace(clause, measures=_meant(clause))
        clause = replace(clause, times=_times(clause))
        clause = replace(clause, groups=self._named(clause))
        if len(clause.measures) == 1 and not clause.groups and (turn := in_turn(clause)):
            return self._one_each(clause, turn)
        clause = replace(clause, groups=self._whose(clause))
        measures, groups = clause.measures, clause.groups
        if (
            len(measures) == 1 < len(values)
            and alternatives(groups, text)
            and groups[-1].end <= values[0].start
        ):
            return [(v, None, (), None) for v in values]
        if both:
            sides = contrasted(replace(clause, measures=measures[:1])) or carry.arms
            pairs = [(v, m, g) for m in measures for v, g in zip(values, sides, strict=False)]
            return [(v, m, (g,), self._time(clause, m, v)) for v, m, g in pairs]
        shared = _shared(clause)
        return self._in_order(clause, shared) or self._singly(clause, shared)

    def _time(self, clause: Clause, measure: Span, value: Span) -> Span | None:
        if self.kinds.measure_class(measure) == "duration":  # its figure is a time
            return None
        return time_for(measure, value, clause.times, clause.measures, clause.text)

    def _one_each(self, clause: Clause, groups: Sequence[Groups]) -> list[Pair]:
        """One measure's figures, a group each."""
        (measure,) = clause.measures
        return [
            (v, measure, g, self._time(clause, measure, v))
            for v, g in zip(clause.values, groups, strict=True)
        ]

    def _named(self, clause: Clause) -> Sequence[Span]:
        """The groups of a clause, one a figure where they stand straight behind the figures."""
        values, groups, text = clause.values, clause.groups, clause.text
        different = {g.ids: g for g in reversed(groups)}
        each = len(values) > _TWO and groups_after(values, clause.piece, text, self.matchers)
        one_each = each and len({g.ids for g in each if g.ids}) == len(values)
        if 1 < len(values) == len(different) < len(groups) and not one_each:
            return sorted(different.values(), key=lambda g: g.start)
        told_first = not one_each and len(groups) == len(values) and groups[0].end > values[0].start
        if len(clause.measures) > 1 or len(values) == 1 or told_first:
            return groups
        arms = [a.ids for a in clause.carry.arms]
        told = groups_after(values, clause.piece, text, self.matchers) or (
            groups_before_brackets(values, clause.piece, text, self.matchers)
        )
        behind = [of_one_arm(g, arms) for g in told]
        own = {g.ids for g in behind}
        heads = [g for g in groups if g.ids not in own and heads_sentence(g, text)] if behind else []
        heads = heads or behind_all(groups, [g for g in groups if g.ids in own], text)
        return [headed(g, heads) for g in behind] or groups

    def _whose(self, clause: Clause) -> Sequence[Span]:
        """The groups of figures that are set against each other: outsiders', arms beside them, or what is left unsaid."""
        if len(clause.measures) > 1:
            return contrasted(clause)
        values, text, named = clause.values, clause.text, clause.piece.of("group")
        if outsiders := against_outsiders(values, clause.groups, text, self.matchers):
            return outsiders
        beside = arms_beside(values, named, clause.carry.arms, text)
        if not beside or is_change(values, text):
            return contrasted(clause)
        arms = {a.ids for a in clause.carry.arms}
        heads = [
            g for g in named if g.ids not in arms and g.end <= values[0].start and heads_sentence(g, text)
        ]
        return [headed(g, heads or behind_all(named, beside, text)) for g in beside]

    def _in_order(self, clause: Clause, shared: Groups) -> list[Pair]:
        """The pairs of figures that stand in the order of measures, groups or times; none where they do not."""
        values, measures, groups = clause.values, clause.measures, clause.groups
        n, m = len(values), len(measures)
        if m == 1:
            return self._of_one_measure(clause, shared) if n > 1 else []
        told: list[tuple[Span, Span, Groups]]
        if n == m == len({g.ids for g in groups}) and in_blocks(values, groups, 1):
            told = [(v, me, (g,)) for v, me, g in zip(values, measures, groups, strict=True)]
        elif n == m:
            told = [(v, me, shared) for v, me in zip(values, measures, strict=True)]
        elif in_blocks(values, groups, m) or blocks_around(values, groups, m, clause.text):
            told = [(v, measures[k % m], (groups[k // m],)) for k, v in enumerate(values)]
        elif n == m * (many := len(carried := _beside(_carried(clause), clause))) and many > 1:
            told = [(v, measures[k // many], (carried[k % many],)) for k, v in enumerate(values)]
        elif n == 1 and coordinated(measures, clause.text):
            told = [(values[0], me, shared) for me in measures]
        else:
            return []
        return [(v, me, g, self._time(clause, me, v)) for v, me, g in told]

    def _of_one_measure(self, clause: Clause, shared: Groups) -> list[Pair]:
        """Several figures of one measure, in the order of times, groups or grades."""
        values, groups, times = clause.values, clause.groups, clause.times
        n, t = len(values), len(times)
        if t > 1 and n == t * max(1, len(groups)):
            per = n // t
            blocks = in_blocks_of_time(values, times, per)
            places = [(k // per, k % per) if blocks else (k % t, k // t) for k in range(n)]
            return [
                (v, clause.measures[0], (groups[b],) if len(groups) > 1 else shared, times[a])
                for v, (a, b) in zip(values, places, strict=True)
            ]
        carried = _carried(clause)
        if is_shifted(values, carried, clause.text):
            told = zip(values[:-1], carried[1:], strict=True)
            measure = clause.measures[0]
            heads = [g for g in carried[:1] if heads_sentence(g, clause.text)]
            pairs = [(v, measure, (headed(g, heads),), self._time(clause, measure, v)) for v, g in told]
            return [*pairs, (values[-1], None, (), None)]
        carried = _beside(carried, clause)
        if is_heaped(values, carried):
            return [(v, None, (), None) for v in values]
        if len(carried) == n and not is_change(values, clause.text):
            return self._one_each(clause, [(g,) for g in carried])
        graded = [g.ids for g in clause.piece.of("grade")]
        if len(set(graded)) == n == len(graded) and len(groups) < 2 and t < 2:
            return self._one_each(clause, [shared] * n)  # "grade 2-4 and 3-4 GvHD were 38% and 12%"
        return []

    def _singly(self, clause: Clause, shared: Groups) -> list[Pair]:
        """Each figure with what stands nearest to it; nothing where that leaves two alike."""
        values, text = clause.values, clause.text
        pairs: list[Pair] = []
        for v in values:
            measure = nearest(v, clause.measures, text)
            aside = in_parenthesis(text[: v.start]) and not in_parenthesis(text[: measure.start])
            said = _ALL_BUT.search(text, 0, v.start) or _SHARE_SAID.search(text, 0, v.start)
            if measure.start > v.end and aside and not said:
                pairs.append((v, None, (), None))
                continue
            own = _beside_it(v, clause) or shared if len(values) == 1 else nearest_group(v, _near(v, clause))
            pairs.append((v, measure, own, self._time(clause, measure, v)))
        undecided = [p for p in pairs if linked(p[0], values, text) and _clashes(p, pairs)]
        return [(p[0], None, p[2], p[3]) if p in undecided else p for p in pairs]


def _meant(clause: Clause) -> Sequence[Span]:
    """The measures that the figures may be of: those before their bracket, or that of the clause they stand in."""
    values, measures, text = clause.values, clause.measures, clause.text
    n, m = len(values), len(measures)
    if m > 1 and (n != m or set_against(values, text)) and (bracket := one_bracket(values, text)):
        before = [me for me in measures if me.end <= bracket]
        if before and (len(before) < m or not coordinated(measures, text)):
            return before[-1:]
    if n == m == 2 and (later := _of_later_clause(measures, values, text)):
        return [later]
    return measures


_NEXT_CLAUSE = re.compile(r",\s*(?:and|but|while|whereas)\b|[;:]")


def _of_later_clause(measures: Sequence[Span], values: Sequence[Span], text: str) -> Span | None:
    """``relapse was rarer, and OS was 83% versus 70%``: the measure of figures set against each other."""
    first, last = measures
    turned = last.end <= values[0].start and _NEXT_CLAUSE.search(text, first.end, last.start)
    return last if turned and set_against(values, text) else None


def _times(clause: Clause) -> list[Span]:
    """The time points that a clause names, or goes on with."""
    times = clause.piece.of("time")
    same = _SAME_PERIOD.search(clause.text, clause.piece.start, clause.piece.end)
    return list(clause.carry.times) if not times and (same or continues_survival(clause)) else times


_OF_OTHERS = re.compile(
    r"(?:\s*\([^()]*\)|\s*\[[^\[\]]*\])?\s+(?:with|in|on|after|among)\s+(?!that\b|the\s+(?:two|three|four)\b|both\s+(?:arms|groups|cohorts)\b|each\b|which\b)[A-Za-z]"
)
"""``In mice with A, it was 29 days with B, 38 days with C``: each figure has a group of its own, though no name is known."""


def _carried(clause: Clause) -> Sequence[Span]:
    """The groups in the order of their figures: the clause's own, or else those named before."""
    groups, text = clause.carry.groups, clause.text
    own = clause.groups
    if (
        own
        and own[-1].end <= clause.values[0].start
        and all(_OF_OTHERS.match(text, v.end) for v in clause.values)
    ):
        return []
    apart = len(groups) > 1 and all_linked(clause.values, text) and not alternatives(groups, text)
    return in_order(clause.groups or (groups if apart else []), clause.values, text)


def _beside(groups: Sequence[Span], clause: Clause) -> Sequence[Span]:
    """The groups that figures stand beside: not that which heads the sentence, where the others are named behind figures."""
    values, text = clause.values, clause.text
    if min(len(groups), len(values)) < _TWO or groups[0].end > values[0].start:
        return groups
    first, *others = groups
    behind = values[0].start < others[0].start < values[1].start
    if not behind or _NEXT_GROUP.search(text[values[0].end : others[0].start]):
        return groups
    return [headed(g, [first]) for g in others] if heads_sentence(first, text) else groups


_TWO = 2
_NEXT_GROUP = re.compile(r"[,;]|\b(?:and|but|while|whereas|versus|vs)\b")
"""``In A 12% and in B 25%``: what stands behind the first figure is the next one's."""
_AGAIN = re.compile(r"\b(?:these|those)\s+$", re.IGNORECASE)
"""Stands before a number that repeats how many were counted."""


def _beside_it(value: Span, clause: Clause) -> Groups:
    """``One patient in A and none in B died``: of the arms that a clause with one figure names, the one straight behind it."""
    groups, arms = clause.groups, clause.carry.arms
    if len(arms) < _TWO or {g.ids for g in groups} != {a.ids for a in arms} or len(groups) != len(arms):
        return ()
    if groups[0].end > groups[-1].start:
        return ()
    return tuple(g for g in groups[:1] if is_beside(value, g, clause.text))


def _shared(clause: Clause) -> Groups:
    """The groups that all figures of a clause are of; those counted before, or that head it, where it names and counts nobody."""
    counts = (v for v in clause.piece.values() if v.unit == "patients" and not v.percent and v.total is None)
    if clause.groups or any(
        v not in clause.values and not _AGAIN.search(clause.text, 0, v.start) for v in counts
    ):
        return tuple(clause.groups)
    return clause.carry.subset or clause.carry.heading(clause.piece)


def _near(value: Span, clause: Clause) -> Sequence[Span]:
    """The groups that one of several figures may be of: none of a part counted later, nor of the next one's."""
    values, text = clause.values, clause.text
    part = next((p.start for p in values if p.start > value.end and PART_OF.match(text, p.end)), len(text))
    near = [g for g in clause.groups if g.end <= part]
    if some := _some_of_them(value, values, text):
        near = [g for g in near if g.end <= some]
    if any(p is not value and p.total is not None for p in values):  # "none of the 30 who had it"
        near = [g for g in near if not g.text.startswith("who ") or 0 <= g.start - value.end <= _DIRECTLY]
    return near


_AMONG_THEM = re.compile(
    r"\b(?:among|of|including)\s+(?:them|these|those|whom|which)\b|\bincluding\b", re.IGNORECASE
)


def _some_of_them(value: Span, values: Sequence[Span], text: str) -> int:
    """Where the words begin that tell the next figure's patients as some of the value's: ``15, among them 6/9 with A``; else 0."""
    behind = min((v.start for v in values if v.start > value.end), default=0)
    match = _AMONG_THEM.search(text, value.end, behind) if behind else None
    return match.start() if match else 0


def _clashes(pair: Pair, others: Sequence[Pair]) -> bool:
    """Whether a figure shares everything but its value with another."""
    value, measure, groups, time = pair
    return any(
        o[0] is not value and o[1] == measure and o[0].text != value.text and o[0].unit == value.unit
        and {g.ids for g in o[2]} == {g.ids for g in groups}
        and (o[3].ids if o[3] else ()) == (time.ids if time else ())
        for o in others
    )  # fmt: skip
