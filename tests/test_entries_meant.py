"""Entries of the reference list asked for by author, journal, subject and place; registration numbers in shorthand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import REVIEWS, asks, engine_over

LEUKAEMIA = "t-all-ash-2022"
MYELOMA = "myeloma-meeting-2024"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], str]:
    """Asks one of two reviews; each engine is made once."""
    return asks(assistant_home)


@pytest.mark.parametrize(
    ("review", "question", "gives"),
    [
        (LEUKAEMIA, "publication year of Samra's review on evolving ALL therapy", "Reference 1: 2020."),
        (LEUKAEMIA, "year of the samra review?", "Reference 1: 2020."),
        (
            LEUKAEMIA,
            "who wrote the paper on immunotherapy for T-ALL in Exp Hematol Oncol that is cited in the introduction? "
            "first author enough",
            "Reference 2: first author Caracciolo D.",
        ),
        (
            LEUKAEMIA,
            "the review on immunotherapy in exp hematol oncol - first author?",
            "Reference 2: first author",
        ),
        (
            LEUKAEMIA,
            "first author of the paper on pro-apoptotic agents in Journal of Hematology & Oncology",
            "first author Lew TE",
        ),
        (LEUKAEMIA, "who wrote the 2020 paper in J Hematol Oncol?", "Reference 1: authors Samra B"),
        (LEUKAEMIA, "lead author of the J Hematol Oncol article on venetoclax?", "first author Lew TE"),
        (LEUKAEMIA, "cited immunotherapy paper: first author", "first author Caracciolo D"),
        (LEUKAEMIA, "who wrote this letter in Exp Hematol Oncol?", "Of the review: authors Xu, Zhu."),
        (
            MYELOMA,
            "first author of the Hematol Outcomes paper on heavily treated myeloma",
            "first author Gallimore RT",
        ),
        (MYELOMA, "year of Yoneda-Price's primer on T-cell redirection?", "2023"),
        (MYELOMA, "who wrote the article on GPRC5D in Mol Hematol?", "authors Coltrane-Abe R"),
    ],
)
def test_an_entry_of_the_list(ask: Callable[[str, str], str], review: str, question: str, gives: str) -> None:
    assert gives in ask(review, question)


@pytest.mark.parametrize(
    ("question", "gives"),
    [
        ("trial registration nr for RD13-01", ("NCT04620655",)),
        ("need both registry nos for abs 980", ("NCT04572308", "NCT04916860")),
        ("NCT nrs of abstract 980 please", ("NCT04572308", "NCT04916860")),
        ("what is the registry # for abs 2011", ("NCT04689659",)),
        ("what's the NCT registration of Tan's trial, nr only", ("NCT04689659",)),
        ("reg. no. of the GMALL trial", ("NCT02881086",)),
    ],
)
def test_a_registration_number_in_shorthand(
    ask: Callable[[str, str], str], question: str, gives: tuple[str, ...]
) -> None:
    said = ask(LEUKAEMIA, question)
    assert all(number in said for number in gives)


def test_what_a_publication_says_is_no_detail_of_it(ask: Callable[[str, str], str]) -> None:
    assert "title" not in ask(LEUKAEMIA, "what does Caracciolo's review say about immunotherapy")


@pytest.mark.parametrize(
    ("question", "gives"),
    [
        (
            "Who wrote the primer on T-cell redirection that the review cites, and in which journal?",
            "Cell Ther Lett",
        ),
        ("Which cited paper deals with GPRC5D expression?", "Reference 12"),
        ("Which reference is on registry patients after three classes?", "Reference 2"),
    ],
)
def test_an_entry_that_is_cited_is_known_by_its_subject(
    ask: Callable[[str, str], str], question: str, gives: str
) -> None:
    assert gives in ask(MYELOMA, question)


@pytest.mark.parametrize(
    ("turns", "gives"),
    [
        (["What is reference 12?", "which year did it come out?"], "Reference 12: 2020."),
        (["Who wrote reference 3?", "and in which journal?"], "Reference 3: published in Cell Ther Lett"),
    ],
)
def test_a_detail_after_an_entry_is_of_that_entry(assistant_home: Path, turns: list[str], gives: str) -> None:
    assert gives in engine_over(REVIEWS / MYELOMA, assistant_home).ask(turns).text


def test_what_a_trial_did_is_no_detail_of_an_entry(assistant_home: Path) -> None:
    answer = engine_over(REVIEWS / MYELOMA, assistant_home).ask(
        ["What is reference 12?", "when was the trial run?"]
    )
    assert "Reference 12: 2020" not in answer.text
