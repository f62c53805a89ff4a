"""The part of a sentence that answers a question in words: no other clause, and no bracket of figures that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re
from assistant.text.excerpt import excerpt, figures
from assistant.text.text import fold

_BRACKET = re.compile(r"\s*(?:\((?P<round>[^()\[\]]*)\)|\[(?P<square>[^\[\]]*)\])")
_OF_FIGURES = re.compile(
    r"^(?=.*\d)(?:[\d\s.,;:/%<>=≤≥+\u2212\u2013-]|\b(?:n|N|p|P|HR|OR|RR|CI|IQR|range|vs\.?|versus|NR|NE|to|of|and|in|hazard ratio"
    r"|odds ratio|patients|months|weeks"
    r"|days|years|each)\b)+$"
)
"""Holds nothing but figures."""
_COUNTED = re.compile(r";\s*|(?:,|\s(?:and|while|whereas|but))\s+(?=\d+\s+[a-z]{3,}\s+[a-z])")
"""Between ``41 took part in the one`` and ``77 received the other``."""


def shortest(text: str, keeps: Callable[[str], bool]) -> str:
    """The shortest part that answers: a clause as `excerpt` cuts them, or one of several told one after the other.

    Args:
        text: a sentence.
        keeps: whether a part still answers.
    """
    part = excerpt(text, keeps)
    if part != text or not _COUNTED.search(text):
        return part
    clauses = _clauses(text)
    said = [c for c in clauses if len(c.split()) > 1 and figures(c) < figures(text) and keeps(c)]
    if not said:
        return text
    best = min(said, key=len)
    opening = "" if text.startswith(best) else "…" if not best[:1].isdigit() else "… "
    return f"{opening}{best}" if text.endswith(best) else f"{opening}{best.rstrip(' .,')} …"


def _clauses(text: str) -> list[str]:
    """The parts between semicolons, and of those who are counted one after the other, that stand in no bracket."""
    found, start = [], 0
    for cut in _COUNTED.finditer(text):
        before = text[: cut.start()]
        if sum(before.count(c) for c in "([") == sum(before.count(c) for c in ")]"):
            found.append(text[start : cut.start()].strip())
            start = cut.end()
    return [*found, text[start:].strip()]


def without_figures(text: str) -> str:
    """``text`` without the brackets that hold nothing but figures."""

    def cut(match: re.Match[str]) -> str:
        inner = fold(match["round"] if match["round"] is not None else match["square"])
        return "" if _OF_FIGURES.match(inner) else match[0]

    return _BRACKET.sub(cut, text)
