"""Drafts as answers: citations numbered, and named after each sentence."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.corpus.corpus import Review
from assistant.draft import Draft
from assistant.model import Answer, Citation, Conflict, Kind, Passage, Statement


def cited(draft: Draft, review: Review, question: str, corpus: str) -> Answer:
    """The draft as an answer to ``question``, over the corpus of that hash."""
    numbering = _Numbering(review)
    statements, facts, sentences = [], [], []
    for line in draft.lines:
        numbers = numbering.of(line.support)
        statements.append(Statement(line.text, numbers, line.facts, line.derivation))
        if not (line.verbatim and len(line.facts) > 1):
            numbered = ((fact, numbering.known(fact.passage, fact.study)) for fact in line.facts)
            facts += [(fact, number) for fact, number in numbered if number is not None]
        labels = dict.fromkeys(numbering.citations[n].label for n in numbers)
        sentences.append(line.text + "".join(f" [{label}]" for label in labels))
    conflicts = tuple(Conflict(c.text, numbering.of(c.support)) for c in draft.conflicts)
    return Answer(
        question=question,
        status=draft.status,
        text=" ".join(sentences),
        statements=tuple(statements),
        citations=tuple(numbering.citations),
        facts=tuple(facts),
        conflicts=conflicts,
        corpus=corpus,
    )


class _Numbering:
    """Numbers citations from 0 in the order in which they are first made."""

    def __init__(self, review: Review) -> None:
        self.citations: list[Citation] = []
        self._review = review
        self._passages = {p.id: p for p in review.passages}
        self._index: dict[tuple[str, str], int] = {}

    def of(self, support: Iterable[tuple[str, str]]) -> tuple[int, ...]:
        """The numbers of (passage id, study id) pairs, new ones included."""
        return tuple(self._number(passage, study) for passage, study in support)

    def known(self, passage: str, study: str) -> int | None:
        """The number of a citation made before, or None."""
        return self._index.get((passage, study))

    def _number(self, passage: str, study: str) -> int:
        if (passage, study) not in self._index:
            self._index[passage, study] = len(self.citations)
            self.citations.append(citation_of(self._passages[passage], study, self._review))
        return self._index[passage, study]


def citation_of(passage: Passage, study_id: str, review: Review) -> Citation:
    """The citation of a passage for a study; for "" that of no study in particular."""
    study = review.study(study_id)
    if study is not None:
        label, reference = study.label, study.reference
    else:
        label, reference = _background_label(passage), next(iter(passage.references), None)
    locator = passage.locator.label
    return Citation(passage.id, study_id, label, reference, review.id, locator, passage.quote)


def _background_label(passage: Passage) -> str:
    """How a citation of no study is printed."""
    if passage.locator.kind is Kind.ABBREVIATION:
        return "Abbreviations"
    if passage.locator.kind is Kind.REFERENCE:
        return f"Reference {passage.locator.entry}"
    return "Review"
