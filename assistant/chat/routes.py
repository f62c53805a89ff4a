"""What the page fetches beside Gradio: the evidence for a citation, and an answer to be copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.chat.copying import copied
from assistant.chat.evidence import evidence_html
from assistant.chat.markup import escaped, read_spans
from assistant.export.known import formats
from assistant.model import AssistantError
from assistant.service.context import Service
from assistant.service.limits import NotReadyError, UnknownError

_PERMALINK_BASE = re.compile(r"https?://[\w.:\[\]-]{1,255}(?:/[\w.~-]{1,80}){0,8}/")


@cache
def asset(name: str) -> str:
    """The text of a file of this package."""
    return (resources.files("assistant.chat") / "assets" / name).read_text(encoding="utf-8")


def add_routes(app: FastAPI, service: Service, path: str) -> None:
    """Serve evidence and copies below ``path``; to be called before Gradio is mounted there."""

    def evidence(passage: str, study: str = "", at: str = "") -> Response:
        def made() -> Response:
            review, found = service.passage(passage)
            return HTMLResponse(page_html(evidence_html(review, found, study, read_spans(at))))

        return _answered(made)

    def copy(id: str, form: str, base: str = "") -> Response:
        def made() -> Response:
            if form not in (known := formats()):
                raise UnknownError("There is no such form.", f"It is one of: {', '.join(known)}.")
            link = f"{base}{id}" if _PERMALINK_BASE.fullmatch(base) else ""
            return PlainTextResponse(
                copied(service.kept(id), form, link, service.reviews if service.ready else ())
            )

        return _answered(made)

    app.add_api_route(f"{path}/evidence/{{passage}}", evidence, methods=["GET"], include_in_schema=False)
    app.add_api_route(f"{path}/copy/{{id}}/{{form}}", copy, methods=["GET"], include_in_schema=False)


def _answered(made: Callable[[], Response]) -> Response:
    """What ``made`` gives; a failure as a page that says what to do."""
    try:
        return made()
    except AssistantError as error:
        status = {UnknownError: 404, NotReadyError: 503}.get(type(error), 500)
        text = f"<p>{escaped(error.message)} {escaped(error.remedy)}</p>"
        body = f'<section class="ra-evidence" aria-label="Evidence">{text}</section>'
        return HTMLResponse(page_html(body), status)


def page_html(body: str) -> str:
    """A page of its own, without scripts, around a fragment."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evidence</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{asset("chat.css")}</style></head><body class="ra-page"><main>'
        f'<p class="ra-back"><a href="../">Ask the review</a></p>{body}</main></body></html>'
    )
