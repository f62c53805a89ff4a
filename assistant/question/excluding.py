"""Studies that a question leaves out: ``apart from the mouse study``, ``trials without alphamab``."""

from __future__ import annotations

from assistant import lazy_re as re

_BEHIND = (
    r"(?=\s*(?:[,;?.:()!]|$)|\s+(?:which|what|who|whose|how|are|is|was|were|has|have|had|report\w*|gives?|gave|"
    r"lacks?|used?|enrol\w*|ran|did|does|do|list|name|and (?:which|what|who|how))\b)"
)
_LEFT_OUT = re.compile(
    r"\b(?:apart from|other than|except(?:ing)?(?: for)?|excluding|exclude|all but|besides|aside from|"
    r"(?:not|without) counting|leaving out|leave out|ignoring|with the exception of|barring|disregarding)\s+"
    rf"(?P<behind>[^,;?.:()!]+?){_BEHIND}"
    r"|\b(?:leaving|leave|setting|set|putting|put)\s+(?P<within>[^,;?.:]+?)\s+(?:aside|out|apart)\b"
    r"|(?:^|[,;]\s*)(?P<before>[^,;?.:]+?)\s+(?:aside|excluded|excepted|left out)\b",
    re.IGNORECASE,
)
"""Leaves out what it names."""
_NOT_WITH = re.compile(
    r"\b(?:without|(?:with|gave|give|used?|test(?:ed)?|had|have|involv(?:ed?|ing)) (?:no|zero)|(?:not|never|n't) (?:using?"
    r"|with|on|involv(?:e|ing)|about|test(?:ed|ing)?|study(?:ing)?|giv(?:e|en|ing)|"
    r"contain(?:ing)?|includ(?:e|ing)|based on)"
    r"|that (?:are|were|is|was) not)(?: any)?\s+"
    rf"(?P<drug>[^,;?.:()!]+?){_BEHIND}"
    r"|\b(?:that |which |who )?neither (?:used?|using|gave|giving|tested|testing|studied|with|on|of|about|involv\w+)?\s*"
    rf"(?P<neither>[^,;?.:()!]+? nor [^,;?.:()!]+?){_BEHIND}",
    re.IGNORECASE,
)
"""Denies what it names, which leaves out studies only where that is a treatment."""


_AFTER = re.compile(
    r"(?<=est )(?P<lead>[\w\s-]{0,40}?)\b(?:after|behind|following)\s+(?P<named>[^,;?.:()!]+?)(?=\s*(?:[,;?.:()!]|$))",
    re.IGNORECASE,
)
"""Names the first of a ranking, whose next is asked for."""
_NTH = re.compile(r"\b(?:second|2nd|next)[- ](?=\w*est\b)", re.IGNORECASE)


def left_out(text: str) -> tuple[str, str] | None:
    """The words for what is left out and the question without them; None where nothing is."""
    match = _LEFT_OUT.search(text)
    return _cut(text, match) if match else None


def denied_treatment(text: str) -> tuple[str, str] | None:
    """The words behind ``without`` or ``not using`` and the question without them; None for none."""
    match = _NOT_WITH.search(text)
    return _cut(text, match) if match else None


def runner_up(text: str) -> tuple[str, str] | None:
    """``the second largest after A``: A, and the question for the largest of the rest; None for none."""
    match = _AFTER.search(text)
    if match is None:
        return None
    named, rest = _cut(text, match)
    return named, _NTH.sub("", rest)


def _cut(text: str, match: re.Match[str]) -> tuple[str, str]:
    groups = match.groupdict()
    named = next(g for name, g in groups.items() if g and name != "lead")
    lead = groups.get("lead") or ""
    rest = f"{text[: match.start()].rstrip(' ,')} {lead}{text[match.end() :].lstrip(' ,')}"
    return named, rest.strip()
