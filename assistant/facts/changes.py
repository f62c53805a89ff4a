"""Two figures of one measure as the ends of a change: from a baseline, or from one arm to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.controls import changed_by, is_outcome
from assistant.model import Fact
from assistant.spans.span import TIME_UNITS, Span

_SHORTENED = re.compile(
    r"\b(?:shortened|prolonged|lengthened|reduced|extended|improved|raised|increased|decreased)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:(?:at|during|before|in)\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+){0,2}?\s+)?(?:(?:up|down)\s+)?to\s*(?:an?\s+)?(?:(?:median|mean)\s+(?:of\s+)?)?",
    re.IGNORECASE,
)
"""Stands between the two ends of a change: ``from 5.0 at screening to 1.0``."""
_FROM = re.compile(r"\bfrom\s+(?:an?\s+(?:median|mean|average)\s+of\s+)?$", re.IGNORECASE)
_CYCLE = re.compile(r"\b(?:cycle|course)s?\b", re.IGNORECASE)


_TO_LATER = re.compile(r"\s+(?:in|during|after)\s+(?:the\s+)?(?:first\s+)?(?:cycle|course)(?:\s+\d)?\s+to\s+")
_LATER = re.compile(
    r"\s+(?:in|during)\s+(?:the\s+)?(?P<what>(?:later|subsequent|following)\s+(?:cycles|courses))\b"
)


_GREW = re.compile(
    r"\b(?:rose|grew|climbed|doubled|tripled|fell|dropped|declined|lengthened|prolonged|extended|shortened|improved|increased|decreased)\b",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"\b(?:follow-?\s?up|analys[ie]s|updat\w+|initial\w*|first|second|earl(?:y|ier)|lat(?:e|er|est)|cycles?|months?\s+\d|weeks?\s+\d|time|over|"
    r"during|between|after|before|doses?|since|periods?|years?|baseline|historical\w*|previous\w*|now)\b",
    re.IGNORECASE,
)
"""May tell that a figure was another one before, and not in the other arm."""


def _is_control(arm: Span) -> bool:
    return any(i.startswith("no-") or i in {"placebo", "control"} for i in arm.ids)


def _alone_and_more(a: Fact, text: str, arms: Sequence[Span]) -> tuple[Span, Span] | None:
    """``the ORR rose from 47% to 86%`` of a drug alone and with another one: (the arm of the first figure, that of the second).

    Only of an outcome that is measured once, and where nothing tells of a change in time.
    """
    alone = [x for x in arms if _is_control(x) or x.ids in {("monotherapy",), ("alone",)}]
    others = [x for x in arms if x not in alone]
    if len(alone) != 1 or len(others) != 1 or a.group or a.time_point or _IN_TIME.search(text):
        return None
    once = is_outcome(a.attribute) and _GREW.search(text[: a.start])
    return (alone[0], others[0]) if once else None


def changes(facts: Sequence[Fact], text: str, arms: Sequence[Span]) -> list[Fact]:
    """``rose from 8.0 to 10.5``: the first figure is the baseline's or the control arm's."""
    result = list(facts)
    for i, (a, b) in enumerate(pairwise(result)):
        changed = a.cycle != "" and a.cycle == b.cycle and _FROM.search(text[: a.start]) is not None
        if changed and not _CYCLE.search(text, a.start, b.start):
            result[i] = a = replace(a, cycle="")  # "from 31% after induction to 84% after cycle 1"
        later = _LATER.match(text, b.end)
        if changed and later and _TO_LATER.fullmatch(re.sub(r"\s*\([^()]*\)", "", text[a.end : b.start])):
            told = later["what"]
            b = replace(b, cycle="", group=b.group or frozenset({"-".join(told.split())}), group_label=told)
            result[i + 1] = b  # "from 41% in cycle 1 to 14% in later cycles"
        if (
            a.attribute != b.attribute
            or not a.attribute
            or (a.group != b.group and not changed_by(a, text, arms))
            or not _FROM.search(text[: a.start])
        ):
            continue
        gap = re.sub(r"\s*\([^()]*\)", "", text[a.end : b.start])
        directly = gap.strip() == "to"
        if not directly and (a.unit in {*TIME_UNITS, "%"} or not _TO.fullmatch(gap)):
            continue
        if a.unit not in TIME_UNITS and a.unit != "%":
            result[i] = replace(a, time_point="baseline")
            if b.time_point == "baseline":
                result[i + 1] = replace(b, time_point="")
        elif sides := changed_by(a, text, arms) or _alone_and_more(a, text, arms):
            result[i] = replace(a, group=frozenset(sides[0].ids), group_label=sides[0].text)
            result[i + 1] = replace(b, group=frozenset(sides[1].ids), group_label=sides[1].text)
        elif len(arms) == 2 and not a.group and _is_control(arms[1]) and _SHORTENED.search(text[: a.start]):
            first, second = arms
            result[i] = replace(a, group=frozenset(second.ids), group_label=second.text)
            result[i + 1] = replace(b, group=frozenset(first.ids), group_label=first.text)
        else:
            result[i], result[i + 1] = replace(a, attribute=""), replace(b, attribute="")
    return result
