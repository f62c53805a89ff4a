"""Indexes as collections of a Chroma server, beside those of others."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from assistant.index.chroma.client import chroma_errors, let_go, server_client
from assistant.index.chroma.collection import Index, create, most_twins, verify, write
from assistant.index.published import KEEP, STALE_SECONDS, Damaged
from assistant.index.records import Records, metadata
from assistant.index.vectors import Progress
from assistant.model import AssistantError

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as Stored
    from numpy.typing import NDArray

_OWNER = "review-assistant"
_PAGE = 100


def build_on_server(
    url: str,
    records: Records,
    vectors: NDArray[np.float32],
    about: Mapping[str, Any],
    progress: Progress,
) -> None:
    """Fills a collection of a new name; that it is complete is written last, and read by whoever opens it.

    Raises:
        AssistantError: when it cannot be filled, or is not what was put in.
    """
    rows, about = metadata(records), {**about, "owner": _OWNER, "made_ns": time.time_ns()}
    name = f"{_OWNER}-{records.key[:24]}-{token_hex(4)}"
    client = server_client(url)
    try:
        collection = create(client, name, {**about, "complete": False}, most_twins(vectors))
        write(collection, records, rows, vectors, progress)
        verify(collection, records, rows, vectors, progress)
        with chroma_errors():
            collection.modify(metadata={**about, "complete": True})
            _remove_old(client, records)
    finally:
        let_go(client)


def _remove_old(client: Client, records: Records) -> None:
    """Removes what is older than the two newest of the same reviews, and what others never completed."""
    same = [
        stored for stored in _collections(client) if (stored.metadata or {}).get("reviews") == records.reviews
    ]
    whole = [stored for stored in same if stored.metadata["complete"]]
    newest = sorted(whole, key=lambda stored: (stored.metadata["made_ns"], stored.name), reverse=True)
    abandoned = time.time_ns() - STALE_SECONDS * 10**9
    unfinished = [
        stored
        for stored in same
        if not stored.metadata["complete"] and stored.metadata["made_ns"] < abandoned
    ]
    for stored in (*newest[KEEP:], *unfinished):
        client.delete_collection(stored.name)


def open_on_server(url: str, records: Records) -> Index:
    """The newest complete collection of the records.

    Raises:
        Damaged: where there is none, or it lacks records.
        AssistantError: where no server answers.
    """
    client = server_client(url)
    try:
        with chroma_errors():
            collection = _newest(client, records)
            about, count = dict(collection.metadata), collection.count()
        if count != about["count"]:
            raise Damaged(f"the server holds {count} records of it instead of {about['count']}")
    except (AssistantError, Damaged):
        let_go(client)
        raise
    return Index(collection, about, lambda: let_go(client))


def _newest(client: Client, records: Records) -> Stored:
    """The newest complete collection of the records."""
    ours = [stored for stored in _collections(client) if (stored.metadata or {}).get("key") == records.key]
    whole = [stored for stored in ours if stored.metadata["complete"]]
    if not whole:
        raise Damaged("the server holds an unfinished one only" if ours else "the server has none yet")
    newest = max(whole, key=lambda stored: (stored.metadata["made_ns"], stored.name))
    return client.get_collection(newest.name, embedding_function=None)


def _collections(client: Client) -> Iterator[Stored]:
    """Ours; the server may hold others'."""
    offset = 0
    while page := client.list_collections(limit=_PAGE, offset=offset):
        yield from (stored for stored in page if (stored.metadata or {}).get("owner") == _OWNER)
        offset += len(page)
