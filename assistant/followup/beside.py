"""``Did they have to stop it?``: a turn on those just counted, answered by the very sentence that counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.followup.refs import Turn
from assistant.model import Fact, Status
from assistant.question.reader import Ask, QuestionReader

_ON_THEM = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|thanks?)\W+)*(?:did|do|does|were|was|are|is|have|has|had|could|would)\s+(?:(?:all"
    r"|any|some|most|many|none|both|either) of\s+)?"
    r"(?:they|them|these|those|it|he|she|the (?:\w+ )?(?:patients?|cases?))\b",
    re.IGNORECASE,
)
"""Asks yes or no of those just spoken of."""
_HOW_MANY = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|thanks?)\W+)*"
    r"(?:(?:how many|what (?:share|proportion|percentage|fraction)|which) of (?:them|those|these)\b"
    r"|(?:and )?(?:of|among) (?:them|those|these)\b[^?]{0,20}\bhow many\b)",
    re.IGNORECASE,
)
"""Asks how many of those just spoken of."""
_CARRIED = re.compile(
    r"\b(?:mutations?|aberrations?|deletions?|translocations?|rearrangements?|amplifications?|fusions?|alterations?|variants?|expression)\b",
    re.IGNORECASE,
)
"""What patients have before anything befalls them, and are told apart by."""


def of_those_counted(ask: Ask, alone: Ask, turn: Turn, reader: QuestionReader) -> Ask:
    """A question of yes or no on ``they``, with the places of what was just counted; any other turn as it is.

    Args:
        ask: the turn, completed.
        alone: the same, read alone.
        turn: the turn before, with its answer.
        reader: knows what else the review says of the same.
    """
    before, draft = turn
    studies = draft.studies or before.studies
    counted = _carriers(ask, alone, turn, reader)
    if counted is not None:
        return counted
    plain = ask.has("yes_no") and not ask.has("why") and _ON_THEM.match(alone.focus)
    if not plain or alone.named.names or draft.status is not Status.ANSWERED or len(studies) != 1:
        return ask
    facts = [f for line in draft.lines for f in line.facts]
    places = [p for line in draft.lines for p, _ in line.support] + _same(facts, reader)
    return replace(ask, places=tuple(dict.fromkeys(places)), studies=studies, focus=alone.focus)


def _carriers(ask: Ask, alone: Ask, turn: Turn, reader: QuestionReader) -> Ask | None:
    """``how many of them responded?`` after how many had a mutation: of these, with the places that count them; else None."""
    before, draft = turn
    if not _HOW_MANY.match(alone.focus) or alone.named.names or ask.groups or not ask.measures:
        return None
    facts = [f for line in draft.lines for f in line.facts]
    places = [p for line in draft.lines for p, _ in line.support] + _same(facts, reader)
    asked = replace(ask, places=tuple(dict.fromkeys(places)), wants="count")
    if not facts and before.groups and not before.measures and ask.studies == before.studies:
        return replace(asked, groups=before.groups)
    terms = {f.attribute for f in facts if not f.group} & set(reader.vocabulary.measures) - set(ask.measures)
    name = reader.vocabulary.term(next(iter(terms))).name if len(terms) == 1 else ""
    if not _CARRIED.search(name):
        return None
    own = reader.own.meant(facts[0].study, name, frozenset(terms)) or frozenset(terms)
    return replace(asked, groups=((f"with {name}", own),), studies=(facts[0].study,))


def _same(facts: Sequence[Fact], reader: QuestionReader) -> list[str]:
    """The places that state the same figures."""
    stated = {(f.study, f.attribute, f.n if f.n is not None else f.value) for f in facts}
    everything = reader.review.facts
    return [
        f.passage for f in everything if (f.study, f.attribute, f.n if f.n is not None else f.value) in stated
    ]
