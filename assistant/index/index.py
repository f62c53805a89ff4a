"""The index of a corpus: built beside, checked whole, published at once; in a folder or on a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from assistant.index.chroma import (
    Index,
    LightCollection,
    build_on_server,
    chroma_errors,
    create,
    embedded_client,
    is_known,
    let_go,
    most_twins,
    open_on_server,
    verify,
    write,
)
from assistant.index.encoder import Encoder, IndexSettings, Notify, to_stderr
from assistant.index.published import (
    Copy,
    Damaged,
    checked_copy,
    describe,
    new_folder,
    publish,
    published,
)
from assistant.index.records import Records, collect, metadata
from assistant.index.vectors import Progress, embed
from assistant.model import AssistantError, Passage

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as Stored
    from numpy.typing import NDArray

__all__ = ["Index", "IndexSettings", "build", "index_state", "open_index"]

_COLLECTION = "passages"


def build(
    passages: Sequence[Passage],
    facts_json: Mapping[str, str],
    corpus_hash: str,
    encoder: Encoder,
    settings: IndexSettings,
    progress: Progress | None = None,
    *,
    force: bool = False,
    notify: Notify = to_stderr,
) -> bool:
    """Builds the corpus's index and publishes it, where there is no whole one yet.

    Args:
        passages: All of the corpus; their ids differ.
        facts_json: JSON of the facts a passage states, by passage id.
        corpus_hash: Hash of the corpus.
        encoder: Embeds the texts that no former build embedded.
        settings: Where the index belongs.
        progress: Told each step.
        force: Build even where there is a whole one.
        notify: Told when another process has to be waited for.

    Returns:
        Whether it was built.

    Raises:
        AssistantError: when it cannot be built or the result is not what was put in; a former one stays.
    """
    records = collect(passages, facts_json, corpus_hash, encoder.model)
    told = progress or (lambda _step, _done, _total: None)
    with _disk_errors(settings), _only_writer(settings, notify):
        if not force and not _damage(records, settings):
            return False
        vectors = embed(records.texts, encoder, _shelf(settings) / "vectors.sqlite", told)
        if settings.chroma_url:
            build_on_server(settings.chroma_url, records, vectors, _about(records, vectors), told)
        else:
            _build_embedded(_shelf(settings), records, vectors, told)
    return True


def open_index(
    passages: Sequence[Passage],
    facts_json: Mapping[str, str],
    corpus_hash: str,
    encoder: Encoder,
    settings: IndexSettings,
    progress: Progress | None = None,
    *,
    notify: Notify = to_stderr,
) -> Index:
    """The corpus's index; where it is missing or damaged it is built first, and ``notify`` is told.

    Raises:
        AssistantError: when it can neither be opened nor built.
    """
    records = collect(passages, facts_json, corpus_hash, encoder.model)
    reason = ""
    for _ in range(3):  # another process may publish, and remove, between a build and its opening
        with _disk_errors(settings):
            try:
                return _open(records, settings)
            except Damaged as damage:
                reason = str(damage)
        notify(f"The index of {records.reviews} is built: {reason}.")
        build(passages, facts_json, corpus_hash, encoder, settings, progress, notify=notify)
    raise AssistantError(f"The index cannot be opened: {reason}.", "Run `assistant doctor`.")


def index_state(
    passages: Sequence[Passage],
    facts_json: Mapping[str, str],
    corpus_hash: str,
    encoder: Encoder,
    settings: IndexSettings,
) -> str:
    """What is wrong with the corpus's index; "" where it is whole. Builds nothing.

    Raises:
        AssistantError: where a server does not answer, or the disk fails.
    """
    with _disk_errors(settings):
        return _damage(collect(passages, facts_json, corpus_hash, encoder.model), settings)


def _damage(records: Records, settings: IndexSettings) -> str:
    try:
        _open(records, settings).close()
    except Damaged as damage:
        return str(damage)
    return ""


def _open(records: Records, settings: IndexSettings) -> Index:
    if settings.chroma_url:
        return open_on_server(settings.chroma_url, records)
    shelf = _shelf(settings)
    return _open_copy(checked_copy(shelf, published(shelf, records.key)))


def _shelf(settings: IndexSettings) -> Path:
    return settings.home / "index"


def _about(records: Records, vectors: NDArray[np.float32]) -> dict[str, Any]:
    return {
        "key": records.key,
        "corpus": records.corpus,
        "model": records.model,
        "reviews": records.reviews,
        "count": len(records.passages),
        "dimension": int(vectors.shape[1]),
    }


def _build_embedded(shelf: Path, records: Records, vectors: NDArray[np.float32], progress: Progress) -> None:
    """Fills and closes a folder, then checks a copy: what was checked is, to the byte, what is published."""
    folder = new_folder(shelf, records.key)
    rows = metadata(records)
    client = embedded_client(folder)
    try:
        collection = create(client, _COLLECTION, {"key": records.key}, most_twins(vectors))
        write(collection, records, rows, vectors, progress)
    finally:
        let_go(client)
    manifest = describe(folder, _about(records, vectors))
    try:
        index = _open_copy(checked_copy(shelf, manifest))
    except Damaged as damage:
        raise AssistantError(
            f"The new index is not sound: {damage}.", "Run `assistant index` again."
        ) from None
    try:
        verify(index.collection, records, rows, vectors, progress)
    finally:
        index.close()
    publish(shelf, records.key, manifest)


def _open_copy(copy: Copy) -> Index:
    """The index in a copy of its own, which is removed where it cannot be opened.

    Raises:
        Damaged: Chroma cannot open it, or it lacks records.
    """
    client: Client | None = None
    light: LightCollection | None = None

    def close() -> None:
        if light is not None:
            light.close()
        if client is not None:
            let_go(client)
        copy.remove()

    def collection() -> Stored:
        nonlocal client
        client = embedded_client(copy.path)
        with chroma_errors():
            return client.get_collection(_COLLECTION, embedding_function=None)

    try:
        searched: Stored | LightCollection
        if is_known():
            searched = light = LightCollection(copy.path, _COLLECTION)
        else:
            searched = collection()
        with chroma_errors():
            count = searched.count()
    except AssistantError as error:
        close()
        raise Damaged(error.message) from None
    if count != copy.about["count"]:
        close()
        raise Damaged(f"it holds {count} records instead of {copy.about['count']}")
    return Index(searched, copy.about, close, collection if light is not None else None)


@contextmanager
def _only_writer(settings: IndexSettings, notify: Notify) -> Iterator[None]:
    """Waits for another builder of this home, with a message."""
    shelf = _shelf(settings)
    shelf.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(shelf / "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        notify("Another process builds the index; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _disk_errors(settings: IndexSettings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AssistantError(
            f"The index in {settings.home} cannot be read or written: {error}.",
            "See to the free disk and the rights, or let ASSISTANT_HOME name another folder.",
        ) from None
