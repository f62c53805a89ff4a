"""The names under which the notes of a page's blocks are led to: no two blocks may share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, count

_NAME = re.compile(r"\b(ask-[0-9a-f]{8}(?:-\d+)?)-\d+(?![\w-])")
"""The name of a note: its document's anchor and its number."""


class Anchors:
    """The anchors that stand in the blocks of one page, by how many blocks.

    Args:
        bodies: what the blocks hold.
    """

    def __init__(self, bodies: Iterable[str]) -> None:
        self._used: Counter[str] = Counter()
        for body in bodies:
            self.add(body)

    def add(self, body: str) -> None:
        """Count what a block holds."""
        self._used.update(_in(body))

    def remove(self, body: str) -> None:
        """Count it no longer."""
        self._used.subtract(_in(body))

    def free(self, anchor: str, body: str, n_before: int) -> str:
        """An anchor for a block: the one it has, else that of its place, else the next one that no other has.

        Args:
            anchor: of the answer's document.
            body: what the block holds now.
            n_before: how many blocks above it ask the same.
        """
        own = {name for name in _in(body) if re.fullmatch(rf"{re.escape(anchor)}(?:-\d+)?", name)}
        numbered = (anchor if n == 1 else f"{anchor}-{n}" for n in chain([n_before + 1], count(1)))
        return next(name for name in chain(sorted(own), numbered) if not self._used[name])


def _in(body: str) -> set[str]:
    return set(_NAME.findall(body))
