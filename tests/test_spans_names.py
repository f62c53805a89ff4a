"""What only looks like a measure or a time: the end of a trial's name, ages, the page of an appendix."""

from __future__ import annotations

import pytest

from assistant.spans.measures import named_measures
from assistant.spans.pattern import MASTER
from assistant.spans.span import Span


def measure(text: str, word: str) -> Span:
    start = text.index(word)
    return Span("measure", start, start + len(word), word, (word,))


def kind_of(text: str, figure: str) -> str | None:
    """The kind of figure that a number is read as."""
    at = text.index(figure)
    match = next(m for m in MASTER.finditer(text) if m.start() <= at < m.end())
    return next((kind for kind in ("age", "limit", "skip") if match[kind]), None)


@pytest.mark.parametrize(
    ("text", "word", "kept"),
    [
        ("6-year survival in BEACON-RR", "RR", False),
        ("the RR in BEACON-1 was 0.8", "RR", True),
        ("the post-CR relapses", "CR", True),
    ],
)
def test_the_end_of_a_trials_name_is_no_measure(text: str, word: str, kept: bool) -> None:
    assert bool(named_measures(text, [measure(text, word)], [], [])) is kept


@pytest.mark.parametrize(
    "text", ["18- to 40-year-olds fared best", "18-40 year olds fared best", "the 40-year-olds fared best"]
)
def test_an_age_is_no_time_point(text: str) -> None:
    assert {kind_of(text, "40")} <= {"age", "limit"}


def test_the_page_of_an_appendix_is_no_figure() -> None:
    assert kind_of("is shown (webappendix p 4)", "4") == "skip"
