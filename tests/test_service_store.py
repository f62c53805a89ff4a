"""Kept answers and ratings: what comes back, under which id, and what a broken disk does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fake_engine
import pytest
from service_app import open_service

from assistant.contract import answer_object
from assistant.model import AssistantError
from assistant.service.gate import BusyError, Gate
from assistant.service.store import Source, Store, is_id

SOURCES = (Source("Study S-1", "p2", "Ada B. A title.", "10.1/x", "A review"),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "deep" / "answers.sqlite3")) as found:
        yield found


def answer(question: str = "What?", **changes: Any) -> dict[str, Any]:
    return answer_object(fake_engine.Engine().ask([question])) | changes


def test_what_is_kept_comes_back_as_it_was(store: Store) -> None:
    id = store.keep(["Before?", "What?"], "made-up", answer(), SOURCES)
    kept = store.kept(id)
    assert kept is not None
    assert (kept.id, kept.turns, kept.review, kept.sources) == (id, ("Before?", "What?"), "made-up", SOURCES)
    assert kept.answer == answer()
    assert len(kept.made_at) == len("2023-12-30T12:00:00Z")


def test_the_id_is_that_of_turns_answer_and_corpus(store: Store) -> None:
    first = store.keep(["What?"], None, answer(), SOURCES)
    assert is_id(first)
    assert store.keep(["What?"], None, answer(elapsed_ms=99.0, id="x"), SOURCES) == first
    others = {
        store.keep(["What else?"], None, answer(), SOURCES),
        store.keep(["What?"], "made-up", answer(), SOURCES),
        store.keep(["What?"], None, answer(corpus="another"), SOURCES),
        store.keep(["What?"], None, answer(answer="62%"), SOURCES),
    }
    assert len(others | {first}) == 5
    kept = store.kept(first)
    assert kept is not None
    assert kept.answer["elapsed_ms"] == 1.2


def test_what_was_acknowledged_is_synchronous(store: Store, tmp_path: Path) -> None:
    connection = store._connection
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    assert connection.execute("pragma synchronous").fetchone() == (2,)  # full
    assert not connection.in_transaction
    id = store.keep(["What?"], None, answer(), SOURCES)
    with closing(Store(tmp_path / "deep" / "answers.sqlite3")) as other:
        assert other.kept(id) is not None
        assert other.rate(id, True, "yes")
    assert [r.comment for r, _ in store.ratings()] == ["yes"]


@pytest.mark.parametrize("id", ["", "a", "a" * 19, "a" * 21, "A" * 20, "l" * 20, "a" * 19 + "'", "é" * 20])
def test_what_is_no_id(store: Store, id: str) -> None:
    assert not is_id(id)
    assert store.kept(id) is None
    assert not store.rate(id, True, "")


def test_ratings_come_in_their_order_and_only_of_kept_answers(store: Store) -> None:
    first, second = (store.keep([q], None, answer(q), SOURCES) for q in ("One?", "Two?"))
    assert store.rate(second, False, "b'); drop table ratings; --")
    assert store.rate(first, True, "")
    assert store.rate(second, True, "again")
    assert not store.rate("a" * 20, True, "")
    assert [(r.answer, r.liked, k.turns) for r, k in store.ratings()] == [
        (second, False, ("Two?",)), (first, True, ("One?",)), (second, True, ("Two?",)),
    ]  # fmt: skip


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(AssistantError, match="cannot be read or written") as error:
        Store(tmp_path / "x")
    assert "ASSISTANT_HOME" in error.value.remedy
    with pytest.raises(AssistantError):
        Store(tmp_path / "x" / "y")


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    service = open_service(tmp_path)

    class Full:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def close(self) -> None:
            """There is nothing to close."""

    real = service.store._connection
    monkeypatch.setattr(service.store, "_connection", Full())
    found = service.ask(["What?"])
    assert service.try_keep(found, ["What?"]) is None
    assert "disk is full" in caplog.text
    with pytest.raises(AssistantError, match="disk is full"):
        service.keep(found, ["What?"])
    real.close()


def test_the_gate_counts_and_gives_places_back() -> None:
    gate = Gate(running=1, waiting=0, patience_s=0.01)
    with gate.place():
        assert gate.n_inside == 1
        with pytest.raises(BusyError), gate.place():
            raise AssertionError("there was a place")
    assert gate.n_inside == 0
    with pytest.raises(ValueError, match="x"), gate.place():
        raise ValueError("x")
    with gate.place():
        assert gate.n_inside == 1


def test_who_waits_too_long_is_refused() -> None:
    gate = Gate(running=1, waiting=1, patience_s=0.05)
    with gate.place(), pytest.raises(BusyError, match="in time"), gate.place():
        raise AssertionError("there was a place")
