"""Lengths of time that are results, told from those that are time points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import TIME_UNITS, Span

_STOOD_AT = re.compile(
    r"\b(?:stood|lay|put|set|estimated|remained|calculated)\s+at\s+$|^\s*,\s*at\s+$", re.IGNORECASE
)
_FOLLOWED = re.compile(
    r"\b(?:followed|follow-up|observed|treated)\s+(?:up\s+)?(?:for|of)\s+(?:at\s+least|more\s+than|a\s+minimum\s+of)\s+$"
    r"|\b(?:given|received|taking|treated\s+with|on)\s+[\w-]+\s+for\s+(?:a\s+)?(?:median|mean|average|total)\s+of\s+$"
    r"|\b(?:at|after|within)\s+an?\s+(?:median|mean|average)(?:\s+time)?\s+of\s+$",
    re.IGNORECASE,
)
"""``those followed for at least 16 months``, ``relapsed after a median of 9 months``: not when it was."""
_HOW_LONG = re.compile(
    r"\b(?:median|mean|average)\s+(?:duration|length)\s+(?:was|of|being)\s+(?:about\s+|only\s+)?$",
    re.IGNORECASE,
)
_DURATION = re.compile(r"\b(?:median|mean|average)\s+duration\b", re.IGNORECASE)
"""``time to onset was 6 days, with a median duration of 4 days``: the later figure is no time to onset."""
_SCHEDULE = re.compile(
    r"\s+of\s+(?!follow|treatment|therapy|the\s+(?:first|last|start|initial|end|final)\b|stopping|starting|infusion|transplant|diagnosis|random|enrol|age\b|observation|(?:the\s+)?(?:surgery|operation|resection|admission|registration))[a-z]",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:median|mean|average)(?:\s+duration)?\s+(?:was|were|lasted|amounted\s+to|reached)\s+(?:less\s+than\s+|more\s+than\s+|about\s+|only\s+)?"
    r"(?:\d[\d.]*\s+(?:and|vs\.?|versus)\s+)?$"
    r"|\btook\s+(?:an?\s+)?(?:median|mean|average)\b(?:(?!\bat\b|\bafter\b|\bwithin\b)[^;:])*$|\b(?:last(?:ed|ing)|persist(?:ed|ing))\s+(?:for\s+)?(?:less\s+than|more\s+than|longer\s+than|at\s+least|up\s+to|about|only|[<>\u2264\u2265])?\s*$",
    re.IGNORECASE,
)
"""``the median was 12 and 10 months``: how long it was, not when."""
_AGAINST = re.compile(r"\d[\d.]*\s*(?:vs\.?|versus)\s+$", re.IGNORECASE)
_SET_AGAINST = re.compile(r"\s*(?:months|weeks|days|years)?\s*(?:vs\.?|versus)\s+\d", re.IGNORECASE)
_AT = re.compile(r"\b(?:at|by|after|within|to)\s+$", re.IGNORECASE)
"""``missed PFS (7.1 vs. 5.4 months)``: results; ``at 6 vs. 12 months``: time points."""
_LEADS = re.compile(r"[\s(]*(?:[a-z]+\s+){0,4}")
_LEADS_TO = re.compile(
    r"(?:-?\s*(?:,\s*\d+-?\s*)*,?\s*(?:and|or)\s*\d+-(?:year|month|week|day))?[\s(]*(?:[a-z]+\s+){0,4}"
)
"""From a length of time to the measure whose time point or value it is: ``1- and 2-year OS``."""


_RECOVERY_OF = {
    "platelet_count": "platelet_recovery",
    "ANC": "neutrophil_recovery",
    "WBC": "neutrophil_recovery",
}
_AFTER = re.compile(
    r"\s+(?:(?:engrafted|recovered|did\s+so|followed)\s+)?(?:after|in|at|by|on)\s+(?:an?\s+median\s+of\s+|day\s+)?",
    re.IGNORECASE,
)


def recovery_gone_on(spans: Sequence[Span], text: str) -> list[Span]:
    """``Neutrophils engrafted after 23 days, platelets after 25 days``: the later count is told by when it was back, too."""
    result: list[Span] = []
    for k, span in enumerate(spans):
        then = spans[k + 1] if k + 1 < len(spans) else None
        before = any(s.kind == "measure" and s.ids[0] in _RECOVERY_OF.values() for s in result)
        if then is None or not before or span.kind != "measure" or then.unit not in TIME_UNITS:
            result.append(span)
            continue
        if span.ids[0] in _RECOVERY_OF and _AFTER.fullmatch(text, span.end, then.start):
            span = replace(span, ids=(_RECOVERY_OF[span.ids[0]],))
        result.append(span)
    return result


def duration_values(spans: Sequence[Span], text: str, kind: Callable[[Span], str]) -> list[Span]:
    """``28-month median follow-up`` has a value, ``3-year OS`` a time point: tell them apart."""
    result: list[Span] = []
    for i, span in enumerate(spans):
        if (
            span.kind != "value"
            or span.unit not in TIME_UNITS
            or not span.ids
            or _is_duration_value(spans, i, text, kind)
            or (_IN_TURN.match(text, span.end) and _are_lengths(result, kind))
        ):
            result.append(span)
        elif any(p.search(text[: span.start]) for p in (_FOLLOWED, _HOW_LONG)):
            continue
        elif _LASTED.search(text[: span.start]):
            result.append(span)
        elif _is_set_against(span, text):
            continue
        elif not _SCHEDULE.match(text, span.end):
            result.append(replace(span, kind="time", unit=""))
    return result


_IN_TURN = re.compile(
    r"(?:\s+(?:days?|weeks?|months?))?(?:\s+and\s+\d[\d.]*\s+(?:days?|weeks?|months?))?,?\s+respectively\b",
    re.IGNORECASE,
)


def _are_lengths(before: Sequence[Span], kind: Callable[[Span], str]) -> bool:
    """``engraftment was slower in A than in B, at 46 and 30 days, respectively``: whether a length is measured, and no share."""
    kinds = {kind(s) for s in before if s.kind == "measure"}
    return "duration" in kinds and kinds <= {"duration", "event"}


def _is_set_against(span: Span, text: str) -> bool:
    """Whether a length of time is one of two that are set against each other."""
    before = text[: span.start]
    against = _AGAINST.search(before)
    if against:
        return not _AT.search(before[: against.start()])
    return bool(_SET_AGAINST.match(text, span.end)) and not _AT.search(before)


_WITH_AND = re.compile(r"\s+(?:with|on|in|without)\s+(?:it\s+|the\s+[\w-]+\s+)?(?:and|vs\.?|versus)\s+\d")
_AND_WAS = re.compile(
    r",\s+(?:and|but|while|whereas)\s+(?:it\s+)?(?:was|reached)\s+(?:only\s+)?$", re.IGNORECASE
)
_INTERVAL = re.compile(r"\s*\(\s*(?:\d\d?\s?%\s*)?(?:CI\b|confidence)")


def _has_interval(spans: Sequence[Span], i: int, text: str, kind: Callable[[Span], str]) -> bool:
    """``13.6 months (95% CI 8-22)``, ``at 22.0 months with and 22.3 without``: a result, where a length of time is told before."""
    span = spans[i]
    told = any(m.kind == "measure" and m.end <= span.start and kind(m) == "duration" for m in spans)
    if not told:
        return False
    timed = _AT.search(text[: span.start]) is not None
    if _AND_WAS.search(text[: span.start]):
        return True
    return bool(_WITH_AND.match(text, span.end)) or (not timed and bool(_INTERVAL.match(text, span.end)))


def _is_duration_value(spans: Sequence[Span], i: int, text: str, kind: Callable[[Span], str]) -> bool:
    span = spans[i]
    after = text[span.end : span.end + 40]
    if re.match(r"\s*(?:old\b|of\s+age)", after) or _has_interval(spans, i, text, kind):
        return True
    following = next((s for s in spans if s.kind == "measure" and s.start >= span.end), None)
    gap = text[span.end : following.start] if following else ""
    compared = following is not None and "(" in gap and kind(following) == "ratio"
    listed = not span.text.endswith("s") or not re.search(
        r"\s", span.text
    )  # "41 months, 3-year EFS" is no list
    if following and not compared and (_LEADS_TO if listed else _LEADS).fullmatch(gap):
        return kind(following) == "duration"
    if re.match(r"\s+(?:rates?|estimates?|probabilit)", after):
        return False
    if re.match(r"\s+or\s+(?:longer|more)", after):
        return False
    return any(_governs(m, span, spans, text) for m in spans if m.kind == "measure" and kind(m) == "duration")


_NEXT = re.compile(
    r";(?!\s+(?:(?:and|but|while|whereas)\s+)?(?:(?:with|in|on|for|among|after)\s+[^,;:.()\d]{1,40}\s)?it\s+was\b)"
)
"""Behind it the text speaks of something else, if not of ``it``: ``median OS was 9 months; with B it was 6``."""


_AT_ONCE = re.compile(r"\s+(?:recovery\s+|engraftment\s+)?(?:at|after)\s+", re.IGNORECASE)
_MEDIAN_OF = re.compile(r"\b(?:median|mean)\s+(?:time\s+)?of\b", re.IGNORECASE)
_STOPS = re.compile(r"\s*(?:[,.;()]|$)")
"""``A occurred at a median of 15 days, B at 22 days``: the median is that of both."""


def _governs(measure: Span, span: Span, spans: Sequence[Span], text: str) -> bool:
    ahead = measure.end <= span.start
    between = text[measure.end : span.start] if ahead else text[span.end : measure.start]
    timed = ahead and re.search(r"\b(?:at|after|by|within)\s+$", between)
    if ahead and _DURATION.search(between):
        return False
    after_median = timed and _AT_ONCE.fullmatch(between) and _MEDIAN_OF.search(text[: measure.start])
    if after_median and _STOPS.match(text, span.end):
        return True
    if _NEXT.search(between) or (timed and not _STOOD_AT.search(between)):
        return False
    low, high = min(measure.end, span.end), max(measure.start, span.start)
    return not any(s.kind == "measure" and s is not measure and low <= s.start < high for s in spans)
