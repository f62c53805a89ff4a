"""The reader of facts: which figure belongs to which measure, time point, group, grade and cycle.

The same reader serves a review's sentences and cells, and an answer before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_asides import without_freed, without_nothing, without_times_of_states
from assistant.facts_attaching import Attaching
from assistant.facts_brackets import Brackets
from assistant.facts_context import (
    STATISTICS,
    counted_events,
    glosses,
    in_definition,
    incidence_of,
    is_bound,
    without_bases,
    without_causes,
    without_conceded,
    without_no_grades,
)
from assistant.facts_counts import counted_beside
from assistant.facts_doses import with_dose_groups
from assistant.facts_durations import duration_values
from assistant.facts_elliptic import headings, rates_repeated
from assistant.facts_figures import readied
from assistant.facts_groups import References, arm_spans
from assistant.facts_kinds import Kinds
from assistant.facts_linking import Carry, arm_ids, of_one_arm
from assistant.facts_listed import graded_lists
from assistant.facts_no_results import without_limits, without_no_results
from assistant.facts_of_whom import is_nobody
from assistant.facts_part import within_part
from assistant.facts_pieces import Piece, cut, joined_counts, nested
from assistant.facts_settling import (
    decided,
    listed_parts,
    of_those,
    one_arm,
    parts_apart,
    shared_grade,
    shared_group,
    whole_of_grades,
    with_all_grades,
    without_grades_in_blocks,
)
from assistant.facts_sized import sizes_apart, smaller_parts, with_sizes
from assistant.facts_versus import in_place, spelled_out
from assistant.model import Fact
from assistant.spans import Span, opposite, scan
from assistant.spans_relative import without_nouns
from assistant.text import fold
from assistant.vocabulary import Matchers, Vocabulary

_ANAPHORA = re.compile(
    r"\b(?:whose|their|these\s+patients|those\s+patients|among\s+(?:them|these|those)|of\s+(?:these|whom|them|those)|"
    r"in\s+(?:this|that)\s+(?:group|arm|cohort|subgroup)|they|this\s+(?:group|subgroup|cohort|arm))\b",
    re.IGNORECASE,
)
_ONE_OUTCOME = {"CIR/PD": "CIR", "relapse/PD": "relapse"}
"""``relapse/progression`` is what other reports call relapse."""
_CORRESPONDING = re.compile(
    r"\bthe\s+(?:corresponding|respective)\s+(?:rates?|figures|proportions|percentages|values|numbers)\b"
    r"|^\W*(?:the|this|a\s+similar|the\s+same)\s+(?:\w+\s+)?(?:benefit|advantage|improvement|gain|superiority|difference|pattern|effect)\b"
    r"|^\W*(?:it|they|this|these)\s+(?:was|were|occurred|proved)\s+(?:also\s+)?(?:more|less|most|least|equally|similarly|highest|lowest|higher|lower)\b",
    re.IGNORECASE,
)
"""Means the measure of the sentence before."""
_IT_WAS = re.compile(
    r"^\W*(?:it|this|this\s+rate|the\s+rate)\s+(?:was|reached|came\s+to|amounted\s+to)\s+(?:only\s+|just\s+|even\s+|as\s+(?:high|low)\s+as\s+)?(?=\d)",
    re.IGNORECASE,
)
"""Means the one rate of the sentence before."""
_IN_ORDER = re.compile(r"\bin (?:that|this) order\b", re.IGNORECASE)

_V = re.compile(r"(?<=[%)]) v (?=\d)")
"""``50% v 40%``, as some journals write it; taken for ``50%vs 40%``, so that no place changes."""


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
    ) -> list[Fact]:
        """The facts ``text`` states, in order of place; study and passage are left empty.

        Args:
            text: one sentence, or one item of a table cell.
            arms: labels of the study's own arms, with their group ids, in the order of the arms.
            before: groups of the sentence before, for ``their``, ``these patients``, ``the former``.
            earlier: measures and times of the sentence before, for ``the corresponding rates``.
            sizes: number of patients -> group ids of the one arm of that size.
        """
        text = _V.sub("vs ", _IN_ORDER.sub(lambda m: "respectively".ljust(len(m[0])), fold(text)))
        text, moved = spelled_out(text)
        own = arm_ids(list(dict.fromkeys((arms or {}).values())))
        resolved = without_nouns(self._resolved(text, arms, before), text)
        spans = [s for s in without_causes(resolved, text) if s.ids[:1] not in STATISTICS]
        spans = [
            s for i, s in enumerate(spans) if s.ids != ("incidence",) or not incidence_of(i, spans, text)
        ]
        spans = with_dose_groups(without_freed(without_nothing(spans, text), text), text)
        spans = with_all_grades(without_no_grades(without_conceded(spans, text), text), text)
        spans = counted_events(counted_beside(readied(glosses(spans, text), text, own), text), text)
        spans = [
            s
            for s in duration_values(joined_counts(spans, text), text, self._kind)
            if not in_definition(s, text)
        ]
        spans = rates_repeated(without_times_of_states(spans, text), text)
        carry = Carry(headings=headings(spans, text))
        if len(own) > 1:
            labels = {tuple(sorted(ids)): label for label, ids in reversed(list((arms or {}).items()))}
            carry.arms = arm_spans(own, labels, 0)
            if sizes:
                of_size = {n: tuple(sorted(ids)) for n, ids in sizes.items()}
                spans = with_sizes(spans, text, of_size, labels)
        spans, sized = sizes_apart(spans, text)
        if before and _ANAPHORA.search(text):
            carry.subset = tuple(before)
        again = _CORRESPONDING.search(text) if earlier else None
        if again and not any(s.kind == "measure" and s.start < again.start() for s in spans):
            rates = [s for s in earlier if s.kind == "measure" and self._kinds.measure_class(s) == "rate"]
            carry.measures, carry.times = rates[-1:], [s for s in earlier if s.kind == "time"][-1:]
        elif earlier and _IT_WAS.match(text):
            rates = [s for s in earlier if s.kind == "measure" and self._kinds.measure_class(s) == "rate"]
            if len({s.ids for s in rates}) == 1:
                carry.measures, carry.times = rates[-1:], [s for s in earlier if s.kind == "time"][-1:]
        outer, inner = nested(spans, text)
        facts: list[Fact] = []
        for piece in cut(Piece(0, len(text), tuple(outer)), text):
            facts += self._attaching.attach(piece, text, carry)
        for piece in inner:
            facts += self._brackets.inside(piece, text, facts, outer, carry)
        facts += sized
        facts = of_those(one_arm(sorted(facts, key=lambda f: f.start), own), text)
        facts = [replace(f, attribute="") if is_bound(f, text) else f for f in without_bases(facts, text)]
        facts = [replace(f, attribute="") if is_nobody(f) else f for f in facts]
        facts = without_grades_in_blocks(whole_of_grades(facts, text), spans)
        facts = graded_lists(facts, spans, text)
        facts = without_no_results(smaller_parts(facts, text), text)
        facts = parts_apart(shared_group(shared_grade(listed_parts(facts, text), text), text), text)
        facts = [replace(f, time_point="") if self._is_median(f) else f for f in facts]
        return [in_place(f, moved) for f in without_limits(decided(facts), text)]

    def _is_median(self, fact: Fact) -> bool:
        """Whether a fact is a length of time, or what was tested of one: it is of no time point."""
        told = fact.of if (fact.attribute,) in STATISTICS else fact.attribute
        return (
            bool(fact.time_point)
            and told.startswith("median_")
            and self.vocabulary.term(told).kind == "duration"
        )

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
        return within_part([of_one_arm(self._known(s, texts), own) for s in spans], text)

    def _known(self, span: Span, texts: Mapping[tuple[str, ...], str]) -> Span:
        """A negated group under the vocabulary's own name, where it has one."""
        ids = tuple(i.removeprefix("no-") for i in span.ids)
        if span.kind != "group" or ids == span.ids or ids not in texts:
            return span
        return replace(span, ids=opposite(ids, texts[ids], self.matchers))

    def _kind(self, measure: Span) -> str:
        return self.vocabulary.term(measure.ids[0]).kind
