"""Facts of one piece of a sentence: its figures, each with what it belongs to, and what qualifies them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_carry import Carry, Pair, keep_turn
from assistant.facts_changes import changes
from assistant.facts_counts import is_enrolment
from assistant.facts_grades import grade_or_cycle, graded_as
from assistant.facts_kinds import Kinds
from assistant.facts_nearest import nearest_group
from assistant.facts_no_results import is_whole
from assistant.facts_pairing import Pairing
from assistant.facts_pieces import QUALIFIERS, Piece
from assistant.facts_qualifying import SPECIAL, each, special, spread_fact, threshold
from assistant.model import Fact
from assistant.spans import Span
from assistant.vocabulary import Matchers, Vocabulary

_ASSOCIATED = re.compile(
    r"\b(?:associat|correlat|predict|determin|influenc|affect|prognostic|factor)\w*", re.IGNORECASE
)
_RATIO_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}?", re.IGNORECASE)


class Attaching:
    """Makes facts of a piece's figures.

    Args:
        vocabulary: the field's terms.
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, vocabulary: Vocabulary, kinds: Kinds, matchers: Matchers) -> None:
        self.vocabulary = vocabulary
        self._kinds = kinds
        self._pairing = Pairing(kinds, matchers)

    def attach(self, piece: Piece, text: str, carry: Carry) -> list[Fact]:
        """The facts of a piece; what it names is then carried on to the next."""
        values = [v for v in piece.values() if v.unit != "limit"]
        measures = self._without_compared(piece.firm(), text)
        facts = [special(v) for v in values if v.unit in SPECIAL]
        values = [v for v in values if v.unit not in SPECIAL]
        used = [
            g
            for g in piece.of("group")
            if not any(m.dual and m.start < g.end and g.start < m.end for m in measures)
        ]
        used = [
            g
            for i, g in enumerate(used)
            if i == 0 or g.ids != used[i - 1].ids or _between(used[i - 1], g, values)
        ]
        own_threshold = threshold(piece, text, carry)
        enrolled = [
            v
            for v in values
            if measures and is_enrolment(v, text, has_measure_before=any(m.start < v.start for m in measures))
        ]
        values = [v for v in values if v not in enrolled]
        wholes = [v for v in values if (measures or carry.measures) and is_whole(v, text)]
        values = [v for v in values if v not in wholes]
        pairs = self._pairing.pair(enrolled, [], used, piece, text, Carry(arms=carry.arms))
        infused = {
            v: m
            for v in wholes
            for m in measures
            if m.ids[0] == "infused_patients" and 0 < m.start - v.end <= 1
        }
        measures = [m for m in measures if m not in infused.values()]
        pairs += [(v, infused.get(v), nearest_group(v, used), None) for v in wholes]
        pairs += self._pairing.pair(values, measures, used, piece, text, carry)
        pairs = [self._within(p, carry) for p in pairs]
        for value, measure, group, time in pairs:
            ratio = measure is not None and self._kinds.measure_class(measure) == "ratio"
            of = self.compared(carry.measures) if ratio else ""
            if ratio and measure is not None:
                of = self._ratio_of(measure, piece, text) or of
            for part in each(group):
                part = (*part, *own_threshold) if measure else part
                fact = replace(self.fact(value, measure, part, time, piece), of=of)
                facts.append(graded_as(fact, measure, piece, carry, text))
        facts = changes(facts, text, carry.arms)
        facts += self._qualifying(piece, facts, carry, text)
        keep_turn(piece, pairs, carry, text)
        carry.remember(piece)
        return facts

    def _without_compared(self, measures: list[Span], text: str) -> list[Span]:
        """``(18-month rate, 77% vs. 69%; hazard ratio for death, 0.70)``: the deaths are the ratio's alone."""
        ratios = [m for m in measures if self._kinds.measure_class(m) == "ratio"]
        kept = [
            m
            for m in measures
            if m in ratios or not any(_RATIO_OF.fullmatch(text, r.end, m.start) for r in ratios)
        ]
        return kept or measures

    def _ratio_of(self, ratio: Span, piece: Piece, text: str) -> str:
        """The measure of ``hazard ratio of death for A compared with B``; "" where none follows."""
        named = [m for m in piece.of("measure") if _RATIO_OF.fullmatch(text, ratio.end, m.start)]
        return named[0].ids[0].removeprefix("median_") if named else ""

    @staticmethod
    def _within(pair: Pair, carry: Carry) -> Pair:
        """``Among the 57 with a mutation, PFS was 76% on A``: an arm's figure is of those counted before."""
        value, measure, groups, time = pair
        arms = {a.ids for a in carry.arms}
        subset = carry.subset
        if not measure or not groups or not subset or any(s.ids in arms for s in subset):
            return pair
        if not all(g.ids in arms for g in groups):
            return pair
        return value, measure, (*subset, *groups), time

    def compared(self, measures: Sequence[Span]) -> str:
        """What a ratio after ``measures`` compares: the last of them that is none itself; "" where all are."""
        own = [m for m in measures if self._kinds.measure_class(m) != "ratio"]
        return own[-1].ids[0].removeprefix("median_") if own else ""

    def fact(
        self, value: Span, measure: Span | None, groups: tuple[Span, ...], time: Span | None, piece: Piece
    ) -> Fact:
        """The fact of a figure; what it measures is "" where no measure is given and it counts no patients."""
        counted = value.unit == "patients" and (bool(groups) or not value.percent)
        attribute = measure.ids[0] if measure else ("n_patients" if counted else "")
        early = f"{time.ids[0]}_mortality" if time and time.ids and attribute == "deaths" else ""
        if early in self.vocabulary.measures:
            attribute, time = early, None
        return Fact(
            "",
            attribute,
            value.text,
            "",
            unit=value.unit,
            comparator=value.comparator,
            time_point=time.ids[0] if time and time.ids else "",
            group=frozenset(i for g in groups for i in g.ids),
            group_label=" ".join(dict.fromkeys(g.text for g in groups)),
            grade=grade_or_cycle(value, piece, "grade", measure),
            cycle=grade_or_cycle(value, piece, "cycle", measure),
            n=value.n,
            total=value.total,
            percent=value.percent,
            start=value.start,
            end=value.end,
        )

    def _qualifying(self, piece: Piece, facts: Sequence[Fact], carry: Carry, text: str) -> list[Fact]:
        """p-values and intervals, each with the measure it belongs to."""
        found = []
        for span in piece.spans:
            if span.kind != "value" or span.unit not in QUALIFIERS:
                continue
            before = [
                f for f in facts if f.start < span.start and f.attribute and f.attribute != "n_patients"
            ]
            last = max(before, key=lambda f: f.start) if before else None
            of = last.attribute if last else (carry.measures[-1].ids[0] if carry.measures else "")
            named = [m for m in piece.of("measure") if m.end <= span.start]
            if span.unit == "pvalue" and named and named[-1].start >= (last.end if last else 0):
                between = [v for v in piece.values() if named[-1].end <= v.start < span.start]
                tested = "" if _ASSOCIATED.search(text, piece.start, span.start) else named[-1].ids[0]
                last, of = (last, of) if between and last else (None, tested)
            if span.unit == "pvalue" and last is not None and last.of:
                of = last.of
            if span.unit == "pvalue" and of in {"median_follow_up", "median_age"} and not named:
                of = ""
            if span.unit == "spread":
                found += spread_fact(span, last, text)
                continue
            found.append(
                Fact(
                    "",
                    {"pvalue": "p_value", "ci": "CI"}[span.unit],
                    span.text,
                    "",
                    unit=span.unit,
                    comparator=span.comparator,
                    time_point=last.time_point if last else "",
                    grade=last.grade if last and span.unit == "pvalue" and last.attribute == of else "",
                    group=last.group if last and span.unit == "ci" else frozenset(),
                    group_label=last.group_label if last and span.unit == "ci" else "",
                    of=of,
                    start=span.start,
                    end=span.end,
                )
            )
        return found


def _between(first: Span, second: Span, values: Sequence[Span]) -> bool:
    """Whether a figure stands _between two groups."""
    return any(first.end <= v.start < second.start for v in values)
