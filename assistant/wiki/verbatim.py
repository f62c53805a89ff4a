"""What a page shows as it is: code, and text that is not read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """How such text begins and ends in one kind of page.

    It is looked for once from the first character to the last: pages are written by strangers, and one of
    ten thousand beginnings without an end must not take hours.
    """

    opening: re.Pattern[str]
    """Where group ``tag`` took part, text goes on to the end of that tag; else the match is all of it."""
    closings: Mapping[str, re.Pattern[str]]
    """By the beginning of the tag in small letters: ``<pre``."""
    hiding: str = "\0"
    """Begins what is no such text, but within which none begins."""

    def spans(self, text: str) -> Iterator[Span]:
        """Where it is, in order; a beginning without its end is none."""
        at = 0
        endless: set[str] = set()
        while opened := self.opening.search(text, at):
            at = opened.end()
            tag = _KEY.sub(r"\1", opened["tag"] or "").lower()
            if tag in endless:
                continue
            if tag:
                closed = self.closings[tag].search(text, at)
                if closed is None:
                    endless.add(tag)
                    continue
                at = closed.end()
            if not opened[0].startswith(self.hiding):
                yield opened.start(), at


_KEY = re.compile(r"(<!--|<!\[CDATA\[|<\w+).*", re.DOTALL)
_FENCE = r"(?:(?P<ticks>`{3,})[^`\n]*|(?P<tildes>~{3,})[^\n]*)"
_SAME = r" {0,3}(?(ticks)(?P=ticks)`*|(?P=tildes)~*)[ \t]*\r?$"
_RAW = "(?:pre|script|style|textarea)"


def _closing(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}\s*>", re.IGNORECASE)


def _tags(*names: str) -> str:
    return rf"<(?:{'|'.join(names)})\b[^<>]*(?<!/)>"


_FENCED = rf"{_FENCE}(?:\n(?!{_SAME})[^\n]*)*(?:\n{_SAME})?"
_RAWLY = rf"(?i:<{_RAW}(?=[\s>])(?s:.*?)(?:</{_RAW}>|\Z))"

MARKDOWN = Verbatim(re.compile(rf"^ {{0,3}}(?:{_FENCED}|{_RAWLY})(?P<tag>(?!))?", re.MULTILINE), {})
"""Fences, and HTML that CommonMark takes as it is; without an end both go on to that of the page."""
_WIKITEXT = ("nowiki", "pre", "syntaxhighlight", "source")
MEDIAWIKI = Verbatim(
    re.compile(rf"(?P<tag><!--|{_tags(*_WIKITEXT)})", re.IGNORECASE),
    {f"<{tag}": _closing(tag) for tag in _WIKITEXT} | {"<!--": re.compile("-->")},
    hiding="<!--",
)
"""A question is in a comment, where no tag begins anything."""
_DOKU = ("nowiki", "code", "file")
_SHOWN_LINE = r"^(?: {2}|\t)[ \t]*(?![ \t*-])[^\n]*"
DOKUWIKI = Verbatim(
    re.compile(rf"%%[^\n]*?%%|{_SHOWN_LINE}|(?P<tag>{_tags(*_DOKU)})", re.MULTILINE),
    {f"<{tag}": _closing(tag) for tag in _DOKU},
    hiding="%%",
)
"""Its percent signs may stand around a marker; an indented line that is no item of a list is code."""
CONFLUENCE = Verbatim(re.compile(r"(?P<tag><!\[CDATA\[)"), {"<![cdata[": re.compile(r"\]\]>")})
_BLANK_LINES = re.compile(r"(\n[ \t]*\r?\n)")
_INDENTED = re.compile(r"(?: {4}|\t)")
_TICKS = re.compile(r"`+")
_PERCENT = re.compile(r"%%[^\n]*?%%")


def markdown_inline(text: str) -> Iterator[Span]:
    """Paragraphs that are indented as code is, and code between equally long runs of backticks in a paragraph."""
    at = 0
    for part in _BLANK_LINES.split(text):
        if _INDENTED.match(part):
            yield at, at + len(part)
        elif "`" in part:
            yield from ((at + start, at + end) for start, end in _ticked(part))
        at += len(part)


def _ticked(part: str) -> Iterator[Span]:
    runs = [match.span() for match in _TICKS.finditer(part)]
    waiting: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        waiting.setdefault(end - start, []).append(
            end
        )  # from the last to the first: the next one is at the end
    at = 0
    for start, end in runs:
        closings = waiting[end - start]
        closings.pop()
        if start >= at and closings:
            yield start, closings[-1]
            at = closings[-1]


def dokuwiki_inline(text: str) -> Iterator[Span]:
    """What stands between two percent signs."""
    return (match.span() for match in _PERCENT.finditer(text))
