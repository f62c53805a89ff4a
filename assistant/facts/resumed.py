"""What a sentence goes on with behind an aside: the measure of its main clause, and the part of the patients told by a dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.counts import RESPONSES
from assistant.facts.pieces import brackets, in_parenthesis
from assistant.model import Fact
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER

_ASIDE = re.compile(r",?\s+(?:including|of\s+(?:whom|which)|among\s+(?:them|whom))\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"[,;]\s+(?:and|but|while|whereas|compared\s+with|versus)\s+(?:(?:it\s+)?(?:was|were|reached|rose\s+to|fell\s+to)\s+)?(?:only\s+|even\s+|as\s+(?:high|low)\s+as\s+)?$",
    re.IGNORECASE,
)
_OF_PART = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:at|in|among|for|with)\s+(?!(?:a|an|CR|PR|complete|partial)\b)", re.IGNORECASE
)


def aside_closed(spans: list[Span], text: str) -> list[Span]:
    """``The ORR was 79%, including four CRs, and 85% in men``: behind the aside the measure of the main clause once more."""
    aside = _ASIDE.search(text)
    if aside is None:
        return spans
    main = [s for s in spans if s.kind == "measure" and s.end <= aside.start()]
    inside = [s for s in spans if s.kind == "measure" and s.start >= aside.end()]
    if not main or not inside or any(m.ids[0] not in RESPONSES for m in inside):
        return spans
    found = []
    for value in (s for s in spans if s.kind == "value" and s.unit == "%" and s.start >= inside[0].end):
        if (
            inside[-1].end <= value.start
            and _GOES_ON.search(text[: value.start])
            and _OF_PART.match(text, value.end)
        ):
            found.append(replace(main[-1], start=value.start, end=value.start))
    return sorted([*spans, *found], key=lambda s: (s.start, s.end, s.kind != "measure")) if found else spans


_TURNS = re.compile(r",\s*(?:while|whereas|whilst|but)\b|;", re.IGNORECASE)


def of_last_clause(spans: list[Span], text: str) -> list[Span]:
    """``No DLTs were seen in cohort 1, whereas one of six in cohort 2 had neutropenia``: the spans without the idle clause.

    A first clause without figures lends nothing to one that names its measure and its group.
    """
    turn = _TURNS.search(text)
    if turn is None:
        return spans
    before, behind = (
        [s for s in spans if s.end <= turn.start()],
        [s for s in spans if s.start >= turn.end()],
    )
    if not _NO.match(text) or any(s.kind == "value" and not _SIZE.match(s.text) for s in before):
        return spans
    told = {s.kind for s in behind}
    return (
        [s for s in spans if s.kind == "value" or s not in before]
        if {"value", "measure", "group"} <= told
        else spans
    )


_NO = re.compile(r"\W*(?:no|none|neither|not\s+one)\b", re.IGNORECASE)
_SIZE = re.compile(r"n\s*=", re.IGNORECASE)


def asides_of_group(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``The ORR was 91% in the expansion cohort, including a CR in 57%``: the aside is of the group of its clause."""
    aside = _ASIDE.search(text)
    if aside is None:
        return list(facts)
    begin = max(text.rfind(";", 0, aside.start()), text.rfind(". ", 0, aside.start()))
    told = [f for f in facts if begin < f.start < aside.start() and f.attribute not in {"", "CI", "p_value"}]
    end = _END.search(text, aside.end())
    stop = end.start() if end else len(text)
    one = told[0] if len(told) == 1 and told[0].group else None
    return [
        replace(f, group=one.group, group_label=one.group_label)
        if one and aside.end() <= f.start < stop and not f.group and f.attribute in RESPONSES
        else f
        for f in facts
    ]


_END = re.compile(r";|,\s+(?:while|whereas|but)\b")


def grades_in_brackets(facts: Sequence[Fact], spans: Sequence[Span], text: str) -> list[Fact]:
    """``in one of six at 20 mg (grade 3 rash) and two of five at 40 mg``: the grade is that of the figure before the bracket."""
    result = list(facts)
    grades = [s for s in spans if s.kind == "grade" and in_parenthesis(text[: s.start])]
    for grade in grades if len(grades) == 1 else ():
        close = text.find(")", grade.end)
        open_ = text.rfind("(", 0, grade.start)
        if any(open_ < f.start < close for f in facts):
            continue
        later = [f for f in facts if f.start > close and f.grade == grade.ids[0]]
        before = [f for f in facts if f.end <= open_ and f.attribute]
        if before and all(f.attribute == before[-1].attribute for f in later):
            result = [replace(f, grade="") if f in later else f for f in result]
    return result


_THAN = re.compile(
    r"\b(?:longer|shorter|higher|lower|better|worse|greater|superior|inferior)\s+(?:than|to)\s+(?:that\s+)?(?:in|of|for|among|with)?\s*",
    re.IGNORECASE,
)


def without_outdone(spans: Sequence[Span], text: str) -> list[Span]:
    """``Median OS (12.6 months) was longer than in controls``: the spans without those a figure before is not of."""
    than = _THAN.search(text)
    values = [s for s in spans if s.kind == "value" and s.unit not in {"pvalue", "ci", "spread"}]
    if than is None or len(values) != 1 or values[0].start > than.start():
        return list(spans)
    end = re.compile(r"[,;]").search(text, than.end())
    stop = end.start() if end else len(text)
    return [s for s in spans if s.kind != "group" or not than.end() <= s.start < stop]


_PART = re.compile(rf"(?<!=\s)\b(?:\d+|{WORD_NUMBER})\s+(?:with\s+|had\s+)?$", re.IGNORECASE)


def without_listed_in_brackets(spans: Sequence[Span], text: str) -> list[Span]:
    """``nine relapses (five A-positive, four A-negative)``: the spans without groups of the parts that a bracket lists."""
    result = list(spans)
    for start, end in brackets(text):
        inside = [s for s in spans if start < s.start and s.end <= end]
        groups = [s for s in inside if s.kind == "group"]
        told = bool(groups) and all(_PART.search(text[start : g.start]) for g in groups)
        if told and not any(s.kind == "value" for s in inside):
            result = [s for s in result if s not in groups]
    return result


_MOST = r"mostly|mainly|usually|predominantly|chiefly|largely|generally|most\s+often"
_MOSTLY = re.compile(
    rf",\s+(?:(?:{_MOST}|all)\s+(?:an?\s+)?[^,;.%\d]{{1,40}}|(?:{_MOST})\s+(?:of\s+)?grades?\s+\d(?:\s?(?:-|or|and)\s?\d)?),",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(
    r",\s+(?:[^,;.%\d]{1,60}\s(?:included|excluded|counted)|(?:including|excluding|counting)\s[^,;.%\d]{1,60}),\s+(?:was|were|reached)\b",
    re.IGNORECASE,
)
"""``The ORR, partial responses with lymphocytosis included, was 80%``."""


def without_mostly(spans: Sequence[Span], text: str) -> list[Span]:
    """``A response, mostly a PR, was seen in 13``, ``nausea, mostly grade 1, in 31%``: the spans without what most of them were."""
    asides = [m.span() for p in (_MOSTLY, _COUNTED_IN) for m in p.finditer(text)]
    return [
        s
        for s in spans
        if s.kind not in {"measure", "grade"} or not any(a < s.start and s.end < b for a, b in asides)
    ]


def without_kinds_in_brackets(spans: Sequence[Span], text: str) -> list[Span]:
    """``DLTs (grade 4 neutropenia and grade 3 rash) were seen in two``: the spans without what the events were."""
    result = list(spans)
    for start, end in brackets(text):
        named = any(
            s.kind == "measure" and text[s.end : start].strip() == "" and s.end <= start for s in spans
        )
        inside = [s for s in spans if start < s.start and s.end <= end]
        if not named or any(s.kind == "value" or "/" in "".join(s.ids) for s in inside):
            continue
        if any(s.kind == "value" and s.start >= end for s in spans) and any(
            s.kind == "measure" for s in inside
        ):
            result = [s for s in result if s not in inside]
    return result


_NO_RESPONSES = re.compile(
    r"\b[Nn]o\s+(?:[a-z]+\s+){0,2}(?:s?CR\w?s?|PRs?|VGPRs?|DLTs?|responses|remissions)\s+(?:was|were|occurred)\b[^,;.()\d]{0,40}\b(?:in|among)\s+(?:the\s+|any\s+of\s+the\s+)?(?:first\s+)?$"
)


def without_none_of(spans: Sequence[Span], text: str) -> list[Span]:
    """``No CRs were seen among 12 patients``: the spans without the measure that none of those counted had."""
    nobody = [
        s
        for s in spans
        if s.kind == "value" and s.unit == "patients" and _NO_RESPONSES.search(text[: s.start])
    ]
    return [
        s
        for s in spans
        if s.kind != "measure"
        or not any(s.end <= v.start and not re.search(r"[,;]", text[s.end : v.start]) for v in nobody)
    ]
