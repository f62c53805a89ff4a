"""Groups that a review only points at are named so that a reader understands."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import MARROW, MYELOMA, Case, Engines, check

from assistant.groups.saying import points

CASES = [
    Case(MYELOMA, "Frail vs non-frail: 18-month PFS in the chart review", "S-114", ("49.2%", "73.5%")),
    Case(
        MYELOMA,
        "12-month PFS with and without extramedullary disease in S-318",
        "S-318",
        ("46.2%", "84.9%"),
        says=("non-extramedullary",),
    ),
    Case(
        MARROW,
        "SF3B1 mutated vs unmutated, 8-week transfusion independence",
        "1203",
        ("50.0", "16.0"),
        beside=("4",),
        says=("without mutation of SF3B1",),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_those_with_and_those_without_are_both_given(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize("label", ["the latter", "who were not", "those who did not", "the other"])
def test_a_label_that_points_is_told(label: str) -> None:
    assert points(label)


@pytest.mark.parametrize("label", ["frail patients", "the triplet arm", "on placebo", "high-risk"])
def test_a_label_that_says_something_is_kept(label: str) -> None:
    assert not points(label)
