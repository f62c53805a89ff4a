"""Studies asked for by their numbers, and entries of the reference list told by theirs, in the plain words for it."""

from __future__ import annotations

from assistant import lazy_re as re

_NOUN = r"(?:abstract|study|poster|presentation|report)"
_NOUNS = r"(?:abstracts|studies|trials|posters|presentations|reports)"
_PLEASE = r"(?:,? please| only)?\W*$"
_GIVE = r"^\W*(?:(?:what|which) (?:are|were)|(?:please )?(?:give|list|name|tell|show|state)(?: me| us)?)?\s*"
_PEOPLE = (
    r"(?!(?:all |the |both |two |three |each |its |their |those |of )*(?:patients?|people|persons|participants|subjects|children|adults"
    r"|men|women|arms?|groups?|cohorts?|responders|responses|events|deaths|cases|relapses|cycles|courses|doses)\b)"
)
"""``the study number of patients`` is how many there are."""
_BEHIND = re.compile(
    rf"^\W*(?:list |name |give me )?(?P<which>(?:the )?[^?:;,]{{2,60}}?) (?P<noun>{_NOUNS})\W+(?:their )?"
    rf"(?:{_NOUN} )?(?:ids?|numbers|nos\.?|identifiers){_PLEASE}",
    re.IGNORECASE,
)
"""``alphamab abstracts - ids?``"""
_AHEAD = re.compile(
    rf"{_GIVE}(?:the )?(?:(?:{_NOUN} (?:numbers|nos\.?|ids?|identifiers))|ids) (?:of|for) {_PEOPLE}(?:all )?(?:the )?"
    rf"(?P<which>[^?]{{2,80}}?){_PLEASE}",
    re.IGNORECASE,
)
"""``the abstract numbers of the alphamab studies``"""
_WHICH = re.compile(
    rf"\b(?P<which>which|what) (?P<noun>{_NOUN}) (?:ids?|numbers?|nos\.?)\b(?= [a-z])", re.IGNORECASE
)
_OF_ONE = re.compile(
    rf"^\W*(?:(?:what(?:'s| is| was)|give me|tell me) )?(?:the )?"
    rf"(?:{_NOUN}(?:'s)? (?:number|no\.?|id) (?:of|for) {_PEOPLE}(?P<who>[^?]{{2,60}}?)"
    rf"|number of the (?P<whose>[A-Z][\w-]*(?: et al\.?)?)(?:'s?)? {_NOUN}){_PLEASE}",
    re.IGNORECASE,
)
_LIST = r"(?:the |its |their |this )?(?:reference list|list of references|references|bibliography|literature list)"
_ENTRY = r"(?:paper|article|publication|entry|item|source|reference|work|citation)"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_IN_LIST = re.compile(
    rf"\b(?:the )?(?:(?:{_ENTRY} )?(?:{_ENTRY} |number |no\.? ?|nr\.? ?|# ?)(?P<n>\d{{1,3}})"
    rf"|(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) {_ENTRY})"
    rf" (?:in|of|on|from) {_LIST}(?![\w-])",
    re.IGNORECASE,
)
"""``paper number 3 in the reference list``, ``the third entry of the bibliography``"""
_IS_NUMBER = re.compile(
    rf"\b(?:which|what) (?:reference|citation) (?:is|was|has|carries) (?:the )?(?:number|no\.?|#) ?(?P<n>\d{{1,3}})\b"
    rf"|\b(?:which|what) {_ENTRY} (?:is|was) (?:the )?reference (?:number |no\.? ?|# ?)?(?P<m>\d{{1,3}})\b",
    re.IGNORECASE,
)
_CITED_AS = re.compile(
    rf"\b(?:(?:the |an? )?{_ENTRY} )?(?:that (?:is|was) |which (?:is|was) )?(?:(?:is |was )?(?:cited|listed|referenced|quoted|numbered)) "
    r"(?:as|under|by|at) (?:the )?(?:reference |ref\.? )?(?:number |no\.? ?|nr\.? ?|# ?)(?P<n>\d{1,3})\b",
    re.IGNORECASE,
)
"""``the work cited as no. 9``"""


def by_number(text: str) -> str:
    """``text`` with studies in place of their numbers asked for, and entries of the reference list as ``reference 3``."""
    if one := _OF_ONE.match(text):
        return f"Which abstract is {(one['who'] or one['whose']).strip()}?"
    if behind := _BEHIND.match(text):
        return f"List the {behind['which'].removeprefix('the ')} {behind['noun']}."
    if ahead := _AHEAD.match(text):
        return f"List the {_with_noun(ahead['which'].strip())}."
    text = _WHICH.sub(lambda m: f"{m['which']} {m['noun']}s", text) if _WHICH.search(text) else text
    text = _CITED_AS.sub(lambda m: f"reference {m['n']}", text)
    return _IS_NUMBER.sub(lambda m: f"what is reference {m['n'] or m['m']}", _IN_LIST.sub(_entry, text))


def _with_noun(which: str) -> str:
    return which if re.search(rf"\b{_NOUNS}\b", which, re.IGNORECASE) else f"abstracts on {which}"


def _entry(match: re.Match[str]) -> str:
    said = (match["n"] or match["nth"]).lower()
    number = _ORDINALS.index(said) + 1 if said in _ORDINALS else int(re.sub(r"\D", "", said))
    return f"reference {number}"
