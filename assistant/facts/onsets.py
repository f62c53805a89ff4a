"""When an event named before began, and how long it lasted: lengths of their own, and no time points of how many had it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import TIME_UNITS, Span
from assistant.vocabulary.vocabulary import Term

_MEDIAN = r"(?:median|mean|average)"
_ONSET = re.compile(
    rf"\b{_MEDIAN}\s+(?:times?\s+(?:to|until|from\s+infusion\s+to)\s+|day\s+of\s+)?(?:its\s+|the\s+|their\s+)?(?:first\s+)?(?:onset|occurrence)\b(?:\s+time)?(?!\s+of\s+[A-Za-z])"
    rf"|\b(?:occurr(?:ed|ing)|began|beginning|started|starting|appear(?:ed|ing)|set(?:ting)?\s+in|arose|emerged|develop(?:ed|ing)|onset)\s+(?:at|after|on|within)\s+an?\s+{_MEDIAN}(?:\s+(?:time|interval))?\s+of\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b{_MEDIAN}\s+(?:duration|time\s+to\s+resolution)\b(?!\s+of\s+[A-Za-z])"
    rf"|\blast(?:ed|ing)\s+(?:for\s+)?an?\s+{_MEDIAN}(?:\s+duration)?\s+of\b"
    rf"|\b(?:resolv(?:ed|ing)|resolution|subsid(?:ed|ing)|clear(?:ed|ing))\s+(?:\w+\s+)?(?:after|within|in|at)\s+an?\s+{_MEDIAN}(?:\s+(?:time|duration))?\s+of\b"
    rf"|(?<=\bonset\sand\s)duration\b",
    re.IGNORECASE,
)
_TOLD = {"time_to": _ONSET, "duration": _LENGTH}
_BESIDE = {"neurotoxicity": "ICANS"}
"""Events whose lengths are measured under another name."""
_GAP = re.compile(r"[^;.\d]{0,30}")
_NO = re.compile(r"\b(?:no|without)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_WAS = re.compile(r"\s+(?:was|were)\s+(?:on\s+)?")
"""``the median time to onset of CRS was day 3``."""
_UNSAID = "time_to_onset"


def lengths_of_events(spans: Sequence[Span], text: str, known: Mapping[str, Term]) -> list[Span]:
    """``CRS was seen in 21 of 50, with a median onset of 3 days``: ``spans`` with the time to CRS as a measure of its own.

    Of an event whose lengths are no measure the figure is left out.

    Args:
        spans: what was found in ``text``.
        text: the sentence.
        known: the measures by their ids.
    """
    told_so = [s for s in spans if s.kind == "measure" and s.ids[0].startswith("time_to_")]
    result = [
        _as_value(s) if any(_WAS.fullmatch(text, m.end, s.start) for m in told_so) and s.kind == "time" else s
        for s in spans
    ]
    for lead, told in _TOLD.items():
        for match in told.finditer(text):
            result = _with_length(result, lead, match, text, known)
    return sorted(result, key=lambda s: (s.start, s.end))


def _with_length(
    spans: list[Span], lead: str, match: re.Match[str], text: str, known: Mapping[str, Term]
) -> list[Span]:
    start, end = match.span()
    named = [s for s in spans if s.kind == "measure" and s.start < end and s.ids[0] != _UNSAID]
    if not named or named[-1].end > start or _NO.search(text[: named[-1].start]):
        return spans
    event = re.sub("^(?:time_to|duration)_", "", named[-1].ids[0])
    own = f"{lead}_{_BESIDE.get(event, event)}"
    spans = [_as_value(s) if _is_next(s, end, text) else s for s in spans]
    if own in known:
        kept = [s for s in spans if s.kind != "measure" or not (s.start < end and s.end > start)]
        return [*kept, Span("measure", start, end, match[0], (own,))]
    if f"{lead}_{event}" in known or not _is_event(event, known):
        return spans
    first = next((s for s in spans if _is_next(s, end, text)), None)
    if first is None:
        return spans
    spread = re.compile(r"\s*[(\[][^()\[\]]*[)\]]").match(text, first.end)
    until = spread.end() if spread else first.end
    return [s for s in spans if s.kind not in {"value", "time"} or not first.start <= s.start < until]


def _is_event(name: str, known: Mapping[str, Term]) -> bool:
    return name in known and known[name].kind == "event"


def _is_next(span: Span, end: int, text: str) -> bool:
    """Whether a length of time or a day stands next behind the words."""
    lasting = (span.kind == "value" and span.unit in TIME_UNITS) or (span.kind == "time" and bool(span.ids))
    return lasting and span.start >= end and _GAP.fullmatch(text, end, span.start) is not None


def _as_value(span: Span) -> Span:
    """``median onset, day 3``: the day is the figure."""
    if span.kind == "value" or not re.fullmatch(r"\d[\d.]*-(?:day|week|month|hour)", span.ids[0]):
        return span
    return replace(span, kind="value", unit=f"{span.ids[0].rsplit('-', 1)[1]}s")
