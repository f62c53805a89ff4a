"""A figure with what stands behind it: its confidence interval, or the range of the ages."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Line, support_of
from assistant.intervals import SPANS, span_words, with_span
from assistant.lookup.computed import figure_line
from assistant.lookup.wishes import group_wishes
from assistant.lookup.words import statistic_line
from assistant.model import Fact
from assistant.question.reader import Ask

_RATIOS = frozenset({"HR", "OR", "RR", "p_value"})
_RANGE = re.compile(r"\branges?\b|\bspan\b|\bextremes?\b", re.IGNORECASE)
_HOW_OLD = re.compile(r"\bhow old\b", re.IGNORECASE)
_A_BOUND = re.compile(
    r"\b(?:ha[ds]|have|need(?:ed)?|must|could|can|may|allowed|admitted|accepted|eligible|to (?:be|enter|join)|youngest|oldest|limits?)\b",
    re.IGNORECASE,
)
"""Asks who was taken in, or who was the oldest."""


def with_interval(desk: Desk, ask: Ask, fact: Fact) -> Line:
    """The sentence for one figure, with its interval or range where that was asked for and is printed."""
    wanted = {"CI": "CI" in ask.measures and fact.attribute != "CI", "age_range": _ages_too(ask, fact)}
    pairs = (with_span(desk.selector, fact, name) for name, asked in wanted.items() if asked)
    pair = next((p for p in pairs if p is not None), None)
    if pair is None:
        return statistic_line(desk, fact) if fact.attribute in _RATIOS else figure_line(desk, ask, fact)
    figure, span = pair
    text, shown = figure_line(desk, replace(ask, wants=""), figure).text, desk.speaker.value(figure)
    text = text.replace(f" was {shown}", f" was {shown} ({SPANS[span.attribute]} {span_words(span)})")
    return Line(text, support_of(pair), pair)


def _ages_too(ask: Ask, fact: Fact) -> bool:
    asked = "age_range" in ask.characteristics or _RANGE.search(ask.focus)
    return fact.attribute == "median_age" and bool(asked)


def middle_ages(desk: Desk, ask: Ask, study: str) -> list[Line]:
    """The median ages, each with its range, of a study whose patients a question asks ``how old`` they were."""
    if not _HOW_OLD.search(ask.focus) or _A_BOUND.search(ask.focus):
        return []
    wishes = [w for w in group_wishes(desk, ask, study) if w]
    medians = [f for f in desk.selector.reported(study, "median_age") if f.unit != "range"]
    chosen = [f for w in wishes for f in medians if w <= f.group] if wishes else medians
    whole = [f for f in chosen if not f.group]
    return [with_interval(desk, ask, f) for f in desk.selector.distinct(whole or chosen)]
