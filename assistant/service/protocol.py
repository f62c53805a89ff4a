"""HTTP/1.1 as uvicorn speaks it, with the headers of every response on those it makes by itself."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.service.headers import common_headers


class DressedProtocol(H11Protocol):
    """Answers what is no HTTP at all with 400 and the usual headers; closes a connection that asks nothing."""

    head_s = 15.0
    """How long a request's head may take to arrive, from the connection or from the response before."""
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection."""
        super().connection_made(transport)
        self._await_head()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = self.loop.call_later(self.head_s, self._close_without_request)

    def _close_without_request(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse and close."""
        body = b'{"error": "This is no HTTP request.", "remedy": ""}'
        named = {
            "content-type": "application/json",
            "content-length": str(len(body)),
            "connection": "close",
            **common_headers("", ()),
        }
        headers = [(name.encode(), value.encode()) for name, value in named.items()]
        response = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
