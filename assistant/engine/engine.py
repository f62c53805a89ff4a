"""The whole way from a question to a verified answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.corpus.corpus import Corpus, Review, read_corpus
from assistant.corpus.kept import open_corpus
from assistant.draft import Draft
from assistant.engine.opening import Opener, english_words, facts_json
from assistant.engine.review import Reading, ReviewEngine
from assistant.index.encoder import IndexSettings
from assistant.lazy_re import compile_now
from assistant.model import Answer, AssistantError, Passage, Status
from assistant.retrieval.passage_model import OnnxPassageModel, PassageModel
from assistant.retrieval.retrieval import Evidence, Retriever
from assistant.text.text import ascii_key, plain, strip_invisible, tokens
from assistant.verify.numbering import cited
from assistant.vocabulary.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from assistant.index.vectors import Progress
    from assistant.settings import Settings

MOST_QUESTION_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Drafted:
    """A verified draft and the question it answers."""

    reading: Reading
    draft: Draft
    turns: tuple[str, ...]
    """The questions as they were read; the last one is answered."""
    corpus: str
    """Hash of the corpus."""

    @property
    def review(self) -> Review:
        """The review that was asked."""
        return self.reading.engine.review

    def answer(self, draft: Draft | None = None) -> Answer:
        """The draft, or another one in its place, as an answer."""
        return cited(draft or self.draft, self.review, self.turns[-1], self.corpus)


class Engine:
    """Answers questions about every review of a corpus.

    Args:
        corpus: the reviews.
        vocabulary: the field's terms.
        retriever: the search over all their passages.
        english: gives the common English words; None where none are known.
        model: says how well a passage answers; None for rules alone.
    """

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
        model: PassageModel | None = None,
    ) -> None:
        self.corpus = corpus
        self._retriever = retriever
        used = self._words if len(corpus.reviews) > 1 else None
        self._engines = {
            r.id: ReviewEngine(r, r.reader.vocabulary, retriever, english, used, model)
            for r in corpus.reviews
        }

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews, in order of name."""
        return self.corpus.reviews

    @property
    def corpus_hash(self) -> str:
        """The sha256 over the corpus, hex."""
        return self.corpus.hash

    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer:
        """The answer to the last of ``turns``; earlier ones are what a follow-up rests on.

        Args:
            turns: the user's questions, oldest first.
            review: id of the review to ask; None for all.

        Raises:
            AssistantError: no question, one too long, or no such review.
        """
        started = time.perf_counter()
        drafted = self.drafted(turns, review)
        return replace(drafted.answer(), elapsed_ms=round((time.perf_counter() - started) * 1000, 2))

    def drafted(self, turns: Sequence[str], review: str | None = None) -> Drafted:
        """The verified draft that answers the last of ``turns``, with what it was made of.

        Raises:
            AssistantError: see ``ask``.
        """
        asked = [check_question(t) for t in turns]
        if not asked:
            raise AssistantError("There is no question.", "Pass at least one turn.")
        if review is not None and review not in self._engines:
            raise AssistantError(
                f"There is no review {review}.", f"Choose one of: {', '.join(self._engines)}."
            )
        reading, draft = self._best(asked, [review] if review else list(self._engines))
        return Drafted(reading, draft, tuple(asked), self.corpus.hash)

    def _best(self, turns: Sequence[str], names: Sequence[str]) -> tuple[Reading, Draft]:
        """What the review that is meant was asked, and its draft: by names used, then by what it answers, then the first.

        Only reviews that may be the one meant draft an answer.
        """
        readings = {name: self._engines[name].reading(turns) for name in names}
        most = max(reading.named for reading in readings.values())
        drafts = {
            n: r.draft() for n, r in readings.items() if r.named == most or (most == 1 and r.ask.inherited)
        }
        name = max(
            drafts,
            key=lambda n: (
                readings[n].sure(drafts[n]),
                drafts[n].status is Status.ANSWERED,
                drafts[n].sure,
                -names.index(n),
            ),
        )
        return readings[name], drafts[name]

    def _words(self) -> frozenset[str]:
        return self._all_words

    @cached_property
    def _all_words(self) -> frozenset[str]:
        """Keys of the words of every review."""
        found: set[str] = set()
        for passage in (p for r in self.reviews for p in r.passages):
            found |= {key for t in tokens(passage.text) for key in (t.key, ascii_key(t.text))}
        return frozenset(found)

    def warm(self) -> None:
        """Opens index and encoder, makes the answerers and compiles patterns now instead of at the questions that need them.

        Raises:
            AssistantError: the index or the encoder cannot be opened.
        """
        for engine in self._engines.values():
            engine.warm()
        compile_now()

    def search(self, query: str, k: int = 10, review: str | None = None) -> list[Evidence]:
        """The ``k`` passages of one review, or of all, that the query fits best, best first.

        Raises:
            AssistantError: the index or the encoder cannot be opened.
        """
        return self._retriever.search(query, review=review, k=k)

    def show(self, study: str) -> list[Passage]:
        """Everything the corpus says of a study, in order of place."""
        return [p for r in self.reviews for p in r.passages if study in p.studies]


def check_question(question: str) -> str:
    """The question without invisible characters.

    Raises:
        AssistantError: it is empty or too long.
    """
    if len(question) > MOST_QUESTION_CHARS:
        raise AssistantError(
            f"The question has {len(question):,} characters; at most {MOST_QUESTION_CHARS:,} are read.",
            "Ask a shorter question.",
        )
    shown = plain(strip_invisible(question))
    if not re.search(r"\w", shown):
        raise AssistantError(
            "The question is empty.", "Ask something about the review, e.g. what a study reported."
        )
    return shown


def open_engine(settings: Settings, *, notify: Callable[[str], None] = lambda _: None) -> Engine:
    """An engine over the corpus of ``settings``; the vector index opens when a question first needs it.

    Raises:
        AssistantError: the corpus is malformed.
    """
    vocabulary, corpus = open_corpus(Path(settings.corpus), settings.home)
    opener = Opener(_index_settings(settings), corpus, notify, settings.reranker)
    return Engine(corpus, vocabulary, opener.retriever(), english_words, OnnxPassageModel())


def build_index(settings: Settings, progress: Progress | None = None, *, force: bool = False) -> bool:
    """Builds the index where there is no whole one; tells whether it was built.

    Raises:
        AssistantError: the corpus is malformed, or the index cannot be built.
    """
    from assistant.index.index import build

    corpus = read_corpus(Path(settings.corpus), load_vocabulary())
    opener = Opener(_index_settings(settings), corpus, lambda _: None)
    return build(
        opener.passages,
        facts_json(corpus),
        corpus.hash,
        opener.encoder(),
        opener.settings,
        progress,
        force=force,
    )


def _index_settings(settings: Settings) -> IndexSettings:
    return IndexSettings(settings.home, settings.chroma_url, settings.model)
