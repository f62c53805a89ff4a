"""What interfaces need of an engine, with a language model or without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from assistant.corpus.corpus import Review
    from assistant.model import Answer

DEFAULT, LLM = "default", "llm"
"""Names of the engines: the program's own words, and a model's where those hold."""


class Asked(Protocol):
    """An engine."""

    @property
    def reviews(self) -> Sequence[Review]: ...
    @property
    def corpus_hash(self) -> str: ...
    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer: ...
    def warm(self) -> None: ...


@runtime_checkable
class Growing(Asked, Protocol):
    """An engine whose answers grow, as a model words them."""

    def stream(self, turns: Sequence[str], review: str | None = None) -> Iterator[Answer]:
        """The answer after each sentence; the last one is whole."""

    def plain(self) -> Asked:
        """The same without the model."""


def parts(engine: Asked, turns: Sequence[str], review: str | None = None) -> Iterator[Answer]:
    """The answer as it grows; only the whole one where the engine gives no part of it.

    Raises:
        AssistantError: as the engine's ``ask``.
    """
    if isinstance(engine, Growing):
        yield from engine.stream(turns, review)
    else:
        yield engine.ask(turns, review)


def named(engine: Asked, name: str | None) -> Asked:
    """``engine`` without its model where ``default`` is asked for."""
    return engine.plain() if name == DEFAULT and isinstance(engine, Growing) else engine
