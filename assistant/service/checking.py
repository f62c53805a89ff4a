"""Anyone's text judged by the corpus: over the API, and on a page without scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

from assistant.check.model import FAILING, Judged, summary
from assistant.contract import check_object
from assistant.model import AssistantError
from assistant.service import shapes
from assistant.service.context import Service
from assistant.service.limits import RefusedError
from assistant.service.pages import shown
from assistant.service.replies import JsonReply

Run = Callable[[Callable[[], Any]], Awaitable[Any]]


def add_checking(app: FastAPI, service: Service, run: Run, bad: dict[int | str, dict[str, Any]]) -> None:
    """Serve ``POST /api/check`` and the page ``/check``.

    Args:
        app: the application.
        service: what checks.
        run: calls what blocks in a thread.
        bad: how the API describes what it refuses.
    """

    @app.post("/api/check", tags=["check"], response_model=shapes.CheckOut, responses=bad)
    async def check(body: shapes.CheckIn) -> Response:
        """Judge each statement of a text: supported, contradicted, not found or not checkable."""
        judged = await run(lambda: service.check(body.text, body.study, body.review, interface="api"))
        return JsonReply(check_object(judged))

    @app.get("/check", include_in_schema=False)
    async def form() -> Response:
        return check_page("")

    @app.post("/check", include_in_schema=False)
    async def checked(request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=8)
        text = "\n".join(fields.get("text", [""])[0].splitlines())
        try:
            judged = await run(lambda: service.check(text, interface="page"))
        except AssistantError as error:
            status = 422 if isinstance(error, RefusedError) else 503
            return check_page(text, problem=f"{error.message} {error.remedy}".rstrip(), status=status)
        return check_page(text, judged)


def check_page(
    text: str, judged: Sequence[Judged] | None = None, problem: str = "", status: int = 200
) -> HTMLResponse:
    """The page on which a text is given and shown with its verdicts.

    Args:
        text: what was given; "" for nothing yet.
        judged: its statements, in order; None where nothing was checked.
        problem: why it could not be checked.
        status: of the response.
    """
    return shown(
        "check.html",
        status,
        forms=True,
        text=text,
        pieces=_pieces(text, judged or ()),
        judged=judged,
        counts={name.replace("_", " "): n for name, n in summary(judged or ()).items()},
        failing=FAILING,
        problem=problem,
    )


def _pieces(text: str, judged: Sequence[Judged]) -> list[tuple[str, int]]:
    """The text in parts, each with the number of the statement it is, from 1; 0 between statements."""
    pieces, at = [], 0
    for number, one in enumerate(judged, 1):
        if one.start < at:  # cells that are read with their heads may lie inside one another
            continue
        pieces += [(text[at : one.start], 0), (text[one.start : one.end], number)]
        at = one.end
    return [p for p in (*pieces, (text[at:], 0)) if p[0]]
