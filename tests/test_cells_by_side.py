"""Cells that print several values: each with what its own words tell. Facts worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import READER

from assistant.cells.by_side import read_sides
from assistant.cells.items import items, words
from assistant.cells.sizes import sizes

A, B, C = frozenset({"alphamab"}), frozenset({"betanib"}), frozenset({"control"})
ARMS = {"Alphamab": A, "Betanib": B}
THREE = {"AX": A, "BX": B, "CX": C}


def read(head: str, cell: str, attribute: str, arms: dict[str, frozenset[str]]) -> list[str]:
    """``attribute|value|unit|time|group|grade`` of each fact that a cell gives beside its whole text."""
    against = [(ids, label) for label, ids in arms.items()]
    facts = read_sides(head, cell, attribute, READER, arms, against)
    return [
        "|".join((f.attribute, f.value, f.unit, f.time_point, "+".join(sorted(f.group)), f.grade))
        for f in facts
        if f.value != cell
    ]


@pytest.mark.parametrize(
    ("head", "cell", "attribute", "arms", "expected"),
    [
        pytest.param(
            "ORR, %", "68.2; 40.9", "ORR", ARMS,
            ["ORR|68.2|%||alphamab|", "ORR|40.9|%||betanib|"], id="values in the order of the arms"),
        pytest.param(
            "PFS", "1-year 94.3%; 86.8%; 2-year 91.8%; 83.4%", "PFS", ARMS,
            ["PFS|94.3%|%|1-year|alphamab|", "PFS|86.8%|%|1-year|betanib|",
             "PFS|91.8%|%|2-year|alphamab|", "PFS|83.4%|%|2-year|betanib|"], id="two times, two arms"),
        pytest.param(
            "OS", "Median 24.8; 12.6 months", "OS", ARMS,
            ["median_OS|24.8|months||alphamab|", "median_OS|12.6 months|months||betanib|"],
            id="a unit printed once is of both"),
        pytest.param(
            "ORR, %", "AX: 92.1; BX: 92.8; CX: 75.2", "ORR", THREE,
            ["ORR|92.1|%||alphamab|", "ORR|92.8|%||betanib|", "ORR|75.2|%||control|"], id="labels before values"),
        pytest.param(
            "Efficacy", "36-month PFS: 84.1% (AX), 78.3% (BX), 65.0% (CX)", "outcomes", THREE,
            ["PFS|84.1%|%|36-month|alphamab|", "PFS|78.3%|%|36-month|betanib|", "PFS|65.0%|%|36-month|control|"],
            id="labels in brackets behind values"),
        pytest.param(
            "ORR, %", "Week 48: AX 78.4; BX 91.2", "ORR", THREE,
            ["ORR|78.4|%|48-week|alphamab|", "ORR|91.2|%|48-week|betanib|"], id="a moment before all of them"),
        pytest.param(
            "Toxicity, any grade / grade ≥ 3, %", "neutropenia: 29.3 / 26.8", "toxicity", {},
            ["neutropenia|29.3|%|||", "neutropenia|26.8|%|||>=3"], id="grades in the order of the head"),
        pytest.param(
            "CRS, any grade / grade ≥ 3", "44.3% / 2.2%", "CRS", {},
            ["CRS|44.3%|%|||", "CRS|2.2%|%|||>=3"], id="the first of a head with all grades has none"),
        pytest.param(
            "Relapse", "19.2 % vs 14.3 % at month 24", "relapse", ARMS,
            ["relapse|19.2 %|%|24-month|alphamab|", "relapse|14.3 %|%|24-month|betanib|"],
            id="words behind the last value are of both"),
        pytest.param(
            "CRS, %", "44.2ᵃ", "CRS", ARMS, ["CRS|44.2|%|||"], id="a note's letter is no part of a figure"),
    ],
)  # fmt: skip
def test_each_value_has_what_its_own_words_tell(
    head: str, cell: str, attribute: str, arms: dict[str, frozenset[str]], expected: list[str]
) -> None:
    assert read(head, cell, attribute, arms) == expected


def test_brackets_name_parts_of_the_patients_that_are_no_arms() -> None:
    found = read("Response", "CR: 22.2% (A1r); 25.8% (B2m)", "outcomes", {})
    assert [line.split("|")[:2] for line in found] == [["CR", "22.2%"], ["CR", "25.8%"]]
    first, second = (line.split("|")[4] for line in found)
    assert first != second
    assert "" not in {first, second}


def test_three_values_of_two_arms_are_given_to_none() -> None:
    assert all(line.split("|")[4] == "" for line in read("ORR, %", "68.2; 40.9; 30.1", "ORR", ARMS))


def test_items_and_their_words() -> None:
    cell = "Median OS: 11.2 vs 10.3 months; mutated: 5.9 (95% CI 4-7)"
    found = items(cell)
    assert [cell[i.start : i.end] for i in found] == ["11.2", "10.3", "5.9 (95% CI 4-7)"]
    assert [words(cell, i.before) for i in found] == ["Median OS", "", "mutated"]
    assert [i.parted for i in found] == ["", "vs", ";"]


def test_sizes_in_order_only_for_so_many_arms() -> None:
    assert sizes("264 (176; 88)", 2) == [("176", 5), ("88", 10)]
    assert sizes("264 (176; 88)", 3) == []
    assert sizes("74 (46-93)", 2) == []
