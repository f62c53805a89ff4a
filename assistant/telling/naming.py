"""Questions whether a thing is called one name or another, where a review prints both."""

from __future__ import annotations

from collections.abc import Callable

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered
from assistant.model import Kind, Passage
from assistant.question.reader import Ask
from assistant.text.text import fold

_CODE = r"[A-Za-z]*[A-Z][\w-]*[A-Z][\w-]*"
_EITHER = re.compile(
    rf"\b({_CODE})\b\W+(?:or|and|versus|vs\.?|but (?:in|the)(?: \w+){{0,3}})\W+(?:an? |the |rather )?({_CODE})\b"
)


def two_names(desk: Desk, ask: Ask, quoting: Callable[[Passage], Line]) -> Draft | None:
    """The places that print each of two names of one study's treatment; None where it has only one."""
    found = _EITHER.search(fold(ask.focus))
    if not found or len(ask.studies) != 1 or ask.measures or set(ask.characteristics) - {"agents"}:
        return None
    own = [
        p
        for p in desk.review.passages
        if ask.studies[0] in p.studies and p.locator.kind in {Kind.SENTENCE, Kind.CELL}
    ]
    places = [[p for p in own if _holds(p, name) and not _holds(p, other)] for name, other in _both(found)]
    if not all(places):
        return None
    return answered([quoting(holding[0]) for holding in places], ask.studies)


def _both(found: re.Match[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (found[1], found[2]), (found[2], found[1])


def _holds(passage: Passage, name: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", fold(passage.quote)))
