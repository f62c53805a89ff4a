"""Stands in for ``assistant.engine.engine`` in a process that is served: quick answers, the shipped corpus."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import fake_engine
from service_app import reviews

from assistant.model import Answer


class Engine:
    """Shows the shipped reviews; answers like the fake engine, and slowly where asked to ``sleep``."""

    corpus_hash = "c0ffee"

    def __init__(self) -> None:
        self.reviews = reviews()
        self._made_up = fake_engine.Engine()

    def warm(self) -> None:
        """There is nothing to open."""

    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer:
        if turns[-1].startswith("sleep"):
            time.sleep(1)
        return self._made_up.ask(turns, review)


def open_engine(settings: Any, *, notify: Callable[[str], None]) -> Engine:
    return Engine()
