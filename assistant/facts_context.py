"""What the words around a figure or a measure make of it: a definition, a cause, a count of participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_pieces import brackets
from assistant.model import Fact
from assistant.spans import Span

_DEFINED = re.compile(
    r"\bdefined\s+(?:as|by)\b(?:[^,;()]|,(?!\s*(?:was|were|is|are|had|has|occurred|came)\b))*", re.IGNORECASE
)


_COMPOSED = re.compile(
    r"\(\s*[\w/>=\u2265-]+(?:\s*(?:,|\+|/|\bor\b|\band\b|,\s*or\b|,\s*and\b|\bplus\b)\s*[\w/>=\u2265-]+)+\s*\)"
)
_GLOSS = re.compile(
    r",\s*(?:that\s+is(?:\s+to\s+say)?|i\.e\.|meaning|namely|in\s+other\s+words)\b[^,;]*(?=,)", re.IGNORECASE
)
"""Says between commas what a measure means."""


_ENROLLING = re.compile(
    r"\b(?:enrol\w*|included|recruited|followed|pooled|assigned|analy[sz]ed|reviewed|randomi[sz]ed|comprised|accrual\s+of|(?:carried\s+out|conducted|undertaken|studied|evaluated|tested)\s+(?:in|on))"
    r"\s+(?:a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)


_ENROLLED = re.compile(
    r"\s+(?:patients|adults|participants)\s+(?:received|were\s+given)\s+(?:[\w-]+(?:\s*,|\s+and|\s+plus)\s+)+[\w-]+"
    r"|\s+(?:received|took\s+part|(?:patients\s+)?were\s+(?:treated|infused|evaluable))\b|\s+(?:[\w-]+\s+){0,4}?(?:patients?|adults|children|subjects)?\s*(?:having\s+been|have\s+been|had\s+been|were|was|being)?\s*"
    r"(?:allotted|assigned|allocated|randomi[sz]ed|enrolled|recruited|included|accrued)\b"
    r"|\s+(?:patients|adults|children|participants|people)\s+(?:aged|with|who|whose|in\s+whom)\b[^;.()]{0,110}?"
    r"\b(?:were|was)\s+(?:allotted|assigned|allocated|randomi[sz]ed|enrolled|recruited)\b",
    re.IGNORECASE,
)
_TAKEN_TO = re.compile(
    r"\b(?:given|administered|offered)\s+(?:by\s+\w+\s+|orally\s+|intravenously\s+|subcutaneously\s+)?to\s+$",
    re.IGNORECASE,
)
"""``The drug was given to 132 adults with chronic disease``: so many were treated."""


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


_TIMED = re.compile(r"\b(?:at|by)\s+(?:day|week|month|year)s?\s+\d+$", re.IGNORECASE)


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
_PAIRED = re.compile(r"\s*(?:vs\b\.?|versus)\s*", re.IGNORECASE)


_NUMBERED = re.compile(r"\bnumbered\s+(?:\d+(?:\s*,\s*|\s+(?:and|vs\.?|versus|against)\s+))*$", re.IGNORECASE)
_DEATHS = re.compile(r"\b(?:deaths|relapses|events|infections|responses|progressions)$", re.IGNORECASE)


STATISTICS = {("CI",), ("p_value",)}


_GIVES = re.compile(
    r"(?:\b(?:was|were|is|are|be|been|remained|stayed|reached|fell|rose|to|at|and|or|vs\.?|versus|than|by|in|from)|[:,=(])\s*$",
    re.IGNORECASE,
)


def is_bound(fact: Fact, text: str) -> bool:
    """``with haemoglobin < 10 g/dL``: what patients had to have, or what was counted as a response; no result."""
    if not fact.comparator or fact.unit != "amount" or fact.attribute in {"p_value", "CI", ""}:
        return False
    before = text[: fact.start]
    return bool(before.strip()) and not _GIVES.search(before)


_BASE = re.compile(
    r"\b(?:based\s+on|includes?|included|including(?:\s+only)?|excluded|omitted|missing\s+(?:for|in)|available\s+(?:for|in|from)|data\s+(?:for|from|on))"
    r"\s+(?:only\s+)?(?:the\s+|a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)
_OBTAINED = re.compile(
    r"\b(?:available|known|missing|evaluable|(?:data|samples?|specimens?|biops(?:y|ies)|material|tissue|blood|cells|consent|results?|information|DNA|"
    r"measurements?|scans?)\b[^;.]{0,60}\bobtained)\s+(?:for|in|from)\s+(?:only\s+)?$",
    re.IGNORECASE,
)
_BASE_WITH = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:patients|participants|subjects|cases)\s+(?:with\s+(?:missing|available|evaluable|non-missing|unavailable|unknown)\b"
    r"|(?:were|was|are)\s+(?:excluded|omitted|censored|evaluable|assessable|not\s+(?:evaluable|assessable|analy[sz]ed)))",
    re.IGNORECASE,
)


_OF_WHOM = re.compile(r"\s*(?:(?:and|,)\s+\d+\s+)?(?:patients\s+)?of\s+whom\b", re.IGNORECASE)
_DEAD_OR = re.compile(r"(?:(?!\bdied\b)[^;])*\beither\s+died\s+or\s+(?:been|were|was|had)\b")
"""``85% had either died or been followed up for two years``."""


def is_base(fact: Fact, text: str) -> bool:
    """``is based on 875 patients``, ``61 patients with missing data``: those looked at or left out; no result."""
    if fact.unit != "patients" or fact.attribute in {"", "n_patients"}:
        return False
    if _OBTAINED.search(text[: fact.start]):
        return True  # "data were obtained for 11 of the 15 who progressed"
    if fact.percent or fact.total is not None:
        return False
    return bool(_BASE.search(text[: fact.start]) or _BASE_WITH.match(text, fact.end))


def without_bases(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``facts``, those counted as the basis of an analysis and their parts behind them being no results."""
    bases = [f for f in facts if is_base(f, text)]
    spans = [next(((a, b) for a, b in brackets(text) if 0 <= a - f.end <= 20), (0, 0)) for f in bases]

    def within(fact: Fact) -> bool:
        if _OF_WHOM.match(text, fact.end) and text.count("(", 0, fact.start) > text.count(")", 0, fact.start):
            return fact.unit == "patients" and fact.attribute == "deaths"  # "(170 of whom died)"
        if fact.attribute == "deaths" and _DEAD_OR.match(text, fact.end):
            return True
        counted = fact.unit == "patients" and not fact.percent and fact.total is None
        return counted and any(a < fact.start < b for a, b in spans)

    return [replace(f, attribute="") if f in bases or within(f) else f for f in facts]


def incidence_of(i: int, spans: Sequence[Span], text: str) -> bool:
    """``cumulative incidence of relapse`` is relapse."""
    later = next((s for s in spans[i + 1 :] if s.kind == "measure"), None)
    return later is not None and bool(
        re.fullmatch(r"s?\s+of\s+(?:[^\s,;.]+\s+){0,6}", text[spans[i].end : later.start])
    )


def is_cause(span: Span, text: str) -> bool:
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


_NO = re.compile(r"\bno\s+$", re.IGNORECASE)


def without_no_grades(spans: Sequence[Span], text: str) -> list[Span]:
    """``No grade 4 or 5 events were seen; fatigue in 40%``: ``spans`` without the grades that nobody had."""
    return [s for s in spans if s.kind != "grade" or not _NO.search(text[: s.start])]


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
        if listed or is_cause(span, text):
            ends = span.end
        else:
            kept.append(span)
    return kept


_WHEN_FIRST = re.compile(r"\W*(?:After|Following|Before|Since|Until|Upon)\b[^,;]*$")
_CONCEDED = re.compile(r"\W*(?:although|though|while|whereas|despite|even if)\b[^,;]*,", re.IGNORECASE)


def without_conceded(spans: list[Span], text: str) -> list[Span]:
    """``Although infections were similar, one patient died``: a first clause without figures gives no measure to later ones."""
    match = _CONCEDED.match(text)
    if match is None or any(s.kind == "value" and s.start < match.end() for s in spans):
        return spans
    own = [s for s in spans if s.kind == "measure" and s.start >= match.end()]
    return [s for s in spans if s.kind != "measure" or s.start >= match.end()] if own else spans


def counted_events(spans: list[Span], text: str) -> list[Span]:
    """``10 deaths`` and ``deaths (2 vs. 1)``: bare numbers that count patients."""

    def paired(a: Span | None, b: Span | None) -> bool:
        return bool(
            a and b and a.text.isdecimal() and b.text.isdecimal() and _PAIRED.fullmatch(text[a.end : b.start])
        )

    result = list(spans)
    for i, span in enumerate(spans):
        if span.kind != "value" or span.unit or not span.text.isdecimal() or len(span.text) > 4:
            continue
        after = spans[i + 1] if i + 1 < len(spans) else None
        before = spans[i - 1] if i else None
        measure = next((s for s in reversed(spans[:i]) if s.kind == "measure"), None)
        own = after is not None and after.kind == "measure" and bool(_DEATHS.search(after.text))
        said = own and after is not None and text[span.end : after.start].isspace()
        numbered = measure is not None and _NUMBERED.search(text[measure.end : span.start])
        if (
            said
            or numbered
            or ((paired(before, span) or paired(span, after)) and measure and _DEATHS.search(measure.text))
        ):
            result[i] = replace(span, unit="patients", n=int(span.text))
    return result


def glosses(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` without measures that merely gloss a figure: ``in one patient (CMV pneumonia, p = 1)``."""
    left = list(spans)
    for start, end in brackets(text):
        inside = [s for s in spans if start < s.start and s.end <= end]
        if (
            len(inside) > 1
            and all(s.kind == "measure" for s in inside)
            and _COMPOSED.fullmatch(text, start, end)
        ):
            left = [s for s in left if s not in inside]  # "the response rate (CR, mCR or PR) was"
        figures = any(s.kind == "value" and s.unit not in {"pvalue", "ci", "spread"} for s in inside)
        if not figures and any(s.kind == "value" and s.end <= start for s in spans):
            left = [s for s in left if not (s in inside and s.kind == "measure" and not s.text.isupper())]
    return left


def in_definition(span: Span, text: str) -> bool:
    """Whether a measure or time stands where another is defined."""
    if span.kind not in {"measure", "time", "value"}:
        return False
    timed = span.kind == "time" and _TIMED.search(text[: span.end])
    patterns = (_DEFINED,) if timed else (_DEFINED, _GLOSS)
    return any(m.start() < span.start and span.end <= m.end() for p in patterns for m in p.finditer(text))


def between(first: Span, second: Span, values: Sequence[Span]) -> bool:
    """Whether a figure stands between two groups."""
    return any(first.end <= v.start < second.start for v in values)


def is_enrolment(value: Span, text: str, *, has_measure_before: bool = True) -> bool:
    """Whether a count tells how many took part, whatever else its clause speaks of."""
    if value.unit != "patients" or value.percent or value.total is not None:
        return False
    if _TAKEN_TO.search(text[max(0, value.start - 60) : value.start]) and not has_measure_before:
        return True
    return enrols(text, value.start, value.end)


def enrols(text: str, start: int, end: int) -> bool:
    """Whether the words around a count say that so many took part."""
    if re.search(r"\b(?:other|remaining|rest)\s+$", text[:start]):
        return False
    return bool(_ENROLLING.search(text[max(0, start - 60) : start]) or _ENROLLED.match(text, end))
