"""How patients are spread over groups, how many a percentage is, and how many studies a table has, in the plain words for it."""

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
_RANDOMISED = re.compile(
    r"\b(?P<who>studies|trials|abstracts|posters|reports) (?:that )?(?:used|employed|had|involved|applied|relied on|made use of) "
    r"(?:an? )?randomi[sz](?:ation|ed (?:allocation|assignment))(?: (?:in)?to (?:two|three|several|different|separate) (?:arms|groups))?\b",
    re.IGNORECASE,
)
_IS_SHARE = re.compile(
    r"^\W*(?P<what>(?:(?!\b(?:rate|share)s?\b)[^?;.,:]){3,60}?)"
    r" (?:is|was|are|were) (?:only |just |merely )?(?:given|reported|stated|printed|shown|told|quoted) "
    r"(?:only |just )?(?:as (?:a )?(?:percentages?|percent|shares?|proportions?)|in (?:percent|per cent|%))(?: only)?"
    r"(?P<whom>(?: (?:for|with|on|in) [^?;,:]{2,60})?)[;,.:\u2013\u2014-]+ ?(?:and |so )?(?:roughly |about |approximately )?"
    r"how many (?:patients|people|persons|of them)?[^?]{0,20}\b(?:that|this|it)\b"
    r"(?: be| make| come to| correspond to| mean)?\W*$",
    re.IGNORECASE,
)
"""``Rash is only given as a percentage for A; how many patients would that be?``"""


def sizes_asked(text: str) -> str:
    """``text`` with ``How many patients were in each of the groups`` for how even they were, and studies for rows of a table."""
    text = _RANDOMISED.sub(lambda m: f"{m['who']} were randomised", text)
    text = _IS_SHARE.sub(
        lambda m: f"How many patients had {m['what']}{m['whom'].replace(' for ', ' with ', 1)}?", text
    )
    text = _ROWS.sub(lambda m: f"how many studies are in {m['table'] or m['table2']}", text)
    return _SPREAD.sub(_in_each, text)


def _in_each(spread: re.Match[str]) -> str:
    groups = (spread["groups"] or spread["sized"] or spread["split"]).strip()
    return f"how many patients were in each of {groups}{(spread['rest'] or '').rstrip()}"
