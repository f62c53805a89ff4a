"""A statement as read: its figures, what else it names, and the words that are neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.check.arms import ArmNames
from assistant.check.figures import TIMELESS
from assistant.check.known import KnownFigures
from assistant.check.mending import mended
from assistant.check.placing import Placer
from assistant.check.words import DIRECTIONS, NEGATION, NEUTRAL, SIGNIFICANT
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.selection import same_time
from assistant.spans.numbers import shown_threshold
from assistant.spans.scan import scan
from assistant.spans.span import Span
from assistant.text.text import Token, fold, tokens

_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z\d]-)[<>]?\d(?:[\d,]*\d)?(?:\.\d+)?(?!\w)")
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)]\s")
_CONTROLLED = re.compile(r"-controlled\b", re.IGNORECASE)
"""Behind the name of a control arm, which names a design then."""
_OFTEN = frozenset("frequent common often likely prevalent".split())
"""Keys of words that ``more`` and ``less`` grade."""
_BOUND = re.compile(r"\b(?:no|not)\s+(?:more|less|fewer|later|longer)\s+than\b", re.IGNORECASE)
"""Bounds a figure, and denies nothing."""
_NON = re.compile(r"\bnon-", re.IGNORECASE)
_REGIMEN = re.compile(
    r"(?:-(?:type|inspired|based|like))?\s+(?:regimen|protocol|programme|approach|therapy|treatment|chemotherapy|schedule)s?\b",
    re.IGNORECASE,
)
"""Behind a word for patients that names a treatment then: the pediatric regimen."""
_NEAR = 40
"""Characters between a count and its percentage."""
_WITH = re.compile(r"\b(?:patients|adults|children)\s+with\b[^,;:.]*$", re.IGNORECASE)
_KINDS = frozenset({"measure", "group", "time", "grade", "cycle", "phase", "threshold"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement, or a part of it, says of one study."""

    text: str
    """In normal spelling, the names of studies blanked."""
    facts: tuple[Fact, ...]
    """Its figures that the reader of facts gave a measure."""
    loose: tuple[Fact, ...]
    """Figures without one."""
    stray: tuple[str, ...]
    """Numbers that are no part of anything read."""
    idle: tuple[Span, ...]
    """Measures, groups, times, grades and designs that no figure belongs to."""
    words: tuple[Token, ...]
    """Content words outside all that."""
    negations: tuple[Token, ...]
    directions: tuple[Token, ...]
    significance: tuple[Token, ...]
    spans: tuple[Span, ...]


class StatementReader:
    """Reads statements with the reader that read the corpus.

    Args:
        review: the review.
        known: its figures.
    """

    def __init__(self, review: Review, known: KnownFigures) -> None:
        self.review = review
        self.placer = Placer(known)
        self.names = ArmNames(review)
        told = (
            f"{review.title} {review.raw.year} {' '.join(p.quote for p in review.passages if not p.studies)}"
        )
        self._years = frozenset(re.findall(r"\b(?:19|20)\d\d\b", told))
        """Years of the review and its meeting, which are no figures of a study."""
        self._called: dict[str, frozenset[str]] = {}
        measures = review.reader.vocabulary.measures
        self._kinds = {m: t.kind for m, t in measures.items()}
        self._timed = {(f.study, f.attribute) for f in review.facts if f.time_point}
        self._given_of = {(f.study, f.attribute) for f in review.facts if f.attribute in measures}

    def _regimens(self, study: str) -> frozenset[str]:
        """Ids of groups by which a study's treatment goes: the pediatric regimen."""
        if study not in self._called:
            quotes = [p.quote for p in self.review.passages if study in p.studies]
            arms = set(self.review.arms.get(study, {}).values())
            self._called[study] = frozenset(
                i
                for quote in map(fold, quotes)
                for s in self.review.reader.groups(quote)
                if frozenset(s.ids) not in arms and _REGIMEN.match(quote, s.end)
                for i in s.ids
            )
        return self._called[study]

    def _at_threshold(self, fact: Fact, spans: Sequence[Span], study: str) -> frozenset[str]:
        """The threshold named, where the review tells the measure's figures apart by it."""
        shown = {shown_threshold(s.text) for s in spans if s.kind == "threshold"}
        known = {
            i for f in self.review.facts if (f.study, f.attribute) == (study, fact.attribute) for i in f.group
        }
        return frozenset(shown & known) if len(shown) == 1 else frozenset()

    def read(self, text: str, study: str, taken: tuple[tuple[int, int], ...] = ()) -> Reading:
        """What ``text`` says of ``study``.

        Args:
            text: in normal spelling, names of studies blanked.
            study: the study meant.
            taken: spans of codes and treatments, whose digits are no figures.
        """
        arms = self.names.arms(study)
        spans = tuple(scan(text, self.review.reader.matchers, arms))
        timeless = frozenset(m for s, m in self._given_of - self._timed if s == study)
        facts = mended(self.review.reader.read(text, arms), spans, text, arms, self._kinds, timeless)
        facts, spans = self._enrolled(facts, spans, text, study)
        facts = self.placer.placed(facts, spans, text, study)
        treatments = [
            s
            for s in spans
            if s.kind == "group" and set(s.ids) <= self._regimens(study) and _REGIMEN.match(text, s.end)
        ]
        names = {i for s in treatments for i in s.ids}
        spans = tuple(s for s in spans if s not in treatments)
        facts = [replace(f, group=f.group - names | self._at_threshold(f, spans, study)) for f in facts]
        return self._reading(text, facts, spans, taken)

    def _enrolled(
        self, facts: Sequence[Fact], spans: tuple[Span, ...], text: str, study: str
    ) -> tuple[list[Fact], tuple[Span, ...]]:
        """``53 patients infused``: the number of all patients, where the review counts none by that word."""
        size = self.placer.known.size(study)
        found = [f for f in facts if f.n == size and self._unknown_count(f, study)]
        found = [
            f
            for f in found
            if any(f.attribute in s.ids and _enrols(s, f, text) for s in spans if s.kind == "measure")
        ]
        names = {f.attribute for f in found}
        result = [
            replace(f, attribute="n_patients", time_point="", grade="", cycle="") if f in found else f
            for f in facts
        ]
        if any(f.attribute in names for f in result):
            return list(facts), spans
        return result, tuple(s for s in spans if not (s.kind == "measure" and set(s.ids) & names))

    def aligned(
        self, reading: Reading, study: str, taken: tuple[tuple[int, int], ...] = ()
    ) -> Reading | None:
        """A statement read anew by the places that the review gives its figures at; None where that is not possible."""
        facts = sorted((*reading.facts, *reading.loose), key=lambda f: f.start)
        found = self.placer.aligned(facts, reading.spans, reading.text, study)
        return self._reading(reading.text, found, reading.spans, taken) if found is not None else None

    def _unknown_count(self, fact: Fact, study: str) -> bool:
        """Whether a number of patients is read of something that the review counts nobody by."""
        counted = fact.unit == "patients" and fact.total is None and not fact.percent
        kind = self._kinds.get(fact.attribute)
        return counted and kind in {"count", "event"} and (study, fact.attribute) not in self._given_of

    def _reading(
        self, text: str, facts: Sequence[Fact], spans: tuple[Span, ...], taken: tuple[tuple[int, int], ...]
    ) -> Reading:
        """What a statement says by its facts, and what else."""
        said = tuple(f for f in facts if f.attribute)
        loose = tuple(f for f in facts if not f.attribute)
        idle = tuple(
            s
            for s in spans
            if s.kind in _KINDS
            and not (
                _belongs(s, said)
                or _doubled(s, spans)
                or _measured(s, spans, said)
                or _CONTROLLED.match(text, s.end)
            )
        )
        covered = [(f.start, f.end) for f in facts]
        covered += [(s.start, s.end) for s in spans if s.kind != "value" or _times(s, said)]
        covered += [m.span() for m in _BOUND.finditer(text)] + list(taken)
        stray = tuple(n for n in _stray(text, covered, facts) if n not in self._years)
        words = _words(text, spans, covered)
        return Reading(text, said, loose, stray, idle, *words, spans)


def _enrols(span: Span, fact: Fact, text: str) -> bool:
    """Whether a measure's name only says who the patients are: ``patients infused``, ``patients with anaemia``."""
    return "patients" in span.text or bool(_WITH.search(text[fact.end : span.start]))


_Sorted = tuple[tuple[Token, ...], tuple[Token, ...], tuple[Token, ...], tuple[Token, ...]]


def _words(text: str, spans: Sequence[Span], covered: Sequence[tuple[int, int]]) -> _Sorted:
    """The words outside ``covered``: those that say something, deny, compare, or call significant."""
    taken = [*covered, *((s.start, s.end) for s in spans if s.kind == "value" and s.unit)]
    groups = {s.start for s in spans if s.kind == "group"}
    taken += [m.span() for m in _NON.finditer(text) if m.end() in groups]
    left = [t for t in tokens(text) if not any(a < t.end and t.start < b for a, b in taken)]
    words, negations, directions = [], [], []
    measured = [(s.start, s.end) for s in spans if s.kind == "measure"]
    inside = [
        t
        for t in tokens(text)
        if t.key in {"not", "never"} and any(a < t.start and t.end < b for a, b in measured)
    ]  # "was not sustained" is no sustained response
    negations += inside
    significance = [t for s in spans if "signific" in s.text.lower() for t in tokens(s.text)]
    for before, token in pairwise([None, *left]):
        if token is None or (token.key in _OFTEN and before is not None and before.key in {"more", "less"}):
            continue
        if token.key in NEGATION:
            negations.append(token)
        elif token.key in SIGNIFICANT:
            significance.append(token)
        elif token.key in DIRECTIONS:
            directions.append(token)
        elif token.key not in NEUTRAL and any(c.isalpha() for c in token.text):
            words.append(token)
    return tuple(words), tuple(negations), tuple(directions), tuple(significance)


def _measured(span: Span, spans: Sequence[Span], facts: Sequence[Fact]) -> bool:
    """Whether a group is the name of a measure that a figure belongs to, too: those who are MRD-negative."""
    own = [s for s in spans if s.kind == "measure" and s.start <= span.start and span.end <= s.end]
    return span.kind == "group" and any(f.attribute in s.ids for s in own for f in facts)


def _doubled(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a measure is the name of a group, too: a dose, a transplant."""
    return span.kind == "measure" and any(
        s.kind == "group" and (s.start, s.end) == (span.start, span.end) for s in spans
    )


def _times(span: Span, facts: Sequence[Fact]) -> bool:
    """Whether a length is the time point of a figure."""
    return bool(span.ids) and any(
        same_time(f.time_point, span.ids[0]) for f in facts if f.time_point and f.attribute not in TIMELESS
    )


def _stray(text: str, covered: Sequence[tuple[int, int]], facts: Sequence[Fact]) -> tuple[str, ...]:
    """The numbers outside ``covered`` that are not the n, N or percentage of a figure beside them."""
    parts = [(f.start, f.end, Counter(_figures(f))) for f in facts]
    left = []
    for match in _NUMBER.finditer(_LIST_MARK.sub(lambda m: " " * len(m[0]), text)):
        if any(a < match.end() and match.start() < b for a, b in covered):
            continue
        number = match[0].lstrip("<>").replace(",", "")
        near = [
            p for p in parts if p[2][number] and match.start() - p[1] > -_NEAR and p[0] - match.end() < _NEAR
        ]
        if near:
            near[0][2][number] -= 1
        else:
            left.append(match[0])
    return tuple(left)


def _figures(fact: Fact) -> list[str]:
    shown = [str(n) for n in (fact.n, fact.total) if n is not None]
    return shown + re.findall(r"\d+(?:\.\d+)?", fact.percent)


def _belongs(span: Span, facts: tuple[Fact, ...]) -> bool:
    """Whether a measure, group, time, grade or cycle is that of one of these facts."""
    if span.kind == "measure":
        names = {n for f in facts for n in (f.attribute, f.of)}
        return bool(names & {i for m in span.ids for i in (m, f"median_{m}")}) or span.ids[0] in {
            "CI",
            "p_value",
        }
    if span.kind == "group":
        return bool(facts) and set(span.ids) <= {i for f in facts for i in f.group}
    if span.kind == "time":
        return any(f.time_point in span.ids for f in facts)
    if span.kind == "grade":
        return any(f.grade in span.ids for f in facts)
    if span.kind == "cycle":
        return any(f.cycle in span.ids for f in facts)
    return span.kind == "threshold"
