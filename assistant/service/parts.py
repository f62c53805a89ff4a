"""Parts of the service that take seconds to import: built in threads while the port already answers."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.service import pages
from assistant.service.replies import problem
from assistant.service.shield import route_path

log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Part:
    """What answers below one path, once it is built.

    Args:
        prefix: the path, e.g. ``/chat``.
        build: gives the application, which answers under the full path; run in a thread.
        page: whether people look at it, and want a page that says that it is being opened.
    """

    def __init__(self, prefix: str, build: Callable[[], Starlette], *, page: bool) -> None:
        self.prefix = prefix
        self.failure = ""
        self._build = build
        self._page = page
        self._app: ASGIApp | None = None

    def owns(self, path: str) -> bool:
        """Whether a path is below the prefix."""
        return path == self.prefix or path.startswith(self.prefix + "/")

    async def live(self, stopped: asyncio.Event) -> None:
        """Build the application, run its lifespan, and serve it until ``stopped``."""
        try:
            app = await in_daemon(self._build)
            async with app.router.lifespan_context(app):
                self._app = app
                await stopped.wait()
        except ImportError as error:
            self.failure = f"a part of the installation is missing ({error.name})."
            log.warning("%s is not served: %s", self.prefix, error)
        except Exception as error:
            self.failure = f"it could not be opened ({type(error).__name__})."
            log.exception("%s is not served", self.prefix)
        finally:
            self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if self._app is not None:
            await self._app(scope, receive, send)
        elif self._page and "json" not in Request(scope).headers.get("accept", ""):
            await pages.opening(self.failure)(scope, receive, send)
        else:
            told = self.failure or "It is being opened."
            await problem(503, f"Not served yet: {told}", retry_after="2")(scope, receive, send)


class Switch:
    """Sends each request to the part that owns its path, else to the main application."""

    def __init__(self, main: Starlette, parts: Sequence[Part]) -> None:
        self._main = main
        self._parts = parts
        main.router.lifespan_context = self._lifespan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        owner: ASGIApp = self._main
        if scope["type"] == "http":
            path = route_path(scope)
            owner = next((part for part in self._parts if part.owns(path)), self._main)
        await owner(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        stopped = asyncio.Event()
        lives = [asyncio.create_task(part.live(stopped)) for part in self._parts]
        try:
            yield
        finally:
            stopped.set()
            _, late = await asyncio.wait(lives, timeout=5) if lives else (set(), set())
            for task in late:  # still importing
                task.cancel()


async def in_daemon(call: Callable[[], _Result]) -> _Result:
    """What ``call`` gives, run in a thread that does not keep the process from ending."""
    loop, done = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(result: _Result | None, error: BaseException | None) -> None:
        if not done.done():
            done.set_result(result) if error is None else done.set_exception(error)

    def work() -> None:
        result, error = None, None
        try:
            result = call()
        except BaseException as caught:  # noqa: BLE001 - handed to whoever waits
            error = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=work, daemon=True).start()
    return await done  # type: ignore[no-any-return]
