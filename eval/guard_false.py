"""Claims made false in one part: a figure, an arm, a time point, a study …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from assistant.model import Fact
from eval.guard_facts import Claim, arm_pairs
from eval.guard_phrases import STYLES, against, worded

NUMERIC = frozenset(
    (
        "digit changed",
        "digits swapped",
        "other arm",
        "subgroup as all",
        "time point",
        "cycle",
        "grade",
        "study",
        "measure",
        "denominator",
        "unit",
        "comparator",
        "characteristic",
        "invented figure",
        "invented citation",
        "sentence, digit",
        "sentence, figures exchanged",
    )
)
_TIMES = ("1-year", "2-year", "3-year", "5-year", "6-month", "12-month", "18-month", "24-month")
_LOWER_BETTER = "lower"


class Falsifier:
    """Makes claims false.

    Args:
        claims: every true claim of the reviews.
        facts: every fact of each review, by review and study, so that nothing true is called false.
        random: makes the choices; seeded by the caller.
    """

    def __init__(
        self, claims: Sequence[Claim], facts: dict[tuple[str, str], list[Fact]], random: Random
    ) -> None:
        self.claims = list(claims)
        self.facts = facts
        self.random = random
        self._by_study: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            self._by_study.setdefault((claim.review, claim.study), []).append(claim)

    def all(self) -> Iterator[tuple[str, str, str]]:
        """(family, text, review) of every false statement that can be made."""
        made: tuple[tuple[str, Callable[[Claim], list[Claim]]], ...] = (
            ("digit changed", self._digit), ("digits swapped", self._swapped), ("other arm", self._arm),
            ("subgroup as all", self._whole), ("time point", self._time), ("cycle", self._cycle),
            ("grade", self._grade), ("study", self._study), ("measure", self._measure),
            ("denominator", self._total), ("unit", self._unit), ("comparator", self._comparator),
            ("invented figure", self._invented), ("invented citation", self._uncited),
        )  # fmt: skip
        for family, make in made:
            for i, claim in enumerate(self.claims):
                for k, wrong in enumerate(make(claim)):
                    yield family, worded(wrong, STYLES[(i + k) % 3], i + k), claim.review
        for i, claim in enumerate(self.claims):
            yield "negation", _denied(worded(claim, STYLES[i % 3], i), claim, i), claim.review
        for i, (a, b) in enumerate(arm_pairs(self.claims)):
            greater = _value(a) > _value(b)
            yield "direction", against(a, b, "lower" if greater else "higher", i), a.review
            yield "direction", against(b, a, "higher" if greater else "lower", i + 1), a.review

    # -- one part each ---------------------------------------------------------------------------

    def _digit(self, claim: Claim) -> list[Claim]:
        digits = [i for i, c in enumerate(claim.figure) if c.isdigit()]
        found = []
        for at in self.random.sample(digits, min(2, len(digits))):
            new = self.random.choice([d for d in "123456789" if d != claim.figure[at]])
            found.append(replace(claim, figure=claim.figure[:at] + new + claim.figure[at + 1 :]))
        return [c for c in found if not self._true(c)]

    def _swapped(self, claim: Claim) -> list[Claim]:
        text = claim.figure
        at = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
        if not at or text[at[0] + 1] == "0":
            return []
        i = at[0]
        wrong = replace(claim, figure=text[:i] + text[i + 1] + text[i] + text[i + 2 :])
        return [] if self._true(wrong) else [wrong]

    def _arm(self, claim: Claim) -> list[Claim]:
        others = {c.ids: c for c in self._siblings(claim) if c.group and claim.group and c.ids != claim.ids}
        apart = [c for c in others.values() if not (c.ids <= claim.ids or claim.ids <= c.ids)]
        found = [replace(claim, group=c.group, ids=c.ids, n=None) for c in apart[:2]]
        return [c for c in found if not self._true(c)]

    def _whole(self, claim: Claim) -> list[Claim]:
        if not claim.group:
            return []
        wrong = replace(claim, group="all patients", ids=frozenset())
        return [] if self._true(wrong) else [wrong]

    def _time(self, claim: Claim) -> list[Claim]:
        if not claim.time:
            return []
        own = {_months(c.time) for c in self._siblings(claim) if c.measure == claim.measure}
        others = [t for t in _TIMES if _months(t) not in own]
        return [replace(claim, time=t) for t in self.random.sample(others, min(2, len(others)))]

    def _cycle(self, claim: Claim) -> list[Claim]:
        if not claim.cycle:
            return []
        found = [replace(claim, cycle=c) for c in ("1", "2", "3", "4") if c != claim.cycle]
        return [c for c in found if not self._true(c)]

    def _grade(self, claim: Claim) -> list[Claim]:
        if not claim.grade:
            return []
        found = [
            replace(claim, grade=g) for g in ("1", "2", "4", "1-2", ">=3", ">=4", "") if g != claim.grade
        ]
        return [c for c in found if not self._true(c)]

    def _study(self, claim: Claim) -> list[Claim]:
        others = [c[0] for s, c in self._by_study.items() if s[0] == claim.review and s[1] != claim.study]
        found = [
            replace(claim, study=c.study, label=c.label, author=c.author)
            for c in self.random.sample(others, min(2, len(others)))
        ]
        return [c for c in found if not self._true(c)]

    def _measure(self, claim: Claim) -> list[Claim]:
        others = {
            c.measure: c
            for c in self.claims
            if c.unit == claim.unit and c.measure != claim.measure and c.review == claim.review
        }
        chosen = self.random.sample(list(others.values()), min(2, len(others)))
        found = [replace(claim, measure=c.measure, name=c.name, short=c.short) for c in chosen]
        return [c for c in found if not self._true(c) and not _related(claim.measure, c.measure)]

    def _total(self, claim: Claim) -> list[Claim]:
        if claim.unit != "patients" or claim.n is None or not claim.total:
            return []
        found = [replace(claim, total=claim.total + d) for d in (1, 3, 10, 20)]
        return [c for c in found if not self._true(c)]

    def _unit(self, claim: Claim) -> list[Claim]:
        for a, b in (("months", "weeks"), ("days", "months"), ("weeks", "months"), ("years", "months")):
            if claim.figure.endswith(a):
                return [replace(claim, figure=claim.figure.replace(a, b), unit=b)]
        if claim.figure.endswith("%"):
            return [replace(claim, figure=claim.figure.replace("%", " months"), unit="months")]
        return [replace(claim, figure=f"{claim.figure}%", unit="%")] if claim.unit == "patients" else []

    def _comparator(self, claim: Claim) -> list[Claim]:
        if not claim.figure.endswith("%"):
            return []
        return [replace(claim, figure=f"{sign}{claim.figure}") for sign in ("< ", "more than ")]

    def _invented(self, claim: Claim) -> list[Claim]:
        for _ in range(20):
            number = (
                f"{self.random.uniform(3, 97):.1f}"
                if "." in claim.figure
                else str(self.random.randint(3, 97))
            )
            wrong = replace(claim, figure=re.sub(r"\d+(?:\.\d+)?", number, claim.figure, count=1), total=None)
            if not self._true(wrong):
                return [wrong]
        return []

    def _uncited(self, claim: Claim) -> list[Claim]:
        noun = claim.label.rsplit(" ", 1)[0]
        prefix = re.match(r"[A-Z]-|", claim.study)
        label = f"{noun} {prefix[0] if prefix else ''}{self.random.randint(5000, 9999)}"
        return [replace(claim, label=label, author="")]

    # -- what is true ----------------------------------------------------------------------------

    def _siblings(self, claim: Claim) -> list[Claim]:
        return self._by_study.get((claim.review, claim.study), [])

    def _true(self, claim: Claim) -> bool:
        """Whether the review gives that number for that measure of that study, however it is qualified."""
        number = _value(claim)
        for fact in self.facts.get((claim.review, claim.study), ()):
            if fact.attribute != claim.measure and not _related(fact.attribute, claim.measure):
                continue
            if number in _numbers(fact) and _qualified_alike(claim, fact):
                return True
        return False


def _numbers(fact: Fact) -> set[float]:
    found = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", f"{fact.value} {fact.percent}")}
    found |= {float(n) for n in (fact.n, fact.total) if n is not None}
    if fact.n is not None and fact.total:
        found.add(round(100 * fact.n / fact.total, 1))
    return found


def _qualified_alike(claim: Claim, fact: Fact) -> bool:
    if claim.total is not None and fact.total is not None and claim.total != fact.total:
        return False
    times = {claim.time, fact.time_point} - {""}
    timed = len({_months(t) for t in times}) < 2
    return (
        timed
        and claim.ids <= fact.group
        and claim.grade in {"", fact.grade}
        and claim.cycle in {"", fact.cycle}
    )


def _related(a: str, b: str) -> bool:
    """Whether two measures may be one: a composite and its other name, a median and its measure."""
    return a.removeprefix("median_") == b.removeprefix("median_") or {a, b} == {"CR/CRi", "CRc"}


def _months(time: str) -> float:
    number, _, unit = time.partition("-")
    return (
        float(number) * {"year": 12.0, "month": 1.0, "week": 0.23, "day": 0.033}.get(unit, 0.0)
        if number
        else 0.0
    )


def _value(claim: Claim) -> float:
    match = re.search(r"\d+(?:\.\d+)?", claim.figure)
    return float(match[0]) if match else -1.0


def _denied(text: str, claim: Claim, number: int) -> str:
    """The statement with its figure denied."""
    for verb in (
        "stood at",
        "came to",
        "was observed in",
        "was documented in",
        "reached",
        "amounted to",
        "was",
    ):
        if f" {verb} " in text:
            plain = {"stood at": "did not stand at", "came to": "did not come to", "reached": "did not reach"}
            plain |= {
                "amounted to": "did not amount to",
                "was": "was not",
                "was observed in": "was not observed in",
            }
            plain["was documented in"] = "was not documented in"
            return text.replace(f" {verb} ", f" {plain[verb]} ", 1)
    return text.replace(claim.figure, f"not {claim.figure}" if number % 2 else f"never {claim.figure}", 1)
