"""What can be one cell of a table whose cells a text layer prints one behind the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

EMPTY = "\u2205"
"""Stands for a cell that the layer marks as empty."""
_N = r"[-−–+]?(?:\d+(?:[.,·]\d+)*|[.·]\d+)(?:\s?%)?"
_COMPARED = rf"(?:[<>≤≥~]\s?)?{_N}"
_PAREN = r"\((?=[^()]*(?:\d|N[RAE]\b|[–-]))(?!\s?[nN]\s?=)(?:[^()]|\([^()]*\))*\)"
_ALONE = r"[(\[]\s?(?!\d+\s?%\s?C\.?I)(?=[-−–+<>≤≥]?\s?\d)[^()\[\]]*[)\]]"
_BRACKET = r"\[(?=[^\[\]]*\d)[^\[\]]*\]"
_UNIT = r"(?:months?|years?|days?|weeks?|mg|Gy|m|y|mo)\b"
_MARK = r"(?:\s?[*†‡§¶#]+)?"
_WORD = re.compile(
    r"(?:N\.?/?A\.?|N\.?S\.?|n\.s\.|NR|NE|ND|[Nn]ot (?:reached|reported|available|applicable|estimable|evaluable)|Yes|No|"
    r"[-–—−]{1,3}|…|\.{3}|∅)(?=\s|$)"
)
_LONG = re.compile(
    rf"(?:[Pp]\s{{0,2}}(?:=\s?|(?=[<>≤])))?{_COMPARED}(?:(?:\s?[/~]\s?|[-–−]|\s?±\s?|\s(?:to|of)\s){_COMPARED})*"
    rf"(?:\s{_UNIT})?(?:\s?{_PAREN})?(?:\s?{_BRACKET})?(?:[;,]\s{_COMPARED}(?:[-–−]|\sto\s){_COMPARED})?{_MARK}(?=\s|$)"
    rf"|{_ALONE}{_MARK}(?=\s|$)"
)
_SPACED_RANGE = re.compile(rf"{_COMPARED}\s[-–−]\s{_COMPARED}(?:\s?{_PAREN})?{_MARK}(?=\s|$)")
_DASHED = re.compile(rf"(?:{_COMPARED}|[-–—])\s[-–—](?=\s|$)")
_BARE = re.compile(rf"{_COMPARED}(?=\s{_PAREN})")
_TWO_PARENS = re.compile(rf"\s?{_PAREN}\s{_PAREN}")
_GLUED_NUMBER = re.compile(r"(?:[<>≤≥~]\s?)?[-−–+]?(?:0|[1-9]\d*|[.·]\d+)")
_DECIMALS = re.compile(r"[.·,]\d+")
_GLUED_TAIL = re.compile(
    rf"(?P<must>\s?%)?(?P<unit>\s{_UNIT})?(?P<paren>(?:\s?\((?=[^()]*\d)(?!\s?[nN]\s?=)(?:[^()]|\([^()]*\))*\)|\s?{_BRACKET})*)"
)
_GLUED_MARK = re.compile(r"[*†‡§¶]+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One way to read a cell."""

    end: int
    """Where it ends in the text."""
    text: str
    cost: float = 0.0
    """How unusual this reading is."""


def atoms_at(text: str, at: int, *, glued: bool) -> list[Atom]:
    """The ways to read a cell that begins at ``at``; none where no cell can."""
    if at >= len(text):
        return []
    if word := _WORD.match(text, at):
        more = [Atom(m.end(), m[0], 0.1)] if (m := _DASHED.match(text, at)) else []
        return [Atom(word.end(), word[0]), *more]
    return list(_glued(text, at)) if glued else _spaced(text, at)


def _spaced(text: str, at: int) -> list[Atom]:
    found: dict[int, Atom] = {}
    for pattern, cost in ((_LONG, 0.0), (_DASHED, 0.1), (_SPACED_RANGE, 1.0), (_BARE, 0.8)):
        match = pattern.match(text, at)
        if match and "\n" not in match[0].rstrip() and not (cost == 1.0 and match[0].count("%") == 1):
            # Two in parentheses behind it are the ranges of a second line.
            cost = 0.2 if cost == 0.8 and _TWO_PARENS.match(text, match.end()) else cost
            found.setdefault(match.end(), Atom(match.end(), match[0].strip(), cost))
    return list(found.values())


def _glued(text: str, at: int) -> Iterator[Atom]:
    """Readings of a cell that the next follows without a space: a number may end after each of its digits."""
    if text[at] in "([":
        if match := re.compile(_ALONE).match(text, at):
            yield Atom(match.end(), match[0])
        return
    seen: set[int] = set()
    for end in _chains(text, at, 0):
        if end in seen:
            continue
        seen.add(end)
        mark = _GLUED_MARK.match(text, end)
        stop = mark.end() if mark else end
        if text[end - 1] in ")]%":
            stop = re.compile(r"(?:[;,]\s\d+(?:\.\d+)?[-–−]\d+(?:\.\d+)?)?").match(text, stop).end()  # type: ignore[union-attr]
        cut = 0.3 if re.match(r"\d", text[end:]) and re.search(r"[.·]\d+$", text[at:end]) else 0.0
        cut += 1.2 if text[at] in ".·" else 0.0
        yield Atom(stop, text[at:stop].strip(), cut)


def _chains(text: str, at: int, depth: int) -> Iterator[int]:
    """Where a number, a range or a row of numbers held by strokes can end."""
    for end in _numbers(text, at):
        tail = _GLUED_TAIL.match(text, end)
        close = tail.end() if tail else end
        if close > end:
            yield close
            continue
        link = re.compile(r"\s?[/~±]\s?|[-–−](?=\d)|\s(?:to|of)\s").match(text, end)
        if (
            link
            and depth < 5
            and link.end() < len(text)
            and (text[link.end()].isdigit() or text[link.end()] in "<>")
        ):
            yield from _chains(text, link.end(), depth + 1)
        elif end == len(text) or not re.match(r"[.·]\d|[-–−]\d", text[end:]):
            yield end


def _has_decimals(number: str) -> bool:
    return bool(re.search(r"[.·]\d+$", number))


def _numbers(text: str, at: int) -> Iterator[int]:
    match = _GLUED_NUMBER.match(text, at)
    if not match:
        return
    first = match.end() - len(re.search(r"\d+$", match[0])[0]) + 1  # type: ignore[index]
    for end in range(first, match.end() + 1):
        yield end
        if end == match.end() and (more := _DECIMALS.match(text, end)):
            yield from range(end + 2, more.end() + 1)


def line_atoms(text: str, at: int) -> list[Atom]:
    """The ways to read the whole line that begins at ``at`` as a cell, and with the line below where that goes on."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    line = text[at:end]
    found = (
        [Atom(end, line.strip())]
        if any(a.end == len(line.rstrip()) for a in atoms_at(line, 0, glued=False))
        else []
    )
    below = re.compile(r"\n(?=[(\[±–])[^\n]+").match(text, end)
    if found and below and re.search(r"\d", line) and not found[0].text.endswith(")"):
        whole = f"{line.strip()} {below[0].strip()}"
        if any(a.end == len(whole) for a in atoms_at(whole, 0, glued=False)):
            found.append(Atom(below.end(), whole, 0.2))
    return found


def line_starts(text: str) -> list[int]:
    """Every place where a line begins that a cell can begin on."""
    return [m.start() for m in re.finditer(r"(?m)^(?=\S)", text)]


def starts(text: str, *, glued: bool) -> list[int]:
    """Every place where a cell can begin."""
    found: set[int] = set()
    for match in re.finditer(r"(?:[<>≤≥~]\s?)?[-−–+]?\d|[(\[]|\b[NYnPp]|[-–—−…∅.]", text):
        at = match.start()
        if (at and not glued and not text[at - 1].isspace()) or (at and text[at - 1] in ".·<>≤≥~="):
            continue
        if re.search(r"=\s$", text[max(0, at - 2) : at]):
            continue
        if glued and at and match[0][0] in "-−–" and text[at - 1].isdigit():
            continue
        found.add(at)
        if glued and match[0][-1].isdigit():
            found.add(match.end() - 1)
    if glued:
        # The figures behind a letter may be the label's: ``T13 (4)`` is T1 with 3, or T with 13.
        for match in re.finditer(r"(?<=[^\W\d_])\d+|(?<=[^\W\d_]\s)\d+", text):
            found.update(range(match.start(), min(match.end(), match.start() + 3)))
    return sorted(found)
