"""Figures that the reader of facts leaves undecided in notes and free prose: ellipses, changes, arms named together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from assistant import lazy_re as re
from assistant.check.carrying import carried
from assistant.check.grouping import (
    EACH,
    counted_arm,
    freed,
    in_each,
    in_lone_arm,
    in_order,
    narrowed,
    pair_of,
    treated_arm,
)
from assistant.model import Fact
from assistant.spans.span import Span

_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_ADDED_TO = re.compile(r"\b(?:add(?:ed|ing|ition)|supplement\w*)\b[^,;.]*\bto\s+(?:the\s+)?$", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.](?=\s|$)|\s(?:and|but|while|whereas|although|with)\s", re.IGNORECASE)
_THE_REST = re.compile(
    r"\s*(?:in|of|for|among|with)\s+the\s+(?:others?|rest|remaining|remainder)\b", re.IGNORECASE
)
"""Behind a figure of a group that only the sentence before tells."""
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


def mended(
    facts: Sequence[Fact],
    spans: Sequence[Span],
    text: str,
    arms: Mapping[str, frozenset[str]],
    kinds: Mapping[str, str],
    timeless: Set[str] = frozenset(),
) -> list[Fact]:
    """The facts read, those left undecided completed where the words allow one way only.

    Args:
        facts: as the reader of facts gave them.
        spans: everything found in the text.
        text: the statement.
        arms: labels of the study's arms, with their ids.
        kinds: the kind of each measure.
        timeless: measures that the study gives for no time.
    """
    result = list(facts)
    for i in range(1, len(result)):
        before, fact = result[i - 1], result[i]
        if EACH.match(text, fact.end):
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
    result = [_of_arm(_aged(f), arms) for f in result]
    result = in_order(result, spans, text, arms)
    result = [freed(f, result, spans, text) for f in result]
    result = [narrowed(f, spans, text) for f in result]
    result = [part for f in result for part in in_each(f, text, arms)]
    result = [_own_share(f, spans, text) for f in _changed(result, spans, text, arms)]
    result = [counted_arm(f, spans, text, arms) for f in result]
    result = in_lone_arm(_bare(result, spans, text, kinds), spans, arms)
    return carried(result, spans, text, timeless)


def _of_arm(fact: Fact, arms: Mapping[str, frozenset[str]]) -> Fact:
    """``Betanib added to alphamab gave …``: a figure of a treatment is of the arm that has it."""
    if len(fact.group) == 1 and fact.group not in arms.values():
        arm = frozenset(f"with-{i}" for i in fact.group)
        if arm in arms.values():
            return replace(fact, group=arm)
    return fact


def _aged(fact: Fact) -> Fact:
    """``median age 72 years (12-88)``: two ages are the range."""
    ranged = fact.attribute == "median_age" and re.search(r"\d\s*(?:-|to)\s*\d", fact.value)
    return replace(fact, attribute="age_range", unit="years") if ranged else fact


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
        pair = pair_of(fact, spans, text)
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


def _own_share(fact: Fact, spans: Sequence[Span], text: str) -> Fact:
    """``…, and 12% of all patients had a transplant``: the share has a verb of its own and is of no measure before."""
    if not fact.attribute or fact.attribute == "n_patients" or fact.unit not in {"%", "patients"}:
        return fact
    end = _CLAUSE_END.search(text, fact.end)
    stop = end.start() if end else len(text)
    begin = max((m.end() for m in _CLAUSE_END.finditer(text, 0, fact.start)), default=0)
    measured = any(s.kind == "measure" and begin <= s.start and s.end <= stop for s in spans)
    if _THE_REST.match(text, fact.end):
        return replace(fact, attribute="")
    if measured or not _OWN_VERB.match(text, fact.end, stop):
        return fact
    return replace(fact, attribute="")


def _goes_on(before: Fact, fact: Fact, text: str) -> bool:
    between = re.sub(r"\([^)]*\)", "", text[before.end : fact.start])
    if re.fullmatch(r"\W*(?:,|and|;)?\s*grades?\s[\d-]+(?:\s+\w+)?\s+(?:in|:)\s*", between):
        return not before.group
    return bool(_ELLIPSIS.fullmatch(between)) and not _VERB.search(between)


def _changed(
    facts: Sequence[Fact], spans: Sequence[Span], text: str, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """``A raised the ORR from 10% to 20%``: the first figure is the other arm's."""
    result = list(facts)
    own = list(dict.fromkeys(arms.values()))
    measures = list(
        dict.fromkeys(s.ids for s in spans if s.kind == "measure" and s.ids[0] not in _STATISTICS)
    )
    named = [s for s in spans if s.kind == "group" and frozenset(s.ids) in own]
    if len(own) != 2 or len(measures) != 1 or len({s.ids for s in named}) > 1:
        return result
    for i in range(len(result) - 1):
        a, b = result[i], result[i + 1]
        changed = _FROM_TO.search(text[: a.start]) and re.fullmatch(
            r"\s*(?:up |down )?to\s+", text[a.end : b.start]
        )
        if not changed or a.unit != b.unit or any(s.start > a.start for s in named):
            continue
        treated = frozenset(named[0].ids) if named else treated_arm(own)
        if treated not in own:
            continue
        other = own[1] if treated == own[0] else own[0]
        if named and _ADDED_TO.search(text[: named[0].start]):
            treated, other = other, treated
        result[i] = replace(a, attribute=measures[0][0], group=other, group_label="")
        result[i + 1] = replace(b, attribute=measures[0][0], group=treated, group_label="")
    return result
