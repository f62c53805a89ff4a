"""How the pages of each kind of wiki hold blocks: their markers, and what is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STATE = r"(?P<state>[ \t]+\d{4}-\d\d-\d\d (?:answered|declined) [0-9a-f]{12}(?:-[0-9a-f]{12}){3})?"
_LINE = re.compile(
    r"^(?P<marker>\ufeff?[ ]{0,3}(?:%%)?<!--[ \t]*"
    rf"(?:(?P<kind>ask|page):(?P<question>(?:(?!-->)[^\r\n])*)|(?P<end>end){_STATE}[ \t]*)"
    r"-->(?:%%)?)[ \t]*(?=\r?$)",
    re.MULTILINE,
)
"""A marker has a line of its own. DokuWiki's signs for text that is not read may stand around it."""
_STORAGE = re.compile(
    r"(?P<marker>(?:<p\b[^>]*>\s*)?"
    r'(?:<!--|<ac:structured-macro\b[^>]*\bac:name="anchor"[^>]*>\s*<ac:parameter ac:name="">)\s*'
    rf"(?:(?P<kind>ask|page):(?P<question>[^<\r\n]*?)|(?P<end>end){_STATE})"
    r"\s*(?:-->|</ac:parameter>\s*</ac:structured-macro>)(?:\s*</p>)?)"
)
"""Confluence's editor drops comments, so that the name of an anchor may be the marker."""
_FENCE = r"(?:(?P<ticks>`{3,})[^`\n]*|(?P<tildes>~{3,})[^\n]*)"
_SAME = r" {0,3}(?(ticks)(?P=ticks)`*|(?P=tildes)~*)[ \t]*\r?$"


def _tags(names: str) -> str:
    return rf"(?P<shown><(?P<tag>{names})\b[^>]*(?<!/)>.*?</(?P=tag)\s*>)"


@dataclass(frozen=True, slots=True)
class Syntax:
    """One kind of page."""

    name: str
    formats: tuple[str, ...]
    """Of an answer in it; the first one unless the block says otherwise. A lab's own may be used too."""
    verbatim: re.Pattern[str]
    """Group ``shown``: what a reader sees as it is. Matches without it are stepped over."""
    marker: re.Pattern[str] = _LINE
    """Groups ``marker``; ``kind`` and ``question`` of a beginning; ``end`` and ``state`` of an end."""
    entities: bool = False
    """Whether a question holds entities."""
    endings: tuple[str, ...] = ()
    """Of the names of files."""
    written: str = "<!-- {} -->\n"
    """A marker as this program writes it."""


_WRITTEN = (
    Syntax(
        "markdown",
        ("markdown", "github-wiki", "html"),
        re.compile(rf"^(?P<shown> {{0,3}}{_FENCE}(?:\n(?!{_SAME})[^\n]*)*(?:\n{_SAME})?)", re.MULTILINE),
        endings=(".md", ".markdown"),
    ),
    Syntax(
        "mediawiki",
        ("mediawiki",),
        re.compile(_tags("nowiki|pre|syntaxhighlight|source"), re.DOTALL | re.IGNORECASE),
        endings=(".wiki", ".mediawiki"),
    ),
    Syntax(
        "dokuwiki",
        ("dokuwiki",),
        re.compile(r"%%[^\n]*?%%|" + _tags("nowiki|code|file"), re.DOTALL),
        endings=(".txt",),
        written="%%<!-- {} -->%%\n",
    ),
    Syntax(
        "confluence",
        ("confluence",),
        re.compile(r"(?P<shown><!\[CDATA\[.*?\]\]>)", re.DOTALL),
        _STORAGE,
        True,
        endings=(".xml", ".xhtml"),
        written='<p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">{}</ac:parameter>'
        "</ac:structured-macro></p>\n",
    ),
)


def syntax_of(form: str) -> Syntax | None:
    """The kind of page that a format belongs into; None for none."""
    return next((syntax for syntax in _WRITTEN if form in syntax.formats), None)


SYNTAXES: Mapping[str, Syntax] = {syntax.name: syntax for syntax in _WRITTEN}
