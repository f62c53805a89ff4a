"""Which facts of a study answer what was asked, and which part of the question none of them meets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.cells.reading import is_missing
from assistant.corpus.corpus import Review
from assistant.model import Fact, Kind, Passage
from assistant.spans.span import time_key
from assistant.vocabulary.vocabulary import Vocabulary

_DESIGN = ("phase", "design")
_NO_RESULT = frozenset({"p_value", "CI", "median_age", "median_follow_up"})
"""Measures that are no result of a study by themselves."""
_COMMON = frozenset({"median_follow_up", "anti_drug_antibodies"})
"""Measures that a study gives once for all its arms, or that only those given the drug can have."""
LENGTHS = frozenset({"hours", "days", "weeks", "months", "years"})
"""Units of time, which a cell often leaves to its row head."""
_ONE_OUTCOME = (
    {"relapse", "CIR"}, {"OS", "deaths"}, {"CIR", "CIR/PD"}, {"CIR", "relapse/PD"}, {"relapse", "relapse/PD"},
    {"relapse", "CIR/PD"}, {"cGvHD", "severe_cGvHD"}, {"PFS", "PD"}, {"TTP", "PD"},
)  # fmt: skip
_MILD = 2
"""Grades from which on an event is more than mild."""
_ROUNDED = 0.051
"""How far a share printed with one decimal may be from the true one, in percentage points."""
_HALF = 0.5
"""What a length in whole numbers is less than away from the same length with decimals."""
_SAME_POINTS = 0.06
"""Shares less than this apart, in percentage points, are one figure: printed with one decimal."""


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
    any_grade: bool = False
    """Whether the figure of all grades is wanted in so many words, for which that of the severe ones cannot stand."""
    by_grade: bool = False
    """Whether each grade's figure is wanted beside that of all grades."""
    special: bool = False
    """Whether one sort of the event is asked for, for which no other measure stands."""
    cycle: str = ""
    loose: bool = False
    """Whether the word for the measure is as good a word for a composite of it (``remission``)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Facts found, or the first condition that none met."""

    facts: tuple[Fact, ...] = ()
    lacking: str = ""
    """``measure``, ``time``, ``grade``, ``cycle``, ``of`` or ``group``; "" where facts were found."""
    grade: str = ""
    """The grade lacking, where several were asked for."""
    near: tuple[Fact, ...] = ()
    """What met every condition before the lacking one."""


def same_time(a: str, b: str) -> bool:
    """Whether two time points are one (``12-month`` and ``1-year``)."""
    return a == b or (time_key(a) is not None and time_key(a) == time_key(b))


def same_outcome(a: str, b: str) -> bool:
    """Whether a ratio or p-value of ``a`` is one of ``b``: of a survival and its median, of relapse and its incidence."""
    a, b = a.removeprefix("median_"), b.removeprefix("median_")
    if {a, b} & {"deaths", "mortality"} and (a.endswith("_mortality") or b.endswith("_mortality")):
        return True
    return bool(a) and (a == b or {a, b} in _ONE_OUTCOME)


def grade_range(grade: str) -> tuple[int, int]:
    """The lowest and highest grade: ``>=3`` -> (3, 5), ``1-2`` -> (1, 2), ``3`` -> (3, 3), ``1,3`` -> (1, 3)."""
    if "," in grade:
        named = [int(g) for g in grade.split(",")]
        return min(named), max(named)
    if match := re.fullmatch(r">=(\d)", grade):
        return int(match[1]), 5
    if match := re.fullmatch(r"<=(\d)", grade):
        return 1, int(match[1])
    if match := re.fullmatch(r"(\d)-(\d)", grade):
        return int(match[1]), int(match[2])
    return (int(grade), int(grade)) if grade.isdigit() else (0, 9)


def grade_meets(stated: str, asked: str) -> bool:
    """Whether a stated grade lies within the asked one.

    An ungraded figure meets only an ungraded question, which any grade meets.
    """
    if not asked:
        return True
    if not stated:
        return False
    if "," in asked:
        return any(grade_meets(stated, one) for one in asked.split(","))
    (low, high), (a, b) = grade_range(stated), grade_range(asked)
    return a <= low and high <= b


def has_figure(fact: Fact) -> bool:
    """Whether a fact gives a number, in digits or in words, or says that a median was not reached."""
    return fact.n is not None or fact.unit == "open" or bool(re.search(r"\d", fact.value))


def number_of(value: str) -> float | None:
    """The first number in ``value``, or None."""
    if small := re.search(r"(?<![\d.])0,(\d+)", value):
        return float(f"0.{small[1]}")
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
        self._of_study: dict[str, list[Fact]] = {}
        for fact in review.facts:
            self._by_study.setdefault((fact.study, fact.attribute), []).append(fact)
            self._of_study.setdefault(fact.study, []).append(fact)
        self.quotes: Mapping[str, str] = {p.id: p.quote for p in review.passages}
        """The text of each passage by its id."""
        self.places: Mapping[str, Passage] = {p.id: p for p in review.passages}
        """Each passage by its id."""
        self._kinds = {p.id: p.locator.kind for p in review.passages}
        self._reported: dict[tuple[str, str], list[Fact]] = {}
        """What ``reported`` found, for the places where there is something."""
        self._stand_ins: dict[str, list[str]] = {}
        """What ``stand_ins`` found, by measure: each question asks for a few of them several times."""

    def of(self, study: str) -> Sequence[Fact]:
        """All facts of a study, in the order of the review."""
        return self._of_study.get(study, ())

    def facts(self, study: str, attribute: str) -> list[Fact]:
        """All facts of a study under one attribute, N/A included.

        Phase and design are one row in most tables: where there is none of the one, the other's.
        """
        found = self._by_study.get((study, attribute), [])
        if not found and attribute in _DESIGN:
            found = [f for a in _DESIGN for f in self._by_study.get((study, a), [])]
        return found

    def reported(self, study: str, attribute: str) -> list[Fact]:
        """The facts that give a value."""
        facts = self.facts(study, attribute)
        if not facts:
            return []
        found = self._reported.get((study, attribute))
        if found is None:
            found = [f for f in facts if f.unit == "open" or not is_missing(f.value)]
            self._reported[study, attribute] = found
        return list(found)

    def leaves_time_out(self, fact: Fact) -> bool:
        """Whether a rate of a part of the patients has no time because the study gives all its rates of it at one."""
        times = {
            time_key(f.time_point) or f.time_point
            for f in self.reported(fact.study, fact.attribute)
            if f.time_point
        }
        return not fact.time_point and bool(fact.group) and fact.unit == "%" and len(times) == 1

    def measures_of(self, study: str) -> list[str]:
        """Ids of the measures a study has figures for, in order of place."""
        own = {a: facts for (s, a), facts in self._by_study.items() if s == study and a not in _NO_RESULT}
        return [
            a for a, facts in own.items() if a in self.vocabulary.measures and any(map(has_figure, facts))
        ]

    def total(self, study: str) -> int | None:
        """The number of patients of a study, or None."""
        counts = [f for f in self.reported(study, "n_patients") if not f.group and f.n is not None]
        cells = [f for f in counts if self._kinds.get(f.passage) is Kind.CELL]
        chosen = cells or counts
        return chosen[0].n if chosen else None

    def stand_ins(self, measure: str) -> list[str]:
        """The measure itself, then composites that include it and are built of the same family."""
        if measure not in self._stand_ins:
            self._stand_ins[measure] = self._found_stand_ins(measure)
        return self._stand_ins[measure]

    def _found_stand_ins(self, measure: str) -> list[str]:
        terms = self.vocabulary.measures
        composites = [t for t in terms.values() if t.id != measure and _composite(t.id, t.includes)]
        parts = set(measure.split("/"))
        names = [measure, *(t.id for t in composites if parts & set(t.includes))]
        own = terms.get(measure)
        if own is not None and _composite(measure, own.includes):
            names += [t.id for t in composites if set(own.includes) & set(t.includes)]
        if own is not None:  # what cells do to the nerves is told as the syndrome of it
            parts_told = (terms[i] for i in own.includes if i in terms)
            names += [t.id for t in parts_told if t.name.endswith(f"{own.name} syndrome")]
        return list(dict.fromkeys(names))

    def select(self, study: str, wanted: Wanted) -> Selection:
        """The facts of ``study`` that meet ``wanted``, or what is lacking."""
        pools = (self._figures(study, a) for a in self.stand_ins(wanted.attribute))
        filled = [pool for pool in pools if pool]
        if not filled:
            return Selection(lacking="measure")
        told = self._told_by_cycle(filled, wanted) if wanted.cycle else None
        if not told and wanted.cycle and self._is_of_another_cycle(filled[0], wanted):
            return Selection(lacking="cycle", near=tuple(filled[0]))
        return self._narrow(told or filled[0], wanted)

    def _is_of_another_cycle(self, pool: Sequence[Fact], wanted: Wanted) -> bool:
        """Whether the study tells other figures by cycle, so that one without a cycle is not of a later one."""
        if any(f.cycle for f in pool):
            return False
        cycles = {f.cycle for f in self.review.facts if f.study == pool[0].study and f.cycle}
        return bool(cycles) and wanted.cycle != min(cycles)

    def _figures(self, study: str, attribute: str) -> list[Fact]:
        """The facts that give a value, of a measure a figure."""
        pool = self.reported(study, attribute)
        return [f for f in pool if has_figure(f)] if attribute in self.vocabulary.measures else pool

    def _told_by_cycle(self, pools: Sequence[list[Fact]], wanted: Wanted) -> list[Fact] | None:
        """``remission after cycle 2``: the composite that is told cycle by cycle, where the measure itself is not.

        Not where the measure's figure is a part of the composite's at that very cycle.
        """
        told = next((pool for pool in pools if any(f.cycle for f in pool)), None)
        if told is None or told is pools[0]:
            return None
        then = next((f for f in told if f.cycle == wanted.cycle), None)
        return told if then is None or wanted.loose or not self._has_parts(then) else None

    def _has_parts(self, whole: Fact) -> bool:
        """Whether the figures of a composite's parts, each given once, add up to it."""
        parts = [self.reported(whole.study, a) for a in self.vocabulary.term(whole.attribute).includes]
        shares = [percent_of(p[0]) for p in parts if len(self.distinct(p)) == 1]
        total = percent_of(whole)
        if total is None or len(shares) < len(parts) or None in shares:
            return False
        return abs(sum(s or 0.0 for s in shares) - total) < _ROUNDED * (len(parts) + 1)

    def _narrow(self, pool: list[Fact], wanted: Wanted) -> Selection:
        """What of ``pool`` meets every condition, or the first one that nothing left of it meets."""
        if not wanted.grade and not wanted.by_grade:
            pool = _any_grade(pool)
        if wanted.any_grade and all(f.grade and grade_range(f.grade)[0] > _MILD for f in pool):
            return Selection(lacking="grade", near=tuple(pool))
        known = {f.of for f in pool if f.of}
        for name, holds in _conditions(wanted, cyclic=any(f.cycle for f in pool)):
            kept = [f for f in pool if holds(f)]
            if not kept and name == "group":
                kept = [f for f in pool if not f.group and (_is_none(f) or f.attribute in _COMMON)]
            if not kept:
                return Selection(lacking=name, near=tuple(pool))
            pool = kept
        if wanted.of and known and not any(same_outcome(of, wanted.of) for of in known):
            return Selection(lacking="of", near=tuple(pool))
        exact = [f for f in pool if f.group == wanted.group]
        if wanted.overall and not wanted.group and not wanted.every_group and not exact:
            return Selection(lacking="group", near=tuple(pool))
        if exact and (wanted.group or not wanted.every_group):
            pool = exact
        elif not wanted.every_group:
            pool = self._broadest(pool, wanted.group)
        of_it = [f for f in pool if wanted.of and same_outcome(f.of, wanted.of)]
        pool = [f for f in of_it if f.of == wanted.of] or of_it or pool  # HR of progression, not of PFS
        return Selection(tuple(self.distinct(pool)))

    def _broadest(self, pool: list[Fact], group: frozenset[str]) -> list[Fact]:
        """The figures of whole arms where there are two or more, else those of no part of another's group."""
        arms = set(self.review.arms.get(pool[0].study, {}).values()) if not group else set()
        main = [f for f in pool if f.group in arms]
        if len({f.group for f in main}) > 1:
            return main
        return [f for f in pool if not any(other.group < f.group for other in pool)]

    def distinct(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts without repetitions: of equal ones the fullest stays, of equally full ones the earlier."""
        kept: list[Fact] = []
        for fact in facts:
            for i, other in enumerate(kept):
                if self.repeats(fact, other):
                    if _fullness(fact) > _fullness(other):
                        kept[i] = fact
                    break
            else:
                kept.append(fact)
        return kept

    def repeats(self, a: Fact, b: Fact) -> bool:
        """Whether two facts are one figure, printed twice."""
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
            return abs(x - y) < _SAME_POINTS
        if a.unit == b.unit and a.unit in LENGTHS:
            return _numbers(a) == _numbers(b) or _is_rounded(a, b) or _is_rounded(b, a)
        return _plain(a.value) == _plain(b.value)

    def passage_kind(self, fact: Fact) -> Kind:
        """The kind of place that states a fact."""
        return self._kinds[fact.passage]


def _conditions(wanted: Wanted, *, cyclic: bool) -> tuple[tuple[str, Callable[[Fact], bool]], ...]:
    """Each condition with its name, in the order in which they narrow.

    A cycle is one only where the figures are told apart by it (``cyclic``).
    """

    def in_time(fact: Fact) -> bool:
        return not wanted.times or any(same_time(fact.time_point, t) for t in wanted.times)

    def in_cycle(fact: Fact) -> bool:
        return not wanted.cycle or not cyclic or fact.cycle == wanted.cycle

    def of_measure(fact: Fact) -> bool:
        return not wanted.of or not fact.of or same_outcome(fact.of, wanted.of)

    def in_group(fact: Fact) -> bool:
        return wanted.group <= fact.group or (bool(fact.of) and not fact.group)

    return (
        ("time", in_time),
        ("grade", lambda fact: grade_meets(fact.grade, wanted.grade)),
        ("cycle", in_cycle),
        ("of", of_measure),
        ("group", in_group),
    )


def _composite(identity: str, includes: Sequence[str]) -> bool:
    """Composites of one sort of response (CR/CRi, CRc …), not umbrella measures such as ORR."""
    return len(includes) >= 2 and len({i[:2] for i in includes}) == 1 and identity[:2] == includes[0][:2]


def _is_none(fact: Fact) -> bool:
    """Whether nobody had it, which holds for every group."""
    return fact.n == 0 or (fact.unit in {"%", "patients", ""} and number_of(fact.value) == 0)


def _any_grade(pool: list[Fact]) -> list[Fact]:
    """The facts without those of one grade where the figure for all grades stands beside them."""
    whole = {(f.group, f.time_point) for f in pool if not f.grade}
    return [f for f in pool if not f.grade or (f.group, f.time_point) not in whole]


def _fullness(fact: Fact) -> int:
    """How many of time point, cycle, n, N and percentage a fact gives."""
    counted = fact.n is not None
    exact = fact.unit in LENGTHS and "." in fact.value
    given = (fact.time_point, fact.cycle, counted, fact.total, counted and fact.percent, exact)
    return sum(map(bool, given))


def _is_rounded(a: Fact, b: Fact) -> bool:
    """Whether one length is the other in whole numbers: ``34 months`` and ``34.1 months``."""
    x, y = _numbers(a), _numbers(b)
    if len(x) != 2 or len(y) != 2 or x[0] != y[0] or not x[1].isdecimal() or "." not in y[1]:
        return False
    return abs(float(y[1]) - int(x[1])) < _HALF


def _numbers(fact: Fact) -> tuple[str, ...]:
    """The comparator and the numbers of a length: ``14`` and ``14 months`` are one, ``14-16`` is another."""
    numbers = re.findall(r"\d+(?:\.\d+)?", fact.value)
    return (fact.comparator, *(numbers or [_plain(fact.value)]))


def _plain(value: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]+", "-", value.strip().lower())
