"""The dose that patients had, where a question names it and the review gives a figure of them."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.facts.doses import dose_ids
from assistant.question.reader import Ask
from assistant.text.text import fold

_DOSE = re.compile(
    r"(?P<least>(?:\u2265|>=|>|\bat\s+least|\bat\s+or\s+above|\babove)\s*)?(?P<most>(?:\u2264|<=|<|\bat\s+most|\bup\s+to|\bbelow|\bunder)\s*)?"
    r"(?P<dose>\b\d[\d.,]*\s?(?:mg|g|\u00b5g|\u03bcg|ug|mcg|IU|Gy)(?:/(?:kg|m2|m\u00b2))?)(?![\w/])"
    r"(?:\s*(?:(?P<more>\+|(?:or|and)\s+(?:more|higher|above|over|greater|up(?:wards?)?))|(?P<less>(?:or|and)\s+(?:less|lower|below|under))))?",
    re.IGNORECASE,
)
_LOWER = frozenset({"low-dose"})
_CHOICE = (
    r"(?:taken|carried|moved|brought|going|goes|advanced|progressed)\s+(?:forward|further|on|ahead|into\s+phase)"
    r"|(?:selected|chosen|picked|recommended)"
)
_CHOSEN = re.compile(
    r"\b(?:dose|dose\s+level)\s+(?:(?:that|which)\s+)?"
    rf"(?:(?:is|was|were|are|has|have|being|been|to\s+be|will\s+be|they)\s+)*(?:{_CHOICE})\b"
    r"|\b(?:selected|chosen|recommended|RP2D|phase\s+(?:2|II|3|III))\s+(?:phase\s+(?:2|II|3|III)\s+)?dose\b|\bRP2D\b",
    re.IGNORECASE,
)
"""Means the dose of the study that was chosen, without its figure."""
_IS_CHOSEN = re.compile(
    rf"(?P<dose>\d[\d.,]*\s?(?:mg|g|\u00b5g|\u03bcg)(?:/(?:kg|m2|m\u00b2))?)(?![\w/])(?:\s*\([^()]*\))?"
    rf"(?:,\s+(?:which\s+(?:is|was)\s+)?(?:the\s+)?dose|,\s+which|\s+dose)?\s+(?:(?:that\s+)?(?:is|was|has\s+been|being)\s+)*(?:{_CHOICE})\b"
    rf"|\b(?:recommended|selected|chosen)\s+(?:phase\s+(?:2|II|3|III)\s+)?dose\s+(?:\([^()]*\)\s+)?(?:is|was|being)\s+(?P<later>\d[\d.,]*\s?(?:mg|g)(?:/(?:kg|m2|m\u00b2))?)",
    re.IGNORECASE,
)
"""Says of a dose that it was chosen."""


def at_dose(desk: Desk, ask: Ask) -> Ask:
    """``ask`` of the patients who had the one dose, or more or less than it, where figures asked for are told of these."""
    doses = list(_DOSE.finditer(fold(ask.focus)))
    if not doses and ask.measures and len(ask.studies) == 1 and _CHOSEN.search(ask.focus):
        return _at_chosen(desk, ask)
    if len(doses) != 1 or not ask.measures:
        return ask
    (match,) = doses
    bound = (
        {"or-more"}
        if match["least"] or match["more"]
        else {"or-less"}
        if match["most"] or match["less"]
        else set()
    )
    dose = re.sub(r"\b(?:ug|mcg)\b|(?<=\d)(?:ug|mcg)\b", "\u00b5g", match["dose"])
    ids = frozenset(dose_ids(dose)) | bound
    facts = [f for s in ask.studies or [s.id for s in desk.review.studies] for f in desk.selector.of(s)]
    facts = [f for f in facts if f.attribute in ask.measures]
    least = {f.passage for f in facts if f.group == ids - bound | {"or-more"}}
    if (
        bound == {"or-less"}
        and not match["less"]
        and any(f.passage in least and f.group == _LOWER for f in facts)
    ):
        ids = _LOWER  # "41% at 30 mg or more and 15% at lower doses"
    if not any(f.group == ids for f in facts) or any(ids & other for _, other in ask.groups):
        return ask
    return replace(ask, groups=(*ask.groups, (match[0].strip(), ids)))


def _at_chosen(desk: Desk, ask: Ask) -> Ask:
    """``ask`` of those who had the dose that its study took forward, where one is told and has figures of its own."""
    own = (fold(p.quote) for p in desk.review.passages if p.studies == ask.studies)
    told = {dose_ids(m["dose"] or m["later"]) for text in own for m in _IS_CHOSEN.finditer(text)}
    for ids in map(frozenset, told if len(told) == 1 else ()):
        if any(f.group == ids and f.attribute in ask.measures for f in desk.selector.of(ask.studies[0])):
            rows = tuple(c for c in ask.characteristics if c != "dose")
            return replace(ask, groups=(*ask.groups, ("dose taken forward", ids)), characteristics=rows)
    return ask
