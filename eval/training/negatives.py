"""The wrong texts that are most like a question: what a model must learn to tell from the right ones."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from eval.training.examples import Asked, Example

DEPTH = 24
"""Wrong texts kept for a question."""
RRF_K = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9.%+-]+", text.lower()))


def _ranks(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The rank of each score, 0 for the highest."""
    return np.argsort(np.argsort(-scores, kind="stable"), kind="stable")


def with_negatives(
    asked: Sequence[Asked],
    texts: Sequence[str],
    questions: NDArray[np.float32],
    vectors: NDArray[np.float32],
) -> list[Example]:
    """The questions of one review with the wrong texts nearest to each, by meaning and by shared words.

    Args:
        asked: the questions.
        texts: all texts of the review.
        questions: unit vectors of the questions, shape (len(asked), d).
        vectors: unit vectors of the texts, shape (len(texts), d).
    """
    words = [_words(text) for text in texts]
    counts = Counter(w for text in words for w in text)
    weights = {w: log(len(texts) / n + 1) for w, n in counts.items()}
    found: list[Example] = []
    for one, row in zip(asked, questions, strict=True):
        own = _words(one.text)
        shared = np.array([sum(weights[w] for w in sorted(own & text)) for text in words])
        fused = 1 / (RRF_K + _ranks((vectors @ row).astype(np.float64))) + 1 / (RRF_K + _ranks(shared))
        order = [int(n) for n in np.argsort(-fused, kind="stable") if int(n) not in one.answers]
        found.append(Example(one, tuple(texts), tuple(order[:DEPTH])))
    return found
