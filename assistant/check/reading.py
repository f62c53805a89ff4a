"""A statement as read: its figures, what else it names, and the words that are neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.check.figures import TIMELESS
from assistant.check.grouping import arms_named, whole_named
from assistant.check.known import KnownFigures
from assistant.check.mending import mended
from assistant.check.placing import Placer
from assistant.check.words import DIRECTIONS, NEGATION, NEUTRAL, SIGNIFICANT
from assistant.corpus import Review
from assistant.model import Fact
from assistant.selection import same_time
from assistant.spans import Span, scan
from assistant.spans_numbers import shown_threshold
from assistant.text import Token, fold, tokens

_NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z\d]-)[<>]?\d(?:[\d,]*\d)?(?:\.\d+)?(?!\w)")
_LIST_MARK = re.compile(r"^\s*\(?\d{1,2}[.)]\s")
_CONTROLLED = re.compile(r"-controlled\b", re.IGNORECASE)
"""Behind the name of a control arm, which names a design then."""
_OFTEN = frozenset("frequent common often likely prevalent".split())
"""Keys of words that ``more`` and ``less`` grade."""
_BOUND = re.compile(r"\b(?:no|not)\s+(?:more|less|fewer|later|longer)\s+than\b", re.IGNORECASE)
"""Bounds a figure, and denies nothing."""
_ELLIPTIC = re.compile(
    r"\b(with|without)(\s*\([^)]*\))?\s+(or|and|vs\.?|versus)\s+(with|without)\s+([\w-]+)", re.IGNORECASE
)
_WITH_AND = re.compile(r"\bwith(\s+(?:and|vs\.?|versus|but)\s+[\d.%n= ]+)without\s+([\w-]+)", re.IGNORECASE)
"""Names once what one group had and the other had not."""
_ITS_PATIENTS = re.compile(r"\b([\w-]+?)(?:-treated)? (?:patients|recipients)\b")
_STARTS = re.compile(r"^([\w-]+)(?= (?:improved|raised|increased|lowered|reduced|prolonged|shortened|lengthened|worsened|decreased)\b)")
_ALONE = re.compile(r"\b([\w-]+|it) (?:alone|as a single agent|by itself)\b")
_NON = re.compile(r"\bnon-", re.IGNORECASE)
_REGIMEN = re.compile(
    r"(?:-(?:type|inspired|based|like))?\s+(?:regimen|protocol|programme|approach|therapy|treatment|chemotherapy|schedule)s?\b", re.IGNORECASE
)
"""Behind a word for patients that names a treatment then: the pediatric regimen."""
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_STAND_IN = "zqarm"
_NEAR = 40
"""Characters between a count and its percentage."""
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
        terms = review.reader.vocabulary.measures.values()
        known = review.reader.matchers.measures
        self._abbreviated = {
            a.upper(): a for t in terms for a in t.abbreviations if len(a) > 2 and known.find(tokens(a))
        }
        told = (
            f"{review.title} {review.raw.year} {' '.join(p.quote for p in review.passages if not p.studies)}"
        )
        self._years = frozenset(re.findall(r"\b(?:19|20)\d\d\b", told))
        """Years of the review and its meeting, which are no figures of a study."""
        self._names: dict[str, frozenset[str]] = {}
        self._called: dict[str, frozenset[str]] = {}
        measures = review.reader.vocabulary.measures
        self._kinds = {m: t.kind for m, t in measures.items()}
        self._timed = {(f.study, f.attribute) for f in review.facts if f.time_point}
        self._given_of = {(f.study, f.attribute) for f in review.facts if f.attribute in measures}

    def readied(self, text: str, study: str) -> str:
        """``text`` with the study's arms named as the reader of facts knows them."""
        arms = self.review.arms.get(study, {})
        given = self._given(study)
        if " with" in text:
            text = _ELLIPTIC.sub(
                lambda m: m.expand(r"\1 \5\2 \3 \4 \5") if m[5].lower() in given else m[0], text
            )
            text = _WITH_AND.sub(
                lambda m: f"with {m[2]}{m[1]}without {m[2]}" if m[2].lower() in given else m[0], text
            )
        text = _CAPITALS.sub(lambda m: self._abbreviated.get(m[0], m[0]), text)
        for label in self._measured_arms(study):
            pattern = rf"\b(at|in|with|for|of|on)(\s+the)?\s+{re.escape(label)}(?:\s+(?:arm|group|cohort|dose))?(?![\w-])"
            text = re.sub(pattern, rf"\1\2 {_STAND_IN}", text)
        text = _STARTS.sub(lambda m: f"With {m[0]}" if f"with {m[1].lower()}" in arms else m[0], text)
        text = _ITS_PATIENTS.sub(lambda m: f"patients on {m[1]}" if f"on {m[1].lower()}" in arms else m[0], text)
        if any(re.search(r"\bmonotherapy\b", label, re.IGNORECASE) for label in arms):
            text = _ALONE.sub(r"\1 monotherapy", text)
        return arms_named(whole_named(text, arms), arms)

    def _given(self, study: str) -> frozenset[str]:
        """Keys of the words by which a study's arms and treatments go."""
        if study not in self._names:
            arms = self.review.arms.get(study, {})
            given = [f.value for f in self.review.facts if f.study == study and f.attribute == "agents"]
            found = {t.key for text in (*arms, *given) for t in tokens(text)}
            self._names[study] = frozenset(
                found | {i.split("-", 1)[-1] for ids in arms.values() for i in ids}
            )
        return self._names[study]

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

    def arms(self, study: str) -> dict[str, frozenset[str]]:
        """The labels of a study's arms with their ids; what stands in for one that is a measure's name, too."""
        arms = dict(self.review.arms.get(study, {}))
        for label in self._measured_arms(study)[:1]:
            arms[_STAND_IN] = arms[label]
        return arms

    def _measured_arms(self, study: str) -> list[str]:
        return [label for label in self.review.arms.get(study, {}) if label in self._abbreviated.values()]

    def read(self, text: str, study: str, taken: tuple[tuple[int, int], ...] = ()) -> Reading:
        """What ``text`` says of ``study``.

        Args:
            text: in normal spelling, names of studies blanked.
            study: the study meant.
            taken: spans of codes and treatments, whose digits are no figures.
        """
        arms = self.arms(study)
        spans = tuple(scan(text, self.review.reader.matchers, arms))
        timeless = frozenset(m for s, m in self._given_of - self._timed if s == study)
        facts = mended(self.review.reader.read(text, arms), spans, text, arms, self._kinds, timeless)
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

    def aligned(self, reading: Reading, study: str, taken: tuple[tuple[int, int], ...] = ()) -> Reading | None:
        """A statement read anew by the places that the review gives its figures at; None where that is not possible."""
        facts = sorted((*reading.facts, *reading.loose), key=lambda f: f.start)
        found = self.placer.aligned(facts, reading.spans, reading.text, study)
        return self._reading(reading.text, found, reading.spans, taken) if found is not None else None

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


_Sorted = tuple[tuple[Token, ...], tuple[Token, ...], tuple[Token, ...], tuple[Token, ...]]


def _words(text: str, spans: Sequence[Span], covered: Sequence[tuple[int, int]]) -> _Sorted:
    """The words outside ``covered``: those that say something, deny, compare, or call significant."""
    taken = [*covered, *((s.start, s.end) for s in spans if s.kind == "value" and s.unit)]
    groups = {s.start for s in spans if s.kind == "group"}
    taken += [m.span() for m in _NON.finditer(text) if m.end() in groups]
    left = [t for t in tokens(text) if not any(a < t.end and t.start < b for a, b in taken)]
    words, negations, directions = [], [], []
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
