"""The parts of one study that a question counts: its arms by what they got, its patients by diagnosis, those treated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.counted import left_over
from assistant.answer.infused import fewer_infused
from assistant.desk import Desk
from assistant.lookup.diseases import parted_by_disease
from assistant.question.reader import Ask

_NUMBERS = re.compile(
    r"\b(?:in (?:numbers|figures)|(?:numbers?|how many) (?:of|with|had|for) each|split|breakdown|broken down|divided)\b",
    re.IGNORECASE,
)
"""Asks for a sort of patients by how many there were of each."""
_GOT = re.compile(
    r"\bhow many(?: (?:patients|people|participants|subjects|adults|children))?(?: were| had been)?"
    r" (?:got|received|took|had|given|on|treated with|assigned to|put on|allocated to)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:number of (?:patients|people|participants|subjects|children|adults) treated"
    r"|(?:patients|people|participants|subjects) treated|treated (?:patients|people|participants|subjects)"
    r"|how many (?:(?:patients|people|participants|subjects|children|adults) )?were (?:actually )?(?:treated|dosed|infused))\b",
    re.IGNORECASE,
)
_INFUSED = "infused_patients"
_SIZE = ("n_patients",)


def by_parts(desk: Desk, ask: Ask) -> Ask:
    """``ask`` for the numbers of patients of the parts it means; unchanged where it means none."""
    if len(ask.studies) != 1 or ask.families or not (ask.measures or ask.characteristics):
        return ask
    study = ask.studies[0]
    if ask.measures == (_INFUSED,) and not (ask.groups or ask.times or ask.characteristics):
        enrolled = _TREATED.search(ask.focus) and ask.wants == "count" and not fewer_infused(desk, ask)
        unsaid = not desk.selector.reported(study, _INFUSED)
        return replace(ask, measures=(), characteristics=_SIZE) if enrolled and unsaid else ask
    if ask.measures:
        return ask
    if ask.characteristics == _SIZE and not (ask.groups or ask.has("yes_no")) and fewer_infused(desk, ask):
        return replace(ask, measures=(_INFUSED,), characteristics=())
    if ask.characteristics == ("disease",) and not ask.groups and _NUMBERS.search(ask.focus):
        parts = _of_disease(desk, study)
        meant = tuple((key, "n_patients" if term == "disease" else term) for key, term in ask.aliases)
        return (
            replace(ask, characteristics=_SIZE, groups=parts, wants="count", aliases=meant) if parts else ask
        )
    if ask.characteristics == ("agents",) and ask.wants == "count" and _GOT.search(ask.focus):
        labels = [label for label, _ in ask.groups]
        sized = [f.group for f in desk.selector.reported(study, "n_patients") if f.n is not None]
        arms = len(ask.groups) > 1 and all(ids in sized for _, ids in ask.groups)
        told = arms and not _unsaid(desk, ask, labels)
        return replace(ask, characteristics=_SIZE) if told else ask
    return ask


def _of_disease(desk: Desk, study: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """(label, ids) of the parts of a study told by the kind of disease; none where it is not parted so."""
    parts = parted_by_disease(desk, study)
    found = {f.group: f.group_label for f in desk.selector.reported(study, "n_patients") if f.group in parts}
    return tuple((label, ids) for ids, label in found.items()) if len(found) > 1 else ()


def _unsaid(desk: Desk, ask: Ask, labels: Sequence[str]) -> list[str]:
    """Words that name neither the arms nor what was given in them, and could say of whom is asked."""
    given = {t for n in ask.named.of("agent") for t in n.text.lower().split()}
    return [k for k in left_over(desk, ask, labels) if k not in given]
