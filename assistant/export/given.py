"""Documents of answers: one that the engine just gave, or one that a service kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from assistant import __version__
from assistant.contract import answer_object
from assistant.export.document import Document, Origin, answer_document
from assistant.model import Answer, Reference


class _Raw(Protocol):
    @property
    def doi(self) -> str: ...


class Review(Protocol):
    """What is needed of a review."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def raw(self) -> _Raw: ...
    def reference(self, number: int | None) -> Reference | None: ...


def document_given(
    answer: Answer,
    reviews: Sequence[Review],
    day: str,
    *,
    review: str | None = None,
    permalink: str = "",
    quotes: bool = True,
) -> Document:
    """An answer of the engine as a document.

    Args:
        answer: what was answered.
        reviews: those of the corpus.
        day: today, ISO 8601.
        review: the one that was asked; None for all.
        permalink: whole address of the kept answer; "" for none.
        quotes: whether each note has the sentence or cell it rests on.
    """
    known = {r.id: r for r in reviews}
    entries = [
        known[c.review].reference(c.reference) if c.review in known else None for c in answer.citations
    ]
    found = answer_object(answer)
    origin = Origin(drawn_on(found, reviews, review), answer.corpus, __version__, day, permalink)
    labels = [c.label for c in answer.citations]
    return answer_document(found, labels, [e.text if e else "" for e in entries], origin, quotes=quotes)


def drawn_on(
    answer: Mapping[str, Any], reviews: Iterable[Review], review: str | None
) -> tuple[tuple[str, str], ...]:
    """Title and DOI of the reviews an answer cites; of those that were asked where it cites none."""
    cited = {c["review"] for c in answer["citations"]} or ({review} if review else None)
    return tuple((r.title, r.raw.doi) for r in reviews if cited is None or r.id in cited)
