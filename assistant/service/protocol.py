"""HTTP/1.1 as uvicorn speaks it, with the headers of every response on those it makes by itself."""

from __future__ import annotations

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.service.headers import common_headers


class DressedProtocol(H11Protocol):
    """Answers what is no HTTP at all with 400 and the usual headers."""

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
