"""Patients told by an event, which is then not what is asked: ``OS in those who went on to transplant``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.question.rules import Topics
from assistant.spans.span import Span
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Lexicon

_WHO = re.compile(r"\b(?:who|whose|that)\b[^,;?]*$", re.IGNORECASE)
_PEOPLE = re.compile(r"(?:patients|people|those|children|adults|cases|recipients)\b", re.IGNORECASE)
_THOSE_WHO = re.compile(
    r"\b(?:patients|people|those|children|adults|cases|recipients|ones)\b[^,;?]*? (?:who|that)\b[^,;?]*$",
    re.IGNORECASE,
)
"""Begins to tell patients."""
_AMONG = re.compile(r"\b(?:in|among|of|for|amongst)\b[^,;?]*$", re.IGNORECASE)


_DOING = re.compile(
    r"(?P<counted>\b(?:share|proportion|percent(?:age)?|number|how many|fraction)\s+(?:of\s+)?(?:the\s+)?)?"
    r"\b(?:patients|people|those|children|adults|cases|pts)\s+(?P<who>(?:who|that)\s+(?:had\s+|have\s+)?)?(?:already\s+)?"
    r"(?:progress|relaps)(?:ing|(?<=s)ed)\s+(?:on|after|under|during|despite|through|from|following)\b",
    re.IGNORECASE,
)
"""Tells patients by what happened under a treatment: ``patients progressing on alphamab``."""
_FOUND_FIRST = re.compile(
    r"(?:mutations?|rearrangements?|deletions?|alterations?|fusions?|aberrations?|disease|MRD|metastas[ei]s|involvement|karyotypes?"
    r"|cytogenetics)$",
    re.IGNORECASE,
)
"""Ends the name of what is found in patients before they are treated."""


def told_by(topics: Topics, focus: str, populations: Lexicon) -> tuple[Topics, list[Span]]:
    """The topics without measures by which patients are told, and these as groups."""
    topics = _without_doing(_without_baseline(topics, focus), focus)
    kept: list[Span] = []
    groups: list[Span] = []
    for measure in topics.measures:
        gap = focus[kept[-1].end : measure.start] if kept else ""
        found = populations.find(tokens(measure.text))
        told = _WHO.search(gap) or (_PEOPLE.match(measure.text) and _AMONG.search(gap))
        if kept and found and told:
            groups.append(replace(measure, kind="group", ids=found[0].ids[:1], dual=False))
        else:
            kept.append(measure)
    groups += _beside_asked(topics, kept, focus, populations)
    return (replace(topics, measures=tuple(kept)), groups) if groups else (topics, [])


def _without_baseline(topics: Topics, focus: str) -> Topics:
    """``with a mutation at baseline``: when it was found, and no time of what is asked."""
    ends = {s.end for s in topics.spans if s.kind == "group" and _FOUND_FIRST.search(s.text)}
    spans = tuple(
        s
        for s in topics.spans
        if s.kind != "time"
        or s.ids != ("baseline",)
        or not any(not focus[end : s.start].strip(" ,").removeprefix("at") for end in ends if end <= s.start)
    )
    return replace(topics, spans=spans) if len(spans) < len(topics.spans) else topics


def _without_doing(topics: Topics, focus: str) -> Topics:
    """``in patients progressing on alphamab``: no progression is asked for, where something else is."""
    match = _DOING.search(focus)
    if match is None or (match["counted"] and not match["who"]):
        return topics
    kept = tuple(m for m in topics.measures if not match.start() <= m.start < match.end())
    other = kept or topics.characteristics or topics.families or any(s.kind == "group" for s in topics.spans)
    return replace(topics, measures=kept) if other and len(kept) < len(topics.measures) else topics


def _beside_asked(topics: Topics, asked: Sequence[Span], focus: str, populations: Lexicon) -> list[Span]:
    """``OS of patients who underwent transplantation``: patients told by an event that is not taken for asked."""
    found: list[Span] = []
    for span in topics.spans if asked else ():
        if span.kind != "measure" or span in topics.measures:
            continue
        whom = populations.find(tokens(span.text))
        behind = span.start >= asked[0].end and _WHO.search(focus[asked[0].end : span.start])
        if whom and (behind or _is_before(span, asked[0], focus)):
            found.append(replace(span, kind="group", ids=whom[0].ids[:1], dual=False))
    return found


def _is_before(span: Span, asked: Span, focus: str) -> bool:
    """Whether an event tells the patients of whom something is asked behind it: ``those who were transplanted were alive``."""
    return span.end <= asked.start and _THOSE_WHO.search(focus[: span.start]) is not None
