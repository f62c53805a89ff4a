"""Deaths of a cause: answered where the review names it, declined where it counts deaths alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        ("did anyone die of infection with RD13-01", "infection"),
        ("How many died of progression in RD13-01?", "progression"),
        ("were any deaths due to relapse in Abstract 1995?", "relapse"),
    ],
)
def test_deaths_are_not_of_a_cause_that_the_review_does_not_name(
    question: str, cause: str, engines: Engines
) -> None:
    answer = engines.engine(LEUKAEMIA).ask([question])
    assert answer.status.value == "declined"
    assert f"deaths from {cause}" in answer.text
    assert "4 patients" in answer.text


@pytest.mark.parametrize(
    "question", ["How many patients died on RD13-01?", "deaths from any cause with RD13-01"]
)
def test_deaths_of_no_named_cause_are_told(question: str, engines: Engines) -> None:
    answer = engines.engine(LEUKAEMIA).ask([question])
    assert answer.status.value == "answered"
    assert "4 patients" in answer.text
