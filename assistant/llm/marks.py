"""A draft as plain text: markup and hidden characters gone, citations told apart from words."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from assistant.corpus.corpus import Review
from assistant.terminal.terminal import safe
from assistant.text.text import fold

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)?")
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*>?")
_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]*:/+|\bwww\.|\b(?:javascript|data|mailto):)\S*", re.IGNORECASE)
_SIGNS = re.compile(
    r"\*+|`+|(?<!\w)_+|_+(?!\w)|~~+|^\s*(?:#{1,6}|>+|[-•+]|\d{1,2}[.)](?=\s))\s+", re.MULTILINE
)
_MARK = re.compile(r"\s*[\[(](?P<inside>[^\[\]()]{1,120})[\])]")
_SEPARATOR = re.compile(r"\s*(?:[,;]|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its citations, and what it cites."""

    text: str
    studies: tuple[str, ...]
    """Ids, each once, in order; "" for the review itself."""
    unknown: tuple[str, ...] = ()
    """What stands like a citation and is none."""


def plain_text(draft: str) -> str:
    """``draft`` without thoughts, tags, links, images, addresses, emphasis and hidden characters.

    A link keeps its words, everything else goes with what it holds. Letters of other scripts that look
    like Latin ones stay, and no known word has them.
    """
    text = unicodedata.normalize("NFC", safe(html.unescape(_THOUGHTS.sub(" ", draft))))
    for pattern, left in ((_IMAGE, " "), (_LINK, r"\1"), (_TAG, " "), (_ADDRESS, " "), (_SIGNS, "")):
        text = pattern.sub(left, text)
    return text


class MarkReader:
    """Reads citations such as ``[Study 12]`` or ``(Study 12) [4]``.

    Args:
        review: the review whose studies are cited.
    """

    def __init__(self, review: Review) -> None:
        self._labels = {fold(s.label).lower(): s.id for s in review.studies}
        self._labels |= {fold(f"{s.label} ({s.name})").lower(): s.id for s in review.studies if s.name}
        self._noun = fold(review.raw.study_label).lower()
        self._labels |= {"review": "", "abbreviations": ""}

    def read(self, sentence: str) -> Marked:
        """The sentence as one line, its citations taken out."""
        studies: dict[str, None] = {}
        unknown: list[str] = []

        def taken(match: re.Match[str]) -> str:
            cited = self._studies(fold(match["inside"]))
            if cited is None:
                square = match[0].lstrip().startswith("[")
                unknown.extend([match["inside"]] if square else ())
                return "" if square else match[0]
            studies.update(dict.fromkeys(cited))
            return ""

        text = _MARK.sub(taken, sentence)
        text = re.sub(r"\s+([.,;:?!])", r"\1", " ".join(text.split()))
        text = re.sub(r"(?<=[.?!])[.\s]+$", "", text).strip()
        return Marked(text, tuple(studies), tuple(unknown))

    def _studies(self, inside: str) -> list[str] | None:
        """The studies that stand between two brackets; None where something else does too."""
        found = []
        for part in filter(None, _SEPARATOR.split(inside.strip().lower())):
            name = part if part in self._labels else f"{self._noun} {part}"
            if name not in self._labels:
                return None
            found.append(self._labels[name])
        return found or None
