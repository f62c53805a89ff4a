"""By how much a figure changed from before treatment to a later time, computed from the two that the study gives."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.compare.arithmetic import difference
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import same_time

_CHANGE = r"(?:ris\w+|rose|increas\w+|gain\w*|climb\w*|go(?:ne)? up|went up|drop\w*|fell|fall\w*|declin\w+|decreas\w+|chang\w+|difference)"
_ASKED = re.compile(
    rf"\b(?:how (?:much|far|many)|what (?:is|was|would be)(?: the)?|by what|compute|calculate|give(?: me)?(?: the)?)\b[^?;]*\b{_CHANGE}\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:baseline|before|pre-?treatment|pre-?infusion|at (?:the )?(?:start|outset|entry|enrolment))\b",
    re.IGNORECASE,
)
_BY_THEN = re.compile(
    r"\b(?:how (?:much|far) (?:did|has|had|does)|by (?:how much|what))\b[^?;]*\b(?:by|to|until|up to|at|after|within|over)\b",
    re.IGNORECASE,
)
"""``how much did it rise by month 6``: since before treatment, if nothing else is said."""
_SINCE = re.compile(r"\b(?:from|between|since)\b", re.IGNORECASE)
_SHARE = re.compile(r"%|\b(?:per ?cent(?:age)?|proportion|fold|times)\b(?! points?)", re.IGNORECASE)


def changed_since(desk: Desk, ask: Ask) -> Draft | None:
    """The difference of the figure at baseline and the one at the time named, then both; None where either is lacking."""
    if len(ask.studies) != 1 or len(ask.measures) != 1 or ask.has("yes_no", "why", "list", "max", "min"):
        return None
    since = _BEFORE.search(ask.focus) or (_BY_THEN.search(ask.focus) and not _SINCE.search(ask.focus))
    if not (_ASKED.search(ask.focus) and since) or _SHARE.search(ask.focus):
        return None
    (study,), measure = ask.studies, ask.measures[0].removesuffix("_change")
    times = [t for t in ask.times if t != "baseline"]
    if len(times) != 1 or ask.groups or desk.selector.reported(study, f"{measure}_change"):
        return None
    own = [f for f in desk.selector.reported(study, measure) if not f.group and not f.comparator]
    first = _only([f for f in own if f.time_point == "baseline"])
    last = _only([f for f in own if same_time(f.time_point, times[0])])
    line = difference(desk, (first, last)) if first and last and first.unit == last.unit else None
    if line is None or first is None or last is None:
        return None
    return answered([line, *(of_fact(desk.speaker.statement(f), f) for f in (first, last))], ask.studies)


def _only(facts: list[Fact]) -> Fact | None:
    """The one figure of these; None for none, or for several that differ."""
    return facts[0] if len({f.value for f in facts}) == 1 else None
