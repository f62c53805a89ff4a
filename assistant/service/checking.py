"""Checking a text over HTTP and on a page: its statements with their verdicts in colour and words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from assistant.check.model import Judged
from assistant.contract import check_object
from assistant.model import AssistantError
from assistant.service import pages, shapes
from assistant.service.context import Service
from assistant.service.limits import CHECKED_CHARS, RefusedError
from assistant.service.replies import JsonReply

Run = Callable[[Callable[[], Any]], Awaitable[Any]]
Replies = dict[int | str, dict[str, Any]]


def add_checking(app: FastAPI, service: Service, run: Run, bad: Replies) -> None:
    """Serve ``/api/check`` and ``/check``.

    Args:
        app: the application.
        service: what judges.
        run: calls what blocks in a thread.
        bad: the ways in which a request is refused, for the API's description.
    """

    @app.post("/api/check", tags=["check"], response_model=shapes.CheckOut, responses=bad)
    async def check(body: shapes.CheckIn) -> Response:
        """Judge each statement of a text by what the corpus says."""
        return JsonReply(check_object(await run(lambda: service.check(body.text, body.study, body.review))))

    @app.get("/check", include_in_schema=False)
    async def form() -> Response:
        return pages.checking(most=CHECKED_CHARS)

    @app.post("/check", include_in_schema=False)
    async def checked(request: Request) -> Response:
        text = _field(await request.body(), "text")
        try:
            judged = await run(lambda: service.check(text))
        except AssistantError as error:
            told = f"{error.message} {error.remedy}".rstrip()
            status = 422 if isinstance(error, RefusedError) else 503
            return pages.checking(text, told=told, status=status, most=CHECKED_CHARS)
        return _page(text, judged)


def _page(text: str, judged: tuple[Judged, ...]) -> HTMLResponse:
    """The text with what stands between its statements, each statement numbered from 1."""
    parts: list[dict[str, Any]] = []
    at = 0
    for number, one in enumerate(judged, 1):
        parts += [
            {"text": text[at : one.start]},
            {"text": text[one.start : one.end], "one": one, "number": number},
        ]
        at = one.end
    return pages.checking(text, parts=[*parts, {"text": text[at:]}], judged=judged, most=CHECKED_CHARS)


def _field(body: bytes, name: str) -> str:
    """A field of a form, "" where there is none; what is no UTF-8 is shown as such."""
    found = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=20)
    return (found.get(name) or [""])[0].replace("\r\n", "\n")
