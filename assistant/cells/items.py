"""The values of a cell, each with the words that tell what, when and in whom it was: ``Week 48: 160 mg 78.4; 320 mg 91.2``.

Offsets are into the cell. Words before a value, and a bracket behind it, are its own; what these do not say is taken
from the value before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lazy_re as re

_NUMBER = r"(?:[<>\u2264\u2265]\s?)?(?:(?<![\w.)%\u2212-])(?<!\d\s)[-\u2212]|(?<![\w./,-]))\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?"
_NO_VALUE = (
    r"(?![\w.]|,\d|\s?-\s?(?:year|month|week|day|yr|mo|cycle|line)s?\b|\s?(?:mg|g|\u00b5g|\u03bcg|mcg|ug|mL|kg|IU|Gy|cGy|cycles?|lines?|doses?)\b"
    r"|\s?[-\u2013]\s?\d)"
)
_INSIDE = r"(?:[\d\s.,;%<>=+/\u2264\u2265\u2013\u2212-]|\bto\b|\bn\b|\bCI\b|\bNR\b|\bNE\b|\brange\b|\bIQR\b)"
_BRACKET = rf"(?:\s*[(\[](?=[^()\[\]]*\d){_INSIDE}*[)\]])"
_OPEN = r"\b(?:NR|NE|not (?:yet )?(?:reached|estimable))\b"
_MISSING = r"(?:(?<=vs )|(?<=vs\. )|(?<=versus )|(?<!\S)(?=\S+\s+(?:vs|versus)\b))(?:N/A|NA|n\.a\.)(?![\w/])"
"""One of two sides that is not reported."""
_VALUE = re.compile(rf"(?:{_NUMBER}{_NO_VALUE}(?:\s?%)?{_BRACKET}?|{_OPEN}|{_MISSING})", re.IGNORECASE)
_UNIT = re.compile(r"\s?(?:months?|mo|years?|yrs?|weeks?|wks?|days?|g/dL)\b", re.IGNORECASE)
_TOLD_AS = re.compile(
    r"(?:(?<!\d[-\s])\b(?:weeks?|wks?|months?|days?|years?|grades?|cycles?|courses?|stages?|lines?|phase|table|n\s*=)|[<>\u2264\u2265=])\s*$",
    re.IGNORECASE,
)
"""Stands before a number that tells a moment, a grade or a bound, and is no value."""
_BEHIND = re.compile(r"\s*\(([^()]*)\)")
_LABEL = (
    r"(?!(?:months?|years?|weeks?|days?|mo|yrs?|vs|versus|and|or|to|of|at|in|by|with|CI|patients|overall|respectively|was|were|n)\b)"
    r"[A-Za-z][\w/+-]*(?:\s+(?!vs\b)[A-Za-z][\w/+-]*){0,3}"
)
_LABELS_LAST = re.compile(
    rf"\s*{_VALUE.pattern}\s+(?P<one>{_LABEL})(?:\s*[;\n]\s*{_VALUE.pattern}\s+{_LABEL})+\s*", re.IGNORECASE
)
"""``8.0 (6.1-10.7) A-mutated; 7.2 B-mutated``: each value with the patients it is of behind it, in no bracket."""
_LABEL_BEHIND = re.compile(rf"\s+({_LABEL})\s*(?=[;\n]|$)", re.IGNORECASE)
_SPREAD = re.compile(r"\s*(?:9\d\s?%\s*)?(?:CI|range|IQR|interquartile)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|,|\||/|\n|\bvs\b\.?|\bversus\b|\band\b)\s*", re.IGNORECASE)
_LABEL_SIGN = re.compile(r"\s*[:=]?\s*$")


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a cell."""

    start: int
    end: int
    unit: tuple[int, int] | None
    """Where its unit stands; None for none of its own."""
    before: tuple[int, int]
    """The words before it, behind the sign that parts it from the value before."""
    behind: tuple[int, int]
    """The inside of the bracket of words behind it; empty where there is none."""
    spread: tuple[int, int]
    """The bracket behind it that gives its interval or range; empty where there is none."""
    parted: str
    """What parts it from the value before: ``;``, ``,``, ``/``, ``vs`` …; "" for the first."""


def items(cell: str) -> list[Item]:
    """The values of ``cell``, its signs folded, in order; none where something else than labels stands between two."""
    found: list[Item] = []
    last, at = 0, 0
    labels_last = ";" in cell and _LABELS_LAST.fullmatch(cell) is not None
    while match := _VALUE.search(cell, at):
        at = match.end()
        told = _TOLD_AS.search(cell[last : match.start()])
        if told and not (told[0].strip() in "<>=" and match[0][:1] in "<>"):
            continue
        if _in_bracket(cell, last, match.start()):
            continue
        parted, start = _parted(cell, last, match.start(), first=not found)
        if found and not parted:
            return []
        unit = _UNIT.match(cell, at)
        end = unit.end() if unit else at
        behind = _LABEL_BEHIND.match(cell, end) if labels_last else _BEHIND.match(cell, end)
        inside = behind.span(1) if behind and re.search(r"[^\W\d_]", behind[1]) else (end, end)
        spread = behind.span() if behind and _SPREAD.match(behind[1]) else (end, end)
        if spread[0] != spread[1]:
            inside = (end, end)
        found.append(
            Item(
                match.start(),
                match.end(),
                unit.span() if unit else None,
                (start, match.start()),
                inside,
                spread,
                parted,
            )
        )
        last = at = behind.end() if behind and (inside[0] != inside[1] or spread[0] != spread[1]) else end
    return found


def tail(cell: str, found: Sequence[Item]) -> tuple[int, int]:
    """The words behind the last value: ``19.2 % vs 14.3 % at month 24``."""
    last = found[-1]
    start = max(
        last.end,
        last.unit[1] if last.unit else 0,
        last.spread[1],
        last.behind[1] + (last.behind[0] != last.behind[1]),
    )
    return start, len(cell)


def _in_bracket(cell: str, last: int, at: int) -> bool:
    """Whether a place is inside a bracket that opened behind the value before."""
    part = cell[last:at]
    return part.count("(") + part.count("[") > part.count(")") + part.count("]")


def _parted(cell: str, last: int, at: int, *, first: bool) -> tuple[str, int]:
    """The sign that parts a value from the one before, and where its own words begin."""
    if first:
        return "", 0
    sign = _BETWEEN.match(cell, last)
    return (sign[0].strip().lower() or "\n", sign.end()) if sign else ("", last)


def words(cell: str, span: tuple[int, int]) -> str:
    """The words of a span, without the colon that ends a label."""
    return _LABEL_SIGN.sub("", cell[slice(*span)]).strip()


def alone(cell: str, spans: Sequence[tuple[int, int]]) -> str:
    """The cell with everything but ``spans`` blank, so that offsets stay what they are."""
    text = [" "] * len(cell)
    for start, end in spans:
        text[start:end] = cell[start:end]
    return "".join(text)


def not_available(cell: str, item: Item) -> bool:
    """Whether a side of a cell is not reported: ``50.0 vs. N/A``; ``NR`` may mean that it was not reached."""
    return cell[item.start : item.end].replace(".", "").replace("/", "").upper() == "NA"


_OF_BOTH = re.compile(r"\s*(?:%|days?|weeks?|months?|years?)?\s*", re.IGNORECASE)


def is_pair(cell: str) -> bool:
    """Whether a cell is two figures set against each other, of whichever arms."""
    found = items(cell)
    against = len(found) == 2 and found[1].parted in {"vs", "vs.", "versus"}
    return (
        against
        and not any(words(cell, i.before) for i in found)
        and bool(_OF_BOTH.fullmatch(cell[slice(*tail(cell, found))]))
    )
