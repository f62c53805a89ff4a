"""A collection in cosine space: written by us, read back whole, asked by vector."""

from __future__ import annotations

import os
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.index.chroma.client import chroma_errors
from assistant.index.chroma.light import LightCollection
from assistant.index.records import Records
from assistant.index.vectors import Progress
from assistant.model import AssistantError, Kind

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as Stored
    from numpy.typing import NDArray

_NEIGHBORS = 32
_MOST_NEIGHBORS = 256
_EF = 200
"""Links of a record and width of a search: twice Chroma's defaults, at no cost below ten thousand records."""
_BATCH = 250
_TIE = 1e-5
"""Cosine distance below which two texts are one to the encoder; float32 leaves 1e-7."""
_SPARE = 16
"""Asked for beyond what is wanted, to see where a tie ends."""
_DIGITS = 6
"""Cosines are rounded, so that the last bits of a sum decide no order."""


class Index:
    """A collection that was found whole, until ``close`` or the end of the process."""

    def __init__(
        self,
        searched: Stored | LightCollection,
        about: Mapping[str, Any],
        close: Callable[[], object],
        collection: Callable[[], Stored] | None = None,
    ) -> None:
        """Args say what is searched, what its builder wrote of it, how to let go of it, and what opens Chroma's own."""
        self._searched: Any = searched
        self._opened: Callable[[], Any] = collection or (lambda: searched)
        self.about = about
        """Its key, corpus, model, count and more, as its builder wrote them."""
        self._finalizer = weakref.finalize(self, _close_unless_forked, os.getpid(), close)

    @cached_property
    def collection(self) -> Stored:
        """Chroma's own collection, for what else there is to do with one."""
        opened: Stored = self._opened()
        return opened

    def query(
        self,
        vector: NDArray[np.float32],
        k: int,
        studies: Collection[str] | None = None,
        review: str | None = None,
        kinds: Collection[Kind] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids and cosines (-1 to 1) of the ``k`` passages nearest to a unit vector, nearest first.

        Of equal cosines the lower id comes first, also where ``k`` cuts between them: Chroma's own choice
        differs from one build of the same records to the next.

        Args:
            vector: Shape (d,) or (1, d).
            k: How many; fewer come where there are fewer.
            studies: Only passages that speak of one of them; None or empty for all.
            review: Only this review's; None for all.
            kinds: Only these; None or empty for all.

        Raises:
            AssistantError: when Chroma fails.
        """
        if k < 1:
            return []
        where, asked = _where(studies or (), review, kinds or ()), k + _SPARE
        while True:
            pairs = self._nearest(vector, asked, where)
            if len(pairs) < asked or pairs[-1][1] < pairs[k - 1][1]:
                return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]
            asked *= 2  # a tie that may go on

    def _nearest(
        self, vector: NDArray[np.float32], count: int, where: dict[str, Any] | None
    ) -> list[tuple[str, float]]:
        with chroma_errors():
            found = self._searched.query(
                query_embeddings=np.asarray(vector, dtype=np.float32).reshape(1, -1),
                n_results=count,
                where=where,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]  # 1 - cosine, in Chroma's cosine space
        return [
            (id_, round(1 - float(distance), _DIGITS))
            for id_, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def facts(self, ids: Sequence[str]) -> dict[str, str]:
        """JSON of the facts of those passages that have some, by id.

        Raises:
            AssistantError: when Chroma fails.
        """
        with chroma_errors():
            found = self._searched.get(ids=list(ids), include=["metadatas"])
        rows = zip(found["ids"], found["metadatas"] or [], strict=True)
        return {id_: str(row["facts"]) for id_, row in rows if "facts" in row}

    def close(self) -> None:
        """Lets go of the database; the index cannot be asked any more."""
        self._finalizer()


def create(client: Client, name: str, about: Mapping[str, Any], twins: int = 1) -> Stored:
    """A new, empty collection in cosine space.

    Args:
        client: Where.
        name: Unique there.
        about: Its metadata.
        twins: How many records may share one vector. Records of one vector link to each other first; with
            fewer links than twins nothing else would be linked to, nor found.

    Raises:
        AssistantError: where Chroma made it with another distance.
    """
    neighbors = min(_MOST_NEIGHBORS, _NEIGHBORS + twins)
    with chroma_errors():
        collection = client.create_collection(
            name,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_construction": max(_EF, 2 * neighbors),
                    "ef_search": max(_EF, 2 * neighbors),
                    "max_neighbors": neighbors,
                }
            },
            metadata=dict(about),
            embedding_function=None,
        )
    space = (collection.configuration_json.get("hnsw") or {}).get("space")
    if space != "cosine":
        raise AssistantError(
            f"Chroma made a collection with the distance {space}, not cosine.", "Update chromadb."
        )
    return collection


def write(
    collection: Stored,
    records: Records,
    rows: Sequence[Mapping[str, Any]],
    vectors: NDArray[np.float32],
    progress: Progress,
) -> None:
    """Puts all records in.

    Raises:
        AssistantError: when Chroma fails.
    """
    for part in _parts(len(rows)):
        passages = records.passages[part]
        progress("writing", part.start, len(rows))
        with chroma_errors():
            collection.upsert(  # add() would keep what an id already holds
                ids=[passage.id for passage in passages],
                documents=[passage.text for passage in passages],
                embeddings=vectors[part],
                metadatas=[dict(row) for row in rows[part]],
            )
    progress("writing", len(rows), len(rows))


def verify(
    collection: Stored,
    records: Records,
    rows: Sequence[Mapping[str, Any]],
    vectors: NDArray[np.float32],
    progress: Progress,
) -> None:
    """Reads every record back and finds it as its own nearest neighbour.

    Nothing less will do: count, get and sqlite's own check can be in order while the graph no longer finds
    most of the records (chroma-core/chroma#7510 and #7678).

    Raises:
        AssistantError: for the first record that is not what was put in, or is not found.
    """
    with chroma_errors():
        count = collection.count()
    if count != len(rows):
        raise _unsound(f"it holds {count} records instead of {len(rows)}")
    results = min(len(rows), most_twins(vectors) + 4)
    for part in _parts(len(rows)):
        progress("checking", part.start, len(rows))
        with chroma_errors():
            ids = [passage.id for passage in records.passages[part]]
            stored: Any = collection.get(ids=ids, include=["documents", "metadatas", "embeddings"])
            near: Any = collection.query(
                query_embeddings=vectors[part], n_results=results, include=["distances"]
            )
        there = {id_: at for at, id_ in enumerate(stored["ids"])}
        for at, passage in enumerate(records.passages[part]):
            place, here = passage.locator.label, there.get(passage.id)
            if here is None:
                raise _unsound(f"{place} is missing")
            if stored["documents"][here] != passage.text or stored["metadatas"][here] != rows[part][at]:
                raise _unsound(f"{place} was read back differently")
            if not np.allclose(stored["embeddings"][here], vectors[part][at], rtol=0, atol=1e-6):
                raise _unsound(f"the vector of {place} was read back differently")
            found = dict(zip(near["ids"][at], near["distances"][at], strict=True))
            if not found.get(passage.id, 1.0) <= _TIE:  # texts of one vector tie
                raise _unsound(f"{place} does not find itself")
    progress("checking", len(rows), len(rows))


def most_twins(vectors: NDArray[np.float32]) -> int:
    """How many records share the vector that most records share."""
    return max(Counter(vector.tobytes() for vector in vectors).values())


def _where(studies: Collection[str], review: str | None, kinds: Collection[Kind]) -> dict[str, Any] | None:
    """Chroma's filter; None for no condition."""
    conditions: list[dict[str, Any]] = []
    if studies:
        any_of: list[dict[str, Any]] = [{"studies": {"$contains": study}} for study in sorted(studies)]
        conditions.append(any_of[0] if len(any_of) == 1 else {"$or": any_of})
    if review is not None:
        conditions.append({"review": review})
    if kinds:
        conditions.append({"kind": {"$in": sorted(kind.value for kind in kinds)}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def _parts(count: int) -> list[slice]:
    return [slice(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]


def _unsound(what: str) -> AssistantError:
    return AssistantError(
        f"The new index is not sound: {what}.", "The former one stays. Run `assistant index` again."
    )


def _close_unless_forked(owner: int, close: Callable[[], object]) -> None:
    if os.getpid() == owner:  # a forked child must not remove its parent's files
        close()
