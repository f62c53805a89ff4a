"""Two questions in one message, told apart."""

from __future__ import annotations

from assistant import lazy_re as re

_WH = r"(?:what|which|who|whom|whose|how|when|where|why)"
_AUX = r"(?:is|are|was|were|did|does|do|has|had)"
_WHERE = r"(?:(?:over|in|by|for|at|with|after|on|to|from|of)\s+)?"
_SUBJECT = (
    r"(?:the|it|its|they|their|this|that|these|there|any|anyone|anybody|some|all|patients|a|an|he|she|those)"
)
_OPENS = rf"(?:{_WHERE}{_WH}\b|{_AUX}\s+{_SUBJECT}\b)"
_SECOND = re.compile(
    rf"(?<=\w)[\"')%]?(?:\s*[,;\u2013\u2014-]*\s+(?:and|plus|also|but|as well as)\s+"
    r"(?:also\s+|then\s+|if so,?\s+)?|\?\s+(?:and\s+|also\s+|plus\s+)*|;\s+)"
    rf"(?={_OPENS})",
    re.IGNORECASE,
)
"""What stands between two questions."""
_ASKS = re.compile(rf"\b{_WH}\b|(?:^|[.!?:;,]\s+){_AUX}\b|\?", re.IGNORECASE)
"""Asks something, and does not only say what something is."""
_FEWEST = 3
"""Words below which a part asks nothing by itself."""
_COUNTS_LIKEWISE = re.compile(
    r"how (?:many|much|often) (?:patients |people |of them )?(?=(?:in|with|on|for|at|after|under|among|by|the|an?) "
    r"(?![^?]*\b(?:had|have|has|did|do|was|were|are|reached|got|developed|achieved|died|received|responded|relapsed)\b))",
    re.IGNORECASE,
)
"""Asks how many of another study or arm, and not of what: of that which the first question counts."""
_SAID_LIKEWISE = re.compile(
    r"^(?:is|was|are|were|does|do|did|has|have)\s+(?:(?:the|this) (?:review|letter|paper|article|text|authors?|same"
    r"|figure|number)|it|this|that|they|these)"
    r"(?:\s+(?:also|even|too|ever|again|been))*(?:\s+(?:say|state|give|report|tell|mention|provide|show|said|stated|given|reported|told|mentioned"
    r"|provided|shown|known|available|there))?(?:\s+(?:us|me))?(?:\s+(?:so|it|that|this|the same|them|likewise|as much|one|any|anything))?"
    r"(?:\s+(?:too|also|as well))?\s+(?:for|of|about|in|on)\s+(?P<of>[^?]+?)(?:,?\s+(?:too|also|as well))?\s*\??$",
    re.IGNORECASE,
)
"""Asks whether the same is told of another study: ``does the review say so for B``."""
_SAME_THING = re.compile(
    r"^\W*(?:which (?:one|of)|is (?:it|that|this) (?:true|right|correct)|why|by how (?:much|many|far))\b"
    r"|^\W*(?:please |just )?(?:tell|give|show|quote|send) (?:me |us )?"
    r"(?:it|that|this|(?:the |that |its )?(?:exact )?(?:number|figure|value|p[- ]?value))"
    r"(?: to me)?(?:,? please)?\W*$"
    r"|^\W*(?:[\w/-]+ ){0,4}(?:please |pls )?(?:both|the two) (?:numbers|figures|values|rates|percentages)(?:,? please)?\W*$"
    r"|^\W*(?:how (?:many|much)|what)\b[^?]{0,24}\b(?:in|on|for|with|of|from|at) (?:each|both)(?: of (?:them|these|those))?\W*$"
    r"|^\W*how many (?:people |patients |of them )?(?:had|reached|got|developed|experienced|suffered|showed) (?:it|that|this)\W*$",
    re.IGNORECASE,
)
"""A second part that judges, weighs or explains the first."""


_OF_EACH = r"(?:patients|cases|people|participants|subjects|adults|children|adolescents)"
_TOOK = re.compile(
    r"\b(?:took|takes?|includ(?:es?|ed)|enrol(?:l?s|led)?|recruit(?:s|ed)?|treat(?:s|ed)?|cover(?:s|ed)?|accept(?:s|ed)?|admit(?:s|ted)?)"
    r" (?:also |any |some |the |even |only |in )*(?!(?:how|what|which|it|any\w+|children|adults|adolescents)\b)(?P<who>"
    rf"{_OF_EACH} (?:with|who had|having) (?:an? )?[\w/+-]+|(?:[\w/+-]+ ){{0,2}}?[\w/+-]+(?: \([\w/+ -]+\))? {_OF_EACH}"
    r"|[\w/+-]+(?: \([\w/+ -]+\))?(?=\W*(?:$|too\b|also\b|as well\b|,)))",
    re.IGNORECASE,
)
"""Asks whether some sort of patients was taken in: ``did it include children``."""
_HOW_MANY = re.compile(
    r"\W*(?:and |if so,? |then )*how many(?: of (?:them|those|these)| were there| was that| exactly)?\W*",
    re.IGNORECASE,
)
_WERE_THERE = re.compile(
    rf"^\W*(?:(?:and|so|but|ok(?:ay)?)\W+)*{_AUX}\b[^?]*\b(?:any|anyone|anybody|some|someone|there|patients?|people)\b[^?]*\?$",
    re.IGNORECASE,
)
_TAIL = re.compile(r"^([^?]*\w[^?]*\?)\s+([^?.!;]*\w[^?.!;]*)\?*\s*$")
"""``… with the drug? and on placebo?``: a question, and what is left of a second one like it."""
_MOST_LEFT = 9
"""Words up to which a question may stand on the one before it."""


def two_questions(text: str) -> tuple[str, str] | None:
    """The two questions of a message that joins two; None where it holds one, or more than two.

    The second may lean on the first (``and on placebo?``).
    """
    found = _two_whole(text) or _one_and_its_like(text)
    return None if found and counted_taken(*found) else found


def counted_taken(first: str, second: str) -> str:
    """``Did it include children? How many?``: the second as ``How many children?``; "" where it is no bare count of such."""
    took = _TOOK.search(first) if first.endswith("?") and _HOW_MANY.fullmatch(second) else None
    if took is None:
        return ""
    noun = "" if re.search(rf"\b{_OF_EACH}\b", took["who"], re.IGNORECASE) else " patients"
    return f"How many {took['who']}{noun}?"


def only_counts(first: str, second: str) -> bool:
    """Whether ``how many?`` stands behind a question whether there were any, which the same answer tells."""
    return bool(_WERE_THERE.search(first) and _HOW_MANY.fullmatch(second))


def _one_and_its_like(text: str) -> tuple[str, str] | None:
    """A question and the one that goes on from it without asking anew."""
    if (found := _TAIL.search(text)) is None:
        return None
    first, second = found.groups()
    short = len(re.findall(r"\w+", second)) <= _MOST_LEFT and len(re.findall(r"\w+", first)) >= _FEWEST
    return (first.strip(), f"{second}?") if short and not _SAME_THING.search(second) else None


def leans_on_first(second: str) -> bool:
    """Whether the second question does not ask for itself (``on placebo?``)."""
    return re.match(_OPENS, second, re.IGNORECASE) is None


def _two_whole(text: str) -> tuple[str, str] | None:
    """Two questions of which each asks for itself."""
    places = list(_SECOND.finditer(text))
    if len(places) != 1:
        return None
    first, second = text[: places[0].start()].strip(), text[places[0].end() :].strip()
    asks = _ASKS.search(first) and not _SAME_THING.search(second)
    if (said := _SAID_LIKEWISE.match(second)) is not None:
        second = f"and for {said['of']}?"
    if (likewise := _COUNTS_LIKEWISE.match(second)) is not None:
        second = f"and {second[likewise.end() :]}"
    long = all(len(re.findall(r"\w+", part)) >= _FEWEST for part in (first, second))
    return (f"{first}?", second) if asks and long else None
