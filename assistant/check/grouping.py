"""Which arm or subgroup a figure is of, where notes and free prose say it shortly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.numbers import LIST_SEPARATOR
from assistant.spans.span import Span
from assistant.text.text import fold

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
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
EACH = re.compile(r"\s*(?:patients\s+)?in each (?:arm|group)\b", re.IGNORECASE)
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
    if not bare:
        return text
    return _listed_labels(bare).sub(r"\1 arm", _bare_labels(bare).sub(r"\1 arm", text))


@lru_cache(maxsize=256)
def _listed_labels(labels: tuple[str, ...]) -> re.Pattern[str]:
    """An arm's bare name between a comma or colon and its figure: ``CR: control 10%``."""
    one = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(rf"((?<=[:,;])\s*(?:{one}))(?=\s+\d)", re.IGNORECASE)


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


def pair_of(fact: Fact, spans: Sequence[Span], text: str) -> Span | None:
    """The group of a figure of ``(3 vs 4)`` behind two groups, in their order."""
    for match in _PAIR.finditer(text):
        groups = [s for s in spans if s.kind == "group" and s.end <= match.start()]
        if len(groups) == 2 and fact.start in {match.start(1), match.start(2)}:
            return groups[fact.start == match.start(2)]
    return None


def in_lone_arm(
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


def freed(fact: Fact, facts: Sequence[Fact], spans: Sequence[Span], text: str) -> Fact:
    """``7 had T-LBL, and after a year the OS was 12%``: the figure is not of those counted in a clause before."""
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


def narrowed(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``12% in high-risk patients who were transplanted``: the figure is of those who are both."""
    groups = [s for s in spans if s.kind == "group"]
    for a, b in pairwise(groups):
        own = fact.attribute and set(a.ids) <= fact.group and not set(b.ids) & fact.group
        if own and _RELATIVE.fullmatch(text, a.end, b.start):
            return replace(
                fact, group=fact.group | set(b.ids), group_label=f"{fact.group_label} {b.text}".strip()
            )
    return fact


def in_order(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """``A, B and C were given to 3, 4 and 5``: a list of arms before a list of as many figures, one for one."""
    groups = [s for s in spans if s.kind == "group" and frozenset(s.ids) in arms.values()]
    values = [f for f in facts if f.unit in {"patients", "%", ""}]
    if len(groups) < 2 or len(groups) != len(values) or groups[-1].end > values[0].start:
        return list(facts)
    if len({v.group for v in values}) == len(values):
        return list(facts)  # told apart already
    listed = all(LIST_SEPARATOR.fullmatch(text[a.end : b.start]) for a, b in pairwise(groups))
    if not listed or not all(LIST_SEPARATOR.fullmatch(text[a.end : b.start]) for a, b in pairwise(values)):
        return list(facts)
    turn = {v.start: g for v, g in zip(values, groups, strict=True)}
    return [
        replace(f, group=frozenset(turn[f.start].ids), group_label=turn[f.start].text)
        if f.start in turn
        else f
        for f in facts
    ]


def in_each(fact: Fact, text: str, arms: Mapping[str, frozenset[str]]) -> list[Fact]:
    """``60 in each arm`` is a count of every arm."""
    own = list(dict.fromkeys(arms.values()))
    if fact.attribute or not fact.value.isdecimal() or not EACH.match(text, fact.end):
        return [fact]
    whole = [a for a in own if not any(b > a for b in own)]
    return [replace(fact, attribute="n_patients", unit="patients", n=int(fact.value), group=a) for a in whole]


def counted_arm(fact: Fact, spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]) -> Fact:
    """``77 of them at the high dose``: the count is that of the arm right behind it."""
    before = [s for s in spans if s.kind == "group" and _BRACKETED.fullmatch(text, s.end, fact.start)]
    whole = re.search(r"\b(?:it|study|trial|patients|cohort)\s*\(\s*$", text[: fact.start])
    if not fact.attribute and fact.value.startswith("n") and fact.n is not None and whole and not fact.group:
        return replace(fact, attribute="n_patients")
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


def treated_arm(arms: Sequence[frozenset[str]]) -> frozenset[str]:
    """The arm beside a control arm; none where neither or both are."""
    control = [a for a in arms if any(i.startswith("no-") or i in {"placebo", "control"} for i in a)]
    return next((a for a in arms if a not in control), frozenset()) if len(control) == 1 else frozenset()
