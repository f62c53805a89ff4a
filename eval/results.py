"""Results files: written a line at a time, gone on with where they stopped, read whole."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from eval.items import EvalError, QuestionSet
from eval.measures import measure

Row = dict[str, Any]

_SAME = ("engine", "command", "url", "split", "questions", "corpus", "bare", "task")
"""What must agree for a run to be gone on with; versions and the time it began may differ."""


@dataclass(frozen=True, slots=True)
class Results:
    """One run, read from its file."""

    path: Path
    run: dict[str, Any]
    rows: tuple[Row, ...]
    end: dict[str, Any] | None
    """None where the run did not come to its end."""

    @property
    def name(self) -> str:
        """The engine; of a foreign one its command or address."""
        return str(self.run.get("command") or self.run.get("url") or self.run.get("engine"))


def header(
    sets: Sequence[QuestionSet],
    *,
    engine: str,
    split: str,
    command: str | None = None,
    url: str | None = None,
) -> dict[str, Any]:
    """What was run: the value of `run` in line 1. `corpus` and `bare` are filled in by who knows them."""
    from assistant import __version__

    files = [{"file": _shown(s.path), "sha256": s.sha256, "n": len(s.items)} for s in sets]
    return {
        "task": "answers",
        "engine": engine,
        "command": command,
        "url": url,
        "split": split,
        "questions": files,
        "n": sum(len(s.items) for s in sets),
        "corpus": None,
        "bare": False,
        "started": now(),
        "versions": {
            "assistant": __version__,
            "python": platform.python_version(),
            "platform": f"{platform.system()} {platform.machine()}",
        },
    }


def _shown(path: Path) -> str:
    """A question file as seen from the project's root; by its name alone where it lies elsewhere."""
    root = Path(__file__).resolve().parents[1]
    full = path.resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else full.name


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def row(
    item: Mapping[str, Any],
    split: str,
    reply: Mapping[str, Any] | None,
    latency_ms: float | None,
    problem: str = "",
) -> Row:
    """The line of one item. Without a reply `problem` says why there is none."""
    score, scores = measure(item, reply if reply is not None else {"error": problem} if problem else None)
    return {
        "id": item["id"],
        "kind": item["kind"],
        "split": split,
        "studies": list(item["cite"]),
        "scores": scores,
        "faults": [{"fault": fault, "detail": detail} for fault, detail in score.reasons],
        "item": dict(item),
        "reply": dict(reply) if reply is not None else None,
        "latency_ms": latency_ms,
    }


def read_results(path: Path) -> Results:
    """A results file; a last line that was cut off is left out.

    Raises EvalError where it is none, or a line that is not the last cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(f"{path}: {error}") from error
    read: list[Row] = []
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
        except ValueError as error:
            if number == len(lines) and number > 1:
                break
            raise EvalError(f"{path}:{number}: not JSON ({error})") from error
        if not isinstance(value, dict) or not ({"run", "scores", "end"} & value.keys()):
            raise EvalError(f"{path}:{number}: neither a run nor an item's scores")
        read.append(value)
    if not read or not isinstance(read[0].get("run"), dict):
        raise EvalError(f"{path}: line 1 does not say what was run; it is no results file")
    ends = [r["end"] for r in read if "end" in r]
    return Results(path, read[0]["run"], tuple(r for r in read if "scores" in r), ends[-1] if ends else None)


def bared(item_row: Row) -> Row:
    """The line of an item without question, gold and reply, also where faults quote them."""
    faults = [{"fault": f["fault"], "detail": ""} for f in item_row["faults"]]
    return item_row | {"faults": faults, "item": None, "reply": None}


class ResultsWriter:
    """Appends to a results file, each line flushed before the next question's is there."""

    def __init__(self, path: Path | None, run: Mapping[str, Any]) -> None:
        """Opens the file and, where it holds a part of the same run, reads it into `rows`.

        Raises EvalError where the file holds something else or cannot be written.
        """
        self.rows: list[Row] = []
        self._run = dict(run)
        self._file: TextIO | None = None
        if path is None:
            return
        try:
            if path.exists() and path.stat().st_size:
                self._go_on(path)
                self._file = path.open("a", encoding="utf-8")
            else:
                self._file = path.open("w", encoding="utf-8")
                self._write({"run": self._run})
        except OSError as error:
            raise EvalError(f"{path}: {error.strerror}") from error

    def __enter__(self) -> "ResultsWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, item_row: Row) -> None:
        """Keeps and writes the line of one item."""
        self.rows.append(item_row)
        self._write(bared(item_row) if self._run["bare"] else item_row)

    def end(self, seconds: float, account: Sequence[str]) -> None:
        """Writes the last line of a run that came to its end."""
        self._write({"end": {"finished": now(), "seconds": round(seconds, 2), "account": list(account)}})

    def _write(self, value: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(value, ensure_ascii=False) + "\n")
            self._file.flush()

    def _go_on(self, path: Path) -> None:
        """Takes over what the file holds and cuts off a torn or closing line."""
        there = read_results(path)
        differ = [k for k in _SAME if there.run.get(k) != self._run.get(k)]
        if differ:
            raise EvalError(f"{path} holds another run ({', '.join(differ)} differ); choose another file")
        self.rows = list(there.rows)
        lines = [{"run": there.run}, *there.rows]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        part = path.with_name(path.name + ".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
