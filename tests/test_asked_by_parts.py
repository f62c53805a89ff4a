"""Letters of a short form, its starting material, a row of the table, a p-value: asked for by themselves, over three reviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import asks

LEUKAEMIA = "t-all-ash-2022"
MYELOMA = "myeloma-meeting-2024"
MARROW = "aplastic-anaemia-2025"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], str]:
    """Asks one of the reviews; each engine is made once."""
    return asks(assistant_home)


@pytest.mark.parametrize(
    ("review", "question", "gives"),
    [
        (
            LEUKAEMIA,
            "letters N and S in NS7CAR, what for?",
            "NS7CAR stands for naturally selected 7CAR-T-cell.",
        ),
        (
            LEUKAEMIA,
            "pharmacist. spell out H, A and G in the HAG backbone",
            "HAG: homoharringtonine, low-dose cytarabine and G-CSF priming.",
        ),
        (LEUKAEMIA, "what do the letters H, A and G mean in V-HAG?", "HAG: homoharringtonine"),
        (LEUKAEMIA, "the R in R/R T-ALL, what is it for", "R/R stands for relapsed or refractory."),
        (MYELOMA, "letters D and L in D-LRd - what for?", "D-LRd stands for daratumumab, lunozomib"),
        (MYELOMA, "the L in LRd?", "LRd stands for lunozomib"),
        (MARROW, "h in hATG, what for?", "hATG stands for horse antithymocyte globulin."),
    ],
)
def test_letters(ask: Callable[[str, str], str], review: str, question: str, gives: str) -> None:
    assert ask(review, question).startswith(gives)


@pytest.mark.parametrize(
    ("question", "gives"),
    [
        ("NS7CAR starting material = ?", "Bulk T cells"),
        ("NS7CAR start material? which cells, engineered beforehand or not", "Bulk T cells"),
        ("cell source NS7CAR = ?", "Bulk T cells"),
        ("NS7CAR = ?", "NS7CAR stands for"),
        ("GMALL 3y OS = ?", "In Goekbuget et al., the 3-year OS was 78%"),
    ],
)
def test_what_stands_before_the_sign(ask: Callable[[str, str], str], question: str, gives: str) -> None:
    assert ask(LEUKAEMIA, question).startswith(gives)


@pytest.mark.parametrize(
    ("review", "question", "gives"),
    [
        (
            LEUKAEMIA,
            "Pharmacy query. Abs 51, agents column: nelarabine plus what?",
            "Nelarabine + cyclophosphamide",
        ),
        (LEUKAEMIA, "row agents, abs 980", "Study agents: NS7CAR-T."),
        (LEUKAEMIA, "under study agents for abs 1995?", "CD7 UCAR-T (RD13-01)"),
        (LEUKAEMIA, "abs 4053, in the phase row, what's there?", "retrospective"),
        (MARROW, "treatment column, poster 87: hATG plus what?", "hATG + ciclosporin"),
        (MYELOMA, "in the design row, S-422?", "Design: Preclinical."),
    ],
)
def test_a_row(ask: Callable[[str, str], str], review: str, question: str, gives: str) -> None:
    assert gives in ask(review, question)


@pytest.mark.parametrize(
    ("review", "question", "gives"),
    [
        (
            LEUKAEMIA,
            "Is there a p value for the CR difference between nelarabine alone and combined? give me it",
            "Yes: in Shimony et al., p = 0.21 for CR.",
        ),
        (
            LEUKAEMIA,
            "any p-value reported for the CR rates in Shimony? tell me the number",
            "Yes: in Shimony et al., p = 0.21 for CR.",
        ),
        (
            LEUKAEMIA,
            "is there a p value for the OS difference in abstract 4053?",
            "The review does not report a p-value for OS",
        ),
        (LEUKAEMIA, "Was the CR difference between combo and mono significant?", "No: in Shimony et al., p"),
        (MYELOMA, "any p-value for PFS in SALTMARSH-2?", "Yes: in Dubreuil-Kato et al., p = 0.021 for PFS."),
        (MYELOMA, "any HR for PFS in S-101?", "Yes: in Tarrant-Oyelaran et al., the HR"),
        (
            MARROW,
            "is a p value given for OS in MARLSTONE? which one",
            "Yes: in Tresillian et al., p = 0.48 for 2-year OS.",
        ),
        (MARROW, "was there a p value for relapse in poster 87?", "The review does not report a p-value"),
    ],
)
def test_a_p_value(ask: Callable[[str, str], str], review: str, question: str, gives: str) -> None:
    assert ask(review, question).startswith(gives)
