"""The commands: what they take, how they exit, what they print beside answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ROOT, WITH_FAKE, Screen, assert_clean, process

import assistant
from assistant.cli import cli
from assistant.contract import QUESTION_CHARS

# -- start-up ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_start_up_imports_nothing_heavy(argument: str) -> None:
    heavy = {"torch", "gradio", "llama_index", "chromadb", "pydantic_settings", "numpy", "onnxruntime"}
    code = (
        "import sys\nfrom assistant.cli.cli import run\n"
        f"code = run([{argument!r}])\n"
        f"print(code, sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"assistant {assistant.__version__}\n"


# -- exit codes and errors --------------------------------------------------------------------------


def test_exit_codes(fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ask", "What was the OS?"]) == 0
    assert cli.run(["ask", "decline this"]) == 3
    assert cli.run(["ask", "refuse this"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], None),
        (["ask"], "no question"),
        (["ask", ""], "empty"),
        (["ask", " \n\t "], "empty"),
        (["ask", "?!…"], "no words"),
        (["ask", "x" * (QUESTION_CHARS + 1)], "20,001 characters"),
        (["ask", "a \x1b[31mred question"], "U+001B"),
        (["ask", "a\x00b"], "U+0000"),
        (["ask", "a\x9bb"], "U+009B"),
        (["ask", "caf\udce9"], "not valid UTF-8"),
        (["ask", "one", "two"], "two"),
        (["ask", "q", "--batch", "-"], "--batch"),
        (["ask", "--batch", "/no/such/file"], "No such file"),
        (["ask", "--batch", "/"], "directory"),
        (["ask", "q", "--review", "nope"], "made-up"),
        (["ask", "--nonsense"], "--nonsense"),
        (["ask", "--\x1b[31m\u202e"], "No such option"),
        (["what"], "what"),
        (["show"], "STUDY"),
        (["show", "S-9"], "S-1, S-2"),
        (["ask", "refuse this"], "Ask otherwise."),
    ],
)
def test_wrong_use_is_told_in_two_lines_without_a_traceback(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str | None
) -> None:
    assert cli.run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert_clean(captured.err)
    if words is not None:
        lines = [line for line in captured.err.splitlines() if not line.startswith("The index is built")]
        assert [line.split(":")[0] for line in lines] == ["error", "remedy"]
        assert words in captured.err


def test_invalid_utf8_on_the_real_command_line() -> None:
    done = process("ask", b"caf\xe9 au lait?")
    assert done.returncode == 2
    assert b"not valid UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr


def test_output_that_cannot_be_encoded_in_the_locale_does_not_stop_the_answer() -> None:
    environment = dict(
        os.environ, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    done = process("ask", "--json", "Überleben – 总生存期?", env=environment)
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "answered"


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", WITH_FAKE, "ask", "What?"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    items = "".join(json.dumps({"turns": [f"question {n}"]}) + "\n" for n in range(3000))
    command = f"{sys.executable} -c {json.dumps(WITH_FAKE)} ask --batch - | head -n 1"
    done = subprocess.run(["bash", "-c", command], input=items.encode(), capture_output=True, check=False)
    assert json.loads(done.stdout)["status"] == "answered"
    assert done.stderr.decode().splitlines() == ["The index is built."]


def test_interrupt_is_quiet() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", WITH_FAKE, "ask", "--batch", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdin is not None
    assert running.stderr is not None
    assert running.stderr.readline() == b"The index is built.\n"
    running.send_signal(2)
    out, error = running.communicate(timeout=20)
    assert (running.returncode, out, error) == (130, b"", b"")


# -- studies, show, index ---------------------------------------------------------------------------


def test_studies_lists_each_with_its_main_facts(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["studies"]) == 0
    out = capsys.readouterr().out
    assert "A made-up review (made-up)" in out
    row = next(line for line in out.splitlines() if line.startswith("Study S-1"))
    assert re.split(r" {2,}", row.rstrip()) == [
        "Study S-1",
        "Ada et al. [7]",
        "40 patients; CRS grade ≥ 3 after cycle 1 7.5%; 2-year OS 61%",
    ]
    assert "Study S-2" in out


@pytest.mark.parametrize("name", ["S-1", "s-1", "Study S-1", "study  s-1"])
def test_show_prints_all_that_is_said_of_a_study_with_its_places(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli.run(["show", name, "--review", "made-up"]) == 0
    assert capsys.readouterr().out == (
        "Study S-1 Ada et al. [7]\nA made-up review\n\n"
        "Results, paragraph 1\n  At 2 years, 61% lived.\n\n"
        "Table 1\n  Outcome: 2-year OS: 61%\n\n"
        "References\n  Ada B. A title.\n"
    )


def test_index_tells_its_progress_in_lines_where_there_is_no_terminal(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["index"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "Embedding: 3 of 3\n"
    assert captured.out == "The index is whole; --force builds it again.\n"
    assert cli.run(["index", "--force"]) == 0
    assert capsys.readouterr().out == "The index is built.\n"


def test_index_shows_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.terminal.progress import reporter

    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    with reporter(screen) as progress:
        progress("Embedding", 0, 4)
        progress("Embedding", 4, 4)
    assert "━" in screen.getvalue()
    assert "4/4" in screen.getvalue()
