"""How many questions are answered at once, how many may wait, and for how long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.model import AssistantError


class BusyError(AssistantError):
    """More questions wait than are let in; ask again later."""


class Gate:
    """Lets ``running`` threads through at once, ``waiting`` more wait, the rest are refused.

    Args:
        running: at least 1.
        waiting: 0 or more.
        patience_s: how long one waits at most.
    """

    def __init__(self, running: int, waiting: int, patience_s: float) -> None:
        self._places = threading.BoundedSemaphore(running)
        self._entries = threading.BoundedSemaphore(running + waiting)
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._inside = 0

    @property
    def n_inside(self) -> int:
        """Questions that are answered or wait now."""
        return self._inside

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place of one's own while the block runs.

        Raises:
            BusyError: too many wait, or none became free in time.
        """
        if not self._entries.acquire(blocking=False):
            raise BusyError("Too many questions wait at the moment.", "Ask again in a few seconds.")
        try:
            self._count(1)
            if not self._places.acquire(timeout=self._patience_s):
                raise BusyError("No question could be taken in time.", "Ask again in a few seconds.")
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._count(-1)
            self._entries.release()

    def _count(self, change: int) -> None:
        with self._lock:
            self._inside += change
