"""An OpenAI-compatible endpoint, asked through LlamaIndex, its draft handed on piece by piece."""

from __future__ import annotations

import queue
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from assistant.llm.bounds import BoundedTransport
from assistant.llm.failure import BROKE_OFF, LATE, SILENT, EndpointError, failure
from assistant.llm.prompt import Prompt

CONTEXT_TOKENS = 8192
MOST_CHARS = 20_000
"""Of a draft; more is not read."""
SEED = 1
_LIBRARY = "llama_index.llms.openai_like"


@dataclass(slots=True)
class Endpoint:
    """Where the model is served."""

    url: str
    """With its path, e.g. ``http://localhost:11434/v1``."""
    model: str
    key: SecretStr | None = None
    _trusted: ssl.SSLContext | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def load(self) -> None:
        """Imports the client, which takes a second or two; where the endpoint is not there at all, does not.

        Raises:
            OSError: nobody listens there.
            ImportError: the extra ``llm`` is not installed.
        """
        if _LIBRARY not in sys.modules:
            parts = urlsplit(self.url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            socket.create_connection((parts.hostname or "", port), timeout=2).close()
        import llama_index.llms.openai_like  # noqa: F401 - the import is what takes the time
        import openai.resources.chat  # noqa: F401 - else it is imported by the first question

        self._certificates()

    def stream(self, prompt: Prompt, stop: threading.Event, timeout_s: float) -> Iterator[str]:
        """The draft in pieces; ends early when ``stop`` is set.

        Nothing but text is taken from the reply: no tool is offered, and one that is called is not there.

        Raises:
            EndpointError: it broke off.
            Exception: whatever the client raises; see ``failure``.
        """
        from llama_index.core.llms import ChatMessage, MessageRole
        from llama_index.llms.openai_like import OpenAILike

        with (
            httpx.HTTPTransport(verify=self._certificates()) as transport,
            httpx.Client(
                transport=BoundedTransport(transport, self.key, stop), timeout=timeout_s, trust_env=False
            ) as client,
        ):
            make: Any = OpenAILike  # it takes more than it declares
            llm = make(
                model=self.model,
                api_base=self.url,
                api_key="none",
                is_chat_model=True,
                is_function_calling_model=False,
                temperature=0.0,
                max_tokens=prompt.most_tokens,
                context_window=CONTEXT_TOKENS,
                timeout=timeout_s,
                max_retries=0,
                additional_kwargs={"seed": SEED},
                http_client=client,
            )
            messages = [
                ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
                ChatMessage(role=MessageRole.USER, content=prompt.user),
            ]
            ended = ""
            n_chars = 0
            for reply in llm.stream_chat(messages):
                ended = _finish_reason(reply.raw) or ended
                piece = str(reply.delta or "")[: MOST_CHARS - n_chars]
                n_chars += len(piece)
                if piece:
                    yield piece
                if stop.is_set() or n_chars >= MOST_CHARS:
                    return
            if n_chars and ended != "stop":
                raise EndpointError(BROKE_OFF)

    def _certificates(self) -> ssl.SSLContext:
        """Those that are trusted, read once."""
        with self._lock:
            if self._trusted is None:
                self._trusted = httpx.create_ssl_context()
            return self._trusted


def _finish_reason(raw: Any) -> str:
    choices = getattr(raw, "choices", None) or []
    return str(getattr(choices[0], "finish_reason", None) or "") if choices else ""


class Drafting:
    """A draft on its way, read in a thread of its own so that nobody waits for it longer than they want to.

    Args:
        endpoint: where it comes from.
        prompt: what is asked.
        timeout_s: after so long without a byte the thread gives up.
    """

    def __init__(self, endpoint: Endpoint, prompt: Prompt, timeout_s: float) -> None:
        self._endpoint, self._prompt, self._timeout_s = endpoint, prompt, timeout_s
        self._pieces: queue.Queue[str | EndpointError | None] = queue.Queue()
        self._stop = threading.Event()
        self._late = time.monotonic() + timeout_s
        threading.Thread(target=self._read, daemon=True, name="draft").start()

    def next(self, until: float) -> str | None:
        """The next piece; None at the draft's end.

        Args:
            until: how long to wait for it, on the monotonic clock.

        Raises:
            EndpointError: it failed, broke off, or did not come in time.
        """
        try:
            found = self._pieces.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise EndpointError(LATE) from None
        if isinstance(found, EndpointError):
            raise found
        return found

    def close(self) -> None:
        """Lets the endpoint go."""
        self._stop.set()

    def _read(self) -> None:
        for attempt in (1, 2):
            found = self._attempt()
            if found is None or attempt == 2 or found.again_after_s is None:
                break
            if time.monotonic() + found.again_after_s >= self._late or self._stop.wait(found.again_after_s):
                break
        self._pieces.put(found)

    def _attempt(self) -> EndpointError | None:
        """Hands the pieces on; what went wrong, or None. Once a piece has come there is no second attempt."""
        n_pieces = 0
        try:
            self._endpoint.load()
            with suppress(GeneratorExit):
                for piece in self._endpoint.stream(self._prompt, self._stop, self._timeout_s):
                    n_pieces += 1
                    self._pieces.put(piece)
        except Exception as error:  # noqa: BLE001 - an endpoint may send anything, and clients raise anything
            found = failure(error)
            return EndpointError(BROKE_OFF) if n_pieces and found.again_after_s is not None else found
        return None if n_pieces or self._stop.is_set() else EndpointError(SILENT)
