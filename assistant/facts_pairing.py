"""Which figure of a piece belongs to which measure, group and time point."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts_elliptic import continues_survival, one_bracket
from assistant.facts_figures import YEARLY
from assistant.facts_linking import (
    RATE_UNITS,
    Carry,
    Pair,
    all_linked,
    arms_beside,
    clashes,
    contrasted,
    coordinated,
    counted_group,
    headed,
    heads_sentence,
    in_blocks,
    is_change,
    linked,
    named_each,
    nearest,
    nearest_group,
    of_class,
    of_each_arm,
    of_one_arm,
    set_against,
    subjects,
    time_for,
)
from assistant.facts_pieces import OWN_SUBJECT, PART_OF, Piece, in_parenthesis
from assistant.spans import Span, group_ids
from assistant.spans_numbers import TIME_UNITS
from assistant.vocabulary import Matchers, Vocabulary

_VERSUS = r"(?:versus|vs\.?|compared\s+(?:with|to)|against|than|and|but|whereas|while|to(?=\s+\d))"
_AFTER_VALUE = re.compile(
    rf"\s*(?:\([^()]*\)|\[[^\]]*\])?\s*(?:with|for|in|on|among|after|(?P<no>without))\s+(?:the\s+|an?\s+|those\s+(?:given|on|with)\s+)?"
    rf"(?P<label>(?!{_VERSUS}\b)[^\s,;.()]+(?:\s+(?!{_VERSUS}\b)[^\s,;.()]+){{0,6}})",
    re.IGNORECASE,
)
_AFTER_BOTH = re.compile(
    r",?\s*(?:respectively,?\s*)?(?:in|with|for|among)\s+(?:the\s+)?([^\s,;.()]+(?:\s[^\s,;.()]+){0,2}?)\s+and\s+(?:the\s+)?"
    r"([^\s,;.()]+(?:\s[^\s,;.()]+){0,2}?)\s*(?:patients|arms?|groups?|cohorts?)?,\s*respectively"
)
_NO_LABEL = re.compile(r"^\d|\b(?:who|those|did|not|a|median)\b")
_THE_RATES = re.compile(
    r"\b(?:they|these|both)\s+(?:were|was|had\s+(?:fallen|risen|dropped)\s+to)\b"
    r"|\bit\s+(?:was|increased|rose|fell|declined|decreased|dropped)\b|\b(?:the|its|their)\s+(?:corresponding\s+|respective\s+)?(?:rates?|figures|proportions|percentages|values|numbers)\b",
    re.IGNORECASE,
)
_AS_AGAINST = re.compile(
    r"\W*(?:and\s+)?(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"\s*(?:patients?|subjects?|cases?)?\s*(?:\([^()]*\)\s*)?(?:on|in|with|from|given|receiving)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|had|have|has|received|receiving|underwent|experienced|developed|required|completed|were|died|is|are)\b"
)
_SAME_PERIOD = re.compile(
    r"\b(?:during|in|over|within|at)\s+(?:that|this|the\s+same)\s+(?:period|time|interval|time\s+point)\b",
    re.IGNORECASE,
)
_AND_THEN = re.compile(r"\W*(?:and|but)\s+(?:in\s+)?[\w-]+\s+(?:in|of|with)\b", re.IGNORECASE)
_PATIENTS_NEXT = re.compile(r"\s+(?:[\w-]+\s+){0,3}?(?:patients?|adults|children)\b", re.IGNORECASE)
_DIRECTLY = 12
"""Characters from a count to the clause that says whom it counts."""
_PATIENT_COUNTS = frozenset(
    {"SCT", "infused_patients", "transfusion_need", "rbc_transfusion", "platelet_transfusion"}
)


def _of_arms_within(values: Sequence[Span], groups: Sequence[Span], carry: Carry, text: str) -> bool:
    """``in those with the mutation, 88% and 86%``: a figure an arm of the one subgroup named before them."""
    return (
        len(values) == len(carry.arms) > 1
        and len(groups) == 1
        and groups[0].ids not in {a.ids for a in carry.arms}
        and groups[0].end <= values[0].start
        and bool(carry.measures)
        and all_linked(values, text)
    )


class Pairing:
    """Pairs figures.

    Args:
        vocabulary: the field's terms (for kinds of measures).
        matchers: the review's lexicons.
    """

    def __init__(self, vocabulary: Vocabulary, matchers: Matchers) -> None:
        self.vocabulary = vocabulary
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
        if not values:
            return []
        if {m.ids for m in measures} == {("median_follow_up",)} and len({g.ids for g in groups}) > 1:
            groups = []  # one for all arms
        groups = named_each(groups, values)
        if not measures:
            return self._without_measure(values, groups, piece, text, carry)
        classes = sorted({self.measure_class(m) for m in measures})
        if len(classes) > 1:
            return self._by_class(classes, values, measures, groups, piece, text, carry)
        fitting = [v for v in values if self.fits(v, measures)]
        if any(v.unit == "amount" for v in fitting):  # "31 IU/dL in the 25 without them"
            fitting = [v for v in fitting if v.unit]
        rest = [v for v in values if v not in fitting]
        if len(fitting) > 1 and len(measures) == 1:
            shares = [v for v in fitting if v.unit == "%"]
            if (
                shares
                and len(shares) < len(fitting)
                and (not groups or len(shares) == len({g.ids for g in groups}))
            ):
                rest += [v for v in fitting if v not in shares]
                fitting = shares
        result: list[Pair] = [
            (v, None, tuple(groups) if len(groups) == 1 else nearest_group(v, groups), None) for v in rest
        ]
        return result + self._fitted(fitting, measures, groups, piece, text, carry)

    def _by_class(
        self,
        classes: Sequence[str],
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: Carry,
    ) -> list[Pair]:
        split: list[Pair] = []
        for name in classes:
            some = [m for m in measures if self.measure_class(m) == name]
            own = [v for v in values if self.fits(v, some) and of_class(v, name)]
            once = [m.ids for m in some] == [("median_follow_up",)]  # one for all arms
            split += self.pair(own, some, [] if once else groups, piece, text, Carry() if once else carry)
            values = [v for v in values if v not in own]
        return split + [(v, None, nearest_group(v, groups), None) for v in values]

    def _fitted(
        self,
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: Carry,
    ) -> list[Pair]:
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
        times = piece.of("time")
        same = _SAME_PERIOD.search(text, piece.start, piece.end)
        if not times and (same or continues_survival(piece, measures, carry, text)):
            times = list(carry.times)
        different = {g.ids: g for g in reversed(groups)}
        if n > 1 and len(different) == n < len(groups):
            groups = sorted(different.values(), key=lambda g: g.start)
        elif m == 1 and n > 1 and (len(groups) != n or groups[0].end <= values[0].start):
            own = [a.ids for a in carry.arms]
            after = [of_one_arm(g, own) for g in self._groups_after(values, piece, text)]
            named = {g.ids for g in after}
            heads = [g for g in groups if g.ids not in named and heads_sentence(g, text)] if after else []
            groups = [headed(g, heads) for g in after] or groups
        beside = arms_beside(values, piece.of("group"), carry.arms, text) if m == 1 else []
        if beside and not is_change(values, text):
            arms = {a.ids for a in carry.arms}
            heads = [g for g in piece.of("group") if g.end <= values[0].start and heads_sentence(g, text)]
            heads = [g for g in heads if g.ids not in arms]
            groups = [headed(g, heads) for g in beside]
        else:
            groups = contrasted(values, measures, groups, times, text, carry)
        carried: Sequence[Span] = groups or (carry.groups if len(carry.groups) > 1 else ())
        counted = any(
            v.unit == "patients" and not v.percent and v.total is None and v not in values
            for v in piece.values()
        )
        shared = tuple(groups) if groups else () if counted else carry.subset

        def time(measure: Span, value: Span) -> Span | None:
            if self.measure_class(measure) == "duration":  # its figure is a time
                return None
            return time_for(measure, value, times, measures)

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
            t = len(times)
            return [
                (v, measures[0], (groups[k // t],) if len(groups) > 1 else shared, times[k % t])
                for k, v in enumerate(values)
            ]
        if m == 1 and n > 1 and len(carried) == n and not is_change(values, text):
            return [
                (v, measures[0], (g,), time(measures[0], v)) for v, g in zip(values, carried, strict=True)
            ]
        if m > 1 and in_blocks(values, groups, m):
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
            own = shared if len(values) == 1 else nearest_group(v, near)
            timeless = self.measure_class(me) == "duration"
            result.append((v, me, own, None if timeless else time_for(me, v, times, measures)))
        undecided = [p for p in result if linked(p[0], values, text) and clashes(p, result)]
        return [(p[0], None, p[2], p[3]) if p in undecided else p for p in result]

    def _groups_after(self, values: Sequence[Span], piece: Piece, text: str) -> list[Span]:
        """``12 months with A versus 8 months with B``: the groups straight after each value, or none.

        Where a cycle or a time point follows, the group has no ids.
        """
        if len(values) == 2 and (both := _AFTER_BOTH.match(text, values[-1].end)):
            pair = [group_ids(both[k], self.matchers) for k in (1, 2)]
            if all(pair) and pair[0] != pair[1]:
                return [Span("group", *both.span(k), both[k], tuple(sorted(pair[k - 1]))) for k in (1, 2)]
        found = []
        for value in values:
            match = _AFTER_VALUE.match(text, value.end)
            label = (
                re.sub(r"\b(?:of|with)\s+an?\s+", lambda m: m[0].split()[0] + " ", match["label"])
                if match
                else ""
            )
            ids = group_ids(label, self.matchers)
            if not match or not ids or _NO_LABEL.search(label):
                return []
            if match["no"]:
                ids = frozenset(f"no-{i}" for i in ids)
            begin, end = match.span("label")
            timed = any(
                s.start < end and begin < s.end for kind in ("time", "cycle", "grade") for s in piece.of(kind)
            )
            whole = [g for g in piece.of("group") if g.start <= begin and end <= g.end]
            found.append(
                whole[0]
                if whole
                else Span("group", begin, begin, "", ())
                if timed
                else Span("group", begin, end, match["label"], tuple(sorted(ids)))
            )
        return found if any(g.ids for g in found) else []

    def _without_measure(
        self, values: list[Span], groups: list[Span], piece: Piece, text: str, carry: Carry
    ) -> list[Pair]:
        times = piece.of("time")
        result: list[Pair] = []
        results = [v for v in values if v.unit != "patients" or v.percent or v.total is not None]
        if (
            _THE_RATES.search(text, piece.start, piece.end)
            and len(results) > 1
            and (named := self._named_again(carry, len(results)))
        ):
            counts = [v for v in values if v not in results]
            return self._respective(results, groups, times, named, carry) + [
                (v, None, counted_group(v, groups, text), None) for v in counts
            ]
        measure = (
            carry.measures[-1]
            if carry.measures and not OWN_SUBJECT.match(text, piece.start, piece.end)
            else None
        )
        rates = bool(_THE_RATES.search(text, piece.start, piece.end))
        if len(times) == 0 and len(carry.times) == len(values) > 1:
            times = carry.times
        said = len(values) > 1 and "respectively" in text[values[-1].end : piece.end]
        for k, v in enumerate(values):
            graded = bool(piece.of("grade") or piece.of("cycle"))
            again = bool(groups) and (
                bool(_AND_THEN.match(text, piece.start) and not _PATIENTS_NEXT.match(text, v.end))
                or bool(_AS_AGAINST.match(text, piece.start))
                or (
                    {g.ids for g in groups} <= {a.ids for a in carry.arms}
                    and _ELLIPTIC.fullmatch(text, v.end, min(g.start for g in groups)) is not None
                    and not _VERB.search(text, piece.start, piece.end)
                )
            )
            qualified = (
                graded
                or again
                or bool(v.total is not None and groups)
                or ("=" not in v.text and v.percent != "" and bool(groups or times))
            )
            if v.unit == "patients" and not (measure and qualified and self.fits(v, [measure])):
                own = counted_group(v, groups, text)
                if said and len(groups) == len(values):
                    own = (groups[k],)
                elif said and len(carry.groups) == len(values):
                    own = (carry.groups[k], *groups)
                elif said and groups and len(carry.arms) == len(values):
                    own = (carry.arms[k], *groups)
                result.append((v, None, own, None))
                continue
            time = times[k] if len(times) == len(values) else (times[0] if len(times) == 1 else None)
            one = (groups[k],) if len(groups) == len(values) else nearest_group(v, groups)
            if len(groups) == 1 or len(values) == 1:
                one = tuple(groups)
            if _of_arms_within(values, groups, carry, text):
                one = (carry.arms[k], groups[0])
            if not groups and len(carry.groups) == len(values) > 1 and all_linked(values, text):
                one = (carry.groups[k],)
            fits = (
                measure is not None
                and self.fits(v, [measure])
                and v.unit in RATE_UNITS | TIME_UNITS | {"", "amount"}
            )
            if (
                rates
                and not groups
                and len(carry.groups) != len(values) == len(carry.arms)
                and all_linked(values, text)
            ):
                one = (carry.arms[k],)
            if not groups and not one and self._leads(carry):
                one = tuple(carry.groups)
            if fits and (groups or times or graded or rates):
                inherited = carry.times[-1] if carry.times and not time else time
                result.append((v, measure, one, inherited))
            else:
                result.append((v, None, one, time))
        return result

    @staticmethod
    def _leads(carry: Carry) -> bool:
        """``At 9 mg, CRS was of grade 1 in 19 and of grade 2 in six``: one group heads the whole sentence."""
        groups, measures = carry.groups, carry.measures
        return len(groups) == 1 and bool(measures) and groups[0].end <= measures[0].start

    @staticmethod
    def _named_again(carry: Carry, n: int) -> list[Span]:
        """The ``n`` measures that ``the rates`` mean; none where another number was named."""
        return next((m for m in (carry.measures, carry.recent) if len(m) == n), [])

    def _respective(
        self,
        values: Sequence[Span],
        groups: Sequence[Span],
        times: Sequence[Span],
        measures: Sequence[Span],
        carry: Carry,
    ) -> list[Pair]:
        """``the corresponding rates in the control arm were 29% and 47%``: one a measure named before."""
        times = times or carry.times
        return [
            (v, m if self.fits(v, [m]) else None, tuple(groups), time_for(m, v, times, measures))
            for v, m in zip(values, measures, strict=True)
        ]

    def measure_class(self, measure: Span) -> str:
        """``duration``, ``ratio`` or ``rate``: figures of one class are never given to another."""
        kind = self.vocabulary.term(measure.ids[0]).kind
        return kind if kind == "duration" else "ratio" if kind in {"ratio", "score", "pvalue"} else "rate"

    def fits(self, value: Span, measures: Sequence[Span]) -> bool:
        """Whether a figure's unit suits one of the measures."""
        kinds = {self.vocabulary.term(m.ids[0]).kind for m in measures}
        if value.unit in RATE_UNITS:
            counted = any(m.ids[0] in _PATIENT_COUNTS for m in measures)
            return counted or bool(kinds - {"duration", "pvalue", "ratio", "count"})
        if value.unit in TIME_UNITS or value.unit == "open":
            return "duration" in kinds
        if value.unit in {"", "range"}:
            return bool(kinds & {"ratio", "score", "amount", "pvalue", "duration", "count"})
        if value.unit == "amount":
            over_time = YEARLY in value.ids and bool(kinds - {"duration", "pvalue", "ratio"})
            return over_time or bool(kinds & {"amount", "score", "count"})
        return False
