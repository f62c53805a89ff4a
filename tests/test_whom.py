"""Figures of everyone do not answer for the patients a question names; what all patients of a study are narrows nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, LYMPHATIC, Case, Engines, check

from assistant.question.whom import parts_named

CASES = [
    # of whom no figure is told
    Case(LEUKAEMIA, "2-year OS by sex in Abstract 4053?", "4053", declined=True),
    Case(LEUKAEMIA, "ORR in cohort B of the donor-derived CD7 trial?", "2011", declined=True),
    Case(LEUKAEMIA, "CRS in T-cell prolymphocytic leukaemia patients in Abstract 980?", "980", declined=True),
    Case(LEUKAEMIA, "Response rate in CD5-directed CAR T-cell recipients?", "", declined=True),
    # named in the sentence before
    Case(
        LEUKAEMIA,
        "The NS7CAR trial also enrolled T-LBL cases. What was their 18-month OS?",
        "980",
        declined=True,
    ),
    Case(
        LEUKAEMIA,
        "For 4053 I only want the lymphoblastic lymphoma cases. 2-year OS in them?",
        "4053",
        declined=True,
    ),
    Case(
        LEUKAEMIA,
        "The title of Abstract 51 boasts about standard-risk T-ALL. What is that subgroup's 3-year OS?",
        "51",
        declined=True,
    ),
    Case(LYMPHATIC, "24-month PFS by sex in NORDSTAR?", "S201", declined=True),
    # what all patients of the study are, or a part that it tells
    Case(
        LEUKAEMIA,
        "1-year OS in R/R T-ALL/LBL patients given donor-derived CD7 CAR T cells?",
        "2011",
        ("60.0%",),
    ),
    Case(LEUKAEMIA, "EFS at 18 months in heavily pretreated patients who got NS7CAR?", "980", ("53.1%",)),
    Case(
        LEUKAEMIA,
        "3-year EFS among the young patients of Abstract 54 with newly diagnosed T-ALL?",
        "54",
        ("88.6%",),
    ),
    Case(LEUKAEMIA, "Tan et al. treated R/R T-ALL patients. What was their one-year OS?", "2011", ("60.0%",)),
    Case(
        LEUKAEMIA,
        "Shimony compared nelarabine groups. I want the monotherapy patients. 2-year RFS in them?",
        "4053",
        ("26.7%",),
    ),
    Case(
        LYMPHATIC,
        "uMRD among patients with TP53 aberrations treated with the MRD-guided triplet?",
        "S148",
        ("60.9%",),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_figures_are_of_those_named(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("CR among the 6 follicular lymphoma patients on alphamab?", ["6 follicular lymphoma"]),
        ("PFS in people with del(17p)?", ["del"]),
        ("DFS by sex?", ["sex"]),
        ("CMR in arm 2a?", ["arm 2a", "2a"]),
        ("ORR in the double-exposed?", ["double-exposed"]),
        ("OS of TP53-mutated lymphoma in the registry?", ["TP53-mutated lymphoma"]),
        ("What was the ORR of the single-arm trial?", []),
        ("How many patients were enrolled?", []),
        ("OS in the phase II trial?", []),
    ],
)
def test_the_groups_that_a_question_names(question: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(p.text for p in parts_named(question))) == expected
