"""The pieces of a table's heads that no head is cut within."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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
    fresh: bool = False
    """Whether it begins a line of a text whose rows stand on lines of their own."""


def items_of(text: str, *, hard: bool, glued: bool = False) -> list[Item]:
    """The pieces of a text that no head is cut within.

    Args:
        text: Title, heads and the first label.
        hard: Whether line ends mark where cells end.
        glued: Whether words run into each other mark it too.
    """
    if not hard:
        return [
            Item(m[0], m.lastgroup or "word", fresh="\n" in text[: m.start()][-1:])
            for m in _ITEM.finditer(text)
        ]
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


_BESIDE_ARMS = re.compile(
    r"(?:Total|All|Overall|Whole|Combined|HR|Hazard|OR|Odds|RR|Relative|Risk|Difference|Treatment|Estimate|95|CI|Mean|χ|Chi|F\b|t\b|"
    r"Statistic|P\b|p\b)"
)
"""Heads that stand beside those of arms without a size of their own."""


def _same_part(text: str, times: int, heads: Sequence[str]) -> bool:
    """Whether ``text`` comes back as the begin or the end of several heads, not as the first of a second row of them."""
    having = [h for h in heads if text in h]
    begins, ends = {h[: h.index(text)] for h in having}, {h[h.rindex(text) :] for h in having}
    return len(having) == times and (len(begins) == 1 or len(ends) == 1)


def suspect(pieces: Sequence[str], heads: Sequence[str], arms: int) -> bool:
    """Whether heads of several levels seem to have been read as one row.

    Args:
        pieces: The pieces of all heads.
        heads: The heads.
        arms: How many of the first ones are no tests.
    """
    sized = [bool(re.search(SIZE, h)) for h in heads[:arms]]
    plain = [h for h, has in zip(heads, sized, strict=False) if not has and not _BESIDE_ARMS.match(h)]
    again = len(pieces) > 3 and any(
        times > 1 and not _same_part(" ".join(pair), times, heads)
        for pair, times in Counter(pairwise(pieces)).items()
    )
    return (any(sized) and bool(plain)) or again or len(set(heads)) < len(heads)


def head_text(text: str) -> str:
    """A head as it is printed, without the spaces that its parts brought along."""
    text = re.sub(r"\b([Pp]) [-–]\s?([Vv]alues?)\b", r"\1-\2", text)
    return re.sub(r"\s+([.,;:])", r"\1", text)


def unlike_heads(before: Sequence[Item], own: Sequence[Item]) -> float:
    """How unlike two neighbouring heads are."""
    cost = 0.15 * min(4, abs(len(before) - len(own)))
    if before[0].text == own[0].text or (before[0].kind == own[0].kind == "kind"):
        cost -= 0.2
    if is_sized(before[-1]) != is_sized(own[-1]):
        cost += 0.5
    elif is_sized(own[-1]):
        cost -= 0.6
    elif before[-1].kind == own[-1].kind and own[-1].kind in ("paren", "count", "kind"):
        cost -= 0.3
    return cost


def text_of(items: Sequence[Item]) -> str:
    """Pieces put together as they are printed."""
    parts = [i for i in items if i.kind != "empty"]
    joined = "".join(("" if i.run_on and k else " ") + i.text for k, i in enumerate(parts))
    return re.sub(r"\s+", " ", re.sub(r"\(\s+|\s+\)", lambda m: m[0].strip(), joined)).strip()


def corner_cost(items: Sequence[Item], begin: int, end: int, *, hard: bool) -> float:
    """How little the pieces from ``begin`` to ``end`` look like the head of the labels."""
    if begin == end:
        return 0.2 if begin == 0 or items[begin - 1].kind != "empty" else 0.0
    part = items[begin:end]
    text = text_of(part)
    if any(i.kind in ("p", "size") for i in part):
        return 9.0
    if all(i.kind == "empty" for i in part):
        return -1.0 if len(part) == 1 else 0.5
    if any(i.kind == "empty" for i in part):
        return 4.0
    if re.fullmatch(r"No|Non|Not|Without", items[end - 1].text):
        return 9.0
    if CORNER.fullmatch(text):
        return -0.5
    return 1.0 * len(part) - 0.5 if hard else 0.3 + 0.25 * len(part)
