"""Vectors that cost nothing: a word has a fixed random direction, a text the mean of its words'.

They stand in for the encoder where embedding a large corpus would take hours, and only there: texts with
common words are near each other, so that search has something to find, but what they cost is not measured.
"""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSION = 384
"""That of all-MiniLM-L6-v2."""


class HashedEncoder:
    """Has the form of `assistant.index.encoder.Encoder`."""

    model = "hashed-words-384"

    def __init__(self) -> None:
        self._directions: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), 384), float32 unit rows."""
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        rows = np.stack([self._sum(text) for text in texts])
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _sum(self, text: str) -> NDArray[np.float32]:
        words = re.findall(r"\w+", text.lower()) or [""]
        total: NDArray[np.float32] = np.sum(
            [self._direction(word) for word in words], axis=0, dtype=np.float32
        )
        return total

    def _direction(self, word: str) -> NDArray[np.float32]:
        if word not in self._directions:
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            row = np.random.default_rng(seed).standard_normal(DIMENSION)
            self._directions[word] = row.astype(np.float32)
        return self._directions[word]
