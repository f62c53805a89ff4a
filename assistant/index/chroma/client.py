"""Clients of Chroma: of a folder, or of a server. The only module that imports chromadb, and not on import.

Chroma is always given vectors and ``embedding_function=None``: its own function would be fetched from the
network, and one that a server names could run code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from assistant.model import AssistantError

if TYPE_CHECKING:
    from chromadb.api.client import Client

_SETTINGS: dict[str, Any] = {"_env_file": None, "anonymized_telemetry": False}
"""Whatever .env lies in the working folder is not for this program."""
_ANSWER_SECONDS = 3.0
_WORK_SECONDS = 60.0


def embedded_client(folder: Path) -> Client:
    """A client of the database in the folder."""
    with chroma_errors():
        import chromadb.config

        implementation = "chromadb.api.rust.RustBindingsAPI"  # the default; an environment could name another
        settings = chromadb.config.Settings(chroma_api_impl=implementation, **_SETTINGS)
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def server_client(url: str) -> Client:
    """A client of the server at ``http://host:port``.

    Raises:
        AssistantError: where none answers within some seconds.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        with chroma_errors():
            import chromadb.config
            import httpx

            # chromadb itself waits for ever
            beat = httpx.get(f"{parts.scheme}://{parts.netloc}/api/v2/heartbeat", timeout=_ANSWER_SECONDS)
            beat.raise_for_status()
            settings = chromadb.config.Settings(**_SETTINGS)
            host = parts.hostname or "localhost"
            client = cast("Client", chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings))
            for session in _sessions(client):
                session.timeout = httpx.Timeout(_WORK_SECONDS)
    except AssistantError as error:
        raise AssistantError(
            f"The Chroma server {url} does not answer: {error.message}",
            "Start it (chroma run --path FOLDER --port PORT), or unset ASSISTANT_CHROMA_URL.",
        ) from None
    return client


def let_go(client: Client) -> None:
    """Closes a client, and the connections that chromadb leaves open."""
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _sessions(client: Client) -> list[Any]:
    apis: list[Any] = [
        getattr(owner, "_server", None) for owner in (client, getattr(client, "_admin_client", None))
    ]
    return [api._session for api in apis if hasattr(api, "_session")]


@contextmanager
def chroma_errors() -> Iterator[None]:
    """Turns what Chroma raises into an AssistantError."""
    try:
        yield
        return
    except AssistantError:
        raise
    except ValueError as error:  # no server, settings refused, a value refused
        reason = str(error).splitlines()[0]
    except Exception as error:
        if _is_of_http(error):
            reason = f"{type(error).__name__}: {error}"
        elif type(error).__module__.startswith(("chromadb", "builtins")):
            reason = str(error)
        else:
            raise
    raise AssistantError(
        f"Chroma failed: {reason}", "Run `assistant doctor`; `assistant index --force` builds anew."
    )


def _is_of_http(error: Exception) -> bool:
    """Whether httpx raised it; it takes long to import, and whatever raised it has."""
    httpx = sys.modules.get("httpx")
    return httpx is not None and isinstance(error, httpx.HTTPError)
