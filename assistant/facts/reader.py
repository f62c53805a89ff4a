"""The reader of facts: which figure belongs to which measure, time point, group, grade and cycle.

The same reader serves a review's sentences and cells, and an answer before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.asides import (
    without_all_did,
    without_ascribed,
    without_conceded,
    without_definitions,
    without_freed,
    without_glosses,
    without_incidence,
    without_nobodys,
    without_nothing,
    without_rules,
    without_times_of_states,
    without_vanished,
)
from assistant.facts.attaching import Attaching
from assistant.facts.beside import (
    of_cohorts_told,
    of_them_alone,
    split_sizes,
    without_both,
    without_left_out,
    without_likewise,
    without_others_grades,
    without_parts_of_each,
    without_shares_of_study,
    without_told_of_some,
    without_unchanged,
    without_units,
    without_whom,
)
from assistant.facts.brackets import Brackets
from assistant.facts.carry import Carry
from assistant.facts.causes import without_causes, without_reasons_counted
from assistant.facts.controls import controls_named, crossed_over, of_both_arms
from assistant.facts.counts import (
    counted_beside,
    counted_events,
    counted_in_lists,
    joined_counts,
    joined_lists,
)
from assistant.facts.cutting import cut
from assistant.facts.divided import WHOLE, Divided, opening_groups, sets_apart, unsaid_arms, within
from assistant.facts.doses import with_cohorts, with_dose_groups
from assistant.facts.durations import duration_values, recovery_gone_on
from assistant.facts.elliptic import (
    headings,
    main_clause_resumed,
    measures_repeated,
    ones_named,
    outcome_repeated,
    parts_repeated,
    rates_repeated,
    ratios_repeated,
)
from assistant.facts.figures import readied, without_criteria
from assistant.facts.followed import follow_up_apart
from assistant.facts.given import given_apart
from assistant.facts.grades import (
    whole_of_grades,
    with_all_grades,
    without_grades_in_blocks,
    without_no_grades,
)
from assistant.facts.groups import arm_ids, arm_spans, in_order_named, of_one_arm, within_part
from assistant.facts.idle import without_headwords, without_idle, without_of_people
from assistant.facts.incidence import incidence_meant
from assistant.facts.kinds import RATIOS, Kinds
from assistant.facts.listed import graded_lists, shared_grade, shared_group, shared_time
from assistant.facts.no_results import (
    without_bases,
    without_bounds,
    without_limits,
    without_no_results,
    without_nobody,
)
from assistant.facts.one_by_one import told_by_dose, told_by_treatment
from assistant.facts.onsets import lengths_of_events
from assistant.facts.parts import (
    decided,
    listed_parts,
    of_all_parts,
    of_arm_counted,
    of_those,
    one_arm,
    parts_apart,
    predicates_apart,
    smaller_parts,
)
from assistant.facts.pieces import Piece, nested
from assistant.facts.reach import with_time_of_sentence, without_lengths
from assistant.facts.references import References
from assistant.facts.resumed import (
    aside_closed,
    asides_of_group,
    grades_in_brackets,
    of_last_clause,
    without_kinds_in_brackets,
    without_listed_in_brackets,
    without_mostly,
    without_none_of,
    without_outdone,
)
from assistant.facts.sides import outsiders_apart
from assistant.facts.sized import of_their_arms, sizes_apart, with_sizes
from assistant.facts.spelling import in_place, spelled_out, unemphasised
from assistant.facts.unarmed import split_otherwise
from assistant.model import Fact
from assistant.spans.opposite import opposite
from assistant.spans.relative import without_nouns
from assistant.spans.scan import scan
from assistant.spans.span import Span
from assistant.text.text import fold
from assistant.vocabulary.vocabulary import Matchers, Vocabulary

_ANAPHORA = re.compile(
    r"\b(?:whose|their|these\s+patients|those\s+patients|among\s+(?:them|these|those)|of\s+(?:these|whom|them|those)|"
    r"(?:in|among)\s+(?:these|those)\s+\d+(?=\s*,|\s+patients\b)|in\s+(?:this|that)\s+(?:group|arm|cohort|subgroup)|they|this\s+(?:group|subgroup|cohort|arm))\b",
    re.IGNORECASE,
)
_ONE_OUTCOME = {"CIR/PD": "CIR", "relapse/PD": "relapse"}
"""``relapse/progression`` is what other reports call relapse."""
_CORRESPONDING = re.compile(
    r"\bthe\s+(?:corresponding|respective)\s+(?:rates?|figures|proportions|percentages|values|numbers)\b"
    r"|\bthe\s+(?:two\s+)?(?:rates|figures|proportions|percentages)\s+(?:(?:in|for|with|on|among)\s+[^,;]{1,40}\s+)?(?:were|was|had|rose|fell|reached)\b"
    r"|^\W*(?:the|this|an?(?:\s+similar)?|the\s+same|no|any)\s+(?:\w+\s+)?(?:benefit|advantage|improvement|gain|superiority|difference|pattern|effect|reduction|decrease)\b"
    r"|^\W*(?:it|they|this|these)\s+(?:was|were|occurred|proved)\s+(?:also\s+)?(?:more|less|most|least|equally|similarly|highest|lowest|higher|lower)\b",
    re.IGNORECASE,
)
"""Means the measure of the sentence before."""
_LESS = re.compile(r"\b(?:reduction|decrease)\b", re.IGNORECASE)
_WHO_WERE = re.compile(r"\b(?:patients|those|adults|children)\s+who\s+(?:were|had\s+been|remained)\s+$")
"""``patients who were MRD-positive``: whom, and no measure."""
_POINTS_BACK = re.compile(
    r"benefit|advantage|improvement|gain|superiority|difference|pattern|effect|reduction|decrease",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"^\W*(?:it|this|this\s+rate|the\s+rate)\s+(?:was|reached|came\s+to|amounted\s+to)\s+(?:only\s+|just\s+|even\s+|as\s+(?:high|low)\s+as\s+)?(?=\d)",
    re.IGNORECASE,
)
"""Means the one rate of the sentence before."""
_STATISTICS = {("CI",), ("p_value",)}
_WITHOUT_ASIDES = (
    without_rules,
    without_all_did,
    without_ascribed,
    without_shares_of_study,
    without_unchanged,
    without_left_out,
    without_others_grades,
    without_units,
    without_told_of_some,
    without_parts_of_each,
    without_whom,
    without_likewise,
    without_both,
    without_incidence,
    incidence_meant,
    without_nothing,
    without_nobodys,
    without_freed,
    with_dose_groups,
    without_conceded,
    without_no_grades,
    without_vanished,
    with_all_grades,
    without_glosses,
    without_idle,
    without_headwords,
    without_of_people,
    without_outdone,
    without_listed_in_brackets,
    without_mostly,
    without_kinds_in_brackets,
    without_none_of,
    without_reasons_counted,
)
_COUNTS = (counted_beside, counted_events, counted_in_lists, joined_lists, joined_counts)
_AS_A_WHOLE = (
    smaller_parts,
    predicates_apart,
    without_no_results,
    listed_parts,
    shared_grade,
    shared_group,
    shared_time,
    parts_apart,
    of_them_alone,
    asides_of_group,
    of_arm_counted,
    split_sizes,
    of_cohorts_told,
)
"""What is done to the spans and facts of a text, in this order."""


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
        self._attaching = Attaching(vocabulary, self._kinds, matchers)
        self._brackets = Brackets(self._attaching, self._kinds)
        self._last: tuple[tuple[object, ...], list[Span]] | None = None
        """The text scanned last, with its spans: its groups are often wanted as well as its facts."""

    def read(
        self,
        text: str,
        arms: Mapping[str, frozenset[str]] | None = None,
        before: Sequence[Span] = (),
        earlier: Sequence[Span] = (),
        sizes: Mapping[int, frozenset[str]] | None = None,
        divided: Divided = WHOLE,
        *,
        compared: bool = True,
    ) -> list[Fact]:
        """The facts ``text`` states, in order of place; study and passage are left empty.

        Args:
            text: one sentence, or one item of a table cell.
            arms: labels of the study's own arms, with their group ids, in the order of the arms.
            before: groups of the sentence before, for ``their``, ``these patients``, ``the former``.
            earlier: measures and times of the sentence before, for ``the corresponding rates``.
            sizes: number of patients -> group ids of the one arm of that size.
            divided: those of ``arms`` that were not set against each other.
            compared: whether the study sets its arms against each other.
        """
        arms = arms or {}
        text, moved = spelled_out(fold(text))
        spans = self._spans(text, arms, before, divided)
        own = unsaid_arms(arm_ids(arms), divided, spans, text)
        spans, opening = opening_groups(spans, divided, own, text)
        carry = self._carry(text, spans, before, earlier)
        spans = [s for s in spans if not (carry.measures and s.kind == "measure" and _is_of_before(s, text))]
        spans = [s for s in spans if s.kind != "measure" or not _is_whom(s, text)]
        if len(own) > 1:
            labels = {tuple(sorted(ids)): label for label, ids in reversed(list(arms.items()))}
            carry.arms = arm_spans(in_order_named(own, spans, text), labels)
            carry.compared = compared
            by_size = {n: tuple(sorted(i)) for n, i in (sizes or {}).items()}
            if (helped := with_sizes(spans, text, by_size, labels)) != spans:
                plain = self._settled(spans, text, replace(carry), own, sizes, opening)
                told = self._settled(helped, text, carry, own, sizes, opening)
                better = of_their_arms(plain, by_size) > of_their_arms(told, by_size)
                return [in_place(f, moved) for f in (plain if better else told)]
        return [in_place(f, moved) for f in self._settled(spans, text, carry, own, sizes, opening)]

    def _settled(
        self,
        spans: list[Span],
        text: str,
        carry: Carry,
        own: Sequence[tuple[str, ...]],
        sizes: Mapping[int, frozenset[str]] | None,
        opening: Sequence[Span],
    ) -> list[Fact]:
        """The facts that the spans of a text make, each with its arm, in order of place."""
        spans, sized = sizes_apart(spans, text)
        spans, given = given_apart(spans, text, self.matchers)
        spans, followed = follow_up_apart(spans, text)
        spans, outside = outsiders_apart(spans, text, self.matchers)
        sized += given
        sized += [f for piece in (*followed, *outside) for f in self._attaching.attach(piece, text, Carry())]
        facts = [*split_otherwise(self._attached(spans, text, carry), sizes or {}, text), *sized]
        facts = of_all_parts(one_arm(sorted(facts, key=lambda f: f.start), own))
        facts = of_both_arms(facts, own, spans, text)
        facts = within(of_those(facts, text), opening)
        facts = [replace(f, time_point="") if self._is_median(f) else f for f in _settled(facts, spans, text)]
        return without_limits(decided(facts), text)

    def _is_median(self, fact: Fact) -> bool:
        """Whether a fact is a length of time, or what was tested of one: it is of no time point."""
        told = fact.of if (fact.attribute,) in _STATISTICS else fact.attribute
        is_length = told.startswith("median_") and self.vocabulary.term(told).kind == "duration"
        return bool(fact.time_point) and is_length

    def _spans(
        self, text: str, arms: Mapping[str, frozenset[str]], before: Sequence[Span], divided: Divided
    ) -> list[Span]:
        """What a text gives figures of, and the figures, told apart."""
        spans = without_causes(without_nouns(self._resolved(text, arms, before, divided), text), text)
        spans = [s for s in spans if s.ids[:1] not in _STATISTICS]
        spans = recovery_gone_on(spans, text)
        spans = lengths_of_events(ones_named(spans, text), text, self.vocabulary.measures)
        for step in _WITHOUT_ASIDES:
            spans = step(spans, text)
        spans = readied(spans, text, arm_ids(arms))
        for step in _COUNTS:
            spans = step(spans, text)
        spans = duration_values(with_cohorts(spans, text), text, self._kind)
        spans = main_clause_resumed(ratios_repeated(spans, text, RATIOS), text)
        spans = aside_closed(spans, text)
        spans = without_lengths(without_times_of_states(without_definitions(spans, text), text), text)
        spans = measures_repeated(rates_repeated(spans, text), text)
        return outcome_repeated(parts_repeated(spans, text), text)

    def _carry(
        self, text: str, spans: Sequence[Span], before: Sequence[Span], earlier: Sequence[Span]
    ) -> Carry:
        """What a text takes over from the sentence before it."""
        carry = Carry(headings=headings(spans, text))
        if before and _ANAPHORA.search(text):
            carry.subset = tuple(before)
        again = _CORRESPONDING.search(text) if earlier else None
        if again and not any(s.kind == "measure" and s.start < again.start() for s in spans):
            rates = [s for s in earlier if s.kind == "measure" and self._kinds.measure_class(s) == "rate"]
            if _LESS.search(again[0]):  # "the reduction" is that of what is the better the rarer it is
                rates = [s for s in rates if self.vocabulary.term(s.ids[0]).better == "lower"]
            carry.measures, carry.times = rates[-1:], [s for s in earlier if s.kind == "time"][-1:]
        elif earlier and _IT_WAS.match(text):
            rates = [s for s in earlier if s.kind == "measure" and self._kinds.measure_class(s) == "rate"]
            if len({s.ids for s in rates}) == 1:
                carry.measures, carry.times = rates[-1:], [s for s in earlier if s.kind == "time"][-1:]
        return carry

    def _attached(self, spans: Sequence[Span], text: str, carry: Carry) -> list[Fact]:
        """The facts of the pieces of a text, then those of its brackets."""
        outer, inner = nested(spans, text)
        facts: list[Fact] = []
        for piece in cut(Piece(0, len(text), tuple(of_last_clause(outer, text))), text):
            facts += self._attaching.attach(piece, text, carry)
        for piece in inner:
            facts += self._brackets.inside(piece, text, facts, outer, carry)
        return facts

    def named(self, text: str, arms: Mapping[str, frozenset[str]] | None = None) -> list[Span]:
        """The measures ``text`` names."""
        text = unemphasised(fold(text))
        spans = without_criteria(self._resolved(text, arms or {}, ()), text)
        return [s for s in spans if s.kind == "measure"]

    def groups(
        self, text: str, arms: Mapping[str, frozenset[str]] | None = None, before: Sequence[Span] = ()
    ) -> list[Span]:
        """The groups ``text`` names."""
        return [s for s in self._resolved(unemphasised(fold(text)), arms or {}, before) if s.kind == "group"]

    def _resolved(
        self,
        text: str,
        arms: Mapping[str, frozenset[str]],
        before: Sequence[Span],
        divided: Divided = WHOLE,
    ) -> list[Span]:
        """What a text names, its references and its groups under the ids that they stand for."""
        own = [ids for ids in arm_ids(arms) if frozenset(ids) not in divided.across]
        own = own if not divided.ways or sets_apart(text) else []
        key = (text, tuple(arms.items()))
        last = self._last
        if last is None or last[0] != key:
            last = self._last = (key, scan(text, self.matchers, arms))
        spans = [
            replace(s, ids=(_ONE_OUTCOME[s.ids[0]], *s.ids[1:])) if s.ids and s.ids[0] in _ONE_OUTCOME else s
            for s in References(own, before).resolve(last[1], text)
        ]
        texts = {s.ids: s.text for s in reversed(spans) if s.kind == "group"}
        spans = controls_named([of_one_arm(self._known(s, texts), own) for s in spans], own, text)
        return within_part(crossed_over(spans, own, text), text)

    def _known(self, span: Span, texts: Mapping[tuple[str, ...], str]) -> Span:
        """A negated group under the vocabulary's own name, where it has one."""
        ids = tuple(i.removeprefix("no-") for i in span.ids)
        if span.kind != "group" or ids == span.ids or ids not in texts:
            return span
        return replace(span, ids=opposite(ids, texts[ids], self.matchers))

    def _kind(self, measure: Span) -> str:
        return self.vocabulary.term(measure.ids[0]).kind


def _is_whom(measure: Span, text: str) -> bool:
    """``The reduction was pronounced in patients who were MRD-positive (22% vs. 49%)``: of whom, and no figure of it."""
    again = _CORRESPONDING.search(text)
    behind = again is not None and again.end() <= measure.start
    return behind and _WHO_WERE.search(text[: measure.start]) is not None


def _is_of_before(measure: Span, text: str) -> bool:
    """``The superiority was driven by men (64% vs. 26%)``: the word that points back names no measure of its own."""
    again = _CORRESPONDING.search(text)
    if again is None or not again.start() < measure.start < measure.end <= again.end():
        return False
    return _POINTS_BACK.fullmatch(measure.text) is not None


def _settled(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """The facts in their last form; what is no result keeps its figure, and loses its measure."""
    facts = without_nobody(without_bounds(without_bases(facts, text), text))
    facts = with_time_of_sentence(facts, spans, text)
    facts = without_grades_in_blocks(whole_of_grades(facts, text), spans)
    facts = grades_in_brackets(graded_lists(facts, spans, text), spans, text)
    for step in _AS_A_WHOLE:
        facts = step(facts, text)
    return told_by_treatment(told_by_dose(facts, spans, text), text)
