"""A connection that ends when it is told to, whatever the endpoint goes on sending."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import httpx

from assistant.llm.failure import LATE, UNREADABLE, EndpointError

if TYPE_CHECKING:
    from pydantic import SecretStr

MOST_BYTES = 2_000_000
"""Of one reply; a draft of a thousand tokens takes about 300,000 as a stream of events."""


class BoundedTransport(httpx.BaseTransport):
    """Sends by another transport, adds the key, and ends a reply that is stopped or too long.

    The key is added here and nowhere else, so that no client object, log or error holds it.

    Args:
        inner: what sends; closed by whoever opened it.
        key: of the endpoint; None for none.
        stop: ends the reply when it is set.
    """

    def __init__(self, inner: httpx.BaseTransport, key: SecretStr | None, stop: threading.Event) -> None:
        self._inner, self._key, self._stop = inner, key, stop

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The reply, bounded.

        Raises:
            EndpointError: it is packed, which would hide its length.
        """
        request.headers.pop("authorization", None)
        if self._key is not None:
            request.headers["authorization"] = f"Bearer {self._key.get_secret_value()}"
        request.headers["accept-encoding"] = "identity"
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise EndpointError(UNREADABLE)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Bounded(cast(httpx.SyncByteStream, response.stream), self._stop),
            extensions=response.extensions,
        )


class _Bounded(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, stop: threading.Event) -> None:
        self._inner, self._stop = inner, stop

    def __iter__(self) -> Iterator[bytes]:
        n_bytes = 0
        for chunk in self._inner:
            n_bytes += len(chunk)
            if self._stop.is_set():
                raise EndpointError(LATE)
            if n_bytes > MOST_BYTES:
                raise EndpointError(UNREADABLE)
            yield chunk

    def close(self) -> None:
        self._inner.close()
