"""Free prose in the plain spelling that the reader of facts knows: letters' openings, ages, times and shares in words."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.text.text import word_number

_SAW = (
    r"looked\s+(?:up|at|into|through)|checked|re-?read|read|discussed|went\s+(?:through|over)|saw|noted|found|"
    r"came\s+across|summari[sz]ed|presented"
)
_OUTCOMES = "event progression relapse disease".split()
_MEASURED = r"(?:the\s+|an?\s+)?(?:\d|OS\b|EFS\b|PFS\b|RFS\b|DFS\b|CR\b|ORR\b|overall|event|progression|relapse|disease|survival)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"(?<![\d.%])(\d{1,2})-(\d{1,2})-year(?=[,;.)]|$)", r"aged \1-\2 years"),
        (r"\b(?:table|text|tables) of (?:the|this) (?:review|letter|article)\b", "table"),
        (r"\b(?:the )?(?:two|both) (groups|arms|cohorts)\b", r"the \1"),
        (r"\b(?:were|was|are|remained|stayed) (?:still )?in (response|remission)\b", r"had a sustained \1"),
        (r"^(one|two|three|four|[1-6]) cycles? of\b", r"After \1 cycles of"),
        (
            r"\b((?:\d+-(?:year|month|week|day) )?)([A-Z][A-Za-z/]{1,7}) and ([A-Z][A-Za-z/]{1,7}) (of|were|was) (\d+(?:\.\d+)?%) and "
            r"(\d+(?:\.\d+)?%)(?:,? respectively)?",
            r"\1\2 \4 \5 and \1\3 \4 \6",
        ),
        (r"^(?:my|our) (?:notes?|slides?|summary) (?:on|about|from|of)\b", ""),
        (r"\bin terms of\b", "in"),
        (r"^(?:so,? )?(?:the |my )?(?:short )?answer(?: to (?:your|the|that) question)?(?: is)?\s*[:,]\s*", ""),
        (r",? (?:which numbered|numbering) (?=\d|[a-z-]+ patients)", " of "),
        (r"\bhad no events?\b", "had event-free survival"),
        (
            r"\b(?:severe|mild|high-grade|low-grade)\s+([A-Za-z]+)\s*\((?:i\.e\.,? )?((?:>=?|<=?|\u2265|\u2264)?\s?grades?\b[^)]*)\)",
            r"\1 of \2",
        ),
        (r"\b(was|were) limited to (?=\d)", r"\1 "),
        (r"^(?:slide|table|fig(?:ure)?|box|point|item|page|note) \d+\s*[:.]\s+", ""),
        (r"\s\|\s", "; "),
        (r",\s+(?:i\.\s?e\.|that is),?\s+(\d+(?:\.\d+)?%),?", r" (\1)"),
        (r"\b(?:i\.\s?e\.|e\.\s?g\.),?\s+", ""),
        (r"\b(?:a|one) year and a half\b", "18 months"),
        (r"\bin (?:this|the|our) (?:review|letter|article)\b", "here"),
        (r"\b(adults|patients|children|AYAs?)\s*\((\d{1,2})\s?(?:-|to)\s?(\d{1,2}) years?\)", r"\1 aged \2-\3 years"),
        (r"\b(aged?s?|ages) (\d{1,2}) through (\d{1,2})\b", r"aged \2-\3 years"),
        (r"^(?:hi|hello|hey|dear)\b[^,:!.\d]{0,30}[,:!]\s+", ""),
        (r"^(?:fyi|nb|n\.b\.|in (?:short|brief|sum)|to (?:sum up|summari[sz]e)|as (?:promised|requested|you asked))\s*[,:]\s+", ""),
        (r"\b(?:quick|brief|short) (?:summary|recap|overview|note|update|reminder)\b", "report"),
        (rf"^((?:also|and|so),?\s+)?(?:I|we)\s+(?:have\s+|just\s+|also\s+|then\s+)*(?:{_SAW})\s+(?:that\s+)?", ""),
        (
            r"\b(?:in|at|for) (?:our|my|the|today's|this week's) (?:reading group|journal club|tutorial|seminar|"
            rf"(?:lab|group|team) meeting),?\s+(?:(?:I|we)\s+(?:{_SAW})\s+)?",
            "",
        ),
        (r"(?<=[\w)\]])\s+for you(?=\s*[:,])", ""),
        (r"^(?:please\s+)?(?:compare|note that|please note that|remember that|recall that|remember|recall|note)\s*:?\s+", ""),
        (r"(^|[.,;:] )(\d+|[a-z]+)[- ](year|month|week)s? on\b,?", r"\1At \2 \3s,"),
        (r"(?<=%)(\s+of\s+(?:the\s+|all\s+)?(?:\d+\s+)?(?:patients|them|those))?\s+(?:still )?alive\b", r"\1 were alive"),
        (r"\b(?:still|remained|remain) alive\b", "were alive"),
        (r"\bwere were alive\b", "were alive"),
        (r"\balive ((?:\w+|\d+(?:\.\d+)?) (?:year|month|week)s?) (?:on|later|out)\b", r"alive at \1"),
        *(
            (
                rf"\b(?:were|was|are|remained|stayed)\s+(?:alive\s+)?(?:free\s+(?:of|from)|without)\s+(?:any\s+|an?\s+)?{w}s?\b",
                f"had {w}-free survival",
            )
            for w in _OUTCOMES
        ),
        *((rf"\b(?:were|was|are|remained|stayed)\s+{w}-free\b", f"had {w}-free survival") for w in _OUTCOMES),
        (
            r"\b(?:(?:between\s+the\s+)?ages?\s+(?:of\s+|from\s+|between\s+)?|aged\s+(?:between\s+)?|between\s+)?(\d{1,2})\s?"
            r"(?:-|to|and)\s?(\d{1,2})\s+years?\s+(?:old|of\s+age)\b",
            r"aged \1-\2 years",
        ),
        (r"\bbetween the ages of (\d{1,2}) and (\d{1,2})\b(?! ?%)", r"aged \1-\2 years"),
        (r"\bages?\s+(?:from\s+)?(\d{1,2})\s?(?:-|to)\s?(\d{1,2})\b(?!\s?(?:%|years|\.\d))", r"aged \1-\2 years"),
        (r"\baged\s+(?:from\s+|between\s+)?(\d{1,2})\s+(?:to|and)\s+(\d{1,2})\b(?!\s?(?:%|\.\d|years))", r"aged \1-\2 years"),
        (r"\b(?:with|after) a median of (\d+(?:\.\d+)? (?:months|years)),?\s+(?=" + _MEASURED + ")", r"with a median follow-up of \1, "),
        (
            r"\b([\w/-]+) and ([\w/-]+) (?:(?:were|was|had) (?:each|both)|both (?:were|had)|each (?:were|was|had)) "
            r"((?:[a-z]+ (?:in|by) )?)(\d+(?:\.\d+)?%)",
            r"\1 was \3\4, \2 was \3\4",
        ),
        (r"\b(?:according to|as per) (?:the|this|that) (?:review|letter|article|paper),?\s*", ""),
        (
            r"^(?:the|this) (?:review|letter|article) (?:says|states|reports|notes|gives|writes|mentions|tells us|shows)\s+(?:that\s+)?",
            "",
        ),
        (r"\bremissions?\s*\((CR[^)]*)\)", r"\1"),
        (r"(\d+(?:\.\d+)?%) of (?:the )?patients \((?:n ?= ?)?(\d+)\)", r"\2 patients (\1)"),
        (r"\b(?:adding|the addition of) ([\w-]+)(?!\s+to\b)(?=\s)", r"with \1"),
        (r"\blook(?:s|ed|ing) back (?:at|on)\b", "retrospectively studied"),
        (r"\bbeats?\b", "outperformed"),
        (r"\bwent (up|down)\b", r"moved \1"),
        (r"\bmoved up\b", "rose"),
        (r"\bmoved down\b", "fell"),
        (r"\bcycle one\b", "cycle 1"),
        (r"\bcycle two\b", "cycle 2"),
        (r"\bcycle three\b", "cycle 3"),
    )
)  # fmt: skip
_COUNTED = re.compile(r"\b([\w-]+) (?:of the )?patients? \((\d+)\s?(?:/|of|out of)\s?(\d+)\)", re.IGNORECASE)
"""A count with its whole behind it: ``one patient (1/10)``."""
_ONES = re.compile(r"\bones\b")
_CYCLE = re.compile(r"\bcycles?\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(after|in|following|with|by) the (first|second|third|fourth)(?=[,.;)]|\s+(?:it|this|they|the rate|was|were|and)\b|$)",
    re.IGNORECASE,
)
_NUMBERS = "one two three four five six seven eight nine".split()
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_WHOLES = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_SPOKEN = re.compile(
    r"\b(?:(?P<hedge>almost|nearly|about|around|roughly|approximately|just over|just under|some)\s+)?"
    r"(?:(?P<half>half)|(?P<number>an?|one|two|three|four|nine)[- ](?P<part>third|quarter|fifth|tenth)s?"
    r"|(?P<n>one|two|three|four|five|six|seven|eight|nine)\s+(?:out\s+of|in)\s+(?:every\s+)?(?P<whole>two|three|four|five|ten))"
    r"(?P<of>(?:\s+of)?(?:\s+[a-z0-9][\w/-]*){0,6}?)\s*[(,]\s*(?P<share>\d+(?:\.\d+)?)\s?%\s*[),]",
    re.IGNORECASE,
)
"""A share in words with the exact one in brackets behind it: ``two thirds (67.1%) of``."""
_NEAR = Decimal("2.5")
"""Percentage points from a share in words within which the exact one may lie."""


def phrased(text: str) -> str:
    """``text`` with the turns of free prose as the reader of facts knows them; what is said stays the same."""
    for pattern, shown in _RULES:
        text = pattern.sub(shown, text)
    text = _COUNTED.sub(_of_whole, text)
    if re.search(r"\bpatients\b", text):
        text = _ONES.sub("patients", text)
    if _CYCLE.search(text):
        text = _ORDINAL.sub(r"\1 the \2 cycle", text)
    return text


def _of_whole(match: re.Match[str]) -> str:
    n = int(match[1]) if match[1].isdecimal() else word_number(match[1])
    return f"{match[2]}/{match[3]} patients" if str(n) == match[2] else match[0]


def exact(text: str, size: int | None) -> str:
    """``text`` with each share in words as the exact one that stands behind it, where the two are the same.

    Args:
        text: in normal spelling.
        size: number of patients of the study; ``four out of ten`` of ten patients is a count and stays.
    """

    def shown(match: re.Match[str]) -> str:
        said = _share(match, size)
        share = Decimal(match["share"])
        if said is None or not _alike(said, share, (match["hedge"] or "").lower()):
            return match[0]
        of = match["of"].strip()
        of = of if not of or of.lower().startswith("of ") or of.lower() == "of" else f"of {of}"
        return f"{match['share']}% {of}".rstrip() + ("," if match[0].endswith(",") else "")

    return _SPOKEN.sub(shown, text)


def _share(match: re.Match[str], size: int | None) -> Decimal | None:
    """The share in words in percent; None where it is rather a count."""
    if match["half"]:
        return Decimal(50)
    if match["part"]:
        number = _NUMBERS.index(match["number"].lower()) + 1 if match["number"].lower() in _NUMBERS else 1
        return Decimal(100 * number) / _PARTS[match["part"].lower()]
    whole = _WHOLES[match["whole"].lower()]
    number = _NUMBERS.index(match["n"].lower()) + 1
    return Decimal(100 * number) / whole if number < whole and whole != size else None


def _alike(said: Decimal, share: Decimal, hedge: str) -> bool:
    if hedge in {"almost", "nearly", "just under"}:
        return said - _NEAR <= share < said
    if hedge == "just over":
        return said < share <= said + _NEAR
    return abs(said - share) <= _NEAR
