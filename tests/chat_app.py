"""A small application around the chat, for tests: ``python tests/chat_app.py CORPUS HOME PORT [PAYLOADS]``.

It sends the security headers under which the page must work, and serves the chat alone. With PAYLOADS, a JSON
list of texts, the engine is one whose answers, studies, places and references carry one of them each.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware

from assistant.chat import mount_chat
from assistant.engine.engine import open_engine
from assistant.service.context import Service
from assistant.service.store import Store
from assistant.settings import Settings

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; "
    "object-src 'none'; form-action 'self'; frame-ancestors 'self'"
)


def application(corpus: Path, home: Path, payloads: list[str], *, guarded: bool = True) -> FastAPI:
    """The chat at ``/chat``; without ``guarded`` no policy shields the browser from what the page lets by."""
    settings = Settings(corpus=corpus, home=home)

    def opener() -> Any:
        if payloads:
            from chat_payloads import HostileEngine

            return HostileEngine(payloads)
        return open_engine(settings)

    service = Service(settings, Store(home / "answers.sqlite"), opener)
    threading.Thread(target=service.open, daemon=True).start()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(CORSMiddleware, allow_origins=[])

    @app.middleware("http")
    async def headers(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        if guarded:
            response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    mount_chat(app, service)
    return app


def main(corpus: str, home: str, port: str, payloads: str = "") -> None:
    """Serve until the process is ended."""
    texts = json.loads(Path(payloads).read_text(encoding="utf-8")) if payloads else []
    app = application(Path(corpus), Path(home), texts, guarded=not texts)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
