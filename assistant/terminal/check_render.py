"""A checked text for a person: each statement with its verdict in words and colour, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.model import Judged, Verdict, summary
from assistant.terminal.terminal import safe, write

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NOT_FOUND: "magenta",
    Verdict.NOT_CHECKABLE: "dim",
}


_INDENT = 15
"""Columns that the longest verdict takes, with the space behind it."""


def _write_statement(console: Console, one: Judged) -> None:
    """The verdict in the first column, the statement beside it."""
    from rich.text import Text

    text = Text(" ".join(safe(one.text).split()))
    lines = text.wrap(console, max(10, console.width - _INDENT))
    for number, line in enumerate(lines):
        line.rstrip()
        verdict = one.verdict.words if number == 0 else ""
        console.print(Text.assemble((f"{verdict:<{_INDENT}}", _STYLES[one.verdict]), line), soft_wrap=True)


def write_check(console: Console, judged: Sequence[Judged]) -> None:
    """Write each statement behind its verdict, the reason below, and the number of each verdict."""
    from rich.text import Text

    for one in judged:
        _write_statement(console, one)
        if one.verdict is not Verdict.NOT_CHECKABLE or one.citations:
            write(console, Text(" ".join(safe(one.reason).split()), style="dim"), indent=_INDENT)
    counts = ", ".join(f"{n} {v.replace('_', ' ')}" for v, n in summary(judged).items())
    console.print()
    write(console, Text(f"{len(judged)} statement{'s' if len(judged) != 1 else ''}: {counts}."))
