"""Counts that only say of how many patients the figure beside them is."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans import Span

_OF = re.compile(
    r"(?:^|[.;:,(]\s*)(?:(?:and|but|whereas|while)\s+)?(?:of|among)\s+(?:the\s+|these\s+|those\s+|all\s+)?(?:other\s+|remaining\s+)?$",
    re.IGNORECASE,
)
_THEN = re.compile(r"[^.;,]{3,70}?[\s,]\d+\s+(?:of\s+them\s+)?\(\d[\d.]*\s?%")
"""The count of the clause itself, with its share, which is of those counted first."""
_HEADS = re.compile(r"\W*(?:of|among|in|for)\s+(?:the\s+|all\s+)(?:other\s+|remaining\s+)?", re.IGNORECASE)
_HEAD_THEN = re.compile(
    r"\s+[^.;,%()]{3,90}(?:\s*\([^()]*\))?,\s(?:[^\d;%]|\d+[- ](?:year|month|week|day)s?\b)*?"
    r"(?:(?<![\d.])\d[\d.]*\s?%|\b(?:was|were|of)\s+\d[\d.]*\s+months\b)"
)
"""``Among the 47 patients aged 60 or older, 2-year OS was 44%``: the count heads the sentence."""
_RATES_FOR = re.compile(r"\b(?:rates?|survival|OS|[A-Z]+FS)\s+(?:for|in|among|of)\s+(?:the\s+|all\s+)?$")
_THEN_WERE = re.compile(r"\s+[^.;,%()]{3,60}?\b(?:were|was)\s+\d[\d.]*\s?%")
"""``OS and EFS rates for 57 infused patients were 87% and 73%``."""
_AMONG = re.compile(
    r"(?:^|[.;:,(]\s*)(?:(?:and|but|whereas|while)\s+)?(?:among|in|for)\s+(?:the\s+|those\s+|all\s+)$",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\s+(?:[^\W\d]\S*\s+){1,9}?(?:was|were|reached)\s+(?:only\s+|as\s+(?:high|low)\s+as\s+)?\d[\d.]*\s?%"
)
"""``among the 500 high-risk children it was 94.6%``: behind the number of those whom a rate is of."""
_IN = re.compile(
    r"\d\s?%\s*(?:\([^()]*\)\s*)?(?:in|among|for|of)\s+(?:the\s+)(?:other\s+|remaining\s+)?$", re.IGNORECASE
)


def is_whole(value: Span, text: str) -> bool:
    """``of 30 patients with A 18 (60%) responded``, ``80% in the 50 without A``: the 30 and the 50 are no results."""
    if value.unit not in {"patients", ""} or value.percent or value.total is not None:
        return False
    if not re.fullmatch(r"\d+", value.text):
        return False
    before = text[: value.start]
    if _RATES_FOR.search(before) and _THEN_WERE.match(text, value.end):
        return True
    if _HEADS.fullmatch(before) and _HEAD_THEN.match(text, value.end):
        return True
    headed = _OF.search(before) or _AMONG.search(before)
    if headed and _WAS.match(text, value.end):
        return True
    return bool((_OF.search(before) and _THEN.match(text, value.end)) or _IN.search(before))


def is_nobody(fact: Fact) -> bool:
    """Whether a share or a count was given both to those with something and to those without it.

    A ratio compares the two.
    """
    return fact.unit in {"%", "patients"} and any(f"no-{i}" in fact.group for i in fact.group)
