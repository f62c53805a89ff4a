"""An answer as a person sees it."""

from __future__ import annotations

from io import StringIO

import fake_engine
import pytest
from command_line import Screen

from assistant.cli import cli
from assistant.terminal import terminal

ANSWER = """\
Turn 1: the 2-year OS was 61% [Study S-1].
! The table and the text differ. (Study S-1 [7], Table 1, Outcome; Study S-1 [7], Results, sentence 2)

Sources
  Study S-1 [7], Table 1, Outcome
    2-year OS: 61%
  Study S-1 [7], Results, sentence 2
    At 2 years, 61%.
"""


def test_an_answer_stands_before_its_sources(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["ask", "What was the OS?"])
    captured = capsys.readouterr()
    assert captured.out == ANSWER
    assert captured.err == "The index is built.\n"


def test_a_declined_answer_stands_alone(fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["ask", "decline this"])
    assert capsys.readouterr().out == "Study S-1 gives no 5-year OS.\n"


def test_lines_are_wrapped_to_the_width_and_whole_in_a_pipe(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.setenv("COLUMNS", "32")
    cli.run(["ask", "What was the OS?"])
    wrapped = capsys.readouterr().out
    assert max(map(len, wrapped.splitlines())) <= 32
    assert wrapped.split() == ANSWER.split()
    assert not any(line.endswith(" ") for line in wrapped.splitlines())


@pytest.mark.parametrize(
    ("stream", "variables", "styled"),
    [
        (Screen, {"TERM": "xterm-256color"}, True),
        (Screen, {"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        (Screen, {"TERM": "dumb"}, False),
        (StringIO, {"TERM": "xterm-256color", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(
    monkeypatch: pytest.MonkeyPatch, stream: type[StringIO], variables: dict[str, str], styled: bool
) -> None:
    from assistant.terminal.render import write_answer

    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    screen = stream()
    write_answer(terminal.console(screen), fake_engine.Engine().ask(["What?"]))
    assert ("\x1b[" in screen.getvalue()) is styled
