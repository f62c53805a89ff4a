"""Folders that are published whole: built beside, read back from a copy, put in place by one rename.

``<key>.json`` names a folder and says, for each of its files, size and sha256. A reader copies the folder
while it checks it, and opens only its own copy: Chroma writes into a database even when it only reads, and
ends the process on a damaged one. What is published is therefore never written again, readers need no lock
between them, and a folder that is no longer wanted can be removed at any time.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.files.files import NEW, contents, flush, fresh_dir, read_json, write_json

KEEP = 2
"""How many published folders stay: the newest, and the one before for whoever still runs on it."""
STALE_SECONDS = 3600
_COPIES = "open"
_IN_USE = "in-use"
_BLOCK = 1 << 20


class Damaged(Exception):
    """What is published is missing or not what was written; the message says what."""


@dataclass(slots=True)
class Copy:
    """A reader's own copy of a published folder, until ``remove``."""

    path: Path
    about: dict[str, Any]
    """What its publisher said of it."""
    _lock: FileLock

    def remove(self) -> None:
        """Deletes the copy."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)  # Windows keeps a locked file until now


def new_folder(shelf: Path, key: str) -> Path:
    """An empty folder to build in. The holder of the lock calls it; what a killed build left is removed."""
    shelf.mkdir(parents=True, exist_ok=True)
    _remove_unpublished(shelf)
    return fresh_dir(shelf, f"{key[:16]}-")


def describe(folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of a folder that is complete and closed; its files are flushed to the disk."""
    manifest = {**about, "folder": folder.name, "files": contents(folder)}
    flush(folder)
    return {**manifest, "checksum": _checksum(manifest)}


def publish(shelf: Path, key: str, manifest: Mapping[str, Any]) -> None:
    """Puts the folder in place of the former one of that key, and removes what is too old."""
    write_json(shelf / f"{key}.json", manifest)
    newest = sorted(shelf.glob("[!.]*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in newest[KEEP:]:
        if path.stem != key:
            path.unlink(missing_ok=True)
    _remove_unpublished(shelf)


def published(shelf: Path, key: str) -> dict[str, Any]:
    """The manifest of a key.

    Raises:
        Damaged: where there is none, or it is not as it was written.
    """
    path = shelf / f"{key}.json"
    manifest = read_json(path)
    if not manifest:
        raise Damaged("its manifest cannot be read" if path.exists() else "there is none yet")
    if manifest.get("checksum") != _checksum({k: v for k, v in manifest.items() if k != "checksum"}):
        raise Damaged("its manifest was changed")
    return manifest


def checked_copy(shelf: Path, manifest: Mapping[str, Any]) -> Copy:
    """Copies the folder, every byte checked on the way.

    Raises:
        Damaged: for a file that is missing, too many, or not as it was written.
        OSError: when there is no room for the copy.
    """
    copy = _own_folder(shelf)
    try:
        _copy_files(shelf / str(manifest["folder"]), manifest["files"], copy.path)
    except BaseException:
        copy.remove()
        raise
    copy.about = dict(manifest)
    return copy


def _copy_files(source: Path, files: Mapping[str, Any], target: Path) -> None:
    present = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    if present != files.keys():
        odd = sorted(present ^ files.keys())[0]
        raise Damaged(f"the file {odd} {'is not part of it' if odd in present else 'is missing'}")
    for name, (size, digest) in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        found = sha256()
        try:
            with (source / name).open("rb") as file, path.open("wb") as copy:
                while block := file.read(_BLOCK):
                    found.update(block)
                    copy.write(block)
        except FileNotFoundError:
            raise Damaged(f"the file {name} is missing") from None
        if path.stat().st_size != size or found.hexdigest() != digest:
            raise Damaged(f"the file {name} is not as it was written")


def _own_folder(shelf: Path) -> Copy:
    """An empty folder that belongs to this process; copies of killed processes are removed."""
    try:
        place = shelf / _COPIES
        place.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(place)
        path = fresh_dir(place)
    except OSError:  # a shelf that can only be read
        path = Path(tempfile.mkdtemp(prefix="assistant-index-"))
    lock = FileLock(str(path / _IN_USE), thread_local=False)
    lock.acquire()
    return Copy(path, {}, lock)


def _remove_abandoned(place: Path) -> None:
    """Removes copies whose process is gone. A young one may be between its making and its lock."""
    for path in place.iterdir():
        try:
            if time.time() - path.stat().st_mtime < STALE_SECONDS:
                continue
            with FileLock(str(path / _IN_USE), timeout=0):
                shutil.rmtree(path, ignore_errors=True)
        except (Timeout, OSError):
            continue
        shutil.rmtree(path, ignore_errors=True)


def _remove_unpublished(shelf: Path) -> None:
    """Removes folders that no manifest names: the lock is held, so nobody builds in them."""
    named = {str(read_json(path).get("folder")) for path in shelf.glob("[!.]*.json")} | {_COPIES}
    for path in shelf.iterdir():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and path.name.startswith(NEW):
            path.unlink(missing_ok=True)


def _checksum(manifest: Mapping[str, Any]) -> str:
    return sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
