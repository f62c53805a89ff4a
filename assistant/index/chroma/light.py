"""A folder's collection, searched through Chroma's compiled part alone.

``import chromadb`` takes as long as all the rest of a first question: OpenTelemetry, gRPC, embedding functions, none
of them used here. Its client hands a query on to ``chromadb_rust_bindings`` unchanged, and so does this. The
bindings are no public interface: only the releases named here, for which ``tests/test_chroma_light.py`` compares
both ways, are asked like that; any other goes through the client.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.index.chroma.client import chroma_errors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KNOWN = frozenset({"1.5.9"})
"""Releases of chromadb."""
_PLACE = ("default_tenant", "default_database")
_FILES_OF_A_GRAPH = 5
_FILES = 1024
"""Files a process may open, where the system does not say."""


class LightCollection:
    """What answering needs of a collection; ``query``, ``get`` and ``count`` are those of Chroma's own."""

    def __init__(self, folder: Path, name: str) -> None:
        """Opens the database in the folder.

        Raises:
            AssistantError: Chroma cannot open it, or there is no such collection.
        """
        with chroma_errors():
            import chromadb_rust_bindings as rust

            database = rust.SqliteDBConfig(
                url=str(folder / "chroma.sqlite3"),
                hash_type=rust.MigrationHash.MD5,
                migration_mode=rust.MigrationMode.Apply,
            )
            self._bindings = rust.Bindings(
                allow_reset=False,
                sqlite_db_config=database,
                persist_path=str(folder),
                hnsw_cache_size=_open_files() // _FILES_OF_A_GRAPH,
            )
            self._id = str(self._bindings.get_collection(name, *_PLACE).id)

    def count(self) -> int:
        """How many records it holds."""
        return int(self._bindings.count(self._id, *_PLACE))

    def query(
        self,
        *,
        query_embeddings: NDArray[np.float32],
        n_results: int,
        where: Mapping[str, Any] | None,
        include: Sequence[str],
    ) -> dict[str, Any]:
        """The nearest records of each row of ``query_embeddings``, shape (n, d)."""
        condition, columns = _json(where), list(include)
        found = self._bindings.query(
            self._id, None, list(query_embeddings), n_results, condition, None, columns, *_PLACE
        )
        return {"ids": found.ids, "distances": found.distances}

    def get(self, *, ids: Sequence[str], include: Sequence[str]) -> dict[str, Any]:
        """The records of these ids that there are."""
        found = self._bindings.get(self._id, list(ids), None, None, 0, None, list(include), *_PLACE)
        return {"ids": found.ids, "documents": found.documents, "metadatas": found.metadatas}

    def close(self) -> None:
        """Lets go of the database."""
        del self._bindings


def is_known() -> bool:
    """Whether the installed chromadb is one of ``KNOWN``."""
    try:
        return version("chromadb") in KNOWN
    except PackageNotFoundError:
        return False


def _json(where: Mapping[str, Any] | None) -> str | None:
    return json.dumps(where) if where else None


def _open_files() -> int:
    if sys.platform == "win32":
        return _FILES
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
