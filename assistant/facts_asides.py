"""What a sentence says beside its results: that nothing else happened, and who is free of what no measure names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans import Span

_NOTHING = re.compile(
    r"[,;]?\s+(?:with|and|but)\s+(?:there\s+(?:was|were)\s+)?no\s+(?:[a-z-]+\s+)*[^,;.:()%]*$"
)


def without_nothing(spans: Sequence[Span], text: str) -> list[Span]:
    """``OS and PFS were 84% and 67%, with no relapse beyond 20 months``: the spans without those of the last clause.

    Where the clause has figures of its own all are left.
    """
    match = _NOTHING.search(text.rstrip(" ."))
    if match is None or not any(s.kind == "value" and s.end <= match.start() for s in spans):
        return list(spans)
    inside = [s for s in spans if s.start >= match.start()]
    if any(s.kind == "value" and not s.ids for s in inside):
        return list(spans)
    return [s for s in spans if s not in inside]


_FREE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:of\s+(?:the\s+|all\s+)?[a-z]+\s+)?(?:(?:were|was|are|is|remained|remain|being)\s+)?(?P<free>free\s+(?:of|from))\b"
)


def without_freed(spans: Sequence[Span], text: str) -> list[Span]:
    """``42% were free of severe infections``: the spans without a figure that no measure of the text has a name for."""
    kept = []
    for span in spans:
        free = (
            _FREE.match(text, span.end) if span.kind == "value" and span.unit in {"%", "patients"} else None
        )
        named = free is not None and any(s.kind == "measure" and s.start == free.start("free") for s in spans)
        if free is None or named:
            kept.append(span)
    return kept


_STATE = re.compile(
    r"\b(?:CR\w*|remission|respon\w+|MRD\w*|\w*-?(?:negativ|positiv)\w+|chimerism)\b", re.IGNORECASE
)
_SOON = re.compile(r"\d+-(?:day|week)")
_LATER = re.compile(r"\d+-(?:month|year)")


def without_times_of_states(spans: Sequence[Span], text: str) -> list[Span]:
    """``18-month OS was 77% for patients in CR at day 28``: the spans without the day, which tells whom the figure is of."""
    if not any(s.kind == "time" and _LATER.fullmatch(s.ids[0]) for s in spans):
        return list(spans)
    states = [s for s in spans if s.kind == "group" and _STATE.search(s.text)]
    return [
        s
        for s in spans
        if s.kind != "time"
        or not _SOON.fullmatch(s.ids[0])
        or not any(
            re.fullmatch(r"(?:\s+(?:patients|disease|status))?\s+(?:at|on|by)?\s*", text[g.end : s.start])
            for g in states
            if g.end <= s.start
        )
    ]
