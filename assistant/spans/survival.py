"""What the words beside a measure of survival make of it: a median shared, a median said alone, an event, the opposite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span, apart

_OVER_TIME = re.compile(r"(?:median_)?(?P<rate>[A-Z]*FS|OS|DOR)")
_AND = re.compile(r"\)?\s*(?:,|/|,?\s*(?:and|or))\s*(?:the\s+)?")
_EVENT = re.compile(r"(?:[\s-]+event)s?\b(?![- ]free)")
_AND_SO = re.compile(
    r"\s*,?\s+(?:(?:and|but|yet|both|also|still|with|had|have|were|remained|stayed|being)\s+){0,4}",
    re.IGNORECASE,
)
_LIVING = re.compile(r"(?:\w+\s+){0,3}(?:alive|living|surviving)|lived|survived", re.IGNORECASE)
_ALONE = re.compile(
    r"[(\[]\s*(?P<said>medians?)\s*[,:]?\s*(?=(?:(?:\d[\d.]*|NR|not\s+reached)[^();]*?\bmonths?|NR|not\s+reached)\b)",
    re.IGNORECASE,
)

_UNSAID = re.compile(
    r"(?:(?<=\()|(?<=: )|(?<=\bwas )|(?<=\bwere ))(?P<said>)"
    r"(?=(?:\d[\d.]*|not\s+reached|NR)\s+(?:months\s+)?(?:vs\.?|versus|against)\s+\d[\d.]*\s+months\b)"
)
"""``PFS was longer with A (14 vs. 8 months)``: lengths of time set against each other are medians."""


def of_survival(measures: Sequence[Span], text: str) -> list[Span]:
    """``measures`` with those named by ``median`` alone or sharing one, and without events that a survival counts.

    ``median EFS and OS were 8 and 14 months`` gives two medians, ``OS was longer with A (median, 27 vs. 20 months)``
    one of its own, ``an EFS event occurred in 9`` no event-free survival.
    """
    kept = [m for m in measures if not (_OVER_TIME.fullmatch(m.ids[0]) and _EVENT.match(text, m.end))]
    kept = _with_the_living(kept, text)
    found = _medians_shared(sorted(kept, key=lambda m: m.start), text)
    return sorted([*found, *_medians_alone(found, text)], key=lambda m: m.start)


def _with_the_living(measures: Sequence[Span], text: str) -> list[Span]:
    """``alive and without progression``: the survival without an event says that they live, too."""
    for free in [m for m in measures if m.ids[0].endswith("FS")]:
        living = [
            m
            for m in measures
            if _LIVING.fullmatch(m.text) and m.end < free.start and _AND_SO.fullmatch(text, m.end, free.start)
        ]
        if living:
            start = min(m.start for m in living)
            whole = replace(free, start=start, text=text[start : free.end])
            measures = [whole if m is free else m for m in measures if m not in living]
    return list(measures)


def _medians_shared(measures: Sequence[Span], text: str) -> list[Span]:
    result: list[Span] = []
    for span in measures:
        last = result[-1] if result else None
        rate = _OVER_TIME.fullmatch(span.ids[0])
        shares = (
            last is not None
            and rate is not None
            and last.ids[0].startswith("median_")
            and _OVER_TIME.fullmatch(last.ids[0])
            and (_AND.fullmatch(text, last.end, span.start) or _is_short_form(span, last, text))
        )
        result.append(replace(span, ids=(f"median_{rate['rate']}",)) if shares and rate else span)
    return result


def _is_short_form(span: Span, median: Span, text: str) -> bool:
    """``median progression-free survival (PFS) and OS``: the bracket names the median once more."""
    opened = text[median.end : span.start].strip() == "(" and text.startswith(")", span.end)
    return opened and median.ids[0] == f"median_{span.ids[0]}"


def _medians_alone(measures: Sequence[Span], text: str) -> list[Span]:
    found = []
    for match in (*_ALONE.finditer(text), *_UNSAID.finditer(text)):
        before = [m for m in measures if m.end <= match.start()]
        rate = _OVER_TIME.fullmatch(before[-1].ids[0]) if before else None
        named = not match["said"] and any(m.ids[0].startswith("median_") for m in before)
        if rate and not named and not re.search(r"[.;]\s", text[before[-1].end : match.start()]):
            found.append(Span("measure", *match.span("said"), match["said"], (f"median_{rate['rate']}",)))
    return found


_WHO = re.compile(
    r"\bwho\s+(?:(?:were|had|then|later|subsequently|successfully|ultimately|eventually)\s+)*$", re.IGNORECASE
)


_SUBJECT = re.compile(
    r"(?:^|[.;:]\s|,\s+(?:and|but|while|whereas)\s|\b(?:in|among|for|of)\s)\W*(?:the\s+)?(?:patients|those|responders|adults|children)\s+$",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"(?:\s*\([^()]*\))?\s*(?:had|have|showed|reached|lived|,|\.|;|$|was\b|and\b|vs)", re.IGNORECASE
)
"""``Patients bridged to transplantation (n = 18) had a 2-year OS of 71%``."""


def outcomes_as_groups(measures: Sequence[Span], text: str) -> list[Span]:
    """Those of ``measures`` that tell whom a figure is of, as groups."""
    found = _transplanted(measures, text)
    return found + _states_of_it(apart(measures, found), text)


def _transplanted(measures: Sequence[Span], text: str) -> list[Span]:
    """``the 22 who were bridged to transplant``: a transplant that tells whom a figure is of, as a group."""
    return [
        replace(m, kind="group", ids=("transplant",))
        for m in measures
        if m.ids == ("SCT",)
        and " to " in m.text
        and (_WHO.search(text[: m.start]) or (_SUBJECT.search(text[: m.start]) and _HAD.match(text, m.end)))
    ]


_IN_THOSE = re.compile(
    r"\b(?:in|among|for)\s+(?:patients|those)\s+(?:with|in|achieving|who\s+achieved)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(r",?\s+it\s+was\s+\d")
_THOSE_IN = re.compile(
    r"\b(?:patients|those)\s+(?:with|in|achieving|attaining|remaining|becoming|staying|who\s+(?:achieved|had|remained|became|stayed|were(?:\s+in)?))\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"(?:\s+had)?\s+(?:one\s+of\s+\d|\d[\d.]*\s+(?:months|years)\b)")
_FINDING = {"MRD_positivity": "mrd-positive", "MRD_negativity": "mrd-negative"}


_PATIENTS = re.compile(r"\s+(?:patients|responders)\b")
_LISTED = re.compile(r"\s*(?:[,.;]|and\b|vs\b|versus\b|$)")
_RESPONSE = re.compile(r"s?CR\w?|PR|SD|PD|VGPR|MLFS|MRD_(?:posi|nega)tivity")
_ESTIMATE = re.compile(r"(?:median_)?(?:OS|[A-Z]*FS|DOR)")


def _is_of_estimate(measure: Span, measures: Sequence[Span]) -> bool:
    """``OS was 67% in CR, 41% in PR``: behind a survival's figure a response tells whom it is of."""
    before = [m for m in measures if m.end <= measure.start and not _RESPONSE.fullmatch(m.ids[0])]
    return bool(_RESPONSE.fullmatch(measure.ids[0]) and before and _ESTIMATE.fullmatch(before[-1].ids[0]))


_SHARE_IN = re.compile(r"\d\s?(?:%|months)(?:\s*\([^()]*\))?\s+(?:in|among|for)\s+(?:the\s+)?$")
"""``77% in CR patients``."""


def _states_of_it(measures: Sequence[Span], text: str) -> list[Span]:
    """``DOR was 71%, and in patients with CR it was 83%``: the response tells whom the figure is of, as a group.

    So does that of ``had a 2-year PFS of 70%, and those in PR one of 22%``.
    """
    return [
        replace(m, kind="group", ids=(_FINDING.get(m.ids[0], m.ids[0].lower()),))
        for m in measures
        if (_IT_WAS.match(text, m.end) and _IN_THOSE.search(text[: m.start]))
        or (_ONE_OF.match(text, m.end) and _THOSE_IN.search(text[: m.start]))
        or (_PATIENTS.match(text, m.end) and _SHARE_IN.search(text[: m.start]))
        or (_is_of_estimate(m, measures) and _LISTED.match(text, m.end) and _SHARE_IN.search(text[: m.start]))
    ]


_FREE_OF = re.compile(
    r"\bfree\s+(?:of|from)\s+(?:(?!and\b|or\b|in\b|with\b|was\b|were\b|had\b)[\w-]+\s+){0,3}$"
)
_FREED = {
    "PD": "PFS",
    "relapse": "RFS",
    "transfusion_need": "transfusion_independence",
    "rbc_transfusion": "transfusion_independence",
}


def freed(measure: Span, text: str) -> Span | None:
    """The measure that a figure tells of: the opposite of what somebody is free of, None where that has no name."""
    said = _FREE_OF.search(text[: measure.start])
    if said is None:
        return measure
    other = _FREED.get(measure.ids[0], "")
    return (
        replace(measure, start=said.start(), text=text[said.start() : measure.end], ids=(other,))
        if other
        else None
    )
