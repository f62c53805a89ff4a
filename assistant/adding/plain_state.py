"""A text layer while it is read: its blocks so far, the paragraph that is open, what is known of the whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from assistant.adding.article import Block, Grid, Heading, Paragraph
from assistant.adding.lines import joined
from assistant.adding.plain_paths import Forms
from assistant.adding.plain_regions import ENDS, FIGURE


@dataclass(slots=True)
class State:
    """What has been read so far, and the paragraph that is being read."""

    words: Counter[str]
    grids: dict[str, Grid] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    """Lines of the paragraph that is being read."""
    listing: bool = False
    """Whether the section is a list: every line stands alone."""
    forms: Forms = field(default_factory=dict)
    """How words are written, for headings in capitals."""
    known: frozenset[int] = frozenset()
    """Sizes of groups that the text names."""
    doubts: list[str] = field(default_factory=list)
    path: tuple[str, ...] = ()
    """The headings above the section that is being read, where the layer names them."""

    def close(self) -> None:
        """Ends the paragraph that is being read."""
        if self.held:
            text = joined(self.held, self.words)
            self.held.clear()
            last = next(
                (
                    k
                    for k in range(len(self.blocks) - 1, -1, -1)
                    if isinstance(self.blocks[k], Paragraph | Heading)
                ),
                None,
            )
            before = self.blocks[last] if last is not None else None
            # A column, a page or a table may cut a sentence.
            if (
                isinstance(before, Paragraph)
                and last is not None
                and not self.listing
                and _goes_on(before.text, text)
            ):
                self.blocks[last] = Paragraph(joined([before.text, text], self.words))
            elif text:
                self.blocks.append(Paragraph(text))


def _goes_on(before: str, text: str) -> bool:
    """Whether a paragraph that ends no sentence goes on with ``text``."""
    if ENDS.search(before) or FIGURE.match(before) or before.startswith("Table "):
        return False
    return bool(re.match(r"[a-z(\d]", text)) or (len(before) > 60 and bool(re.search(r"[a-z,\d)]$", before)))
