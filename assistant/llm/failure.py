"""What can go wrong with an endpoint, in words for a reader that hold nothing the endpoint said."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_STATUS = {
    401: "refused the key",
    403: "refused the key",
    404: "knows no such address or model",
    429: "takes no more questions at the moment",
}


class EndpointError(Exception):
    """The model gave no draft, or no whole one; the text says why, without its words, address or key."""

    def __init__(self, text: str, *, again_after_s: float | None = None) -> None:
        super().__init__(f"the language model {text}")
        self.again_after_s = again_after_s
        """When it may be tried once more, seconds from now; None for not at all."""


LATE = "did not answer in time"
UNREACHED = "could not be reached"
UNREADABLE = "sent what could not be read"
SILENT = "sent no text"
BROKE_OFF = "broke off"
RESTING = "failed a moment ago and was not asked"
BUSY = "is busy with other questions"
NOT_INSTALLED = "cannot be asked without the extra llm: pip install 'review-assistant[llm]'"


def failure(error: BaseException) -> EndpointError:
    """What to tell of an error raised by the client; only its type and status are looked at."""
    cause: BaseException | None = error
    while cause is not None:  # the client wraps what its connection raises
        if isinstance(cause, EndpointError):
            return cause
        cause = cause.__cause__
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        again = _again_after_s(error) if status == 429 or status >= 500 else None
        return EndpointError(_STATUS.get(status, f"failed with status {status}"), again_after_s=again)
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ModuleNotFoundError" in names:
        return EndpointError(NOT_INSTALLED)
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        return EndpointError(LATE)
    if names & {"APIConnectionError", "ConnectError", "gaierror", "ConnectionError"}:
        return EndpointError(UNREACHED, again_after_s=0.1)
    if names & {"TransportError", "OSError"}:
        return EndpointError(BROKE_OFF)
    return EndpointError(UNREADABLE)


def _again_after_s(error: BaseException) -> float:
    headers = getattr(getattr(error, "response", None), "headers", {})
    said = re.fullmatch(r"\d{1,4}(?:\.\d+)?", str(headers.get("retry-after", "")).strip())
    return float(said[0]) if said else 0.2


@dataclass(slots=True)
class Breaker:
    """Keeps questions from waiting for an endpoint that has just failed.

    After a failure it rests for ``first_s``, after each further one in a row twice as long, ``most_s`` at most.
    """

    first_s: float = 10.0
    most_s: float = 300.0
    clock: Callable[[], float] = time.monotonic
    _n_failures: int = 0
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def resting(self) -> bool:
        """Whether it should not be asked now."""
        with self._lock:
            return self.clock() < self._until

    def failed(self) -> None:
        """Note a failure."""
        with self._lock:
            rest = min(self.most_s, self.first_s * 2 ** min(self._n_failures, 20))
            self._n_failures += 1
            self._until = self.clock() + rest

    def worked(self) -> None:
        """Note an answer."""
        with self._lock:
            self._n_failures, self._until = 0, 0.0
