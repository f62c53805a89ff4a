"""Whether a right figure is given for the right study, measure, time point and group.

Only a contradiction is a fault: a reply that does not say whom a figure is about is judged by its figures.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from eval.figures import Figure, figures, normal
from eval.gold import GOLD, attribute_names, gold_facts, plain

ALL = "all patients"
_EVERYONE = frozenset(map(plain, ("", ALL, "overall", "total", "whole cohort", "entire cohort", "everyone")))
_TIME = re.compile(r"\b(\d+(?:\.\d+)?)[\s-]*(year|yr|y|month|mo|week|wk|day)s?\b", re.I)
_NUMERALS = {w: str(n) for n, w in enumerate("one two three four five six".split(), 1)}

Fact = Mapping[str, Any]


def fact_faults(reply: Mapping[str, Any], facts: Iterable[Fact]) -> list[str]:
    """For each gold fact that the reply gives for something else, what it says instead."""
    faults = []
    for gold in facts:
        claims = claims_of(gold, reply)
        if claims and not any(agrees(gold, claim) for claim in claims):
            faults.append(f"{_shown(gold)} given as {_shown(claims[0])}")
            continue
        elsewhere = misplaced(gold, reply)
        if elsewhere:
            faults.append(f"{_shown(gold)} given for {elsewhere}")
    return faults


def claims_of(gold: Fact, reply: Mapping[str, Any]) -> list[Fact]:
    """The reply's facts whose one figure is the gold fact's; `9/10` or a whole cell claims more than one."""
    wanted = _figures(gold)
    facts = reply.get("facts")
    rows = [f for f in facts if isinstance(f, Mapping)] if isinstance(facts, list) else []
    return [f for f in rows if len(_figures(f)) == 1 and any(_same(_figures(f)[0], w) for w in wanted)]


def agrees(gold: Fact, claim: Fact) -> bool:
    """True where a fact of a reply has the gold fact's study, measure, time point and group.

    What the gold leaves open may be anything. A rate for all patients may name any group that is no arm or
    subgroup of the study.
    """
    if gold.get("study", "") != str(claim.get("study") or ""):
        return False
    attribute = str(claim.get("attribute") or "")
    bare = _TIME.sub(" ", normal(attribute))
    if plain(bare) not in _names(str(gold.get("attribute", ""))):
        return False
    times = _times(f"{claim.get('time_point') or ''} {attribute}")
    if gold.get("time_point") and _times(gold["time_point"]) != times:
        return False
    return _group_agrees(gold, str(claim.get("group") or ""))


def misplaced(gold: Fact, reply: Mapping[str, Any]) -> str:
    """The time point or arm to which the sentence with the gold figure gives it; "" where it is right.

    A sentence that names the right one is right, whatever else it names.
    """
    for statement in _sentences(reply):
        if not any(_same(f, w) for f in figures(statement) for w in _figures(gold)):
            continue
        times = _times(statement)
        if gold.get("time_point") and times and not _times(gold["time_point"]) <= times:
            return ", ".join(sorted(times))
        named = _groups_named(gold["study"], statement)
        if gold.get("group") in _groups() and named and gold["group"] not in named:
            return ", ".join(sorted(named))
    return ""


def _sentences(reply: Mapping[str, Any]) -> list[str]:
    statements = reply.get("statements")
    rows = [s for s in statements if isinstance(s, Mapping)] if isinstance(statements, list) else []
    return [str(s.get("text", "")) for s in rows] or [str(reply.get("answer", ""))]


def _figures(fact: Fact) -> list[Figure]:
    return figures(str(fact.get("value", "")))


def _same(one: Figure, other: Figure) -> bool:
    return one.value == other.value and one.unit == other.unit


def _names(attribute: str) -> frozenset[str]:
    return attribute_names().get(attribute, frozenset()) | {plain(attribute)}


def _times(text: str) -> frozenset[str]:
    text = re.sub(
        rf"\b({'|'.join(_NUMERALS)})(?=[\s-]*(?:year|month))",
        lambda m: _NUMERALS[m[0].lower()],
        text,
        flags=re.I,
    )
    return frozenset(f"{n}-{unit[0].lower()}" for n, unit in _TIME.findall(normal(text)))


@cache
def _groups() -> Mapping[str, re.Pattern[str]]:
    with (GOLD / "groups.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["group"]: re.compile(
            "|".join(rf"\b{re.escape(n.strip())}" for n in row["names"].split("|")), re.I
        )
        for row in rows
    }


@cache
def _arms(study: str) -> frozenset[str]:
    return frozenset(f.group for f in gold_facts() if f.study == study and f.group in _groups())


def _groups_named(study: str, text: str) -> set[str]:
    """The study's arms and subgroups that a text names."""
    return {g for g in _arms(study) if _groups()[g].search(normal(text))}


def _group_agrees(gold: Fact, group: str) -> bool:
    wanted = gold.get("group", "")
    if not wanted or (wanted == ALL and plain(group) in _EVERYONE):
        return True
    named = _groups_named(gold["study"], group)
    return not named if wanted == ALL else wanted in named


def _shown(fact: Fact) -> str:
    names = ("study", "time_point", "attribute", "group", "value")
    return ", ".join(str(fact[n]) for n in names if fact.get(n))
