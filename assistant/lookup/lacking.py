"""Patients without a drug that everybody of a study was given: ``OS without alphamab``, of whom it tells no figure."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.names.studies import squeeze
from assistant.question.reader import Ask
from assistant.text.text import fold

_WITHOUT = re.compile(
    r"(?:\bwithout|\bno|\bminus|\bnever (?:given|got|received|had|took)"
    r"|(?:\bnot|n't|\bnever)\s+(?:been\s+|have\s+|had\s+)?(?:given|get|got|receiv\w+|tak\w+|treated with|on|have|had|use[d]?))\s+"
    r"(?:any\s+|the\s+)?(?P<drug>[^\W\d_][\w-]{2,})(?![\w-])"
    r"(?=\s*(?:[?.,;:)]|$)|\s+(?:in|at|of|for|after|by|and|or|arms?|groups?|patients|treatment|therapy|did|do|was|were|what|how)\b)",
    re.IGNORECASE,
)
_SHORT = 3
"""Letters of a short form from which on it may stand for the name that begins with it."""

Group = tuple[str, frozenset[str]]


def by_lack(desk: Desk, ask: Ask, study: str) -> list[Group]:
    """A group of no figures for each drug that a question leaves out and that every patient of the study had."""
    if not (ask.measures or ask.families):
        return []
    found: list[Group] = []
    for match in _WITHOUT.finditer(fold(ask.focus)):
        drug = match["drug"].lower()
        given_apart = desk.own.with_drug(study, drug) is not None
        if not given_apart and _is_given(desk, study, drug):
            found.append((f"patients without {match['drug']}", frozenset({f"no-{drug}"})))
    return found


def _is_given(desk: Desk, study: str, drug: str) -> bool:
    """Whether the cell of what a study gave names a drug, in full or by its short form (``L-ALP`` of alphamab)."""
    cells = " ".join(f.value for f in desk.selector.reported(study, "agents"))
    words = [w.lower() for w in re.findall(r"[^\W_][\w-]*", fold(cells))]
    parts = [p for w in words for p in (w, *w.split("-"))]
    return any(
        squeeze(p) == squeeze(drug) or (len(p) >= _SHORT and len(drug) > 2 * len(p) and drug.startswith(p))
        for p in parts
    )
