"""A checked text for a person: each statement with its verdict in words and colour, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.model import Judged, Verdict, summary
from assistant.terminal import safe, write

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NOT_FOUND: "magenta",
    Verdict.NOT_CHECKABLE: "dim",
}


def write_check(console: Console, judged: Sequence[Judged]) -> None:
    """Write each statement behind its verdict, the reason below, and the number of each verdict."""
    from rich.text import Text

    for one in judged:
        verdict = f"{one.verdict.words:<13}"
        write(console, Text.assemble((verdict, _STYLES[one.verdict]), " ", " ".join(safe(one.text).split())))
        if one.verdict is not Verdict.NOT_CHECKABLE or one.citations:
            write(console, Text(" ".join(safe(one.reason).split()), style="dim"), indent=14)
    counts = ", ".join(f"{n} {v.replace('_', ' ')}" for v, n in summary(judged).items())
    console.print()
    write(console, Text(f"{len(judged)} statement{'s' if len(judged) != 1 else ''}: {counts}."))
