"""Processes and percentiles: what one run of a command costs, seen from outside."""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DECLINED = 3
"""Exit code of `assistant ask` for a question that the review does not answer; no failure."""


class BenchError(Exception):
    """A measured process failed; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from start to exit."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    """The most that it, or a process it started and waited for, ever held."""
    output: str


def measured(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Runs a command in the repository's root and measures it.

    Raises:
        BenchError: it cannot be started, or ends with another code than 0 or `DECLINED`.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        try:
            child = subprocess.Popen(command, env=dict(environment), cwd=ROOT, stdout=out, stderr=errors)
        except OSError as error:
            raise BenchError(f"{command[0]}: {error.strerror}") from error
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.kill()  # an interrupted bench leaves no process behind
            child.wait()
            raise
        wall_s = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if child.returncode not in {0, DECLINED}:
            words = errors.read().decode(errors="replace").strip()[-2000:]
            raise BenchError(f"{' '.join(command[:4])} … ended with {child.returncode}: {words}")
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        cpu_s = usage.ru_utime + usage.ru_stime
        return Run(wall_s, cpu_s, usage.ru_maxrss * unit / 2**20, out.read().decode())


def in_turns(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str], repeats: int
) -> list[list[Run]]:
    """Each command's runs, quickest first; they take turns, so that a busy machine slows all alike."""
    for command in commands:
        measured(command, environment)  # fills the disk's cache
    rounds = [[measured(command, environment) for command in commands] for _ in range(repeats)]
    return [sorted(runs, key=lambda run: run.wall_s) for runs in zip(*rounds, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed (nearest rank, no interpolation).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(share * len(values) - 1e-9) - 1)]


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
