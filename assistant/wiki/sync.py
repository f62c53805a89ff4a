"""Goes through the pages of a target: reads, refreshes, writes, and tells of each block."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.model import AssistantError
from assistant.wiki.refresh import LEFT_ALONE, Ask, Refreshed, Report, Status, refreshed
from assistant.wiki.target import ConflictError, GoneError, Page, Target

_TRIES = 5
_MOST_GONE = 2
"""After so many pages in a row without an answer, nothing is asked any more."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told."""

    write: bool = True
    """False for ``--check`` and ``--dry-run``."""
    force: bool = False
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a page."""

    name: str
    reports: tuple[Report, ...]
    diff: str = ""
    """What was, or would be, changed."""
    failure: str = ""
    """Why the page could not be read or written; it is then as it was."""

    @property
    def holds(self) -> bool:
        """Whether every block stands and nothing had, or has, to be written."""
        return not self.failure and all(r.status is Status.UNCHANGED for r in self.reports)

    @property
    def settled(self) -> bool:
        """Whether nothing is left for a person to see to."""
        return not self.failure and not any(r.status in LEFT_ALONE for r in self.reports)


def synced(target: Target, ask: Ask, options: Options, progress: Progress) -> Iterator[Done]:
    """Each page that has blocks, or could not be read or written, as soon as it is done.

    Raises:
        AssistantError: nothing can be done at all.
    """
    names = list(target.names())
    n_gone = 0
    for number, name in enumerate(names, 1):
        if n_gone >= _MOST_GONE:
            yield Done(name, (), failure="It was not reached: the wiki no longer answers.")
            continue
        try:
            done = _page(target, name, ask, options, progress)
            n_gone = 0
        except AssistantError as error:
            n_gone = n_gone + 1 if isinstance(error, GoneError) else 0
            done = Done(name, (), failure=f"{error.message} {error.remedy}".rstrip())
        if done.reports or done.failure:
            yield done
        progress("Pages", number, len(names))


def _page(target: Target, name: str, ask: Ask, options: Options, progress: Progress) -> Done:
    for left in reversed(range(_TRIES)):
        page = target.read(name)
        found = _refreshed(page, target, ask, options, progress)
        if found.text == page.text:
            return Done(name, found.reports)
        if not options.write:
            break
        try:
            target.write(page, found.text, found.summary)
            break
        except ConflictError:
            if not left:
                raise
    return Done(name, found.reports, _diff(name, page.text, found.text))


def _refreshed(page: Page, target: Target, ask: Ask, options: Options, progress: Progress) -> Refreshed:
    def told(done: int, total: int) -> None:
        if total > 1:
            progress(f"Blocks of {page.name}", done, total)

    return refreshed(page.text, target.syntax, ask, form=options.form, force=options.force, told=told)


def _diff(name: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(_lines(old), _lines(new), name, name, lineterm="")
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def counted(pages: Iterable[Done]) -> dict[Status, int]:
    """How many blocks have each status."""
    counts = dict.fromkeys(Status, 0)
    for page in pages:
        for report in page.reports:
            counts[report.status] += 1
    return {status: n for status, n in counts.items() if n}
