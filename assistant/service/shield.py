"""What stands before every route: hosts, origins, sign-in, rates, sizes and times; and headers after it."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.contract import json_line
from assistant.service.headers import common_headers
from assistant.service.hosts import host_name, is_loopback, origin_allowed
from assistant.service.journal import Journal
from assistant.service.rate import Rate
from assistant.service.replies import problem
from assistant.service.signin import SignIn

log = logging.getLogger(__name__)
access_log = logging.getLogger("assistant.access")

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""What anybody may ask without signing in."""
CHARGE = "assistant.charge"
"""Key of the scope: a function that takes a cost off the client's rate; seconds to wait, or 0.0."""
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_ASKING = "/embed"
"""A page that asks: it counts like a request that writes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CLOSED = re.compile(
    r"/chat/(?:gradio_api/)?"
    r"(?:proxy=|file[=/]|upload|deep_link|custom_component|component_server|run-history|runs?\b|api/|call/|dev/"
    r"|monitoring|stream/|token|user\b|log(?:in|out)\b|vibe|undo-vibe|process_recording|openapi\.json|pwa_icon)"
)
"""Routes of Gradio that no part of the chat uses: they fetch addresses, take or give files, keep histories,
lead elsewhere."""
_GRADIO_CALL = re.compile(r"/chat/gradio_api/(?:queue/|cancel|reset)")
"""Where Gradio answers 500 to inputs of a form that its components do not take."""
_GRADIO = "/chat/gradio_api/"
_OTHER_NAMES = frozenset({b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix"})
"""Headers of which Gradio would make its own address, whoever sent them; the Host is what counts here."""
_REALM = 'Basic realm="review assistant", charset="UTF-8"'


@dataclass(frozen=True, slots=True)
class Rules:
    """What the shield lets through."""

    sign_in: SignIn = field(default_factory=SignIn)
    any_host: bool = False
    """Whether every Host is served; else loopback and ``hosts``."""
    hosts: frozenset[str] = frozenset()
    cors_origins: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()
    rate: Rate = field(default_factory=lambda: Rate(0))
    """Of writing requests, by client; one on this machine itself is not counted."""
    failures: Rate = field(default_factory=lambda: Rate(10))
    """Of failed sign-ins, by client."""
    body_bytes: int = 1_000_000
    body_s: float = 15
    """How long a body may take to arrive."""


class _Refusal(Exception):
    """Carries a response out of the checks."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class Shield:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, rules: Rules, journal: Journal) -> None:
        self._app = app
        self._rules = rules
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._serve(_once_prefixed(_by_host(scope)), receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, status = time.perf_counter(), 0
        path = route_path(scope)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                if message["status"] == 500 and _GRADIO_CALL.match(path):
                    message["status"] = 422
                status = message["status"]
                self._dress(MutableHeaders(raw=message.setdefault("headers", [])), path)
            await send(message)

        try:
            body = await self._admit(scope, receive, path)
            await self._app(_as_get(scope, path), body, answer)
        except _Refusal as refusal:
            await refusal.response(scope, receive, answer)
        except Exception as error:
            if _GRADIO_CALL.match(path):  # of what somebody sent, no defect
                log.warning("%s of the chat cannot be taken (%s)", scope["method"], type(error).__name__)
            else:
                log.exception("%s failed", scope["method"])
            if not status:
                await problem(500, "Internal error.")(scope, receive, answer)
        finally:
            self._journal.responded(status)
            self._note(scope, path, status, time.perf_counter() - started)

    # -- before -------------------------------------------------------------------------------------

    async def _admit(self, scope: Scope, receive: Receive, path: str) -> Receive:
        """A receiver of the request's body, where the request may pass."""
        headers = Headers(scope=scope)
        self._check_host(headers)
        if _CONTROL.search(path):  # no path here has one, and an operating system takes none with U+0000
            raise _Refusal(problem(400, "The path has a control character.", "Remove it."))
        if _CLOSED.match(path):
            raise _Refusal(problem(404, "Not Found"))
        preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        if self._rules.sign_in.needed and path not in OPEN_PATHS and not preflight:
            await self._check_sign_in(headers, _client(scope))
        if scope["method"] not in _READING or path == _ASKING:
            client = _client(scope)
            rate = None if is_loopback(client) else self._rules.rate
            if rate is not None and (wait_s := rate.take(client)):
                raise _Refusal(_later("Too many requests from one address.", wait_s))
            # what counts for more than one request charges the rest by itself
            scope[CHARGE] = lambda cost: rate.take(client, cost) if rate is not None else 0.0
        return await self._read(headers, receive)

    def _check_host(self, headers: Headers) -> None:
        host, origin = headers.get("host", ""), headers.get("origin")
        name = host_name(host)
        if not (self._rules.any_host or is_loopback(name) or name in self._rules.hosts):
            remedy = "Whoever runs the service adds the name to ASSISTANT_HOSTS."
            raise _Refusal(problem(421, "The service is not known under this host name.", remedy))
        if origin is not None and not origin_allowed(origin, host, self._rules.cors_origins):
            remedy = "Whoever runs the service adds the origin to ASSISTANT_CORS_ORIGINS."
            raise _Refusal(problem(403, "Pages of this origin may not call the service.", remedy))

    async def _check_sign_in(self, headers: Headers, client: str) -> None:
        given = headers.get("authorization")
        if given is not None:
            if await run_sync(self._rules.sign_in.accepts, given):
                return
            wait_s = self._rules.failures.take(client)
            if wait_s:
                raise _Refusal(_later("Too many failed sign-ins from one address.", wait_s))
        response = problem(401, "Sign in first.", "Send a token, or a user's name and password.")
        response.headers["www-authenticate"] = _REALM
        raise _Refusal(response)

    async def _read(self, headers: Headers, receive: Receive) -> Receive:
        """The whole body, then what comes after it."""
        most = self._rules.body_bytes
        length = headers.get("content-length", "0")
        if length == "0" and "transfer-encoding" not in headers:
            return receive
        if not length.isascii() or not length.isdigit() or int(length[:19]) > most:
            raise _Refusal(_too_large(most))
        try:
            body = await asyncio.wait_for(_collect(receive, most), self._rules.body_s)
        except TimeoutError:
            slow = problem(408, "The request's body came too slowly.", connection="close")
            raise _Refusal(slow) from None
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        return replay

    # -- after --------------------------------------------------------------------------------------

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        policy = headers.get("content-security-policy", "")
        common: Mapping[str, str] = common_headers(path, self._rules.frame_ancestors, policy)
        for name, value in common.items():
            if name != "cache-control" or name not in headers:
                headers[name] = value

    def _note(self, scope: Scope, path: str, status: int, seconds: float) -> None:
        """One line without the query, which may hold what somebody asked."""
        if not access_log.isEnabledFor(logging.INFO):
            return
        line = {
            "client": _client(scope),
            "method": scope["method"],
            "path": path[:200] if status < 400 else "",
            "status": status,
            "elapsed_ms": round(seconds * 1000, 1),
        }
        access_log.info(json_line(line))


def route_path(scope: Scope) -> str:
    """The path without the prefix a proxy stripped."""
    path, root = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    return path[len(root) :] if root and (path == root or path.startswith(root + "/")) else path


def _by_host(scope: Scope) -> Scope:
    """The scope without what names the service otherwise than by its Host."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in _OTHER_NAMES]}


def _as_get(scope: Scope, path: str) -> Scope:
    """The scope of HEAD as that of GET, for routes that know GET alone; the server sends no body then."""
    is_head = scope["method"] == "HEAD" and not path.startswith(_GRADIO)
    return {**scope, "method": "GET"} if is_head else scope


def _once_prefixed(scope: Scope) -> Scope:
    """The scope as if the proxy had stripped its prefix, also where it did not.

    The server puts the prefix before every path; one that came with it would have it twice.
    """
    root = str(scope.get("root_path", "")).rstrip("/")
    if not root or not f"{scope['path']}/".startswith(f"{root}{root}/"):
        return scope
    raw = scope.get("raw_path", b"")
    twice = (root + root).encode()
    shorter = raw[len(root.encode()) :] if raw.startswith(twice) else raw
    return {**scope, "path": scope["path"][len(root) :], "raw_path": shorter}


async def _collect(receive: Receive, most: int) -> bytes:
    chunks, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":  # the client went away
            raise _Refusal(problem(400, "The request's body did not arrive."))
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            raise _Refusal(_too_large(most))
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(most: int) -> Response:
    return problem(413, f"A request has at most {most:,} bytes.", "Send a shorter one.", connection="close")


def _later(message: str, wait_s: float) -> Response:
    return problem(429, message, "Try again later.", retry_after=str(math.ceil(wait_s)))


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("", 0))[0])
