"""Counts of patients: bare numbers told by what stands beside them, a count with its share, how many took part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.pieces import in_parenthesis
from assistant.spans.span import Span

RESPONSES = frozenset(
    {
        "CR",
        "CRi",
        "CRh",
        "CRp",
        "CRu",
        "CRc",
        "PR",
        "SD",
        "PD",
        "MLFS",
        "VGPR",
        "sCR",
        "nCR",
        "mCR",
        "MR",
        "CMR",
        "PMR",
        "HI",
        "CR/CRi",
    }
)
_IN = re.compile(
    r"\s+(?:(?:was|were)\s+(?:seen\s+|found\s+|reported\s+|observed\s+|noted\s+|recorded\s+)?)?in\s+"
)
_ENDS = re.compile(r"\s*(?:[,;.)](?!\d)|\band\b|$)")
_OPENS = re.compile(r"(?:[(\[,;:]|\b(?:and|with|were|had|including|plus))\s*$", re.IGNORECASE)


def counted_beside(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with bare numbers as counts where a measure or grade stands straight before ``in`` or behind them."""
    result = list(spans)
    for i, span in enumerate(spans):
        if span.kind != "value" or span.unit or not span.text.isdecimal() or len(span.text) > 3:
            continue
        before = spans[i - 1] if i else None
        after = spans[i + 1] if i + 1 < len(spans) else None
        within = (
            before is not None
            and before.kind in {"measure", "grade"}
            and bool(_IN.fullmatch(text, before.end, span.start) and _ENDS.match(text, span.end))
        )
        named = (
            after is not None and after.kind == "measure" and after.ids[0] in RESPONSES and after.text[:1].isupper()
            and text[span.end : after.start] in {" ", " a ", " an "} and bool(_OPENS.search(text[: span.start]))
        )  # fmt: skip
        if within or named:
            result[i] = replace(span, unit="patients", n=int(span.text))
    return result


def joined_counts(spans: Sequence[Span], text: str) -> list[Span]:
    """Join ``18/40 (45%)`` or ``60% (6/10 patients)`` into one value with n, N and percentage."""
    result: list[Span] = []
    told = {s.start for s in spans if s.kind == "measure"}
    for span in spans:
        at = next((i for i in range(len(result) - 1, -1, -1) if result[i].kind == "value"), None)
        if at is not None and span.kind == "value":
            last = _count_before_share(result[at], span)
            if {last.unit, span.unit} == {"%", "patients"} and _follows(last, span, text):
                merged = _merged(last, span)
                words = re.search(r"[A-Za-z]{3}", text[last.end : span.start])
                sized = ("=" in span.text and words is not None) or _is_pair(last, span, text)
                named = "(" in text[last.end : span.start] and span.end + 1 in told  # "61% (24 CR, 6 PR)"
                if (
                    merged is not None and not sized and not named
                ):  # "52% with A (n = 214)" gives the arm's size
                    result[at] = merged
                    continue
        result.append(span)
    return result


_EVENTS_WERE = re.compile(
    r"\b(?:events?|toxicit(?:y|ies)|effects?|AEs|reactions?|complications)\b[^;:.]{0,60}?\b(?:were|was|included|comprised|being)\b[^;:.]*$",
    re.IGNORECASE,
)


def counted_in_lists(spans: Sequence[Span], text: str) -> list[Span]:
    """``The most frequent events were A (n = 5) and B (n = 4)``: counts of the events, and not the sizes of groups."""
    result = []
    for before, span in zip([None, *spans], spans, strict=False):
        size = _SIZE.match(span.text) if span.kind == "value" and text.startswith(")", span.end) else None
        named = before is not None and before.kind == "measure"
        listed = named and before is not None and text[before.end : span.start].strip() == "("
        if size and listed and before is not None and _EVENTS_WERE.search(text, 0, before.start):
            span = replace(span, start=span.start + size.end(), text=span.text[size.end() :])
        result.append(span)
    return result


_SIZE = re.compile(r"n\s*=\s*")
_SHARES = re.compile(r"\s*(?:[\w-]+\s+){0,5}?[(\[]\s*")
_CLOSED = re.compile(r"\s*,?\s*(?:respectively\s*)?[)\]]", re.IGNORECASE)


def joined_lists(spans: Sequence[Span], text: str) -> list[Span]:
    """``19 of 28 and 21 of 25 responders (67% and 84%, respectively)``: each count with its share."""
    values = [s for s in spans if s.kind == "value"]
    for a, b, c, d in zip(values, values[1:], values[2:], values[3:], strict=False):
        counts = all(v.unit == "patients" and not v.percent for v in (a, b))
        shares = all(v.unit == "%" and v.n is None for v in (c, d))
        listed = (text[x.end : y.start].strip(" %") in {"and", "vs.", "versus"} for x, y in ((a, b), (c, d)))
        if not (counts and shares and all(listed)) or not _CLOSED.match(text, d.end):
            continue
        if _SHARES.fullmatch(text, b.end, c.start):
            told = {a: replace(a, percent=c.percent), b: replace(b, percent=d.percent)}
            return [told.get(s, s) for s in spans if s not in (c, d)]
    return list(spans)


_VERSUS = re.compile(r"\s*(?:\[[^\]]*\]\s*)?(?:vs\b|versus\b|against\b|compared\b)", re.IGNORECASE)


def _is_pair(count: Span, share: Span, text: str) -> bool:
    """``A (n = 60; 22% vs. 33%)``, ``16 of 33 with B (76% vs. 48%)``: the share is the first of two groups, the count one group's."""
    if share.unit != "%" or not _VERSUS.match(text, share.end):
        return False
    between = text[count.end : share.start]
    return ("=" in count.text and ";" in between) or bool(re.search(r"[A-Za-z]{3}[^()]*[(\[]", between))


def _count_before_share(first: Span, second: Span) -> Span:
    """``in 12 (40%)``: the bare number is a count."""
    bare = (
        first.unit == "" and second.unit == "%" and first.text.isdecimal() and second.start - first.end <= 3
    )
    return replace(first, unit="patients", n=int(first.text)) if bare else first


def _follows(first: Span, second: Span, text: str) -> bool:
    between = text[first.end : second.start]
    if re.fullmatch(r"\s*(?:[\w\u2264\u2265<>/+-]+\s+){0,8}[(\[]\s*(?:n\s*=\s*)?", between):
        return True
    if re.fullmatch(r"\s*(?:patients?)?,?\s*or\s*", between) and first.unit == "patients":
        return True
    return bool(re.fullmatch(r"\s*(?:patients?\s*)?[,;]\s*(?:n\s*=\s*)?", between)) and in_parenthesis(
        text[: first.start]
    )


def _merged(first: Span, second: Span) -> Span | None:
    count, share = (first, second) if first.unit == "patients" else (second, first)
    if count.percent or share.n is not None:
        return None
    return replace(first, n=count.n, total=count.total, percent=share.percent, unit=first.unit)


_ENROLLING = re.compile(
    r"\b(?:enrol\w*|included|recruited|followed|pooled|assigned|analy[sz]ed|reviewed|randomi[sz]ed|comprised|accrual\s+of|(?:carried\s+out|conducted|undertaken|studied|evaluated|tested)\s+(?:in|on))"
    r"\s+(?:a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)
_ENROLLED = re.compile(
    r"\s+(?:patients|adults|participants)\s+(?:received|were\s+given)\s+(?:[\w-]+(?:\s*,|\s+and|\s+plus)\s+)+[\w-]+"
    r"|\s+(?:received|took\s+part|(?:patients\s+)?were\s+(?:treated|infused|evaluable))\b|\s+(?:[\w-]+\s+){0,4}?(?:patients?|adults|children|subjects)?\s*(?:having\s+been|have\s+been|had\s+been|were|was|being)?\s*"
    r"(?:allotted|assigned|allocated|randomi[sz]ed|enrolled|recruited|included|accrued)\b"
    r"|\s+(?:patients|adults|children|participants|people)\s+(?:aged|with|who|whose|in\s+whom)\b[^;.()]{0,110}?"
    r"\b(?:were|was)\s+(?:allotted|assigned|allocated|randomi[sz]ed|enrolled|recruited)\b",
    re.IGNORECASE,
)
_COMPARED_IN = re.compile(
    r"\b(?:trial|study|analysis|registry|cohort|series|database)\s+of\s+(?:a\s+total\s+of\s+|the\s+)?$"
    r"|\b(?:compared|tested|evaluated|examined|assessed|investigated|studied|analy[sz]ed|collected)\b[^;.]*?\b(?:in|from)\s+(?:a\s+total\s+of\s+)?$"
    r"|\b(?:current|existing|ongoing|standard|previous)\s+(?:treatment|therapy|care)\s+of\s+(?:a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)
_LISTED_COUNTS = re.compile(
    r"\s*(?:,\s*\d+(?:,|\s+and)|\s+and\s+\d+)\s+(?:\d+\s+)?(?:patients|adults|children)\s+to\b"
)
"""``assigned 72, 158 and 87 patients to A, B and C``: one count a group."""
OUTSIDE = re.compile(
    r"\b(?:historical|historic|matched|external|control|comparison|synthetic)\s+(?:[a-z]+\s+)?(?:cohort|series|registry|analysis|trial|study)\s+of\s+$",
    re.IGNORECASE,
)
_PATIENTS_WHO = re.compile(
    r"\s+(?:[\w/-]+\s+){0,5}?(?:patients|adults|children|participants|people)\s+(?:with|who|whose|aged|treated|from|in\s+whom|older|between)\b",
    re.IGNORECASE,
)
"""``compared A with B in 395 patients who could not be transplanted``: so many took part, whatever is said of them."""
_TAKEN_TO = re.compile(
    r"\b(?:given|administered|offered)\s+(?:by\s+\w+\s+|orally\s+|intravenously\s+|subcutaneously\s+)?to\s+$",
    re.IGNORECASE,
)
"""``The drug was given to 132 adults with chronic disease``: so many were treated."""
_PAIRED = re.compile(r"\s*(?:vs\b\.?|versus)\s*", re.IGNORECASE)
_DEATHS = re.compile(r"\b(?:deaths|relapses|events|infections|responses|progressions)$", re.IGNORECASE)


def counted_events(spans: Sequence[Span], text: str) -> list[Span]:
    """``10 deaths`` and ``deaths (2 vs. 1)``: bare numbers that count patients."""

    def paired(a: Span | None, b: Span | None) -> bool:
        return bool(
            a and b and a.text.isdecimal() and b.text.isdecimal() and _PAIRED.fullmatch(text[a.end : b.start])
        )

    result = list(spans)
    for i, span in enumerate(spans):
        if span.kind != "value" or span.unit or not span.text.isdecimal() or len(span.text) > 4:
            continue
        after = spans[i + 1] if i + 1 < len(spans) else None
        before = spans[i - 1] if i else None
        measure = next((s for s in reversed(spans[:i]) if s.kind == "measure"), None)
        own = after is not None and after.kind == "measure" and bool(_DEATHS.search(after.text))
        said = own and after is not None and text[span.end : after.start].isspace()
        if said or (
            (paired(before, span) or paired(span, after)) and measure and _DEATHS.search(measure.text)
        ):
            result[i] = replace(span, unit="patients", n=int(span.text))
    return result


def is_enrolment(value: Span, text: str, *, has_measure_before: bool = True) -> bool:
    """Whether a count tells how many took part, whatever else its clause speaks of."""
    if value.unit != "patients" or value.percent or value.total is not None:
        return False
    if _LISTED_COUNTS.match(text, value.end):
        return False
    if _TAKEN_TO.search(text[max(0, value.start - 60) : value.start]) and not has_measure_before:
        return True
    return enrols(text, value.start, value.end)


def enrols(text: str, start: int, end: int) -> bool:
    """Whether the words around a count say that so many took part."""
    if re.search(r"\b(?:other|remaining|rest)\s+$", text[:start]):
        return False
    before = text[max(0, start - 240) : start]
    if _COMPARED_IN.search(before) and _PATIENTS_WHO.match(text, end) and not OUTSIDE.search(before):
        return True
    return bool(_ENROLLING.search(text[max(0, start - 60) : start]) or _ENROLLED.match(text, end))


_ON_ARM = re.compile(
    r"\s*(?:patients?\s+)?(?:receiv\w+|on|in|with|to|from|given|treated\s+with|for|assigned\s+to|randomi[sz]ed\s+to|received|"
    r"had\s+(?:been\s+given|received))?\s*(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_ARM_COLON = re.compile(r"\s*(?:arms?|groups?|cohorts?)?\s*:\s*", re.IGNORECASE)
_OF_CENTRE = re.compile(
    r"\b(?:median|mean|average|score|ratio|level|dose|day|week|month|year|cycle)s?\b[^,;:()]*$", re.IGNORECASE
)


def arm_counts(spans: Sequence[Span], text: str, arms: Sequence[tuple[str, ...]]) -> list[Span]:
    """``32 receiving A and 33 B``, ``A: 33, B: 32``: bare numbers beside an arm count its patients."""
    result = list(spans)
    for i, span in enumerate(spans):
        if span.kind != "value" or span.unit or not span.text.isdecimal() or len(span.text) > 4:
            continue
        if _OF_CENTRE.search(text[max(0, span.start - 60) : span.start]):
            continue
        after = next((s for s in spans[i + 1 :] if s.kind == "group"), None)
        before = next((s for s in reversed(spans[:i]) if s.kind == "group"), None)
        follows = after and after.ids in arms and _ON_ARM.fullmatch(text[span.end : after.start])
        heads = before and before.ids in arms and _ARM_COLON.fullmatch(text[before.end : span.start])
        if follows or heads:
            result[i] = replace(span, unit="patients", n=int(span.text))
    return result
