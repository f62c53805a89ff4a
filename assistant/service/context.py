"""What every interface of the service is given: asking, keeping, rating, and the corpus."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.contract import answer_object, checked_turns
from assistant.corpus import Review
from assistant.model import Answer, AssistantError, Citation, Passage, Reference, Study
from assistant.service.gate import Gate
from assistant.service.journal import Journal
from assistant.service.store import Kept, Source, Store

if TYPE_CHECKING:
    from assistant.settings import Settings

QUESTION_CHARS = 4_000
"""Characters a question may have; the command line takes more, but there one person waits for oneself."""
TURNS = 20
"""Questions a conversation may have, the last one included."""
COMMENT_CHARS = 4_000


class Engine(Protocol):
    """What is needed of the engine."""

    @property
    def reviews(self) -> Sequence[Review]: ...
    @property
    def corpus_hash(self) -> str: ...
    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer: ...
    def warm(self) -> None: ...


class NotReadyError(AssistantError):
    """The index is still being opened."""


class UnknownError(AssistantError):
    """There is no such answer, study, review or passage."""


@dataclass(frozen=True, slots=True)
class StudyCard:
    """One study and the review that speaks of it."""

    review: Review
    study: Study

    @property
    def reference(self) -> Reference | None:
        """Its entry in the reference list."""
        return self.review.reference(self.study.reference)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Everything the review says of it, in order of place."""
        return tuple(p for p in self.review.passages if self.study.id in p.studies)


@dataclass(slots=True)
class Service:
    """The one object that pages, API and MCP share. Every method may be called from any thread.

    The engine opens in the background (``open``); whatever needs it waits for it at most
    ``patience_s`` and then raises ``NotReadyError``.
    """

    settings: Settings
    store: Store
    opener: Callable[[], Engine]
    """Gives the engine; called once, by ``open``."""
    journal: Journal = field(default_factory=Journal)
    """Counts questions for ``/metrics`` and logs one line for each."""
    gate: Gate = field(default_factory=lambda: Gate(running=2, waiting=64, patience_s=30))
    patience_s: float = 30
    _opened: threading.Event = field(default_factory=threading.Event)
    _engine: Engine | None = None
    _failure: AssistantError | None = None

    # -- opening ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open corpus, index and encoder; returns when they are open or cannot be opened."""
        try:
            engine = self.opener()
            engine.warm()
            self._engine = engine
        except AssistantError as error:
            self._failure = error
        except Exception as error:
            self._failure = AssistantError(f"The engine could not be opened ({type(error).__name__}).")
            raise
        finally:
            self._opened.set()

    @property
    def ready(self) -> bool:
        """Whether questions are answered at once."""
        return self._engine is not None

    @property
    def failure(self) -> AssistantError | None:
        """Why the engine cannot be opened, or None."""
        return self._failure

    @property
    def engine(self) -> Engine:
        """The engine, waited for.

        Raises:
            NotReadyError: it did not open in time.
            AssistantError: it cannot be opened.
        """
        if self._engine is None:
            if not self._opened.wait(self.patience_s):
                raise NotReadyError("The index is still being opened.", "Ask again in a minute.")
            if self._engine is None:
                raise self._failure or AssistantError("The engine could not be opened.")
        return self._engine

    # -- asking -------------------------------------------------------------------------------------

    def ask(self, turns: Sequence[str], review: str | None = None, *, interface: str = "chat") -> Answer:
        """The answer to the last of ``turns``; earlier questions are what a follow-up rests on.

        Args:
            turns: the user's questions, oldest first; at most ``TURNS`` of ``QUESTION_CHARS`` each.
            review: id of the review to ask; None for all.
            interface: who asks: ``chat``, ``api`` or ``mcp``; for the log and the counters.

        Raises:
            AssistantError: a question that cannot be asked, or no such review; has a remedy to show.
            BusyError: too many questions wait. NotReadyError: the index is still being opened.
        """
        started = time.perf_counter()
        with self.journal.question(interface, turns) as entry:
            asked = check_turns(turns)
            engine = self.engine
            with self.gate.place():
                answer = engine.ask(asked, review)
            entry.answered(answer, time.perf_counter() - started)
        return answer

    def keep(self, answer: Answer, turns: Sequence[str], review: str | None = None) -> str:
        """The id of the answer's permalink ``/a/{id}``; on return it survives a kill.

        Raises:
            AssistantError: it could not be written.
        """
        sources = [self._source(c) for c in answer.citations]
        return self.store.keep(turns, review, answer_object(answer), sources)

    def kept(self, id: str) -> Kept:
        """The answer as it was given once.

        Raises:
            UnknownError: there is none of that id.
        """
        found = self.store.kept(id)
        if found is None:
            raise UnknownError("There is no such answer.", "See to the whole link.")
        return found

    def changed_since(self, kept: Kept) -> bool:
        """Whether the corpus is another one than when the answer was given."""
        return bool(kept.answer["corpus"] != self.engine.corpus_hash)

    def rate(self, id: str, liked: bool, comment: str = "") -> None:
        """Keep what a reader thought of the answer ``id``; on return it survives a kill.

        Raises:
            UnknownError: there is no such answer.
            AssistantError: the comment is too long, or it could not be written.
        """
        comment = comment.encode("utf-8", "replace").decode().strip()
        if len(comment) > COMMENT_CHARS:
            raise AssistantError(
                f"The comment has {len(comment):,} characters; at most {COMMENT_CHARS:,} are kept.",
                "Write a shorter one.",
            )
        if not self.store.rate(id, liked, comment):
            raise UnknownError("There is no such answer.", "Ask, then rate the answer that came.")
        self.journal.rated(liked)

    # -- the corpus ---------------------------------------------------------------------------------

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews of the corpus."""
        return tuple(self.engine.reviews)

    def studies(self, review: str | None = None) -> list[StudyCard]:
        """The studies of one review, or of all.

        Raises:
            UnknownError: there is no such review.
        """
        chosen = [r for r in self.reviews if review in (None, r.id)]
        if not chosen:
            known = ", ".join(r.id for r in self.reviews)
            raise UnknownError("The corpus has no such review.", f"It has: {known}.")
        return [StudyCard(r, s) for r in chosen for s in r.studies]

    def study(self, id: str, review: str | None = None) -> StudyCard:
        """The study with this id; the first one where several reviews have one.

        Raises:
            UnknownError: there is none.
        """
        cards = self.studies(review)
        for card in cards:
            if card.study.id.casefold() == id.casefold():
                return card
        known = ", ".join(c.study.id for c in cards)
        raise UnknownError("The corpus has no such study.", f"It has: {known}.")

    def passage(self, id: str) -> tuple[Review, Passage]:
        """The passage with this id (``Citation.passage``) and its review.

        Raises:
            UnknownError: there is none; the corpus may have changed.
        """
        for review in self.reviews:
            for passage in review.passages:
                if passage.id == id:
                    return review, passage
        raise UnknownError("The corpus has no such passage.", "It may have changed; ask again.")

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _source(self, citation: Citation) -> Source:
        review = next((r for r in self.reviews if r.id == citation.review), None)
        entry = review.reference(citation.reference) if review else None
        text, doi = (entry.text, entry.doi) if entry else ("", "")
        return Source(citation.label, citation.passage, text, doi, review.title if review else "")


def check_turns(turns: Sequence[str]) -> list[str]:
    """``turns`` as they may be asked here.

    Raises:
        AssistantError: none, too many, too long, empty, or with control characters.
    """
    if len(turns) > TURNS:
        raise AssistantError(
            f"The conversation has {len(turns)} questions; at most {TURNS} are taken.", "Start a new one."
        )
    for turn in turns:
        if len(turn) > QUESTION_CHARS:
            raise AssistantError(
                f"A question has {len(turn):,} characters; at most {QUESTION_CHARS:,} are taken.",
                "Ask one question in a few sentences.",
            )
    return checked_turns(turns)
