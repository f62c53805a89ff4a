"""JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command_line import WITH_FAKE, process

from assistant.contract import QUESTION_CHARS, TURNS
from assistant.terminal.batch import LINE_BYTES


def batch(lines: Sequence[bytes | str | dict[str, Any]]) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, objects and stderr of a batch read from standard input."""
    encoded = [
        x if isinstance(x, bytes) else (x if isinstance(x, str) else json.dumps(x)).encode() for x in lines
    ]
    done = process("ask", "--batch", "-", input=b"\n".join(encoded))
    return done.returncode, [json.loads(x) for x in done.stdout.splitlines()], done.stderr.decode()


def test_a_batch_answers_the_last_turn_in_order() -> None:
    code, objects, _ = batch(
        [
            {"id": "a", "turns": ["first", "What was the OS?"]},
            {"id": 7, "turns": ["decline this"], "kind": "near_time"},
            {"turns": ["What?"]},
        ]
    )
    assert code == 0
    assert [o["id"] for o in objects] == ["a", 7, None]
    assert [o["status"] for o in objects] == ["answered", "declined", "answered"]
    assert objects[0]["answer"].startswith("Turn 2:")
    assert objects[0]["question"] == "What was the OS?"


BAD_LINES: list[tuple[bytes | str | dict[str, Any], object, str]] = [
    ("{not json", None, "not JSON: "),
    ("[" * 100_000, None, "not JSON"),
    ("9" * 5_000, None, "not JSON"),
    ('{"id": NaN, "turns": ["q"]}', None, "not JSON"),
    ("[1, 2]", None, "not a JSON object"),
    ('"text"', None, "not a JSON object"),
    ("null", None, "not a JSON object"),
    ("", None, "empty"),
    ("   ", None, "empty"),
    (b'{"id": "x", "turns": ["caf\xe9"]}', None, "not valid UTF-8"),
    ({"id": "x"}, "x", "no turns"),
    ({"id": "x", "turns": []}, "x", "no turn"),
    ({"id": "x", "turns": "What?"}, "x", "not a list of texts"),
    ({"id": "x", "turns": ["q", 3]}, "x", "not a list of texts"),
    ({"id": "x", "turns": [None]}, "x", "not a list of texts"),
    ({"id": "x", "turns": [""]}, "x", "question is empty"),
    ({"id": "x", "turns": ["", "What?"]}, "x", "Turn 1 is empty"),
    ({"id": "x", "turns": ["What?", "..."]}, "x", "Turn 2 has no words"),
    ({"id": "x", "turns": ["x" * (QUESTION_CHARS + 1)]}, "x", "20,001 characters"),
    ({"id": "x", "turns": ["q"] * (TURNS + 1)}, "x", "at most"),
    ({"id": "x", "turns": ["bell \x07"]}, "x", "U+0007"),
    ('{"id": "x", "turns": ["\\ud800"]}', "x", "not valid UTF-8"),
    ({"id": {"a": 1}, "turns": ["q"]}, None, "id is neither"),
    ({"id": True, "turns": ["q"]}, None, "id is neither"),
    ({"id": 1.5, "turns": ["q"]}, None, "id is neither"),
    ({"id": "x", "turns": ["refuse this"]}, "x", "It was refused. Ask otherwise."),
    ("x" * (LINE_BYTES + 10), None, "longer than"),
]


def test_a_bad_line_gives_an_error_and_the_rest_goes_on() -> None:
    good = {"id": "good", "turns": ["What?"]}
    code, objects, stderr = batch([entry for line, _, _ in BAD_LINES for entry in (line, good)])
    assert code == 0
    assert "Traceback" not in stderr
    assert len(objects) == 2 * len(BAD_LINES)
    for number, (_, id, words) in enumerate(BAD_LINES):
        bad, after = objects[2 * number], objects[2 * number + 1]
        assert [*bad] == ["id", "line", "error"]
        assert (bad["id"], bad["line"]) == (id, 2 * number + 1)
        assert words in bad["error"]
        assert (after["id"], after["status"]) == ("good", "answered")


def test_a_defect_on_one_question_is_told_and_the_rest_goes_on() -> None:
    code, objects, stderr = batch([{"id": "a", "turns": ["crash now"]}, {"id": "b", "turns": ["What?"]}])
    assert code == 1
    assert objects[0] == {"id": "a", "line": 1, "error": "Internal error: RuntimeError."}
    assert objects[1]["status"] == "answered"
    assert "a defect" in stderr


@pytest.mark.parametrize("lines", [[], ["{"], ["", "[]"]])
def test_a_batch_of_which_nothing_was_readable_exits_2(lines: list[str]) -> None:
    code, objects, stderr = batch(lines)
    assert code == 2
    assert len(objects) == len(lines)
    assert "No line of the batch could be asked." in stderr


def test_a_batch_file_with_a_mark_and_windows_line_ends(tmp_path: Path, fake: pytest.MonkeyPatch) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "turns": ["What?"]}\r\n{"id": "b", "turns": ["What?"]}\r\n')
    done = process("ask", "--batch", str(path))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_a_program_that_waits_for_each_answer_gets_it() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", WITH_FAKE, "ask", "--batch", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert running.stdin is not None
    assert running.stdout is not None
    for number in range(3):
        running.stdin.write(json.dumps({"id": number, "turns": ["What?"]}).encode() + b"\n")
        running.stdin.flush()
        assert select.select([running.stdout], [], [], 30)[0], "no answer while the pipe stays open"
        assert json.loads(running.stdout.readline())["id"] == number
    running.stdin.close()
    assert running.wait(timeout=20) == 0
    running.stdout.close()
