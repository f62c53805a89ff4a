"""What every sentence of a model passes before a reader sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from assistant.draft import Line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence."""

    line: Line | None
    """The sentence with its support and facts, where it may be shown."""
    points: tuple[int, ...] = ()
    """Indices of the program's statements that it says, or, where it failed, seems to be about."""
    reason: str = ""
    """Why it may not be shown."""

    @property
    def ok(self) -> bool:
        """Whether it may be shown."""
        return self.line is not None


class Guard(Protocol):
    """Judges the sentences of one draft."""

    def judge(self, text: str, cited: Collection[str]) -> Verdict:
        """Whether a sentence says what the review says.

        Args:
            text: one sentence, plain, without citation marks.
            cited: ids of the studies it cites, its own marks or those it inherits; "" for the review.
        """
