"""What the engine rests on, opened once and when it is first needed: encoder, index, common words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache, cached_property

from assistant.corpus.corpus import Corpus
from assistant.index.encoder import Encoder, IndexSettings
from assistant.model import Fact, Passage
from assistant.retrieval.reranking import CrossEncoderReranker
from assistant.retrieval.retrieval import Retriever, VectorIndex


def facts_json(corpus: Corpus) -> dict[str, str]:
    """The facts each passage states, as JSON by passage id; what an index stores beside the text."""
    names = [f.name for f in fields(Fact) if f.name != "passage"]
    found: dict[str, list[dict[str, object]]] = {}
    for review in corpus.reviews:
        for fact in review.facts:
            values = ((name, getattr(fact, name)) for name in names)
            row = {k: sorted(v) if isinstance(v, frozenset) else v for k, v in values if v}
            found.setdefault(fact.passage, []).append(row)
    return {passage: json.dumps(rows, ensure_ascii=False, sort_keys=True) for passage, rows in found.items()}


class Opener:
    """Opens index and encoder once, for all reviews, when a question first needs them."""

    def __init__(
        self,
        settings: IndexSettings,
        corpus: Corpus,
        notify: Callable[[str], None],
        reranker: str | None = None,
    ) -> None:
        self.settings = settings
        self._reranker = CrossEncoderReranker(reranker) if reranker else None
        self._corpus = corpus
        self._notify = notify

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages of all reviews."""
        return [p for r in self._corpus.reviews for p in r.passages]

    @cached_property
    def _encoder(self) -> Encoder:
        from assistant.index.encoder import OnnxEncoder

        return OnnxEncoder(self.settings, self._notify)

    def encoder(self) -> Encoder:
        """The encoder."""
        return self._encoder

    def index(self) -> VectorIndex:
        """The index, built first where there is none."""
        from assistant.index.index import open_index

        return open_index(
            self.passages,
            facts_json(self._corpus),
            self._corpus.hash,
            self._encoder,
            self.settings,
            notify=self._notify,
        )

    def retriever(self) -> Retriever:
        """A search over all passages."""
        return Retriever(self.passages, self.index, self.encoder, self._reranker)


@cache
def english_words() -> frozenset[str]:
    """Common English words, which are neither typing errors nor names."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en", distance=1).word_frequency.dictionary)
