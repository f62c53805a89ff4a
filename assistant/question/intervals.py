"""Confidence intervals, however a question asks for them: ``the lower limit of the interval round the HR``."""

from __future__ import annotations

from assistant import lazy_re as re

_MENTIONED = re.compile(r"\b(?:interval|limits?|bounds?|ends?|CI)\b", re.IGNORECASE)
"""A word without which no interval is asked for."""
_LEVEL = r"(?:9[059] ?(?:%|per ?cent)[ -]?)"
_END = r"(?:(?:lower|upper|low|high|top|bottom|both|two|outer) )?(?:ends?|limits?|bounds?|boundar(?:y|ies)|edges?)"
_OF = r"(?:a?round|about|of|for|on)"
_INTERVAL = rf"(?:{_LEVEL}?(?:confidence )?intervals?|{_LEVEL}?CIs?)"
_WAYS = (
    re.compile(rf"\b{_END} of (?:the |its |their )?{_INTERVAL}(?: {_OF})?(?=\W|$)", re.IGNORECASE),
    re.compile(rf"(?<![\d.]){_LEVEL}(?:confidence )?(?:limits?|bounds?|intervals?)(?: {_OF})?(?=\W|$)", re.IGNORECASE),
    re.compile(rf"\b(?:lower|upper) (?:{_LEVEL}|confidence )+(?:limits?|bounds?|ends?)(?: {_OF})?(?=\W|$)", re.IGNORECASE),
    re.compile(rf"\b(?:lower|upper) CI(?: (?:limits?|bounds?|ends?))?(?: {_OF})?(?=\W|$)", re.IGNORECASE),
    re.compile(rf"\bconfidence (?:limits?|bounds?)(?: {_OF})?(?=\W|$)", re.IGNORECASE),
    re.compile(
        rf"\b(?:confidence )?interval {_OF}(?= (?:the |its |their |this |that )?(?:[\w-]+ )?"
        r"(?:HR|OR|RR|hazard|odds|ratio|estimate|difference)\b)",
        re.IGNORECASE,
    ),
)  # fmt: skip
_HAS_INTERVAL = re.compile(r"\b(?:CIs?|confidence intervals?)\b")
_BOUND = re.compile(
    rf"\b(?:lower|upper|low|high) (?:confidence )?(?:ends?|limits?|bounds?)\b(?: {_OF})?(?! normal)"
    r"|(?<=CI )(?:(?:lower|upper|low|high) )?(?:ends?|limits?|bounds?)\b(?: of| for)?",
    re.IGNORECASE,
)
"""One end of something, which is an interval where a ratio or an interval is named beside it."""
_OF_ESTIMATE = re.compile(
    r"\b(?:HR|OR|RR)\b|\b(?:hazard|odds|risk|rate|adjusted|NRM) ratios?\b|\bratios?\b|\bconfidence\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(rf" {_OF}$", re.IGNORECASE)


def as_interval(text: str) -> str:
    """``text`` with every wording for a confidence interval as ``95% CI``: both ends answer who asks for one."""
    if not _MENTIONED.search(text):
        return text
    for way in _WAYS:
        if said := way.search(text):
            return _put(text, said)
    bound = _BOUND.search(text)
    if bound and _HAS_INTERVAL.search(text):
        return " ".join(f"{text[: bound.start()]}{text[bound.end() :]}".split())
    return _put(text, bound) if bound and _OF_ESTIMATE.search(text) else text


def _put(text: str, said: re.Match[str]) -> str:
    """``text`` with ``95% CI`` for what was said."""
    of = " of" if _LEADS_ON.search(said[0]) else ""
    return f"{text[: said.start()]}95% CI{of}{text[said.end() :]}"
