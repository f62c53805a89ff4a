"""Whether a follow-up is answered by itself, completed from the turn before, or by the question that it makes in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.answer.meant import unexplained
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.followup.whole import STATISTICS, asks_kind, said_alone, tells_whom
from assistant.model import Status
from assistant.question.reader import Ask
from assistant.text.text import tokens

ARM_WORDS = frozenset(
    "arm group cohort control comparator placebo experimental investigational other standard one patient".split()
)
"""Keys of words for an arm or for patients that a sentence on them need not hold."""
_STEM = 5


@dataclass(frozen=True, slots=True)
class Whole:
    """A follow-up as a question of its own."""

    text: str
    ask: Ask | None
    alone: Ask
    """The turn read alone."""
    merged: Ask
    """The turn with what it leaves unsaid from the turn before."""
    last: Ask
    said: Draft
    """What answered the turn before."""


def settle(desk: Desk, whole: Whole, draft: Draft, answer: Callable[[Ask], Draft]) -> Draft:
    """``draft``, or what answers a follow-up as a question of its own.

    That is asked where ``draft`` declines the turn, gives more than one figure for a bare statistic, or takes words that tell
    whom something is asked of for what is asked.

    Args:
        desk: the review's facts and words.
        whole: the follow-up.
        draft: what answers it completed.
        answer: answers a question.
    """
    ask = whole.ask
    if ask is None:
        return draft
    measured = set(whole.alone.measures)
    statistic = bool(measured) and measured <= STATISTICS
    crowded = statistic and len(draft.lines) > 1
    astray = (
        bool(whole.last.measures)
        and tells_whom(whole.alone)
        and not {*whole.merged.measures} & {*whole.last.measures}
    )
    astray = astray or (tells_whom(whole.alone) and not _heeded(whole))
    bare = (
        whole.said.status is Status.DECLINED
        and measured
        and not whole.alone.groups
        and unexplained(desk, ask)
    )
    kind = asks_kind(whole.alone)
    ranked = bool(measured) and not (
        whole.last.measures or whole.last.families
    )  # "at the lowest one?" of doses
    if not (draft.status is Status.DECLINED or crowded or astray or bare or kind or ranked):
        return draft
    if _asks_whom(whole, ask):
        return draft
    found = answer(ask)
    if not set(found.studies) <= set(whole.merged.studies or found.studies):
        return draft
    if kind:
        return (
            found if found.status is Status.ANSWERED and any(line.verbatim for line in found.lines) else draft
        )
    if found.status is Status.DECLINED:
        return found if astray or bare or ranked else draft
    if _takes(desk, found, whole, statistic=statistic):
        return found
    freed = not (whole.merged.measures or whole.merged.characteristics) and _heeded(whole)
    if not astray or freed:
        return draft
    who = desk.name(ask.studies[0]) if len(ask.studies) == 1 else "that study"
    return declined(
        f"The review does not report that for “{said_alone(whole.alone)}” for {who}.", ask.studies
    )


def _asks_whom(whole: Whole, ask: Ask) -> bool:
    """Whether the question in full asks for what the turn only tells patients by: ``just the ones who were transplanted``."""
    merged = whole.merged.measures
    again = bool(merged) and merged == whole.last.measures and bool(whole.merged.groups)
    return again and bool(ask.measures) and not set(ask.measures) & set(merged)


def _heeded(whole: Whole) -> bool:
    """Whether a turn that tells of whom or when changed anything of what was asked before."""
    merged, last = whole.merged, whole.last
    slots = (
        "studies",
        "measures",
        "characteristics",
        "groups",
        "times",
        "grade",
        "cycle",
        "everyone",
        "values",
    )
    return any(getattr(merged, s) != getattr(last, s) for s in slots) or not whole.last.measures


def _takes(desk: Desk, draft: Draft, whole: Whole, *, statistic: bool) -> bool:
    """Whether an answer to the question in full is one to the turn: of what the turn says, and not the last answer again."""
    facts = [f for line in draft.lines for f in line.facts]
    if statistic and len(facts) == 1:
        return True
    if facts and not any(line.verbatim for line in draft.lines):
        before = [f for line in whole.said.lines for f in line.facts]
        ask = whole.ask or whole.merged
        told = {k for k, _ in ask.aliases} | {t.key for label, _ in ask.groups for t in tokens(label)}
        told |= (
            {t.key for n in ask.named.names for t in tokens(n.text)} | ARM_WORDS | desk.vocabulary.scaffold
        )
        return not all(f in before for f in facts) and (
            bool(ask.times)
            or (ask.cycle, ask.grade) != (whole.last.cycle, whole.last.grade)
            or told.issuperset(whole.alone.content)
        )
    alone = whole.alone
    named = {key for key, term in alone.aliases if term in alone.measures}
    keys = {k for k in alone.content if k not in desk.vocabulary.scaffold} - named - ARM_WORDS
    told = {t.key for line in draft.lines for t in tokens(line.text)}
    told |= {part for k in told for part in re.split(r"[-/:]", k)}
    near = {k[:_STEM] for k in told}
    return all(k in told or (len(k) >= _STEM and k[:_STEM] in near) for k in keys)
