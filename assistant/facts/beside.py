"""What a sentence says beside its results: who was left out, which grade nobody or only some had, what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.span import Span
from assistant.text.text import WORD_NUMBER

_PEOPLE = r"(?:patients|those|participants|adults|children|people|individuals|women|men)"
_LEFT_OUT = re.compile(
    rf"\b{_PEOPLE}\s+(?:who|with|aged|older|younger|over|under|having)\b[^;.()]*?\b(?:were|was|had\s+been)\s+(?:\w+\s+)?(?:excluded|ineligible|not\s+eligible|not\s+allowed|barred)\b",
    re.IGNORECASE,
)


def without_left_out(spans: Sequence[Span], text: str) -> list[Span]:
    """``Median age was 72 years, and patients older than 80 were excluded``: the spans without those of the clause."""
    out = [m.span() for m in _LEFT_OUT.finditer(text)]
    if not out:
        return list(spans)
    return [s for s in spans if not any(a <= s.start < b for a, b in out)]


_NOBODY_HAD = re.compile(
    r"\b(?:never|none(?:\s+of\s+(?:them|these|which))?|not)\s+(?:(?:was|were|being|of|at|reached|exceeded|above|a)\s+){1,2}$",
    re.IGNORECASE,
)
_SOME_HAD = re.compile(
    rf"\b(?:\d+|{WORD_NUMBER})\s+of\s+(?:them|whom|these|those|which)\s+(?:with|had|having|was|were|being|of|at|in)\s+(?:an?\s+|of\s+)?$",
    re.IGNORECASE,
)


def without_others_grades(spans: Sequence[Span], text: str) -> list[Span]:
    """``rash was common (57%) but never of grade 3``, ``in ten (9%), one of them with grade 3``: no grade of the figure before."""
    return [
        s
        for s in spans
        if s.kind != "grade"
        or not (_NOBODY_HAD.search(text[: s.start]) or _SOME_HAD.search(text[: s.start]))
        or any(v.kind == "value" and v.start >= s.end for v in spans)
    ]


_UNIT = re.compile(r"[\u00d7x]\s?10(?:\^?\d|[\u2070-\u2079\u00b2\u00b3\u00b9])+\s*(?:/\s*\w+\s*)?$")


def without_units(spans: Sequence[Span], text: str) -> list[Span]:
    """``The yield was lower (median 5.1 vs. 6.4 x 10^6 CD34+ cells/kg)``: what is counted in is no second measure."""
    return [
        s
        for s in spans
        if s.kind != "measure"
        or not _UNIT.search(text[: s.start])
        or not any(m.kind == "measure" and m.end <= s.start for m in spans)
    ]


_THEIR = re.compile(r"(?:,\s+(?:and|but|while|whereas)|;)\s+(?:in\s+)?their\s", re.IGNORECASE)


_KNOWN = {
    "SCT": ("transplant", "transplanted patients"),
    "ORR": ("responders", "responders"),
}
"""Outcomes whose patients have a name of their own."""


def of_them_alone(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``Of 168 patients, 39 (23%) had A, and their relapse rate was 34%``: no figure of all, where no group tells the 39."""
    their = _THEIR.search(text)
    if their is None:
        return list(facts)
    counts = [
        f
        for f in facts
        if f.end <= their.start() and f.unit == "patients" and (f.percent or f.total is not None)
    ]
    if not counts:
        return list(facts)
    last = max(counts, key=lambda f: f.start)
    if last.group and last.group_label and last.group_label in text[last.start : their.start()]:
        return list(facts)
    end = text.find(";", their.end())
    if last.attribute in _KNOWN and not last.grade:
        told, label = _KNOWN[last.attribute]
        return [
            replace(f, group=f.group | last.group | {told}, group_label=label)
            if f.start >= their.end() and (end < 0 or f.start < end) and f.attribute and f.group <= last.group
            else f
            for f in facts
        ]
    return [
        replace(f, attribute="")
        if f.start >= their.end() and (end < 0 or f.start < end) and f.attribute and f.group <= last.group
        else f
        for f in facts
    ]


_SIZE = "n ="


def split_sizes(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``50 patients were randomised to A (n = 20), B (n = 18) or C (n = 12)``: the 50 are all, and not those of A."""
    sizes = [f for f in facts if f.attribute == "n_patients" and f.value.startswith(_SIZE)]
    whole = sum(f.n or 0 for f in sizes)
    if len({f.group for f in sizes}) != len(sizes) or len(sizes) < _SEVERAL:
        return list(facts)
    return [
        replace(f, group=frozenset(), group_label="")
        if f.attribute == "n_patients"
        and f not in sizes
        and f.n == whole
        and f.group in {s.group for s in sizes}
        else f
        for f in facts
    ]


_SEVERAL = 2
_COHORT = re.compile(
    r"(?:^|;\s+)(?:when|where|if)\b[^;()]*\((?P<label>[^();,]*),\s*n\s*=\s*\d+\)(?P<told>[^;]*)",
    re.IGNORECASE,
)
_DID = re.compile(r"\s+(?:evaluable\s+)?(?:patients\s+)?(?:\([^()]*\)\s+)?did(?=\s*[.,;]|\s*$)")


def of_cohorts_told(facts: Sequence[Fact], text: str) -> list[Fact]:
    """``When cells were thawed (cohort A, n = 8) … five responded; when fresh (cohort B, n = 9) seven did``: whose figures they are."""
    result = list(facts)
    for clause in _COHORT.finditer(text):
        sizes = [
            f
            for f in result
            if f.attribute == "n_patients" and clause.start("label") <= f.start < clause.start("told")
        ]
        if len(sizes) != 1 or not sizes[0].group:
            continue
        (size,) = sizes
        before = [
            f
            for f in result
            if f.end <= clause.start() and f.n is not None and f.attribute not in {"", "n_patients"}
        ]
        for k, fact in enumerate(result):
            if not clause.start("told") <= fact.start < clause.end():
                continue
            if not fact.group:
                fact = replace(fact, group=size.group, group_label=size.group_label)
            if fact.n is not None and _DID.match(text, fact.end):
                fact = replace(fact, attribute=before[-1].attribute if before else "")
            result[k] = fact
    return result


_SOME_OF_WHICH = re.compile(
    rf",\s+(?P<many>\d+|{WORD_NUMBER})\s+of\s+(?:which|whom|them|these)\b(?P<told>[^,;.]*)", re.IGNORECASE
)
_OF_WHOM_WERE = re.compile(
    rf",\s+of\s+(?:which|whom)\s+(?:\d+|{WORD_NUMBER})\s+were(?P<told>\s[^,;.]*)", re.IGNORECASE
)
_BOTH_WITH = re.compile(
    r"(?<=%\)),\s+(?:both|all)\s+(?:of\s+(?:them|whom)\s+)?(?:with|in)(?P<told>\s[^,;.]*?)(?=[,;.]|\s+and\s+(?:both|all)\b|$)",
    re.IGNORECASE,
)


def without_told_of_some(spans: Sequence[Span], text: str) -> list[Span]:
    """``nine relapses on A, four of which involved the brain, …``: the nine are not those of the brain.

    Nor is a share of all that of a part: ``a CR in 50%, of whom ten were MRD negative``, ``in two (3%), both with A``.
    """
    some = [
        m.span("told")
        for m in _SOME_OF_WHICH.finditer(text)
        if not any(s.kind == "value" and m.start("many") <= s.start < m.end("told") for s in spans)
    ]
    measured = {s.start for s in spans if s.kind == "measure"}
    states = [m.span("told") for m in _OF_WHOM_WERE.finditer(text)]
    some += [m.span("told") for m in _BOTH_WITH.finditer(text)]
    return [
        s
        for s in spans
        if s.kind != "group"
        or (
            not any(a <= s.start < b for a, b in some)
            and not (s.start in measured and any(a <= s.start < b for a, b in states))
        )
    ]


_PARTS = re.compile(
    rf",\s+(?:\d+|{WORD_NUMBER})\s+and\s+(?:\d+|{WORD_NUMBER})\s+of\s+(?:which|whom|them|these)\b[^,;.]*",
    re.IGNORECASE,
)


def without_parts_of_each(spans: Sequence[Span], text: str) -> list[Span]:
    """``Six on A and 11 on B have died, two and seven of them from infection``: the spans without the parts."""
    parts = [m.span() for m in _PARTS.finditer(text)]
    return [s for s in spans if not any(a <= s.start < b for a, b in parts)] if parts else list(spans)


_IN_THOSE_WITH = re.compile(
    rf"\d[\d.]*\s?%?(?:\s*\([^()]*\))?\s+(?:in|among|for)\s+(?:the\s+)?{_PEOPLE}\s+with\s+(?:an?\s+)?(?:[\w-]+\s+){{0,3}}$"
)


def without_whom(spans: Sequence[Span], text: str) -> list[Span]:
    """``EFS was 66% in A and 80% in those with an isolated relapse``: tells whom, where another measure stands before."""
    return [
        s
        for i, s in enumerate(spans)
        if s.kind != "measure"
        or not any(m.kind == "measure" and m.end <= s.start for m in spans[:i])
        or not _IN_THOSE_WITH.search(text[: s.start])
        or any(v.kind == "value" and 0 <= v.start - s.end <= _NEAR for v in spans[i:])
    ]


_BOTH = re.compile(r"\bboth\s+$", re.IGNORECASE)


def without_both(spans: Sequence[Span], text: str) -> list[Span]:
    """``Both A and B were reached by 40% on X and 18% on Y``: the two together, which is neither the one nor the other."""
    measures = [s for s in spans if s.kind == "measure"]
    for first, second in pairwise(measures):
        joined = text[first.end : second.start] == " and " and _BOTH.search(text[: first.start])
        if joined and _TOGETHER.match(text, second.end) and "respectively" not in text[second.end :]:
            return [s for s in spans if s not in (first, second)]
    return list(spans)


_TOGETHER = re.compile(
    r"\s+(?:were|was)\s+(?:reached|attained|achieved|met|seen|obtained)\s+(?:by|in)\s+\d", re.IGNORECASE
)
_NEAR = 12
_AND_SO = re.compile(r"\b(?:and|as)\s+so\s+(?:was|were|did|had)\s+(?:the\s+)?$", re.IGNORECASE)


def without_likewise(spans: Sequence[Span], text: str) -> list[Span]:
    """``events were rarer with A (38%) than with B (44%), and so were deaths``: the last has no figures."""
    return [
        s
        for s in spans
        if s.kind != "measure"
        or not _AND_SO.search(text[: s.start])
        or any(v.kind == "value" and v.start >= s.end for v in spans)
    ]


_UNCHANGED = re.compile(
    r"[,;]\s+(?:(?:and|but)\s+)?(?:with|without)\s+(?:any\s+|no\s+|little\s+)?(?:[a-z]+\s+)?"
    r"(?:attenuation|weakening|influence|impact|effect|loss\s+of\s+activity)\s+(?:by|of|from)\s+[^,;.()%]{1,60}(?:\([^()]*\))?",
    re.IGNORECASE,
)


def without_unchanged(spans: Sequence[Span], text: str) -> list[Span]:
    """``CR was 39%, with no attenuation by a mutation (ORR 65%)``: the spans without what changed nothing, and its bracket."""
    for match in _UNCHANGED.finditer(text):
        if any(s.kind == "value" and s.end <= match.start() for s in spans):
            spans = [s for s in spans if not match.start() <= s.start < match.end()]
    return list(spans)


_MADE_UP = re.compile(
    r"\b(?:who|which|that)\s+(?:made\s+up|accounted\s+for|constituted|represented|comprised|formed)\s+(?:about\s+|only\s+|some\s+)?$",
    re.IGNORECASE,
)


_AS_MANY_AS = re.compile(
    r"\b(?:half|twice|double|a\s+third|a\s+quarter|two\s+thirds)\s+(?:of\s+)?the\s+(?:median\s+of\s+)?$",
    re.IGNORECASE,
)
_OF_THEM_WHO = re.compile(
    rf"\s+(?:in|among|of|for)\s+(?:the|those)\s+(?:(?:\d+|{WORD_NUMBER})\s+)?(?:patients\s+)?who\b",
    re.IGNORECASE,
)


def _is_of_some_others(value: Span, text: str) -> bool:
    """``12 months, less than half of the 30 months in the 50 who had stopped``: of others, whom no group tells."""
    return bool(_AS_MANY_AS.search(text[: value.start]) and _OF_THEM_WHO.match(text, value.end))


def without_shares_of_study(spans: Sequence[Span], text: str) -> list[Span]:
    """``In women, who made up 19% of the patients, the ORR was 45%``: how many they were is no result."""
    return [
        s
        for s in spans
        if s.kind != "value" or not (_MADE_UP.search(text[: s.start]) or _is_of_some_others(s, text))
    ]
