"""Confidence intervals and ranges: which figure a printed span belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.selection import Selector
from assistant.text.text import fold

SPANS = {"CI": "CI", "age_range": "range"}
"""Attributes of facts that stand behind a figure, each with what an answer calls it."""
_LEVEL_WITHIN = re.compile(r"\b\d\d\s?%\s*(?:CI|confidence interval)\b", re.IGNORECASE)
_LEVEL = re.compile(r"^(?:\d\d\s?%\s*)?(?:CI|confidence interval)\W*", re.IGNORECASE)


def span_words(span: Fact) -> str:
    """The ends of a span as printed, without a level: ``95% CI 0.4-0.8`` -> ``0.4-0.8``."""
    return _LEVEL.sub("", fold(span.value))


def belongs(span: Fact, figure: Fact, quote: str) -> bool:
    """Whether a span is printed right behind a figure of the same passage, no other number between.

    Args:
        span: an interval, or the range of the ages.
        figure: any other fact.
        quote: the text of the figure's passage.
    """
    same = (span.passage, span.study) == (figure.passage, figure.study)
    if span.attribute == "CI":
        same = same and span.of == figure.attribute
    else:
        same = same and figure.attribute == "median_age" and span.group == figure.group
    if not same or span.start < figure.end:
        return False
    between = _LEVEL_WITHIN.sub("", fold(quote)[figure.end : span.start])
    if figure.n is not None and figure.total:  # "80% (20/25) (95% CI 59-93)"
        between = re.sub(rf"(?<!\d){figure.n}\s*/\s*{figure.total}(?!\d)", "", between)
    return not re.search(r"\d", between)


def with_span(selector: Selector, figure: Fact, attribute: str) -> tuple[Fact, Fact] | None:
    """The figure and its span; the figure may be taken from another place that gives the same.

    Args:
        selector: finds the study's facts.
        figure: the figure.
        attribute: the span's, one of ``SPANS``.
    """
    spans = selector.reported(figure.study, attribute)
    for own in (figure, *_alike(selector, figure)):
        for span in spans:
            if belongs(span, own, selector.quotes[own.passage]):
                return own, span
    return None


def _alike(selector: Selector, figure: Fact) -> Iterable[Fact]:
    return (f for f in selector.reported(figure.study, figure.attribute) if selector.repeats(f, figure))
