"""What happens when the service is told to stop: questions are finished, streams without an end are ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENDLESS = "/gradio_api/heartbeat/"
"""In the path of a stream that lasts as long as a page is open."""
_LOOK_S = 0.05


class Ending:
    """An application around the whole one, whose endless streams end when ``end`` is called.

    Args:
        app: what is served.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Let the streams end."""
        self._ended.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or ENDLESS not in scope["path"]:
            await self._app(scope, receive, send)
            return
        open_ = False

        async def answer(message: Message) -> None:
            nonlocal open_
            open_ = bool(message.get("more_body", message["type"] == "http.response.start"))
            await send(message)

        async def heard() -> Message:
            return await _first(receive, self._ended)

        await self._app(scope, heard, answer)
        if open_ and self._ended.is_set():
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _first(receive: Receive, ended: asyncio.Event) -> MutableMapping[str, Any]:
    """The next message of the client; that it has gone, once ``ended`` is set."""
    message, end = asyncio.ensure_future(receive()), asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait((message, end), return_when=asyncio.FIRST_COMPLETED)
        return message.result() if message.done() else {"type": "http.disconnect"}
    finally:
        message.cancel()
        end.cancel()


class GracefulServer(uvicorn.Server):
    """Ends endless streams on the way out, once no question is in work any more.

    Args:
        config: of the server.
        ending: what ends them.
        n_inside: gives the number of questions in work.
    """

    def __init__(self, config: uvicorn.Config, ending: Ending, n_inside: Callable[[], int]) -> None:
        super().__init__(config)
        self._ending = ending
        self._n_inside = n_inside

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """Stop listening, and wait for what was begun."""
        ends = asyncio.create_task(self._end_streams())
        await super().shutdown(sockets)
        ends.cancel()

    async def _end_streams(self) -> None:
        while self._n_inside():
            await asyncio.sleep(_LOOK_S)
        self._ending.end()
