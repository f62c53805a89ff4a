"""Answers and ratings that were acknowledged, kept in SQLite so that a kill loses none of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.model import AssistantError

ID_CHARS = 20
"""Length of a permalink's id: 100 bits in base 32."""
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_SCHEMA = """
create table if not exists answers (
  id text primary key, made_at text not null, turns text not null, review text, answer text not null,
  sources text not null) without rowid;
create table if not exists ratings (
  number integer primary key, answer text not null references answers (id), liked integer not null,
  comment text not null, made_at text not null);
create index if not exists ratings_by_answer on ratings (answer);
"""


@dataclass(frozen=True, slots=True)
class Source:
    """What a permalink shows beside a citation, frozen with the answer."""

    label: str
    """As printed in the answer between square brackets, e.g. ``Study 12``."""
    passage: str
    """Id of the passage, for ``Service.passage``; the corpus may have changed since."""
    reference: str
    """The study's reference in words, "" where there is none."""
    doi: str
    title: str
    """The review's title."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given once."""

    id: str
    made_at: str
    """UTC, ISO 8601, to the second."""
    turns: tuple[str, ...]
    review: str | None
    """The review that was asked; None for all."""
    answer: Mapping[str, Any]
    """The contract's object (see README, "For programs")."""
    sources: tuple[Source, ...]
    """One for each of the answer's citations, in order."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thought of an answer."""

    answer: str
    """Id of the kept answer."""
    liked: bool
    comment: str
    made_at: str


class Store:
    """Answers and ratings in one SQLite file; what a method has returned survives a kill.

    Args:
        path: the file; its folder is made.

    Raises:
        AssistantError: the file cannot be opened or is no database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=30, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            self._connection.execute("pragma foreign_keys = on")
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def keep(
        self,
        turns: Sequence[str],
        review: str | None,
        answer: Mapping[str, Any],
        sources: Sequence[Source],
    ) -> str:
        """The id under which the answer is kept; the same for the same turns, answer and corpus.

        Raises:
            AssistantError: it could not be written.
        """
        lasting = {k: v for k, v in answer.items() if k not in {"elapsed_ms", "id"}}
        id = _id_of([list(turns), review, lasting])
        rows = [[s.label, s.passage, s.reference, s.doi, s.title] for s in sources]
        values = (id, _now(), _json(list(turns)), review, _json(answer), _json(rows))
        with self._told(), self._lock:
            self._connection.execute("insert or ignore into answers values (?, ?, ?, ?, ?, ?)", values)
        return id

    def kept(self, id: str) -> Kept | None:
        """The answer kept under ``id``, or None."""
        if not is_id(id):
            return None
        with self._told(), self._lock:
            row = self._connection.execute("select * from answers where id = ?", (id,)).fetchone()
        return _kept(row) if row else None

    def rate(self, id: str, liked: bool, comment: str) -> bool:
        """Whether there is such an answer; if so, the rating is on the disk.

        Raises:
            AssistantError: it could not be written.
        """
        if not is_id(id):
            return False
        values = (int(liked), comment, _now(), id)
        columns = "(answer, liked, comment, made_at)"
        statement = f"insert into ratings {columns} select id, ?, ?, ? from answers where id = ?"
        with self._told(), self._lock:
            return self._connection.execute(statement, values).rowcount == 1

    def ratings(self) -> Iterator[tuple[Rating, Kept]]:
        """Each rating with its answer, oldest first."""
        columns = "r.answer, r.liked, r.comment, r.made_at, a.*"
        query = f"select {columns} from ratings r join answers a on a.id = r.answer order by r.number"
        with self._told(), self._lock:
            rows = self._connection.execute(query).fetchall()
        for answer, liked, comment, made_at, *row in rows:
            yield Rating(answer, bool(liked), comment, made_at), _kept(row)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise AssistantError(
                f"The kept answers in {self._path} cannot be read or written: {error}.",
                "See to the free disk and the rights, or let ASSISTANT_HOME name another folder.",
            ) from None


def is_id(text: str) -> bool:
    """Whether ``text`` has the form of a permalink's id."""
    return len(text) == ID_CHARS and set(text) <= set(_ALPHABET)


def _id_of(value: object) -> str:
    number = int.from_bytes(hashlib.sha256(_json(value).encode("utf-8", "surrogatepass")).digest(), "big")
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(ID_CHARS))


def _kept(row: Sequence[Any]) -> Kept:
    id, made_at, turns, review, answer, sources = row
    frozen = tuple(Source(*entry) for entry in json.loads(sources))
    return Kept(id, made_at, tuple(json.loads(turns)), review, json.loads(answer), frozen)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
