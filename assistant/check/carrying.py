"""Whom a figure is of where the words say it once for two figures, with a pronoun, or only behind a bracket."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.check.counting import counted, listed
from assistant.model import Fact
from assistant.spans.span import Span

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_OF_THEM = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|among|in)\s+(?:them|these|those|whom|the\s+latter)(?:\s+patients)?(?=\s+(?!who|with|without|given|on\b|in\b)|[,.;)]|$)",
    re.IGNORECASE,
)
"""Behind a share of those counted before."""
_WHOSE = re.compile(
    r"\b(?:whose|their|in whom|in these patients|among them|of whom|for whom)\b", re.IGNORECASE
)
_APART = re.compile(
    r"[;.]\s|\b(?:overall|whole|entire|all|total|everyone|cohort|population|rest|others?|remaining|remainder|without|not|"
    r"while|whereas|but|versus|vs|against|than|compared)\b",
    re.IGNORECASE,
)
_AND = re.compile(
    r"[\s)%]*,?\s*(?:and|with)\s+(?:an?\s+|the\s+|had\s+an?\s+|a\s+)?[^,;:.()]{0,50}?\s*(?:of|was|were|=|:)?\s*(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
"""Between two figures that one subject has: ``had a CR rate of 41% and a 2-year OS of 9%``."""
_ALIVE = re.compile(r"[^;:()]*")
_GRADED = re.compile(
    r"\s*(?:others?|more|patients?|of (?:them|these))?\s*(?:had|of|with|developed|experienced|was|were|showed|in|:)?\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:]\s|,\s+(?:and|but|while|whereas)\s|\s(?:while|whereas|but)\s")


def carried(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, timeless: Set[str] = frozenset()
) -> list[Fact]:
    """The facts with the group, measure or grade that the words give them once for several.

    Args:
        facts: as the reader of facts gave them.
        spans: everything found in the text.
        text: the statement.
        timeless: measures that the study gives for no time.
    """
    result = counted(list(facts), spans, text)
    result = _scoped(result, spans, text)
    result = listed(result, spans, text)
    result = [_told(f, result, spans, text) for f in result]
    result = _graded(result, spans, text)
    result = _of_them(result, text)
    result = [_untimed(f, spans, text) if f.attribute in timeless else f for f in result]
    return _shared(result, spans, text)


def _untimed(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``the 2-year RFS was 64% and the CR rate 57%``: the time before another measure's name is that measure's alone."""
    if not fact.time_point or fact.attribute in {"n_patients", *_STATISTICS}:
        return fact
    own = [s for s in spans if s.ids and s.ids[0] == fact.time_point and s.kind in {"time", "value"}]
    measures = [s for s in spans if s.kind == "measure" and fact.attribute not in s.ids]
    before = [s for s in own if any(re.fullmatch(r"[\s-]*", text[s.end : m.start]) for m in measures)]
    if own and len(before) == len(own):
        return replace(fact, time_point="")
    return fact


def _scoped(facts: list[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``74% (61% in those who …)``: who is named in a bracket with a figure of its own is nobody outside it."""
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


def _told(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """A share without a measure is of the only one that its clause names."""
    if fact.attribute or fact.unit != "%":
        return fact
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, fact.start)), default=0)
    end = _CLAUSE.search(text, fact.end)
    stop = end.start() if end else len(text)
    named = [
        s
        for s in spans
        if s.kind == "measure" and s.ids[0] not in _STATISTICS and begin <= s.start and s.end <= stop
    ]
    rivals = [f for f in facts if f is not fact and begin <= f.start < stop and f.unit != "pvalue"]
    if (
        len({s.ids for s in named}) != 1
        or rivals
        or not re.search(r"\balive\b|survival", named[0].text, re.IGNORECASE)
    ):
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
        if not (before.grade and before.attribute and before.unit == "patients") or (
            fact.n is None and not fact.value
        ):
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
                fact,
                attribute=before.attribute,
                unit="patients",
                n=n,
                grade=grade.ids[0],
                time_point=before.time_point,
            )
    return facts


def _of_them(facts: list[Fact], text: str) -> list[Fact]:
    """``70 were transplanted, and 61% of them …``: of those counted last."""
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
    """``patients on A had a CR rate of 41% and a 2-year OS of 9%``: both figures are of those named first."""
    for i in range(1, len(facts)):
        before, fact = facts[i - 1], facts[i]
        if not (before.group and before.attribute and fact.attribute) or fact.group:
            continue
        if {before.attribute, fact.attribute} & {
            "n_patients",
            *_STATISTICS,
        } or before.attribute == fact.attribute:
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
