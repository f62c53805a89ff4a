"""What a block says, read back out of its markup: it is named where it changes, and kept where it is declined."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.export import Format
from assistant.export.document import one_line

EARLIER = "The review no longer answers this. Earlier answer:"
"""Begins the paragraph that keeps what a block said before it was declined."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The statements of an answer, or the rows of a page's tables, each with its visible citations."""

    lines: tuple[str, ...]
    kept: str
    """What the block said before it was declined; "" for nothing."""
    between: str
    """What parts the lines where they are written after one another."""

    @classmethod
    def of(cls, form: Format, body: str, *, rows: bool) -> Spoken:
        """What stands in a block; ``rows`` where it is a page of tables."""
        parts = [
            part for part in form.words(body.replace("\r\n", "\n").strip()).split("\n\n") if part.strip()
        ]
        # The title is first and the provenance last; what has less was written by a person.
        texts = parts[1:-1] if len(parts) > 2 else parts
        lines = [one_line(line).strip(" |^") for text in texts for line in text.split("\n")]
        kept = next((line.removeprefix(EARLIER).strip() for line in lines if line.startswith(EARLIER)), "")
        said = [line for line in lines if not line.startswith(EARLIER) and any(c.isalnum() for c in line)]
        return cls(tuple(said), kept, "; " if rows else " ")

    @property
    def text(self) -> str:
        """All of it in a line."""
        return self.between.join(self.lines)

    def gone(self, now: Spoken) -> str:
        """What of it is said no longer; all of it where every line still stands and it is no page."""
        lost = self.between.join(line for line in self.lines if line not in now.lines)
        return lost or ("" if self.between == "; " else self.text)
