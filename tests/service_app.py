"""The service over the shipped corpus and an engine whose answers can be worked out in the head."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from assistant.corpus.corpus import Review, read_corpus
from assistant.service.context import Service
from assistant.service.gate import Gate
from assistant.service.journal import Journal
from assistant.service.serve import Options, make_app
from assistant.service.store import Store
from assistant.settings import Settings
from assistant.vocabulary.vocabulary import load_vocabulary

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
ASK = {"turns": ["What was the 2-year OS?"]}


@cache
def reviews() -> tuple[Review, ...]:
    """The reviews of the shipped corpus."""
    return read_corpus(ROOT / "corpus", load_vocabulary()).reviews


def open_service(home: Path, *, gate: Gate | None = None, **settings: Any) -> Service:
    """A service that is ready; ``settings`` as in the environment."""
    from quick_engine import Engine

    engine = Engine()
    found = Settings(home=home, **settings)
    service = Service(
        found, Store(home / "answers.sqlite3"), lambda: engine, Journal(text=found.log_questions)
    )
    if gate is not None:
        service.gate = gate
    service.open()
    return service


@contextmanager
def client(service: Service, options: Options | None = None, **client_options: Any) -> Iterator[httpx.Client]:
    """A client of the whole application, on 127.0.0.1 as uvicorn would serve it."""
    from starlette.testclient import TestClient

    app = make_app(service, options or Options())
    defaults = {"base_url": "http://127.0.0.1:7860", "client": ("127.0.0.1", 50000)}
    with TestClient(app, raise_server_exceptions=False, **(defaults | client_options)) as found:
        yield found
    service.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    home: Path, *arguments: str, ready: bool = True, engine: str = "quick_engine", chat: str = "", **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``assistant chat`` as a process, and its address; killed in the end.

    Args:
        home: the home folder.
        arguments: further ones of the command.
        ready: whether to wait until the index is open.
        engine: the test module that stands in for the engine; "" for the real one.
        chat: the test module that stands in for the chat, or its own name; "" for no chat.
        more: environment variables.
    """
    port = free_port()
    swaps = [f"sys.path[:0] = [{str(TESTS)!r}, {str(ROOT)!r}]", "import assistant.cli.service as commands"]
    if engine:
        swaps.append(f"import {engine}; sys.modules['assistant.engine.engine'] = {engine}")
    loader = f"lambda: __import__({chat!r}, fromlist=['mount_chat']).mount_chat" if chat else "None"
    swaps.append(f"commands._page = lambda: {loader}")
    code = "; ".join(["import sys", *swaps, "from assistant.cli.cli import main", "main()"])
    with (home / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", code, "chat", "--port", str(port), *arguments],
            env=os.environ | {"ASSISTANT_HOME": str(home)} | more,
            stderr=log, text=True, cwd=ROOT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        if ready:
            wait_for(
                f"{address}/readyz", running, 90 if engine else 300
            )  # the real one builds its index first
        yield running, address
    finally:
        running.kill()
        running.wait(timeout=20)


def command(home: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """``assistant …`` run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env=os.environ | {"ASSISTANT_HOME": str(home)},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options,
    )  # fmt: skip


def wait_for(url: str, running: subprocess.Popen[str], seconds: float = 90) -> None:
    """Until ``url`` answers 200."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            assert running.poll() is None, "it ended"
        time.sleep(0.05)
    raise AssertionError(f"{url} did not answer in {seconds} s")
