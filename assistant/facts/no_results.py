"""Figures that look like results and are none: bounds, bases, shares of events, counts that say of whom a figure is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.pieces import brackets
from assistant.model import Fact
from assistant.spans.span import Span

_MANY = r"(?:more\s+than|at\s+least|over|above|[>\u2265]=?|greater\s+than|not\s+less\s+than|no\s+less\s+than|a\s+minimum\s+of)"
_LISTED_IN = re.compile(
    rf"\b(?:in|by|affecting|among|involving|(?:frequency|incidence|rate)\s+of)\s+{_MANY}?\s*(?:or\s+equal\s+to\s+)?$",
    re.IGNORECASE,
)
_LIST_FOLLOWS = re.compile(
    r"\s*(?:of\s+(?:all\s+|the\s+)*(?:patients|participants|subjects|cases|recipients))?\s*(?:in\s+(?:either|any|both|each)\s+(?:arm|group)\s*)?"
    r"(?:\)\s*)?(?:were\b|was\b|included?\b|comprised|consisted|:)",
    re.IGNORECASE,
)
_EVENTS_NAMED = re.compile(
    r"\b(?:AEs?|TEAEs?|TRAEs?|events?|reactions?|effects?|toxicit(?:y|ies)|complications)\b[^;]*$",
    re.IGNORECASE,
)
_OF_EVENTS = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:relapses|deaths|events|progressions|episodes|failures|recurrences|responses|remissions)\b"
)
_LEVEL = re.compile(
    r"\b(?:levels?|burden|disease|blasts|values)\s+(?:of\s+)?(?:at\s+least|below|under|above|over|less\s+than|more\s+than)\s+[<>\u2264\u2265]?\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(?:with|had|having)\s+(?:at\s+least|fewer\s+than|less\s+than|more\s+than)\s+$", re.IGNORECASE
)
_OF_CELLS = re.compile(
    r"\s*(?:[\w-]+\s+){0,2}?(?:blasts|cells|cellularity|involvement|transcripts|expression|chimerism|clones?|VAF|alleles?)\b",
    re.IGNORECASE,
)
"""``had levels below 0.05%``, ``in those with at least 5% blasts``: tells who was meant, and is no result."""
_FATAL_IN = re.compile(
    r"\b(?:fatal|lethal|reversible|transient|severe|mild|moderate|serious|symptomatic|self-limit(?:ing|ed)|asymptomatic|resolved|recurred|reversed|unresolved|ongoing)\s+"
    r"(?:in|for)\s+(?:only\s+|all\s+|the\s+)?$",
    re.IGNORECASE,
)
_FATAL_BRACKET = re.compile(
    r"\b(?:was|were|but|and)\s+(?:only\s+)?(?:rarely|seldom|never|mostly|occasionally|less\s+often)\s+(?:severe|serious|fatal|symptomatic)\s*"
    r"\((?:\d[\d.]*\s?%\s*(?:and|vs\.?|versus|,)\s*)*$",
    re.IGNORECASE,
)
"""``were common (81% and 29%), but rarely severe (4% and 9%)``."""
_FATAL_AFTER = re.compile(
    r"\s+(?:(?:of\s+(?:them|these|which|whom)|cases?|patients?|events?|episodes?)\s+)*(?:was|were|being|proved|proving)\s+"
    r"(?:considered\s+)?(?:fatal|lethal|reversible|irreversible|unresolved|ongoing|serious)\b",
    re.IGNORECASE,
)
"""``seen in four patients, one case being fatal``: no second figure of how many had it."""
_LASTED_IN = re.compile(r"\b(?:lasted|persisted)\b[^.;,]{0,40}\bin\s+(?:the\s+)?$", re.IGNORECASE)
_OF_THESE = re.compile(
    r"\s+of\s+(?:these\b|them\b|whom\b|which\b|those\b(?!\s+(?:who|with|without|given|on|in|receiving|treated)\b))",
    re.IGNORECASE,
)
_MANAGED = re.compile(
    r"(?<!patients )(?<!who )\b(?:was|were)\s+(?:managed|treated|controlled|handled)\s+(?:with|by)\s+(?:[^;.]{0,60}\band\s+(?:with|by)\s+)?"
    r"(?:(?!and\b|was\b|were\b)[\w-]+\s+){1,4}?(?:in|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""``CRS was managed with steroids in 14``: counts those given them."""
_IN_REMISSION = re.compile(
    r"\s+of\s+(?:them|these|whom|which)\s+(?:while\s+)?in\s+(?:\w+\s+){0,2}remission\b", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\bof\s+(?:which|whom)\s+(?:only\s+)?$", re.IGNORECASE)
_WERE = re.compile(r"\s+(?:\([^()]*\)\s+)?(?:were|was|had)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:another|(?:an\s+)?additional|(?:a\s+)?further|other|remaining)\s+$", re.IGNORECASE)
_UNKNOWN_OTHERS = re.compile(r"\bof\s+the\s+(?:latter|former)\b", re.IGNORECASE)
_HEADS = re.compile(r"^\W*(?:in|among|of|for)\s+the\s+$", re.IGNORECASE)
_WHOM = re.compile(
    r"\s+(?:patients|participants|subjects|cases|children|adults)\s+(?:with|without|who|whose|in\s+whom)\b"
)
_ELSEWHERE = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:(?:patients|cases|participants|subjects|children|adults)\s+)?(?:with|without|on|among|given|receiving|treated\s+with|"
    r"in\s+(?!(?:CR|PR|remission|total|all|whom)\b))\s*(?=\w)"
)
_LIMIT = re.compile(
    r"(?<!was )(?<!were )(?<!remained )(?<!stayed )(?<!rose )(?<!kept )\b(?:above|over|exceeding|greater\s+than|more\s+than|at\s+least|"
    r"below|under|less\s+than|higher\s+than|lower\s+than)\s+$",
    re.IGNORECASE,
)


_LESS_BY = re.compile(
    r"\b(?:reduc|lower|decreas|increas|improv|rais|rose|fell|cut|prolong)\w*\s(?:(?!\b(?:was|were|had|seen|and\s+\w+ed|achieved|attained|reached|reported|followed|shown|experienced|met)\b)[^;:.%\d]){0,80}\bby\s+"
    r"(?:about\s+|approximately\s+|some\s+|almost\s+|nearly\s+|more\s+than\s+|an?\s+(?:relative|absolute|median|mean)\s+)?$",
    re.IGNORECASE,
)
"""``reduced the risk of death by 46%``: how much less it was, and not how much."""
_LESS = re.compile(r"\s+(?:lower|higher|smaller|greater|relative|reduction|decrease)\b", re.IGNORECASE)


def is_threshold(span: Span, text: str) -> bool:
    """``events in more than 10% of patients were``, ``was fatal in one``: no figure of a measure."""
    if span.kind != "value":
        return False
    before = text[: span.start]
    if span.unit == "%" and (
        _LEVEL.search(before) or (_AT_LEAST.search(before) and _OF_CELLS.match(text, span.end))
    ):
        return True
    if span.unit == "%" and span.total is None and _LIST_FOLLOWS.match(text, span.end):
        before = text[: span.start] + span.comparator
        asked = span.comparator or re.search(rf"{_MANY}\s*$", before, re.IGNORECASE)
        return bool(asked and _LISTED_IN.search(before) and _EVENTS_NAMED.search(before))
    shared = re.match(
        r"\s*\(\d", text[span.end : span.end + 5]
    )  # "in four (7%)": the share goes with it, later
    return span.unit == "patients" and not shared and bool(_FATAL_IN.search(text[: span.start]))


def without_no_results(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``facts``, those without a measure that count more of the same, or patients whom nobody knows.

    ``In the 118 with detectable MRD``; ``lasted two weeks in 81%``; ``CR in 60%, and 80% of these were MRD negative``;
    ``52% were in CR, and another 14% entered CR``; ``31 of the latter (40%)`` where no two groups were told;
    ``16 of the 25 relapses (64%)``; ``12 of 15 with A and 5 of 10 with B``, where B is no known group.
    """
    result: list[Fact] = []
    for i, fact in enumerate(facts):
        result.append(replace(fact, attribute="") if _is_none(fact, i, facts, text) else fact)
    return result


_OF_THE = re.compile(r"(?:^|[;,]\s*)(?:(?:and|but|while|whereas)\s+)?(?:of|among)\s+the\s+$", re.IGNORECASE)
_GIVEN = re.compile(
    r"\s+(?:(?:patients|participants|cases|subjects)\s+)?(?:on|given|receiving|assigned|randomi[sz]ed|treated|in\s+the)\b",
    re.IGNORECASE,
)
"""``of the 97 on A 44 responded``: the base of what follows."""


def without_limits(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``a white-cell count above 50 x 10^9/L``: ``facts``, the limit that tells patients apart being no result."""
    return [
        replace(f, attribute="")
        if f.unit == "amount" and f.attribute and _LIMIT.search(text[: f.start])
        else f
        for f in facts
    ]


def _is_none(fact: Fact, at: int, facts: Sequence[Fact], text: str) -> bool:
    before = text[: fact.start]
    bare = fact.unit == "patients" and not fact.percent and fact.total is None and not fact.group
    if bare and _HEADS.search(before) and _WHOM.match(text, fact.end):
        return True
    if fact.attribute in {"", "n_patients"}:
        return False
    if fact.unit == "patients" and fact.total is None and not fact.percent and _OF_THE.search(before):
        return bool(_GIVEN.match(text, fact.end))
    if fact.unit in {"%", "patients"} and _is_of_some(fact, facts[:at], text):
        return True
    if any(f.attribute == fact.attribute for f in facts[:at]) and (
        _FATAL_AFTER.match(text, fact.end)
        or _MORE.search(before)
        or (fact.unit == "patients" and _OF_WHICH.search(before) and _WERE.match(text, fact.end))
    ):
        return True
    if fact.total is None:
        return False
    return bool(_OF_EVENTS.match(text, fact.end)) or _is_of_unknown(fact, facts, text)


def _is_of_some(fact: Fact, told: Sequence[Fact], text: str) -> bool:
    """Whether a figure is of those counted just before, or of the ones that ``the latter`` means and nobody named."""
    before = text[: fact.start]
    if (
        (told and (_FATAL_IN.search(before) or _FATAL_BRACKET.search(before)))
        or _LASTED_IN.search(before)
        or _MANAGED.search(before)
        or _IN_REMISSION.match(text, fact.end)
    ):
        return True
    if fact.unit == "%" and (_LESS_BY.search(before) or _LESS.match(text, fact.end)):
        return True
    others = {"", "n_patients", fact.attribute}
    counted = any(f.attribute not in others and f.unit in {"%", "patients"} for f in told)
    if fact.unit == "%" and not fact.group and counted and _OF_THESE.match(text, fact.end):
        return True
    pointed = re.fullmatch(r"\s*the\s+(?:former|latter)\s*", fact.group_label, re.IGNORECASE)
    unknown = not fact.group or (fact.group_label in text[fact.end :] and not pointed)
    return unknown and _UNKNOWN_OTHERS.search(text, fact.start - 25, fact.end + 15) is not None


def _is_of_unknown(fact: Fact, facts: Sequence[Fact], text: str) -> bool:
    """``12 of 15 with A and 5 of 10 with B``: a figure of no known group beside one of others."""
    if fact.group or not _ELSEWHERE.match(text, fact.end):
        return False
    return any(
        f is not fact
        and f.total not in {None, fact.total}
        and bool(_ELSEWHERE.match(text, f.end))
        and not re.search(r"[;.]\s", text[min(f.end, fact.end) : max(f.start, fact.start)])
        for f in facts
    )


_GIVES = re.compile(
    r"(?:\b(?:was|were|is|are|be|been|remained|stayed|reached|fell|rose|to|at|and|or|vs\.?|versus|than|by|in|from)|[:,=(])\s*$",
    re.IGNORECASE,
)


def without_bounds(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``with haemoglobin < 10 g/dL``: what patients had to have, or what was counted as a response, has no measure."""
    return [replace(f, attribute="") if _is_bound(f, text) else f for f in facts]


def _is_bound(fact: Fact, text: str) -> bool:
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


_RESPONDED = re.compile(
    r"\s+(?:patients\s+)?(?:(?:with|in|who\s+(?:had|achieved|reached))\s+)?(?:an?\s+)?(?:complete|partial|s?CR\w?|VGPR|PR|MLFS)\b"
)
"""``including 12 patients with a CR``: counts those who responded."""


def _is_base(fact: Fact, text: str) -> bool:
    """``is based on 875 patients``, ``61 patients with missing data``: those looked at or left out; no result."""
    if fact.unit != "patients" or fact.attribute in {"", "n_patients"}:
        return False
    if _OBTAINED.search(text[: fact.start]):
        return True  # "data were obtained for 11 of the 15 who progressed"
    if fact.percent or fact.total is not None or _RESPONDED.match(text, fact.end):
        return False
    return bool(_BASE.search(text[: fact.start]) or _BASE_WITH.match(text, fact.end))


def without_bases(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``facts``, those counted as the basis of an analysis and their parts behind them being no results."""
    bases = [f for f in facts if _is_base(f, text)]
    spans = [next(((a, b) for a, b in brackets(text) if 0 <= a - f.end <= 20), (0, 0)) for f in bases]

    def within(fact: Fact) -> bool:
        counted = fact.unit == "patients" and not fact.percent and fact.total is None
        return counted and any(a < fact.start < b for a, b in spans)

    return [replace(f, attribute="") if f in bases or within(f) else f for f in facts]


_OF_SO_MANY = re.compile(
    r"(?:^|[.;:,(]\s*)(?:(?:and|but|whereas|while)\s+)?(?:of|among)\s+(?:the\s+|these\s+|those\s+|all\s+)?(?:other\s+|remaining\s+)?$",
    re.IGNORECASE,
)
_THEN = re.compile(r"[^.;,]{3,70}?[\s,]\d+\s+(?:of\s+them\s+)?\(\d[\d.]*\s?%")
"""The count of the clause itself, with its share, which is of those counted first."""
_HEAD = re.compile(r"\W*(?:of|among|in|for)\s+(?:the\s+|all\s+)(?:other\s+|remaining\s+)?", re.IGNORECASE)
_HEAD_THEN = re.compile(
    r"\s+[^.;,%()]{3,90}(?:\s*\([^()]*\))?,\s(?:[^\d;%]|\d+[- ](?:year|month|week|day)s?\b)*?"
    r"(?:(?<![\d.])\d[\d.]*\s?%|\b(?:was|were|of)\s+\d[\d.]*\s+months\b)"
)
"""``Among the 47 patients aged 60 or older, 2-year OS was 44%``: the count heads the sentence."""
_RATES_FOR = re.compile(r"\b(?:rates?|survival|OS|[A-Z]+FS)\s+(?:for|in|among|of)\s+(?:the\s+|all\s+)?$")
_THEN_WERE = re.compile(r"\s+[^.;,%()]{3,60}?\b(?:were|was)\s+\d[\d.]*\s?%")
"""``OS and EFS rates for 57 infused patients were 87% and 73%``."""
_AMONG_SO_MANY = re.compile(
    r"(?:^|[.;:,(]\s*)(?:(?:and|but|whereas|while)\s+)?(?:among|in|for)\s+(?:the\s+|those\s+|all\s+)$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"\s+(?:[^\W\d]\S*\s+){1,9}?(?:was|were|reached)\s+(?:only\s+|as\s+(?:high|low)\s+as\s+)?\d[\d.]*\s?%"
)
"""``among the 500 high-risk children it was 94.6%``: behind the number of those whom a rate is of."""
_IN_SO_MANY = re.compile(
    r"\d\s?%\s*(?:\([^()]*\)\s*)?(?:in|among|for|of)\s+(?:the\s+)(?:other\s+|remaining\s+)?$", re.IGNORECASE
)


def is_whole(value: Span, text: str) -> bool:
    """``of 30 patients with A 18 (60%) responded``, ``80% in the 50 without A``: the 30 and the 50 are no results."""
    if value.unit not in {"patients", ""} or value.percent or value.total is not None:
        return False
    if not re.fullmatch(r"\d+", value.text):
        return False
    before = text[: value.start]
    if _RATES_FOR.search(before) and _THEN_WERE.match(text, value.end):
        return True
    if _HEAD.fullmatch(before) and _HEAD_THEN.match(text, value.end):
        return True
    headed = _OF_SO_MANY.search(before) or _AMONG_SO_MANY.search(before)
    if headed and _IT_WAS.match(text, value.end):
        return True
    return bool((_OF_SO_MANY.search(before) and _THEN.match(text, value.end)) or _IN_SO_MANY.search(before))


def without_nobody(facts: Sequence[Fact]) -> list[Fact]:
    """A share or a count given both to those with something and to those without it has no measure.

    A ratio compares the two.
    """
    return [replace(f, attribute="") if _is_nobody(f) else f for f in facts]


def _is_nobody(fact: Fact) -> bool:
    return fact.unit in {"%", "patients"} and any(f"no-{i}" in fact.group for i in fact.group)
