"""What a sentence goes on with behind an aside: the measure of its main clause, and the part of the patients told by a dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.counts import RESPONSES
from assistant.spans.span import Span

_ASIDE = re.compile(r",?\s+(?:including|of\s+(?:whom|which)|among\s+(?:them|whom))\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"[,;]\s+(?:and|but|while|whereas|compared\s+with|versus)\s+(?:(?:it\s+)?(?:was|were|reached|rose\s+to|fell\s+to)\s+)?(?:only\s+|even\s+|as\s+(?:high|low)\s+as\s+)?$",
    re.IGNORECASE,
)
_OF_PART = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:at|in|among|for|with)\s+(?!(?:a|an|CR|PR|complete|partial)\b)", re.IGNORECASE
)


def aside_closed(spans: list[Span], text: str) -> list[Span]:
    """``The ORR was 79%, including four CRs, and 85% in men``: behind the aside the measure of the main clause once more."""
    aside = _ASIDE.search(text)
    if aside is None:
        return spans
    main = [s for s in spans if s.kind == "measure" and s.end <= aside.start()]
    inside = [s for s in spans if s.kind == "measure" and s.start >= aside.end()]
    if not main or not inside or any(m.ids[0] not in RESPONSES for m in inside):
        return spans
    found = []
    for value in (s for s in spans if s.kind == "value" and s.unit == "%" and s.start >= inside[0].end):
        if inside[-1].end <= value.start and _GOES_ON.search(text[: value.start]) and _OF_PART.match(text, value.end):
            found.append(replace(main[-1], start=value.start, end=value.start))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end, s.kind != "measure")) if found else spans


_TURNS = re.compile(r",\s*(?:while|whereas|whilst|but)\b|;", re.IGNORECASE)


def of_last_clause(spans: list[Span], text: str) -> list[Span]:
    """``No DLTs were seen in cohort 1, whereas one of six in cohort 2 had neutropenia``: the spans without the idle clause.

    A first clause without figures lends nothing to one that names its measure and its group.
    """
    turn = _TURNS.search(text)
    if turn is None:
        return spans
    before, behind = ([s for s in spans if s.end <= turn.start()], [s for s in spans if s.start >= turn.end()])
    if not _NO.match(text) or any(s.kind == "value" and not _SIZE.match(s.text) for s in before):
        return spans
    told = {s.kind for s in behind}
    return [s for s in spans if s.kind == "value" or s not in before] if {"value", "measure", "group"} <= told else spans


_NO = re.compile(r"\W*(?:no|none|neither|not\s+one)\b", re.IGNORECASE)
_SIZE = re.compile(r"n\s*=", re.IGNORECASE)
