"""Confidence intervals: which figure a printed interval belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.model import Fact
from assistant.selection import Selector
from assistant.text import fold

_LEVEL_WITHIN = re.compile(r"\b\d\d\s?%\s*(?:CI|confidence interval)\b", re.IGNORECASE)
_LEVEL = re.compile(r"^\d\d\s?%\s*(?:CI|confidence interval)\W*", re.IGNORECASE)


def interval_words(interval: Fact) -> str:
    """The ends of an interval as printed, without the level: ``95% CI 0.4-0.8`` -> ``0.4-0.8``."""
    return _LEVEL.sub("", fold(interval.value))


def belongs(interval: Fact, figure: Fact, quote: str) -> bool:
    """Whether an interval is printed right behind a figure of the same passage, no other number between.

    Args:
        interval: a fact of attribute ``CI``.
        figure: any other fact.
        quote: the text of the figure's passage.
    """
    same = (interval.passage, interval.study) == (figure.passage, figure.study)
    if not same or interval.of != figure.attribute or interval.start < figure.end:
        return False
    between = _LEVEL_WITHIN.sub("", fold(quote)[figure.end : interval.start])
    return not re.search(r"\d", between)


def with_interval(selector: Selector, figure: Fact) -> tuple[Fact, Fact] | None:
    """The figure and its interval; the figure may be taken from another place that gives the same.

    Args:
        selector: finds the study's facts.
        figure: the figure.
    """
    intervals = selector.reported(figure.study, "CI")
    for own in (figure, *_alike(selector, figure)):
        for interval in intervals:
            if belongs(interval, own, selector.quotes[own.passage]):
                return own, interval
    return None


def _alike(selector: Selector, figure: Fact) -> Iterable[Fact]:
    return (f for f in selector.reported(figure.study, figure.attribute) if selector.repeats(f, figure))
