"""Finds passages: by words (BM25) and by meaning (vectors), fused by rank, within the studies asked about."""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Protocol

from assistant import lazy_re as re
from assistant.index.encoder import Encoder
from assistant.model import Kind, Passage
from assistant.retrieval.reranking import DEPTH as RERANKED
from assistant.retrieval.reranking import Reranker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEPTH = 100
"""Passages each ranking gives to the fusion, or more where more are asked for."""
RRF_K = 60
"""Cormack, Clarke and Büttcher, SIGIR 2009."""
BM25_K1 = 1.2
BM25_B = 0.75
"""Robertson and Zaragoza 2009, 3.2; also Lucene's."""
_REMEMBERED = 256

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_NUMBER = r"\d+(?:[.,]\d+)*"
_WORD = rf"(?:{_NUMBER}\w*|\w+)"
_TOKEN = re.compile(
    rf"(?P<assigned>[^\W\d_]{{1,3}}\s?[=<>≤≥]\s?{_NUMBER})"  # n=7, p < 0.05
    rf"|(?P<hyphenated>{_WORD}(?:-{_WORD})+)"  # IL-6, AB12-34, 3-year, 12-18
    rf"|{_WORD}"  # 0.62, 1,234, CD7, 1.5mg
)
_PART = re.compile(_WORD)


class VectorIndex(Protocol):
    """What is needed of an index; ``assistant.index.index.Index`` is one."""

    def query(
        self,
        vector: NDArray[np.float32],
        k: int,
        studies: Collection[str] | None = None,
        review: str | None = None,
        kinds: Collection[Kind] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids and cosines of the nearest passages, nearest first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that was found, and why."""

    passage: Passage
    score: float
    """Sum of 1 / (60 + rank) over the rankings that have it; compares within one search only."""
    cosine: float | None
    """To the query, -1 to 1; None where the vectors did not bring it up."""
    bm25: float | None
    """Greater than 0; None where it shares no token with the query."""


class Retriever:
    """Searches the passages of a corpus. May be used by several threads."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index_opener: Callable[[], VectorIndex],
        encoder_opener: Callable[[], Encoder],
        reranker: Reranker | None = None,
    ) -> None:
        """The openers are called at the first search by meaning, if there is one, and once.

        ``reranker`` puts the best of such a search into a new order; None leaves them as they are.
        """
        self._reranker = reranker
        self._passages = {passage.id: passage for passage in passages}
        self._rank = {passage.id: rank for rank, passage in enumerate(passages)}
        self._index_opener, self._encoder_opener = index_opener, encoder_opener
        self._lock = threading.RLock()
        self._encoding = threading.Lock()
        self._index: VectorIndex | None = None
        self._encoder: Encoder | None = None
        self._words: Bm25 | None = None
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def search(
        self,
        query: str,
        *,
        studies: Collection[str] = (),
        review: str | None = None,
        kinds: Collection[Kind] = (),
        k: int = 10,
        dense: bool = True,
    ) -> list[Evidence]:
        """The ``k`` best passages for the query, best first; the same for the same corpus and query.

        Args:
            query: In words.
            studies: Only passages that speak of one of them; empty for all.
            review: Only this review's; None for all.
            kinds: Only these; empty for all.
            k: At most so many; fewer where fewer match.
            dense: Whether to search by meaning too. Without it only passages with a common token are found,
                and neither the index nor the encoder is opened.

        Raises:
            AssistantError: when the index or the encoder cannot be opened.
        """
        wanted = self._wanted(set(studies), review, kinds)
        if not wanted or not query.strip():
            return []
        depth = max(DEPTH, k)
        words = self._bm25().scores(query, wanted)
        rankings = [self._ranked(words)[:depth]]
        cosines: dict[str, float] = {}
        if dense:
            index, vector = self._opened_for(query)
            found = index.query(vector, depth, studies, review, kinds)
            cosines = {id_: cosine for id_, cosine in found if id_ in wanted}
            rankings.append(self._ranked(cosines))
        fused = fuse(rankings)
        if dense and self._reranker is not None:
            fused = self._reranked(query, fused[:RERANKED]) + fused[RERANKED:]
        return [
            Evidence(self._passages[id_], score, cosines.get(id_), words.get(id_)) for id_, score in fused[:k]
        ]

    def _opened_for(self, query: str) -> tuple[VectorIndex, NDArray[np.float32]]:
        """The index and the query's vector; at the first search both are opened at a time."""
        if self._index is not None:
            return self._index, self._vector(query)
        with ThreadPoolExecutor(1) as pool:
            vector = pool.submit(self._vector, query)
            return self._open_index(), vector.result()

    def _reranked(self, query: str, fused: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """The same ids in the reranker's order, the sums left in theirs, so that they still fall."""
        if self._reranker is None or not fused:
            return fused
        scores = self._reranker.scores(query, [self._passages[id_].text for id_, _ in fused])
        order = sorted(range(len(fused)), key=lambda k: (-scores[k], k))
        return [(fused[k][0], total) for k, (_, total) in zip(order, fused, strict=True)]

    def similarity(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Cosines of the query and each text, shape (len(texts),); for the order of a few sentences.

        Raises:
            AssistantError: when the encoder cannot be opened.
        """
        import numpy as np

        if not texts:
            return np.zeros(0, dtype=np.float32)
        rows: NDArray[np.float32] = np.stack([self._vector(text) for text in texts])
        return rows @ self._vector(query)

    def _wanted(self, studies: set[str], review: str | None, kinds: Collection[Kind]) -> set[str]:
        return {
            id_
            for id_, passage in self._passages.items()
            if (not studies or not studies.isdisjoint(passage.studies))
            and (review is None or passage.locator.review == review)
            and (not kinds or passage.locator.kind in kinds)
        }

    def _ranked(self, scores: Mapping[str, float]) -> list[str]:
        """Ids by score; equal ones in the corpus's order."""
        return sorted(scores, key=lambda id_: (-scores[id_], self._rank[id_]))

    def _vector(self, text: str) -> NDArray[np.float32]:
        """The text's vector, shape (d,); the latest ones are remembered, for turns repeat their words."""
        with self._encoding:
            if self._encoder is None:
                self._encoder = self._encoder_opener()
            encoder, vector = self._encoder, self._vectors.get(text)
        if vector is None:
            vector = encoder.encode([text])[0]
            with self._encoding:
                while len(self._vectors) >= _REMEMBERED:
                    del self._vectors[next(iter(self._vectors))]
                self._vectors[text] = vector
        return vector

    def _open_index(self) -> VectorIndex:
        with self._lock:
            if self._index is None:
                self._index = self._index_opener()
            return self._index

    def _bm25(self) -> Bm25:
        with self._lock:
            if self._words is None:
                self._words = Bm25({passage.id: passage.text for passage in self._passages.values()})
            return self._words


class Bm25:
    """Okapi BM25 with Lucene's idf, which is never negative. bm25s takes 0.5 s to import; this takes none."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {id_: Counter(tokenise(text)) for id_, text in texts.items()}
        mean = sum(map(Counter.total, counts.values())) / max(len(counts), 1) or 1.0
        holders: dict[str, list[str]] = defaultdict(list)
        for id_, tokens in counts.items():
            for token in tokens:
                holders[token].append(id_)
        self._weights: dict[str, dict[str, float]] = {}
        for token, ids in holders.items():
            idf = log(1 + (len(counts) - len(ids) + 0.5) / (len(ids) + 0.5))
            self._weights[token] = {
                id_: idf * tf / (tf + BM25_K1 * (1 - BM25_B + BM25_B * counts[id_].total() / mean))
                for id_ in ids
                for tf in (counts[id_][token],)
            }

    def scores(self, query: str, wanted: Collection[str]) -> dict[str, float]:
        """Score by id of the wanted texts that share a token with the query; all are above 0."""
        found: dict[str, float] = defaultdict(float)
        for token in dict.fromkeys(tokenise(query)):
            for id_, weight in self._weights.get(token, {}).items():
                if id_ in wanted:
                    found[id_] += weight
        return dict(found)


def fuse(rankings: Iterable[Sequence[str]], k: int = RRF_K) -> list[tuple[str, float]]:
    """Reciprocal rank fusion: ids with the sum of 1 / (k + rank), ranks from 1, best first.

    Of equal sums the one with the better single rank comes first, then the one that an earlier ranking has
    (or has higher).
    """
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, int] = {}
    for ranking in rankings:
        for rank, id_ in enumerate(dict.fromkeys(ranking), start=1):
            scores[id_] += 1 / (k + rank)
            best[id_] = min(rank, best.get(id_, rank))
    # sorted is stable, and both dicts keep the order of first appearance
    return sorted(scores.items(), key=lambda item: (-item[1], best[item[0]]))


def tokenise(text: str) -> list[str]:
    """The text's tokens: case-folded, a plural's s removed, figures and names whole.

    ``0.62``, ``1,234``, ``CD7`` are one token each. ``n = 7`` gives ``n=7`` and ``7``; ``IL-6`` gives
    ``il-6`` and its parts ``il`` and ``6``, so that ``T cells`` finds ``T-cell``. All dashes are one.
    """
    tokens = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text).casefold().translate(_DASHES)):
        whole = match.group()
        if match.lastgroup == "assigned":
            whole = "".join(whole.split())
            tokens += [whole, *re.findall(_NUMBER, whole)]
        elif match.lastgroup == "hyphenated":
            parts = _PART.findall(whole)
            tokens += ["-".join([*parts[:-1], _singular(parts[-1])]), *map(_singular, parts)]
        else:
            tokens.append(_singular(whole))
    return tokens


def _singular(word: str) -> str:
    """``patients`` to ``patient``, ``studies`` to ``study``; not ``mds``, ``status``, ``less``."""
    if len(word) < 4 or not word.isalpha() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]
