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
_AMONG = re.compile(r"\b(?:in|among|of|for|amongst)\b[^,;?]*$", re.IGNORECASE)


def told_by(topics: Topics, focus: str, populations: Lexicon) -> tuple[Topics, list[Span]]:
    """The topics without measures by which patients are told, and these as groups."""
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


def _beside_asked(topics: Topics, asked: Sequence[Span], focus: str, populations: Lexicon) -> list[Span]:
    """``OS of patients who underwent transplantation``: patients told by an event that is not taken for asked."""
    found: list[Span] = []
    for span in topics.spans if asked else ():
        if span.kind != "measure" or span in topics.measures or span.start < asked[0].end:
            continue
        whom = populations.find(tokens(span.text))
        if whom and _WHO.search(focus[asked[0].end : span.start]):
            found.append(replace(span, kind="group", ids=whom[0].ids[:1], dual=False))
    return found
