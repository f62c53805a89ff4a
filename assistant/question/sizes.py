"""How patients are spread over groups, and how many studies a table has, in the plain words for it."""

from __future__ import annotations

from assistant import lazy_re as re

_GROUPS = r"(?:groups|arms|cohorts|strata|subgroups|halves)"
_EVEN = r"(?:un|im)?(?:equal|even|evenly|equally|balanced|lopsided|skewed|disproportionate|similar|different|unevenly|unequally|matched)"
_SPREAD = re.compile(
    rf"\bhow {_EVEN}(?:ly)? (?:(?:were|are|was) (?P<groups>(?:the |these |its |both )?(?:[\w/-]+ ){{0,3}}?{_GROUPS}\b"
    r"(?: \([^()]{1,60}\))?)(?= (?:in|by) (?:sizes?|numbers?)\b|[^?]*\bin (?:sizes?|numbers?)\b)"
    r"(?P<rest>[^?]*?)\b(?:in|by) (?:sizes?|numbers?)\b"
    rf"|in (?:size|number|numbers) (?:were|are|was) (?P<sized>(?:the |these |its |both )?(?:[\w/-]+ ){{0,3}}?{_GROUPS}\b)"
    r"|(?:were|are) (?:the |its )?(?:patients|people|participants|subjects) (?:split|divided|distributed|spread|allocated|assigned)"
    rf" (?:between|over|across|among|to|into) (?P<split>[^?]*?{_GROUPS}\b))",
    re.IGNORECASE,
)
"""``How unequal were the two groups in size?``"""
_ROWS = re.compile(
    r"\bhow many (?:rows|lines|columns|entries)\b\b[^?]*?\b(?P<table>table \d+)\b[^?]*"
    r"\b(?:every|each|a|per|one) (?:study|trial|abstract|row|line|column)\b[^?]*"
    r"|^[^?]{0,60}\b(?:one|a) (?:row|line|column) (?:for (?:each|every)|per|a) (?:study|trial|abstract) (?:in"
    r"|of) (?P<table2>table \d+)\b[^?]*"
    r"\bhow many (?:rows|lines|columns)\b[^?]*",
    re.IGNORECASE,
)
"""A row of a table for each study: as many as it has studies."""


def sizes_asked(text: str) -> str:
    """``text`` with ``How many patients were in each of the groups`` for how even they were, and studies for rows of a table."""
    text = _ROWS.sub(lambda m: f"how many studies are in {m['table'] or m['table2']}", text)
    return _SPREAD.sub(_in_each, text)


def _in_each(spread: re.Match[str]) -> str:
    groups = (spread["groups"] or spread["sized"] or spread["split"]).strip()
    return f"how many patients were in each of {groups}{(spread['rest'] or '').rstrip()}"
