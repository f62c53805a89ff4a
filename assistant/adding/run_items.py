"""The pieces of a table's heads that no head is cut within."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.adding.run_cells import EMPTY

P_HEAD = r"[Pp][\s*]*[-–]?\s?[Vv]alues?\b|\bP\b(?!\s*[=<>≤])|(?<!\S)p(?=\s|$)(?!\s*[=<>≤])"
SIZE = (
    r"\(\s?[nN]\s?=\s?\d+(?:\s?/\s?\d+)?(?:[;,][^()]*)?\s?\)|\b[nN]\s?=\s?\d+(?:\s?/\s?\d+)?(?:\s?\(\d+%?\))?"
)
_ITEM = re.compile(
    rf"(?P<empty>{EMPTY})|(?P<p>{P_HEAD})|(?P<size>{SIZE})|(?P<count>(?:\b[nN]o?\.?|\#|\bNo\. of patients|\bNumber)\s?\(%\)|95% CI)|"
    r"(?P<kind>\b(?:Any|All)[ -][Gg]rades?\b|\b(?:Grades?|Arm|Group|Cohort|Phase|Day|Cycle|Stage|Class|Type|Course|"
    r"Dose level|Week|Month|Year)\s(?:[≥≤>]\s?)?(?:\d+\+?|[IVX]+|[A-F])"
    r"(?:\s?(?:[-–/]|or|and|to)\s?(?:\d+\+?|[IVX]+|[A-F])\b)?(?!\w))|(?P<paren>\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])|(?P<word>\S+)"
)
CORNER = re.compile(
    r"(?:(?:Patient|Baseline|Clinical|Demographic|Disease)s?'? ?)*(?:Characteristics?|Variables?|Parameters?|Factors?|Items?|Outcomes?|"
    r"Adverse (?:events?|reactions?)|AEs?|Toxicit(?:y|ies)|Events?|Responses?|"
    r"Features?|Category|Measures?|End ?points?|Subgroups?|Symptoms?|"
    r"Reactions?|Demographics?|Complications?|Criteria)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece."""

    text: str
    kind: str
    """``p``, ``size``, ``count``, ``paren``, ``empty``, ``kind`` (as ``Grade 3``) or ``word``."""
    run_on: bool = False
    """Whether it follows the item before it without a space or a line end."""


def items_of(text: str, *, hard: bool, glued: bool = False) -> list[Item]:
    """The pieces of a text that no head is cut within.

    Args:
        text: Title, heads and the first label.
        hard: Whether line ends mark where cells end.
        glued: Whether words run into each other mark it too.
    """
    if not hard:
        return [Item(m[0], m.lastgroup or "word") for m in _ITEM.finditer(text)]
    found: list[Item] = []
    for line in text.split("\n"):
        for k, piece in enumerate(re.split(_RUN_ON, line.rstrip()) if glued else [line]):
            if bare := piece.strip():
                found.append(Item(bare, _kind(bare), k > 0))
    return found


_RUN_ON = re.compile(r"(?<=[a-z)\d%])(?=[A-Z][A-Za-z]|P\b)")


def _kind(text: str) -> str:
    if re.fullmatch(P_HEAD, text):
        return "p"
    if re.fullmatch(SIZE, text):
        return "size"
    return "paren" if re.fullmatch(r"\([^()]*\)|[nN]o?\.? ?\(%\)|%", text) else "word"


def is_sized(item: Item) -> bool:
    """Whether it ends with the size of an arm."""
    return item.kind == "size" or bool(re.search(SIZE, item.text))


def may_repeat(items: Sequence[Item]) -> bool:
    """Whether heads, not words of a title, come back."""
    return any(
        i.kind in ("kind", "count", "size") or is_capital(i.text) or i.text in ("%", "n", "N", "(%)", "No.")
        for i in items
    )


def is_capital(text: str) -> bool:
    """Whether it begins as a name or a sentence does."""
    return bool(re.match(r"[A-Z\u00c0-\u00de]|[a-z]{1,2}[A-Z]", text))
