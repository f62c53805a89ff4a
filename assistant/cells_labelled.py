"""Cells that give a figure for each part of the patients, the part in brackets: ``CR: 22% (A); 26% (B); ORR: 60% (A); 48% (B)``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lazy_re as re

_PART = re.compile(
    r"^\s*(?P<lead>[^\d():;]{0,60}(?:\d+-(?:year|month|week|day)[^\d():;]{0,40})?:?\s*?)\s*"
    r"(?P<value>(?:[<>\u2264\u2265]\s?)?\d[\d.,]*(?:\s?%|\s(?:months?|years?|weeks?|days?))?|NR|NE|not reached)"
    r"\s*(?P<bracket>\((?P<label>[A-Za-z][^()%=]*|every \d+ \w+|\d[\d.]*\s?(?:mg|g|\u00b5g)(?:/kg)?)\))\s*$"
)
_NO_LABEL = re.compile(
    r"^(?:range|grades?|any|all|CI|IQR|HR|OR|RR|p|n|median|mean|estimated|confirmed|months?|years?|weeks?|days?|NR|NE|N/A|NA|ref\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One item of such a cell."""

    lead: str
    """What the items before it say the figure is of; "" where the item says it itself, or the row's head does."""
    text: str
    """The item with blanks in place of the bracket."""
    label: str
    """The part of the patients."""


def labelled_parts(items: Sequence[str]) -> list[Labelled | None]:
    """For each item the part of the patients that its bracket names; None for all where no two neighbours are alike."""
    found = [_PART.match(item) for item in items]
    found = [m if m and not _NO_LABEL.match(m["label"]) else None for m in found]
    result: list[Labelled | None] = [None] * len(items)
    lead = ""
    for k, match in enumerate(found):
        beside = (k > 0 and found[k - 1]) or (k + 1 < len(found) and found[k + 1])
        if match is None or not beside:
            lead = ""
            continue
        own = match["lead"].strip()
        if own:
            lead = items[k][: match.start("value")].strip() + " "
        start, end = match.span("bracket")
        text = items[k][:start] + " " * (end - start) + items[k][end:]
        result[k] = Labelled("" if own else lead, text, match["label"].strip())
    labels = [r.label for r in result if r]
    return result if len(set(labels)) > 1 else [None] * len(items)
