"""What reports shorten, written out for the reader of facts: ``12.5 v 9.8 months in 40 pts``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.text.text import WORD_NUMBER

_IN_ORDER = re.compile(r"\bin (?:that|this|the same) order\b", re.IGNORECASE)
_CONCLUSION = re.compile(
    r"(?<=respectively)(?P<aside>\s*\([^()]*\))?(?P<end>,?\s+(?:so\s+that|so|thus|meaning|indicating|suggesting|implying|showing|which\s+(?:means?|shows?|"
    r"suggests?|indicates?))\b(?:(?!\d)[^.;])*\.?\s*$)",
    re.IGNORECASE,
)
"""``… in A and B, respectively, so that neither C nor D helped``: what is concluded, without a figure."""
_COUNTS = re.compile(rf"\b(?:{WORD_NUMBER})\b", re.IGNORECASE)
_SHORT = re.compile(
    r"(?P<emphasis>\*+(?=[^\s*][^*]*\*)|(?<=[^\s*])\*+)|"
    r"(?P<versus>(?<=[\w)%\]]) v\.? (?=[\w(\[<>~=\u2264\u2265.]))|(?P<patients>\b[Pp]ts\b(?!\.\w))"
)


def spelled_out(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with its short forms written out, and where each of them ends there with how far that moved the rest."""
    text = _IN_ORDER.sub(lambda m: "respectively".ljust(len(m[0])), text)
    if (
        "respectively" in text and (end := _CONCLUSION.search(text)) and not _COUNTS.search(end["end"])
    ):  # whom it names had none of the figures
        text = text[: end.start("end")] + "." + " " * (len(text) - end.start("end") - 1)
    moved: list[tuple[int, int]] = []
    parts: list[str] = []
    at = by = 0
    for match in _SHORT.finditer(text):
        whole = "" if match["emphasis"] else " vs " if match["versus"] else "patients"
        parts += [text[at : match.start()], whole]
        by += len(whole) - len(match[0])
        at = match.end()
        moved.append((at + by, by))
    return "".join((*parts, text[at:])), moved


_EMPHASIS = re.compile(r"\*+(?=[^\s*][^*]*\*)|(?<=[^\s*])\*+")


def unemphasised(text: str) -> str:
    """``text`` without the signs of italics and bold, as ``the *ABC1* mutation``."""
    return _EMPHASIS.sub("", text) if "*" in text else text


def in_place(fact: Fact, moved: list[tuple[int, int]]) -> Fact:
    """A fact with its place in the text as it was."""

    def back(position: int) -> int:
        return position - next((by for at, by in reversed(moved) if position >= at), 0)

    return replace(fact, start=back(fact.start), end=back(fact.end)) if moved else fact
