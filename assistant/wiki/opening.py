"""The target that a word of the command line names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.model import AssistantError
from assistant.wiki.folder import Files
from assistant.wiki.syntax import SYNTAXES
from assistant.wiki.target import Target


def open_target(name: str, syntax: str | None, pages: Sequence[str]) -> Target:
    """The target.

    Args:
        name: a file or a folder.
        syntax: of files; None for Markdown, or what the ending of the file's name says.
        pages: the only ones wanted; none for all.

    Raises:
        AssistantError: there is no such kind of page.
    """
    if syntax is not None and syntax not in SYNTAXES:
        raise AssistantError(f"There is no syntax {syntax}.", f"Choose one of: {', '.join(SYNTAXES)}.")
    if pages:
        raise AssistantError("Files have no pages to choose from.", "Name the file itself.")
    path = Path(name)
    told = [s for s in SYNTAXES.values() if path.is_file() and name.lower().endswith(s.endings)]
    return Files(path, SYNTAXES[syntax] if syntax else (told or [SYNTAXES["markdown"]])[0])
