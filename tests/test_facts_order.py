"""Which figure is whose where a comparison names its arms before or behind; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import TWO, Arms, stated

TURNED = dict(reversed(TWO.items()))
ALPHA_FIRST = ["OS|83%|2-year|alphamab", "OS|70%|2-year|betanib"]


@pytest.mark.parametrize("arms", [TWO, TURNED], ids=["arms in order", "arms turned"])
@pytest.mark.parametrize(
    "sentence",
    [
        "Compared with betanib, alphamab improved the 2-year OS (83% vs 70%).",
        "Compared with betanib, OS was better at two years (83% vs 70%).",
        "Compared with betanib, survival was better (2-year OS 83% vs 70%).",
        "OS at 2 years was better with alphamab, compared with betanib (83% vs 70%).",
        "OS at 2 years was higher than with betanib (83% vs 70%).",
        "OS at 2 years was higher than in the betanib arm, at 83% against 70%.",
        "Alphamab was the better drug (2-year OS 83% vs 70%).",
        "Deaths were rarer than with betanib (2-year OS 83% vs 70%).",
        "Alphamab prolonged survival: at 2 years OS was 83% against 70%.",
        "OS at 2 years, at 83% against 70%, was higher with alphamab.",
    ],
)
def test_a_comparison_tells_whose_figure_comes_first(sentence: str, arms: Arms) -> None:
    assert stated(sentence, arms) == ALPHA_FIRST


@pytest.mark.parametrize("arms", [TWO, TURNED], ids=["arms in order", "arms turned"])
def test_the_order_of_the_arms_holds_for_the_clauses_that_follow(arms: Arms) -> None:
    sentence = "With betanib the ORR was lower (31% vs 42%), as was OS at two years (51% vs 64%)."
    assert stated(sentence, arms) == [
        "ORR|31%||betanib",
        "ORR|42%||alphamab",
        "OS|51%|2-year|betanib",
        "OS|64%|2-year|alphamab",
    ]


def test_a_conclusion_names_whom_no_figure_is_of() -> None:
    said = "The 2-year OS was 83% and 70% with alphamab and betanib, respectively (p = 0.2), so that "
    assert [
        f for f in stated(f"{said}betanib did not help those on alphamab.", TWO) if "OS|" in f[:3]
    ] == ALPHA_FIRST
