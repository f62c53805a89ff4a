"""Answers that set figures side by side, and the differences computed from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.draft import Draft, Line, answered
from assistant.listing import CAUTION
from assistant.lookup import Desk, group_wishes, lookup
from assistant.model import Derivation, Fact, Status
from assistant.question import Ask
from assistant.selection import percent_of
from assistant.text import fold


def compare(desk: Desk, ask: Ask) -> Draft | None:
    """Every arm's or study's figure of the measures asked for; with their difference where that was asked."""
    if not ask.measures and not ask.families and not ask.characteristics:
        ask = _survival_of_arms(desk, ask)
        if not ask.families:
            return None
    ask = _both_arms(desk, ask)
    draft = lookup(desk, ask)
    if draft is None or draft.status is not Status.ANSWERED:
        return draft
    facts = [f for line in draft.lines if line.derivation is None for f in line.facts]
    if ask.has("difference"):
        line = difference(desk, facts)
        if line is not None:
            return _leading(draft, line)
    if len({f.study for f in facts}) > 1 and any(f.attribute in desk.vocabulary.measures for f in facts):
        draft = draft.plus(Line(CAUTION, ()))
    return draft


def _leading(draft: Draft, line: Line) -> Draft:
    return replace(draft, lines=(line, *draft.lines))


def _survival_of_arms(desk: Desk, ask: Ask) -> Ask:
    if "outcome" in desk.vocabulary.families and (ask.groups or len(ask.studies) > 1):
        return replace(ask, families=("outcome",))
    return ask


def _both_arms(desk: Desk, ask: Ask) -> Ask:
    """A comparison within one study that names no arm, or only one, means all its arms."""
    if len(ask.studies) != 1 or not ask.measures:
        return ask
    study = ask.studies[0]
    if len(group_wishes(desk, ask, study)) >= 2 or len(ask.measures) > 1 or len(ask.times) > 1:
        return ask
    armed = [f for f in desk.selector.reported(study, ask.measures[0]) if f.group]
    armed = [f for f in armed if not ask.times or f.time_point in ask.times]
    groups = list(dict.fromkeys(f.group for f in armed))
    if len(groups) >= 2 and (ask.has("arms") or len(ask.groups) == 1) or len(groups) >= 2 and re.search(r"\b(?:arms?|groups?|two|both|than|vs|versus|alone|difference|gap|compar\w+|better|combination|monotherapy|combo|mono)\b", fold(ask.focus), re.IGNORECASE):
        return replace(ask, cues=ask.cues | {"arms"}, groups=tuple((f.group_label, f.group) for f in armed[:: max(1, len(armed) // len(groups))][: len(groups)]))
    return ask


def difference(desk: Desk, facts: Sequence[Fact]) -> Line | None:
    """The difference of two figures of one unit, in percentage points for shares; None where it makes no sense."""
    if len(facts) != 2:
        return None
    a, b = facts
    x, y = _decimal(a), _decimal(b)
    if x is None or y is None or (a.unit == "%") != (b.unit == "%"):
        return None
    result = abs(x - y)
    unit = " percentage points" if a.unit == "%" or a.percent else f" {a.unit}" if a.unit else ""
    text = f"The difference is {result.normalize():f}{unit} (computed from {desk.speaker.value(a)} and {desk.speaker.value(b)})."
    support = tuple(dict.fromkeys((f.passage, f.study) for f in (a, b)))
    return Line(text, support, (), Derivation("difference", (a, b), f"{result.normalize():f}"))


def _decimal(fact: Fact) -> Decimal | None:
    printed = fact.percent if fact.percent else fact.value
    match = re.search(r"\d+(?:\.\d+)?", fold(printed))
    if match:
        return Decimal(match[0])
    return Decimal(fact.n) if fact.n is not None else None


def total_patients(desk: Desk, ask: Ask) -> Draft | None:
    """The sum of the numbers of patients of the studies named."""
    studies = ask.studies or tuple(s.id for s in desk.review.studies)
    facts = []
    for study in studies:
        whole = [f for f in desk.selector.reported(study, "n_patients") if not f.group and f.n is not None]
        if whole:
            facts.append(whole[0])
    if len(facts) < 2:
        return None
    total = sum(f.n or 0 for f in facts)
    parts = " + ".join(str(f.n) for f in facts)
    text = f"Together they had {total} patients (computed: {parts})."
    support = tuple(dict.fromkeys((f.passage, f.study) for f in facts))
    line = Line(text, support, (), Derivation("sum", tuple(facts), str(total)))
    return answered([line], studies)


_ = percent_of
