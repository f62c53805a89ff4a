"""How far a bench has come: a bar on a terminal, a line a finished step elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, TypeVar

T = TypeVar("T")


class Reporter:
    """Names the step under way; the bar is told how many steps are to come as soon as that is known."""

    def __init__(self, begin: Callable[[str], None], end: Callable[[str, float], None]) -> None:
        self._begin, self._end = begin, end
        self.total: Callable[[int], None] = lambda _n: None
        """Adds steps to those to come."""

    def step(self, name: str, do: Callable[[], T]) -> T:
        """What `do` gives; `name` is shown while it runs."""
        self._begin(name)
        started = time.perf_counter()
        result = do()
        self._end(name, time.perf_counter() - started)
        return result


@contextmanager
def reporter(stream: TextIO) -> Iterator[Reporter]:
    """Shows the steps on `stream` while the block runs."""
    if not stream.isatty():
        yield Reporter(
            lambda _name: None, lambda name, s: print(f"{name}: {s:.1f} s", file=stream, flush=True)
        )
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(file=stream)) as bars:
        task, coming = bars.add_task("", total=0), [0]
        found = Reporter(
            lambda name: bars.update(task, description=name), lambda _name, _s: bars.advance(task)
        )

        def add(steps: int) -> None:
            coming[0] += steps
            bars.update(task, total=coming[0])

        found.total = add
        yield found
