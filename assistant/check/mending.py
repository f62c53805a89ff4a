"""Figures that the reader of facts leaves undecided in notes and free prose: ellipses, changes, arms named together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.model import Fact
from assistant.spans import Span
from assistant.text import fold

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_FROM_TO = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.](?=\s|$)|\s(?:and|but|while|whereas|although|with)\s", re.IGNORECASE)
_OWN_VERB = re.compile(
    r"(?:(?!\b(?:who|whom|whose|which|that|those)\b)[^,;.])*?\s(?:had|have|has|having|received|receiving|underwent|undergoing|were|was|are|got|required|needed|proceeded|went|"
    r"completed|stopped|discontinued|started|entered|experienced|developed|showed|carried|harbou?red)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"[^,;.]{0,60}(?:,|;|\b(?:and|vs\.?|versus|against|compared\s+(?:with|to)|but|whereas|while)\b)[^,;.]{0,30}",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|had|have|died|received|enrolled|achieved|reached|relapsed|responded|stopped|got)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\((\d[\d.]*)\s*(?:vs\.?|versus)\s*(\d[\d.]*)\)")
_NEW_CLAUSE = re.compile(r";|,\s*(?:and|but|while|whereas)\s", re.IGNORECASE)
_ANAPHORA = re.compile(
    r"\b(?:whose|their|them|they|these|those|this|that|latter|former|it|its|there)\b", re.IGNORECASE
)
_FRONTED = re.compile(r"\s*(?:in|among|for|with|of(?!\s+whom))\b", re.IGNORECASE)
_BRACKETED = re.compile(r"(?:\s+(?:therapy|treatment|regimen|arm|group|cohort|patients))?\s*\(\s*")
_RELATIVE = re.compile(
    r"\s*(?:patients|adults|children)?,?\s*(?:who|that)\s+(?:were|was|are|had|have|underwent|received|got|carried)\s+"
    r"(?:been\s+|an?\s+|the\s+)?",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s*(?:patients\s+)?in each (?:arm|group)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(?:patients|of (?:them|these|whom))?\s*(?:at|with|in|on|to|received|given|receiving|treated with)?\s*(?:the\s+)?",
    re.IGNORECASE,
)


def whole_named(text: str, arms: Mapping[str, frozenset[str]]) -> str:
    """``text`` without two arms' names said together of one figure: ``T-ALL/LBL``, ``A or B``."""
    by_label = {fold(label).lower(): ids for label, ids in arms.items()}
    if len(set(by_label.values())) < 2:
        return text

    def blank(match: re.Match[str]) -> str:
        first, second = (by_label.get(match[n].lower()) for n in (1, 2))
        return match[0] if second is not None and first == second else " " * len(match[0])

    return _joined_labels(tuple(by_label)).sub(blank, text)


def arms_named(text: str, arms: Mapping[str, frozenset[str]]) -> str:
    """``text`` with ``arm`` behind an arm's name that is given without it: ``for control``."""
    bare = tuple(
        label[: -len(m[0])]
        for label in map(fold, arms)
        if (m := re.search(r"\s(?:arm|group|cohort)$", label))
    )
    return _bare_labels(bare).sub(r"\1 arm", text) if bare else text


@lru_cache(maxsize=256)
def _bare_labels(labels: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(
        rf"(\b(?:for|with|on|under|in|to|than|vs\.?|versus|against)\s+(?:the\s+)?(?:{one}))(?![\w-]|\s+(?:arm|group|cohort|alone|only|and|plus|or))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=256)
def _joined_labels(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Two of these labels joined by ``/`` or ``or``, the second perhaps without what both begin with."""
    longest = sorted(labels, key=len, reverse=True)
    one = "|".join(map(re.escape, longest))
    tails = {re.split(r"[-/]", label)[-1] for label in labels if re.search(r"[-/]", label)}
    other = "|".join(map(re.escape, [*longest, *sorted(t for t in tails if len(t) > 1)]))
    return re.compile(rf"(?<![\w-])({one})s?\s?(?:/|\bor\b|\band/or\b)\s?({other})s?(?![\w-])", re.IGNORECASE)


def mended(
    facts: Sequence[Fact],
    spans: Sequence[Span],
    text: str,
    arms: Mapping[str, frozenset[str]],
    kinds: Mapping[str, str],
) -> list[Fact]:
    """The facts read, those left undecided completed where the words allow one way only.

    Args:
        facts: as the reader of facts gave them.
        spans: everything found in the text.
        text: the statement.
        arms: labels of the study's arms, with their ids.
        kinds: the kind of each measure.
    """
    result = list(facts)
    for i in range(1, len(result)):
        before, fact = result[i - 1], result[i]
        if _EACH.match(text, fact.end):
            continue
        if fact.attribute and not (fact.attribute == "n_patients" and fact.group):
            continue
        if before.unit == "patients" and before.attribute and _goes_on(before, fact, text):
            n = int(fact.value) if fact.value.isdecimal() else fact.n
            if n is not None and before.attribute != "n_patients":
                result[i] = replace(
                    fact, attribute=before.attribute, unit="patients", n=n, time_point=before.time_point,
                    grade=fact.grade or before.grade, cycle=before.cycle,
                )  # fmt: skip
            elif n is not None and not fact.attribute:
                result[i] = replace(fact, attribute="n_patients", unit="patients", n=n)
    result = [_freed(f, result, spans, text) for f in result]
    result = [_narrowed(f, spans, text) for f in result]
    result = [part for f in result for part in _in_each(f, text, arms)]
    result = [_own_share(f, spans, text) for f in _changed(result, spans, text, arms)]
    result = [_counted_arm(f, spans, text, arms) for f in result]
    return _in_lone_arm(_bare(result, spans, text, kinds), spans, arms)


def _bare(facts: Sequence[Fact], spans: Sequence[Span], text: str, kinds: Mapping[str, str]) -> list[Fact]:
    """``deaths: n = 4``, ``median age 66``: a bare number is of the only measure named, where that one counts."""
    measures = list(
        dict.fromkeys(s.ids for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS)
    )
    if len(measures) != 1 or any(f.attribute == "n_patients" for f in facts):
        return list(facts)
    own = measures[0][0]
    result = []
    for fact in facts:
        pair = _pair_of(fact, spans, text)
        beside = pair or next(
            (
                s
                for s in spans
                if s.kind == "group"
                and re.fullmatch(r"(?:\s+(?:arm|group))?\s*[(:]\s*", text[s.end : fact.start])
            ),
            None,
        )
        if beside is not None and not fact.attribute:
            fact = replace(fact, group=frozenset(beside.ids), group_label=beside.text)
        number = re.sub(r"^n\s*=\s*", "", fact.value)
        bare = (
            not fact.attribute and not fact.percent and fact.unit in {"", "patients"} and number.isdecimal()
        )
        if bare and kinds.get(own) == "duration" and fact.unit == "":
            fact = replace(
                fact, attribute=own, unit="years" if own == "median_age" else "months", value=number
            )
        elif bare and kinds.get(own) in {"event", "count", "rate"} and fact.total is None:
            fact = replace(fact, attribute=own, unit="patients", n=int(number))
        result.append(fact)
    return result


def _pair_of(fact: Fact, spans: Sequence[Span], text: str) -> Span | None:
    """The group of a figure of ``(3 vs 4)`` behind two groups, in their order."""
    for match in _PAIR.finditer(text):
        groups = [s for s in spans if s.kind == "group" and s.end <= match.start()]
        if len(groups) == 2 and fact.start in {match.start(1), match.start(2)}:
            return groups[fact.start == match.start(2)]
    return None


def _in_lone_arm(
    facts: Sequence[Fact], spans: Sequence[Span], arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """A lone figure that has no group is of the only arm named."""
    named = {s.ids for s in spans if s.kind == "group" and frozenset(s.ids) in arms.values()}
    said = [f for f in facts if f.attribute]
    if (
        len(named) != 1
        or len(said) != 1
        or said[0].group
        or said[0].attribute in {"n_patients", *_STATISTICS}
    ):
        return list(facts)
    group = frozenset(next(iter(named)))
    return [replace(f, group=group) if f is said[0] else f for f in facts]


def _freed(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """``73 had T-LBL, and after a year the OS was 78%``: the figure is not of those counted in a clause before."""
    if not fact.attribute or not fact.group or fact.attribute == "n_patients":
        return fact
    named = [s for s in spans if s.kind == "group" and s.end <= fact.start and set(s.ids) <= fact.group]
    if not named or any(s.start > fact.end and set(s.ids) <= fact.group for s in spans if s.kind == "group"):
        return fact
    counted = any(
        f.attribute == "n_patients" and f.group == fact.group and f.end <= named[-1].start for f in facts
    )
    between = text[named[-1].end : fact.start]
    begin = max((m.end() for m in re.finditer(r"[,;]\s", text[: named[-1].start])), default=0)
    fronted = _FRONTED.match(text, begin)
    if counted and _NEW_CLAUSE.search(between) and not _ANAPHORA.search(between) and not fronted:
        return replace(fact, group=frozenset(), group_label="")
    return fact


def _narrowed(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``68% in high-risk patients who were transplanted``: the figure is of those who are both."""
    groups = [s for s in spans if s.kind == "group"]
    for a, b in pairwise(groups):
        own = fact.attribute and set(a.ids) <= fact.group and not set(b.ids) & fact.group
        if own and _RELATIVE.fullmatch(text, a.end, b.start):
            return replace(
                fact, group=fact.group | set(b.ids), group_label=f"{fact.group_label} {b.text}".strip()
            )
    return fact


def _in_each(fact: Fact, text: str, arms: Mapping[str, frozenset[str]]) -> list[Fact]:
    """``60 in each arm`` is a count of every arm."""
    own = list(dict.fromkeys(arms.values()))
    if fact.attribute or not fact.value.isdecimal() or not _EACH.match(text, fact.end):
        return [fact]
    whole = [a for a in own if not any(b > a for b in own)]
    return [replace(fact, attribute="n_patients", unit="patients", n=int(fact.value), group=a) for a in whole]


def _counted_arm(fact: Fact, spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]) -> Fact:
    """``77 of them at the high dose``: the count is that of the arm right behind it."""
    before = [s for s in spans if s.kind == "group" and _BRACKETED.fullmatch(text, s.end, fact.start)]
    if not fact.attribute and fact.value.startswith("n") and fact.n is not None and before:
        return replace(
            fact, attribute="n_patients", group=frozenset(before[-1].ids), group_label=before[-1].text
        )
    if fact.attribute != "n_patients" or fact.group:
        return fact
    for span in spans:
        if span.kind == "group" and frozenset(span.ids) in arms.values() and span.start > fact.end:
            if _BESIDE.fullmatch(text, fact.end, span.start):
                return replace(fact, group=frozenset(span.ids), group_label=span.text)
            break
    return fact


def _own_share(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``…, and 68% of all patients had a transplant``: the share has a verb of its own and is of no measure before."""
    if not fact.attribute or fact.attribute == "n_patients" or fact.unit not in {"%", "patients"}:
        return fact
    end = _CLAUSE_END.search(text, fact.end)
    stop = end.start() if end else len(text)
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, 0, fact.start)), default=0)
    measured = any(s.kind == "measure" and begin <= s.start and s.end <= stop for s in spans)
    if measured or not _OWN_VERB.match(text, fact.end, stop):
        return fact
    return replace(fact, attribute="")


def _goes_on(before: Fact, fact: Fact, text: str) -> bool:
    between = re.sub(r"\([^)]*\)", "", text[before.end : fact.start])
    if re.fullmatch(r"\W*(?:,|and|;)?\s*grades?\s[\d-]+(?:\s+\w+)?\s+(?:in|:)\s*", between):
        return not before.group
    return bool(_ELLIPSIS.fullmatch(between)) and not _VERB.search(between)


def _treated(arms: Sequence[frozenset[str]]) -> frozenset[str]:
    """The arm beside a control arm; none where neither or both are."""
    control = [a for a in arms if any(i.startswith("no-") or i in {"placebo", "control"} for i in a)]
    return next((a for a in arms if a not in control), frozenset()) if len(control) == 1 else frozenset()


def _changed(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """``A raised the ORR from 10% to 20%``: the first figure is the other arm's."""
    result = list(facts)
    own = list(dict.fromkeys(arms.values()))
    measures = list(
        dict.fromkeys(s.ids for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS)
    )
    if len(own) != 2 or len(measures) != 1:
        return result
    for i in range(len(result) - 1):
        a, b = result[i], result[i + 1]
        changed = _FROM_TO.search(text[: a.start]) and re.fullmatch(
            r"\s*(?:up |down )?to\s+", text[a.end : b.start]
        )
        treated = a.group or _treated(own)
        undecided = a.unit == b.unit and a.group == b.group and not (a.attribute or b.attribute)
        if not (changed and undecided and treated in own):
            continue
        other = own[1] if treated == own[0] else own[0]
        result[i] = replace(a, attribute=measures[0][0], group=other, group_label="")
        result[i + 1] = replace(b, attribute=measures[0][0], group=treated)
    return result
