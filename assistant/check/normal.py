"""A statement in the spelling that the reader of facts knows: units, numbers in words, notes' short forms."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.check.phrasing import phrased
from assistant.text.text import ROMAN, WORD_NUMBER, fold, word_number

_DIGIT = "zero one two three four five six seven eight nine".split()
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"(?<=\d)\s?(?:percent|pct)\b\.?", "%"),
        (r"\bpercent\b", "per cent"),
        (r"(?<=\d)[- ]?(?:yrs?|y)\b\.?(?=[\s,;:)/]|-?[A-Z]|$)", "-year"),
        (r"(?<=\d)[- ]?(?:mos?|mths?|mo)\b\.?(?=[\s,;:)/]|-?[A-Z]|$)", "-month"),
        (r"(?<=\d)[- ]?(?:wks?)\b\.?(?=[\s,;:)/]|$)", "-week"),
        (r"\b(?:pts|pat\.|pt)(?=[\s,;:).]|$)", "patients"),
        (r"\bgr\.?\s?(?=[1-5IV])", "grade "),
        (r"(?<=[a-z])>=", " >="),
        (r"\b(hazard ratio|HR) for (?:disease )?progression or death\b", r"\1 for PFS"),
        (r"\b(hazard ratio|HR) for death\b", r"\1 for OS"),
        (r"\b(?:did|do|does)\s+not\s+respond\b|\bfailed\s+to\s+respond\b", "had no response"),
        (
            r"\b(cycles?\b[^.;]{0,60}\bafter (?:one|two|three|four|five|six|[1-6]))(?=[.,;)]|\s+(?:and|cycles?)\b|$)",
            r"\1 cycles",
        ),
        (r"\bcycles cycles?\b", "cycles"),
        (r",\s+(?=(?:HR|OR|RR)\s[\d=])", "; "),
        (r"\bone and a half years?\b", "18 months"),
        (r"\btwo and a half years?\b", "30 months"),
        (r"\bhalf a year\b", "6 months"),
        (r"(?<=%)\s+after\s+((?:\w+|\d+(?:\.\d+)?)[- ](?:year|month|week|day)s?)\b", r" at \1"),
        (
            r"\b((?:at|after)\s+\w+[- ](year|month|week|day)s?\b[^.;]{0,40}\b(?:at|after))\s+"
            r"(one|two|three|four|five|six|\d{1,2})(?=[.,;)](?!\d)|\s+(?:and|but)\b|$)",
            r"\1 \3 \2s",
        ),
        (r"\b(?:were|was)?\s*alive and (progression|event|relapse|disease)-free\b", r"had \1-free survival"),
        (
            r"\bto (\d+(?:\.\d+)?\s?(?:%|months|weeks|days|years)?) from (\d+(?:\.\d+)?\s?(?:%|months|weeks|days|years)?)(?![\w.])",
            r"from \2 to \1",
        ),
        (r"(?<=%)([^.;,]{0,40}?)\b(?:had |have )?responded\b", r"\1 achieved an overall response"),
        (
            r"\b(?:free|independent) (?:of|from) (?:red[- ]cell |platelet )?transfusions?\b",
            "transfusion independent",
        ),
        (r"(?<=\w)-(?=(?:arm|group)\b)", " "),
        (r"\bfollowed\b([^.;,]{0,40}?)\s+for a median of\b", r"had\1 a median follow-up of"),
        (r"(?<![np])\s?=\s?(?=\d+(?:\.\d+)?\s?(?:%|months|years|weeks|days))", " "),
        (r"\bFU\b", "follow-up"),
        (r"\bf/u\b", "follow-up"),
        (r"\bmed\.?\s(?=follow-up|age|OS|PFS|DOR|EFS)", "median "),
        (r"\bCAR T\b", "CAR-T"),
        (r"\b(?:per|to an|in either) (?=(?:arm|group)\b)", "in each "),
        (
            r"\b(?:between|from)\s+(\d{1,3})\s+(?:and|to)\s+(\d{1,3})\s+years?(?:\s+old|\s+of\s+age)?\b",
            r"aged \1-\2 years",
        ),
        (
            r"\bage range\b([^,;.]{0,40}?)\b(?:of|was|is|:)?\s*(\d{1,3}) to (\d{1,3}) years\b",
            r"age range\1 aged \2-\3 years",
        ),
        (r"\b(in|for|of) all(?=[,;.)]|\s+(?:and|but|vs)\b|$)", r"\1 all patients"),
        (r"\bany[- ]grade\s+", ""),
    )
)
_WORDS = re.compile(rf"\b{WORD_NUMBER}\b", re.IGNORECASE)
_KINDS_OF = frozenset(
    (
        "no to in for of and overall objective complete partial durable sustained initial haematological hematological "
        "hematologic haematologic "
        "platelet molecular minor major erythroid first best immune good poor very free event-free progression-free relapse-free "
        "disease-free failure-free leukaemia-free leukemia-free graft median mean treatment-free of their patient graft-free"
    ).split()
)
_BARE_RESPONSE = re.compile(
    r"(?:(?P<kind>[\w-]+)(?P<gap>\s+))?\b(?P<what>survival|responses?)\b"
    r"(?P<rest>(?:\s+(?:rates?|in|of|was|were|at|to|came|reached|stood|after|it)\b|\s*[:=(])*\s+\d)",
    re.IGNORECASE,
)
_POINT = re.compile(
    rf"\b({WORD_NUMBER}) point ((?:{'|'.join(_DIGIT)})(?: (?:{'|'.join(_DIGIT)}))?)\b", re.IGNORECASE
)
_WORD_PERCENT = re.compile(rf"\b({WORD_NUMBER})\s?(?=per\s?cent\b|%)", re.IGNORECASE)
_WORD_LENGTH = re.compile(
    rf"\b({WORD_NUMBER})(?=[- ](?:years?|months?|weeks?|days?|hours?)\b)", re.IGNORECASE
)
_N_IN_WORDS = re.compile(rf"\bn\s?=\s?({WORD_NUMBER})\b", re.IGNORECASE)
_GRADE_FIGURE = re.compile(r"(\bgrade \d(?:\s?-\s?\d)?)\s(?=\d)")
_ROMAN_GRADE = re.compile(r"\b(grades?\s+)([IV]{1,3})(?:\s?(-|/|to|or|and)\s?([IV]{1,3}))?\b", re.IGNORECASE)
_VERDICT = re.compile(r"^\s*(?:yes|no|not significantly|true|false|correct)\s*[:,]\s+", re.IGNORECASE)
"""An answer's first word; what stands behind it says what is so."""
_REFERENCES = re.compile(r"\s?\[\d{1,3}(?:\s?[,;-]\s?\d{1,3})*\]")


def normal(text: str) -> str:
    """``text`` with units, percentages and short forms spelled as the reader of facts knows them."""
    text = _VERDICT.sub("", _REFERENCES.sub("", fold(text)))
    text = _POINT.sub(_decimal, text)
    text = _WORD_PERCENT.sub(lambda m: f"{word_number(m[1])} ", text)
    for pattern, shown in _RULES:
        text = pattern.sub(shown, text)
    text = phrased(_WORD_LENGTH.sub(lambda m: str(word_number(m[1])), text))
    text = _GRADE_FIGURE.sub(r"\1 was ", text)
    text = _N_IN_WORDS.sub(lambda m: f"n = {word_number(m[1])}", text)
    text = _ROMAN_GRADE.sub(_graded, text)
    text = re.sub(r"(\d)\s?per\s?cent\b", r"\1%", text)
    text = _BARE_RESPONSE.sub(_overall, text)
    return re.sub(r"\s+", " ", text).strip()


def _overall(match: re.Match[str]) -> str:
    """``responses in 12%`` and ``survival was 34%`` with no kind named are overall ones."""
    if match["kind"] and match["kind"].lower().rstrip("-") in _KINDS_OF:
        return match[0]
    name = "overall survival" if match["what"].lower() == "survival" else "overall response"
    return f"{match['kind'] or ''}{match['gap'] or ''}{name}{match['rest']}"


def in_digits(text: str) -> str:
    """``text`` with its number words as digits: ``twenty-seven`` as ``27``."""
    return _WORDS.sub(lambda m: str(word_number(m[0])), text)


def _decimal(match: re.Match[str]) -> str:
    digits = "".join(str(_DIGIT.index(w.lower())) for w in match[2].split())
    return f"{word_number(match[1])}.{digits}"


def _graded(match: re.Match[str]) -> str:
    low = ROMAN.get(match[2].lower())
    high = ROMAN.get((match[4] or "").lower())
    if low is None or (match[4] and high is None):
        return match[0]
    return f"{match[1]}{low}" + (f"-{high}" if high else "")
