"""Measures that a sentence names as a cause, an aim or a moment, and gives no figure of."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans import Span

_CAUSE = re.compile(
    r"\b(?:because\s+of|due\s+to|owing\s+to|died\s+of|died\s+from|attributed\s+to|as\s+a\s+result\s+of|history\s+of|pre-?existing|(?:stopped|discontinued|withdrawn|interrupted)\s+for"
    r"|(?:received|underwent|given)\s+(?:[\w-]+\s+){1,4}for)\s+(?:\w+\s+)?$"
)


_LISTED_CAUSE = re.compile(
    r"\b(?:due\s+to|because\s+of|owing\s+to|reasons?\b[^;.:]{0,80}?(?:\b(?:was|were|included)\b|:))\s*:?\s*"
    r"(?:(?!\b(?:was|were|had|occurred|died|developed)\b)[^;.%]|\(\d+\s+\w+\);)*?(?:^|[\s,:(;]|\b(?:one|two|three|four|five|\d+)\s)$",
    re.IGNORECASE,
)
"""Behind it stand things that were reasons, each with how often it was one."""
_CASES_OF = re.compile(
    r"\bof\s+(?:the\s+|these\s+|those\s+)?\w+\s+(?:cases|episodes)\s+of\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
_MOMENT = re.compile(
    r"\b(?:at\s+(?:the\s+)?(?:time\s+of\s+)?|(?:from|since)\s+(?:the\s+)?(?:(?:date|day|time)\s+of\s+)?|after\s+|following\s+|upon\s+|before\s+)(?:(?:the\s+|their\s+)?(?:first|initial|second|disease|documented)\s+){0,2}$",
    re.IGNORECASE,
)
_RISK = re.compile(r"\bat\s+(?:high|low)\b|\brisk\b", re.IGNORECASE)


_GENERAL = frozenset({"AE", "SAE", "TEAE", "TRAE", "toxicity"})
_MOST_COMMON = re.compile(
    r"\S\s+(?:was|were)\s+(?:the\s+|among\s+the\s+|by\s+far\s+)*(?:second[- ])?"
    r"(?:most\s+(?:common|frequent)|commonest|leading|main|predominant)\b[^,;()]{0,60}$",
    re.IGNORECASE,
)
_AIM = re.compile(r"\s*(?:In\s+order\s+to|With\s+the\s+aim\s+of|To(?!\s+date\b))\s+[a-z]+\s[^,;:.()\d%]*,")
"""What a sentence says first of the purpose of what was done."""


_ENROLLED_WITH = re.compile(
    r"\d\s+(?:[\w-]+\s+){0,3}?(?:patients|people|adults|participants|individuals|persons|subjects|women|men|children|adolescents)\s+with\s+(?:[\w/-]+\s+){0,4}$",
    re.IGNORECASE,
)
_ENROLLED_THEN = re.compile(
    r"[^,;:]{0,40}\b(?:were|was|have\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:analy[sz]|includ|enrol|random|treated|recruit|assess|evaluat|follow|studied|given)"
)
_ENROLS = re.compile(
    r"\b(?:enrol|random|compar|against|includ|evaluat|assess|tested|stud(?:y|ied)|recruit|follow|treated|trial)",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"\w\s+(?:was|being|is)\s+(?:by\s+far\s+)?the\s+(?:(?:second\s+)?most\s+(?:frequent(?:ly)?|common(?:ly)?|usual|notable)|commonest|main|leading|only|chief|"
    r"predominant|principal)\s+(?:\w+\s+)?$"
)
_LOST = re.compile(r"\s+(?:was|were|had\s+been)\s+(?:subsequently\s+|later\s+)?lost\b")
_WHEN = re.compile(
    r"\b(?:after|before|since|following|until|(?:time|days?|weeks?|months?|years?)\s+of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|upon|following|until)\s+(?:disease\s+|documented\s+)?$", re.IGNORECASE)
_PROGRESSED_ON = re.compile(r"\b(?:had|have|who|whose\s+\w+)\s+(?:had\s+|have\s+)?$", re.IGNORECASE)
_THOSE = re.compile(
    r"(?<!\d\s)\b(?:patients|those|adults|children|recipients|cases)\s+(?:who\s+were\s+)?transplanted$",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(r"\s*(?:,|,?\s*(?:and|or))\s+(?:[a-z]+\s+)?", re.IGNORECASE)
_ON = re.compile(r"\s+(?:on|after|during|following|despite)\b", re.IGNORECASE)


def _is_cause(span: Span, text: str) -> bool:
    """``stopped the drug because of infection`` counts no infections."""
    if span.kind != "measure":
        return False
    lead = text[max(0, span.start - 60) : span.start]
    told = _ENROLS.search(text[: span.start]) or _ENROLLED_THEN.match(text, span.end)
    if told and _ENROLLED_WITH.search(text[max(0, span.start - 90) : span.start]):
        return True  # "compared in 1,755 people with atrial fibrillation" counts no events
    if _APPOSED.search(text[max(0, span.start - 60) : span.start]):
        return True  # "headache was the most frequent adverse event (16%)": the headache's figure
    if re.search(r"\ball\s+but\s+\w[^,;(]*$", text[: span.start], re.IGNORECASE):
        return True  # the figure counts those without it
    if span.ids[0] in _GENERAL and _MOST_COMMON.search(text[: span.start]):
        return True  # "Hypertension was the most common adverse event (19%)"
    if (aim := _AIM.match(text)) and span.end <= aim.end():
        return True  # "To prevent relapse, it was given to 36 children"
    if _LOST.match(text, span.end) or re.search(r"\b(?:loss\s+of|lost|losing)\s+(?:the\s+|their\s+)?$", lead):
        return True  # what was lost was not reached
    if re.search(
        r"\b(?:apart\s+from|except(?:\s+for)?|other\s+than|excluding)\s+(?:the\s+)?$", lead, re.IGNORECASE
    ):
        return True  # "apart from neutropenia, no event was seen in more than 10%"
    if span.ids[0] == "deaths" and re.search(
        r"\b(?:proportion|percentage|share)\s+of\s+(?:the\s+)?$", lead, re.IGNORECASE
    ):
        return True  # "the proportion of deaths that were unrelated"
    if span.ids[0] == "deaths" and re.search(r"\bcauses?\s+of\s+$", lead, re.IGNORECASE):
        return True  # what they died of
    if span.ids[0] == "infused_patients" and re.search(r"\bof\s+(?:the\s+|all\s+)?\d+\s+$", lead):
        return True  # "36 of 41 infused patients responded"
    if span.ids[0] == "BOR" and re.search(r"\b(?:as|was|were|being)\s+(?:the\s+|their\s+)?$", lead):
        return True  # "stable disease was the best response in 11"
    if span.ids[0] == "PD" and _PROGRESSED_ON.search(lead) and _ON.match(text, span.end):
        return True  # "whose disease had progressed on two lines"
    if _LISTED_CAUSE.search(text[: span.start]) or _CASES_OF.search(lead):
        return (
            True  # "due to hypertension, polypectomy, and proteinuria"; "none of the 7 cases of hypertension"
        )
    if span.ids[0] in {"PD", "relapse", "SCT"} and re.search(r"\b(?:post|pre|peri)-$", lead, re.IGNORECASE):
        return True  # "post-relapse survival"
    if span.ids[0] in {"PD", "relapse"} and _MOMENT.search(lead) and not _RISK.search(lead):
        return True  # "at the time of first progression 4/11 received radiation"
    if span.ids[0] == "SCT" and _THOSE.search(text[max(0, span.start - 40) : span.end]):
        return True  # "PFS was lower in patients transplanted for high-risk disease"
    if span.ids[0] == "PD" and re.match(r"-L?\d", text[span.end :]):
        return True  # "PD-1 blockers"
    if span.ids[0] == "PD" and _AFTER.search(lead):
        return True  # "crossover after progression was used by 37 patients"
    return bool(_CAUSE.search(lead)) or (span.ids[0] == "SCT" and bool(_WHEN.search(lead)))


_DONE = {("transplant",), ("allogeneic",), ("auto-transplant",)}


def without_causes(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` without measures that are a cause, or listed behind one: ``transplanted again for relapse or rejection``."""
    kept: list[Span] = []
    ends = -1
    for span in spans:
        reason = span.kind == "group" and span.ids in _DONE and _LISTED_CAUSE.search(text[: span.start])
        if reason:
            continue  # "stopped because of progression (n = 18) or transplantation (n = 4)"
        listed = span.kind == "measure" and ends >= 0 and _AND_ALSO.fullmatch(text, ends, span.start)
        if listed and text[ends] == "," and _WHEN_FIRST.match(text[:ends]):
            listed = None  # "After transplantation, median OS was 13 months"
        if listed or _is_cause(span, text):
            ends = span.end
        else:
            kept.append(span)
    return kept


_WHEN_FIRST = re.compile(r"\W*(?:After|Following|Before|Since|Until|Upon)\b[^,;]*$")
