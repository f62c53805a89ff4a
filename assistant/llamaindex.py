"""The product inside a LlamaIndex program: a query engine that answers, and a retriever.

Importing this module imports LlamaIndex; nothing else of this package imports it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.contract import answer_object
from assistant.corpus.corpus import Review
from assistant.engine.engine import Engine, open_engine
from assistant.model import Answer, Citation, Passage
from assistant.settings import load_settings


class ReviewQueryEngine(BaseQueryEngine):
    """Answers a query from the corpus, or says what the review does not report; needs no language model.

    The response's text carries citations such as ``[Study 12]``, its ``metadata`` is the contract's
    object (see README, "For programs"), and its source nodes are the passages cited, in that order.

    Args:
        engine: as ``open_engine`` gives it; None for one over the settings in force.
        review: id of the review to ask; None for all.
    """

    def __init__(self, engine: Engine | None = None, review: str | None = None) -> None:
        super().__init__(callback_manager=None)
        self._engine = engine or open_engine(load_settings())
        self._review = review

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._engine.ask([query_bundle.query_str], self._review)
        return Response(answer.text, self._sources(answer), answer_object(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def _sources(self, answer: Answer) -> list[NodeWithScore]:
        passages = {p.id: (r, p) for r in self._engine.reviews for p in r.passages}
        return [NodeWithScore(node=_node(*passages[c.passage], c)) for c in answer.citations]


class ReviewRetriever(BaseRetriever):
    """Gives the passages of the corpus that fit a query best: by words and by meaning, ranks fused.

    Args:
        engine: as ``open_engine`` gives it; None for one over the settings in force.
        review: id of the review to search; None for all.
        similarity_top_k: how many nodes at most.
    """

    def __init__(
        self, engine: Engine | None = None, review: str | None = None, similarity_top_k: int = 10
    ) -> None:
        super().__init__()
        self._engine = engine or open_engine(load_settings())
        self._review = review
        self._k = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        reviews = {r.id: r for r in self._engine.reviews}
        found = self._engine.search(query_bundle.query_str, self._k, self._review)
        return [
            NodeWithScore(node=_node(reviews[e.passage.locator.review], e.passage), score=e.score)
            for e in found
        ]


def _node(review: Review, passage: Passage, citation: Citation | None = None) -> TextNode:
    """A passage as a node: its text as it is searched, and where it stands.

    Args:
        review: what the passage is from.
        passage: it.
        citation: what it is cited for; None where it was only found.
    """
    study = review.study(citation.study if citation else (passage.studies or ("",))[0])
    reference = review.reference(citation.reference if citation else study.reference if study else None)
    place = {
        "review": review.id,
        "title": review.title,
        "study": study.id if study else "",
        "label": study.label if study else "",
        "studies": list(passage.studies),
        "kind": passage.locator.kind.value,
        "locator": passage.locator.label,
        "quote": passage.quote,
        "reference": reference.text if reference else "",
        "doi": reference.doi if reference else "",
    }
    unread = [key for key in place if key not in {"label", "locator"}]
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=place,
        excluded_llm_metadata_keys=unread,
        excluded_embed_metadata_keys=list(place),
    )
