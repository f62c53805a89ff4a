"""What a fresh process loads for one question: no more than that question needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
LOOK_UP = "What was the 3-year OS in the GMALL trial?"
READING = {
    "yaml",
    "assistant.building.building",
    "assistant.cells.introduced",
    "assistant.folder.bibliography",
}
SEARCHING = {"numpy", "onnxruntime", "tokenizers", "chromadb", "chromadb_rust_bindings", "httpx", "torch"}
CODE = """
import json, sys
from assistant.cli.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""


def asked(question: str, home: Path) -> tuple[str, set[str]]:
    """What ``assistant ask`` prints, and the modules the process has then."""
    environment = {**os.environ, "ASSISTANT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CODE, "ask", question]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    *shown, last = done.stdout.splitlines()
    code, modules = json.loads(last)
    assert code == 0
    return "\n".join(shown), set(modules)


def test_a_look_up_loads_no_reader_of_a_corpus_and_nothing_to_search_with(tmp_path: Path) -> None:
    first, read = asked(LOOK_UP, tmp_path)
    second, found = asked(LOOK_UP, tmp_path)
    assert read >= READING
    assert found & (READING | SEARCHING) == set()
    assert first == second


def test_a_home_that_cannot_be_written_answers_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert asked(LOOK_UP, tmp_path / "file" / "home")[0] == asked(LOOK_UP, tmp_path / "home")[0]


def test_kept_files_that_are_damaged_change_no_answer(tmp_path: Path) -> None:
    first, _ = asked(LOOK_UP, tmp_path)
    files = sorted((tmp_path / "kept").iterdir())
    assert {path.name.rpartition("-")[0] for path in files} >= {"corpus", "vocabulary"}
    whole = [path.read_bytes() for path in files]
    for path, raw in zip(files, whole, strict=True):
        path.write_bytes(raw.replace(b"78%", b"87%")[: len(raw) - len(raw) // 7])
    assert asked(LOOK_UP, tmp_path)[0] == first
    assert [path.read_bytes() for path in files] == whole
