"""Numbers of patients, and what is counted of them, where notes and free prose say it shortly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.model import Fact
from assistant.spans.span import Span

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_SIZE = re.compile(r"\([\s,;]*$")
_SIZE_LISTED = re.compile(
    r"(?:\((?:phase|NCT|it|retrospective|single)\b[^()%]*,|[;,(]|\s-|^)\s*$", re.IGNORECASE
)
_SIZE_NEXT = re.compile(r"\s*(?:[,;)]|-\s|$)")
_SIZE_END = re.compile(r"[\s,;]*\)")
_OF_THE = re.compile(r"\s*(?:\([^)]*\)\s*)?of\s+(?:(?:the|these|those|all|our)\s+)*", re.IGNORECASE)
_ITS_VERB = re.compile(
    r"[,;:(]|\b(?:were|was|are|is|had|have|has|achieved|reached|attained|survived|remained|responded|developed|experienced|"
    r"got|relapsed|died|obtained|showed|did)\b",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|of|on|to|with|enrolled|included|treated|recruited)\s+(?:only\s+|about\s+)?$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"[\s-]*(?:cycles?|courses?|doses?|times|studies|trials|arms|groups|drugs|agents|centres?|centers?)\b",
    re.IGNORECASE,
)
"""Behind a number that counts no patients."""
_AT = re.compile(r"\b(?:at|after)\s+(?:about\s+)?$", re.IGNORECASE)
_APART_COUNT = re.compile(r"[,;:]")
_NUMBER_NEXT = re.compile(r"\s*[(:=]?\s*(?:n\s?=\s?)?\d")


def counted(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """The facts with each count told for what it counts, and whom.

    Args:
        facts: as the reader of facts gave them.
        spans: everything found in the text.
        text: the statement.
    """
    result = [_cycled(f) for f in _sized(facts, text)]
    result = [_part(f, spans, text) for f in result]
    return [_timed(f, result, spans, text) for f in _of_part(result, spans, text)]


def _sized(facts: list[Fact], text: str) -> list[Fact]:
    """``… 61.2% (n = 20)``: a bare number of patients in a bracket is that of those spoken of."""
    for i, fact in enumerate(facts):
        bare = fact.value.lower().startswith("n") and fact.n is not None and not fact.percent
        listed = _SIZE_LISTED.search(text[: fact.start]) and _SIZE_NEXT.match(text, fact.end)
        if bare and fact.attribute != "n_patients" and (listed or _alone(fact, text)):
            facts[i] = replace(fact, attribute="n_patients", time_point="", grade="", cycle="")
    return facts


def _cycled(fact: Fact) -> Fact:
    """``from 85% after cycle 1 to 100% after cycle 2``: a cycle is nobody's group."""
    if any("%" in i or i == "cycle" for i in fact.group):
        return replace(fact, group=frozenset(), group_label="")
    return fact


def _alone(fact: Fact, text: str) -> bool:
    return bool(_SIZE.search(text[: fact.start]) and _SIZE_END.match(text, fact.end))


def _of_part(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``61% of the 70 transplanted patients``: the count is that of those the share is of."""
    for i in range(1, len(facts)):
        share, count = facts[i - 1], facts[i]
        if (
            share.unit != "%"
            or count.unit not in {"patients", ""}
            or not _OF_THE.fullmatch(text, share.end, count.start)
        ):
            continue
        n = count.n if count.n is not None else int(count.value) if count.value.isdecimal() else None
        verb = _ITS_VERB.search(text, count.end)
        stop = verb.start() if verb else len(text)
        groups = [s for s in spans if s.kind == "group" and count.end <= s.start and s.end <= stop]
        ids = share.group | {i for s in groups for i in s.ids}
        label = " ".join(dict.fromkeys(s.text for s in groups))
        if n is None or count.total is not None:
            continue
        facts[i] = replace(
            count, attribute="n_patients", unit="patients", n=n, time_point="", grade="", cycle="", group=ids, group_label=label
        )  # fmt: skip
        facts[i - 1] = replace(share, group=ids, group_label=label or share.group_label)
    return facts


def _part(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``57 out of 60 patients, 95%``: n of N is of the only measure named; ``in 60 AYAs`` counts patients."""
    measures = {s.ids for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS}
    if fact.attribute == "n_patients" and fact.total is not None and not fact.group and len(measures) == 1:
        grades = {s.ids[0] for s in spans if s.kind == "grade"}
        cycles = {s.ids[0] for s in spans if s.kind == "cycle"}
        if len(grades) <= 1 and len(cycles) <= 1:
            return replace(
                fact,
                attribute=next(iter(measures))[0],
                grade=next(iter(grades), ""),
                cycle=next(iter(cycles), ""),
            )
    if fact.attribute == "n_patients" and _NOBODY.match(text, fact.end):
        return replace(fact, attribute="")
    group = next((s for s in spans if s.kind == "group" and 0 < s.start - fact.end <= 1), None)
    if (
        not fact.attribute
        and not fact.unit
        and fact.value.isdecimal()
        and group is not None
        and _IN.search(text[: fact.start])
    ):
        return replace(
            fact, attribute="n_patients", unit="patients", n=int(fact.value), group=frozenset(group.ids), group_label=group.text
        )  # fmt: skip
    return fact


def _timed(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """``52.4% had event-free survival at 18 months``: the only time named is the only figure's."""
    others = [f for f in facts if f is not fact and f.attribute not in {"n_patients", *_STATISTICS}]
    if (
        fact.time_point
        or not fact.attribute
        or fact.attribute in {"n_patients", *_STATISTICS}
        or others
        or fact.unit not in {"%", "patients"}
    ):
        return fact
    times = [s for s in spans if s.ids and s.kind in {"time", "value"} and _AT.search(text[: s.start])]
    return (
        replace(fact, time_point=times[0].ids[0]) if len(times) == 1 and times[0].start > fact.end else fact
    )


def listed(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``229 patients: 114 on A, 115 on B``: a count is not of an arm that another count stands nearer to."""
    for i, fact in enumerate(facts):
        if fact.attribute != "n_patients" or not fact.group or fact.n is None:
            continue
        for span in spans:
            if span.kind != "group" or not set(span.ids) <= fact.group or span.start < fact.end:
                continue
            others = [
                f for f in facts
                if f is not fact and f.attribute == "n_patients" and f.n != fact.n and set(span.ids) <= f.group
            ]  # fmt: skip
            nearer = [
                f
                for f in others
                if min(abs(f.start - span.end), abs(span.start - f.end)) < span.start - fact.end
            ]
            apart = _APART_COUNT.search(text[fact.end : span.start]) and _NUMBER_NEXT.match(text, span.end)
            elsewhere = any(s.kind == "group" and s.ids == span.ids and s.end <= fact.start for s in spans)
            if (nearer or apart) and not elsewhere:
                fact = replace(fact, group=fact.group - set(span.ids))
                facts[i] = fact
    return facts
