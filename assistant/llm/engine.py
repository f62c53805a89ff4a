"""The engine with a model that words its answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.check.checker import ReviewChecker
from assistant.corpus.corpus import Review
from assistant.engine.engine import Drafted, Engine
from assistant.llm.composing import Composer
from assistant.llm.endpoint import Drafting, Endpoint
from assistant.llm.failure import BUSY, RESTING, Breaker, EndpointError
from assistant.llm.points import PointGuard
from assistant.llm.prompt import make_prompt
from assistant.model import Answer, Passage, Status, Wording
from assistant.retrieval.retrieval import Evidence

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Drafts that are waited for at the same time; further questions get the program's own words."""
_WHOLE = 4
"""How many times the patience a whole answer may take."""

_WARMED = 40
"""Passages that are judged before the first question."""


@dataclass(slots=True)
class WordingEngine:
    """Answers like ``engine``, in a model's words where those hold.

    The program's own answer is made first. Where it declines, that stands and the model is not asked.
    """

    engine: Engine
    endpoint: Endpoint
    patience_s: float = 2.2
    """From the program's own answer to the first sentence, and from one sentence to the next; then the program goes on."""
    breaker: Breaker = field(default_factory=Breaker)
    _checkers: dict[str, ReviewChecker] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews, in order of name."""
        return self.engine.reviews

    @property
    def corpus_hash(self) -> str:
        """The sha256 over the corpus, hex."""
        return self.engine.corpus_hash

    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer:
        """The whole answer; see ``Engine.ask``."""
        *_, answer = self.stream(turns, review)
        return answer

    def plain(self) -> Engine:
        """The engine without the model."""
        return self.engine

    def stream(self, turns: Sequence[str], review: str | None = None) -> Iterator[Answer]:
        """The answer as it grows, a sentence or more at a time; the last one is whole and says whose words it is in.

        Raises:
            AssistantError: see ``Engine.ask``.
        """
        started = time.monotonic()
        drafted = self.engine.drafted(turns, review)
        wording = Wording("default", self.endpoint.model)
        answer = drafted.answer()
        if drafted.draft.status is Status.ANSWERED:
            notice = self._refused()
            if notice:
                wording = replace(wording, notice=notice)
            else:
                try:
                    for answer, wording in self._worded(drafted):
                        yield replace(answer, wording=wording)
                finally:
                    self._places.release()
        elapsed_ms = round((time.monotonic() - started) * 1000, 2)
        yield replace(answer, wording=wording, elapsed_ms=elapsed_ms)

    def _refused(self) -> str:
        """Why the model is not asked now, or "", with a place taken."""
        if self.breaker.resting:
            return str(EndpointError(RESTING))
        if not self._places.acquire(blocking=False):
            return str(EndpointError(BUSY))
        return ""

    def _worded(self, drafted: Drafted) -> Iterator[tuple[Answer, Wording]]:
        """The answer after each sentence that is shown."""
        composer = self.composer(drafted)
        prompt = make_prompt(drafted.turns, drafted.draft, drafted.review)
        drafting = Drafting(self.endpoint, prompt, self.patience_s)
        started = last = time.monotonic()
        notice = ""
        try:
            while not composer.full:
                until = min(last + self.patience_s, started + _WHOLE * self.patience_s)
                piece = drafting.next(until)
                if piece is None:
                    break
                if composer.add(piece):
                    last = time.monotonic()
                    yield drafted.answer(composer.shown), self._wording(composer, "")
            self.breaker.worked()
        except EndpointError as error:
            notice = str(error)
            if not composer.lines:
                self.breaker.failed()
            log.info("%s", notice)
        finally:
            drafting.close()
        composer.finish(cut=bool(notice))
        for sentence, reason in composer.failures:
            log.info("left out a sentence of the model: %s (it %s)", sentence, reason)
        yield drafted.answer(composer.shown), self._wording(composer, notice)

    def composer(self, drafted: Drafted) -> Composer:
        """What puts the answer to ``drafted`` together."""
        engine = drafted.reading.engine
        named = bool(drafted.reading.ask.named.names)
        guard = PointGuard(self._checker(engine.review), engine.verifier, drafted.draft.lines, named=named)
        return Composer(engine.review, drafted.draft, guard, engine.verifier)

    def _checker(self, review: Review) -> ReviewChecker:
        """The check of a review, made at the first question."""
        with self._lock:
            if review.id not in self._checkers:
                self._checkers[review.id] = ReviewChecker(review)
            return self._checkers[review.id]

    def _wording(self, composer: Composer, notice: str) -> Wording:
        asked = bool(composer.n_kept or not notice)
        return Wording(
            "llm" if asked else "default",
            self.endpoint.model,
            composer.n_kept,
            composer.n_replaced,
            composer.n_left_out,
            notice,
        )

    def warm(self) -> None:
        """Opens what the engine needs, and imports the client; see ``Engine.warm``."""
        self.engine.warm()
        for review in self.reviews:
            checker = self._checker(review)
            for passage in review.passages[:_WARMED]:  # patterns are compiled when they are first used
                checker.judge(passage.quote, passage.studies)
        try:
            self.endpoint.load()
        except (OSError, ImportError):
            log.info("the language model is not there yet")

    def search(self, query: str, k: int = 10, review: str | None = None) -> list[Evidence]:
        """See ``Engine.search``."""
        return self.engine.search(query, k, review)

    def show(self, study: str) -> list[Passage]:
        """See ``Engine.show``."""
        return self.engine.show(study)
