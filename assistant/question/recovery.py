"""``how many days until the white cells were back``: how long blood counts took to recover, not how high they were."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.question.rules import Topics

_WHEN = re.compile(
    r"\bhow (?:many days|soon|fast|quickly|long)\b|\bdays? (?:to|until|till|before)\b", re.IGNORECASE
)
_BACK = re.compile(
    r"\b(?:back|come|came|up|return(?:ed)?|recover\w*|engraft\w*|tak(?:e|en)|took)\b|\bdays? to (?:neutrophils?|platelets?)\b",
    re.IGNORECASE,
)
_RECOVERY = {
    "WBC": "neutrophil_recovery",
    "ANC": "neutrophil_recovery",
    "platelet_count": "platelet_recovery",
}
"""Counts, with what is asked where it is asked when they were back; white cells are counted for their neutrophils."""
_SAME = frozenset({"engraftment", "relapse"})
"""What the words of a recovery (``come back``) may also seem to ask for."""


def asked_recovery(topics: Topics) -> Topics:
    """``topics`` with the recovery of a count in place of the count, where a question asks how long it took."""
    counts = [m for m in topics.measures if m.ids[0] in _RECOVERY]
    if not counts or not (_WHEN.search(topics.focus) and _BACK.search(topics.focus)):
        return topics
    named = tuple(
        replace(m, ids=(_RECOVERY[m.ids[0]],)) if m in counts else m
        for m in topics.measures
        if m.ids[0] not in _SAME
    )
    known = {m.ids[0] for m in named if m.ids[0] in _RECOVERY.values()} <= topics.held
    return replace(topics, measures=named) if known else topics
