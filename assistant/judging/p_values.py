"""Whether a p-value is given, and which: ``is there a p-value for the difference in CR?``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered, declined, of_fact
from assistant.judging.claims import verdict_line
from assistant.judging.significance import SIGNIFICANT, tested
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.selection import same_outcome, same_time
from assistant.text.text import fold

_NAMED = re.compile(r"\bp[- ]?values?\b|\bp\s*=", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|wasn't) there\b|\bany\b|\bhave (?:a|an|any|the)\b"
    r"|\b(?:give|report|state|provide|list|print|mention|quote|publish|calculate|compute)(?:n|d|s|ed)?\b",
    re.IGNORECASE,
)
"""Asks whether something is told."""
_MOST = 4
"""p-values of one study that are told at most."""


def p_value_given(desk: Desk, ask: Ask) -> Draft | None:
    """The p-values of the measures asked about after ``Yes``, or that there is none; None where something else is asked."""
    if "p_value" not in ask.measures or ask.values or not ask.studies or not _asks(fold(ask.focus)):
        return None
    measures = [m for m in ask.measures if m != "p_value"]
    found = [f for s in ask.studies for f in tested(desk, ask, s, measures)]
    found = [f for f in found if _is_asked(ask, measures, f)]
    if not found:
        return _none(desk, ask, measures)
    own = [[f for f in found if f.study == s][:_MOST] for s in ask.studies]
    found = [f for facts in own for f in facts]
    lines = [of_fact(desk.speaker.statement(f), f) for f in found[1:]]
    return answered([verdict_line(desk, True, found[0]), *lines], list(dict.fromkeys(f.study for f in found)))


def _asks(text: str) -> bool:
    return bool(_NAMED.search(text) and _GIVEN.search(text)) and not SIGNIFICANT.search(text)


def _is_asked(ask: Ask, measures: list[str], fact: Fact) -> bool:
    """Whether a p-value is of the measures and times asked about; one of no measure may be of any."""
    other = measures and fact.of and not any(same_outcome(fact.of, m) for m in measures)
    late = ask.times and fact.time_point and not any(same_time(fact.time_point, t) for t in ask.times)
    return not (other or late)


def _none(desk: Desk, ask: Ask, measures: list[str]) -> Draft:
    """The decline; it tells the measures whose p-values the studies do give."""
    names = joined([desk.speaker.short(m) for m in measures], "or")
    own = [f for s in ask.studies for f in desk.selector.reported(s, "p_value")]
    others = joined(list(dict.fromkeys(desk.speaker.short(f.of) for f in own if f.of)))
    text = f"The review does not report a p-value{f' for {names}' if names else ''} for {joined([desk.name(s) for s in ask.studies])}"
    return declined(f"{text}; it gives one for {others}." if others else f"{text}.", ask.studies)
