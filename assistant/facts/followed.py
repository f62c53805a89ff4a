"""How long a study was followed, said in passing: ``after a median follow-up of 19 months the median OS was 23 months``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.pieces import Piece
from assistant.spans.span import TIME_UNITS, Span

_IN_PASSING = re.compile(
    r"(?:^|[\s,;(])(?:after|at|with|over|during|following|given)\s+(?:an?\s+|the\s+|our\s+)?(?:[a-z]+\s+)?$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s+(?:time\s+|period\s+|duration\s+)?of\s+(?:only\s+|about\s+|approximately\s+|just\s+|over\s+)?"
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_OF_SOME = re.compile(r"\s*(?:in|for|among|on|vs\.?|versus|and\s+\d|to)\b", re.IGNORECASE)
"""Behind it stands whose follow-up it was."""


def follow_up_apart(spans: Sequence[Span], text: str) -> tuple[list[Span], list[Piece]]:
    """The other spans, and the follow-up that is said in passing as a piece of its own, with its range.

    Where nothing else is measured in the text it stays where it is.
    """
    spans = _without_hoped_for(spans, text)
    for i, span in enumerate(spans):
        if span.ids != ("median_follow_up",) or span.kind != "measure" or i + 1 == len(spans):
            continue
        value = spans[i + 1]
        if value.unit not in TIME_UNITS or not _OF.fullmatch(text, span.end, value.start):
            continue
        aside = _ASIDE.match(text, value.end)
        end = aside.end() if aside else value.end
        if not _IN_PASSING.search(text, 0, span.start) or _OF_SOME.match(text, end):
            continue
        own = [s for s in spans if s in (span, value) or (value.end <= s.start and s.end <= end)]
        rest = [s for s in spans if s not in own]
        if any(s.kind == "measure" for s in rest):
            return rest, [Piece(span.start, end, tuple(own))]
    return list(spans), []


_TO_COME = re.compile(r"\b(?:longer|further|extended|continued|additional|more|mature)\s+$", re.IGNORECASE)


def _without_hoped_for(spans: Sequence[Span], text: str) -> list[Span]:
    """``will have to be watched with longer follow-up``: the spans without a follow-up that has no length."""
    return [
        s
        for s in spans
        if s.kind != "measure" or s.ids != ("median_follow_up",) or not _TO_COME.search(text[: s.start])
    ]
