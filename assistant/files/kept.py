"""What was made once of files and takes long to make, kept as JSON for the next process.

A kept file is used only where it is whole and was made of the same bytes by the same program. Any other (torn,
changed, of another version, somebody else's) is as good as none: what it holds is made anew and written again.
Nothing depends on it but time. JSON, because reading it runs no code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from assistant.files.files import NEW
from assistant.files.kept_values import decoder, encoded

T = TypeVar("T")

_MOST = 4
"""Files of one name that stay: a home may serve several corpora."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept files of a home."""

    folder: Path

    def get(self, name: str, key: str, kind: Any) -> Any:
        """The value of the type ``kind`` kept under ``name`` for ``key``; None where there is none, or no sound one."""
        try:
            head, _, body = self._path(name, key).read_bytes().partition(b"\n")
            return decoder(kind)(json.loads(body)) if head == _head(key, body) else None
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keeps a value; where the folder cannot be written nothing is kept, and nobody is told.

        A reader sees the whole file or none, whatever the number of writers.
        """
        new = self.folder / f"{NEW}{token_hex(8)}"
        with suppress(OSError, ValueError):  # ValueError: half a surrogate pair cannot be written
            body = json.dumps(encoded(value), ensure_ascii=False, separators=(",", ":")).encode()
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                new.write_bytes(_head(key, body) + b"\n" + body)
                new.replace(self._path(name, key))
            finally:
                new.unlink(missing_ok=True)
            self._prune(name)

    def _path(self, name: str, key: str) -> Path:
        return self.folder / f"{name}-{key[:32]}.json"

    def _prune(self, name: str) -> None:
        """Removes all but the newest; another process may do so at the same time."""
        paths = sorted(self.folder.glob(f"{name}-*.json"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for path in paths[_MOST:]:
            path.unlink(missing_ok=True)


class Made:
    """What follows from some bytes alone, by name: made once in a process, or kept by an earlier one.

    Args:
        kept: where it is kept; None for nowhere.
        raw: the bytes.
    """

    def __init__(self, kept: Kept | None = None, raw: bytes = b"") -> None:
        self._kept = kept
        self._here: dict[str, Any] = {}
        self.digest = sha256(raw).hexdigest()
        """sha256 of the bytes, hex."""

    @cached_property
    def _key(self) -> str:
        return key_of(self.digest.encode())

    def get(self, name: str, kind: Callable[[], Any], make: Callable[[], T]) -> T:
        """What ``make`` gives, or gave an earlier process.

        Args:
            name: of it; unique among what follows from the bytes.
            kind: gives its type, which ``kept_values.decoder`` knows.
            make: called where nothing was kept. Two threads may call it at once; both get one value.
        """
        if name not in self._here:
            value = self._kept.get(name, self._key, kind()) if self._kept else None
            if value is None:
                value = make()
                if self._kept:
                    self._kept.put(name, self._key, value)
            self._here.setdefault(name, value)
        found: T = self._here[name]
        return found


def key_of(*parts: bytes) -> str:
    """A hash of what something is made of: the parts, this program and the Python that runs it; hex."""
    return _digest((program().encode(), *parts))


@cache
def program() -> str:
    """A hash of the program's own modules and of Python's version, so that no other version's work is used."""
    paths = sorted(Path(__file__).parents[1].rglob("*.py"))
    return _digest(
        (sys.version.encode(), *(part for p in paths for part in (p.name.encode(), p.read_bytes())))
    )


def _digest(parts: Iterable[bytes]) -> str:
    """sha256 over the parts, each after its length, hex."""
    digest = sha256()
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {sha256(body).hexdigest()}".encode()
