"""How the pages of each kind of wiki hold blocks: their markers, and what is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assistant.wiki import verbatim
from assistant.wiki.verbatim import Span, Verbatim, dokuwiki_inline, markdown_inline

_STATE = r"(?P<state>[ \t]+\d{4}-\d\d-\d\d (?:answered|declined) [0-9a-f]{12}(?:-[0-9a-f]{12}){3})?"
_LINE = re.compile(
    r"^(?P<marker>\ufeff?[ ]{0,3}(?:%%)?<!--[ \t]*"
    rf"(?:(?P<kind>ask|page):(?P<question>(?:(?!-->)[^\r\n])*)|(?P<end>end){_STATE}[ \t]*)"
    r"-->(?:%%)?)[ \t]*(?=\r?$)",
    re.MULTILINE,
)
"""A marker has a line of its own. DokuWiki's signs for text that is not read may stand around it."""
_ANCHOR = r'<ac:structured-macro\b[^<>]{0,500}?\bac:name="anchor"[^<>]{0,500}>\s*'
_OTHERS = r'(?:<ac:parameter ac:name="[^"<>]{1,80}">[^<>]{0,200}</ac:parameter>\s*){0,3}'
_STORAGE = re.compile(
    rf'(?P<marker>(?:<p\b[^<>]*>\s*)?(?:<!--|{_ANCHOR}{_OTHERS}<ac:parameter ac:name="">)\s*'
    rf"(?:(?P<kind>ask|page):(?P<question>(?:(?!-->)[^<\r\n])*+)|(?P<end>end){_STATE})"
    rf"\s*+(?:-->|</ac:parameter>\s*{_OTHERS}</ac:structured-macro>)(?:\s*</p>)?)"
)
"""Confluence's editor drops comments, so that the name of an anchor may be the marker."""
_STRAY = re.compile(
    r"(?<!\\)<!--[ \t]*(?:(?:ask|page):(?P<question>(?:(?!-->)[^\r\n])*)|end[ \t]*(?:\d{4}-\d\d-\d\d [^\r\n>]{0,80})?-->)"
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """One kind of page."""

    name: str
    formats: tuple[str, ...]
    """Of an answer in it; the first one unless the block says otherwise. A lab's own may be used too."""
    verbatim: Verbatim
    """What a reader sees as it is."""
    marker: re.Pattern[str] = _LINE
    """Groups ``marker``; ``kind`` and ``question`` of a beginning; ``end`` and ``state`` of an end."""
    entities: bool = False
    """Whether a question holds entities."""
    endings: tuple[str, ...] = ()
    """Of the names of files."""
    written: str = "<!-- {} -->\n"
    """A marker as this program writes it."""
    inline: Callable[[str], Iterable[Span]] = lambda text: ()
    """What a reader sees as it is within a line, in order; it hides no marker that has a line of its own."""
    stray: re.Pattern[str] = _STRAY
    """What was meant as a marker, wherever it stands; group ``question``."""


_WRITTEN = (
    Syntax(
        "markdown",
        ("markdown", "github-wiki", "html"),
        verbatim.MARKDOWN,
        endings=(".md", ".markdown"),
        inline=markdown_inline,
    ),
    Syntax("mediawiki", ("mediawiki",), verbatim.MEDIAWIKI, endings=(".wiki", ".mediawiki")),
    Syntax(
        "dokuwiki",
        ("dokuwiki",),
        verbatim.DOKUWIKI,
        endings=(".txt",),
        written="%%<!-- {} -->%%\n",
        inline=dokuwiki_inline,
    ),
    Syntax(
        "confluence",
        ("confluence",),
        verbatim.CONFLUENCE,
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
