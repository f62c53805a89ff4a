"""Judges statements that do nothing but register a study."""

from __future__ import annotations

import re

from assistant.check.model import Finding, Verdict
from assistant.check.saying import Sayer
from assistant.check.who import Subjects
from assistant.corpus.corpus import Review

_NCT = re.compile(r"\bNCT\s?\d{5,}", re.IGNORECASE)
_REGISTERED = re.compile(
    r"(?:\W|\b(?:it|the|trial|study|of|was|is|has|were|registered|registration|registry|as|under|with|at|number|no|identifier|"
    r"id|nct|registrations|numbers|identifiers|entries|are|for|both|two|three|clinicaltrials|gov|its|in|and)\b)*",
    re.IGNORECASE,
)
"""A statement, but for names of studies, that does nothing but register them."""


def registered(text: str, subjects: Subjects, review: Review, say: Sayer) -> Finding | None:
    """Whether a registration number is that of the study named beside it; None where only one is named."""
    numbers = [m for m in subjects.marks if _NCT.search(text[m.start : m.end])]
    others = [m.studies for m in subjects.marks if m not in numbers]
    others = others or [n.studies for n in subjects.weak if len(n.studies) == 1]
    if not numbers or not others or not _REGISTERED.fullmatch(_bare(text, subjects)):
        return None
    study = next(iter(others[0])) if len(others[0]) == 1 else ""
    own = tuple(f for f in review.facts if f.study == study and f.attribute == "nct")
    said = {m[0].replace(" ", "") for m in map(_NCT.search, (text[n.start : n.end] for n in numbers)) if m}
    right = tuple(f for f in own if said & set(_NCT.findall(f.value)))
    if said <= {n for f in right for n in _NCT.findall(f.value)}:
        return Finding(Verdict.SUPPORTED, say.right(right), right)
    shown = say.fact(own[0]) if own else f"The review gives no such number of {say.who(study)}"
    return Finding(Verdict.CONTRADICTED if own else Verdict.NOT_FOUND, f"The review says: {shown}.", own[:1])


def _bare(text: str, subjects: Subjects) -> str:
    places = [(m.start, m.end) for m in subjects.marks] + [(n.start, n.end) for n in subjects.weak]
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
