"""What single wordings of a question tell: the kind of answer, a count or a share, the term to define."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.text.text import key_of
from assistant.vocabulary.wording import (
    COMPARE,
    CONFLICT,
    COUNT_OF_STUDIES,
    DEFINITION,
    DIFFERENCE,
    GLOBAL,
    LIST,
    MAXIMUM,
    MINIMUM,
    REFERENCE,
    REVIEW_ITSELF,
    SUMMARY,
    WHY,
    YES_NO,
)

FUNCTION_WORDS: frozenset[str] = frozenset(
    key_of(word)
    for word in (
        "a about above again all also am an and any are as at be been but by can could did do does for from "
        "got had has have he her here his how i if in into is it its just like me more most much my no not "
        "of off on one only or other our out over please same she so some such than that the their them then "
        "there these they this those to too up us use was we were what when where which while who whom whose "
        "why will with would you your yes"
    ).split()
)
"""Keys of English words that say nothing by themselves."""

_CUES = (
    ("compare", COMPARE),
    ("difference", DIFFERENCE),
    ("list", LIST),
    ("count_studies", COUNT_OF_STUDIES),
    ("max", MAXIMUM),
    ("min", MINIMUM),
    ("definition", DEFINITION),
    ("reference", REFERENCE),
    ("summary", SUMMARY),
    ("yes_no", YES_NO),
    ("why", WHY),
    ("conflict", CONFLICT),
    ("global", GLOBAL),
    ("review", REVIEW_ITSELF),
)
_COUNT = re.compile(
    r"\b(?:how many|number (?:of|with|who|having)|count of|absolute number|n of|n/n|headcount|as a count)\b"
    r"|\b(?:number|count|n)\s*\?|[,;:]\s*(?:number|count|n|headcount)\W*$|^\W*n (?=[a-z])"
    r"|\bnumber (?:without|not|lacking|in|on|among)\b"
    r"|\bin (?:heads|bodies|head ?counts?|absolute (?:numbers|terms)|whole (?:numbers|patients|people))\b"
    r"|\b(?:only|just) \d+ (?:patients|pts|people|participants|subjects|cases)\b"
    r"|^\W*(?:the )?(?:(?!(?:in|of|for|on|among|with|by|at|after|than|what|which|whom?|how|why|when|where|did|do|does|are|is|was|were"
    r"|had|have|has|can|tell|and)\b)[\w/+-]+ ){1,3}"
    r"(?:patients|pts|participants|subjects|cases) (?:among|in|within|of) [^?,;]{2,50}\W*$",
    re.IGNORECASE,
)
_PERCENT_AFTER_ALL = re.compile(
    r"\bhow many (?:per ?cent|%|(?:out of|in|of|per) (?:a|every|each|one)?\s?(?:hundred|100)\b)"
    r"|\b(?:out of|of|in|per) (?:every|each) (?:ten|hundred|10|100)\b"
    r"|\bin (?:per ?cent|%)|percentage of|\bas an? (?:percent\w*|share|proportion|fraction)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\b(?:per ?cent\w*|proportion|share|fraction|rate|portion)\b|%(?!\s?(?:CI|confidence)\b)", re.IGNORECASE
)
_KIND_OF_TERM = r"(?:abbreviation|acronym|term)?\s*['\"]?"
_TERM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:what|which)\s+(?:does|do|did|is|are)\s+(?:the\s+)?(?:abbreviation|acronym|term|letters?|word)?"
        r"\s*['\"]?(?P<t>[^?'\"]+?)['\"]?\s+(?:stand|short|mean|abbreviat|an abbreviation)",
        r"what\s+(?:the\s+)?(?:abbreviation|acronym|term|letters?"
        r"|word)?\s*['\"]?(?P<t>[\w/+-]+)['\"]?\s+(?:denotes?|stands? for)",
        r"what means\s+['\"]?(?P<t>[\w/+-]+)",
        r"(?:meaning|definition|full (?:form|name)|expansion|long form)\s+of\s+(?:the\s+)?"
        rf"{_KIND_OF_TERM}(?P<t>[^?'\"]+)",
        rf"(?:define|spell out|expand|write out|decode|unpack)\s+(?:the\s+)?{_KIND_OF_TERM}(?P<t>[^?'\"]+)",
        r"(?:what|who)(?:'s| is| are| exactly is| counts as)\s+(?:an?\s+|the\s+)?(?:meant by\s+)?['\"]?"
        r"(?P<t>[^?'\",]+)",
        r"['\"]?(?P<t>[A-Za-z0-9/-]+)['\"]?\s*(?:means|stands for|=)\s*\??",
    )
)
_AFTER_TERM = re.compile(r"\b(?:as used|in this|in the|in table|here|again|according|stand|short)\b")


_REQUEST = re.compile(
    r"\b(?!would you (?:say|agree)\b)(?:can|could|would|will) (?:you|someone|anyone|we) (?:\w+ ){0,2}?"
    r"(?:tell|give|show|look|find|say|list|explain|name|remind|summar\w+|compare"
    r"|dig|check|pull|fetch|quote|help|get|provide|write|describe|repeat)\b|\b(?:do|would) you (?:happen to )?(?:know|have|mind)\b",
    re.IGNORECASE,
)
"""Asks for something politely; no question of yes or no."""
_WHO = re.compile(
    r"(?<!patients )(?<!those )(?<!people )(?<!children )(?<!adults )(?<!ones )(?<!cases )"
    r"\b[Ww]ho (?:exactly |precisely )?(?:is|are|were) (?:the |an? )?['\u2018\u2019\"]?(?!NOT\b)([A-Z][\w-]*[A-Z])s?\b"
)
"""Asks whom an abbreviation means; told from a name by its capitals."""
_SAYS_THAT = re.compile(
    r"\b(?:which|who|what)\b[^?]{0,40}\b(?:found|reported|showed?|shows|says|said|concluded|noted|observed|states?|stated|claims?|claimed)"
    r" that\b[^?]*\b(?:better|worse|lower|higher|longer|shorter|more|less|fewer|poorer)\b(?! than (?:any|all|every))",
    re.IGNORECASE,
)
"""Asks where something is said, and ranks nothing: ``which study found that the young do worse?``"""
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)


def cues_of(text: str) -> frozenset[str]:
    """The kinds of answer that ``text`` calls for, as ``Ask.cues`` names them."""
    found = {name for name, pattern in _CUES if pattern.search(text)}
    if "yes_no" in found and not YES_NO.search(_REQUEST.sub(" tell me ", text)):
        found.discard("yes_no")
    if _WHO.search(text):
        found.add("definition")
    if _SAYS_THAT.search(text):
        found -= {"max", "min"}
    if _HOW_MANY.search(text):
        found.discard("yes_no")
    return frozenset(found)


_LENGTH = re.compile(r"\bhow many (?:days|weeks|months|years)\b", re.IGNORECASE)
"""Asks how long, and counts nobody."""


def form_wanted(text: str) -> str:
    """``count`` or ``percent`` where the wording tells, else ""."""
    if _COUNT.search(text) and not _LENGTH.search(text):
        return "percent" if _PERCENT_AFTER_ALL.search(text) else "count"
    return "percent" if _PERCENT.search(text) else ""


_POINTED = re.compile(
    r"(?:it|this|that|they|these|those|(?:the|this|that|these|those) (?:abbreviation|acronym|term|letters?|word|short form)s?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[\"'\u2018\u201c\u00ab](?P<t>[^\"'\u2018\u2019\u201c\u201d\u00ab\u00bb]{2,30})[\"'\u2019\u201d\u00bb]"
)
_WORD = re.compile(r"[A-Za-z\d][\w/-]*")


def defined_term(text: str, message: str = "") -> str:
    """The term whose meaning ``text`` asks for; "" where it asks for none.

    Where ``text`` only points to it, it is what the message before has quoted, or its only word in capitals.
    """
    if meant := _WHO.search(text):
        return meant[1]
    found = next((m for m in (pattern.search(text) for pattern in _TERM) if m), None)
    term = _AFTER_TERM.split(found["t"])[0].strip(" .,:;'\"") if found else ""
    if not _POINTED.fullmatch(term):
        return term
    before = message.partition(text)[0]
    words = (m[0] for m in _WORD.finditer(before))
    said = [m["t"] for m in _QUOTED.finditer(before)] or [w for w in words if sum(map(str.isupper, w)) > 1]
    return said[0] if len(set(said)) == 1 else term
