"""Ratings of readers as drafts of questions that `python -m eval` can read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from service_app import ROOT, command, open_service

from assistant.service.signin import read_sign_in
from eval.drafts import drafts
from eval.items import EvalError, read_questions


def rated(home: Path) -> str:
    """What `assistant ratings` prints of three ratings of two answers."""
    service = open_service(home)
    for question, liked, comment in [
        ("What was the OS?", False, "first"),
        ("What?", False, "It is 62%."),
        ("What was the OS?", True, "right"),
    ]:  # fmt: skip
        service.rate(service.keep(service.ask([question]), [question]), liked, comment)
    service.close()
    return command(home, "ratings").stdout


def test_drafts_are_items_that_the_evaluation_reads(tmp_path: Path) -> None:
    lines = rated(tmp_path)
    assert len(lines.splitlines()) == 3
    done = subprocess.run(
        [sys.executable, "-m", "eval", "drafts", "-"],
        input=lines, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, second = done.stdout.splitlines(keepends=True)
    (tmp_path / "liked.jsonl").write_text(first, encoding="utf-8")
    (liked,) = read_questions(tmp_path / "liked.jsonl")
    assert liked["turns"] == ["What was the OS?"]
    assert (liked["status"], liked["figures"], liked["cite"]) == ("answered", ["61%", "12%", "40"], ["S-1"])
    assert liked["note"] == "right"
    (tmp_path / "disliked.jsonl").write_text(second, encoding="utf-8")
    with pytest.raises(EvalError, match="status"):  # until somebody has completed it
        read_questions(tmp_path / "disliked.jsonl")
    disliked = json.loads(second)
    assert (disliked["status"], disliked["figures"], disliked["cite"]) == ("", [], [])
    assert disliked["note"].startswith("It is 62%. Not liked: Turn 1")
    assert list(drafts(json.loads(line) for line in lines.splitlines())) == [liked, disliked]


def test_what_is_no_rating_is_told(tmp_path: Path) -> None:
    for content in ("nonsense\n", "{}\n", "[]\n", '{"permalink": 1}\n'):
        (tmp_path / "x").write_text(content, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "eval", "drafts", str(tmp_path / "x")],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_a_user_is_printed_for_the_users_file(tmp_path: Path) -> None:
    done = command(tmp_path, "user", "ada", input="correct horse\n")
    (tmp_path / "users").write_text(done.stdout, encoding="utf-8")
    sign_in = read_sign_in(None, tmp_path / "users")
    assert sign_in.accepts("Basic YWRhOmNvcnJlY3QgaG9yc2U=")
    assert not sign_in.accepts("Basic YWRhOndyb25nIGhvcnNl")
    assert command(tmp_path, "user", "ada", input="short\n").returncode == 2
