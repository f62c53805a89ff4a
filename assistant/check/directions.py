"""Judges words that compare, call significant, or give a share in words, by the review's figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.check.comparing import sign_of
from assistant.check.figures import FigureJudge
from assistant.check.model import Remark, Verdict
from assistant.check.reading import Reading
from assistant.check.sources import Sources
from assistant.check.words import ANTONYMS
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.selection import number_of, percent_of, same_time
from assistant.spans.span import time_key
from assistant.text.text import Token

_NOT_SIGNIFICANT = re.compile(
    r"\b(?:(?:not|no|never|without|n't|nor|neither)\b(?:\W+\w+){0,4}?\W+(?:statistically\W+)?significan|(?:non-?|in)significan)",
    re.IGNORECASE,
)
_TREND = re.compile(
    r"(?:ros|ris|fell|fall|increas|decreas|climb|grew|grow|declin|dropp|improv|worsen)\w*|rose|reduced|raised|lowered",
    re.IGNORECASE,
)
"""What later figures did against earlier ones, where none is set against another."""
_SET_AGAINST = re.compile(r"\b(?:than|versus|vs|compared|against|relative)\b", re.IGNORECASE)
_TURNED = re.compile(r"\W*(?:compared|versus|relative|in comparison|against)\b", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:or|and)\s+$", re.IGNORECASE)
"""Before the word of a bound: ``eight weeks or longer``."""
_SHARE = re.compile(
    r"\b(?:(?P<than>(?:more|over|greater|higher)(?:\s+than)?|(?:less|fewer|lower|under)(?:\s+than)?|about|nearly|almost|exactly|just\s+over|just\s+under)\s+)?"
    r"(?P<share>half|the majority|a majority|most(?=\s+(?:of|patients|responders|adults|children|cases)\b)|mostly|mainly|predominantly|"
    r"a minority|(?:a|one)[- ]third|two[- ]thirds|(?:a|one)[- ]quarter|three[- ]quarters)"
    r"(?:\s+of)?\b",
    re.IGNORECASE,
)
_SHARES = {
    "half": 50.0, "the majority": 50.0, "a majority": 50.0, "most": 50.0, "mostly": 50.0, "mainly": 50.0, "predominantly": 50.0,
    "a minority": 50.0, "third": 100 / 3,
    "two thirds": 200 / 3, "quarter": 25.0, "three quarters": 75.0,
}  # fmt: skip
_NEAR_SHARE = 2.5
"""Percentage points from a share in words within which a figure may stand for it."""
_REACH = 90
"""Characters between a share in words and its figure."""

Pair = tuple[Fact, Fact]
"""A figure said with the review's fact that it is."""


class DirectionJudge:
    """Judges comparisons beside figures against one review.

    Args:
        review: the review.
        figures: its figures.
        sources: its words.
    """

    def __init__(self, review: Review, figures: FigureJudge, sources: Sources) -> None:
        self.figures = figures
        self.sources = sources
        self._term = review.reader.vocabulary.term

    # -- higher and lower ----------------------------------------------------------------------

    def remarks(self, reading: Reading, pairs: Sequence[Pair], passages: Sequence[str]) -> list[Remark]:
        """Remarks on words that compare.

        Args:
            reading: the statement.
            pairs: each figure said with the review's fact it is.
            passages: where these facts stand.
        """
        found = [self._remark(w, reading, pairs, passages) for w in reading.directions]
        return [r for r in found if r is not None]

    def _remark(
        self, word: Token, reading: Reading, pairs: Sequence[Pair], passages: Sequence[str]
    ) -> Remark | None:
        text = reading.text
        if _BOUND.search(text[: word.start]) or re.match(r"\s+than\s+\d", text[word.end :]):
            return None
        if any(m.start() <= word.start < m.end() for m in _SHARE.finditer(text)):
            return None
        compared = _compared(pairs, word)
        verdict = self._holds(word, text, *compared) if compared else None
        course = _course(pairs, word, text) if verdict is None else []
        if course:
            compared, verdict = course, self._ran(word, *course)
        if verdict is None:
            return self._by_words(word, passages)
        if verdict:
            return None
        reason = f"the review's figures do not bear out {word.text!r}"
        return Remark(Verdict.CONTRADICTED, reason, compared[0][1].passage)

    def _by_words(self, word: Token, passages: Sequence[str]) -> Remark | None:
        axis = ANTONYMS.get(word.key)
        for passage in passages:
            keys = {t.key for t in self.sources.tokens(self.sources.passages[passage])}
            opposite = axis is not None and any(ANTONYMS.get(k) == (axis[0], -axis[1]) for k in keys)
            alike = axis is not None and axis in (ANTONYMS.get(k) for k in keys)
            if word.key in keys or (alike and not opposite):
                return None
            if opposite:
                return Remark(Verdict.CONTRADICTED, f"the review says the opposite of {word.text!r}", passage)
        return Remark(Verdict.NOT_CHECKABLE, f"what is meant by {word.text!r} could not be judged")

    def _holds(self, word: Token, text: str, first: Pair, second: Pair) -> bool | None:
        """Whether the figure said first is the greater or better one, as ``word`` has it; None where it is unclear."""
        a, b = (_size(known) for _, known in (first, second))
        sign = sign_of(word.key, self._term(first[1].attribute).better)
        if a is None or b is None or not sign:
            return None
        between = text[first[0].start : second[0].start].lower()
        changed = re.search(r"\bfrom\s+$", text[: first[0].start]) and re.search(r"\bto\b", between)
        if changed or (_TREND.fullmatch(word.text) and not _SET_AGAINST.search(text)):
            a, b = b, a
        elif word.start > second[0].start:
            return None
        elif _TURNED.match(text):
            a, b = b, a
        return (a > b) if sign > 0 else (a < b)

    def _ran(self, word: Token, first: Pair, second: Pair) -> bool | None:
        """Whether the later figure is the greater or better one, as ``word`` has it; None where it is unclear."""
        a, b = (_size(known) for _, known in (first, second))
        sign = sign_of(word.key, self._term(first[1].attribute).better)
        if a is None or b is None or not sign:
            return None
        return (b > a) if sign > 0 else (b < a)

    # -- significance --------------------------------------------------------------------------

    def significance(self, reading: Reading, study: str, facts: Sequence[Fact]) -> list[Remark]:
        """Remarks on ``significant``: the p-value of the measure decides."""
        if not reading.significance:
            return []
        measures = {f.attribute.removeprefix("median_") for f in facts} | {
            i for s in reading.spans if s.kind == "measure" for i in s.ids
        }
        found = [
            f
            for f in self.figures.facts(study)
            if f.attribute == "p_value" and f.of.removeprefix("median_") in measures
        ]
        values = [number_of(f.value) for f in found]
        verdicts = {v < 0.05 for v in values if v is not None}
        if len(verdicts) != 1:
            return [Remark(Verdict.NOT_CHECKABLE, "the review gives no p-value that decides it")]
        denied = bool(_NOT_SIGNIFICANT.search(reading.text))
        if verdicts == {not denied}:
            return []
        return [Remark(Verdict.CONTRADICTED, f"the p-value is {found[0].value}", found[0].passage)]

    # -- shares in words -----------------------------------------------------------------------

    def shares(self, reading: Reading, pairs: Sequence[Pair]) -> tuple[list[Remark], list[tuple[int, int]]]:
        """Remarks on ``half``, ``most`` …, which the figure behind them decides, and where the decided ones stand."""
        remarks, places = [], []
        for match in _SHARE.finditer(reading.text):
            known = [k for said, k in pairs if match.end() <= said.start <= match.end() + _REACH]
            share = percent_of(known[0]) if known else None
            if share is None:
                continue
            places.append((match.start(), match.end()))
            if not _is_share(match["than"] or "", match["share"], share):
                reason = f"the review's figure is not {match[0].strip()!r}"
                remarks.append(Remark(Verdict.CONTRADICTED, reason, known[0].passage))
        return remarks, places


def _is_share(than: str, words: str, share: float) -> bool:
    name = re.sub(r"^(?:a|one)[- ](?=third|quarter)", "", words.lower()).replace("-", " ")
    bound = _SHARES[name]
    than = than.lower()
    if name == "a minority" or than.startswith(
        ("less", "fewer", "lower", "under", "just under", "nearly", "almost")
    ):
        return share < bound
    if name in {"the majority", "a majority", "most", "mostly", "mainly", "predominantly"} or than.startswith(
        ("more", "over", "greater", "higher", "just over")
    ):
        return share > bound
    return abs(share - bound) <= _NEAR_SHARE


def _compared(pairs: Sequence[Pair], word: Token) -> list[Pair]:
    """Two figures of one measure that differ in their group: the next ones behind a word, else the last before it."""
    found = []
    for i, first in enumerate(pairs):
        for second in pairs[i + 1 :]:
            a, b = first[1], second[1]
            place = (
                a.attribute == b.attribute and same_time(a.time_point, b.time_point) and a.grade == b.grade
            )
            if place and a.group != b.group:
                found.append([first, second])
    behind = [p for p in found if p[0][0].start >= word.end]
    if behind:
        return min(behind, key=lambda p: (p[0][0].start, p[1][0].start))
    return max(found, key=lambda p: (p[0][0].start, -p[1][0].start), default=[])


def _course(pairs: Sequence[Pair], word: Token, text: str) -> list[Pair]:
    """``fell from 86% at 1 year to 74% at 3``: two figures of one measure at an earlier and a later place, in that order."""
    if not _TREND.fullmatch(word.text) or _SET_AGAINST.search(text):
        return []
    behind = [p for p in pairs if p[0].start >= word.end]
    for first, second in pairwise(behind):
        a, b = first[1], second[1]
        one = a.attribute == b.attribute and a.group == b.group and a.grade == b.grade
        moved = _FROM.search(text[: first[0].start]) and _TO.search(text[first[0].end : second[0].start])
        if one and moved and _later(a, b):
            return [first, second]
    return []


_FROM = re.compile(r"\bfrom\s+$")
_TO = re.compile(r"\bto\s+(?:only\s+|just\s+)?$")


def _later(a: Fact, b: Fact) -> bool:
    """Whether ``b`` is the figure of a later time point or cycle than ``a``."""
    if a.cycle.isdecimal() and b.cycle.isdecimal() and a.time_point == b.time_point:
        return int(a.cycle) < int(b.cycle)
    first, second = time_key(a.time_point), time_key(b.time_point)
    return (
        first is not None
        and second is not None
        and a.cycle == b.cycle
        and first[0] == second[0]
        and first[1] < second[1]
    )


def _size(fact: Fact) -> float | None:
    share = percent_of(fact)
    return share if share is not None else number_of(fact.value)
