"""Some of a study's patients set against all of them: the difference of the two figures of one measure and time."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.compare.arithmetic import difference, ratio
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, of_fact
from assistant.lookup.lookup import asked_facts
from assistant.model import Fact
from assistant.question.reader import Ask

_WHOLE = re.compile(
    r"\b(?:over ?all|every(?:one|body)|all(?: the)?(?: (?:patients|participants|subjects|comers|of them))?|"
    r"(?:whole|entire|total|full) (?:[\w-]+ ){0,2}(?:group|cohort|population|study|trial|series|set)|everyone else)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\bhow many times\b|\bby what factor\b|\bratio\b|\bfold\b", re.IGNORECASE)


def against_everyone(desk: Desk, ask: Ask) -> Draft | None:
    """``by how many points do those transplanted trail everyone``: from the figures at the same time.

    None where the one study gives the two for no time, or for several of which none is named.
    """
    one = len(ask.studies) == len(ask.measures) == len(ask.groups) == 1
    if not one or not ask.has("difference") or not _WHOLE.search(ask.focus):
        return None
    parts = [f for f in asked_facts(desk, replace(ask, wants="")) if ask.groups[0][1] <= f.group]
    pairs = [(part, whole) for part in parts if (whole := _of_everyone(desk, part)) is not None]
    work = ratio if _RATIO.search(ask.focus) else difference
    line = work(desk, pairs[0]) if len(pairs) == 1 else None
    return answered([line, *(_said(desk, f) for f in pairs[0])], ask.studies) if line else None


def _of_everyone(desk: Desk, part: Fact) -> Fact | None:
    """The one figure of all patients that is of the measure, time, grade and unit of ``part``."""
    same = [
        f
        for f in desk.selector.reported(part.study, part.attribute)
        if not f.group
        and (f.time_point, f.cycle, f.grade, f.unit) == (part.time_point, part.cycle, part.grade, part.unit)
    ]
    return same[0] if len({f.value for f in same}) == 1 else None


def _said(desk: Desk, fact: Fact) -> Line:
    return of_fact(desk.speaker.statement(fact, whole=not fact.group), fact)
