"""Figures set against those of patients outside the study: ``80%, against 49% in historical controls``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans import Span
from assistant.spans_labels import group_ids
from assistant.vocabulary import Matchers

_ASIDE = r"\s*(?:\([^()]*\)|\[[^\]]*\])?"
_AGAINST = re.compile(
    rf"{_ASIDE},?\s*(?:(?:which\s+)?compares?\s+(?:well\s+|favou?rably\s+)?with|(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?"
    r"|(?:was|is|being)\s+(?:better|worse|higher|lower|longer|shorter)\s+than)\s+"
    r"(?:only\s+|just\s+|the\s+)?(?:a\s+median\s+of\s+)?(?:an?\s+(?P<rate>histori(?:cal|c)\s+(?:rate|figure|value|median))\s+of\s+)?",
    re.IGNORECASE,
)
_WHO = r"(?P<label>(?:historical|historic|external|earlier|registry)\s+(?:[a-z]+\s+)?(?:controls?|cohorts?|series|comparators?|patients))\b"
_OUTSIDERS = re.compile(
    rf"{_ASIDE}\s*(?:in|for|of|among|with)\s+(?:the\s+|an?\s+|our\s+|their\s+)?(?:\d+\s+)?(?:matched\s+)?{_WHO}",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"\W*(?:(?:in|among|for)\s+)?(?:the\s+|an?\s+)?(?:\d+\s+)?(?:matched\s+)?{_WHO}", re.IGNORECASE
)
_OUTSIDE = ("control",)


def against_outsiders(
    values: Sequence[Span], groups: Sequence[Span], text: str, matchers: Matchers
) -> list[Span]:
    """The groups of two figures one of which is of patients outside the study; none where neither is.

    Where nothing but those outside is named, the other figure's group has no ids.
    """
    if len(values) != 2:
        return []
    first, second = values
    behind = _OUTSIDERS.match(text, second.end)
    between = _OUTSIDERS.match(text, first.end, second.start)
    gap = _AGAINST.fullmatch(text, between.end() if between else first.end, second.start)
    if gap is None:
        return []
    if gap["rate"] and not between and not behind:
        outside = Span("group", *gap.span("rate"), gap["rate"], _OUTSIDE)
    else:
        found = between or behind or _HEADING.match(text)
        if found is None or (between and behind):
            return []
        ids = tuple(sorted(group_ids(found["label"], matchers)))
        outside = Span("group", *found.span("label"), found["label"], ids)
    own = [g for g in groups if g.end <= outside.start or g.start >= outside.end]
    if len({g.ids for g in own}) > 1:
        return []
    other = own[0] if own else Span("group", outside.start, outside.start, "", ())
    leads = outside.start < second.start and not gap["rate"]
    return [outside, other] if leads else [other, outside]
