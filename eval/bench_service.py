"""The service as a process of its own, asked over its API and through the chat's page."""

import json
import re
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from socket import socket
from typing import Any

from eval.bench_load import Ask
from eval.bench_process import ROOT, BenchError

_READY_S = 300
_QUESTION = "ra-question"
_OWN = re.compile(r'\b(?:href|id|title)="[^"]*"|<[^>]+>|\s+')
"""What differs between two pages of one answer, and the markup around its words."""


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of an `assistant chat` on loopback whose index is open and whose rate has no limit.

    Raises:
        BenchError: it ended, or was not ready within five minutes.
    """
    import httpx

    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "chat", "--port", str(port)]
    more = {"ASSISTANT_RATE_PER_MINUTE": "0"}
    url, until = f"http://127.0.0.1:{port}", time.monotonic() + _READY_S
    running = subprocess.Popen(command, env={**environment, **more}, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                if (
                    httpx.get(f"{url}/chat/config").status_code
                    == httpx.get(f"{url}/readyz").status_code
                    == 200
                ):
                    break
            except httpx.HTTPError:
                pass  # the port is not open yet
            if running.poll() is not None or time.monotonic() > until:
                raise BenchError("the service did not start")
            time.sleep(0.2)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=30)


def chat_ask(url: str, timeout_s: float = 60.0) -> tuple[Ask, Callable[[], None]]:
    """Asks through the chat's page as a browser does, and what closes its connections.

    A question joins Gradio's queue; its answer is what the stream of events holds when the event is complete:
    the words of the last message, without links. Each client thread has a session and a connection of its own.
    Ask raises httpx.HTTPError where the page fails, ValueError where the event does.
    """
    import httpx

    page = url.rstrip("/") + "/chat"
    event = _submitting(httpx.get(f"{page}/config", timeout=timeout_s).raise_for_status().json())
    own, opened = threading.local(), []

    def ask(question: str) -> str:
        if not hasattr(own, "client"):
            own.client = httpx.Client(
                base_url=page + "/gradio_api/queue/", timeout=timeout_s, trust_env=False
            )
            opened.append(own.client)
        session = uuid.uuid4().hex
        body = {"data": [question, None, ""], "fn_index": event, "session_hash": session}
        own.client.post("join", json=body).raise_for_status()
        with own.client.stream("GET", "data", params={"session_hash": session}) as events:
            return _completed(events.iter_lines())

    def close() -> None:
        for client in opened:
            client.close()

    return ask, close


def _submitting(config: Mapping[str, Any]) -> int:
    """The number of the event that a question starts.

    Raises:
        ValueError: the page has no such event.
    """
    boxes = {c["id"] for c in config["components"] if c["props"].get("elem_id") == _QUESTION}
    for event in config["dependencies"]:
        if any(where in boxes and how == "submit" for where, how in event["targets"]):
            return int(event["id"])
    raise ValueError("the page has no box for questions")


def _completed(lines: Iterator[str]) -> str:
    """The words of the answer in a stream of Gradio's events.

    Raises:
        ValueError: the event failed, or the stream ended before it was complete.
    """
    for line in lines:
        if not line.startswith("data:"):
            continue
        told = json.loads(line[5:])
        if told["msg"] == "process_completed":
            if not told["success"]:
                break
            last = told["output"]["data"][0][-1]["content"]
            return " ".join(unescape(_OWN.sub(" ", part["text"])) for part in last)
    raise ValueError("the event came to no answer")
