"""``and the p-value?``: a statistic of the figures that the last answer gave."""

from __future__ import annotations

from dataclasses import replace

from assistant.draft import Draft
from assistant.model import Status
from assistant.question.reader import Ask, QuestionReader
from assistant.selection import same_outcome

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})


def with_places(ask: Ask, draft: Draft, reader: QuestionReader, *, leans: bool) -> Ask:
    """``and the p-value?``: that of the figures just given."""
    bare = bool(ask.measures) and not (ask.characteristics or ask.families or ask.groups or ask.times)
    if not bare or not set(ask.measures) <= _STATISTICS or not leans:
        return ask
    places = dict.fromkeys(passage for line in draft.lines for passage, _ in line.support)
    stated = {f.attribute for line in draft.lines for f in line.facts} - _STATISTICS
    beside = [
        f
        for f in reader.review.facts
        if f.attribute in ask.measures and f.of and (f.passage in places or f.study in draft.studies)
    ]
    there = [f.of for f in beside if f.passage in places]
    if stated and any(not any(same_outcome(of, s) for s in stated) for of in there):
        return replace(
            ask, measures=(*ask.measures, *sorted(stated))
        )  # that of another measure is none of it
    if stated and not there:
        own = (f.passage for f in beside if any(same_outcome(f.of, s) for s in stated))
        places |= dict.fromkeys(own)
    return replace(ask, places=tuple(places)) if draft.status is Status.ANSWERED else ask
