"""Judges a figure of a statement: the same measure, time point, group, grade and cycle must have that value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from assistant.cells import is_missing
from assistant.check.model import Verdict
from assistant.check.normal import in_digits
from assistant.check.values import agrees, numbers_of
from assistant.corpus import Review
from assistant.model import Fact, Kind
from assistant.selection import has_figure, same_time
from assistant.spans import scan
from assistant.text import fold

_QUALIFIERS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_DESCRIBING = frozenset({"disease", "population", "agents", "diagnosis", "condition"})
TIMELESS = frozenset({"median_follow_up", "median_age", "n_patients"})
"""Measures that a time point beside them does not qualify."""
_RATIOS = frozenset({"HR", "OR", "RR"})
_SAME, _PART, _OMITTED, _EXTRA, _OTHER = "same", "part", "omitted", "extra", "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the review says of one figure."""

    verdict: Verdict
    reason: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the place of a known fact fits the place a statement names."""

    fact: Fact
    time: str
    group: str
    grade: str
    cycle: str

    @property
    def exact(self) -> bool:
        return {self.time, self.group, self.grade, self.cycle} <= {_SAME, _PART}

    @property
    def open(self) -> bool:
        """Whether the statement only leaves something out."""
        return {self.time, self.group, self.grade, self.cycle} <= {_SAME, _PART, _OMITTED}


class FigureJudge:
    """Judges figures against one review.

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

    # -- judging -------------------------------------------------------------------------------

    def judge(self, said: Fact, study: str, hedge: str = "") -> Outcome:
        """What the review says of a figure that a statement gives of ``study``."""
        pool = [f for f in self._facts.get(study, ()) if _one_measure(said, f)]
        if (
            said.attribute in _QUALIFIERS
            and said.of
            and not (said.attribute == "p_value" and said.of in _RATIOS)
        ):
            pool = [f for f in pool if not f.of or _one_name(f.of, said.of)]
        if said.attribute == "p_value" and said.of in _RATIOS:
            compared = {f.passage for f in self._facts.get(study, ()) if f.attribute == said.of}
            pool = [f for f in pool if f.passage in compared]
        fits = [self._fit(said, f, study) for f in pool]
        fitting = self._fitting(fits)
        right = [f for f in fitting if self._agrees(said, f, study, hedge)]
        if right:
            return Outcome(Verdict.SUPPORTED, "", tuple(self._best(right)))
        if fitting and not (said.attribute == "n_patients" and self._elsewhere(said, study, hedge)):
            return Outcome(Verdict.CONTRADICTED, "", tuple(fitting[:1]))
        alike = [f for f in fits if self._agrees(said, f.fact, study, hedge)]
        if alike:
            return self._misplaced(said, alike, fits, study)
        if any(f.open for f in fits):
            return Outcome(Verdict.CONTRADICTED, "", tuple(f.fact for f in fits if f.open)[:2])
        return self._absent(said, study, pool, hedge)

    def _agrees(self, said: Fact, fact: Fact, study: str, hedge: str) -> bool:
        part = fact.attribute == "n_patients" and said.total is not None
        return agrees(said, fact, self.size(study, frozenset() if part else fact.group), hedge)

    def _elsewhere(self, said: Fact, study: str, hedge: str) -> bool:
        """Whether a number of patients is another count of the study."""
        return any(
            f.attribute != "n_patients" and f.unit == "patients" and agrees(said, f, None, hedge)
            for f in self._facts.get(study, ())
        )

    def _fit(self, said: Fact, known: Fact, study: str) -> _Fit:
        return _Fit(
            known,
            self._time(said, known),
            self._group(said, known, study),
            _qualifier(said.grade, known.grade, said.grade == known.grade),
            _qualifier(said.cycle, known.cycle, said.cycle == known.cycle),
        )

    @staticmethod
    def _time(said: Fact, known: Fact) -> str:
        if said.attribute in TIMELESS or (said.attribute in _QUALIFIERS and not said.time_point):
            return _SAME
        return _qualifier(said.time_point, known.time_point, same_time(said.time_point, known.time_point))

    def _group(self, said: Fact, known: Fact, study: str) -> str:
        everyone = self.everyone(study)
        a, b = said.group - everyone, known.group - everyone
        if said.attribute in _RATIOS or (said.attribute in {"p_value", "CI"} and said.of in _RATIOS):
            a -= self._arm_ids.get(study, frozenset())  # a ratio is of both arms
        if a == b:
            return _SAME
        if known.attribute in _QUALIFIERS and not b:
            return _SAME if known.attribute == "p_value" else _EXTRA
        if not a:
            return _OTHER if "all" in said.group else _OMITTED
        if not b:
            return _EXTRA
        if a < b and not (b - a) & self._arm_ids.get(study, frozenset()):
            return _PART
        return _OTHER

    def _fitting(self, fits: Sequence[_Fit]) -> list[Fact]:
        """The facts at the place named; a time or cycle left out must be the only one of the measure."""
        exact = [f.fact for f in fits if f.exact and f.group == _SAME]
        exact = exact or [f.fact for f in fits if f.exact]
        if exact:
            return exact
        fits = [f for f in fits if f.fact.time_point != "baseline" or f.time == _SAME]
        left_out = [f for f in fits if f.open and f.group != _OMITTED and f.grade != _OMITTED]
        whole = [f for f in left_out if f.group == _SAME] or left_out
        times = {_key(f.fact.time_point) for f in whole}
        cycles = {f.fact.cycle for f in whole}
        groups = {f.fact.group for f in whole}
        return [f.fact for f in whole] if len(times) == len(cycles) == len(groups) == 1 else []

    def _best(self, facts: Sequence[Fact]) -> list[Fact]:
        """One fact of each kind of place, the sentence first."""
        found: dict[Kind, Fact] = {}
        for fact in facts:
            found.setdefault(self._kinds[fact.passage], fact)
        return [found[k] for k in (Kind.SENTENCE, Kind.CELL) if k in found] or list(facts[:1])

    def _misplaced(self, said: Fact, alike: Sequence[_Fit], fits: Sequence[_Fit], study: str) -> Outcome:
        """The figure is the review's, but its place is not the one named."""
        opened = [f for f in alike if f.open]
        if opened:
            fit = opened[0]
            rivals = [f for f in fits if f.group == _SAME and not self._agrees(said, f.fact, study, "")]
            if rivals and _OMITTED in (fit.grade, fit.group):
                return Outcome(Verdict.CONTRADICTED, "", (fit.fact,))
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", (fit.fact,))
        fit = alike[0]
        strange = fit.group == _EXTRA and {fit.time, fit.grade, fit.cycle} <= {_SAME}
        if strange and not self._known_apart(said.group - self.everyone(study), study):
            return Outcome(Verdict.NOT_CHECKABLE, "is of other patients", (fit.fact,))
        return Outcome(Verdict.CONTRADICTED, "", (fit.fact,))

    def _known_apart(self, group: frozenset[str], study: str) -> bool:
        """Whether the review tells a group from all patients of a study, or rules it out."""
        own = {i for f in self._facts.get(study, ()) for i in f.group} | self._arm_ids.get(study, frozenset())
        term = self.review.reader.vocabulary.term
        return bool(group & own) or any(term(i).opposite in self.everyone(study) for i in group)

    def _absent(self, said: Fact, study: str, pool: Sequence[Fact], hedge: str) -> Outcome:
        """No such measure or place: the figure may stand there of another measure or another study."""
        if len(numbers_of(said.value)) and (said.unit == "%" or "." in said.value) and not hedge:
            for fact in self._facts.get(study, ()):
                if fact.attribute not in _QUALIFIERS and self._agrees(said, fact, study, hedge):
                    return Outcome(Verdict.CONTRADICTED, "", (fact,))
            for fact in self._others(study):
                same = _one_measure(said, fact) and same_time(said.time_point, fact.time_point)
                if same and agrees(said, fact, None, hedge):
                    return Outcome(Verdict.CONTRADICTED, "", (fact,))
        if said.unit == "patients" and self._stands(said, study):
            return Outcome(Verdict.NOT_CHECKABLE, "is unread", ())
        return Outcome(Verdict.NOT_FOUND, "", tuple(pool[:1]))

    def _stands(self, said: Fact, study: str) -> bool:
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

    def _others(self, study: str) -> Iterable[Fact]:
        return (f for s, facts in self._facts.items() if s and s != study for f in facts)

    def unread(self, value: str, study: str) -> bool:
        """Whether the numbers of ``value`` stand anywhere in what the review says of a study."""
        wanted = set(numbers_of(value))
        return any(
            wanted <= set(numbers_of(in_digits(p.quote)))
            for p in self.review.passages
            if study in p.studies or not p.studies
        )


def _key(time: str) -> str:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)-year", time)
    return f"{float(match[1]) * 12:g}-month" if match else time


def _qualifier(said: str, known: str, same: bool) -> str:
    if same:
        return _SAME
    if not said:
        return _OMITTED
    return _EXTRA if not known else _OTHER


def _one_name(a: str, b: str) -> bool:
    return a.removeprefix("median_") == b.removeprefix("median_")


def _one_measure(said: Fact, known: Fact) -> bool:
    if said.attribute == known.attribute:
        return True
    if {said.attribute, known.attribute} in ({"CR/CRi", "CRc"}, {"relapse", "CIR"}):
        return True
    lasting = said.unit in {"days", "weeks", "months", "years", "open"}
    return (
        lasting and f"median_{said.attribute}" == known.attribute and "-" not in fold(said.time_point or "")
    )
