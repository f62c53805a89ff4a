"""The figures a review gives of each study, and what holds of all its patients."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from decimal import Decimal

from assistant.cells.reading import is_missing
from assistant.check.normal import in_digits
from assistant.check.values import numbers_of
from assistant.corpus.corpus import Review
from assistant.model import Fact, Kind
from assistant.selection import has_figure
from assistant.spans.scan import scan

_DESCRIBING = frozenset({"disease", "population", "agents", "diagnosis", "condition"})


class KnownFigures:
    """The figures of one review by study.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self._kinds = {p.id: p.locator.kind for p in review.passages}
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in review.facts:
            if fact.attribute and (has_figure(fact) or fact.unit == "open") and not is_missing(fact.value):
                self._facts[fact.study].append(fact)
        self._numbers: dict[str, frozenset[Decimal]] = {}
        self._everyone = {s.id: self._whole(s.id) for s in review.studies}
        self._arm_ids = {
            study: frozenset(i for ids in arms.values() for i in ids) for study, arms in review.arms.items()
        }

    def _whole(self, study: str) -> frozenset[str]:
        """What holds of every patient of a study: ids of groups named beside its size, or in cells on all of it."""
        found = {"all"} | self.review.populations.get(study, frozenset())
        own = {i for f in self._facts.get(study, ()) for i in f.group}
        own |= {i for ids in self.review.arms.get(study, {}).values() for i in ids}
        texts = [
            f.value
            for f in self.review.facts
            if f.study == study and f.attribute in _DESCRIBING and not f.group
        ]
        quotes = {p.id: p.quote for p in self.review.passages}
        for fact in self._facts.get(study, ()):
            sentence = self._kinds[fact.passage] is Kind.SENTENCE
            if sentence and fact.attribute == "n_patients" and not fact.group:
                texts.append(re.split(r"[,;(]", quotes[fact.passage][fact.end :])[0])
        for text in texts:
            spans = self.review.reader.groups(text, self.review.arms.get(study, {}))
            found |= {i for s in spans for i in s.ids} - own
        return frozenset(found)

    def everyone(self, study: str) -> frozenset[str]:
        """Ids of groups that all patients of a study belong to."""
        return self._everyone.get(study, frozenset({"all"}))

    def facts(self, study: str) -> Sequence[Fact]:
        """The figures of a study."""
        return self._facts.get(study, ())

    def size(self, study: str, group: frozenset[str] = frozenset()) -> int | None:
        """The number of patients of a study's group, None where the review does not give it."""
        counts = [
            f.n
            for f in self._facts.get(study, ())
            if f.attribute == "n_patients" and f.n is not None and f.group == group
        ]
        return counts[0] if counts else None

    def has_one(self, numbers: Set[Decimal], study: str) -> bool:
        """Whether one of the numbers is a figure of a study."""
        if study not in self._numbers:
            shown = (f"{f.value} {f.percent} {f.n if f.n is not None else ''}" for f in self.facts(study))
            self._numbers[study] = frozenset(n for text in shown for n in numbers_of(text))
        return bool(numbers & self._numbers[study])

    def several_sizes(self, study: str) -> bool:
        """Whether the review gives more than one number of all patients: those enrolled, and those treated."""
        return len({f.n for f in self.facts(study) if f.attribute == "n_patients" and not f.group}) > 1

    def is_part(self, said: Fact, study: str) -> bool:
        """Whether a number of patients is that of one of a study's groups."""
        return any(f.attribute == "n_patients" and f.group and f.n == said.n for f in self.facts(study))

    def stands(self, said: Fact, study: str) -> bool:
        """Whether the count stands, with its whole, in a sentence on the study whose figures were not all read."""
        wanted = {Decimal(n) for n in (said.n, said.total) if n is not None}
        names = {said.attribute} if said.attribute != "n_patients" else said.group
        for passage in self.review.passages:
            if passage.studies[:1] != (study,) or passage.locator.kind is not Kind.SENTENCE:
                continue
            if len(wanted) > 1 and wanted <= set(numbers_of(in_digits(passage.quote))):
                return True
            spans = scan(passage.quote, self.review.reader.matchers, self.review.arms.get(study, {}))
            named = names & {i for s in spans for i in s.ids}
            if named and wanted <= set(numbers_of(in_digits(passage.quote))):
                return True
        return False

    def unread(self, value: str, study: str) -> bool:
        """Whether the numbers of ``value`` stand anywhere in what the review says of a study."""
        wanted = set(numbers_of(value))
        return any(
            wanted <= set(numbers_of(in_digits(p.quote)))
            for p in self.review.passages
            if study in p.studies or not p.studies
        )
