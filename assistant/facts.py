"""The reader of facts: which figure belongs to which measure, time point, group, grade and cycle.

The same reader serves a review's sentences and cells, and an answer before it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_context import (
    STATISTICS,
    between,
    counted_events,
    glosses,
    in_definition,
    incidence_of,
    is_bound,
    is_enrolment,
    without_bases,
    without_causes,
    without_conceded,
)
from assistant.facts_durations import duration_values
from assistant.facts_figures import readied
from assistant.facts_groups import Ids, References, arm_spans
from assistant.facts_kinds import Kinds
from assistant.facts_linking import RATE_UNITS, Carry, Pair, arm_ids, heads_sentence, of_one_arm
from assistant.facts_pairing import Pairing
from assistant.facts_pieces import QUALIFIERS, Piece, cut, joined_counts, nested
from assistant.facts_settling import (
    SPECIAL,
    changes,
    decided,
    each,
    graded_as,
    graded_parts,
    listed_parts,
    near,
    of_those,
    one_arm,
    parts_apart,
    shared_grade,
    shared_group,
    special,
    spread_fact,
    threshold,
    whole_of_grades,
    with_all_grades,
    without_grades_in_blocks,
)
from assistant.facts_sized import smaller_parts, with_sizes
from assistant.model import Fact
from assistant.spans import Span, opposite, scan
from assistant.text import fold
from assistant.vocabulary import Matchers, Vocabulary

_ANAPHORA = re.compile(
    r"\b(?:whose|their|these\s+patients|those\s+patients|among\s+(?:them|these|those)|of\s+(?:these|whom|them|those)|"
    r"in\s+(?:this|that)\s+(?:group|arm|cohort|subgroup)|they|this\s+(?:group|subgroup|cohort|arm))\b",
    re.IGNORECASE,
)
_ASSOCIATED = re.compile(
    r"\b(?:associat|correlat|predict|determin|influenc|affect|prognostic|factor)\w*", re.IGNORECASE
)
_TESTED = re.compile(
    r"[^;]*?\b(?:associated\s+with|correlated\s+with|predict\w*(?:\s+(?:for|of))?|risk\s+factors?\s+for|effect\s+on|impact\s+on)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:while|whereas|but|and\s+(?:was|were))\b|;", re.IGNORECASE)
"""``A (HR 0.3) was associated with less GVHD``: what the ratio is of stands behind it."""
_RATIO_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}?", re.IGNORECASE)
_ONE_OUTCOME = {"CIR/PD": "CIR", "relapse/PD": "relapse"}
"""``relapse/progression`` is what other reports call relapse."""
_CORRESPONDING = re.compile(
    r"\bthe\s+(?:corresponding|respective)\s+(?:rates?|figures|proportions|percentages|values|numbers)\b"
    r"|^\W*(?:the|this|a\s+similar|the\s+same)\s+(?:\w+\s+)?(?:benefit|advantage|improvement|gain|superiority|difference|pattern|effect)\b"
    r"|^\W*(?:it|they|this|these)\s+(?:was|were|occurred|proved)\s+(?:also\s+)?(?:more|less|most|least|equally|similarly|highest|lowest|higher|lower)\b",
    re.IGNORECASE,
)
"""Means the measure of the sentence before."""
_IN_ORDER = re.compile(r"\bin (?:that|this) order\b", re.IGNORECASE)
_BESIDE = re.compile(r"\W{0,2}(?:\s+(?:arms?|groups?|cohorts?|patients))?\s*[(\[]", re.IGNORECASE)


def _adds_up(parts: Sequence[Fact], whole: Fact) -> bool:
    """``7 patients had a delay (1 on A and 6 on B)``: whether the parts are those of the whole."""
    counted = all(f.attribute == "n_patients" and f.group and f.n is not None for f in parts)
    return counted and len(parts) > 1 and sum(f.n or 0 for f in parts) == whole.n


_COMPARATIVE = re.compile(
    r"\b(?:longer|shorter|better|worse|superior|inferior|improved|prolonged|higher|lower)\b[^,;:.]*$",
    re.IGNORECASE,
)


def _of_comparative(piece: Piece, text: str, named: Sequence[Span]) -> list[Span]:
    """``survival was longer after a resection than without (HR 0.2)``: the ratio is of what was longer."""
    match = _COMPARATIVE.search(text, 0, piece.start - 1)
    return [m for m in named if match and m.end <= match.start()][-1:]


class FactReader:
    """Reads facts from text with one review's matchers.

    Args:
        vocabulary: the field's terms (for kinds of measures).
        matchers: the review's lexicons.
    """

    def __init__(self, vocabulary: Vocabulary, matchers: Matchers) -> None:
        self.vocabulary = vocabulary
        self.matchers = matchers
        self._kinds = Kinds(vocabulary)
        self._pairing = Pairing(self._kinds, matchers)
        self._last: tuple[tuple[object, ...], list[Span]] | None = None
        """The text scanned last, with its spans: its groups are often wanted as well as its facts."""

    def read(
        self,
        text: str,
        arms: Mapping[str, frozenset[str]] | None = None,
        before: Sequence[Span] = (),
        earlier: Sequence[Span] = (),
        sizes: Mapping[int, frozenset[str]] | None = None,
    ) -> list[Fact]:
        """The facts ``text`` states, in order of place; study and passage are left empty.

        Args:
            text: one sentence, or one item of a table cell.
            arms: labels of the study's own arms, with their group ids, in the order of the arms.
            before: groups of the sentence before, for ``their``, ``these patients``, ``the former``.
            earlier: measures and times of the sentence before, for ``the corresponding rates``.
            sizes: number of patients -> group ids of the one arm of that size.
        """
        text = _IN_ORDER.sub(lambda m: "respectively".ljust(len(m[0])), fold(text))
        own = arm_ids(list(dict.fromkeys((arms or {}).values())))
        spans = [
            s for s in without_causes(self._resolved(text, arms, before), text) if s.ids[:1] not in STATISTICS
        ]
        spans = [
            s for i, s in enumerate(spans) if s.ids != ("incidence",) or not incidence_of(i, spans, text)
        ]
        spans = with_all_grades(without_conceded(spans, text), text)
        spans = counted_events(readied(glosses(spans, text), text, own), text)
        spans = [
            s
            for s in duration_values(joined_counts(spans, text), text, self._kind)
            if not in_definition(s, text)
        ]
        carry = Carry()
        if len(own) > 1:
            labels = {tuple(sorted(ids)): label for label, ids in reversed(list((arms or {}).items()))}
            carry.arms = arm_spans(own, labels, 0)
            if sizes:
                of_size = {n: tuple(sorted(ids)) for n, ids in sizes.items()}
                spans = with_sizes(spans, text, of_size, labels)
        if before and _ANAPHORA.search(text):
            carry.subset = tuple(before)
        again = _CORRESPONDING.search(text) if earlier else None
        if again and not any(s.kind == "measure" and s.start < again.start() for s in spans):
            rates = [s for s in earlier if s.kind == "measure" and self._kinds.measure_class(s) == "rate"]
            carry.measures, carry.times = rates[-1:], [s for s in earlier if s.kind == "time"][-1:]
        outer, inner = nested(spans, text)
        facts: list[Fact] = []
        for piece in cut(Piece(0, len(text), tuple(outer)), text):
            facts += self._attach(piece, text, carry)
        for piece in inner:
            facts += self._inside(piece, text, facts, outer, carry)
        facts = of_those(one_arm(sorted(facts, key=lambda f: f.start), own), text)
        facts = [replace(f, attribute="") if is_bound(f, text) else f for f in without_bases(facts, text)]
        facts = without_grades_in_blocks(whole_of_grades(facts, text), spans)
        facts = smaller_parts(facts, text)
        return decided(parts_apart(shared_group(shared_grade(listed_parts(facts, text), text), text), text))

    def named(self, text: str, arms: Mapping[str, frozenset[str]] | None = None) -> list[Span]:
        """The measures ``text`` names."""
        return [s for s in self._resolved(fold(text), arms, ()) if s.kind == "measure"]

    def groups(
        self, text: str, arms: Mapping[str, frozenset[str]] | None = None, before: Sequence[Span] = ()
    ) -> list[Span]:
        """The groups ``text`` names."""
        return [s for s in self._resolved(fold(text), arms, before) if s.kind == "group"]

    def _resolved(
        self, text: str, arms: Mapping[str, frozenset[str]] | None, before: Sequence[Span]
    ) -> list[Span]:
        own = arm_ids(list(dict.fromkeys((arms or {}).values())))
        key = (text, tuple((arms or {}).items()))
        last = self._last
        if last is None or last[0] != key:
            last = self._last = (key, scan(text, self.matchers, arms))
        spans = [
            replace(s, ids=(_ONE_OUTCOME[s.ids[0]], *s.ids[1:])) if s.ids and s.ids[0] in _ONE_OUTCOME else s
            for s in References(own, before).resolve(last[1], text)
        ]
        texts = {s.ids: s.text for s in reversed(spans) if s.kind == "group"}
        return [of_one_arm(self._known(s, texts), own) for s in spans]

    def _known(self, span: Span, texts: Mapping[tuple[str, ...], str]) -> Span:
        """A negated group under the vocabulary's own name, where it has one."""
        ids = tuple(i.removeprefix("no-") for i in span.ids)
        if span.kind != "group" or ids == span.ids or ids not in texts:
            return span
        return replace(span, ids=opposite(ids, texts[ids], self.matchers))

    def _kind(self, measure: Span) -> str:
        return self.vocabulary.term(measure.ids[0]).kind

    # -- attaching --------------------------------------------------------------------------------

    def _attach(self, piece: Piece, text: str, carry: Carry) -> list[Fact]:
        values = [v for v in piece.values() if v.unit != "limit"]
        measures = piece.firm()
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
            if i == 0 or g.ids != used[i - 1].ids or between(used[i - 1], g, values)
        ]
        own_threshold = threshold(piece, text, carry)
        enrolled = [
            v
            for v in values
            if measures and is_enrolment(v, text, has_measure_before=any(m.start < v.start for m in measures))
        ]
        values = [v for v in values if v not in enrolled]
        pairs = self._pairing.pair(enrolled, [], used, piece, text, Carry(arms=carry.arms))
        pairs += self._pairing.pair(values, measures, used, piece, text, carry)
        pairs = [self._within(p, carry) for p in pairs]
        for value, measure, group, time in pairs:
            ratio = measure is not None and self._kinds.measure_class(measure) == "ratio"
            of = self._compared(carry.measures) if ratio else ""
            if ratio and measure is not None:
                of = self._ratio_of(measure, piece, text) or of
            for part in each(group):
                part = (*part, *own_threshold) if measure else part
                fact = replace(self._fact(value, measure, part, time, piece), of=of)
                facts.append(graded_as(fact, measure, piece, carry, text))
        facts = changes(facts, text, carry.arms)
        facts += self._qualifying(piece, facts, carry, text)
        carry.remember(piece)
        return facts

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

    def _inside(
        self, piece: Piece, text: str, facts: Sequence[Fact], outer: Sequence[Span], carry: Carry
    ) -> list[Fact]:
        """The facts of a bracket, which may qualify the figures before it."""
        before = [
            f
            for f in facts
            if f.start < piece.start and f.attribute and f.attribute not in {"p_value", "CI", "n_patients"}
        ]
        if piece.of("grade") and not piece.firm() and before:
            return graded_parts(piece, max(before, key=lambda f: f.start), self._fact)
        local = Carry(measures=[], arms=carry.arms)
        found = self._attach(piece, text, local)
        last = max(before, key=lambda f: f.start) if before else None
        found = [self._of_whom(f, piece, text, last, outer) for f in found]
        groups = [s for s in outer if s.kind == "group" and s.end <= piece.start]
        if last is not None and last.attribute in {"HR", "OR", "RR"}:
            groups = [g for g in groups if g.start >= last.end]
        arms = {g.ids for g in carry.arms}
        inherited = tuple(g for g in groups if g.ids not in arms)
        if any(f.attribute in {"HR", "OR", "RR"} for f in found):
            named = [
                s
                for s in outer
                if s.kind == "measure" and s.end <= piece.start and self._kinds.measure_class(s) != "ratio"
            ]
            named = [m for m in named if not m.dual] or named  # "PFS of those transplanted (HR 2.0)"
            named = self._associated(piece, text, outer) or _of_comparative(piece, text, named) or named
            return [self._of_compared(f, last, named[-1:], inherited) for f in found]
        if last is not None and last.unit == "patients" and _adds_up(found, last):
            return [replace(f, attribute=last.attribute, grade=f.grade or last.grade) for f in found]
        if heads := [
            g for g in groups if g.ids not in arms and g.end <= piece.start and heads_sentence(g, text)
        ]:
            found = [self._headed(f, heads) for f in found]
        counts = [f for f in found if f.unit != "amount"]
        if counts and all(f.attribute == "n_patients" and not f.group for f in counts):
            close = [g for g in groups if _BESIDE.fullmatch(text, g.end, piece.start)]
            dose = next(
                (s for s in outer if s.unit == "amount" and _BESIDE.fullmatch(text, s.end, piece.start)), None
            )
            close = close or self._arm_before(piece, groups, arms, text)
            if dose is not None and not close:
                close = [replace(dose, kind="group", ids=(re.sub(r"[\s/]+", "-", dose.text),))]
            if close:
                return [replace(f, group=frozenset(close[-1].ids), group_label=close[-1].text) for f in found]
            return [replace(f, attribute="") for f in found]
        return found

    @staticmethod
    def _of_whom(fact: Fact, piece: Piece, text: str, last: Fact | None, outer: Sequence[Span]) -> Fact:
        """``in the elderly (ORR 71%) and with ascites (67%)``: a bracket is of the group named since the last one.

        A share without a measure is of the one that the bracket before it named.
        """
        if fact.group or fact.unit not in RATE_UNITS or fact.attribute == "n_patients":
            return fact
        begin = max(text.rfind(")", 0, piece.start - 1), text.rfind(";", 0, piece.start - 1)) + 1
        named = [s for s in outer if s.kind == "group" and begin <= s.start and s.end <= piece.start]
        if len(named) != 1:
            return fact
        if any(named[0].end <= s.start < piece.start and s.kind in {"value", "measure"} for s in outer):
            return fact
        goes_on = last is not None and last.start > 0 and last.group and text[:begin].endswith(")")
        if not fact.attribute and (last is None or not goes_on or last.end > begin):
            return fact
        attribute = fact.attribute or (last.attribute if last else "")
        time = fact.time_point or (last.time_point if last and not fact.attribute else "")
        return replace(
            fact,
            attribute=attribute,
            time_point=time,
            group=frozenset(named[0].ids),
            group_label=named[0].text,
        )

    @staticmethod
    def _headed(fact: Fact, heads: Sequence[Span]) -> Fact:
        """``In patients without it, no difference was found (CR 47% vs. 46%)``: the figures are of those told first."""
        ids = {i for h in heads for i in h.ids}
        if not fact.attribute or fact.attribute == "n_patients" or ids <= fact.group:
            return fact
        label = " ".join((*(h.text for h in heads), fact.group_label)).strip()
        return replace(fact, group=fact.group | ids, group_label=label)

    @staticmethod
    def _arm_before(piece: Piece, groups: Sequence[Span], arms: Collection[Ids], text: str) -> list[Span]:
        """The one arm named since the bracket before: ``to A plus tacrolimus (n = 20) or to B (n = 20)``."""
        begin = max(text.rfind(")", 0, piece.start - 1), text.rfind(";", 0, piece.start - 1)) + 1
        named = [g for g in groups if g.start >= begin and g.ids in arms]
        return named[:1] if len({g.ids for g in named}) == 1 else []

    def _associated(self, piece: Piece, text: str, outer: Sequence[Span]) -> list[Span]:
        """The measure that what stands before a bracket is said to be associated with, named behind it; or none."""
        plain = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), text)
        match = _TESTED.match(plain, piece.end)
        if match is None or _TURNS.search(plain, piece.end, match.end()):
            return []
        behind = [s for s in outer if s.kind == "measure" and s.start >= match.end()]
        return [s for s in behind if self._kinds.measure_class(s) != "ratio"][:1]

    def _of_compared(
        self, fact: Fact, last: Fact | None, measure: Sequence[Span], groups: Sequence[Span]
    ) -> Fact:
        of = fact.of
        if fact.attribute in {"HR", "OR", "RR", "p_value"}:
            of = self._compared(measure) or (last.attribute.removeprefix("median_") if last else "")
        if measure and last is not None and last.attribute != measure[0].ids[0]:
            last = None
        named = (
            frozenset(i for g in groups for i in g.ids)
            if last is None or last.group & {i for g in groups for i in g.ids}
            else None
        )
        group = fact.group or (named or frozenset())
        label = fact.group_label or (" ".join(g.text for g in groups) if group and not fact.group else "")
        return replace(
            fact,
            of=of,
            time_point=fact.time_point or (last.time_point if last else ""),
            group=group,
            group_label=label,
        )

    def _compared(self, measures: Sequence[Span]) -> str:
        own = [m for m in measures if self._kinds.measure_class(m) != "ratio"]
        return own[-1].ids[0].removeprefix("median_") if own else ""

    # -- making facts -----------------------------------------------------------------------------

    def _fact(
        self, value: Span, measure: Span | None, groups: tuple[Span, ...], time: Span | None, piece: Piece
    ) -> Fact:
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
            grade=near(value, piece, "grade", measure),
            cycle=near(value, piece, "cycle", measure),
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
