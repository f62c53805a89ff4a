"""The whole way from a question to a verified answer."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answerer
from assistant.corpus import Corpus, Review, read_corpus
from assistant.draft import Draft, Line
from assistant.encoder import Encoder, IndexSettings
from assistant.excerpt import excerpt
from assistant.followup import merge
from assistant.model import Answer, AssistantError, Fact, Kind, Passage, Status
from assistant.numbering import cited
from assistant.question import Ask
from assistant.retrieval import Evidence, Retriever, VectorIndex
from assistant.text import plain, strip_invisible, tokens
from assistant.vectors import Progress
from assistant.verify import Verifier
from assistant.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from assistant.settings import Settings

log = logging.getLogger(__name__)

MOST_QUESTION_CHARS = 20_000


_MOST_QUOTES = 2
_NAMING = {"number": 3, "nct": 3, "author": 2, "code": 2, "agent": 1}
"""How surely a name of this kind points to one review among several."""


class ReviewEngine:
    """Answers from one review, with memory of no turn but those passed in.

    Args:
        review: the review.
        vocabulary: the field's terms.
        retriever: the search over the passages of all reviews.
        english: gives the common English words; None where none are known.
    """

    def __init__(
        self,
        review: Review,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self.review = review
        self._english = english
        self._vocabulary = vocabulary
        self._retriever = retriever

    @cached_property
    def answerer(self) -> Answerer:
        """Its answerer, made at the first question."""
        return Answerer(self.review, self._vocabulary, self._retriever, self._english)

    @cached_property
    def verifier(self) -> Verifier:
        """Its verifier."""
        return Verifier(self.review)

    def warm(self) -> None:
        """Makes answerer and verifier, and lets the search open what it needs."""
        self._draft(("What was the overall survival?",))
        self._retriever.search(self.review.title, review=self.review.id)

    def draft(self, turns: Sequence[str]) -> tuple[int, Draft]:
        """How surely this review is meant, and the verified draft for the last of ``turns`` (at least one).

        The number grows with the names of the review's own studies that were used: 3 for a number or a
        registration, 2 for an author or a code, 1 for an agent; 0 where none was.
        """
        ask, draft = self._draft(tuple(turns))
        named = max((_NAMING.get(n.kind, 0) for n in ask.named.names), default=0)
        return named or int(ask.inherited and bool(draft.studies)), draft

    def _draft(self, turns: tuple[str, ...]) -> tuple[Ask, Draft]:
        """What the last turn asks for, completed from the turns before, and the draft that answers it."""
        reader = self.answerer.reader
        ask = self.answerer.aligned(reader.read(turns[0]))
        draft = self._verified(self.answerer.answer(ask), turns[0])
        history = [(ask, draft)]
        for n_turns, turn in enumerate(turns[1:], start=2):
            ask = self.answerer.aligned(merge(reader.read(turn), history, reader))
            draft = self._verified(self.answerer.answer(ask), " ".join(turns[:n_turns]))
            history.append((ask, draft))
        return ask, draft

    def _verified(self, draft: Draft, question: str) -> Draft:
        """The draft without the sentences their sources do not bear out; a decline where none is left."""
        kept: list[Line] = []
        for line in draft.lines:
            support = self.verifier.check(line, question)
            if support.ok:
                kept.append(line)
            else:
                log.warning("dropped an unsupported statement: %s (%s)", line.text, support.reason)
        if len(kept) == len(draft.lines):
            return draft
        if not any(line.support for line in kept):
            quotes = self._quotes(draft, question) if draft.status is Status.ANSWERED else ()
            if quotes:
                return replace(draft, lines=quotes, conflicts=())
            return replace(
                draft,
                status=Status.DECLINED,
                lines=(Line("The review gives no figure for that which could be verified.", ()),),
            )
        return replace(draft, lines=tuple(kept), conflicts=tuple(c for c in draft.conflicts if c in kept))

    def _quotes(self, draft: Draft, question: str) -> tuple[Line, ...]:
        """The sentences that state the draft's figures, word for word, where its own words do not hold."""
        wanted = dict.fromkeys(f.passage for line in draft.lines for f in line.facts)
        places = [p for p in self.review.passages if p.id in wanted and p.locator.kind is Kind.SENTENCE]
        facts = [f for line in draft.lines for f in line.facts]
        lines = [self._quote(p, [f for f in facts if f.passage == p.id]) for p in places[:_MOST_QUOTES]]
        return tuple(line for line in lines if self.verifier.check(line, question).ok)

    def _quote(self, passage: Passage, facts: Sequence[Fact]) -> Line:
        """A sentence, or the clauses of it that name the facts' measure and hold their values."""
        measures = self.answerer.reader.matchers.measures

        def keeps(part: str) -> bool:
            named = {i for m in measures.find(tokens(part)) for i in m.ids}
            return all(f.value in part and (f.attribute in named or not f.attribute) for f in facts)

        support = ((passage.id, (*passage.studies, "")[0]),)
        part = excerpt(passage.text, keeps)
        return Line(passage.quote, support, verbatim=True) if part == passage.text else Line(part, support)


class Engine:
    """Answers questions about every review of a corpus.

    Args:
        corpus: the reviews.
        vocabulary: the field's terms.
        retriever: the search over all their passages.
        english: gives the common English words; None where none are known.
    """

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: Vocabulary,
        retriever: Retriever,
        english: Callable[[], frozenset[str]] | None = None,
    ) -> None:
        self.corpus = corpus
        self._retriever = retriever
        self._engines = {r.id: ReviewEngine(r, vocabulary, retriever, english) for r in corpus.reviews}

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
        asked = [check_question(t) for t in turns]
        if not asked:
            raise AssistantError("There is no question.", "Pass at least one turn.")
        if review is not None and review not in self._engines:
            raise AssistantError(
                f"There is no review {review}.", f"Choose one of: {', '.join(self._engines)}."
            )
        names = [review] if review else list(self._engines)
        drafts = [(name, self._engines[name].draft(asked)) for name in names]
        name, (_, draft) = max(
            drafts,
            key=lambda d: (d[1][0], d[1][1].status is Status.ANSWERED, d[1][1].sure, -names.index(d[0])),
        )
        answer = cited(draft, self._engines[name].review, asked[-1], self.corpus.hash)
        return replace(answer, elapsed_ms=round((time.perf_counter() - started) * 1000, 2))

    def warm(self) -> None:
        """Opens index and encoder and makes the answerers now instead of at the questions that need them.

        Raises:
            AssistantError: the index or the encoder cannot be opened.
        """
        for engine in self._engines.values():
            engine.warm()

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
    vocabulary = load_vocabulary()
    corpus = read_corpus(Path(settings.corpus), vocabulary)
    opener = _Opener(settings, corpus, notify)
    return Engine(corpus, vocabulary, opener.retriever(), opener.english)


def facts_json(corpus: Corpus) -> dict[str, str]:
    """The facts each passage states, as JSON by passage id; what an index stores beside the text."""
    found: dict[str, list[dict[str, object]]] = {}
    for review in corpus.reviews:
        for fact in review.facts:
            row = {
                k: sorted(v) if isinstance(v, frozenset) else v
                for k, v in asdict(fact).items()
                if v and k != "passage"
            }
            found.setdefault(fact.passage, []).append(row)
    return {passage: json.dumps(rows, ensure_ascii=False, sort_keys=True) for passage, rows in found.items()}


class _Opener:
    """Opens index and encoder once, for all reviews, when a question first needs them."""

    def __init__(self, settings: Settings, corpus: Corpus, notify: Callable[[str], None]) -> None:
        self.settings = IndexSettings(settings.home, settings.chroma_url, settings.model)
        self._corpus = corpus
        self._notify = notify

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages of all reviews."""
        return [p for r in self._corpus.reviews for p in r.passages]

    @cached_property
    def _encoder(self) -> Encoder:
        from assistant.encoder import OnnxEncoder

        return OnnxEncoder(self.settings, self._notify)

    def encoder(self) -> Encoder:
        """The encoder."""
        return self._encoder

    def index(self) -> VectorIndex:
        """The index, built first where there is none."""
        from assistant.index import open_index

        return open_index(
            self.passages,
            facts_json(self._corpus),
            self._corpus.hash,
            self._encoder,
            self.settings,
            notify=self._notify,
        )

    def english(self) -> frozenset[str]:
        """Common English words, which are neither typing errors nor names."""
        from spellchecker import SpellChecker

        return frozenset(SpellChecker(language="en", distance=1).word_frequency.dictionary)

    def retriever(self) -> Retriever:
        """A search over all passages."""
        return Retriever(self.passages, self.index, self.encoder)


def build_index(settings: Settings, progress: Progress | None = None, *, force: bool = False) -> bool:
    """Builds the index where there is no whole one; tells whether it was built.

    Raises:
        AssistantError: the corpus is malformed, or the index cannot be built.
    """
    from assistant.index import build

    corpus = read_corpus(Path(settings.corpus), load_vocabulary())
    opener = _Opener(settings, corpus, lambda _: None)
    return build(
        opener.passages,
        facts_json(corpus),
        corpus.hash,
        opener.encoder(),
        opener.settings,
        progress,
        force=force,
    )
