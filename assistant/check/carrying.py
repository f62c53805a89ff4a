"""Whom a figure is of where the words say it once for two figures, with a pronoun, or only behind a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.model import Fact
from assistant.spans import Span

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_OF_THEM = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|among|in)\s+(?:them|these|those|whom|the\s+latter)(?:\s+patients)?(?=\s+(?!who|with|without|given|on\b|in\b)|[,.;)]|$)",
    re.IGNORECASE,
)
"""Behind a share of those counted before."""
_WHOSE = re.compile(r"\b(?:whose|their|in whom|in these patients|among them|of whom|for whom)\b", re.IGNORECASE)
_APART = re.compile(
    r"[;.]\s|\b(?:overall|whole|entire|all|total|everyone|cohort|population|rest|others?|remaining|remainder|without|not|"
    r"while|whereas|but|versus|vs|against|than|compared)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"[\s)%]*,?\s*(?:and|with)\s+(?:an?\s+|the\s+|had\s+an?\s+|a\s+)?[^,;:.()]{0,50}?\s*(?:of|was|were|=|:)?\s*(?:only\s+|just\s+)?$", re.IGNORECASE)
"""Between two figures that one subject has: ``had a CR rate of 40% and a 2-year OS of 8%``."""
_SIZE = re.compile(r"\([\s,;]*$")
_SIZE_LISTED = re.compile(r"(?:\((?:phase|NCT|it|retrospective|single)\b[^()%]*,|[;,(]|\s-|^)\s*$", re.IGNORECASE)
_SIZE_NEXT = re.compile(r"\s*(?:[,;)]|-\s|$)")
_SIZE_END = re.compile(r"[\s,;]*\)")
_ALIVE = re.compile(r"[^;:()]*")
_OF_THE = re.compile(r"\s*(?:\([^)]*\)\s*)?of\s+(?:(?:the|these|those|all|our)\s+)*", re.IGNORECASE)
_ITS_VERB = re.compile(
    r"[,;:(]|\b(?:were|was|are|is|had|have|has|achieved|reached|attained|survived|remained|responded|developed|experienced|"
    r"got|relapsed|died|obtained|showed|did)\b",
    re.IGNORECASE,
)
_GRADED = re.compile(
    r"\s*(?:others?|more|patients?|of (?:them|these))?\s*(?:had|of|with|developed|experienced|was|were|showed|in|:)?\s*$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;:]\s|,\s+(?:and|but|while|whereas)\s|\s(?:while|whereas|but)\s")


def carried(facts: Sequence[Fact], spans: Sequence[Span], text: str, timeless: Set[str] = frozenset()) -> list[Fact]:
    """The facts with the group, measure or grade that the words give them once for several.

    Args:
        facts: as the reader of facts gave them.
        spans: everything found in the text.
        text: the statement.
        timeless: measures that the study gives for no time.
    """
    result = [_cycled(f) for f in _sized(list(facts), text)]
    result = [_counted(f, spans, text) for f in result]
    result = [_timed(f, result, spans, text) for f in _of_counted(result, spans, text)]
    result = _scoped(result, spans, text)
    result = _listed(result, spans, text)
    result = [_told(f, result, spans, text) for f in result]
    result = _graded(result, spans, text)
    result = _of_them(result, text)
    result = [_untimed(f, spans, text) if f.attribute in timeless else f for f in result]
    return _shared(result, spans, text)


def _untimed(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``the 2-year RFS was 60% and the CR rate 55%``: the time before another measure's name is that measure's alone."""
    if not fact.time_point or fact.attribute in {"n_patients", *_STATISTICS}:
        return fact
    own = [s for s in spans if s.ids and s.ids[0] == fact.time_point and s.kind in {"time", "value"}]
    measures = [s for s in spans if s.kind == "measure" and fact.attribute not in s.ids]
    before = [s for s in own if any(re.fullmatch(r"[\s-]*", text[s.end : m.start]) for m in measures)]
    if own and len(before) == len(own):
        return replace(fact, time_point="")
    return fact


def _sized(facts: list[Fact], text: str) -> list[Fact]:
    """``… 62.3% (n = 20)``: a bare number of patients in a bracket is that of those spoken of."""
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


def _of_counted(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``68% of the 78 transplanted patients``: the count is that of those the share is of."""
    for i in range(1, len(facts)):
        share, count = facts[i - 1], facts[i]
        if share.unit != "%" or count.unit not in {"patients", ""} or not _OF_THE.fullmatch(text, share.end, count.start):
            continue
        n = count.n if count.n is not None else int(count.value) if count.value.isdecimal() else None
        verb = _ITS_VERB.search(text, count.end)
        stop = verb.start() if verb else len(text)
        groups = [s for s in spans if s.kind == "group" and count.end <= s.start and s.end <= stop]
        ids = frozenset(i for s in groups for i in s.ids)
        label = " ".join(dict.fromkeys(s.text for s in groups))
        if n is None or count.total is not None:
            continue
        facts[i] = replace(
            count, attribute="n_patients", unit="patients", n=n, time_point="", grade="", cycle="", group=ids, group_label=label
        )  # fmt: skip
        facts[i - 1] = replace(share, group=share.group | ids, group_label=label or share.group_label)
    return facts


def _counted(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``56 out of 62 patients, 90.3%``: n of N is of the only measure named; ``in 62 AYAs`` counts patients."""
    measures = {s.ids for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS}
    if fact.attribute == "n_patients" and fact.total is not None and not fact.group and len(measures) == 1:
        grades = {s.ids[0] for s in spans if s.kind == "grade"}
        cycles = {s.ids[0] for s in spans if s.kind == "cycle"}
        if len(grades) <= 1 and len(cycles) <= 1:
            return replace(
                fact, attribute=next(iter(measures))[0], grade=next(iter(grades), ""), cycle=next(iter(cycles), "")
            )
    if fact.attribute == "n_patients" and _NOBODY.match(text, fact.end):
        return replace(fact, attribute="")
    group = next((s for s in spans if s.kind == "group" and 0 < s.start - fact.end <= 1), None)
    if not fact.attribute and not fact.unit and fact.value.isdecimal() and group is not None and _IN.search(text[: fact.start]):
        return replace(
            fact, attribute="n_patients", unit="patients", n=int(fact.value), group=frozenset(group.ids), group_label=group.text
        )  # fmt: skip
    return fact


_NOBODY = re.compile(r"[\s-]*(?:cycles?|courses?|doses?|times|studies|trials|arms|groups|drugs|agents|centres?|centers?)\b", re.IGNORECASE)
"""Behind a number that counts no patients."""
_IN = re.compile(r"\b(?:in|of|on|to|with|enrolled|included|treated|recruited)\s+(?:only\s+|about\s+)?$", re.IGNORECASE)


def _timed(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """``53.1% had event-free survival at 18 months``: the only time named is the only figure's."""
    others = [f for f in facts if f is not fact and f.attribute not in {"n_patients", *_STATISTICS}]
    if fact.time_point or not fact.attribute or fact.attribute in {"n_patients", *_STATISTICS} or others or fact.unit not in {"%", "patients"}:
        return fact
    times = [s for s in spans if s.ids and s.kind in {"time", "value"} and _AT.search(text[: s.start])]
    return replace(fact, time_point=times[0].ids[0]) if len(times) == 1 and times[0].start > fact.end else fact


_AT = re.compile(r"\b(?:at|after)\s+(?:about\s+)?$", re.IGNORECASE)
_APART_COUNT = re.compile(r"[,;:]")
_NUMBER_NEXT = re.compile(r"\s*[(:=]?\s*(?:n\s?=\s?)?\d")


def _scoped(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``78% (68% in those who …)``: who is named in a bracket with a figure of its own is nobody outside it."""
    for match in re.finditer(r"\([^()]*\)", text):
        inner = [f for f in facts if match.start() < f.start < match.end()]
        groups = [s for s in spans if s.kind == "group" and match.start() < s.start and s.end < match.end()]
        own = [f for f in inner if f.attribute and f.attribute not in {"n_patients", *_STATISTICS}]
        if len(own) != 1 or not groups:
            continue
        ids = {i for s in groups for i in s.ids}
        named = {i for s in spans if s.kind == "group" and s.end <= match.start() for i in s.ids}
        for i, fact in enumerate(facts):
            if fact is own[0]:
                label = " ".join(dict.fromkeys(s.text for s in groups))
                facts[i] = replace(fact, group=(fact.group - named) | ids, group_label=label)
            elif fact.end <= match.start() and fact.group & (ids - named):
                facts[i] = replace(fact, group=fact.group - (ids - named))
    return facts


def _listed(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
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
            nearer = [f for f in others if min(abs(f.start - span.end), abs(span.start - f.end)) < span.start - fact.end]
            apart = _APART_COUNT.search(text[fact.end : span.start]) and _NUMBER_NEXT.match(text, span.end)
            elsewhere = any(
                s.kind == "group" and s.ids == span.ids and s.end <= fact.start for s in spans
            )
            if (nearer or apart) and not elsewhere:
                fact = replace(fact, group=fact.group - set(span.ids))
                facts[i] = fact
    return facts


def _told(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """A share without a measure is of the only one that its clause names."""
    if fact.attribute or fact.unit != "%":
        return fact
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, fact.start)), default=0)
    end = _CLAUSE.search(text, fact.end)
    stop = end.start() if end else len(text)
    named = [
        s for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS and begin <= s.start and s.end <= stop
    ]
    rivals = [f for f in facts if f is not fact and begin <= f.start < stop and f.unit != "pvalue"]
    if len({s.ids for s in named}) != 1 or rivals or not re.search(r"\balive\b|survival", named[0].text, re.IGNORECASE):
        return fact
    times = [s for s in spans if s.kind == "time" and s.end <= stop]
    own = [s for s in times if s.start >= begin] or times[:1]
    if len(own) > 1:
        return fact
    return replace(fact, attribute=named[0].ids[0], time_point=own[0].ids[0] if own else "")


def _graded(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``47 had CRS of grade 1, five had grade 3``: a count before a grade is of the event graded before."""
    for i in range(1, len(facts)):
        before, fact = facts[i - 1], facts[i]
        if not (before.grade and before.attribute and before.unit == "patients") or fact.n is None and not fact.value:
            continue
        if fact.attribute and not (fact.attribute == "n_patients" and not fact.group):
            continue
        grade = next((s for s in spans if s.kind == "grade" and s.start >= fact.end), None)
        if grade is None or not _GRADED.fullmatch(text, fact.end, grade.start) or before.group:
            continue
        if re.search(r"[;.]\s", text[before.end : fact.start]):
            continue
        n = fact.n if fact.n is not None else int(fact.value) if fact.value.isdecimal() else None
        if n is not None:
            facts[i] = replace(
                fact, attribute=before.attribute, unit="patients", n=n, grade=grade.ids[0], time_point=before.time_point
            )
    return facts


def _of_them(facts: list[Fact], text: str) -> list[Fact]:
    """``78 were transplanted, and 68% of them …``: of those counted last."""
    for i in range(1, len(facts)):
        fact = facts[i]
        counted = [f for f in facts[:i] if f.attribute == "n_patients" and f.group]
        if not fact.attribute or fact.group or not counted or fact.attribute in {"n_patients", *_STATISTICS}:
            continue
        last = counted[-1]
        between = text[last.end : fact.start]
        whose = _WHOSE.search(between) and not _APART.search(between)
        if whose or _OF_THEM.match(text, fact.end):
            if any(f.attribute == "n_patients" and f.start > last.start for f in facts[:i]):
                continue
            facts[i] = replace(fact, group=last.group, group_label=last.group_label)
    return facts


def _shared(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``patients on A had a CR rate of 40% and a 2-year OS of 8%``: both figures are of those named first."""
    for i in range(1, len(facts)):
        before, fact = facts[i - 1], facts[i]
        if not (before.group and before.attribute and fact.attribute) or fact.group:
            continue
        if {before.attribute, fact.attribute} & {"n_patients", *_STATISTICS} or before.attribute == fact.attribute:
            continue
        between = text[before.end : fact.start]
        named = [s for s in spans if s.kind == "group" and set(s.ids) <= before.group]
        if not named or named[0].end > before.start or _APART.search(between):
            continue
        if any(s.kind == "group" and s.start >= before.end for s in spans):
            continue
        if _AND.fullmatch(between):
            facts[i] = replace(fact, group=before.group, group_label=before.group_label)
    return facts
