"""Measures that a question names only to say when something was, or in whom."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.question.reader import Ask
from assistant.text.text import tokens

_OF_WHOM = re.compile(
    r"\b(?:(?:patients|those|subjects|cases)\s+(?:with|without|in|who\s+(?:had|achieved|reached|obtained))\s+(?:an?\s+|the\s+)?"
    r"|at\s+(?:the\s+)?(?:time\s+of\s+)?(?:first\s+|initial\s+|their\s+)?|(?:compared|associated)\s+with\s+(?:an?\s+)?)$",
    re.IGNORECASE,
)
"""Stands before a measure that says when something was, or in whom."""
_MOMENTS = frozenset({"PD", "relapse", "CR", "ORR", "response", "PR", "CRi"})
_DEPTHS = frozenset({"CRc", "sCR", "VGPR", "CR/CRi", "CR/CRh", "CR/nCR"})
"""Those that are mostly asked for themselves: ``how many were in CR/CRi?``."""


def only_tells_whom(ask: Ask, measure: str) -> bool:
    """``baseline level in patients with a CR``, ``therapy at first relapse``: whether a measure is not what is asked."""
    if measure not in _MOMENTS and not (measure in _DEPTHS and len(ask.measures) > 1):
        return False
    keys = {k for k, term in ask.aliases if term == measure}
    at = [t.start for t in tokens(ask.focus) if t.key in keys]
    return bool(at) and bool(_OF_WHOM.search(ask.focus[: min(at)]))
