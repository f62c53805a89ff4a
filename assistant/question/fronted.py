"""Patients named before the question that is asked of them, put into it: ``the ones on A, how many responded``."""

from __future__ import annotations

from collections.abc import Container

from assistant import lazy_re as re
from assistant.text.text import key_of

_I = re.IGNORECASE
_PEOPLE = (
    r"(?:patients|pts|people|persons|participants|subjects|those|ones|children|kids|adults|grown-?ups|adolescents|teenagers|men|women|recipients"
    r"|individuals|folk|responders|survivors)"
)
_TOLD_BY = (
    r"(?:who|that|with|without|on|in|from|given|treated|getting|receiving|having|randomi[sz]ed"
    r"|assigned|allocated|aged|under|over|whose|of)"
)
_ASKS = (
    r"(?:(?:what|which|how (?:many|much|long|often|high|large))\b(?! (?:else|about|exactly is)\b)"
    r"|(?:their|the) (?=[\w -]{2,40}\?$))"
)
_FRONTED = re.compile(
    rf"^(?P<lead>(?:[^?]*[.!;:]\s+)?(?:(?:and|so|but|ok|now|then|also),? )*)(?P<of>(?:of|among|amongst|out of) )?"
    rf"(?P<whom>(?:(?:the|those|these|all|only|just) )*(?:[\w/+-]+ ){{0,3}}?{_PEOPLE} {_TOLD_BY}\b[^?!;:\u2013\u2014]{{2,100}}?)"
    rf"(?:\s*[,:\u2013\u2014]|\s+-+)\s+(?:(?:and|so|then),? )?(?P<asked>{_ASKS}[^?]{{0,200}}?)\s*\?*\s*$",
    _I,
)
"""A noun for patients with what tells them, and the question behind it."""
_WHOM = re.compile(
    rf"^\W*(?:(?:and|so),? )?(?:of|among|amongst|out of|for|in) "
    rf"(?:(?:the|those|these|all|only|just) )*(?:[\w/+-]+ ){{0,3}}?{_PEOPLE} {_TOLD_BY}\b[^?!;]*,\s*$",
    _I,
)
"""A clause that is nothing but patients and what tells them."""
_OF_COUNTRY = re.compile(rf"\b(?P<country>[a-z]+) (?P<who>{_PEOPLE})\b", _I)
"""Patients by where their study comes from."""
_BARE_VERB = re.compile(
    r"(?<!who )(?<!that )(?<!whose )\b(?:was|were|is|are|had|has|have|got|received|did|does|do|took|died|responded|relapsed|achieved"
    r"|reached|showed)\b",
    _I,
)
_RELATIVE = re.compile(r"\b(?:who|that|whose)\b", _I)
_OPENS = re.compile(r"^(?:what|which|how|who|when|where|why|is|are|was|were|do|does|did|in|for|at)\b", _I)
_OF_THEM = re.compile(r"\b(?:of|for|in|among|amongst) (?:them\b|(?:these|those)\b(?! \w+ed\b))", _I)
_THEIR = re.compile(r"\btheir\b", _I)
_SET_AGAINST = re.compile(r"\b(?:compar\w+|versus|vs|than|against)\b", _I)
_LONGEST = 1000
"""Characters of a message in which patients are put behind a question."""
_THEY = re.compile(r"\b(?:they|them)\b", _I)


def put_behind(text: str, countries: Container[str]) -> str:
    """``text`` with patients told before its question named in it; itself where none are, or nothing tells them.

    Args:
        text: a question.
        countries: keys of the words for countries.
    """
    front = _FRONTED.match(text) if len(text) <= _LONGEST else None
    if front is None or _OPENS.match(front["whom"]) or _SET_AGAINST.search(front["asked"]):
        return text
    whom, asked = front["whom"].strip(" ,"), front["asked"]
    if _is_sentence(whom) or (front["of"] and not _OF_THEM.search(asked)):
        return text
    if (country := _OF_COUNTRY.search(whom)) and key_of(country["country"]) in countries:
        whom = f"{whom[: country.start()]}{whom[country.start('who') :]} in the {country['country']} study"
    if them := _OF_THEM.search(asked):
        return f"{front['lead']}{asked[: them.start()]}of {whom}{asked[them.end() :]}?"
    if _THEY.search(asked):
        return text
    return f"{front['lead']}{_THEIR.sub('the', asked)} of {whom}?"


def tells_whom(clause: str) -> bool:
    """Whether a clause before a question only says of whom it asks: ``Of the adults on A who had a transplant,``."""
    return _WHOM.match(clause) is not None


def _is_sentence(whom: str) -> bool:
    """Whether a verb says something of the patients, so that they are not only named."""
    relative = _RELATIVE.search(whom)
    verb = _BARE_VERB.search(whom)
    return verb is not None and (relative is None or verb.start() < relative.start())
