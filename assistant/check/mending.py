"""Figures that the reader of facts leaves undecided in notes and free prose: ellipses, changes, arms named together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.model import Fact
from assistant.spans import Span
from assistant.text import fold

_FROM_TO = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.](?=\s|$)|\s(?:and|but|while|whereas|although|with)\s", re.IGNORECASE)
_OWN_VERB = re.compile(
    r"[^,;.]*?\s(?:had|have|has|having|received|receiving|underwent|undergoing|were|was|are|got|required|needed|proceeded|went|"
    r"completed|stopped|discontinued|started|entered|experienced|developed|showed|carried|harbou?red)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"[\s)]*(?:,|;|and|vs\.?|versus|against|as\s+against|compared\s+(?:with|to)|but|whereas|while)(?:\s+(?:only|in|with|of))?\s*"
    r"(?:[^\s,;.]+\s+){0,4}(?:to\s+|was\s+|were\s+)?",
    re.IGNORECASE,
)


def whole_named(text: str, arms: Mapping[str, frozenset[str]]) -> str:
    """``text`` without two arms' names said together of one figure: ``T-ALL/LBL``, ``A or B``."""
    for a, b in combinations(dict.fromkeys(fold(label) for label in arms), 2):
        if arms.get(a) == arms.get(b):
            continue
        for first, second in ((a, b), (b, a)):
            pattern = (
                rf"(?<![\w-]){re.escape(first)}s?\s?(?:/|\bor\b|\band/or\b)\s?{re.escape(second)}s?(?![\w-])"
            )
            text = re.sub(pattern, lambda m: " " * len(m[0]), text, flags=re.IGNORECASE)
        tail = b.rpartition("-")[2] if "-" in b else b.rpartition("/")[2]
        pattern = rf"(?<![\w-]){re.escape(a)}/{re.escape(tail)}(?![\w-])"
        text = re.sub(pattern, lambda m: " " * len(m[0]), text)
    return text


def mended(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """The facts read, those left undecided completed by the figure before them where the words allow one way only."""
    result = list(facts)
    for i in range(1, len(result)):
        before, fact = result[i - 1], result[i]
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
    return [_own_share(f, spans, text) for f in _changed(result, spans, text, arms)]


def _own_share(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``…, and 68% of all patients had a transplant``: the share has a verb of its own and is of no measure before."""
    if not fact.attribute or fact.attribute in {"p_value", "CI", "n_patients"}:
        return fact
    end = _CLAUSE_END.search(text, fact.end)
    stop = end.start() if end else len(text)
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, 0, fact.start)), default=0)
    measured = any(s.kind == "measure" and begin <= s.start and s.end <= stop for s in spans)
    if measured or not _OWN_VERB.match(text, fact.end, stop):
        return fact
    return replace(fact, attribute="")


def _goes_on(before: Fact, fact: Fact, text: str) -> bool:
    between = text[before.end : fact.start]
    return bool(_ELLIPSIS.fullmatch(re.sub(r"\([^)]*\)", "", between))) or (
        not before.group
        and bool(re.fullmatch(r"\W*(?:,|and|;)?\s*grades?\s[\d-]+(?:\s+CRS)?\s+(?:in|:)\s*", between))
    )


def _changed(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """``A raised the ORR from 10% to 20%``: the first figure is the other arm's."""
    result = list(facts)
    own = list(dict.fromkeys(arms.values()))
    measures = list(
        dict.fromkeys(s.ids for s in spans if s.kind == "measure" and s.ids[0] not in {"p_value", "CI"})
    )
    if len(own) != 2 or len(measures) != 1:
        return result
    for i in range(len(result) - 1):
        a, b = result[i], result[i + 1]
        changed = _FROM_TO.search(text[: a.start]) and re.fullmatch(
            r"\s*(?:up |down )?to\s+", text[a.end : b.start]
        )
        if (
            not changed
            or a.unit != b.unit
            or a.attribute
            or b.attribute
            or a.group != b.group
            or a.group not in own
        ):
            continue
        other = own[1] if a.group == own[0] else own[0]
        result[i] = replace(a, attribute=measures[0][0], group=other, group_label="")
        result[i + 1] = replace(b, attribute=measures[0][0])
    return result
