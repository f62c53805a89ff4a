"""``12.5 v 9.8 months``: the one-letter form of versus, written out for the reader of facts."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.model import Fact

_LETTER = re.compile(r"(?<=[\w)%\]]) v\.? (?=[\w(\[<>~=\u2264\u2265.])")
_WHOLE = " vs "


def with_versus(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with the letter written out, and where each of them ends there with how far that moved the rest."""
    moved: list[tuple[int, int]] = []
    parts: list[str] = []
    at = by = 0
    for match in _LETTER.finditer(text):
        parts += [text[at : match.start()], _WHOLE]
        by += len(_WHOLE) - len(match[0])
        at = match.end()
        moved.append((at + by, by))
    return "".join((*parts, text[at:])), moved


def in_place(fact: Fact, moved: list[tuple[int, int]]) -> Fact:
    """A fact with its place in the text as it was."""

    def back(position: int) -> int:
        return position - next((by for at, by in reversed(moved) if position >= at), 0)

    return replace(fact, start=back(fact.start), end=back(fact.end)) if moved else fact
