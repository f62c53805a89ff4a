"""Judges statements that compare two arms, or say that nobody had something, by the review's figures."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.check.figures import FigureJudge
from assistant.check.model import Finding, Verdict
from assistant.check.reading import Reading
from assistant.check.saying import Sayer
from assistant.check.sources import Sources
from assistant.check.words import BETTER, DOWN, UP, WORSE
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.selection import number_of, percent_of, same_time
from assistant.text.text import Token, fold, tokens

_TURNED = re.compile(
    r"^\W*(?:when\s+)?(?:compared|versus|relative|in comparison|against|unlike|as opposed)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b(?:than|versus|vs|over|compared\s+(?:with|to)|against|relative\s+to)\s+(?:(?:with|in|for|on|that|the|of)\s+)*$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"\b(?:outcomes?|results?|prognosis|efficacy)\b", re.IGNORECASE)
_NOBODY = frozenset("no none nobody without never".split())
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})

Group = frozenset[str]


def sign_of(key: str, better: str) -> int:
    """1 where a word says the greater figure, -1 where it says the smaller; 0 for any other word.

    Args:
        key: the word's key.
        better: which end of the measure is the better one.
    """
    up = -1 if better == "lower" else 1
    if key.startswith("improv") or (key in BETTER and key not in UP | DOWN):
        return up
    if key in WORSE:
        return -up
    return 1 if key in UP else -1 if key in DOWN else 0


class Comparer:
    """Judges comparisons of arms against one review.

    Args:
        review: the review.
        figures: its figures.
        sources: its words.
    """

    def __init__(self, review: Review, figures: FigureJudge, sources: Sources) -> None:
        self.review = review
        self.figures = figures
        self.sources = sources
        self.say = Sayer(review)
        self._term = review.reader.vocabulary.term

    # -- two arms ------------------------------------------------------------------------------

    def compared(self, reading: Reading, study: str) -> Finding | None:
        """``CR was higher with A than with B``: both arms' figures decide; None where they do not."""
        if len(reading.directions) != 1 or reading.negations or reading.significance:
            return None
        sides = self._sides(reading.text, study)
        if sides is None:
            return None
        word = reading.directions[0]
        measures = list(
            dict.fromkeys(
                s.ids[0] for s in reading.spans if s.kind == "measure" and s.ids[0] not in _STATISTICS
            )
        )
        if len(measures) == 1:
            return self._by_figures(word, measures[0], reading, sides, study)
        if not measures and _OUTCOME.search(reading.text):
            return self._by_words(word, sides, study)
        return None

    def _sides(self, text: str, study: str) -> tuple[Group, Group] | None:
        """The arm a comparison speaks of and the arm it is set against."""
        arms = list(dict.fromkeys(self.review.arms.get(study, {}).values()))
        spans = self.review.reader.groups(text, self.review.arms.get(study, {}))
        named = [s for s in spans if frozenset(s.ids) in arms]
        groups = list(dict.fromkeys(frozenset(s.ids) for s in named))
        if len(groups) == 2:
            first, second = groups
            return (second, first) if _TURNED.match(text) else (first, second)
        if len(groups) != 1 or len(arms) != 2:
            return None
        other = next(a for a in arms if a != groups[0])
        against = _TURNED.match(text) or _AGAINST.search(fold(text[: named[0].start]))
        return (other, groups[0]) if against else (groups[0], other)

    def _by_figures(
        self, word: Token, measure: str, reading: Reading, sides: tuple[Group, Group], study: str
    ) -> Finding | None:
        sign = sign_of(word.key, self._term(measure).better)
        times = [
            s.ids[0] for s in reading.spans if s.ids and s.kind in {"time", "value"} and s.unit != "amount"
        ]
        pool = [
            f
            for f in self.figures.facts(study)
            if f.attribute.removeprefix("median_") == measure.removeprefix("median_")
            and (not times or any(same_time(f.time_point, t) for t in times))
        ]
        pairs = [
            (a, b)
            for a in pool
            for b in pool
            if (a.group, b.group) == sides
            and (a.attribute, a.time_point, a.grade, a.unit) == (b.attribute, b.time_point, b.grade, b.unit)
        ]
        verdicts = {v for a, b in pairs if (v := _greater(a, b, sign)) is not None}
        if len(verdicts) != 1 or not sign:
            return None
        facts = tuple(dict.fromkeys(pairs[0]))
        if verdicts == {True}:
            return Finding(Verdict.SUPPORTED, self.say.right(facts), facts)
        shown = "; ".join(self.say.fact(f) for f in facts)
        return Finding(Verdict.CONTRADICTED, f"The review says: {shown}.", facts)

    def _by_words(self, word: Token, sides: tuple[Group, Group], study: str) -> Finding | None:
        """A sentence or cell that compares the same arms decides."""
        for passage in self.sources.of(study):
            signs = {sign_of(t.key, "higher") for t in self.sources.tokens(passage)} - {0}
            own = (
                self._sides(passage.quote, study)
                if len(signs) == 1 and _OUTCOME.search(passage.quote)
                else None
            )
            if own is None or set(own) != set(sides):
                continue
            same = (next(iter(signs)) == sign_of(word.key, "higher")) == (own == sides)
            place = ((passage.id, study),)
            if same:
                return Finding(Verdict.SUPPORTED, f"The review says so: {passage.locator.label}.", (), place)
            reason = self.say.remark("the review says the opposite", passage.id)
            return Finding(Verdict.CONTRADICTED, reason, (), place)
        return None

    # -- nobody --------------------------------------------------------------------------------

    def nobody(self, reading: Reading, study: str) -> Finding | None:
        """``No patient had a thrombosis``: the number of those who had it decides; None where there is none."""
        measures = [s for s in reading.spans if s.kind == "measure" and s.ids[0] not in _STATISTICS]
        denials = [w for w in reading.negations if w.key in _NOBODY]
        if len(measures) != 1 or len(denials) != 1 or len(reading.negations) != 1 or reading.directions:
            return None
        if any(s.kind == "group" and not set(s.ids) <= self.figures.everyone(study) for s in reading.idle):
            return None
        if len(tokens(reading.text[denials[0].end : measures[0].start])) > _CLOSE:
            return None
        grades = {s.ids[0] for s in reading.spans if s.kind == "grade"}
        found = [
            f
            for f in self.figures.facts(study)
            if f.attribute == measures[0].ids[0] and f.unit in {"patients", "%"}
        ]
        if grades:
            found = [f for f in found if f.grade in grades]
        had = [f for f in found if _count(f) > 0]
        if had:
            return Finding(Verdict.CONTRADICTED, f"The review says: {self.say.fact(had[0])}.", tuple(had[:1]))
        none = tuple(f for f in found if not f.group and _count(f) == 0 and f.grade in (grades or {""}))
        return Finding(Verdict.SUPPORTED, self.say.right(none), none) if none else None


_CLOSE = 8
"""Tokens between the word for nobody and what nobody had."""


def _count(fact: Fact) -> float:
    share = float(fact.n) if fact.n is not None else number_of(fact.value)
    return share if share is not None else -1.0


def _greater(a: Fact, b: Fact, sign: int) -> bool | None:
    x, y = (_size(f) for f in (a, b))
    if x is None or y is None or x == y:
        return None
    return x > y if sign > 0 else x < y


def _size(fact: Fact) -> float | None:
    share = percent_of(fact)
    return share if share is not None else number_of(fact.value)
