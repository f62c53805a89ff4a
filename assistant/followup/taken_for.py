"""What the last figure is taken for: ``was that after two cycles?``, ``so that's a one-year figure?``."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.judging.claims import verdict_line
from assistant.model import Fact, Status
from assistant.question.reader import Ask
from assistant.selection import grade_meets
from assistant.spans.span import time_key

_TAKEN = re.compile(
    r"^\W*(?:(?:so|and|but|ok(?:ay)?|right|then|just to be sure|to be clear)[\s,:]+)*"
    r"(?:is it (?:true|right|correct) that )?"
    r"(?:(?:was|is|were|are) (?:that|this|it|those|these)|(?:that|this|it)(?:['\u2019]s| is| was)|(?:those|these) (?:are|were))"
    r" (?:then |really |actually |only |all |the |an? |figure |value |rate |measured |taken |assessed |given |reported |read |for |of )*"
    r"(?P<rest>(?:at|after|by|in|within|for|over)\b|[\w-]+[- ](?:day|week|month|year|cycle)|grades?\b|all\b|every)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:significan\w*|better|worse|(?<!or )(?:higher|lower|more|less)|good|bad|why|how|what|which|than|p)\b",
    re.IGNORECASE,
)


def taken_for(desk: Desk, alone: Ask, said: Draft) -> Draft | None:
    """Yes or No with the last figure, as it is of the time, cycle, grade or patients named or not; None where not asked.

    Args:
        desk: the review's facts and words.
        alone: the turn, read by itself.
        said: the last answer.
    """
    facts = [f for line in said.lines for f in line.facts]
    if said.status is not Status.ANSWERED or len(set(facts)) != 1 or said.lines[0].derivation:
        return None
    if not _TAKEN.match(alone.focus) or _OTHER.search(alone.focus) or alone.named.names or alone.values:
        return None
    fact = facts[0]
    if {*alone.measures} - {fact.attribute} or alone.characteristics or alone.families:
        return None
    held = list(_held(alone, fact))
    if not held or None in held:
        return None
    line = verdict_line(desk, all(held), fact)
    return replace(answered([line], (fact.study,)), conflicts=said.conflicts, told=True)


def _held(alone: Ask, fact: Fact) -> list[bool | None]:
    """Of each thing named whether the figure is of it; None where that is not known of it."""
    held: list[bool | None] = []
    if alone.times:
        held.append(time_key(alone.times[0]) == time_key(fact.time_point) if fact.time_point else None)
    if alone.cycle:
        held.append(alone.cycle == fact.cycle if fact.cycle else None)
    if alone.grade:
        held.append(grade_meets(fact.grade, alone.grade) if fact.grade else None)
    if alone.groups:
        held.append(all(ids <= fact.group for _, ids in alone.groups) if fact.group else None)
    elif alone.everyone:
        held.append(not fact.group)
    return held
