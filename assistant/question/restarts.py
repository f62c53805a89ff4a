"""A question that its asker breaks off and puts anew: ``who got it - I mean how many …`` asks what follows."""

from __future__ import annotations

from assistant import lazy_re as re

_OPENS = r"(?:how (?:many|much|long|often|old|big|large)|what|which|whose|whom?|when|where|why)"
_ANEW = re.compile(
    rf"^(?P<kept>.*?)(?<![\w-])(?P<broken>{_OPENS}\b(?:\s+(?-i:[a-z']+)){{0,5}})"
    r"[-\u2013\u2014,;:.?(\u2026\s]+"
    r"(?:(?:well|sorry|no|er+m?|uh|um),?\s+)?(?:i mean(?:t)?(?: to (?:ask|say))?|what i mean(?:t)? is|i should say"
    r"|let me rephrase(?: that| it)?|scratch that|make that)[,:;\u2013\u2014\s-]+"
    rf"(?P<rest>{_OPENS}\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
"""Only a few small words are broken off, and only by one who says so, so that hardly a drug is lost."""


def put_anew(text: str) -> str:
    """``text`` without a question that was broken off for another one, as it is where none was."""
    return _ANEW.sub(lambda m: f"{m['kept']}{m['rest']}", text)
