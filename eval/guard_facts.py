"""What can be said of a review's facts: each as a claim whose parts can be worded, or exchanged, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.text.text import fold

_TIMED = re.compile(r"(\d+(?:\.\d+)?)-(day|week|month|year)")
_LENGTHS = {"days", "weeks", "months", "years"}
_RATIOS = {"HR", "OR", "RR", "CI", "p_value"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a study with all that qualifies it, in words."""

    review: str
    study: str
    label: str
    """`Abstract 51`."""
    author: str
    """`Muster et al.`, "" where another study has the same first author."""
    measure: str
    """Its id."""
    name: str
    """`overall survival`."""
    short: str
    """`OS`, or the name where it has no abbreviation."""
    figure: str
    """`78%`, `11.8 months`, `5`."""
    unit: str
    time: str = ""
    """`3-year`."""
    group: str = ""
    """An arm's or subgroup's label."""
    ids: frozenset[str] = frozenset()
    grade: str = ""
    cycle: str = ""
    n: int | None = None
    total: int | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """All that qualifies the figure."""
        return (self.review, self.study, self.measure, self.time, self.ids, self.grade, self.cycle)


def claims_of(review: Review) -> list[Claim]:
    """The claims of a review's facts that can be worded without its own sentences, each once."""
    found: dict[tuple[object, ...], Claim] = {}
    for fact in review.facts:
        claim = _claim(fact, review)
        if claim is not None:
            found.setdefault((*claim.place, claim.figure), claim)
    places = [c.place for c in found.values()]
    return [c for c in found.values() if places.count(c.place) == 1]


def _claim(fact: Fact, review: Review) -> Claim | None:
    vocabulary = review.reader.vocabulary
    term = vocabulary.measures.get(fact.attribute)
    study = review.study(fact.study)
    if term is None or study is None or fact.attribute in _RATIOS or fact.comparator:
        return None
    group = _label(fact, review) if fact.group else ""
    figure = _figure(fact)
    if not figure or group is None or (fact.time_point and not _TIMED.fullmatch(fact.time_point)):
        return None
    names = [s.name for s in review.studies]
    short = next((a for a in term.abbreviations if a.isupper() or "/" in a), term.name)
    author = fold(study.name) if study.name and names.count(study.name) == 1 else ""
    return Claim(
        review.id, study.id, study.label, author, fact.attribute, term.name.removeprefix("number of "), short,
        figure, fact.unit, "" if fact.unit in _LENGTHS else fact.time_point, group, fact.group, fact.grade, fact.cycle, fact.n, fact.total,
    )  # fmt: skip


def _label(fact: Fact, review: Review) -> str | None:
    """An arm's label, or the one population a group is; None where neither names the group wholly."""
    for label, ids in review.arms.get(fact.study, {}).items():
        if ids == fact.group:
            return fold(label)
    if len(fact.group) == 1:
        term = review.reader.vocabulary.populations.get(next(iter(fact.group)))
        if term is not None and term.name:
            return term.name
    return None


def _figure(fact: Fact) -> str:
    if fact.unit == "%" or (fact.percent and fact.n is None):
        match = re.search(r"\d+(?:\.\d+)?", fact.percent or fact.value)
        return f"{match[0]}%" if match and "-" not in fold(fact.value) else ""
    if fact.unit == "patients" and fact.n is not None:
        return str(fact.n)
    if fact.unit in _LENGTHS:
        match = re.search(r"\d+(?:\.\d+)?", fact.value)
        single = match and len(re.findall(r"\d+(?:\.\d+)?", fold(fact.value))) == 1
        return f"{match[0]} {fact.unit}" if match and single else ""
    return ""


def arm_pairs(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Two figures of one measure and time point in two arms."""
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            same = (a.review, a.study, a.measure, a.time, a.grade, a.cycle, a.unit) == (
                b.review, b.study, b.measure, b.time, b.grade, b.cycle, b.unit
            )  # fmt: skip
            if same and a.group and b.group and a.figure != b.figure:
                yield a, b
