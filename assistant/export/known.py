"""The formats there are: those of this package, and those a lab adds through an entry point."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from assistant.export.document import Document
from assistant.export.dokuwiki import DokuWiki
from assistant.export.markdown import GithubWiki, Markdown
from assistant.export.mediawiki import MediaWiki
from assistant.export.plain import Plain
from assistant.export.web import Confluence, Html
from assistant.model import AssistantError

GROUP = "review_assistant.formats"
"""Entry point group: each entry is a class without arguments whose instances are formats."""


@runtime_checkable
class Format(Protocol):
    """One markup."""

    @property
    def name(self) -> str:
        """As ``--format`` takes it: small letters, digits and hyphens."""

    @property
    def title(self) -> str:
        """As a button shows it."""

    def render(self, document: Document) -> str:
        """The document; parts parted by blank lines, the title first. No text of it may act as markup."""

    def words(self, markup: str) -> str:
        """What ``render`` made, without markup and notes: title, statements, rows of tables, provenance."""


BUILT_IN: Mapping[str, Format] = {
    made.name: made
    for made in (Markdown(), GithubWiki(), MediaWiki(), DokuWiki(), Confluence(), Html(), Plain())
}


def formats() -> dict[str, Format]:
    """Every format by name; one of an entry point stands in for a built-in one of its name.

    Raises:
        AssistantError: an entry point gives no format.
    """
    found = dict(BUILT_IN)
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            made = entry.load()()
        except Exception as error:  # noqa: BLE001 - whatever somebody else's module raises
            raise _broken(entry.value, f"{type(error).__name__}: {error}") from None
        if not isinstance(made, Format):
            raise _broken(entry.value, "it has not name, title, render and words")
        found[made.name] = made
    return found


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        AssistantError: there is none, or an entry point is broken.
    """
    known = formats()
    if name not in known:
        raise AssistantError(f"There is no format {name}.", f"Choose one of: {', '.join(known)}.")
    return known[name]


def _broken(place: str, reason: str) -> AssistantError:
    return AssistantError(
        f"The format of {place} cannot be used: {reason}.", "Mend or uninstall its package."
    )
