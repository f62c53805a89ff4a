"""The HTTP API: asking, studies, passages, kept answers, and what whoever runs it looks at."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant import __version__
from assistant.contract import JsonId, answer_object
from assistant.model import AssistantError
from assistant.service import pages, shapes
from assistant.service.checking import add_checking
from assistant.service.context import Service
from assistant.service.embedding import add_embedding, own_address
from assistant.service.gate import BusyError
from assistant.service.limits import NotReadyError, RefusedError, UnknownError
from assistant.service.metrics import exposition
from assistant.service.replies import JsonReply, problem
from assistant.service.shield import CHARGE
from assistant.service.store import Kept, is_id
from assistant.service.views import kept_object, passage_object, study_object, study_row

log = logging.getLogger(__name__)

THREADS = 100
"""Threads that may work on requests; more than the gate lets in, so that it is what refuses."""
BATCH_S = 120
"""After so long the rest of a batch is refused."""
_Result = TypeVar("_Result")
_Replies = dict[int | str, dict[str, Any]]
_BAD: _Replies = {
    status: {"model": shapes.Problem, "description": description}
    for status, description in {
        400: "Not JSON, or a path with control characters",
        404: "There is none",
        413: "Too long a body",
        422: "It cannot be asked",
        429: "Too many requests; see Retry-After",
        503: "Not ready, or it took too long",
    }.items()
}

_EITHER: _Replies = {
    status: {
        "description": _BAD[status]["description"] if status in _BAD else "The answer, frozen",
        "content": {"text/html": {}, "application/json": {}},
    }
    for status in (200, 400, 404, 422, 429, 503)
}


def make_api(service: Service, ask_s: float = 30, home: str = "chat/") -> FastAPI:
    """The application, without sign-in and limits on bodies and rates (see ``shield``).

    Args:
        service: what answers.
        ask_s: after so long an answer is no longer waited for.
        home: where ``/`` leads, relative to it; "" for a page of its own.
    """
    app = FastAPI(
        title="Review assistant",
        version=__version__,
        description="Answers questions about a clinical review and cites the sentence or table cell.",
        docs_url=None,
        redoc_url=None,
        default_response_class=JsonReply,
    )
    _tell_errors(app)
    work = _Work(service, ask_s)
    _add_asking(app, work)
    _add_corpus(app, work)
    _add_pages(app, work, home)
    add_embedding(app, service, work.run)
    add_checking(app, service, work.run, {status: _BAD[status] for status in (400, 404, 413, 422, 429, 503)})
    _add_operations(app, service)
    return app


class _Work:
    """Runs what blocks in threads, and tells what the service refuses."""

    def __init__(self, service: Service, ask_s: float) -> None:
        self.service = service
        self.ask_s = ask_s
        self._threads = CapacityLimiter(THREADS)

    async def run(self, call: Callable[[], _Result], seconds: float | None = None) -> _Result:
        """What ``call`` gives.

        Raises:
            BusyError: every thread is taken. NotReadyError: it took longer than ``seconds``.
        """
        if self._threads.available_tokens < 1:
            raise BusyError("Too many requests wait at the moment.", "Ask again in a few seconds.")
        with anyio.move_on_after(seconds or self.ask_s):
            return await run_sync(call, limiter=self._threads, abandon_on_cancel=True)
        raise NotReadyError("It took too long.", "Ask a shorter question, or ask again later.")

    def answer(
        self, turns: list[str], review: str | None, id: JsonId, keep: bool, engine: str | None = None
    ) -> dict[str, Any]:
        """The contract's object with a permalink."""
        answer = self.service.ask(turns, review, interface="api", engine=engine)
        kept = self.service.try_keep(answer, turns, review) if keep else None
        return answer_object(answer, id) | {"permalink": kept and f"a/{kept}"}


def _tell_errors(app: FastAPI) -> None:
    @app.exception_handler(AssistantError)
    async def _refused(request: Request, error: AssistantError) -> Response:
        if isinstance(error, UnknownError):
            return problem(404, error.message, error.remedy)
        if isinstance(error, RefusedError):
            return problem(422, error.message, error.remedy)
        status = 429 if isinstance(error, BusyError) else 503
        return problem(status, error.message, error.remedy, retry_after="3")

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        # the message, never the input: it may hold what cannot be written as JSON
        first = error.errors()[0]
        declared = request.headers.get("content-type", "")
        if first["type"] == "model_attributes_type" and "json" not in declared:
            return problem(422, "The body is not declared as JSON.", "Send content-type: application/json.")
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return problem(422, f"{place}: {first['msg']}" if place else first["msg"], "See docs.")

    @app.exception_handler(Exception)
    async def _defect(request: Request, error: Exception) -> Response:
        return problem(500, "Internal error.")

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        return problem(error.status_code, str(error.detail), **_headers(error))


def _headers(error: HTTPException) -> dict[str, str]:
    return {name.replace("-", "_"): value for name, value in (error.headers or {}).items()}


def _add_asking(app: FastAPI, work: _Work) -> None:
    bad: _Replies = {status: _BAD[status] for status in (400, 413, 422, 429, 503)}

    @app.post("/api/ask", tags=["ask"], response_model=shapes.AnswerOut, responses=bad)
    async def ask(body: shapes.AskIn) -> Response:
        """Answer the last of the turns; the earlier ones are what a follow-up rests on."""
        found = await work.run(lambda: work.answer(body.turns, body.review, body.id, body.keep, body.engine))
        return JsonReply(found)

    @app.post("/api/ask/batch", tags=["ask"], response_model=shapes.BatchOut, responses=bad)
    async def ask_batch(body: shapes.BatchIn, request: Request) -> Response:
        """Answer each item, in order; one that cannot be asked gives an error and the rest goes on."""
        charge: Callable[[float], float] = request.scope.get(CHARGE, lambda _: 0.0)
        if charge(len(body.items) - 1):
            raise BusyError("Too many questions from one address.", "Send fewer at once, or later.")
        return JsonReply({"answers": await work.run(lambda: _batch(work, body), BATCH_S + work.ask_s)})

    @app.post(
        "/api/answers/{id}/rating",
        tags=["ask"],
        status_code=201,
        response_model=shapes.Done,
        responses=bad | {404: _BAD[404]},
    )
    async def rate(id: str, body: shapes.RatingIn) -> Response:
        """Like or dislike a kept answer, with a comment; it is on the disk when this comes back."""
        await work.run(lambda: work.service.rate(id, body.liked, body.comment))
        return JsonReply({"kept": True}, status_code=201)


def _batch(work: _Work, body: shapes.BatchIn) -> list[dict[str, Any]]:
    deadline = time.monotonic() + BATCH_S
    work.service.check_review(body.review)
    answers = []
    for number, item in enumerate(body.items, 1):
        try:
            if time.monotonic() > deadline:
                raise BusyError("The batch took too long.", "Send fewer items at once.")
            answers.append(work.answer(item.turns, body.review, item.id, body.keep, body.engine))
        except AssistantError as error:
            told = " ".join(filter(None, (error.message, error.remedy)))
            answers.append({"id": item.id, "line": number, "error": told})
        except Exception as error:  # a defect on one question must not lose the others
            log.exception("item %d could not be answered", number)
            told = f"Internal error: {type(error).__name__}."
            answers.append({"id": item.id, "line": number, "error": told})
    return answers


def _add_corpus(app: FastAPI, work: _Work) -> None:
    bad: _Replies = {status: _BAD[status] for status in (400, 404, 422, 429, 503)}
    service = work.service

    @app.get("/api/studies", tags=["corpus"], response_model=shapes.StudiesOut, responses=bad)
    async def studies(review: shapes.ReviewId | None = None) -> Response:
        """The studies with their main facts."""

        def rows() -> list[dict[str, Any]]:
            return [study_row(card) for card in service.studies(review)]

        return JsonReply({"corpus": service.engine_now().corpus_hash, "studies": await work.run(rows)})

    @app.get("/api/studies/{id}", tags=["corpus"], response_model=shapes.StudyOut, responses=bad)
    async def study(id: str, review: shapes.ReviewId | None = None) -> Response:
        """Everything the corpus says of a study, with the places."""
        service.engine_now()
        return JsonReply(await work.run(lambda: study_object(service.study(id, review))))

    @app.get("/api/passages/{id}", tags=["corpus"], response_model=shapes.PassageOut, responses=bad)
    async def passage(id: str) -> Response:
        """A passage with its paragraph or its table."""
        service.engine_now()
        return JsonReply(await work.run(lambda: passage_object(*service.passage(id))))


def _add_pages(app: FastAPI, work: _Work, home: str) -> None:
    bad: _Replies = {status: _BAD[status] for status in (400, 404, 422, 429, 503)}
    service = work.service

    def find(id: str) -> tuple[Kept, bool | None]:
        kept = service.kept(id)
        return kept, service.changed_since(kept)

    async def kept_json(id: str) -> Response:
        kept, changed = await work.run(lambda: find(id))
        return JsonReply(kept_object(kept, changed))

    @app.get("/a/{id}.json", tags=["answers"], response_model=shapes.KeptOut, responses=bad)
    async def answer_twin(id: str) -> Response:
        """A kept answer, as it was given."""
        return await kept_json(id)

    @app.get("/a/{id}", tags=["answers"], response_class=HTMLResponse, responses=_EITHER)
    async def answer_page(id: str, request: Request) -> Response:
        """A kept answer as a page without scripts; as JSON where that is what Accept names first."""
        if _prefers_json(request.headers.get("accept", "")):
            return await kept_json(id)
        if not is_id(id):
            return pages.not_found()
        try:
            kept, changed = await work.run(lambda: find(id))
        except UnknownError:
            return pages.not_found()
        return pages.answer(kept, changed, own_address(service, request))

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return pages.docs(app.openapi())

    @app.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return Response(status_code=204)  # browsers ask for one on every page

    @app.get("/", include_in_schema=False)
    async def index() -> Response:
        return RedirectResponse(home, 307) if home else pages.home(service.reviews if service.ready else ())


def _prefers_json(accept: str) -> bool:
    """Whether JSON stands before HTML in an Accept header, weights aside."""
    match = re.search(r"application/json|text/html|\*/\*", accept)
    return match is not None and match[0] == "application/json"


def _add_operations(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["operations"], response_model=shapes.Health)
    async def healthz() -> Response:
        """The process runs."""
        return JsonReply({"ok": True})

    @app.get(
        "/readyz",
        tags=["operations"],
        response_model=shapes.Readiness,
        responses={503: {"model": shapes.Readiness}},
    )
    async def readyz() -> Response:
        """Whether the index is open."""
        corpus = service.engine_now().corpus_hash if service.ready else None
        error = service.failure.message if service.failure else None
        body = {"ready": service.ready, "corpus": corpus, "error": error}
        return JsonReply(body, status_code=200 if service.ready else 503)

    @app.get("/metrics", tags=["operations"], response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Counters in Prometheus' text format."""
        text = exposition(service.journal, service.gate.n_inside, service.ready)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")
