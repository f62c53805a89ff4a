"""Figures set side by side, and what is computed from them: over three reviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

from assistant.compare.arithmetic import difference, ratio, share_of_arm, total_of
from assistant.model import Derivation, Fact

CASES = [
    Case(LEUKAEMIA, "OS loss from year 1 to year 3 in GMALL (points)?", "51", ("11", "89%", "78%")),
    Case(
        LEUKAEMIA,
        "Adding grades III and IV, how many NS7CAR patients had CRS?",
        "980",
        ("6",),
        beside=("5", "1"),
    ),
    Case(LEUKAEMIA, "Per-arm headcount, Shimony cohort", "4053", ("29", "15")),
    Case(
        MYELOMA,
        "How many patients in S-114 responded, given the ORR and cohort size?",
        "S-114",
        ("116", "84.1%", "138"),
    ),
    Case(
        MYELOMA,
        "number of BRACKENFELL-1 patients who never got the infusion?",
        "S-318",
        ("7",),
        beside=("64", "57"),
    ),
    Case(
        MYELOMA, "How many months of median PFS did bortezomib add in S-207?", "S-207", ("5.6", "6.2", "11.8")
    ),
    Case(MARROW, "how many on belrozanib had a durable response?", "642", ("36", "27.3", "132")),
    Case(
        LEUKAEMIA,
        "Compare the number of patients of abstracts 54 and 4053.",
        "54 4053",
        ("62", "44"),
        beside=("29", "15"),
    ),
    Case(
        LEUKAEMIA,
        "Which nelarabine arm did better for 2-year OS and by how much?",
        "4053",
        ("44.9", "52.9%", "8%"),
    ),
    Case(
        LEUKAEMIA,
        "by how many points is the OS of those transplanted below everyone's in GMALL",
        "51",
        ("10", "68%", "78%"),
    ),
    Case(LEUKAEMIA, "How many in GMALL did not have a transplant?", "51", ("203", "281", "78")),
    Case(LEUKAEMIA, "Did GMALL have more T-ALL than T-LBL patients?", "51", ("208", "73")),
    Case(LEUKAEMIA, "Which was larger, RD13-01 or the donor-derived CD7 trial?", "1995 2011", ("20", "10")),
    Case(LEUKAEMIA, "NS7CAR vs donor-derived: which had more patients?", "980 2011", ("53", "20")),
    Case(LEUKAEMIA, "Is combination better than monotherapy for RFS?", "4053", ("68.8%", "26.7%")),
    Case(
        LEUKAEMIA,
        "How many patients in total did the nelarabine studies have?",
        "51 54 4053",
        ("387",),
        beside=("281", "62", "44"),
    ),
    Case(
        LEUKAEMIA,
        "Altogether how many patients were in the phase II trials?",
        "54 2011 1414",
        ("89",),
        beside=("62", "7", "20"),
    ),
    Case(
        LEUKAEMIA,
        "What percentage of NS7CAR patients had grade III CRS?",
        "980",
        ("9.4%",),
        beside=("5", "53"),
    ),
    Case(
        LEUKAEMIA,
        "How many more patients did GMALL enrol than the AYA study?",
        "51 54",
        ("219",),
        beside=("281", "62"),
    ),
    Case(
        LEUKAEMIA, "How many RD13-01 patients did not have grade 1 CRS?", "1995", ("1",), beside=("9", "10")
    ),
    Case(LEUKAEMIA, "What was the 3-year mortality in GMALL?", "", declined=True),
    Case(
        LEUKAEMIA,
        "How many patients did not survive three years in Abstract 54?",
        "",
        beside=("93.4%",),
        declined=True,
    ),
    Case(
        LEUKAEMIA,
        "Do the subgroup numbers of Abstract 980 add up?",
        "980",
        ("53", "34", "18"),
        beside=("52",),
    ),
    Case(LEUKAEMIA, "Do the numbers add up in Abstract 51?", "51", ("208", "73", "281"), says=("yes",)),
    Case(
        LEUKAEMIA,
        "Does the text contradict the table for Abstract 1995?",
        "1995",
        ("80%", "4"),
        beside=("10", "40%"),
    ),
    Case(
        MARROW,
        "What is the difference in patients between posters 642 and P-0423?",
        "642 P-0423",
        ("78",),
        beside=("198", "120"),
    ),
    Case(
        MARROW,
        "Total number of patients across all six posters?",
        "87 1987 P-0561 642 P-0423 1203",
        ("675",),
        beside=("204", "61", "19", "198", "120", "73"),
    ),
    Case(
        MARROW,
        "How many patients did the two ITP studies have together?",
        "642 P-0423",
        ("318",),
        beside=("198", "120"),
    ),
    Case(
        MARROW,
        "How many more patients did poster 87 have than poster 642?",
        "87 642",
        ("6",),
        beside=("204", "198"),
    ),
    Case(
        MARROW,
        "how much older was the median patient in 1203 than in poster 87?",
        "87 1203",
        ("26 years",),
        beside=("72 years", "46 years"),
    ),
    Case(
        MYELOMA,
        "Difference between S-318 and S-114 in ORR?",
        "S-114 S-318",
        ("10.6",),
        beside=("94.7%", "84.1%", "54", "57"),
    ),
    Case(MYELOMA, "Compare the ORR of the doublet and the triplet in S-207.", "S-207", ("48.9%", "72.9%")),
    Case(
        MYELOMA, "Which arm of S-207 had the better ORR and by how much?", "S-207", ("24", "72.9%", "48.9%")
    ),
    Case(
        MYELOMA,
        "By how many points did the 18-month PFS of S-318 exceed that of S-114?",
        "S-114 S-318",
        ("1",),
        beside=("64.0%", "63.0%"),
    ),
    Case(MYELOMA, "How many more patients were in D-LRd than LRd?", "S-101", ("2",), beside=("207", "205")),
    Case(
        MYELOMA, "Total patients of S-101 and S-114 together?", "S-101 S-114", ("550",), beside=("412", "138")
    ),
    Case(
        LEUKAEMIA,
        "How many patients had T-LBL in total across abstract 51 and abstract 980?",
        "51 980",
        ("91",),
        beside=("73", "18"),
    ),
    Case(
        LEUKAEMIA,
        "How many patients were in abstracts 51 and 54 together?",
        "51 54",
        ("343",),
        beside=("281", "62"),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_gives_what_was_asked_and_nothing_beside(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


class Desk:
    """Says values as they are printed."""

    class speaker:
        @staticmethod
        def value(fact: Fact) -> str:
            return fact.value


def fact(value: str, unit: str = "%", n: int | None = None, label: str = "") -> Fact:
    percent = value if unit == "%" else ""
    return Fact("1", "OS", value, f"p{value}", unit=unit, n=n, percent=percent, group_label=label)


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        (fact("52.9%"), fact("8%"), "44.9"),
        (fact("8%"), fact("52.9%"), "44.9"),
        (fact("6.2 months", "months"), fact("11.8 months", "months"), "5.6"),
        (fact("281", "patients", 281), fact("62", "patients", 62), "219"),
        (fact("60.0%"), fact("60%"), "0"),
    ],
)
def test_a_difference_is_of_two_figures_of_one_unit(a: Fact, b: Fact, result: str) -> None:
    line = difference(Desk, [a, b])  # type: ignore[arg-type]
    assert line is not None
    assert line.derivation == Derivation("difference", (a, b), result)
    assert f"is {result}" in line.text


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (fact("52.9%"), fact("8", "patients", 8)),
        (fact("6.2 months", "months"), fact("8", "patients", 8)),
        (fact("18–60", "range"), fact("20–70", "range")),
    ],
)
def test_figures_of_different_kinds_have_no_difference_and_no_ratio(a: Fact, b: Fact) -> None:
    assert difference(Desk, [a, b]) is None  # type: ignore[arg-type]
    assert ratio(Desk, [a, b]) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        (fact("52.9%"), fact("8%"), "6.6"),
        (fact("8%"), fact("52.9%"), "6.6"),
        (fact("281", "patients", 281), fact("62", "patients", 62), "4.5"),
        (fact("40%"), fact("20%"), "2"),
    ],
)
def test_a_ratio_is_of_the_greater_to_the_smaller_figure(a: Fact, b: Fact, result: str) -> None:
    line = ratio(Desk, [a, b])  # type: ignore[arg-type]
    assert line is not None
    assert line.derivation is not None
    assert (line.derivation.operation, line.derivation.result) == ("ratio", result)


def test_nothing_is_divided_by_zero() -> None:
    assert ratio(Desk, [fact("12%"), fact("0%")]) is None  # type: ignore[arg-type]


def test_a_share_is_of_the_whole_study() -> None:
    line = share_of_arm(fact("73", "patients", 73, "T-LBL"), fact("281", "patients", 281))
    assert line is not None
    assert line.text == "26%, computed from 73 of 281 patients (T-LBL)."
    assert line.derivation is not None
    assert line.derivation.operation == "percentage"


def test_a_sum_needs_two_numbers_of_patients() -> None:
    assert total_of([fact("7", "patients", 7)]) is None
    line = total_of([fact("7", "patients", 7), fact("20", "patients", 20)])
    assert line is not None
    assert line.text == "Together they had 27 patients (computed: 7 + 20)."


def test_a_sum_of_one_sort_of_patients_says_of_which() -> None:
    line = total_of([fact("7", "patients", 7, "T-LBL"), fact("20", "patients", 20, "T-LBL")])
    assert line is not None
    assert line.text == "Together they had 27 patients (T-LBL; computed: 7 + 20)."
