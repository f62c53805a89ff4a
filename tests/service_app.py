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

from assistant.corpus import Review, read_corpus
from assistant.service.context import Service
from assistant.service.gate import Gate
from assistant.service.journal import Journal
from assistant.service.serve import Options, make_app
from assistant.service.store import Store
from assistant.settings import Settings
from assistant.vocabulary import load_vocabulary

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
    home: Path, *arguments: str, ready: bool = True, fake: bool = True, **environment: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``assistant chat`` as a process, and its address; killed in the end."""
    port = free_port()
    start = "import sys; sys.path[:0] = [{!r}, {!r}]; {}from assistant.cli import main; main()"
    swap = "import quick_engine; sys.modules['assistant.engine'] = quick_engine; " if fake else ""
    code = start.format(str(TESTS), str(ROOT), swap)
    running = subprocess.Popen(
        [sys.executable, "-c", code, "chat", "--port", str(port), *arguments],
        env=os.environ | {"ASSISTANT_HOME": str(home)} | environment,
        stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        if ready:
            wait_for(f"{address}/readyz", running)
        yield running, address
    finally:
        running.kill()
        running.wait(timeout=20)
        if running.stderr:
            running.stderr.close()


def wait_for(url: str, running: subprocess.Popen[str], seconds: float = 90) -> None:
    """Until ``url`` answers 200."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            assert running.poll() is None, running.stderr and running.stderr.read()
        time.sleep(0.05)
    raise AssertionError(f"{url} did not answer in {seconds} s")
