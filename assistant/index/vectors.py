"""Vectors kept by the text they belong to, so that unchanged text is not embedded twice."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.index.encoder import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much is done and how much there is."""

_BATCH = 64
"""Texts between two saves: a build that is killed loses less than a second of work."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text TEXT, vector BLOB, checksum BLOB,"
    " PRIMARY KEY (model, text)) WITHOUT ROWID"
)


def embed(texts: Sequence[str], encoder: Encoder, store: Path, progress: Progress) -> NDArray[np.float32]:
    """Vectors of the texts, shape (n, d), taken from the file ``store`` where it has them and added to it.

    Each distinct text is embedded at most once. A damaged store, or a damaged vector in it, is dropped.
    Only the holder of the index's lock may call this.
    """
    digests = [sha256(text.encode()).hexdigest() for text in texts]
    by_digest = dict(zip(digests, texts, strict=True))
    with _opened(store) as connection:
        found = _read(connection, encoder.model, by_digest)
        missing = [digest for digest in by_digest if digest not in found]
        for start in range(0, len(missing), _BATCH):
            progress("embedding", len(found), len(by_digest))
            batch = missing[start : start + _BATCH]
            rows = np.asarray(encoder.encode([by_digest[digest] for digest in batch]), dtype=np.float32)
            found.update(zip(batch, rows, strict=True))
            _write(connection, encoder.model, batch, rows)
    progress("embedding", len(by_digest), len(by_digest))
    if not digests:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([found[digest] for digest in digests])


@contextlib.contextmanager
def _opened(store: Path) -> Iterator[sqlite3.Connection]:
    """A sound store; one that sqlite finds damaged is replaced by an empty one."""
    store.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(store)
    try:
        connection.execute(_SCHEMA)
        sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        connection.execute("SELECT model, text, vector, checksum FROM vectors LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        connection.close()
        for path in (store, store.with_name(store.name + "-journal")):
            path.unlink(missing_ok=True)
        connection = sqlite3.connect(store)
        connection.execute(_SCHEMA)
    with contextlib.closing(connection):
        yield connection


def _read(
    connection: sqlite3.Connection, model: str, wanted: dict[str, str]
) -> dict[str, NDArray[np.float32]]:
    """Vectors of this model that are wanted, unharmed and of one length."""
    found: dict[str, NDArray[np.float32]] = {}
    rows = connection.execute("SELECT text, vector, checksum FROM vectors WHERE model = ?", (model,))
    for digest, blob, checksum in rows:
        if digest in wanted and isinstance(blob, bytes) and _checksum(digest, blob) == checksum:
            found[digest] = np.frombuffer(blob, dtype="<f4")
    return found if len({len(vector) for vector in found.values()}) == 1 else {}


def _write(
    connection: sqlite3.Connection, model: str, digests: Sequence[str], rows: NDArray[np.float32]
) -> None:
    blobs = [row.astype("<f4").tobytes() for row in rows]
    with connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
            [
                (model, digest, blob, _checksum(digest, blob))
                for digest, blob in zip(digests, blobs, strict=True)
            ],
        )


def _checksum(digest: str, blob: bytes) -> bytes:
    return sha256(digest.encode() + blob).digest()[:8]
