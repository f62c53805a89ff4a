"""The survival and response rates of a review, as points of a plot; nothing is computed across studies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from assistant.corpus.corpus import Review
from assistant.model import Fact, Study
from assistant.say import Speaker, cycle_words
from assistant.selection import Selector, percent_of, same_time
from assistant.vocabulary.vocabulary import Vocabulary

FAMILIES = ("survival", "response")


@dataclass(frozen=True, slots=True)
class Point:
    """One reported rate."""

    measure: str
    """``3-year OS``."""
    group: str
    """The arm or subgroup in words; "" for all patients."""
    family: str
    """``survival`` or ``response``."""
    percent: float
    """0 to 100."""
    value: str
    """As printed."""
    n: int | None
    """How many patients the rate is of, where the review says so."""
    fact: Fact
    disputed: bool = False
    """Whether another place of the review gives another figure for the same."""

    @property
    def name(self) -> str:
        """Measure and group: ``3-year OS, transplanted``."""
        return f"{self.measure}, {self.group}" if self.group else self.measure


@dataclass(frozen=True, slots=True)
class StudyPoints:
    """A study and its rates, in order of place."""

    study: Study
    n: int | None
    points: tuple[Point, ...]


class Rates:
    """Reads the rates of one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
    """

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self.review = review
        self.selector = Selector(review, vocabulary)
        self.speaker = Speaker(review, vocabulary)
        measures = vocabulary.measures
        self._family = {
            m: family
            for family in reversed(FAMILIES)
            for m in vocabulary.families[family].includes
            if m in measures and measures[m].better == "higher"
        }

    def studies(self) -> tuple[StudyPoints, ...]:
        """Every study of the review with its rates, those without any included."""
        return tuple(
            StudyPoints(s, self.selector.total(s.id), self._points(s.id)) for s in self.review.studies
        )

    def _points(self, study: str) -> tuple[Point, ...]:
        facts = [f for f in self.review.facts if f.study == study and self._is_rate(f)]
        kept = self.selector.distinct(facts)
        disputed = {id(f) for a, b in combinations(kept, 2) if self._differ(a, b) for f in (a, b)}
        order = {m: k for k, m in enumerate(dict.fromkeys((f.attribute, f.time_point) for f in kept))}
        kept.sort(key=lambda f: (FAMILIES.index(self._family[f.attribute]), order[f.attribute, f.time_point]))
        return tuple(p for f in kept for p in self._point(f, id(f) in disputed))

    def _is_rate(self, fact: Fact) -> bool:
        share = fact.unit == "%" or fact.percent or (fact.unit == "patients" and fact.n is not None)
        return bool(share) and fact.attribute in self._family and not fact.of and not fact.grade

    def _differ(self, a: Fact, b: Fact) -> bool:
        same = (a.attribute, a.group, a.cycle) == (b.attribute, b.group, b.cycle)
        return same and same_time(a.time_point, b.time_point) and a.passage != b.passage

    def _point(self, fact: Fact, disputed: bool) -> Iterator[Point]:
        n = fact.total or self._n(fact)
        percent = percent_of(fact, n)
        if percent is None or percent > 100:
            return
        time = f"{fact.time_point} " if fact.time_point else ""
        cycle = f" after {cycle_words(fact.cycle)}" if fact.cycle else ""
        measure = f"{time}{self.speaker.short(fact.attribute)}{cycle}"
        yield Point(
            measure,
            self.group(fact),
            self._family[fact.attribute],
            percent,
            self._value(fact, n),
            n,
            fact,
            disputed,
        )

    def _value(self, fact: Fact, n: int | None) -> str:
        """The share as printed; n of N where the review prints no share."""
        if fact.percent or fact.unit == "%":
            printed = fact.percent or fact.value
            return re.sub(
                r"\s*(?:%|per\s?cent)?$", "%", printed, count=1
            )  # "77.3 per cent", "91.2 %" or "91.2"
        return f"{fact.n}/{n}"

    def _n(self, fact: Fact) -> int | None:
        if not fact.group:
            return self.selector.total(fact.study)
        arms = self.selector.reported(fact.study, "n_patients")
        return next((f.n for f in arms if f.group == fact.group and f.n is not None), None)

    def group(self, fact: Fact) -> str:
        """The arm or subgroup without the words around it."""
        return re.sub(r"^(?:in the|for) | (?:group|patients)$", "", self.speaker.group(fact))
