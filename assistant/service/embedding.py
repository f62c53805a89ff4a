"""What other pages show of the service: a small live answer in a frame, and what unfurls a permalink."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from assistant.model import AssistantError
from assistant.service import pages
from assistant.service.context import Service
from assistant.service.limits import RefusedError, UnknownError
from assistant.service.replies import JsonReply, problem
from assistant.service.store import Kept, is_id
from assistant.terminal.terminal import safe

Run = Callable[[Callable[[], Any]], Awaitable[Any]]
WIDTH, HEIGHT = 640, 420
"""Of the frame that oEmbed gives, in pixels, where the other page has room for it."""
_LEAST = 200
_PERMALINK = re.compile(
    r"(?P<base>https?://[\w.:\[\]-]{1,255}(?:/[\w.~-]{1,80}){0,8}/)a/(?P<id>\w{1,40})", re.ASCII
)


def own_address(service: Service, request: Request) -> str:
    """Where the service is reached: what the settings say, else as this request reached it."""
    return service.settings.base_url or str(request.base_url)


def add_embedding(app: FastAPI, service: Service, run: Run) -> None:
    """Serve ``/embed`` and ``/oembed``; ``run`` calls what blocks in a thread."""

    @app.get("/embed", include_in_schema=False)
    async def embed(q: str = "", review: str | None = None) -> Response:
        try:
            return pages.embedded(await run(lambda: live(service, q, review)))
        except AssistantError as error:
            status = 422 if isinstance(error, RefusedError) else 503
            return pages.not_embedded(f"{error.message} {error.remedy}".rstrip(), status)

    @app.get("/oembed", include_in_schema=False)
    async def unfurl(
        request: Request, url: str = "", format: str = "json", maxwidth: int = 0, maxheight: int = 0
    ) -> Response:
        if format != "json":
            return problem(501, "Only JSON is given.", "Ask with format=json.")
        base = own_address(service, request)
        return JsonReply(await run(lambda: oembed(service, url, base, maxwidth, maxheight)))


def oembed(service: Service, url: str, base: str, max_width: int, max_height: int) -> dict[str, Any]:
    """The oEmbed object of a permalink (oembed.com, version 1.0, type ``rich``).

    Args:
        service: what keeps the answers.
        url: the permalink.
        base: the service's own address; no other one is framed.
        max_width: pixels there is room for; 0 for any.
        max_height: the same upwards.

    Raises:
        UnknownError: it is none of this service's, or no such answer is kept.
    """
    match = _PERMALINK.fullmatch(url)
    if not match or match["base"] != base or not is_id(match["id"]):
        raise UnknownError("That is no permalink of this service.", f"One begins with {base}a/")
    kept = service.kept(match["id"])
    width, height = (
        max(_LEAST, min(most or size, size)) for most, size in ((max_width, WIDTH), (max_height, HEIGHT))
    )
    title = safe(str(kept.answer["question"]))
    frame = (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="{width}" height="{height}" '
        'sandbox="allow-popups allow-same-origin" loading="lazy" style="border:0"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Review assistant",
        "provider_url": base,
        "html": frame,
        "width": width,
        "height": height,
    }


def live(service: Service, question: str, review: str | None) -> Kept:
    """The answer to a question as a page shows one; it is not kept.

    Raises:
        AssistantError: it cannot be asked; see ``Service.ask``.
    """
    if not question.strip():
        raise RefusedError("There is no question.", "Write it behind ?q=")
    answer = service.ask([question], review, interface="embed")
    return service.unkept(answer, [question], review)
