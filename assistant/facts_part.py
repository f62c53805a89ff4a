"""Groups told within another group: ``responders who were transplanted``, and ``those who were not``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.spans import Span

_WHO = re.compile(
    r"\s+who\s+(?:(?:were|had|underwent|received|had\s+received|subsequently|later)\s+)+(?:an?\s+)?"
)
_NOT = re.compile(r"(?:those|patients)\s+who\b", re.IGNORECASE)


def within_part(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with the two groups of ``responders who were transplanted`` as one; those who were not are responders, too."""
    result = list(spans)
    groups = [s for s in spans if s.kind == "group"]
    for first, second in pairwise(groups):
        if len(first.ids) != 1 or len(second.ids) != 1 or not _WHO.fullmatch(text, first.end, second.start):
            continue
        if first not in result or second not in result:
            continue
        whole = Span(
            "group", first.start, second.end, text[first.start : second.end], (*first.ids, *second.ids)
        )
        others = [
            s
            for s in result
            if s.kind == "group"
            and s.start > second.end
            and s.ids == (f"no-{second.ids[0]}",)
            and _NOT.match(s.text)
        ]
        told = [replace(s, ids=(*first.ids, *s.ids)) for s in others]
        result = [s for s in result if s not in (first, second, *others)] + [whole, *told]
    return sorted(result, key=lambda s: (s.start, s.end))
