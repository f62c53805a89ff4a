"""The letters of a short form asked for one by one: ``the A and C in ABC``, ``letters A and B in AB-12, what for?``."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.question.words import FUNCTION_WORDS
from assistant.telling.short_forms import ABOUT_WORDS, capitals
from assistant.text.text import key_of, tokens

_LETTER = re.compile(r"(?<![\w'’/+-])([A-Z]{1,3}|\d)(?![\w'’/+-])(?!\.\d)")
_SMALL = re.compile(
    r"(?<![\w'’/+-])([a-z])\s+(?:in|of|from)\s+(?:the\s+)?(?=[\w/+-]{0,20}?\1[\w/+-]{0,20}[A-Z]|[\w/+-]{0,20}[A-Z][\w/+-]{0,20}?\1)"
)
"""A small letter of the short form behind it: ``the h in hABC``."""
_SPOKEN_OF = re.compile(
    r"\bletters?\s+(?P<l>[a-z](?:(?:\s*[,/&+]\s*|\s+)(?:and\s+)?[a-z](?![a-z]))*)(?=\s+(?:in|of|from|within)\b)",
    re.IGNORECASE,
)
"""Letters called so, which may be small."""
_AROUND = frozenset(
    key_of(w)
    for w in (
        "backbone regimen combination protocol scheme schedule drug agent component part element stand for each every single two three "
        "four both individual separate respectively product name construct cell therapy treatment here"
    ).split()
)
"""Keys of words that may stand around such a question."""


def short_form_of_letters(text: str, listed: Iterable[str], scaffold: Iterable[str]) -> list[str]:
    """The short form of which a text asks single letters, a part of it that holds them first; empty where it asks something else.

    Args:
        text: what is asked.
        listed: the short forms of the review's list, which are no letters of others.
        scaffold: keys of words that say nothing by themselves.
    """
    called = _SPOKEN_OF.search(text)
    small = [] if called is None else re.findall(r"(?<!\w)[a-z](?!\w)", called["l"], re.IGNORECASE)
    known = set(listed)
    small += _SMALL.findall(text)
    letters = list(dict.fromkeys([*small, *(m for m in _LETTER.findall(text) if m not in known)]))
    wholes = [
        w for w in _wholes(text, bool(called)) if w not in letters or any(x != w and x in w for x in letters)
    ]
    letters = [x for x in letters if x not in wholes]
    held = [(w, [x for x in letters if x.lower() in w.lower()]) for w in wholes]
    whole, own = max(held, key=lambda h: len(h[1]), default=("", []))
    if not own or [x for x in letters if x not in own and x not in {"I", "A"}]:
        return []
    asked = {t.key for t in tokens(text)} - {x.lower() for x in letters}
    asked -= {t.key for t in tokens(whole)} | ABOUT_WORDS | _AROUND | FUNCTION_WORDS | set(scaffold)
    asked -= {t.key for w in wholes if w in known for t in tokens(w)}
    if any(k[:1].isalnum() for k in asked):
        return []
    parts = [
        p for p in whole.split("-") if len(p) > 1 and all(x in p or (small and x in p.lower()) for x in own)
    ]
    return list(dict.fromkeys([*parts, whole]))


def _wholes(text: str, small: bool) -> list[str]:
    """The words of a text that may have the letters; in small letters, too, where letters are spoken of."""
    found = [w for w in capitals(text) if sum(c.isalnum() for c in w) > 1]
    if small:
        found += re.findall(r"\b(?:in|of|from|within) (?:the )?([\w/+-]{2,})", text)
    return list(dict.fromkeys(found))
