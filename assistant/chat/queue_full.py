"""Tells a reader of a full queue what every route tells: 429, and when to come again."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.replies import problem

_JOIN = "/queue/join"


class QueueFull:
    """An application around the chat; Gradio itself answers 503 where its queue takes no more events."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].endswith(_JOIN):
            await self._app(scope, receive, send)
            return
        is_full = False

        async def answer(message: Message) -> None:
            nonlocal is_full
            is_full |= message["type"] == "http.response.start" and message["status"] == 503
            if not is_full:
                await send(message)

        await self._app(scope, receive, answer)
        if is_full:
            told = problem(
                429, "Too many questions wait at the moment.", "Ask again in a few seconds.", retry_after="3"
            )
            await told(scope, receive, send)
