"""Relatives and friends who are no patients: ``my son, a medical student, asks how many …`` asks how many."""

from __future__ import annotations

from assistant import lazy_re as re

KIN = (
    r"(?:patient|(?:grand)?(?:father|mother|son|daughter|child|ma|pa|dad|mum|mom)|(?:step)?(?:son|daughter)"
    r"|children|kid|wife|husband|(?:ex-?)?(?:partner|spouse)|fianc[e\u00e9]e?|girlfriend|boyfriend|brother|sister|siblings?|twin"
    r"|friend|uncle"
    r"|aunt|cousin|niece|nephew|mummy|daddy|parent|boy|girl|baby|teenager|neighbou?r|colleague|relative|in-law)s?"
)
_WHO = rf"\b(?:my|our) (?:own )?(?:[\w-]+ ){{0,2}}?{KIN}(?:['\u2019]s?)?(?!\w)"
_BUSY = re.compile(
    r"\b(?:students?|nurs(?:e|es|ing)|doctors?|physicians?|journalists?|editors?|reporters?|teach\w*|stud(?:y|ies|ying)|writ(?:es?|ing)"
    r"|prepar\w+|essay|talk|article|newspaper|paper|project|class|school|homework|works?|training|trains?|lectur\w+|thesis|exams?"
    r"|argu(?:es?|ed|ing|ment)|discuss\w*|debat\w+|quiz|bet|disagree\w*|read(?:s|ing)?|heard|wonders?|curious|interested)\b",
    re.IGNORECASE,
)
"""Says what somebody does who is not ill."""
_ILL = re.compile(
    r"\b(?:ha(?:s|d)(?! (?:to|read|heard|asked|written))|having|diagnos\w+|relaps\w+|ill|sick|suffer\w*|patients?|hospital|treat\w*"
    r"|dying|died|dies|cancer\w*|gets?|got|receiv\w+|chemo\w*|transplant\w*|remission|he|she|him|his|her)\b",
    re.IGNORECASE,
)
"""Says, or may say, that it is the patient who is spoken of."""
_QUESTION = r"(?:and |but |so )?(?:what|which|who|whose|how|when|where|why|is|are|was|were|do|does|did|has|have|had|can|in|of|for|at)\b"
_LEAD = re.compile(
    rf"^(?P<lead>[^:;.?!]{{0,40}}{_WHO}[^:;.?!]{{3,120}}?)(?:\s*[:;.!]\s+|,\s+(?={_QUESTION}))(?=\S+ \S+ )",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    rf"^[^:;.?!]{{0,40}}?{_WHO}(?:, [^,:;.?!]{{3,40}},| (?:is|was|works|studies|teaches|trains"
    rf"|reads) [^,:;.?!]{{2,40}}? and)? (?:asks?|asked|wonders?|wondered|is wondering|wants? to know|would like to know)"
    r"(?: me| us)? (?:(?P<if>if|whether) |(?=what|which|who|how|when|where|why))(?P<said>[^?;:]{8,}?)[\s.?]*$",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(_WHO, re.IGNORECASE)
_ASKING = re.compile(r"\b(?:asks?|asked|wonders?|wondered|to know)(?: me| us)?$", re.IGNORECASE)
_HIM = re.compile(r"\b(?:he|she|him|her|hers|his)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\b(?:he|she|him|her|hers|his|they|them|i|we|my|our)\b", re.IGNORECASE)


def without_kin(text: str) -> str:
    """``text`` with ``someone`` in place of a relative or friend who asks, studies or works, and is no patient; else itself."""
    if (asked := _WONDERS.match(text)) and not _OF_THEM.search(asked["said"]):
        return f"Is it true that {asked['said']}?" if asked["if"] else f"{asked['said']}?"
    lead = _LEAD.match(text)
    if lead is None or not _BUSY.search(lead["lead"]) or _ILL.search(lead["lead"]):
        return text
    rest = text[lead.end("lead") :]
    if _ASKING.search(lead["lead"]) and not _HIM.search(rest):
        return rest.lstrip(" :;.,!")
    return text if _HIM.search(rest) else f"{_SOMEBODY.sub('someone', lead['lead'])}{rest}"
