"""Puts the service together and runs it: one process, one port."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.contract import json_line
from assistant.model import AssistantError
from assistant.service.context import Service
from assistant.service.gate import Gate
from assistant.service.headers import CHAT
from assistant.service.hosts import is_loopback
from assistant.service.journal import Journal
from assistant.service.rate import Rate
from assistant.service.shield import Rules, Shield
from assistant.service.signin import SignIn, read_sign_in
from assistant.service.store import Store
from assistant.service.views import rating_object
from assistant.terminal import terminal

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.applications import Starlette
    from starlette.types import ASGIApp

    from assistant.asked import Asked
    from assistant.settings import Settings

    MountChat = Callable[[FastAPI, Service], None]
    """Puts the chat below ``/chat`` of an application."""

STORE = "answers.sqlite3"
"""The file of kept answers, in the home folder."""
GRACE_S = 10
"""How long requests may still take after the service was told to stop."""
WORDED = 10
"""Questions that are answered at once where a language model words them, which is waiting for the most part."""
HEAD_START_S = 4
"""The engine may open for so long before the page's libraries are imported beside it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is said on the command line."""

    host: str = "127.0.0.1"
    port: int = 7860
    insecure: bool = False
    token_file: Path | None = None
    users_file: Path | None = None
    root_path: str = ""
    access_log: bool = False

    def sign_in(self) -> SignIn:
        """Who may come in.

        Raises:
            AssistantError: other machines can reach it, and nobody has to sign in; or a file is malformed.
        """
        found = read_sign_in(self.token_file, self.users_file)
        if not (found.needed or self.insecure or is_loopback(self.host)):
            raise AssistantError(
                f"Other machines can reach {self.host}, and nobody would have to sign in.",
                "Give --token-file or --users-file; or --insecure, where everybody may ask.",
            )
        return found


def make_service(settings: Settings, opener: Callable[[], Asked]) -> Service:
    """A service over the home folder of ``settings``, its engine not yet opened.

    Raises:
        AssistantError: the kept answers cannot be opened.
    """
    store = Store(Path(settings.home) / STORE)
    service = Service(settings, store, opener, Journal(text=settings.log_questions))
    if settings.llm_url is not None:
        service.gate = Gate(running=WORDED, waiting=64, patience_s=30)
    return service


def make_app(service: Service, options: Options, load_chat: Callable[[], MountChat] | None = None) -> ASGIApp:
    """The whole application: API, pages, chat and MCP behind one shield.

    Args:
        service: what they share.
        options: of the command line.
        load_chat: gives what mounts the chat; may take seconds. None for no chat.

    Raises:
        AssistantError: see ``Options.sign_in``.
    """
    from assistant.service.api import make_api
    from assistant.service.parts import Part, Switch

    settings = service.settings
    parts = []
    if load_chat is not None:
        parts.append(Part(CHAT, partial(_chat, service, load_chat), page=True))
    if find_spec("mcp"):
        parts.append(Part("/mcp", partial(_tools, service), page=False))
    api = make_api(service, home="chat/" if load_chat else "")
    _allow_origins(api, settings)
    sign_in = options.sign_in()
    rules = Rules(
        sign_in=sign_in,
        any_host=sign_in.needed or not is_loopback(options.host),
        hosts=frozenset(settings.hosts.split()),
        cors_origins=tuple(settings.cors_origins.split()),
        frame_ancestors=tuple(settings.frame_ancestors.split()),
        rate=Rate(settings.rate_per_minute),
    )
    return Shield(Switch(api, parts), rules, service.journal)


def serve(
    settings: Settings,
    options: Options,
    opener: Callable[[], Asked],
    load_chat: Callable[[], MountChat] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        AssistantError: the port is taken, or see ``make_app`` and ``make_service``.
    """
    import uvicorn

    from assistant.service.protocol import DressedProtocol
    from assistant.service.stopping import Ending, GracefulServer

    _log_lines(access=options.access_log)
    service = make_service(settings, opener)
    app = Ending(make_app(service, options, load_chat))
    listening = _listen(options)
    threading.Thread(target=_open, args=(service,), daemon=True).start()
    config = uvicorn.Config(
        app,
        http=DressedProtocol,
        ws="none",
        root_path=options.root_path,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=GRACE_S,
    )
    name = f"[{options.host}]" if ":" in options.host else options.host
    terminal.note(f"Serving on http://{name}:{listening.getsockname()[1]}/ (stop with Ctrl-C)")
    try:
        GracefulServer(config, app, lambda: service.gate.n_inside).run(sockets=[listening])
    finally:
        service.close()


def serve_tools(settings: Settings, opener: Callable[[], Asked]) -> None:
    """Serve MCP on stdin and stdout until stdin ends.

    Raises:
        ImportError: the extra ``mcp`` is not installed.
    """
    from assistant.service.tools import run_stdio

    service = make_service(settings, opener)
    threading.Thread(target=_open, args=(service,), daemon=True).start()
    try:
        run_stdio(service)
    finally:
        service.close()


def rating_lines(settings: Settings) -> Iterator[str]:
    """Each kept rating with its answer as a line of JSON, oldest first."""
    store = Store(Path(settings.home) / STORE)
    try:
        for rating, kept in store.ratings():
            yield json_line(rating_object(rating, kept))
    finally:
        store.close()


def _open(service: Service) -> None:
    service.open()
    if service.failure is not None:
        terminal.note(f"error: {service.failure.message} {service.failure.remedy}".rstrip())
    else:
        terminal.note("The index is open.")


def _chat(service: Service, load: Callable[[], MountChat]) -> Starlette:
    service.wait(HEAD_START_S)
    mount_chat = load()
    from fastapi import FastAPI

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _allow_origins(app, service.settings)
    mount_chat(app, service)
    return app


def _tools(service: Service) -> Starlette:
    service.wait(HEAD_START_S)
    from assistant.service.tools import http_app

    app = http_app(service)
    _allow_origins(app, service.settings)
    return app


def _allow_origins(app: Starlette, settings: Settings) -> None:
    """Let pages of the origins in the settings read replies; none else, whatever a library would allow."""
    from starlette.middleware.cors import CORSMiddleware

    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins.split(),
        allow_methods=["GET", "POST"],
        allow_headers=[
            "authorization",
            "content-type",
            "x-gradio-user",
        ],  # the last one is sent by <gradio-app>
        expose_headers=["retry-after"],
    )


def _listen(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((options.host, options.port))
        listening.listen(512)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise AssistantError(
            f"{options.host}, port {options.port} cannot be used: {reason}.",
            "Choose another --port or --host.",
        ) from None
    return listening


def _log_lines(*, access: bool) -> None:
    """Let the logs of questions and, where wanted, of requests be bare JSON lines on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name, wanted in (("assistant.questions", True), ("assistant.access", access)):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.handlers = [handler]
        logger.setLevel(logging.INFO if wanted else logging.CRITICAL)
