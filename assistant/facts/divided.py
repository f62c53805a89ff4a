"""Groups of a study that stand across its arms (strata, settings), and arms that are ways to give one treatment.

``In stratum 1 it was 70% with A and 41% with B, in stratum 2 67% and 58%``: each figure is one of an arm within a stratum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.span import Span

Ids = tuple[str, ...]
_SET_APART = re.compile(
    r"\b(?:vs|versus|respectively|than|compared|former|latter|against|both|either|each|between|other)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[,;:(]|\b(?:and|but|while|whereas|whilst|or)\b)\s*(?:in|within|among|for|of|on|at)\s+"
    r"(?:(?:all\s+|the\s+)?(?:patients|those|participants|subjects)\s+(?:in|of|from|with|at)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""Stands before the group of which all that follows is told."""


@dataclass(frozen=True, slots=True)
class Divided:
    """The groups of a study that its tables name and that were not set against each other."""

    across: frozenset[frozenset[str]] = frozenset()
    """Ids of those that stand across its arms: strata, or doses and settings."""
    ways: bool = False
    """Whether its columns are ways to give one treatment, of which a sentence need not speak."""


WHOLE = Divided()
"""A study that is divided into its arms, or into nothing."""


def unsaid_arms(own: Sequence[Ids], divided: Divided, spans: Sequence[Span], text: str) -> list[Ids]:
    """The arms of which figures can be without a word for them, in their order."""
    arms = [ids for ids in own if frozenset(ids) not in divided.across]
    named = any(s.kind == "group" and s.ids in arms for s in spans)
    return [] if divided.ways and not named and not sets_apart(text) else arms


def sets_apart(text: str) -> bool:
    """Whether a sentence sets groups against each other."""
    return _SET_APART.search(text) is not None


def opening_groups(
    spans: Sequence[Span], divided: Divided, arms: Sequence[Ids], text: str
) -> tuple[list[Span], list[Span]]:
    """``spans`` without the strata that open a clause on the arms, and these."""
    if len(arms) < 2 or not divided.across:
        return list(spans), []
    opening = [
        s
        for s in spans
        if s.kind == "group" and frozenset(s.ids) in divided.across and _OPENS.search(text[: s.start])
    ]
    return [s for s in spans if s not in opening], opening


def within(facts: Sequence[Fact], opening: Sequence[Span]) -> list[Fact]:
    """The facts, each also of the group that was opened last before it."""
    result = []
    for fact in facts:
        last = max((s for s in opening if s.end <= fact.start), key=lambda s: s.end, default=None)
        if last is not None:
            label = f"{fact.group_label}, {last.text}" if fact.group_label else last.text
            fact = replace(fact, group=fact.group | set(last.ids), group_label=label)
        result.append(fact)
    return result
