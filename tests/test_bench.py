"""The measuring of costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eval.bench import BenchError, Cost, imports_of_help, ratio, read_questions, run


def test_a_process_is_measured_from_outside(tmp_path: Path) -> None:
    # from a small process, as a child's peak is never below its parent's
    code = (
        "import sys; from pathlib import Path; from eval.bench import run\n"
        "hungry = \"import time; x = bytearray(b'1') * (100 << 20); time.sleep(0.3); print(len(x) >> 20)\"\n"
        "small, large = (run([sys.executable, '-c', c], Path(sys.argv[1])) for c in ('print(1)', hungry))\n"
        "print(large.out.strip(), large.peak_mib - small.peak_mib, large.seconds)"
    )
    size, more, seconds = map(float, run([sys.executable, "-c", code, str(tmp_path)], tmp_path).out.split())
    assert size == 100
    assert more == pytest.approx(100, abs=15)
    assert 0.3 < seconds < 10


def test_a_process_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="No module named 'no_such_engine'"):
        run([sys.executable, "-c", "import no_such_engine"], tmp_path)


def test_a_declined_question_is_no_failure(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path).code == 3


def test_a_share_is_held_against_its_limit() -> None:
    assert "0.33 of the textbook stack (within" in ratio("cold wall", 1, 3)
    assert "0.41 of the textbook stack (OVER" in ratio("cold memory", 41, 100)


def test_percentiles_by_hand() -> None:
    cost = Cost(0, 0, 0, [float(n) for n in range(1, 100)])
    assert (cost.p50_ms, cost.p95_ms) == (50, 95)


def test_only_questions_of_one_turn_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"turns": ["a", "b"]}\n\n{"turns": ["c"]}\n', encoding="utf-8")
    assert read_questions(path) == [{"turns": ["c"]}]
    with pytest.raises(BenchError, match=r"missing\.jsonl"):
        read_questions(tmp_path / "missing.jsonl")


@pytest.mark.slow
def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert imports_of_help(tmp_path) == ""
