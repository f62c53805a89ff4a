"""What the arms had that a review calls by a letter or a number: ``alphamab (arm A, n = 50) or betanib (arm B)``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from assistant import lazy_re as re
from assistant.text.text import fold

Ids = frozenset[str]
Side = TypeVar("Side")

_NOUN = r"(?:arm|group|cohort|part|stratum)"
_LETTERED = re.compile(rf"{_NOUN}s?[\s-]?(?:[a-h]|\d{{1,2}}|i{{1,3}}|iv)", re.IGNORECASE)
_BORDER = re.compile(
    r"[;:()]|,\s|\b(?:or|either|versus|vs\.?|and|(?:was|were|been|be)\s+(?:\w+\s+)?(?:assigned|allocated|randomi[sz]ed|given)"
    r"|assigned|allocated|randomi[sz]ed|received|receiving|got|given)\b(?:\s+(?:\d:\d\s+)?(?:to|into)\b)?",
    re.IGNORECASE,
)
"""Stands before what an arm had, between it and the other arm's."""
_LACKING = re.compile(r"\b(?:without|no)\s+(?P<what>[\w-]+(?:\s+[\w-]+)?)", re.IGNORECASE)


def is_lettered(labels: Iterable[str]) -> bool:
    """Whether an arm is called by a letter or a number only."""
    labels = list(labels)
    return bool(labels) and bool(_LETTERED.fullmatch(labels[0]))


def told(arms: Mapping[Ids, Sequence[str]], text: Iterable[str]) -> dict[Ids, str]:
    """What the text says right before each arm called by a letter, in brackets, or behind it, that it had.

    Args:
        arms: labels of each arm.
        text: the passages on the study.
    """
    lettered = {ids: labels[0] for ids, labels in arms.items() if is_lettered(labels)}
    text = list(text) if lettered else []
    found: dict[Ids, str] = {}
    for passage in map(fold, text):
        for ids, label in lettered.items():
            place = re.search(rf"\s\({re.escape(label)}(?![\w-])", passage, re.IGNORECASE)
            if place is None or ids in found:
                continue
            before = passage[: place.start()]
            borders = [m.end() for m in _BORDER.finditer(before)]
            what = before[borders[-1] if borders else 0 :].strip()
            if what:
                found[ids] = what
    if len(found) < len(lettered):
        both = (_received(lettered, text), _by_letter(lettered, text))
        found = {ids: "; ".join(f[ids] for f in both if f) for ids in lettered} if any(both) else {}
    return found if len(found) == len(lettered) else {}


_RECEIVED = (
    r"\s*(?:\([^()]*\)\s*)?(?:(?:received|got|had|was\s+given|were\s+given)\s+|(?=an?\s))(?P<what>[^;()]+?)"
)


def _received(lettered: Mapping[Ids, str], text: Sequence[str]) -> dict[Ids, str]:
    """``Cohort A (n = 48) received the single agent, and cohort B (n = 31) a reduced dose with chemotherapy``."""
    names = "|".join(map(re.escape, lettered.values()))
    ends = rf"(?=[,;]?\s+(?:and|while|whereas|but)\s+(?:{names})\b|[;.]?$|\.\s)"
    for passage in map(fold, text):
        found = {
            ids: match["what"]
            for ids, label in lettered.items()
            if (match := re.search(rf"(?<![\w-]){re.escape(label)}{_RECEIVED}{ends}", passage, re.IGNORECASE))
        }
        if len(found) == len(lettered):
            return found
    return {}


def _by_letter(lettered: Mapping[Ids, str], text: Sequence[str]) -> dict[Ids, str]:
    """``Alphamab alone (A) or with chemotherapy (B)``: the letters in brackets, each behind what it stands for."""
    for passage in map(fold, text):
        found: dict[Ids, str] = {}
        start = 0
        for ids, label in sorted(lettered.items(), key=lambda item: item[1]):
            place = re.compile(rf"\s\(\s*{re.escape(label.split()[-1])}\s*\)", re.IGNORECASE).search(
                passage, start
            )
            if place is not None:
                found[ids], start = passage[start : place.start()], place.end()
        if len(found) == len(lettered) > 1:
            return found
    return {}


_ALONE = re.compile(r"\b(?:alone|single[\s-]agent|monotherapy)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:with|plus)\s+(?P<what>[^;]+)", re.IGNORECASE)


def alone_and_with(by_text: Mapping[Ids, str]) -> dict[Ids, str]:
    """What the one of two arms had besides, of which the text says that the other had a drug alone."""
    lone = [ids for ids, what in by_text.items() if _ALONE.search(what)]
    others = [ids for ids in by_text if ids not in lone]
    if len(lone) != 1 or len(others) != 1:
        return {}
    added = [m["what"] for m in _ADDED.finditer(by_text[others[0]])]
    return {lone[0]: "", others[0]: " + ".join(added)} if added else {}


def in_order(arms: Mapping[Ids, Sequence[str]], sides: Sequence[Side]) -> dict[Ids, Side]:
    """``A vs B`` of a study whose arms are called by letters: the first side is the first letter's."""
    lettered = sorted((labels[0], ids) for ids, labels in arms.items() if is_lettered(labels))
    if len(lettered) != len(arms) or len(lettered) != len(sides) or len(sides) < 2:
        return {}
    return {ids: side for (_, ids), side in zip(lettered, sides, strict=True)}


def lacking(what: str) -> str:
    """``transplantation`` of ``six cycles without transplantation``; "" for what lacks nothing."""
    match = _LACKING.search(what)
    return match["what"] if match else ""
