"""Whether those just spoken of stopped treatment, where the very place of the last answer says so: ``all of whom continued it``."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.model import Kind
from assistant.question.reader import Ask
from assistant.telling.describe import Describer

_FATE = re.compile(
    r"\b(?:of whom|who|which|but|and|none|all|both|each|led|leading)\b[^.;]*"
    r"\b(?:continu\w+|stopp\w+|discontinu\w+|interrupt\w+|resum\w+|withdr\w+)\b",
    re.IGNORECASE,
)


def told_of_stopping(desk: Desk, describer: Describer, ask: Ask) -> Draft | None:
    """The sentence that the last answer rested on, where it tells who stopped or went on; None where that is not asked.

    Args:
        desk: the review's places.
        describer: quotes.
        ask: the question, with the places of the last answer.
    """
    if not ask.inherited or ask.measures != ("discontinuation",) or len(ask.studies) != 1:
        return None
    for place in ask.places:
        passage = desk.selector.places.get(place)
        if passage is not None and passage.locator.kind is Kind.SENTENCE and _FATE.search(passage.text):
            return answered([describer.quoting(passage)], ask.studies)
    return None
