"""The guard: a sentence is shown where the check calls it supported and it says what was asked.

Whether it is true is judged by the check that anybody's text can be put through (``assistant.check``): study,
measure, time point, group, figure and words. What is asked for here beside is that it says statements of the
program's own answer, each as a whole, and nothing that they do not: no other figure, and no word but theirs, those
that their facts go by, and those that claim nothing. A bound, a doubt or a condition is a word too many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from assistant.check.checker import ReviewChecker
from assistant.check.model import Verdict as Checked
from assistant.draft import Line
from assistant.llm.guard import Verdict
from assistant.llm.words import content, negations, numerals, verdict
from assistant.model import Fact
from assistant.names.trials import trial_names
from assistant.text.text import fold, tokens
from assistant.verify.figures import numbers_in
from assistant.verify.verifier import Verifier

MOST_CHARS = 700
_NAMED = frozenset({"agents", "disease"})
"""Characteristics of a study that may be named beside any of its figures."""
_RELATIONS = frozenset("from or by as per than before after without not no until since if".split())
"""Words that a long name may hold, but that say something else outside of it."""
_LEAST_SHARE = 0.6
"""Of a quotation's words, that a sentence which says it in other words keeps."""
_Key = tuple[str, str, str, frozenset[str], str, str, frozenset[str]]


class _FailedError(Exception):
    """A sentence may not be shown; says why."""


class PointGuard:
    """Judges sentences against the statements of the program's own answer; see ``Guard``.

    Args:
        checker: of the review.
        verifier: of the review.
        points: the statements.
        named: whether the question itself names the study, so that an answer need not.
    """

    def __init__(
        self, checker: ReviewChecker, verifier: Verifier, points: Sequence[Line], *, named: bool
    ) -> None:
        self._checker, self._verifier, self._points, self._named = checker, verifier, points, named
        self._trials = trial_names(checker.review)

    def judge(self, text: str, cited: Collection[str]) -> Verdict:
        """Whether ``text`` words one of the statements; see ``Guard.judge``."""
        text = " ".join(text.split())
        try:
            return self._judged(text, cited)
        except _FailedError as failed:
            return Verdict(None, self._about(text), str(failed))

    def _judged(self, text: str, cited: Collection[str]) -> Verdict:
        if not cited:
            raise _FailedError("cites nothing")
        if len(text) > MOST_CHARS:
            raise _FailedError("is too long")
        for k, point in enumerate(self._points):
            if _alike(text, point.text) and set(cited) <= {s for _, s in point.support}:
                return Verdict(point, (k,))
        if not self._verifier.named(fold(text)) <= set(cited):
            raise _FailedError("names a study that it does not cite")
        finding = self._checker.judge(text, tuple(s for s in cited if s))
        if finding.verdict is not Checked.SUPPORTED:
            raise _FailedError(f"is {finding.verdict.words}: {finding.reason}")
        places = {p for p, _ in finding.passages}
        said = tuple(
            k for k, p in enumerate(self._points) if self._says(text, cited, p, finding.facts, places)
        )
        if not said:
            raise _FailedError("says nothing that was asked, or only a part of it")
        return Verdict(self._line(text, said, finding.facts), said)

    def _line(self, text: str, said: Sequence[int], facts: Iterable[Fact]) -> Line:
        """The sentence with the support of the statements it says."""
        points = [self._points[k] for k in said]
        own = tuple(dict.fromkeys(f for p in points for f in p.facts))
        if not {_key(f) for f in facts} <= {_key(f) for f in own}:
            raise _FailedError("gives a figure that was not asked for")
        support = tuple(dict.fromkeys(s for p in points for s in p.support))
        self._no_more(text, points, {s for _, s in support})
        return Line(text, support, own, verbatim=all(p.verbatim for p in points))

    def _no_more(self, text: str, points: Sequence[Line], studies: Collection[str]) -> None:
        """See to it that each word and number is one of the statements', or claims nothing."""
        facts = [f for p in points for f in p.facts]
        names = [n for f in facts for n in self._names(f)]
        names += [self._trials[s] for s in studies if s in self._trials]
        names += [f.value for f in self._checker.review.facts if f.study in studies and f.attribute in _NAMED]
        known = {t.key for n in names for t in tokens(numerals(fold(n)))} - _RELATIONS
        known |= {t.key for p in points for t in tokens(numerals(self._verifier.bare(p.text)))}
        words = content(numerals(self._verifier.bare(text)))
        strange = [w for w in words if w not in known]
        own = Counter(w for p in points for w in content(numerals(self._verifier.bare(p.text))))
        strange += [w for w, n in Counter(words).items() if w[0].isdigit() and n > max(1, own[w])]
        if strange:
            raise _FailedError(f"says more than was asked: {', '.join(strange[:5])}")

    def _names(self, fact: Fact) -> list[str]:
        """What a fact and its group may be called, and its figures."""
        review = self._checker.review
        term = review.attributes.get(fact.attribute) or review.reader.vocabulary.term(fact.attribute)
        terms = [term, *(review.reader.vocabulary.term(g) for g in fact.group)]
        names = [n for t in terms for n in (t.name, *t.abbreviations, *t.forms, *t.row_heads)]
        return [
            *names,
            fact.group_label,
            fact.value,
            fact.percent,
            *map(str, (fact.n or "", fact.total or "")),
        ]

    def _says(
        self, text: str, cited: Collection[str], point: Line, facts: Iterable[Fact], places: set[str]
    ) -> bool:
        """Whether a true sentence says the whole of a statement."""
        studies = {s for _, s in point.support}
        if point.derivation is not None or not studies <= set(cited) or not self._keeps(text, point, studies):
            return False
        if point.facts:
            said = {_key(f) for f in facts}
            return {_key(f) for f in point.facts} <= said and (
                not point.verbatim or _covers(text, point.text)
            )
        return not places.isdisjoint(p for p, _ in point.support) and _covers(text, point.text)

    def _keeps(self, text: str, point: Line, studies: Collection[str]) -> bool:
        """Whether the sentence keeps what a statement says beside its facts: verdict, opening, denial, name."""
        if verdict(text) != verdict(point.text) or negations(text) != negations(point.text):
            return False
        opening = re.match(r"([^:]{1,60}): ", point.text)
        if opening and not self._verifier.named(fold(opening[1])) and not _holds(text, opening[1]):
            return False
        if self._named or not self._verifier.named(fold(point.text)):
            return True
        trials = [t for s in studies if (t := self._trials.get(s))]
        return bool(self._verifier.named(fold(text))) or any(_holds(text, t) for t in trials)

    def _about(self, text: str) -> tuple[int, ...]:
        """The statement that a sentence shares most words with, if it shares some."""
        words = set(content(numerals(text)))
        shares = []
        for k, point in enumerate(self._points):
            own = set(content(numerals(point.text)))
            shares.append((len(words & own) / (len(own) or 1), -k))
        best = max(shares, default=(0.0, 0))
        return (-best[1],) if best[0] >= 0.25 else ()


def _key(fact: Fact) -> _Key:
    """What makes two facts one, wherever they stand."""
    counted = {str(fact.n)} if fact.n is not None else numbers_in(fact.value)
    numbers = frozenset(numbers_in(fact.percent) or counted or {fold(fact.value).lower()})
    return (fact.study, fact.attribute, fact.time_point, fact.group, fact.grade, fact.cycle, numbers)


def _covers(text: str, quotation: str) -> bool:
    """Whether a sentence has most words of a quotation, and all of its figures."""
    words, own = set(content(numerals(fold(text)))), set(content(numerals(fold(quotation))))
    figures = {w for w in own if w[0].isdigit()}
    return figures <= words and len(words & own) >= _LEAST_SHARE * len(own)


def _alike(text: str, other: str) -> bool:
    """Whether two sentences are the same but for case, stops and spaces."""
    return [t.text.lower() for t in tokens(text)] == [t.text.lower() for t in tokens(other)]


def _holds(text: str, phrase: str) -> bool:
    keys, wanted = [t.key for t in tokens(text)], [t.key for t in tokens(phrase)]
    n = len(wanted)
    return bool(n) and any(keys[i : i + n] == wanted for i in range(len(keys) - n + 1))
