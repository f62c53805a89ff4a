"""Markup of a text blanked out, character for character, so that offsets stay those of the text."""

from __future__ import annotations

import html
import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DROPPED = re.compile(
    r"<(script|style|head|nowiki|math|pre|code)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_FENCED = re.compile(r"^(```|~~~).*?^\1[^\S\n]*$", re.DOTALL | re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_REF = re.compile(r"<ref\b[^<>/]*>(.*?)</ref\s*>", re.DOTALL | re.IGNORECASE)
_REF_USED = re.compile(r"<ref\b[^<>]*/>", re.IGNORECASE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_ROW = re.compile(r"<tr\b.*?</tr\s*>\s*", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}", re.DOTALL)
_FILE = re.compile(r"\[\[(?:File|Image|Category|Datei|Bild):[^\[\]]*\]\]", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[(?:([^\[\]|]*)\|)?([^\[\]|]*)\]\]")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_WEB_LINK = re.compile(r"\[https?://\S+\s([^\[\]]*)\]")
_URL = re.compile(r"\bhttps?://[^\s<>\])]+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_QUOTES = re.compile(r"'{2,5}")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.DOTALL)
_BLOCKS = frozenset(
    "p div section article blockquote ul ol dl dt dd tbody thead figure figcaption main header".split()
)
_MASK = re.compile(r"[^\n]")
PAD = "\x00"
"""Stands for each character of markup, and is left out of what is read."""


def _blank(text: str) -> str:
    return _MASK.sub(PAD, text)


def _fit(shown: str, length: int) -> str:
    """``shown`` filled up to ``length``; cut where it is longer."""
    return shown[:length].ljust(length, PAD)


def strip_control(text: str) -> str:
    """``text`` with a pad for each invisible character, so that none can hide or split a word."""
    return _INVISIBLE.sub(PAD, text)


def masked(text: str, label: str) -> str:
    """``text`` as plain lines of the same length: markup blanked, HTML headings, items and rows as Markdown's.

    Args:
        text: the text as given.
        label: regular expression of a study's mark, which stays visible inside a reference.
    """
    text = strip_control(text).replace("\r\n", " \n").replace("\r", "\n")
    for pattern in (_COMMENT, _DROPPED, _FENCED, _FRONT, _REF_USED, _FILE):
        text = pattern.sub(lambda m: _blank(m[0]), text)
    text = _REF.sub(lambda m: _cited(m[0], label), text)
    text = _TEMPLATE.sub(lambda m: _cited(m[0], label), text)
    text = _ROW.sub(lambda m: m[0].replace("\n", " "), text)
    text = _TAG.sub(_tag, text)
    text = _ENTITY.sub(lambda m: _fit(html.unescape(m[0]), len(m[0])), text)
    text = _WIKI_LINK.sub(lambda m: _shown(m, 2), text)
    text = _LINK.sub(lambda m: _blank(m[0]) if m[1] else _shown(m, 2), text)
    text = _WEB_LINK.sub(lambda m: _shown(m, 1), text)
    for pattern in (_URL, _FOOTNOTE, _QUOTES):
        text = pattern.sub(lambda m: _blank(m[0]), text)
    for _ in range(2):
        text = _STRONG.sub(lambda m: _blank(m[1]) + m[2] + _blank(m[1]), text)
    return text


def _shown(match: re.Match[str], group: int) -> str:
    """The match with only one of its groups visible."""
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return _blank(match[0][:start]) + match[0][start:end] + _blank(match[0][end:])


def _cited(reference: str, label: str) -> str:
    """A reference with only the study's mark left, in square brackets."""
    mark = re.search(label, reference)
    if not mark or not mark.start() or mark.end() >= len(reference):
        return _blank(reference)
    before, after = _blank(reference[: mark.start() - 1]), _blank(reference[mark.end() + 1 :])
    return f"{before}[{mark[0]}]{after}"


def _tag(match: re.Match[str]) -> str:
    """What stands for a tag: line breaks for blocks, a hash for headings, bars for cells."""
    tag, name = match[0], match[1].lower()
    closing, length = tag.startswith("</"), len(match[0])
    if re.fullmatch(r"h[1-6]", name):
        return _fit("\n\n" if closing else "\n\n# ", length)
    if name == "li":
        return _fit("\n" if closing else "\n* ", length)
    if name in {"td", "th"}:
        return _fit("|" if closing else "", length)
    if name == "tr":
        return _fit("" if closing else "\n|", length)
    if name in {"table", "caption"}:
        return _fit("\n\n", length)
    if name in _BLOCKS:
        return _fit("\n\n", length)
    if name in {"br", "hr"}:
        return _fit("\n\n", length)
    return _fit("", length)
