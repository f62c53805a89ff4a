"""The measuring of costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from command_line import ROOT

from eval.bench import measured, warm

HUNGRY = "import time; x = bytearray(b'1') * (100 << 20); time.sleep(0.3); print(len(x) >> 20)"


def test_a_process_is_measured_from_outside() -> None:
    # asked of a small process, as a child's peak is never below its parent's
    code = (
        "import os, sys; from eval.bench import measured\n"
        "small, large = (measured([sys.executable, '-c', c], dict(os.environ)) for c in sys.argv[1:])\n"
        "print(large.output.strip(), large.peak_mib - small.peak_mib, large.wall_s)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "print(1)", HUNGRY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    size, more, seconds = map(float, done.stdout.split())
    assert size == 100
    assert more == pytest.approx(100, abs=15)
    assert seconds > 0.3


def test_a_process_that_fails_is_an_error_with_its_last_words() -> None:
    with pytest.raises(RuntimeError, match="No module named 'no_such_engine'"):
        measured([sys.executable, "-c", "import no_such_engine"], dict(os.environ))


def test_a_declined_question_is_no_failure() -> None:
    measured([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))


def test_percentiles_are_of_what_follows_the_warming_up() -> None:
    times = [900.0, 800.0, *range(1, 102)]
    command = [sys.executable, "-c", f"print('noise'); print({json.dumps(times)!r})"]
    assert warm(command, dict(os.environ), 2) == (51, 96)
