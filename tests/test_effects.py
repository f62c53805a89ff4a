"""Whether a treatment changed an outcome, and which of two did better."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

CASES = [
    Case(
        MARROW,
        "Did verotrombopag improve survival in SAA?",
        "87",
        ("91.2", "88.7", "0.48"),
        says=("Not significantly",),
    ),
    Case(MARROW, "Does belrozanib reduce bleeding?", "642", ("12.9", "24.2"), says=("Yes",)),
    Case(
        MARROW,
        "Was the relapse rate lower with verotrombopag in MARLSTONE?",
        "87",
        ("19.2", "14.3"),
        says=("No",),
    ),
    Case(
        MYELOMA,
        "Did bortezomib prolong PFS in SALTMARSH-2?",
        "S-207",
        ("11.8", "6.2", "0.021"),
        says=("Yes",),
    ),
    Case(MYELOMA, "Did daratumumab increase infections?", "S-101", ("21.3%", "15.1%"), says=("Yes",)),
    Case(
        LEUKAEMIA,
        "Did the nelarabine combination improve CR over monotherapy?",
        "4053",
        ("62%", "40%", "0.21"),
        says=("Not significantly",),
    ),
    Case(MARROW, "Were children or adults better off after haplo?", "1987", ("90.1", "77.3")),
    Case(
        MYELOMA,
        "Which had the better sCR rate, zelne-cel or D-LRd?",
        "S-318 S-101",
        ("63.2%", "45.4%"),
        says=("Zelne-cel:",),
    ),
    Case(
        LEUKAEMIA,
        "Was the donor derived CAR-T trial in the same phase as RD13-01?",
        "2011 1995",
        says=("No", "phase II", "phase I study"),
    ),
    Case(
        LEUKAEMIA, "Do the RD13-01 and the NS7CAR studies cover the same years?", "980 1995", ("2020-2022",)
    ),
    Case(
        MYELOMA,
        "Is the sCR rate of zelne-cel more than twice that of LRd?",
        "S-318 S-101",
        ("63.2%", "30.2%"),
        says=("Yes",),
    ),
    Case(
        MARROW,
        "Which doses of erlafusp alfa had TI above 40%?",
        "1203",
        ("42.3", "45.8"),
        beside=("1.2", "1.6"),
    ),
    Case(LEUKAEMIA, "Which is larger, GMALL or the AYA study?", "51 54", ("281", "62")),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_both_sides_are_given_and_the_verdict_is_theirs(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))
