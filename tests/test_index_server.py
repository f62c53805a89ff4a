"""The index on a Chroma server, over HTTP."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from made_up import WordEncoder, corpus, facts_of, passage
from workers import Workers

from assistant.index.chroma import let_go, server_client
from assistant.index.chroma import server as module
from assistant.index.index import IndexSettings, build, index_state, open_index
from assistant.model import AssistantError, Passage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the workers are forked"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``chroma run`` on a loopback port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        program = shutil.which("chroma", path=beside)
        assert program, "chromadb brings the command chroma"
        options = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [program, "run", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 60
        while True:
            try:
                let_go(server_client(self.url))
                return self
            except AssistantError:
                assert self._process.poll() is None, "the server ended"
                assert time.monotonic() < end, "the server does not come up"
                time.sleep(0.1)

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "server") as started:
        yield started


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as started:
        yield started


def parts(passages: list[Passage]) -> tuple[list[Passage], dict[str, str], str, WordEncoder]:
    return passages, facts_of(passages), "corpus", WordEncoder()


def names(server: Server) -> list[str]:
    with client(server) as asking:
        return sorted(stored.name for stored in asking.list_collections())


@contextmanager
def client(server: Server) -> Iterator[Any]:
    asking = server_client(server.url)
    yield asking
    let_go(asking)


def test_it_is_built_once_and_another_process_and_home_reads_it(
    server: Server, workers: Workers, tmp_path: Path
) -> None:
    assert workers.wait(workers.start("build", home=str(tmp_path / "a"), count=300, url=server.url)) == 0
    out = tmp_path / "out.json"
    found = workers.report("check", out, home=str(tmp_path / "b"), count=300, url=server.url)
    assert (found["state"], found["said"]) == ("", [])
    assert [round(cosine, 5) for _, cosine in found["found"]] == pytest.approx(found["exact"], abs=1e-5)
    assert not list((tmp_path / "b").rglob("chroma.sqlite3"))
    # the embedded index of the same corpus answers the same
    embedded = workers.report("check", out, home=str(tmp_path / "c"), count=300)
    assert embedded["found"] == found["found"]
    assert embedded["facts"] == found["facts"] == 150


def test_filters_and_facts(server: Server, tmp_path: Path) -> None:
    passages = corpus(60)
    index = open_index(*parts(passages), IndexSettings(tmp_path, server.url), notify=lambda _: None)
    wanted = {p.id for p in passages if {"S-2", "S-5"} & set(p.studies)}
    found = index.query(WordEncoder().encode(["response"])[0], 60, ["S-2", "S-5"], "made-up")
    assert {id_ for id_, _ in found} == wanted
    assert index.facts([p.id for p in passages]) == facts_of(passages)
    index.close()


def test_changed_text_replaces_the_old_and_old_ones_go(server: Server, tmp_path: Path) -> None:
    said: list[str] = []
    settings = IndexSettings(tmp_path, server.url)
    for percent in (12, 21, 34):
        given = passage(f"the rate was {percent}%", ["S-1"])
        index = open_index(*parts([given]), settings, notify=said.append)
        assert index.collection.get()["documents"] == [given.text]
        index.close()
    assert said == ["The index of made-up is built: the server has none yet."] * 3
    assert len(names(server)) == 2
    # another corpus on the same server is left alone, and so is what is not ours
    with client(server) as asking:
        asking.create_collection("somebody-elses", embedding_function=None)
    for shift in (0, 1000, 2000):
        build(*parts(corpus(3, review="another", shift=shift)), settings)
    assert len(names(server)) == 5
    assert index_state(*parts([given]), settings) == ""


def test_a_server_killed_and_started_again_still_has_it(tmp_path: Path) -> None:
    passages = corpus(1100)
    settings: IndexSettings
    with Server(tmp_path / "server") as server:
        settings = IndexSettings(tmp_path, server.url)
        build(*parts(passages), settings)
        server.kill()
        with pytest.raises(AssistantError, match="does not answer"):
            index_state(*parts(passages), settings)
        with server:
            assert index_state(*parts(passages), settings) == ""
            assert build(*parts(passages), settings) is False


def test_a_killed_build_is_never_taken_for_an_index(server: Server, workers: Workers, tmp_path: Path) -> None:
    started = time.monotonic()
    assert workers.wait(workers.start("build", home=str(tmp_path), count=600, shift=1, url=server.url)) == 0
    duration = time.monotonic() - started
    killed, random_ = 0, random.Random(8)
    for trial in range(24):
        if killed == 8:
            break
        shift = 10 * (trial + 1)
        pid = workers.start("build", home=str(tmp_path), count=600, shift=shift, url=server.url)
        time.sleep(duration * random_.random())
        os.kill(pid, signal.SIGKILL)
        if workers.wait(pid) == -signal.SIGKILL:
            killed += 1
        else:
            duration *= 0.9
        found = workers.report(
            "check", tmp_path / "out.json", home=str(tmp_path), count=600, shift=shift, url=server.url
        )
        states = {"", "the server has none yet", "the server holds an unfinished one only"}
        assert found["state"] in states
        assert len(found["said"]) == (found["state"] != "")
    assert killed == 8


def test_unfinished_ones_are_removed_after_an_hour(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = IndexSettings(tmp_path, server.url)

    def fail(*_: object) -> None:
        raise AssistantError("not sound")

    with monkeypatch.context() as patch:
        patch.setattr(module, "verify", fail)
        with pytest.raises(AssistantError, match="not sound"):
            build(*parts(corpus(3)), settings)
    assert index_state(*parts(corpus(3)), settings) == "the server holds an unfinished one only"
    build(*parts(corpus(3)), settings)
    assert len(names(server)) == 2  # somebody may still be building it
    monkeypatch.setattr(module, "STALE_SECONDS", -1)
    build(*parts(corpus(3)), settings, force=True)
    with client(server) as asking:
        assert all(stored.metadata["complete"] for stored in asking.list_collections())


def test_records_that_went_missing_are_seen(server: Server, tmp_path: Path) -> None:
    settings, passages, said = IndexSettings(tmp_path, server.url), corpus(9), []
    build(*parts(passages), settings)
    (name,) = names(server)
    with client(server) as asking:
        asking.get_collection(name, embedding_function=None).delete(ids=[passages[3].id])
    index = open_index(*parts(passages), settings, notify=said.append)
    assert said == ["The index of made-up is built: the server holds 8 records of it instead of 9."]
    assert index.about["count"] == 9
    index.close()


def test_two_homes_may_build_at_once(server: Server, workers: Workers, tmp_path: Path) -> None:
    homes = [str(tmp_path / name) for name in "ab"]
    pids = [workers.start("build", home=home, count=300, url=server.url) for home in homes]
    assert [workers.wait(pid) for pid in pids] == [0, 0]
    found = workers.report("check", tmp_path / "out.json", home=homes[0], count=300, url=server.url)
    assert found["state"] == ""


def test_a_server_that_goes_away_gives_a_clear_error(tmp_path: Path) -> None:
    with Server(tmp_path / "server") as server:
        settings = IndexSettings(tmp_path, server.url)
        index = open_index(*parts(corpus(3)), settings, notify=lambda _: None)
        server.kill()
        started = time.monotonic()
        with pytest.raises(AssistantError, match="Chroma failed"):
            index.query(WordEncoder().encode(["response"])[0], 3)
        assert time.monotonic() - started < 5
        index.close()


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        with pytest.raises(AssistantError, match="does not answer"):
            open_index(
                *parts(corpus(3)), IndexSettings(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}")
            )
        assert time.monotonic() - started < 10


def test_no_server_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    started = time.monotonic()
    with pytest.raises(AssistantError, match="does not answer") as error:
        open_index(*parts(corpus(3)), IndexSettings(tmp_path, url))
    assert "ASSISTANT_CHROMA_URL" in error.value.remedy
    assert time.monotonic() - started < 5
