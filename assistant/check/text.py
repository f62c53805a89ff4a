"""Checks a whole text against the reviews of a corpus, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.check.checker import ReviewChecker
from assistant.check.model import Finding, Judged, Piece, Verdict
from assistant.check.pieces import cut
from assistant.corpus.corpus import Review
from assistant.model import Citation, Fact
from assistant.verify.numbering import citation_of

_RANK = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE)


class Checker:
    """Checks texts against reviews.

    Args:
        reviews: the reviews; at least one.
    """

    def __init__(self, reviews: Sequence[Review]) -> None:
        self._checkers = [ReviewChecker(r) for r in reviews]
        self._by_id = {c.review.id: c for c in self._checkers}
        self._label = "|".join(dict.fromkeys(c.namer.label for c in self._checkers))

    def check(self, text: str, default_study: str | None = None) -> tuple[Judged, ...]:
        """The statements of ``text`` in order, each with its verdict.

        Args:
            text: plain text, Markdown, MediaWiki or HTML.
            default_study: id of the study meant until the text names one; None where none is.
        """
        start = self._starting(default_study)
        return tuple(self._judged(text, start))

    def sentence(self, sentence: str, default_study: str | None = None) -> Judged:
        """The verdict on one sentence, taken whole."""
        start = self._starting(default_study)
        piece = Piece(0, len(sentence), re.sub(r"\s+", " ", sentence).strip())
        return self._judge(sentence, piece, start)

    def _starting(self, study: str | None) -> dict[str, tuple[str, ...]]:
        return {c.review.id: (study,) if study and c.review.study(study) else () for c in self._checkers}

    # -- a text --------------------------------------------------------------------------------

    def _names(self, text: str) -> bool:
        return any(c.namer.names_study(text) for c in self._checkers)

    def _judged(self, text: str, start: dict[str, tuple[str, ...]]) -> Iterator[Judged]:
        meant = dict(start)
        heading = ""
        for piece in cut(text, rf"(?:{self._label})", self._names):
            if piece.heading != heading:
                heading = piece.heading
                meant = {i: self._headed(i, heading) or () for i in meant}
            yield self._judge(text, piece, meant)
            meant = self._next(piece, meant)

    def _headed(self, review: str, heading: str) -> tuple[str, ...]:
        """The studies that a heading names."""
        subjects = self._by_id[review].subjects(heading)
        found = subjects.studies or frozenset(subjects.default)
        return tuple(sorted(found)) if len(found) <= 3 else ()

    def _next(self, piece: Piece, meant: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The studies that the statement after this one is taken to speak of."""
        found = {}
        for review, before in meant.items():
            subjects = self._by_id[review].subjects(piece.reading, before)
            last = subjects.marks[-1].studies if subjects.marks else frozenset(subjects.default)
            found[review] = tuple(sorted(last)) or before
        return found

    # -- a statement ---------------------------------------------------------------------------

    def _judge(self, text: str, piece: Piece, meant: dict[str, tuple[str, ...]]) -> Judged:
        """The finding of the review that the statement speaks of."""
        sure = {}
        for checker in self._checkers:
            default = meant.get(checker.review.id, ())
            sure[checker.review.id] = checker.subjects(piece.reading, default).sure or bool(default)
        most = max(sure.values())
        found = [
            (checker, checker.judge(piece.reading, meant.get(checker.review.id, ())))
            for checker in self._checkers
            if sure[checker.review.id] == most
        ]
        checker, finding = min(found, key=lambda f: _RANK.index(f[1].verdict))
        citations, facts = _cited(finding, checker.review)
        shown = text[piece.start : piece.end]
        return Judged(shown, piece.start, piece.end, finding.verdict, finding.reason, citations, facts)


def _cited(finding: Finding, review: Review) -> tuple[tuple[Citation, ...], tuple[tuple[Fact, int], ...]]:
    places: dict[tuple[str, str], int] = {}
    citations: list[Citation] = []
    by_id = {p.id: p for p in review.passages}
    for place in (*((f.passage, f.study) for f in finding.facts), *finding.passages):
        if place not in places:
            places[place] = len(citations)
            citations.append(citation_of(by_id[place[0]], place[1], review))
    facts = tuple((f, places[f.passage, f.study]) for f in finding.facts)
    return tuple(citations), facts
