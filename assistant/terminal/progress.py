"""How far a long step has come: a bar on a terminal, a line a step elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from assistant.terminal import terminal

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done and how much there is."""


@contextmanager
def reporter(stream: TextIO) -> Iterator[Progress]:
    """A function that shows progress on ``stream`` while the block runs."""
    console = terminal.console(stream)
    if not stream.isatty():
        yield _lines(stream)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(terminal.safe(step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield advance


def _lines(stream: TextIO) -> Progress:
    ended: set[str] = set()

    def line(step: str, done: int, total: int) -> None:
        if done >= total and step not in ended:
            ended.add(step)
            print(f"{terminal.safe(step)}: {done} of {total}", file=stream, flush=True)

    return line
