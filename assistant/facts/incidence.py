"""An incidence that is that of what the sentence named before: ``relapse was rarer: the incidence was 12%``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span

_POINTS = re.compile(r"\b(?:the|its|whose)\s+$", re.IGNORECASE)
_STATED = re.compile(r"\s+(?:was|were|reached|came\s+to|amounted\s+to)\s+(?:only\s+)?(?=\d)", re.IGNORECASE)


def incidence_meant(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with the one measure named before in place of an incidence that means it."""
    if not any(s.ids == ("incidence",) for s in spans):
        return list(spans)
    return [_meant(s, spans[:i], text) if s.ids == ("incidence",) else s for i, s in enumerate(spans)]


def _meant(span: Span, before: Sequence[Span], text: str) -> Span:
    named = {s.ids for s in before if s.kind == "measure"}
    valued = any(s.kind == "value" for s in before)
    points = _POINTS.search(text, 0, span.start) and _STATED.match(text, span.end)
    return replace(span, ids=named.pop()) if points and len(named) == 1 and not valued else span
