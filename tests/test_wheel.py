"""What is installed: the program with its data and the corpus, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]


def files(folder: Path) -> set[str]:
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {p.as_posix() for p in found if "__pycache__" not in p.parts}


@pytest.mark.slow
def test_the_wheel_carries_the_program_and_the_corpus_and_finds_it(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("review_assistant-*.whl")
    site = tmp_path / "site"
    ZipFile(wheel).extractall(site)
    assert files(site / "assistant" / "shipped_corpus") == files(ROOT / "corpus")
    program = {f for f in files(site / "assistant") if not f.startswith("shipped_corpus/")}
    assert program == files(ROOT / "assistant")
    assert {p.name.split("-")[0] for p in site.iterdir()} == {"assistant", "review_assistant"}
    code = "from assistant.settings import load_settings; print(load_settings().corpus)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(done.stdout.strip()) == site / "assistant" / "shipped_corpus"
