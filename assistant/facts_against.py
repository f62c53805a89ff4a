"""Figures set against those of patients outside the study: ``80%, against 49% in historical controls``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans import Span, group_ids
from assistant.vocabulary import Matchers

_AGAINST = re.compile(
    r"\s*(?:\([^()]*\))?,?\s*(?:and\s+thus\s+)?(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s+(?:only\s+|just\s+)?(?:a\s+median\s+of\s+)?",
    re.IGNORECASE,
)
_OUTSIDERS = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\]]*\])?\s*(?:in|for|of|among|with)\s+(?:the\s+|an?\s+|our\s+|their\s+)?(?:\d+\s+)?"
    r"(?:matched\s+)?(?P<label>(?:historical|historic|external|earlier|registry)\s+(?:[a-z]+\s+)?(?:controls?|cohorts?|series|comparators?|patients))\b",
    re.IGNORECASE,
)


def against_outsiders(
    values: Sequence[Span], groups: Sequence[Span], text: str, matchers: Matchers
) -> list[Span]:
    """The groups of two figures of which the second is of patients outside the study; none where it is not.

    Where nothing but those outside is named, the first figure's group has no ids.
    """
    if len(values) != 2 or not _AGAINST.fullmatch(text, values[0].end, values[1].start):
        return []
    match = _OUTSIDERS.match(text, values[1].end)
    if match is None:
        return []
    begin, end = match.span("label")
    before = [g for g in groups if g.end <= begin]
    if len({g.ids for g in before}) > 1 or any(g.start >= end for g in groups):
        return []
    outside = Span("group", begin, end, match["label"], tuple(sorted(group_ids(match["label"], matchers))))
    return [before[-1] if before else Span("group", begin, begin, "", ()), outside]
