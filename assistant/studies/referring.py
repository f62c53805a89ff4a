"""Inverse look-ups: which study, measure and arm a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.draft import Draft, answered, of_fact
from assistant.lookup.lookup import Desk
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import number_of
from assistant.spans.span import Span
from assistant.text.text import fold

_NO_FIGURES = frozenset({"summary", "authors", "outcomes", "outcome_measures"})


def referring(desk: Desk, ask: Ask) -> Draft | None:
    """The facts that state the figures in the question (``which trial reported 62.3 %?``)."""
    hits = desk.selector.distinct(f for value in ask.values for f in _stating(desk, value, ask))
    if not hits and (wider := _of_the_kind(desk, ask)) != ask.measures:
        ask = replace(ask, measures=wider)  # "the trial with 100% remission" gives it as CR/CRi
        hits = desk.selector.distinct(f for value in ask.values for f in _stating(desk, value, ask))
    if not hits:
        return None
    measures = desk.vocabulary.measures
    lines = [
        of_fact(desk.speaker.statement(f) if f.attribute in measures else desk.speaker.characteristic(f), f)
        for f in hits[:6]
    ]
    return answered(lines, [f.study for f in hits])


def _of_the_kind(desk: Desk, ask: Ask) -> tuple[str, ...]:
    """The measures of the family of remissions or responses that all those asked for are of; themselves where there is none."""
    for family in ("remission", "response"):
        found = desk.vocabulary.families.get(family)
        if ask.measures and found and set(ask.measures) <= set(found.includes):
            return tuple(found.includes)
    return ask.measures


def _stating(desk: Desk, value: Span, ask: Ask) -> Iterable[Fact]:
    measures = desk.vocabulary.measures
    for fact in desk.review.facts:
        if not fact.study or not fact.attribute or fact.attribute in _NO_FIGURES:
            continue
        if ask.studies and fact.study not in ask.studies:
            continue
        if ask.measures and fact.attribute in measures and fact.attribute not in ask.measures:
            continue
        if value.total and fact.total is None and value.total != desk.selector.total(fact.study):
            continue
        if _states(fact, value, fact.attribute in measures or fact.attribute == "n_patients"):
            yield fact


def _states(fact: Fact, value: Span, counted: bool) -> bool:
    """Whether ``fact`` gives the figure ``value``; ``counted`` where it is a measure or a size."""
    if value.unit == "%" and not (fact.unit == "%" or fact.percent):
        return False
    if value.unit in {"age", "range", "period"}:
        return _squeezed(fact.value) == _squeezed(value.text)
    if value.unit == "nct" or fact.unit == "nct":
        return value.unit == "nct" and fold(value.text).lower() in fold(fact.value).lower()
    if not counted:
        return False
    wanted = value.n if value.unit == "patients" and value.n is not None else number_of(value.text)
    if wanted is None:
        return False
    counts = "patients" in {value.unit, fact.unit} and value.unit != "%"
    if (
        counts
        and fact.n is not None
        and wanted == fact.n
        and (None in {value.total, fact.total} or value.total == fact.total)
    ):
        return True
    shown = fact.percent if value.unit == "%" else fact.value
    return number_of(shown) == wanted and (value.unit in {"%", ""} or value.unit == fact.unit)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
