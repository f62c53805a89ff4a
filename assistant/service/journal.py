"""What is counted and logged of questions: one JSON line each, without their text unless that is wanted."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assistant.check.model import Judged
from assistant.contract import json_line
from assistant.model import Answer, AssistantError

log = logging.getLogger("assistant.questions")

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Upper bounds of the histogram of durations, seconds."""


@dataclass(slots=True)
class Entry:
    """The line of one question while it is answered."""

    outcome: str = "failed"
    """``answered``, ``declined``, ``checked``, ``refused`` (it cannot be asked, or too many wait) or ``failed``."""
    seconds: float = 0.0
    n_citations: int = 0

    def answered(self, answer: Answer, seconds: float) -> None:
        """Note the answer and how long it took, waiting included."""
        self.outcome, self.seconds = answer.status.value, seconds
        self.n_citations = len(answer.citations)

    def checked(self, judged: Sequence[Judged], seconds: float) -> None:
        """Note that a text was checked, and how long it took, waiting included."""
        self.outcome, self.seconds = "checked", seconds
        self.n_citations = sum(len(one.citations) for one in judged)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted since the start."""

    questions: Counter[tuple[str, str]]
    """By interface and outcome."""
    durations: Counter[float]
    """Questions by the upper bound of their bucket, seconds; infinity for the slower ones."""
    seconds: float
    ratings: Counter[bool]
    responses: Counter[int]


@dataclass(slots=True)
class Journal:
    """Counters since the start, and the log of questions.

    Args:
        text: whether a question's text is logged.
    """

    text: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _questions: Counter[tuple[str, str]] = field(default_factory=Counter)
    _durations: Counter[float] = field(default_factory=Counter)
    _seconds: float = 0.0
    _ratings: Counter[bool] = field(default_factory=Counter)
    _responses: Counter[int] = field(default_factory=Counter)

    @contextmanager
    def question(self, interface: str, turns: Sequence[str]) -> Iterator[Entry]:
        """An entry that is counted and logged when the block ends, however it ends."""
        entry, started = Entry(), time.perf_counter()
        try:
            yield entry
        except AssistantError:
            entry.outcome = "refused"
            raise
        finally:
            entry.seconds = entry.seconds or time.perf_counter() - started
            self._count(interface, entry)
            log.info(json_line(self._line(interface, turns, entry)))

    def rated(self, liked: bool) -> None:
        """Count a rating."""
        with self._lock:
            self._ratings[liked] += 1

    def responded(self, status: int) -> None:
        """Count a response by its HTTP status."""
        with self._lock:
            self._responses[status] += 1

    def counts(self) -> Counts:
        """All counters at one moment."""
        with self._lock:
            return Counts(
                self._questions.copy(),
                self._durations.copy(),
                self._seconds,
                self._ratings.copy(),
                self._responses.copy(),
            )

    def _count(self, interface: str, entry: Entry) -> None:
        with self._lock:
            self._questions[interface, entry.outcome] += 1
            self._seconds += entry.seconds
            self._durations[next((b for b in BUCKETS_S if entry.seconds <= b), float("inf"))] += 1

    def _line(self, interface: str, turns: Sequence[str], entry: Entry) -> dict[str, Any]:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "interface": interface,
            "outcome": entry.outcome,
            "elapsed_ms": round(entry.seconds * 1000, 1),
            "turns": len(turns),
            "chars": len(turns[-1]) if turns else 0,
            "citations": entry.n_citations,
        }
        return line | ({"question": turns[-1]} if self.text and turns else {})
