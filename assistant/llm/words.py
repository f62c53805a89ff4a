"""Words of a sentence as it is compared with what it may say."""

from __future__ import annotations

import re

from assistant.text.text import WORD_NUMBER, key_of, tokens, word_number

GLUE = frozenset(
    key_of(w)
    for w in (
        "a an the this that these those it its there of in on at for to with and who whom which "
        "was were is are be been being had has have did do does reported reports report reporting gave gives given "
        "showed shows shown stated states observed seen found recorded according review abstract study trial "
        "patients patient people cohort group among rate rates figure result results value number amounted "
        "reached achieved stood came percent estimated estimate respectively while whereas also both "
        "was time point endpoint outcome outcomes measure included include includes "
        "comprised enrolled occurred a total stand "
        "stands means meaning et al they their here namely i.e. %"
    ).split()
)
"""Keys of words that say nothing by themselves."""

NEGATION = re.compile(
    r"\b(?:no|not|non|none|never|neither|nor|without|cannot|lack(?:s|ed|ing)?|fail(?:s|ed)?|absent|absence|"
    r"un(?:like|able|known|reported)|except|excluding|instead|only|rather|hardly|barely|few)\b|n't\b",
    re.IGNORECASE,
)
VERDICT = re.compile(
    r"^\s*(yes|no|not significantly|equal|higher|better|greater|more|longer|larger|bigger|older|lower|worse|less"
    r"|fewer|shorter|smaller|younger)\s*[:,]",
    re.IGNORECASE,
)


def negations(text: str) -> list[str]:
    """The words of ``text`` that deny or restrict, in order."""
    return [m.lower() for m in NEGATION.findall(text)]


def verdict(text: str) -> str:
    """The judgement a sentence opens with (``yes``), or ""."""
    match = VERDICT.match(text)
    return match[1].lower() if match else ""


def content(text: str) -> list[str]:
    """The keys of the words and numbers of ``text`` that say something, in order."""
    return [t.key for t in tokens(text) if t.key not in GLUE]


_NUMERAL = re.compile(rf"\b{WORD_NUMBER}\b", re.IGNORECASE)


def numerals(text: str) -> str:
    """``text`` with number words as digits: ``three-year`` -> ``3-year``, so that none goes unseen."""
    return _NUMERAL.sub(lambda m: str(word_number(m[0])) if word_number(m[0]) is not None else m[0], text)
