"""``HR`` that is no hazard ratio: the high-risk patients, or the name of a disease of high risk (``HR-MDS``)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans.span import Span

_OF_DISEASE = re.compile(r"-[A-Z][A-Za-z]+")
_OF_PATIENTS = re.compile(
    r"[- ](?:kids|children|patients|pts|people|adults|boys|girls|arms?|groups?|tiers?|columns?|stratum|strata|cases)\b",
    re.IGNORECASE,
)
_RISK = "HR"


def without_risk(spans: Sequence[Span], focus: str) -> list[Span]:
    """``spans`` with the high-risk patients in place of a hazard ratio where the words behind ``HR`` say so."""
    kept = []
    for span in spans:
        told = span.kind == "measure" and span.ids == (_RISK,) and focus[span.start : span.end] == _RISK
        if told and _OF_DISEASE.match(focus, span.end):
            continue
        if told and (whom := _OF_PATIENTS.match(focus, span.end)):
            span = Span("group", span.start, whom.end(), focus[span.start : whom.end()], ("high-risk",))
        kept.append(span)
    return kept
