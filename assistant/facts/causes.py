"""Measures that a sentence names as a cause, an aim or a moment, and gives no figure of."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER

_ANY: frozenset[str] = frozenset()
_GENERAL = frozenset({"AE", "SAE", "TEAE", "TRAE", "toxicity"})
_PROGRESSED = frozenset({"PD", "relapse"})
_TRANSPLANT = frozenset({"SCT"})
_LISTED_CAUSE = re.compile(
    r"\b(?:due\s+to|because\s+of|owing\s+to|on\s+account\s+of|reasons?\b[^;.:]{0,80}?(?:\b(?:was|were|included)\b|:))\s*:?\s*"
    r"(?:(?!\b(?:was|were|had|occurred|died|developed)\b)[^;.%]|\(\d+\s+\w+\);)*?(?:^|[\s,:(;]|\b(?:one|two|three|four|five|\d+)\s)$",
    re.IGNORECASE,
)
"""``due to hypertension, polypectomy, and proteinuria``: things that were reasons, each with how often it was one."""
_BEFORE: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (_ANY, _LISTED_CAUSE),
    # "Nine deaths were recorded, five of them from progression and three from infection"
    (
        _ANY,
        re.compile(
            rf"\b(?:deaths?|died)\b[^;.]*?\b(?:\d+|{WORD_NUMBER})\s+(?:(?:of\s+(?:them|these|whom|which)\s+)?(?:from|due\s+to)|of)\s+"
            r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}$",
            re.IGNORECASE,
        ),
    ),
    # "pneumonia was the cause of death in three patients, and sepsis in two"
    (_ANY, re.compile(r"\bcauses?\s+of\s+death\s+in\s+[^,;.]{1,30},?\s+and\s+$", re.IGNORECASE)),
    # the figure counts those without it
    (_ANY, re.compile(r"\ball\s+but\s+\w[^,;(]*$", re.IGNORECASE)),
    # "hypertension was the most common adverse event (19%)"
    (
        _GENERAL,
        re.compile(
            r"\S\s+(?:was|were)\s+(?:the\s+|among\s+the\s+|by\s+far\s+)*(?:second[- ])?"
            r"(?:most\s+(?:common|frequent)|commonest|leading|main|predominant)\b[^,;()]{0,60}$",
            re.IGNORECASE,
        ),
    ),
)
"""Measures (any of them where none is named), and what stands somewhere before them."""
_CLOSE_BEFORE: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        _ANY,
        re.compile(
            r"\b(?:because\s+of|due\s+to|owing\s+to|on\s+account\s+of|died\s+of|died\s+from|attributed\s+to|as\s+a\s+result\s+of|history\s+of|pre-?existing|"
            r"(?:stopped|discontinued|withdrawn|interrupted|hospitali[sz]ed|admitted)\s+for|(?:was|were)\s+treated\s+for|(?:received|underwent|given)\s+(?:[\w-]+\s+){1,4}for)\s+(?:\w+\s+)?$"
        ),
    ),
    # "none of the 7 cases of hypertension"
    (
        _ANY,
        re.compile(
            r"\bof\s+(?:the\s+|these\s+|those\s+)?\w+\s+(?:cases|episodes)\s+of\s+(?:[\w-]+\s+)?$",
            re.IGNORECASE,
        ),
    ),
    # "headache was the only event (16%)": the headache's figure
    (
        _ANY,
        re.compile(
            r"\w\s+(?:was|being|is)\s+(?:by\s+far\s+)?the\s+(?:(?:second\s+)?most\s+(?:frequent(?:ly)?|common(?:ly)?|usual|notable)|commonest|main|"
            r"leading|only|chief|predominant|principal)\s+(?:\w+\s+)?$"
        ),
    ),
    # "at the cost of more infections"
    (frozenset({"cost"}), re.compile(r"\bat\s+(?:the|an?)\s+(?:\w+\s+)?$", re.IGNORECASE)),
    # what was lost was not reached
    (_ANY, re.compile(r"\b(?:loss\s+of|lost|losing)\s+(?:the\s+|their\s+)?$")),
    # "apart from neutropenia, no event was seen in more than 10%"
    (
        _ANY,
        re.compile(
            r"\b(?:apart\s+from|except(?:\s+for)?|other\s+than|excluding)\s+(?:the\s+)?$", re.IGNORECASE
        ),
    ),
    # what they died of
    (frozenset({"deaths"}), re.compile(r"\bcauses?\s+of\s+$", re.IGNORECASE)),
    # "36 of 41 infused patients responded"
    (frozenset({"infused_patients"}), re.compile(r"\bof\s+(?:the\s+|all\s+)?\d+\s+$")),
    # "stable disease was the best response in 11"
    (frozenset({"BOR"}), re.compile(r"\b(?:as|was|were|being)\s+(?:the\s+|their\s+)?$")),
    # "post-relapse survival"
    (_PROGRESSED | _TRANSPLANT, re.compile(r"\b(?:post|pre|peri)-$", re.IGNORECASE)),
    # "at the time of first progression 4/11 received radiation"
    (
        _PROGRESSED,
        re.compile(
            r"\b(?:at\s+(?:the\s+)?(?:time\s+of\s+)?|(?:from|since)\s+(?:the\s+)?(?:(?:date|day|time)\s+of\s+)?|after\s+|following\s+|"
            r"upon\s+|before\s+)(?:(?:the\s+|their\s+)?(?:first|initial|second|disease|documented)\s+){0,2}$",
            re.IGNORECASE,
        ),
    ),
    (frozenset({"PD"}), re.compile(r"\buntil\s+(?:disease\s+|documented\s+)?$", re.IGNORECASE)),
    (
        _TRANSPLANT,
        re.compile(
            r"\b(?:after|before|since|following|until|(?:time|days?|weeks?|months?|years?)\s+of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}(?:(?:and|or|versus|vs\.?)\s+(?:[\w-]+\s+){1,2})?$",
            re.IGNORECASE,
        ),
    ),
)
"""The same within a few words."""
_CLOSE_CHARS = 60
_AIM = re.compile(r"\s*(?:In\s+order\s+to|With\s+the\s+aim\s+of|To(?!\s+date\b))\s+[a-z]+\s[^,;:.()\d%]*,")
"""``To prevent relapse, it was given to 36``: what a sentence says first of the purpose of what was done."""
_ASKED = re.compile(
    r"\W*(?:Whether|How|Why)\b[^,;:.()%\d]*?\b(?:was|were|is|remains?|has\s+been)\s+(?:the\s+|an?\s+)?(?:\w+\s+)?"
    r"(?:question|questions|subject|aim|asked|examined|studied|investigated|addressed|unclear|unknown|unsettled|explored|dissected|tested|assessed|analy[sz]ed)\b"
)
"""``Whether relapse can be prevented was asked in a series of 96``: what a sentence says first of what was to be found out."""
_KILLED = re.compile(
    r"\s+(?:was|were|being)\s+(?:the\s+|a\s+)?(?:most\s+)?(?:\w+\s+){0,2}causes?\s+of\s+(?:\w+\s+)?(?:deaths?|mortality)\b",
    re.IGNORECASE,
)
"""``Pneumonia was the cause of death in three``: counts the dead, and not who had it."""
_LED_TO = re.compile(
    r"\s+(?:led|prompted|caused|forced|induced)\s+(?:(?:the\s+)?(?:investigators|authors|physicians|trialists)\s+)?to\s+(?:[a-z]+\s+)?(?:shorten|reduc|interrupt|stop|paus|delay|chang|lower|modif|discontin)\w*"
)
"""``Cytopenia led the investigators to shorten the drug``: the reason of what was done."""
_LOST = re.compile(r"\s+(?:was|were|had\s+been)\s+(?:subsequently\s+|later\s+)?lost\b")
_PROGRESSED_ON = re.compile(r"\b(?:had|have|who|whose\s+\w+)\s+(?:had\s+|have\s+)?$", re.IGNORECASE)
_ON = re.compile(r"\s+(?:on|after|during|following|despite)\b", re.IGNORECASE)
"""``whose disease had progressed on two lines``."""
_THOSE = re.compile(
    r"(?<!\d\s)\b(?:patients|those|adults|children|recipients|cases)\s+(?:who\s+were\s+)?transplanted$",
    re.IGNORECASE,
)
"""``PFS was lower in patients transplanted for high-risk disease``."""
_ENROLLED_WITH = re.compile(
    r"\d\s+(?:[\w-]+\s+){0,3}?(?:patients|people|adults|participants|individuals|persons|subjects|women|men|children|adolescents)\s+with\s+(?:[\w/-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""``compared in 1,755 people with atrial fibrillation`` counts no events."""
_ENROLLED_THEN = re.compile(
    r"[^,;:]{0,40}\b(?:were|was|have\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:analy[sz]|includ|enrol|random|treated|recruit|assess|evaluat|follow|studied|given)"
)
_ENROLS = re.compile(
    r"\b(?:enrol|random|compar|against|includ(?!ing\b)|evaluat|assess|tested|stud(?:y|ied)|recruit|follow|treated|trial)",
    re.IGNORECASE,
)


def _is_cause(measure: Span, text: str) -> bool:
    """``stopped the drug because of infection`` counts no infections."""
    name, before = measure.ids[0], text[: measure.start]
    close = before[-_CLOSE_CHARS:]
    if any(p.search(before) for names, p in _BEFORE if not names or name in names):
        return True
    if any(p.search(close) for names, p in _CLOSE_BEFORE if not names or name in names):
        return True
    aim = _AIM.match(text) or _ASKED.match(text)
    if (
        _KILLED.match(text, measure.end)
        or _LOST.match(text, measure.end)
        or _LED_TO.match(text, measure.end)
        or (aim and measure.end <= aim.end())
    ):
        return True
    if name == "PD" and (
        re.match(r"-L?\d", text[measure.end :])  # "PD-1 blockers"
        or (_PROGRESSED_ON.search(close) and _ON.match(text, measure.end))
    ):
        return True
    if name == "SCT" and _THOSE.search(text[max(0, measure.start - 40) : measure.end]):
        return True
    enrolled = _ENROLS.search(before) or _ENROLLED_THEN.match(text, measure.end)
    return bool(enrolled and _ENROLLED_WITH.search(before[-_ENROLLED_CHARS:]))


_ENROLLED_CHARS = 90
_DONE = {("transplant",), ("allogeneic",), ("auto-transplant",)}
_AND_ALSO = re.compile(r"\s*(?:,|,?\s*(?:and|or))\s+(?:[a-z]+\s+)?", re.IGNORECASE)
_THEN_WAS = re.compile(r"(?:\s+rates?)?\s+(?:was|were|had|occurred|developed|remained)\b", re.IGNORECASE)
_WHEN_FIRST = re.compile(r"\W*(?:After|Following|Before|Since|Until|Upon)\b[^,;]*$")


def without_causes(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` without measures that are a cause, or listed behind one: ``transplanted again for relapse or rejection``."""
    kept: list[Span] = []
    ends = -1
    for span in spans:
        if span.kind == "group" and span.ids in _DONE and _LISTED_CAUSE.search(text[: span.start]):
            continue  # "stopped because of progression (n = 18) or transplantation (n = 4)"
        if span.kind != "measure":
            kept.append(span)
            continue
        listed = ends >= 0 and _AND_ALSO.fullmatch(text, ends, span.start)
        if listed and text[ends] == "," and _WHEN_FIRST.match(text[:ends]):
            listed = None  # "After transplantation, median OS was 13 months"
        if listed and listed[0].startswith(",") and _THEN_WAS.match(text, span.end):
            listed = None  # "three stopped because of relapse, and ORR was 50%"
        if listed or _is_cause(span, text):
            ends = span.end
        else:
            kept.append(span)
    return kept


_REASONS = re.compile(
    r"\b(?:because\s+of|due\s+to|owing\s+to|on\s+account\s+of|as\s+a\s+result\s+of)\b[^;.]*", re.IGNORECASE
)
_IN = re.compile(r"\bin\s+$", re.IGNORECASE)
_SEVERAL = 2


def without_reasons_counted(spans: Sequence[Span], text: str) -> list[Span]:
    """``stopped by 57, because of diarrhoea in 19 and rash in 11``: how many of these each reason held for, without a measure."""
    for reasons in _REASONS.finditer(text):
        behind = [s for s in spans if s.kind == "value" and reasons.start() < s.start < reasons.end()]
        counts = [s for s in behind if s.unit in {"", "patients"} and _IN.search(text[: s.start])]
        before = any(
            s.kind == "value" and s.unit in {"", "patients"} and s.end <= reasons.start() for s in spans
        )
        if before and len(counts) == len(behind) >= _SEVERAL:
            spans = [s for s in spans if s not in counts]
    return list(spans)
