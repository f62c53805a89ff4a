"""Judges a figure of a statement: the same measure, time point, group, grade and cycle must have that value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.check.known import KnownFigures
from assistant.check.model import Verdict
from assistant.check.values import agrees, numbers_of
from assistant.model import Fact, Kind
from assistant.selection import same_time
from assistant.text.text import fold

_QUALIFIERS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
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


class FigureJudge(KnownFigures):
    """Judges figures against one review.

    Args:
        review: the review.
    """

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

    def agrees(self, said: Fact, fact: Fact, study: str) -> bool:
        """Whether a figure said is a study's figure, whatever place it is given."""
        return self._agrees(said, fact, study, "")

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
        if b < a:
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
        more = said.group - self.everyone(study) - fit.fact.group
        if strange and (fit.fact.group or not self._known_apart(more, study)):
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
        if said.unit == "patients" and self.stands(said, study):
            return Outcome(Verdict.NOT_CHECKABLE, "is unread", ())
        return Outcome(Verdict.NOT_FOUND, "", tuple(pool[:1]))

    def _others(self, study: str) -> Iterable[Fact]:
        return (f for s, facts in self._facts.items() if s and s != study for f in facts)


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
