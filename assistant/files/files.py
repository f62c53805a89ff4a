"""Files that are either whole or not there: written beside, flushed, renamed into place, known by hash."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

NEW = ".new-"
"""Begins the name of what is not in place yet; left behind only by a process that was killed."""
_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """The file's sha256, hex. Read in blocks: a 90 MB file takes 50 ms and no memory."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def contents(directory: Path) -> dict[str, list[int | str]]:
    """Size and sha256 of each file below ``directory``, by its path from there; flushes each to the disk."""
    found: dict[str, list[int | str]] = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            flush(path)
            found[path.relative_to(directory).as_posix()] = [path.stat().st_size, sha256_of(path)]
    return found


def read_json(path: Path) -> dict[str, Any]:
    """The object in the file; {} where there is no file, no JSON or no object."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Puts the object in place of the file at once: a reader sees the old one or the new one.

    Raises:
        OSError: when it cannot be written; the old one is then left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.parent / f"{NEW}{token_hex(8)}.json"
    try:
        new.write_text(json.dumps(value, indent=1, sort_keys=True), encoding="utf-8")
        flush(new)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    flush(path.parent)


def flush(path: Path) -> None:
    """Makes the system write a file, or a folder's names, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fresh_dir(parent: Path, prefix: str = NEW) -> Path:
    """A new, empty folder in ``parent`` with a name nobody else has."""
    directory = parent / f"{prefix}{token_hex(8)}"
    directory.mkdir(parents=True)
    return directory
