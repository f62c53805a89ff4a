"""The target that a word of the command line names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.model import AssistantError
from assistant.wiki.dokuwiki import DokuWiki
from assistant.wiki.folder import Files
from assistant.wiki.login import Login
from assistant.wiki.mediawiki import MediaWiki
from assistant.wiki.syntax import SYNTAXES
from assistant.wiki.target import Target

_WIKI = re.compile(r"(mediawiki|dokuwiki)\+(https?://[^\s@?#]+)")


def open_target(
    name: str, syntax: str | None, pages: Sequence[str], login: Callable[[], Login] = Login
) -> Target:
    """The target.

    Args:
        name: a file, a folder, or a wiki: ``mediawiki+https://wiki.lab.example/w/``.
        syntax: of files; None for Markdown, or what the ending of the file's name says.
        pages: the only ones wanted; none for all.
        login: gives who edits a wiki.

    Raises:
        AssistantError: there is no such kind of page, or the wiki does not let in.
    """
    if match := _WIKI.fullmatch(name):
        if syntax is not None:
            raise AssistantError("The pages of a wiki have its own syntax.", "Leave --syntax out.")
        wiki = MediaWiki if match[1] == "mediawiki" else DokuWiki
        return wiki(match[2], login(), pages)
    if "://" in name:
        raise AssistantError(
            "The address of a wiki cannot be read.",  # not quoted: somebody may have put a password there
            "It looks like mediawiki+https://wiki.lab.example/w/ or dokuwiki+https://wiki.lab.example/",
        )
    if syntax is not None and syntax not in SYNTAXES:
        raise AssistantError(f"There is no syntax {syntax}.", f"Choose one of: {', '.join(SYNTAXES)}.")
    if pages:
        raise AssistantError("Files have no pages to choose from.", "Name the file itself.")
    path = Path(name)
    told = [s for s in SYNTAXES.values() if path.is_file() and name.lower().endswith(s.endings)]
    return Files(path, SYNTAXES[syntax] if syntax else (told or [SYNTAXES["markdown"]])[0])
