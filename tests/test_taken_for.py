"""What the last figure is taken for: its time, cycle, grade or patients, said again with Yes or No."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.model import Answer


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Callable[..., Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(turns)


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        (
            "Abstract 942, response rate?",
            "Was that after two cycles?",
            "No: in Suo et al., the CR/CRi rate after the first",
        ),
        (
            "CR/CRi in 942?",
            "Was that after the first cycle?",
            "Yes: in Suo et al., the CR/CRi rate after the first",
        ),
        (
            "PFS in Tan?",
            "so that's a one-year figure, yes or no?",
            "Yes: in Tan et al., the 1-year PFS was 62.3%",
        ),
        ("OS for Hatta?", "that's the 5-year figure, right?", "No: in Hatta et al., the 3-year OS was 93.4%"),
        (
            "CRS in Tan?",
            "is that grade 3 or higher?",
            "Yes: in Tan et al., the rate of CRS of grade 3 or higher",
        ),
        (
            "2-year OS in Shimony combination?",
            "is that for monotherapy?",
            "No: in Shimony et al., the 2-year OS was 52.9%",
        ),
    ],
)
def test_the_last_figure_is_confirmed_or_denied(
    shipped: Callable[..., Answer], first: str, then: str, said: str
) -> None:
    assert shipped(first, then).text.startswith(said)


@pytest.mark.parametrize(
    "then", ["and at three years?", "was that significant?", "is that better than in GMALL?"]
)
def test_other_follow_ups_are_none_of_these(shipped: Callable[..., Answer], then: str) -> None:
    assert not shipped("PFS in Tan?", then).text.startswith(
        ("Yes: in Tan et al., the 1-year PFS", "No: in Tan")
    )
