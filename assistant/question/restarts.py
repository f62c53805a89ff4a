"""A question that its asker breaks off and puts anew: ``who got it - I mean how many …`` asks what follows."""

from __future__ import annotations

from assistant import lazy_re as re

_OPENS = r"(?:how (?:many|much|long|often|old|big|large)|what|which|whose|whom?|when|where|why)"
_ANEW = re.compile(
    rf"^(?P<kept>.*?)(?<![\w-])(?P<broken>{_OPENS}\b(?:\s+(?-i:[a-z']+)){{0,5}})"
    r"\s*(?:[-\u2013\u2014,;:.?(]|\.\.\.|\u2026|\s)+\s*"
    r"(?:(?:well|sorry|no|er+m?|uh|um),?\s+)?(?:i mean(?:t)?(?: to (?:ask|say))?|what i mean(?:t)? is|or rather|i should say"
    r"|let me rephrase(?: that| it)?|scratch that|make that)(?:\s*[,:;\u2013\u2014-]+\s*|\s+)"
    rf"(?P<rest>{_OPENS}\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
"""Only words of no name are broken off, so that no study and no drug is lost."""


def put_anew(text: str) -> str:
    """``text`` without a question that was broken off for another one, as it is where none was."""
    return _ANEW.sub(lambda m: f"{m['kept']}{m['rest']}", text)
