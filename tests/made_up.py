"""Made-up passages and an encoder that can be worked out in the head, for tests of index and retrieval."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.model import Kind, Locator, Passage

DIMENSION = 64
DRUGS = ("alphamab", "betanib", "gammacel", "deltazide", "epsilumab")


class WordEncoder:
    """Counts words in 64 buckets: the same words give the same vector, other words one at 0 or near."""

    model = "words-1"

    def __init__(self) -> None:
        self.encoded: list[str] = []
        """Every text it was ever given."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSION] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def passage(
    text: str,
    studies: Sequence[str] = (),
    *,
    at: int = 1,
    review: str = "made-up",
    kind: Kind = Kind.SENTENCE,
    references: Sequence[int] = (),
) -> Passage:
    """A passage whose id depends on place and text, as the reader's does."""
    if kind is Kind.CELL:
        locator = Locator(
            review, kind, table="Table 1", row=f"Row {at}", column=studies[0] if studies else ""
        )
    else:
        locator = Locator(review, kind, section="Results", paragraph=at, sentence=1)
    id_ = hashlib.sha256(f"{locator!r}\x1f{text}".encode()).hexdigest()
    return Passage(id_, text, text, tuple(studies), locator, tuple(references))


def corpus(count: int, *, review: str = "made-up", shift: int = 0) -> list[Passage]:
    """``count`` passages of 7 studies, one or two each; each tenth is a cell, each 25th repeats a text."""
    found = []
    for at in range(count):
        number = at if at % 25 else 0
        text = (
            f"In group {number} of {100 + number + shift} patients, {DRUGS[number % 5]} gave a response in "
            f"{number * 37 % 101}.{number % 10}% after cycle {number % 6} (series {number * 7919 % 9973})."
        )
        studies = [f"S-{at % 7}"] if at % 3 else [f"S-{at % 7}", f"S-{(at + 1) % 7}"]
        kind = Kind.SENTENCE if at % 10 else Kind.CELL
        found.append(passage(text, studies, at=at, review=review, kind=kind, references=[at % 9 + 1]))
    return found


def facts_of(passages: Sequence[Passage]) -> dict[str, str]:
    """One made-up fact for every second passage."""
    return {p.id: f'[{{"passage": "{p.id[:6]}", "value": "{n}"}}]' for n, p in enumerate(passages) if n % 2}
