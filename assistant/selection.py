"""Which facts of a study answer what was asked, and which part of the question none of them meets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cells import is_missing
from assistant.corpus import Review
from assistant.model import Fact, Kind
from assistant.spans import time_key
from assistant.vocabulary import Vocabulary

_DESIGN = ("phase", "design")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measure or characteristic with what qualifies it; empty fields match anything."""

    attribute: str
    times: tuple[str, ...] = ()
    group: frozenset[str] = frozenset()
    every_group: bool = False
    """Whether all arms are wanted."""
    of: str = ""
    """For a p-value, ratio or interval: the measure it must belong to."""
    overall: bool = False
    """Whether the whole study population was asked for in so many words."""
    grade: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Facts found, or the first condition that none met: ``measure``, ``time``, ``group``, ``grade`` or ``cycle``."""

    facts: tuple[Fact, ...] = ()
    lacking: str = ""
    near: tuple[Fact, ...] = ()
    """What met every condition before the lacking one."""


def same_time(a: str, b: str) -> bool:
    """Whether two time points are one (``12-month`` and ``1-year``)."""
    return a == b or (time_key(a) is not None and time_key(a) == time_key(b))


def grade_range(grade: str) -> tuple[int, int]:
    """Lowest and highest grade: ``>=3`` -> (3, 5), ``1-2`` -> (1, 2), ``3`` -> (3, 3)."""
    if match := re.fullmatch(r">=(\d)", grade):
        return int(match[1]), 5
    if match := re.fullmatch(r"<=(\d)", grade):
        return 1, int(match[1])
    if match := re.fullmatch(r"(\d)-(\d)", grade):
        return int(match[1]), int(match[2])
    return (int(grade), int(grade)) if grade.isdigit() else (0, 9)


def grade_meets(stated: str, asked: str) -> bool:
    """Whether a stated grade lies within the asked one; an ungraded figure meets only an ungraded question."""
    if not asked:
        return True
    if not stated:
        return False
    (low, high), (a, b) = grade_range(stated), grade_range(asked)
    return a <= low and high <= b


def has_figure(fact: Fact) -> bool:
    """Whether a fact gives a number, in digits or in words."""
    return fact.n is not None or bool(re.search(r"\d", fact.value))


def number_of(value: str) -> float | None:
    """The first number in ``value``, or None."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", value)
    return float(match[0].replace(",", "")) if match else None


def percent_of(fact: Fact, total: int | None = None) -> float | None:
    """The share a fact states, in percent: as printed, or n of N; None where it states none."""
    if fact.percent:
        return number_of(fact.percent)
    if fact.unit == "%":
        return number_of(fact.value)
    whole = fact.total or total
    if fact.n is not None and whole:
        return 100.0 * fact.n / whole
    return None


class Selector:
    """Finds facts in one review.

    Args:
        review: the review.
        vocabulary: the field's terms.
    """

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self.review = review
        self.vocabulary = vocabulary
        self._by_study: dict[tuple[str, str], list[Fact]] = {}
        kinds = {p.id: p.locator.kind for p in review.passages}
        for fact in review.facts:
            self._by_study.setdefault((fact.study, fact.attribute), []).append(fact)
        self._kinds = kinds
        self._place = {p.id: p for p in review.passages}

    def facts(self, study: str, attribute: str) -> list[Fact]:
        """All facts of a study under one attribute, N/A included; phase and design are one row in most tables."""
        found = self._by_study.get((study, attribute), [])
        if not found and attribute in _DESIGN:
            found = [f for a in _DESIGN for f in self._by_study.get((study, a), [])]
        return found

    def reported(self, study: str, attribute: str) -> list[Fact]:
        """The facts that give a value."""
        return [f for f in self.facts(study, attribute) if not is_missing(f.value)]

    def measures_of(self, study: str) -> list[str]:
        """Ids of the measures a study has figures for, in order of place."""
        found = [
            a
            for (s, a), facts in self._by_study.items()
            if s == study and a in self.vocabulary.measures and a not in {"p_value", "CI", "median_age", "median_follow_up"} and any(has_figure(f) for f in facts)
        ]
        return list(dict.fromkeys(found))

    def total(self, study: str) -> int | None:
        """The number of patients of a study, or None."""
        counts = [f for f in self.reported(study, "n_patients") if not f.group and f.n is not None]
        cells = [f for f in counts if self._kinds.get(f.passage) is Kind.CELL]
        chosen = cells or counts
        return chosen[0].n if chosen else None

    def stand_ins(self, measure: str) -> list[str]:
        """The measure itself, then composites that include it and are built of the same family."""
        term = self.vocabulary.measures.get(measure)
        names = [measure]
        parts = set(measure.split("/"))
        for other in self.vocabulary.measures.values():
            if other.id != measure and _composite(other.id, other.includes) and (parts & set(other.includes)):
                names.append(other.id)
        if term is not None and _composite(measure, term.includes):
            for other in self.vocabulary.measures.values():
                if other.id != measure and _composite(other.id, other.includes) and set(other.includes) & set(term.includes):
                    names.append(other.id)
        return list(dict.fromkeys(names))

    def select(self, study: str, wanted: Wanted) -> Selection:
        """The facts of ``study`` that meet ``wanted``, or what is lacking."""
        last = Selection(lacking="measure")
        for attribute in self.stand_ins(wanted.attribute):
            pool = self.reported(study, attribute)
            if attribute in self.vocabulary.measures:
                pool = [f for f in pool if has_figure(f)]
            if not pool:
                continue
            return self._narrow(pool, wanted)
        return last

    def _narrow(self, pool: list[Fact], wanted: Wanted) -> Selection:
        cyclic = any(f.cycle for f in pool)
        steps = (
            ("time", lambda f: not wanted.times or any(same_time(f.time_point, t) for t in wanted.times)),
            ("grade", lambda f: grade_meets(f.grade, wanted.grade)),
            ("cycle", lambda f: not wanted.cycle or f.cycle == wanted.cycle or not cyclic),
            ("of", lambda f: not wanted.of or not f.of or f.of == wanted.of),
            ("group", lambda f: wanted.group <= f.group or (bool(f.of) and not f.group)),
        )
        for name, holds in steps:
            kept = [f for f in pool if holds(f)]
            if not kept:
                return Selection(lacking=name, near=tuple(pool))
            pool = kept
        if not wanted.group and not wanted.every_group:
            overall = [f for f in pool if not f.group]
            if wanted.overall and not overall:
                return Selection(lacking="group", near=tuple(pool))
            pool = overall or pool
        elif wanted.group:
            exact = [f for f in pool if f.group == wanted.group]
            pool = exact or pool
        return Selection(tuple(self.distinct(pool)))

    def distinct(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts without repetitions: of equal ones the fullest stays, of equally full ones the earlier."""
        kept: list[Fact] = []
        for fact in facts:
            for i, other in enumerate(kept):
                if self._repeats(fact, other):
                    if _fullness(fact) > _fullness(other):
                        kept[i] = fact
                    break
            else:
                kept.append(fact)
        return kept

    def _repeats(self, a: Fact, b: Fact) -> bool:
        if (a.study, a.attribute, a.grade, a.group, a.of) != (b.study, b.attribute, b.grade, b.group, b.of):
            return False
        if not (same_time(a.time_point, b.time_point) or not a.time_point or not b.time_point):
            return False
        if a.cycle != b.cycle and a.cycle and b.cycle:
            return False
        return self.agree(a, b)

    def agree(self, a: Fact, b: Fact) -> bool:
        """Whether two facts give the same figure, a count and its share included (to the printed digits)."""
        if a.unit == b.unit and a.unit == "patients" and a.n is not None and b.n is not None:
            return a.n == b.n
        total = self.total(a.study)
        x, y = percent_of(a, total), percent_of(b, total)
        if x is not None and y is not None:
            return abs(x - y) < 0.06
        return _plain(a.value) == _plain(b.value)

    def passage_kind(self, fact: Fact) -> Kind:
        """The kind of place that states a fact."""
        return self._kinds[fact.passage]


def _composite(identity: str, includes: Sequence[str]) -> bool:
    """Composites of one sort of response (CR/CRi, CRc …), not umbrella measures such as ORR."""
    return len(includes) >= 2 and len({i[:2] for i in includes}) == 1 and identity[:2] == includes[0][:2]


def _fullness(fact: Fact) -> int:
    return bool(fact.time_point) + bool(fact.cycle) + (fact.n is not None) + bool(fact.total) + bool(fact.percent and fact.n is not None)


def _plain(value: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]+", "-", value.strip().lower())
