"""The program with one of its parts switched off, to see what the part is worth.

Nothing of the program is changed: an engine is put together from its own parts, with one of them replaced.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.contract import answer_object
from assistant.corpus.corpus import Corpus, read_corpus
from assistant.engine.engine import Engine
from assistant.engine.opening import english_words, facts_json
from assistant.index.encoder import Encoder, IndexSettings, OnnxEncoder
from assistant.index.index import open_index
from assistant.model import Kind, Passage
from assistant.retrieval.passage_model import OnnxPassageModel
from assistant.retrieval.reranking import CrossEncoderReranker
from assistant.retrieval.retrieval import Bm25, Evidence, Retriever
from assistant.settings import Settings, load_settings
from assistant.vocabulary.vocabulary import load_vocabulary
from eval.engines import NO_MODEL, RERANK, Ask
from eval.items import EvalError


class NoWords(Bm25):
    """A search by words that finds nothing."""

    def __init__(self) -> None:
        super().__init__({})


class DenseOnly(Retriever):
    """Searches by meaning alone."""

    def _bm25(self) -> Bm25:
        return NoWords()


class WordsOnly(Retriever):
    """Searches by words alone."""

    def search(
        self,
        query: str,
        *,
        studies: Collection[str] = (),
        review: str | None = None,
        kinds: Collection[Kind] = (),
        k: int = 10,
        dense: bool = True,
    ) -> list[Evidence]:
        return super().search(query, studies=studies, review=review, kinds=kinds, k=k, dense=False)


class AnyStudy(Retriever):
    """Searches the passages of all studies, whichever the question names."""

    def search(
        self,
        query: str,
        *,
        studies: Collection[str] = (),
        review: str | None = None,
        kinds: Collection[Kind] = (),
        k: int = 10,
        dense: bool = True,
    ) -> list[Evidence]:
        return super().search(query, studies=(), review=review, kinds=kinds, k=k, dense=dense)


RETRIEVERS: dict[str, type[Retriever]] = {
    "default": Retriever,
    "no-facts": Retriever,
    "no-bm25": DenseOnly,
    "no-dense": WordsOnly,
    "no-study-filter": AnyStudy,
    NO_MODEL: Retriever,
    RERANK: Retriever,
}


class Parts:
    """The program's parts over the corpus of the settings."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        self.vocabulary = load_vocabulary()
        self.corpus: Corpus = read_corpus(Path(self.settings.corpus), self.vocabulary)
        self.passages: list[Passage] = [p for r in self.corpus.reviews for p in r.passages]
        self._index_settings = IndexSettings(
            self.settings.home, self.settings.chroma_url, self.settings.model
        )
        self.encoder: Encoder = OnnxEncoder(self._index_settings, lambda _: None)

    def retriever(self, name: str) -> Retriever:
        """The retriever of an engine; raises EvalError for an unknown one."""
        if name not in RETRIEVERS:
            raise EvalError(f"there is no engine {name}; choose one of {', '.join(RETRIEVERS)}")
        return RETRIEVERS[name](
            self.passages,
            lambda: open_index(
                self.passages,
                facts_json(self.corpus),
                self.corpus.hash,
                self.encoder,
                self._index_settings,
                notify=lambda _: None,
            ),
            lambda: self.encoder,
            CrossEncoderReranker(self.settings.reranker)
            if name == RERANK and self.settings.reranker
            else None,
        )

    def engine(self, name: str) -> Engine:
        """The engine of that name."""
        corpus = self.corpus
        if name == "no-facts":
            corpus = replace(corpus, reviews=tuple(replace(r, facts=()) for r in corpus.reviews))
        model = None if name == NO_MODEL else OnnxPassageModel()
        return Engine(corpus, self.vocabulary, self.retriever(name), english_words, model)


def open_variant(name: str) -> Ask:
    """Answers by the variant of that name."""
    engine = Parts().engine(name)

    def ask(turns: Sequence[str]) -> dict[str, Any]:
        return answer_object(engine.ask(turns))

    return ask
