"""What pages are read from and written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.model import AssistantError
from assistant.wiki.syntax import Syntax


class PageError(AssistantError):
    """One page cannot be read or written; others can."""


class GoneError(PageError):
    """Nothing answers, or what answers is out of order; other pages will fare no better."""


class ConflictError(PageError):
    """Somebody else wrote to the page since it was read."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read."""

    name: str
    text: str
    revision: str
    """Tells whether somebody wrote to it since."""


class Target(Protocol):
    """Pages of one kind in one place."""

    @property
    def syntax(self) -> Syntax: ...
    def names(self) -> Sequence[str]:
        """The pages; raises AssistantError where nothing can be done at all."""

    def read(self, name: str) -> Page:
        """The page; raises PageError."""

    def write(self, page: Page, text: str, summary: str) -> None:
        """Put ``text`` in the page's place, whole or not at all.

        Raises:
            ConflictError: it is no longer as it was read.
            PageError: it cannot be written.
        """
