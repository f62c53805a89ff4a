"""Asks a system that speaks the contract of `assistant ask --batch`, whatever it does to us.

A command may answer out of order, twice or in garbage, hang, or die: each question gets its first readable
reply or a reason why there is none, and the account says what else happened.
"""

import json
import os
import queue
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, cast

from eval.items import EvalError, Item

MOST_STARTS = 5
"""How often a command that dies is started again for the questions that are left."""
_KEPT = 4000


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's outcome."""

    id: str
    reply: dict[str, Any] | None
    latency_ms: float | None
    problem: str = ""
    """Why there is no reply."""


@dataclass(slots=True)
class Account:
    """What went wrong beside single questions."""

    lines: list[str] = field(default_factory=list)
    n_garbage: int = 0
    n_repeated: int = 0
    n_unknown: int = 0
    example: str = ""

    def told(self) -> list[str]:
        counts = [
            (self.n_garbage, f"lines of its output were no reply, the first: {self.example!r}"),
            (self.n_repeated, "replies came again for a question that had one; the first counts"),
            (self.n_unknown, "replies were to no question that was asked"),
        ]
        return [*self.lines, *(f"{n} {text}" for n, text in counts if n)]


class CommandAsker:
    """Asks a program: questions in by JSON Lines, replies out by JSON Lines."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], timeout_s: float) -> None:
        """`timeout_s`: how long it may be silent while questions are left."""
        self._command, self._environment, self._timeout_s = list(command), dict(environment), timeout_s
        self.account = Account()

    def ask(self, items: Sequence[Item]) -> Iterator[Asked]:
        """The outcome of each item, as soon as it is known.

        A command that dies or hangs is started again without the question it was at, `MOST_STARTS` times in
        all; one that gives no reply twice running is not. Raises EvalError where it cannot be started.
        """
        left = {item["id"]: item for item in items}
        problem = "no reply"
        n_idle = 0
        for start in range(MOST_STARTS):
            n_before = len(left)
            process = _Process(self._command, self._environment, list(left.values()))
            try:
                yield from self._replies(process, left)
                problem = process.ending(left)
            finally:
                process.stop()
            if problem:
                self.account.lines.append(f"the command failed: {problem}")
            if not left or not problem:
                break
            n_idle = n_idle + 1 if len(left) == n_before else 0
            if n_idle == 2 or start == MOST_STARTS - 1:
                break
            culprit = next(iter(left))
            del left[culprit]
            yield Asked(culprit, None, None, problem)
        for id_ in list(left):
            yield Asked(id_, None, None, problem or "no reply")

    def _replies(self, process: "_Process", left: dict[str, Item]) -> Iterator[Asked]:
        asked, before = set(left), time.perf_counter()
        while left:
            line = process.line(self._timeout_s)
            if line is None:
                return
            reply = self._read(line, asked, left)
            if reply is None:
                continue
            after = time.perf_counter()
            del left[reply["id"]]
            yield Asked(reply["id"], reply, latency_of(reply, 1000 * (after - before)))
            before = time.perf_counter()
        process.finish()
        while (line := process.line(1.0)) is not None:  # what it says after its last reply
            self._read(line, asked, left)

    def _read(self, line: str, asked: set[str], left: Mapping[str, Item]) -> dict[str, Any] | None:
        """The reply of a line, where it is one that is waited for."""
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict) or not isinstance(reply.get("id"), str):
            if line.strip():
                self.account.n_garbage += 1
                self.account.example = self.account.example or line.strip()[:80]
        elif reply["id"] in left:
            return reply
        elif reply["id"] in asked:
            self.account.n_repeated += 1
        else:
            self.account.n_unknown += 1
        return None


class _Process:
    """A running command, its output read by threads so that neither pipe can block the other."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], items: Sequence[Item]) -> None:
        try:
            self._child = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise EvalError(f"{command[0]}: {error.strerror}") from error
        pipes = (self._child.stdin, self._child.stdout, self._child.stderr)
        self._in, self._out, self._err = (cast(IO[bytes], pipe) for pipe in pipes)
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._errors, self._silent, self._silence_s = "", False, 0.0
        lines = [json.dumps({"id": i["id"], "turns": i["turns"]}, ensure_ascii=False) for i in items]
        tasks: tuple[tuple[Callable[..., None], list[str]], ...] = (
            (self._feed, ["".join(f"{li}\n" for li in lines)]),
            (self._hear, []),
            (self._keep, []),
        )
        self._threads = [threading.Thread(target=t, args=a, daemon=True) for t, a in tasks]
        for thread in self._threads:
            thread.start()

    def line(self, timeout_s: float) -> str | None:
        """The next line of its output; None at its end or after `timeout_s` of silence."""
        try:
            return self._lines.get(timeout=timeout_s)
        except queue.Empty:
            self._silent, self._silence_s = True, timeout_s
            return None

    def finish(self) -> None:
        """Waits a moment for it to end by itself, now that nothing more is asked."""
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()

    def ending(self, left: Mapping[str, Item]) -> str:
        """How it failed; "" where it ended well, which leaves questions out at most."""
        if self._silent and left:
            return f"stopped after {self._silence_s:g} s without a reply"
        self.finish()
        code = self._child.returncode
        if code in {0, 3} or (not left and code is not None and code < 0):  # 3: the last one was declined
            return ""
        self._threads[2].join(timeout=1)
        return f"exit code {code}: {self._errors.strip()[-500:]}"

    def stop(self) -> None:
        """Ends it, and the threads with it."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join(timeout=2)
        for pipe in (self._in, self._out, self._err):
            _close(pipe)

    def _feed(self, text: str) -> None:
        with suppress(OSError):  # it died, or wants no more
            self._in.write(text.encode())
        _close(self._in)

    def _hear(self) -> None:
        for line in self._out:
            self._lines.put(line.decode(errors="replace"))
        self._lines.put(None)

    def _keep(self) -> None:
        for line in self._err:
            self._errors = (self._errors + line.decode(errors="replace"))[-_KEPT:]


class UrlAsker:
    """Asks a server: one POST of `{"id", "turns"}` a question, one object of the contract back."""

    def __init__(self, url: str, timeout_s: float) -> None:
        if not url.startswith(("http://", "https://")):
            raise EvalError(f"{url}: no address that begins with http:// or https://")
        self._url, self._timeout_s = url, timeout_s
        self.account = Account()

    def ask(self, items: Sequence[Item]) -> Iterator[Asked]:
        """The outcome of each item, in order."""
        for item in items:
            body = json.dumps({"id": item["id"], "turns": item["turns"]}).encode()
            request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})
            started = time.perf_counter()
            try:
                with urllib.request.urlopen(request, timeout=self._timeout_s) as response:
                    reply = json.loads(response.read())
            except (OSError, ValueError, RecursionError) as error:  # HTTP errors are OSErrors
                yield Asked(item["id"], None, None, f"{type(error).__name__}: {error}")
                continue
            latency_ms = 1000 * (time.perf_counter() - started)
            if isinstance(reply, dict):
                yield Asked(item["id"], reply | {"id": item["id"]}, round(latency_ms, 2))
            else:
                yield Asked(item["id"], None, round(latency_ms, 2), "the reply is no object")


def latency_of(reply: Mapping[str, Any], waited_ms: float) -> float:
    """What the reply says it took, where it does; else the time since the reply before."""
    said = reply.get("elapsed_ms")
    if isinstance(said, int | float) and not isinstance(said, bool) and said >= 0:
        return round(float(said), 2)
    return round(waited_ms, 2)


def environment(corpus: str | None) -> dict[str, str]:
    """This process's environment for a command, with the corpus where one is given."""
    return dict(os.environ) | ({"ASSISTANT_CORPUS": corpus} if corpus else {})


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):
        pipe.close()
