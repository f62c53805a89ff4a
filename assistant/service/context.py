"""What every interface of the service is given: asking, keeping, rating, and the corpus."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.asked import Asked, named, parts
from assistant.contract import answer_object
from assistant.corpus.corpus import Review
from assistant.model import Answer, AssistantError, Citation, Passage, Reference, Study
from assistant.service.gate import Gate
from assistant.service.journal import Journal
from assistant.service.limits import (
    COMMENT_CHARS,
    NotReadyError,
    RefusedError,
    UnknownError,
    check_text,
    check_turns,
)
from assistant.service.store import Kept, Source, Store

if TYPE_CHECKING:
    from assistant.check.model import Judged
    from assistant.check.text import Checker
    from assistant.settings import Settings

log = logging.getLogger(__name__)


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
    opener: Callable[[], Asked]
    """Gives the engine; called once, by ``open``."""
    journal: Journal = field(default_factory=Journal)
    """Counts questions for ``/metrics`` and logs one line for each."""
    gate: Gate = field(default_factory=lambda: Gate(running=2, waiting=64, patience_s=30))
    patience_s: float = 30
    _checkers: dict[str | None, Checker] = field(default_factory=dict)
    _opened: threading.Event = field(default_factory=threading.Event)
    _engine: Asked | None = None
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

    def wait(self, seconds: float) -> None:
        """Wait until the engine is open or cannot be opened, at most so long."""
        self._opened.wait(seconds)

    @property
    def ready(self) -> bool:
        """Whether questions are answered at once."""
        return self._engine is not None

    @property
    def failure(self) -> AssistantError | None:
        """Why the engine cannot be opened, or None."""
        return self._failure

    @property
    def engine(self) -> Asked:
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

    def engine_now(self) -> Asked:
        """The engine, not waited for.

        Raises:
            NotReadyError: it is not open yet.
            AssistantError: it cannot be opened.
        """
        if self._engine is None and not self._opened.is_set():
            raise NotReadyError("The index is still being opened.", "Ask again in a minute.")
        return self.engine

    # -- asking -------------------------------------------------------------------------------------

    def ask(
        self,
        turns: Sequence[str],
        review: str | None = None,
        *,
        interface: str = "chat",
        engine: str | None = None,
    ) -> Answer:
        """The answer to the last of ``turns``; earlier questions are what a follow-up rests on.

        Args:
            turns: the user's questions, oldest first; at most ``TURNS`` of ``QUESTION_CHARS`` each.
            review: id of the review to ask; None for all.
            interface: who asks: ``chat``, ``api`` or ``mcp``; for the log and the counters.
            engine: ``default`` for the program's own words even where a language model is set up.

        Raises:
            RefusedError: a question that cannot be asked, or no such review; has a remedy to show.
            BusyError: too many questions wait. NotReadyError: the index is still being opened.
        """
        *_, answer = self.stream(turns, review, interface=interface, engine=engine)
        return answer

    def stream(
        self,
        turns: Sequence[str],
        review: str | None = None,
        *,
        interface: str = "chat",
        engine: str | None = None,
    ) -> Iterator[Answer]:
        """Like ``ask``, the answer as it grows; only the last one is whole."""
        started = time.perf_counter()
        with self.journal.question(interface, turns) as entry:
            asked = check_turns(turns)
            opened = named(self.engine, engine)
            self.check_review(review)
            with self.gate.place():
                for answer in parts(opened, asked, review):
                    yield answer
            entry.answered(answer, time.perf_counter() - started)

    def check(
        self, text: str, study: str | None = None, review: str | None = None, *, interface: str = "api"
    ) -> tuple[Judged, ...]:
        """The statements of a text, each with what the corpus says of it.

        Args:
            text: plain text, Markdown, MediaWiki or HTML; at most ``TEXT_CHARS``.
            study: id of the study meant until the text names one; None where none is.
            review: id of the review to check against; None for all.
            interface: who asks; for the log and the counters.

        Raises:
            RefusedError: a text that cannot be checked, or no such review. UnknownError: no such study.
            BusyError: too many wait. NotReadyError: the index is still being opened.
        """
        with self.journal.question(interface, [text]) as entry:
            started = time.perf_counter()
            text = check_text(text)
            self.check_review(review)
            if study is not None:
                self.study(study, review)
            checker = self._checker(review)
            with self.gate.place():
                judged = checker.check(text, study)
            entry.checked(judged, time.perf_counter() - started)
        return judged

    def _checker(self, review: str | None) -> Checker:
        from assistant.check.text import Checker

        if review not in self._checkers:
            self._checkers[review] = Checker([r for r in self.reviews if review in (None, r.id)])
        return self._checkers[review]

    def check_review(self, review: str | None) -> None:
        """Refuse a review that the corpus does not have.

        Raises:
            RefusedError: there is none of this id.
        """
        known = [r.id for r in self.reviews]
        if review is not None and review not in known:
            raise RefusedError("The corpus has no such review.", f"It has: {', '.join(known)}.")

    def keep(self, answer: Answer, turns: Sequence[str], review: str | None = None) -> str:
        """The id of the answer's permalink ``/a/{id}``; on return it survives a kill.

        Raises:
            AssistantError: it could not be written.
        """
        sources = [source_of(c, self.reviews) for c in answer.citations]
        return self.store.keep(turns, review, answer_object(answer), sources)

    def try_keep(self, answer: Answer, turns: Sequence[str], review: str | None = None) -> str | None:
        """Like ``keep``, but None where the disk fails: an answer without a link is still an answer."""
        try:
            return self.keep(answer, turns, review)
        except AssistantError as error:
            log.error("an answer was not kept: %s", error.message)
            return None

    def unkept(self, answer: Answer, turns: Sequence[str], review: str | None = None) -> Kept:
        """The answer as a page shows it, without a permalink."""
        made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        sources = tuple(source_of(c, self.reviews) for c in answer.citations)
        return Kept("", made_at, tuple(turns), review, answer_object(answer), sources)

    def kept(self, id: str) -> Kept:
        """The answer as it was given once.

        Raises:
            UnknownError: there is none of that id.
        """
        found = self.store.kept(id)
        if found is None:
            raise UnknownError("There is no such answer.", "See to the whole link.")
        return found

    def changed_since(self, kept: Kept) -> bool | None:
        """Whether the corpus is another one than when the answer was given; None while it opens."""
        return None if self._engine is None else bool(kept.answer["corpus"] != self._engine.corpus_hash)

    def rate(self, id: str, liked: bool, comment: str = "") -> None:
        """Keep what a reader thought of the answer ``id``; on return it survives a kill.

        Raises:
            UnknownError: there is no such answer.
            AssistantError: the comment is too long, or it could not be written.
        """
        comment = comment.encode("utf-8", "replace").decode().strip()
        if len(comment) > COMMENT_CHARS:
            raise RefusedError(
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


def source_of(citation: Citation, reviews: Sequence[Review]) -> Source:
    """What a permalink shows beside the citation."""
    review = next((r for r in reviews if r.id == citation.review), None)
    entry = review.reference(citation.reference) if review else None
    text, doi = (entry.text, entry.doi) if entry else ("", "")
    return Source(citation.label, citation.passage, text, doi, review.title if review else "")
