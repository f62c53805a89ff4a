"""Figures of cells that belong to what the words before them say, each past misreading with a name."""

from __future__ import annotations

import pytest
from fact_lines import READER, shown

from assistant.cells.by_side import read_sides
from assistant.cells.listed import entries, moments_told
from assistant.cells.parts import parts

CASES = [
    ("Adverse events", "AE", "Raised lipase 11%, neutropenia 9%", ["AE|Raised lipase 11%, neutropenia 9%", "neutropenia|9%"]),
    ("Adverse events", "AE", "Injection-site redness 62.5%", ["AE|Injection-site redness 62.5%"]),
    ("Adverse events", "AE", "Colitis 15%, neutropenia 27%, hepatitis 6%", [
        "AE|Colitis 15%, neutropenia 27%, hepatitis 6%", "colitis|15%", "neutropenia|27%",
    ]),
    ("Adverse events", "AE", "45%", ["AE|45%"]),
    ("NRM", "NRM", "Day 100: 4.2%", ["NRM|4.2%|100-day"]),
    ("TFR", "TFR", "18 months: 64% (taper) vs 52% (abrupt)", ["TFR|64%|18-month|taper", "TFR|52%|18-month|abrupt"]),
    ("B-cell aplasia", "B-cell_aplasia", "BCA until month 2 in most", ["B-cell_aplasia|BCA until month 2 in most"]),
    ("Duration of response", "DOR", "NR (range, 1.2-27.0+)", ["DOR|NR (range, 1.2-27.0+)"]),
    ("VTE recurrence", "recurrent_thrombosis", "5.2% vs 3.2% vs 13.0%", ["recurrent_thrombosis|5.2% vs 3.2% vs 13.0%"]),
    ("Intracranial haemorrhage, n", "intracranial_haemorrhage", "0 vs. 1", [
        "intracranial_haemorrhage|0||first-listed", "intracranial_haemorrhage|1||second-listed",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "attribute", "cell", "expected"), CASES, ids=[c[2] for c in CASES])
def test_words_before_a_figure(head: str, attribute: str, cell: str, expected: list[str]) -> None:
    assert [shown(f) for f in read_sides(head, cell, attribute, READER, {}, [])] == expected


def test_a_list_is_cut_where_each_part_has_words_and_a_share() -> None:
    assert entries("Colitis 15%, rash 6%") == [("Colitis 15%", 0), ("rash 6%", 13)]
    assert entries("ORR 58% (CLL), 22% (Richter)") == [("ORR 58% (CLL), 22% (Richter)", 0)]


def test_moments_keep_all_lengths() -> None:
    assert moments_told("18 months: 64%") == "18-month   64%"
    assert moments_told("TI of 8 weeks: 11%") == "TI of 8 weeks: 11%"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("117 (88 with t(11;14); 29 without)", [("88", "t(11;14)"), ("29", "without")]),
        ("19 (of 61,204 screened)", []),
        ("94 (63 with axol; 31 with bexol)", [("63", "axol"), ("31", "bexol")]),
    ],
)
def test_brackets_within_brackets_and_thousands_are_no_parts(cell: str, found: list[tuple[str, str]]) -> None:
    assert [(number, label) for number, label, _ in parts(cell)] == found
    assert all(cell[at:].startswith(number) for number, _, at in parts(cell))
