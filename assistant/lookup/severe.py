"""Severe adverse events, which one study gives by their grade and another as serious ones."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.selection import grade_range

_SERIOUS, _ANY = "SAE", "AE"
_GRADED = re.compile(r"\bgrades?\b|\bgr\b", re.IGNORECASE)
_AND_SEVERE = re.compile(
    r"\b(?:and|,)\s*(?:was|were|is|are|how (?:much|many))\s+(?:any|it|they|some|those|of (?:it|them|those))\b[^?.;]{0,30}?"
    r"\b(?:severe|serious|high[- ]grade|grade)\b",
    re.IGNORECASE,
)
"""Asks for an event, and then whether it was severe."""
_SEVERE = 3
"""Grade from which on an event is severe."""


def severe_events(desk: Desk, ask: Ask, study: str, measure: str) -> tuple[str, Ask]:
    """The measure, and the question, as the study tells severe events: ``severe side effects`` as AEs of grade 3 or higher, or as SAEs.

    An event is serious by what it led to and severe by its grade; a question for severe ones is answered by what its study reports.
    """
    if ask.grade and _AND_SEVERE.search(ask.focus):
        return measure, replace(ask, grade="")  # of any grade, and how severe
    if measure != _SERIOUS or not ask.grade:
        return measure, ask
    graded = [
        f for f in desk.selector.reported(study, _ANY) if f.grade and grade_range(f.grade)[0] >= _SEVERE
    ]
    if any(f.grade for f in desk.selector.reported(study, _SERIOUS)):
        return measure, ask
    if graded:
        measures = tuple(_ANY if m == _SERIOUS else m for m in ask.measures)
        return _ANY, replace(ask, measures=measures)
    return measure, ask if _GRADED.search(ask.focus) else replace(ask, grade="")
