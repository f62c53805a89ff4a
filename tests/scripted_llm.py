"""An OpenAI-compatible endpoint over HTTP that says what it is told to, and fails as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Write = Callable[[dict[str, Any]], str]
"""Gives a draft for a request."""


@dataclass
class Scripted:
    """What the endpoint does; ``requests`` and ``headers`` are what came."""

    write: Write = field(default=lambda _: "")
    fault: str = ""
    """"" for none; see ``_FAULTS``."""
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    """When each event was sent, on the monotonic clock."""
    released: threading.Event = field(default_factory=threading.Event)


def user_of(request: dict[str, Any]) -> str:
    """What the user's message holds."""
    return str(request["messages"][-1]["content"])


def statements_of(request: dict[str, Any]) -> list[str]:
    """The statements that a request holds, each with its labels."""
    rows = user_of(request).split("STATEMENTS\n", 1)[1].split("\n")
    return [row.removeprefix("| ") for row in rows if row.startswith("| ")]


def copying(request: dict[str, Any]) -> str:
    """A draft that says the statements as they are, labels before the stop."""
    drafts = []
    for row in statements_of(request):
        text, _, labels = row.partition(". [")
        drafts.append(f"{text} [{labels}." if labels else row)
    return " ".join(drafts)


def event(text: str | None, **choice: Any) -> bytes:
    """A piece of a draft as the stream holds it."""
    delta: dict[str, Any] = {"role": "assistant"} | ({} if text is None else {"content": text})
    delta |= choice.pop("delta", {})
    choices = [{"index": 0, "delta": delta, "finish_reason": None} | choice]
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
    return f"data: {json.dumps(body)}\n\n".encode()


def pieces(text: str, size: int = 4) -> Iterator[bytes]:
    """A draft as events of a few characters."""
    for at in range(0, len(text), size):
        yield event(text[at : at + size])
    yield event(None, finish_reason="stop")
    yield b"data: [DONE]\n\n"


CALL = {
    "index": 0,
    "id": "c",
    "type": "function",
    "function": {"name": "shell", "arguments": '{"run": "ls"}'},
}


def _stream(scripted: Scripted, request: dict[str, Any]) -> Iterable[bytes]:
    fault, text = scripted.fault, scripted.write(request)
    if fault == "drip":
        for letter in text:
            yield event(letter)
            scripted.released.wait(0.4)
    elif fault == "slow end":  # the first sentence, and the rest when it is released
        at = text.index("]. ") + 4
        yield event(text[:at])
        scripted.released.wait(10)
        yield from pieces(text[at:])
    elif fault == "bytes":  # a line that never ends
        while not scripted.released.wait(0.1):
            yield b"x"
    elif fault == "cut":
        yield from (event(c) for c in text[: len(text) * 2 // 3])
    elif fault == "broken json":
        yield event(text[:20]) + b'data: {"choices": [{"delta": {"conte\n\n'
    elif fault == "10 MB":
        yield event("The answer is 99% " * 600_000)
    elif fault == "10 MB in pieces":
        yield from (event("The rate was 99% [Abstract 51]. " * 300) for _ in range(1100))
    elif fault == "tool calls":
        yield event(None, delta={"tool_calls": [CALL]})
        yield event(None, finish_reason="tool_calls")
        yield b"data: [DONE]\n\n"
    elif fault == "odd choices":
        yield b'data: {"choices": "none", "object": 7}\n\ndata: [1, 2]\n\ndata: null\n\n'
    elif fault == "error event":
        yield b'data: {"error": {"message": "it burns with key s3cret-key", "code": 500}}\n\n'
    else:
        yield from pieces(text)


_STATUS = {"401": 401, "404": 404, "429": 429, "500": 500, "503": 503}


def _answer(scripted: Scripted, request: BaseHTTPRequestHandler) -> None:
    body = request.rfile.read(int(request.headers.get("content-length") or 0))
    scripted.requests.append(json.loads(body))
    scripted.headers.append({k.lower(): v for k, v in request.headers.items()})
    if scripted.fault == "hang":
        scripted.released.wait(60)
    if scripted.fault in {"hang", "hung up"}:
        request.close_connection = True
        return
    status = _STATUS.get(scripted.fault, 200)
    request.send_response(status)
    page = scripted.fault == "a page"
    kind = "text/html" if page else "text/event-stream" if status == 200 else "application/json"
    request.send_header("content-type", kind)
    if scripted.fault == "packed":
        request.send_header("content-encoding", "gzip")
    request.send_header("connection", "close")
    request.end_headers()
    if status != 200:
        told = "key s3cret-key was refused \x1b[31m"
        request.wfile.write(json.dumps({"error": {"message": told, "code": "x"}}).encode())
        return
    if page:
        request.wfile.write(b"<html><h1>99%</h1></html>")
        return
    for part in _stream(scripted, scripted.requests[-1]):
        scripted.sent_at.append(time.monotonic())  # before: a reader may be faster than the next line
        request.wfile.write(part)
        request.wfile.flush()


@contextmanager
def scripted_llm(write: Write = copying, fault: str = "") -> Iterator[Scripted]:
    """An endpoint, as long as the block runs."""
    scripted = Scripted(write, fault)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                _answer(scripted, self)
            except OSError:
                self.close_connection = True  # the client has gone

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    running = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    running.start()
    try:
        yield scripted
    finally:
        scripted.released.set()
        server.shutdown()
        server.server_close()
