"""A proxy before a wiki that fails as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote_plus

import httpx

_DROPPED = {
    "transfer-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "host",
    "accept-encoding",
}


class Proxy:
    """What is to fail; ``lag`` counts requests that the wiki is too busy for."""

    def __init__(self, wiki: str) -> None:
        self._wiki = wiki.rstrip("/")
        self._failing: dict[str, str] = {}
        self.lag = 0
        self.gone = False
        self.url = ""

    def fail(self, text: str, how: str) -> None:
        """Let requests that hold ``text`` fail: ``500``, ``slow``, or ``lose`` (done, but not answered)."""
        self._failing[text] = how

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length") or 0))
        said = unquote_plus(request.path + " " + body.decode("utf-8", "replace"))
        how = "gone" if self.gone else next((h for text, h in self._failing.items() if text in said), "")
        if self.lag and "action=login" not in said:
            self.lag -= 1
            how = "lag"
        if how == "slow":
            time.sleep(4)
        if how in {"slow", "gone"}:
            request.close_connection = True
            return
        if how in {"500", "lag"}:
            request.send_response(500 if how == "500" else 200)
            if how == "lag":
                request.send_header("x-database-lag", "9")
                request.send_header("retry-after", "1")
            request.send_header("content-length", "0")
            request.end_headers()
            return
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _DROPPED}
        url = self._wiki + request.path
        given = httpx.request(request.command, url, content=body, headers=headers, timeout=60)
        if how == "lose":
            self._failing.clear()
            request.close_connection = True
            return
        request.send_response(given.status_code)
        for name, value in given.headers.multi_items():
            if name.lower() not in _DROPPED:
                request.send_header(name, value)
        request.send_header("content-length", str(len(given.content)))
        request.end_headers()
        request.wfile.write(given.content)


@contextmanager
def faulty(wiki: str) -> Iterator[Proxy]:
    """A proxy, as long as the block runs."""
    proxy = Proxy(wiki)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            proxy.answer(self)

        do_POST = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}/"
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
