"""Blocks are answered by the engine, and kept where permalinks are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Protocol

from assistant.contract import checked_question
from assistant.corpus.corpus import Review
from assistant.export.given import document_given
from assistant.model import Answer, AssistantError, Status
from assistant.vocabulary.vocabulary import Vocabulary, load_vocabulary
from assistant.wiki.blocks import Block
from assistant.wiki.refresh import Ask, Asked
from assistant.wiki.topic import NothingFitsError, nothing_document, topic_document


class Engine(Protocol):
    """What is needed of the engine."""

    @property
    def reviews(self) -> Sequence[Review]: ...
    @property
    def corpus_hash(self) -> str: ...
    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer: ...


Keep = Callable[[Answer, str, str | None], str]
"""Keeps the answer to a question put to a review, and gives its permalink; "" for none."""


def answering(engine: Engine, day: str, keep: Keep) -> Ask:
    """Answers blocks from the engine's corpus, each question once.

    Args:
        engine: what answers.
        day: today, ISO 8601.
        keep: is called for answers that are written.
    """
    vocabulary: Callable[[], Vocabulary] = cache(load_vocabulary)
    given: dict[tuple[str, str | None], Answer] = {}

    def ask(block: Block) -> Asked:
        question, review = checked_question(block.question), block.options.get("review")
        known = [r.id for r in engine.reviews]
        if review is not None and review not in known:
            raise AssistantError(f"The corpus has no review {review}.", f"It has: {', '.join(known)}.")
        quotes = block.options.get("length") != "short"
        if block.kind == "page":
            chosen = [r for r in engine.reviews if review in (None, r.id)]
            corpus = engine.corpus_hash
            try:
                page = topic_document(question, chosen, vocabulary(), corpus, day, quotes=quotes)
            except NothingFitsError:
                if (
                    block.state is None
                ):  # a typing error of who writes the block, not something that held once
                    raise
                return Asked(nothing_document(question, chosen, corpus, day), True, corpus)
            return Asked(page, False, corpus)
        if (question, review) not in given:
            given[question, review] = engine.ask([question], review)
        answer = given[question, review]
        document = document_given(answer, engine.reviews, day, review=review, quotes=quotes)
        declined = answer.status is Status.DECLINED
        return Asked(document, declined, answer.corpus, partial(keep, answer, question, review))

    return ask
