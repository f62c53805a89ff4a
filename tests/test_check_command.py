"""The command `assistant check`: formats, exit codes, wrong use, what reaches a terminal."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.cli import run

PAGE = Path(__file__).resolve().parent / "texts" / "page.md"


@pytest.fixture
def text(tmp_path: Path) -> Any:
    def write(content: str | bytes) -> str:
        path = tmp_path / "text"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


class Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def test_verdicts_stand_in_words_and_anything_wrong_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(PAGE)]) == 1
    shown = capsys.readouterr().out
    for word in ("supported", "contradicted", "not found", "not checkable"):
        assert f"\n{word}" in f"\n{shown}"
    assert "5 statements: " in shown


def test_a_right_text_exits_0(text: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", text("In GMALL the 3-year OS was 78%.")]) == 0
    assert run(["check", "--study", "54", text("The 3-year OS was 93.4%.")]) == 0
    assert "1 supported" in capsys.readouterr().out


def test_json_has_offsets_places_and_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json", str(PAGE)]) == 1
    found = json.loads(capsys.readouterr().out)
    whole = PAGE.read_text("utf-8")
    assert list(found) == ["statements", "summary"]
    assert sum(found["summary"].values()) == len(found["statements"]) == 5
    for one in found["statements"]:
        assert list(one) == ["text", "start", "end", "verdict", "reason", "citations", "facts"]
        assert whole[one["start"] : one["end"]] == one["text"]
        assert all(fact["citation"] < len(one["citations"]) for fact in one["facts"])
    assert found["statements"][0]["citations"][0]["abstract"] == "51"


def test_a_batch_gives_a_line_for_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        b'{"id": "a", "text": "In GMALL the 3-year OS was 78%."}',
        b'{"id": 7, "text": "In GMALL the 3-year OS was 78%. The 1-year OS was 98%."}',
        b'{"id": "c"}',
        b'{"id": "d", "text": "  "}',
        b'{"id": "e", "text": "Good morning."}',
        b"no json",
        b"\xff\xfe",
    ]
    monkeypatch.setattr(sys, "stdin", Stdin(b"\n".join(lines)))
    assert run(["check", "--batch", "-"]) == 1
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [o["id"] for o in out] == ["a", 7, "c", "d", "e", None, None]
    assert [o.get("verdict") for o in out] == [
        "supported", "contradicted", None, None, "not_checkable", None, None,
    ]  # fmt: skip
    assert [o["line"] for o in out if "error" in o] == [3, 4, 6, 7]


def test_a_batch_of_right_texts_exits_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b'{"id": 1, "text": "In GMALL the 3-year OS was 78%."}'))
    assert run(["check", "--batch", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "supported"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "no text"),
        (["check", "absent.md"], "cannot be read"),
        (["check", "absent.md", "--batch", "-"], "Give one"),
        (["check", "--study", "9999", str(PAGE)], "no study 9999"),
        (["check", "--review", "none", str(PAGE)], "no review none"),
    ],
)
def test_wrong_use_is_told_in_two_lines(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 2


@pytest.mark.parametrize(
    "content", [b"", b"  \n ", b"\xff\xfe\x00", b"a " * 600_000, b"x" * 4_000_001], ids=range(5)
)
def test_what_is_no_text_is_refused(content: bytes, text: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", text(content)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_no_control_character_reaches_the_terminal(text: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", text("In GMALL \x1b[31mthe 3-year\u202e OS was\x07 78%\u200b.")])
    shown = capsys.readouterr().out
    assert "78%" in shown
    assert not set("\x1b\x07\u202e\u200b") & set(shown)


def test_a_long_page_takes_seconds(text: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = "".join(f"In GMALL the 3-year OS was {n % 100}%. " for n in range(300))
    assert run(["check", text(page)]) == 1
    assert "300 statements" in capsys.readouterr().out
