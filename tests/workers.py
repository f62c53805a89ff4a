"""Processes that build and open indexes and can be killed: forked from one that has imported everything.

Each line on stdin is a job ``[function, arguments]``; the answer is the child's pid. ``["wait", [pid]]`` is
answered with its exit status.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class Workers:
    """Starts jobs in children of a warm process."""

    def __enter__(self) -> Workers:
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(60)
        assert self._process.stdout
        self._process.stdout.close()

    def start(self, job: str, **arguments: Any) -> int:
        """The pid of a child that does the job."""
        return int(self._say([job, arguments]))

    def wait(self, pid: int) -> int:
        """The child's exit status; negative for a signal."""
        return int(self._say(["wait", {"pid": pid}]))

    def report(self, job: str, out: Path, **arguments: Any) -> dict[str, Any]:
        """What the job put into ``out``, after it ended well."""
        status = self.wait(self.start(job, out=str(out), **arguments))
        assert status == 0, f"{job} ended with {status}"
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return found

    def _say(self, message: list[Any]) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def content(count: int, shift: int) -> tuple[Any, Any, str, Any]:
    from made_up import WordEncoder, corpus, facts_of

    passages = corpus(count, shift=shift)
    return passages, facts_of(passages), f"corpus {count} {shift}", WordEncoder()


def job_build(home: str, count: int, shift: int = 0, url: str | None = None, force: bool = False) -> None:
    from assistant.index.index import IndexSettings, build

    build(*content(count, shift), IndexSettings(Path(home), url), force=force)


def job_check(out: str, home: str, count: int, shift: int = 0, url: str | None = None) -> None:
    """Opens the index, compares every record with what belongs there, and says what it took."""
    from assistant.index.chroma import verify
    from assistant.index.index import IndexSettings, index_state, open_index
    from assistant.index.records import collect, metadata

    parts, settings, said = content(count, shift), IndexSettings(Path(home), url), []
    state = index_state(*parts, settings)
    index = open_index(*parts, settings, notify=said.append)
    passages, facts, corpus_hash, encoder = parts
    records = collect(passages, facts, corpus_hash, encoder.model)
    vectors = encoder.encode(records.texts)
    verify(index.collection, records, metadata(records), vectors, lambda *_: None)
    query = encoder.encode(["response to gammacel in group 7 after cycle 3"])[0]
    answer = {
        "state": state,
        "said": said,
        "found": index.query(query, 10),
        "exact": sorted((round(float(cosine), 5) for cosine in vectors @ query), reverse=True)[:10],
        "facts": len(index.facts([p.id for p in passages])),
    }
    index.close()
    Path(out).write_text(json.dumps(answer), encoding="utf-8")


def job_read(out: str, home: str, count: int, shift: int, seconds: float) -> None:
    """Opens, asks and closes until the time is up; says how often, and what it was told."""
    from assistant.index.index import IndexSettings, open_index

    parts, said, times, answers = content(count, shift), [], 0, set()
    query = parts[3].encode(["response to gammacel"])[0]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        index = open_index(*parts, IndexSettings(Path(home)), notify=said.append)
        answers |= {json.dumps(index.query(query, 5)) for _ in range(3)}
        index.close()
        times += 1
    report = {"times": times, "said": said, "answers": sorted(answers)}
    Path(out).write_text(json.dumps(report), encoding="utf-8")


JOBS: Mapping[str, Any] = {"build": job_build, "check": job_check, "read": job_read}


def serve() -> None:
    import chromadb  # noqa: F401
    from llama_index.core.schema import TextNode  # noqa: F401
    from llama_index.core.vector_stores.utils import node_to_metadata_dict  # noqa: F401
    from made_up import WordEncoder  # noqa: F401

    import assistant.index.index  # noqa: F401

    for line in sys.stdin:
        job, arguments = json.loads(line)
        if job == "wait":
            _, status = os.waitpid(arguments["pid"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if pid:
            print(pid, flush=True)
            continue
        code = 1
        try:
            JOBS[job](**arguments)
            code = 0
        except BaseException as error:  # noqa: BLE001
            print(f"{job} {arguments}: {error!r}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)


if __name__ == "__main__":
    serve()
