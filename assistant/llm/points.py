"""The guard: a sentence is shown where it words statements that the program made of the review itself.

A sentence with figures is read back by the reader that read the corpus: each figure must be one of those
statements' own, for the same study, measure, time point, group, grade and cycle, and no word may stand beside
it that neither the statement nor the fact's names account for. One without figures must be a shortening of a
sentence of the review. What cannot be judged so does not pass.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.corpus import Review
from assistant.draft import Line
from assistant.llm.guard import Verdict
from assistant.llm.words import content, negations, numerals, verdict
from assistant.model import Fact
from assistant.text import fold, tokens
from assistant.trials import trial_names
from assistant.verify import Verifier
from assistant.verify_derived import ORDINAL, TIME
from assistant.verify_figures import same_figure, signed_in, spare, without_units
from assistant.verify_reading import SentenceReader

MOST_CHARS = 700
_GRADE = re.compile(r"\bgrades? \d(?: ?- ?\d)?(?: or (?:higher|lower|above|below|more|worse|less))?", re.I)
_LEAST_SHARE = 0.6
"""Of a sentence of the review that a shortening keeps, in words."""
_WITH_FIGURES = 0.9
"""The same for one that holds figures."""


class _Failed(Exception):
    """A sentence may not be shown; says why."""


class PointGuard:
    """Judges sentences against the statements of the program's own answer; see ``Guard``.

    Args:
        review: the review.
        verifier: of that review.
        points: the statements.
        named: whether the question itself names the study, so that an answer need not.
    """

    def __init__(self, review: Review, verifier: Verifier, points: Sequence[Line], *, named: bool) -> None:
        self._review, self._verifier, self._points, self._named = review, verifier, points, named
        self._reader = SentenceReader(review)
        self._trials = trial_names(review)

    def judge(self, text: str, cited: Collection[str]) -> Verdict:
        """Whether ``text`` words one of the statements; see ``Guard.judge``."""
        text = " ".join(text.split())
        about = self._about(text, cited)
        try:
            return self._judged(text, cited)
        except _Failed as failed:
            return Verdict(None, about, str(failed))

    def _judged(self, text: str, cited: Collection[str]) -> Verdict:
        if not cited:
            raise _Failed("cites nothing")
        if len(text) > MOST_CHARS:
            raise _Failed("is too long")
        for k, point in enumerate(self._points):
            if _alike(text, point.text) and self._cites(cited, [point]):
                return Verdict(point, (k,))
        studies = [s for s in cited if s]
        if len(cited) != 1:
            raise _Failed("speaks of several studies at once")
        said = self._with_figures(text, studies[0]) if studies else ()
        said = said or self._shortened(text, cited)
        points = [self._points[k] for k in said]
        if not points:
            raise _Failed("says nothing that was asked")
        support = tuple(dict.fromkeys(s for p in points for s in p.support))
        facts = tuple(dict.fromkeys(f for p in points for f in p.facts))
        return Verdict(Line(text, support, facts, verbatim=all(p.verbatim for p in points)), tuple(said))

    def _cites(self, cited: Collection[str], points: Iterable[Line]) -> bool:
        return set(cited) <= {study for p in points for _, study in p.support}

    def _about(self, text: str, cited: Collection[str]) -> tuple[int, ...]:
        """The statements that a sentence shares most words with, of those it may mean."""
        words = set(content(numerals(text)))
        shares = []
        for k, point in enumerate(self._points):
            own = set(content(numerals(point.text)))
            shares.append((len(words & own) / (len(own) or 1), -k))
        best = max(shares, default=(0.0, 0))
        return (-best[1],) if best[0] >= 0.25 else ()

    # -- figures -------------------------------------------------------------------------------

    def _with_figures(self, text: str, study: str) -> tuple[int, ...]:
        """The statements on ``study`` whose facts a sentence gives; none where it gives no fact."""
        points = {
            k: p
            for k, p in enumerate(self._points)
            if p.facts and not p.verbatim and p.derivation is None and {f.study for f in p.facts} == {study}
        }
        facts = [f for p in points.values() for f in p.facts]
        bare = self._bare(text, study)
        stated = self._stated(bare, study, facts)
        if not stated:
            return ()
        said = tuple(
            k for k, p in points.items() if set(p.facts) <= set(stated) and self._keeps(text, p, study)
        )
        if not said or {f for k in said for f in points[k].facts} != set(stated):
            raise _Failed("leaves out a part of what was asked")
        self._no_more(bare, [points[k] for k in said], stated)
        return said

    def _bare(self, text: str, study: str) -> str:
        """The sentence without the study's own names, number words as digits."""
        text = fold(text)
        if not self._verifier.named(text) <= {study}:
            raise _Failed("names a study that it does not cite")
        bare = self._verifier.bare(text)
        if trial := self._trials.get(study):
            bare = re.sub(rf"(?<![\w-]){re.escape(fold(trial))}(?![\w-])", " ", bare)
        if self._verifier.misnames(bare):
            raise _Failed("names a study wrongly")
        return re.sub(r"^\W*(?:in|for)?\s*,\s*", "", numerals(" ".join(bare.split())), flags=re.IGNORECASE)

    def _stated(self, bare: str, study: str, facts: Sequence[Fact]) -> list[Fact]:
        """Those of ``facts`` that the sentence gives, each figure of it accounted for."""
        stated: list[Fact] = []
        for said in self._reader.read(bare, study):
            known = [f for f in facts if self._reader.same_place(said, f) and same_figure(said, f)]
            if not known:
                raise _Failed(f"says {said.attribute} {said.value}, which was not asked or is not so")
            stated += known[:1]
        stated += [f for f in facts if f not in stated and self._in_words(bare, f)]
        left = without_units(ORDINAL.sub(" ", _GRADE.sub(" ", TIME.sub(" ", bare))), stated)
        for words in (w for f in stated for w in self._reader.group_words(f)):
            left = left.replace(fold(words), " ")
        extra = spare(signed_in(left), stated)
        if extra:
            raise _Failed(f"states {', '.join(extra)} beside the facts")
        return stated

    def _in_words(self, bare: str, fact: Fact) -> bool:
        """Whether the sentence gives a characteristic: its value as printed, beside its name."""
        vocabulary = self._review.reader.vocabulary
        measured = fact.attribute in vocabulary.measures and (fact.unit or fact.n is not None)
        if measured or fact.group or fact.grade:
            return False
        value = re.sub(r"\s*\[[\d, ]+\]", "", numerals(fold(fact.value))).rstrip(".")
        place = re.search(rf"(?<![\w.-]){re.escape(value)}(?![\w-])", bare, re.IGNORECASE)
        if not place:
            return False
        rest = bare[: place.start()] + " " + bare[place.end() :]
        return fact.attribute in {"agents", "phase", "design"} or any(
            _holds(rest, name) for name in self._names(fact)
        )

    def _names(self, fact: Fact) -> tuple[str, ...]:
        term = self._review.attributes.get(fact.attribute) or self._review.reader.vocabulary.term(
            fact.attribute
        )
        row = next((p.locator.row for p in self._review.passages if p.id == fact.passage), "")
        return tuple(filter(None, (term.name, *term.abbreviations, *term.forms, *term.row_heads, row)))

    def _keeps(self, text: str, point: Line, study: str) -> bool:
        """Whether the sentence keeps what a statement says beside its facts: verdict, lead, name, denial."""
        if verdict(text) != verdict(point.text) or negations(text) != negations(point.text):
            return False
        opening = re.match(r"([^:]{1,60}): ", point.text)
        if opening and not self._verifier.named(fold(opening[1])) and not _holds(numerals(text), opening[1]):
            return False
        trial = self._trials.get(study, "")
        return (
            self._named or study in self._verifier.named(fold(text)) or (bool(trial) and _holds(text, trial))
        )

    def _no_more(self, bare: str, points: Sequence[Line], stated: Sequence[Fact]) -> None:
        """See to it that each word is one of the statements', of the facts' names, or claims nothing."""
        known = {t.key for p in points for t in tokens(_GRADE.sub(" grade ", numerals(fold(p.text))))}
        for fact in stated:
            groups = (self._review.reader.vocabulary.term(g) for g in fact.group)
            names = [*self._names(fact), *self._reader.group_words(fact)]
            names += [n for g in groups for n in (g.name, *g.abbreviations, *g.forms)]
            known |= {t.key for n in (*names, *self._surroundings(fact)) for t in tokens(numerals(fold(n)))}
        strange = [w for w in content(_GRADE.sub(" grade ", bare)) if w not in known and not w[0].isdigit()]
        if strange:
            raise _Failed(f"uses words that nothing accounts for: {', '.join(strange[:5])}")

    def _surroundings(self, fact: Fact) -> list[str]:
        """What may be named beside a figure of a study without claiming anything: its agents, its disease."""
        return [
            f.value
            for f in self._review.facts
            if f.study == fact.study and f.attribute in {"agents", "disease"} and not f.group
        ]

    # -- words ---------------------------------------------------------------------------------

    def _shortened(self, text: str, cited: Collection[str]) -> tuple[int, ...]:
        """The quotation of the review that a sentence shortens without a word of its own; none else."""
        words = content(fold(text))
        for k, point in enumerate(self._points):
            if not point.verbatim or not self._cites(cited, [point]) or verdict(text) != verdict(point.text):
                continue
            own = content(fold(point.text))
            figured = any(w[0].isdigit() for w in own)
            least = _WITH_FIGURES if figured else _LEAST_SHARE
            if (
                _is_part(words, own)
                and len(words) >= least * len(own)
                and negations(text) == negations(point.text)
                and [w for w in words if w[0].isdigit()] == [w for w in own if w[0].isdigit()]
            ):
                return (k,)
        return ()


def _alike(text: str, other: str) -> bool:
    """Whether two sentences are the same but for case, stops and spaces."""
    return [t.text.lower() for t in tokens(text)] == [t.text.lower() for t in tokens(other)]


def _holds(text: str, phrase: str) -> bool:
    keys, wanted = [t.key for t in tokens(text)], [t.key for t in tokens(phrase)]
    n = len(wanted)
    return bool(n) and any(keys[i : i + n] == wanted for i in range(len(keys) - n + 1))


def _is_part(words: Sequence[str], own: Sequence[str]) -> bool:
    """Whether ``words`` stand in ``own`` in their order."""
    rest = iter(own)
    return bool(words) and all(word in rest for word in words)
