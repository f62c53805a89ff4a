"""Asking from several clients at once: threads of one process, each with one question under way."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.bench_process import percentile

Ask = Callable[[str], str]
"""Gives the answer to a question as text; raises where there is none."""


@dataclass(frozen=True, slots=True)
class Load:
    """How a number of clients fared."""

    clients: int
    n_asked: int
    n_failed: int
    """Questions that raised, or whose answer differed from the one given to a client alone."""
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float


def alone(ask: Ask, questions: Sequence[str]) -> tuple[dict[str, str], list[float]]:
    """The answer to each question, asked one after the other, and the milliseconds each took."""
    answers, times = {}, []
    for question in questions:
        started = time.perf_counter()
        answers[question] = ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return answers, times


def load(ask: Ask, expected: dict[str, str], clients: int, seconds: float) -> Load:
    """`clients` threads ask for `seconds`, each going round the questions from a place of its own.

    A closed loop: a client asks again as soon as it is answered, so that more clients wait longer. The rate
    is of what was answered until the last client has come to its end, divided by the time until then.
    """
    questions = list(expected)
    times: list[list[float]] = [[] for _ in range(clients)]
    failed = [0] * clients
    start = threading.Barrier(clients + 1)
    until = [0.0]

    def client(number: int) -> None:
        start.wait()
        at = number * len(questions) // clients
        while (began := time.perf_counter()) < until[0] or not times[number]:
            question = questions[at % len(questions)]
            try:
                failed[number] += ask(question) != expected[question]
            except Exception:  # noqa: BLE001 - whatever a system under load throws is counted, not hidden
                failed[number] += 1
            times[number].append(1000 * (time.perf_counter() - began))
            at += 1

    threads = [threading.Thread(target=client, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    started = time.perf_counter()
    until[0] = started + seconds
    start.wait()
    for thread in threads:
        thread.join()
    took, flat = time.perf_counter() - started, [t for own in times for t in own]
    rate = (len(flat) - sum(failed)) / took
    p50, p95, p99 = (percentile(flat, share) for share in (0.5, 0.95, 0.99))
    return Load(clients, len(flat), sum(failed), rate, p50, p95, p99)


def http_ask(url: str, timeout_s: float = 60.0) -> tuple[Ask, Callable[[], None]]:
    """Asks a service over HTTP, and what closes its connections: `POST {"turns": [question]}`.

    An address without a path is that of the service, whose `/api/ask` is asked. Each client thread keeps one
    connection open. Ask raises httpx.HTTPError where the service answers with an error or not at all.
    """
    from urllib.parse import urlsplit

    import httpx

    address = url if urlsplit(url).path.strip("/") else url.rstrip("/") + "/api/ask"
    own, opened = threading.local(), []

    def ask(question: str) -> str:
        if not hasattr(own, "client"):
            own.client = httpx.Client(timeout=timeout_s, trust_env=False)
            opened.append(own.client)
        reply = own.client.post(address, json={"turns": [question]})
        reply.raise_for_status()
        found: dict[str, Any] = reply.json()
        return f"{found.get('status')} {found.get('answer')}"

    def close() -> None:
        for client in opened:
            client.close()

    return ask, close
