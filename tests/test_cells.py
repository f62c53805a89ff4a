"""Cells made up for the purpose, each with every fact it states (written as in fact_lines)."""

from __future__ import annotations

import pytest
from fact_lines import ARMS, READER, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cells.arms import arms_in_order, arms_of
from assistant.cells.parts import parts
from assistant.cells.reading import is_missing, read_cell
from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, TableRow

CELLS: list[tuple[str, str, str, str, list[str]]] = [
    (
        "none",
        "ORR",
        "ORR",
        "71.2%",
        [
            "ORR|71.2%",
        ],
    ),
    (
        "none",
        "ORR",
        "ORR",
        "N/A",
        [
            "ORR|N/A",
        ],
    ),
    (
        "none",
        "PFS",
        "PFS",
        "12-month PFS: 70.1%; 24-month PFS: 52.0%",
        [
            "PFS|70.1%|12-month",
            "PFS|52.0%|24-month",
        ],
    ),
    (
        "none",
        "Survival",
        "outcomes",
        "2-year OS: 81 %; median PFS: 14.2 months (95% CI 10.1-NR)",
        [
            "outcomes|2-year OS: 81 %; median PFS: 14.2 months (95% CI 10.1-NR)",
            "OS|81 %|2-year",
            "median_PFS|14.2 months",
            "CI|95% CI 10.1-NR|||||||median_PFS",
        ],
    ),
    (
        "two",
        "ORR",
        "ORR",
        "Doublet: 48.0%; Triplet: 70.5%",
        [
            "ORR|48.0%||doublet",
            "ORR|70.5%||triplet",
        ],
    ),
    (
        "two",
        "ORR",
        "ORR",
        "48.0% vs 70.5%",
        [
            "ORR|48.0%||doublet",
            "ORR|70.5%||triplet",
        ],
    ),
    (
        "two",
        "PFS",
        "PFS",
        "median PFS: Doublet NR, Triplet 20.1 months (95% CI 15.5-NR)",
        [
            "PFS|median PFS: Doublet NR, Triplet 20.1 months (95% CI 15.5-NR)",
            "median_PFS|NR||doublet",
            "median_PFS|20.1 months||triplet",
            "CI|95% CI 15.5-NR||triplet|||||median_PFS",
        ],
    ),
    (
        "two",
        "No. of patients",
        "n_patients",
        "81 (40 Doublet; 41 Triplet)",
        [
            "n_patients|81|||||81",
            "n_patients|40||doublet|||40",
            "n_patients|41||triplet|||41",
        ],
    ),
    (
        "none",
        "No. of patients",
        "n_patients",
        "57 (64 screened)",
        [
            "n_patients|57|||||57",
            "n_patients|64||screened|||64",
        ],
    ),
    (
        "none",
        "Median age (range), years",
        "median_age",
        "61 (38-76)",
        [
            "median_age|61",
            "age_range|38-76",
        ],
    ),
    (
        "two",
        "Median age (range), years",
        "median_age",
        "Doublet: 59 (31-70); Triplet: 60 (33-70)",
        [
            "median_age|59||doublet",
            "age_range|31-70||doublet",
            "median_age|60||triplet",
            "age_range|33-70||triplet",
        ],
    ),
    (
        "none",
        "Median PFS, months (95% CI)",
        "median_PFS",
        "12.9 (9.6-NR)",
        [
            "median_PFS|12.9",
            "CI|9.6-NR|||||||median_PFS",
        ],
    ),
    (
        "none",
        "Median DOR, months",
        "median_DOR",
        "NR",
        [
            "median_DOR|NR",
        ],
    ),
    (
        "none",
        "Median follow-up, months",
        "median_follow_up",
        "16.3",
        [
            "median_follow_up|16.3",
        ],
    ),
    (
        "none",
        "Grade ≥ 3 infection",
        "infection",
        "19.3%",
        [
            "infection|19.3%|||>=3",
        ],
    ),
    (
        "none",
        "CRS, any grade",
        "CRS",
        "78.6%",
        [
            "CRS|78.6%",
        ],
    ),
    (
        "none",
        "MRD negativity (10^-5)",
        "MRD_negativity",
        "91.1% (41/45)",
        [
            "MRD_negativity|91.1%|||||41|45",
        ],
    ),
    (
        "none",
        "12-month PFS",
        "PFS",
        "52.6%",
        [
            "PFS|52.6%|12-month",
        ],
    ),
    (
        "none",
        "Study period",
        "study_period",
        "2019-2022",
        [
            "study_period|2019-2022",
        ],
    ),
    (
        "none",
        "NCT No",
        "nct",
        "NCT01234567",
        [
            "nct|NCT01234567",
        ],
    ),
    (
        "placebo",
        "Treatment-related deaths",
        "TRM",
        "3 vs 4",
        [
            "TRM|3||with-examplinib|||3",
            "TRM|4||placebo|||4",
        ],
    ),
    (
        "placebo",
        "Relapse",
        "relapse",
        "33.3 % vs 43.2 % of responders",
        [
            "relapse|33.3 %||with-examplinib",
            "relapse|43.2 %||placebo",
        ],
    ),
    (
        "none",
        "Relapse",
        "relapse",
        "5/12 after withdrawal",
        [
            "relapse|5/12|||||5|12",
        ],
    ),
    (
        "placebo",
        "Most frequent adverse event",
        "AE",
        "Nausea (22.0 % vs 12.1 %)",
        [
            "AE|Nausea (22.0 % vs 12.1 %)",
            "nausea|22.0 %||with-examplinib",
            "nausea|12.1 %||placebo",
        ],
    ),
    (
        "doses",
        "Response",
        "outcomes",
        "TI ≥ 8 weeks: 26.1 %, 42.3 %, 45.8 %",
        [
            "outcomes|TI ≥ 8 weeks: 26.1 %, 42.3 %, 45.8 %",
            "transfusion_independence|26.1 %|8-week|5-mg-kg",
            "transfusion_independence|42.3 %|8-week|10-mg-kg",
            "transfusion_independence|45.8 %|8-week|20-mg-kg",
        ],
    ),
    (
        "none",
        "Clonal evolution",
        "clonal_evolution",
        "12 patients (5.9 %) by month 24",
        [
            "clonal_evolution|12|24-month||||12",
        ],
    ),
    (
        "none",
        "Thrombosis",
        "thrombosis",
        "0",
        [
            "thrombosis|0",
        ],
    ),
    (
        "none",
        "ORR, %",
        "ORR",
        "64",
        [
            "ORR|64",
        ],
    ),
    (
        "none",
        "ORR, n (%)",
        "ORR",
        "31 (62)",
        [
            "ORR|31|||||31",
        ],
    ),
    (
        "none",
        "Response",
        "outcomes",
        "CR: 30 %; ORR at month 6: 71.6 %",
        [
            "outcomes|CR: 30 %; ORR at month 6: 71.6 %",
            "CR|30 %",
            "ORR|71.6 %|6-month",
        ],
    ),
    (
        "none",
        "ORR",
        "ORR",
        "48.0% vs 70.5%",
        [
            "ORR|48.0%||first-listed",
            "ORR|70.5%||second-listed",
        ],
    ),
]


@pytest.mark.parametrize(
    ("arms", "head", "attribute", "cell", "expected"), CELLS, ids=[f"{c[1]}: {c[3]}"[:60] for c in CELLS]
)
def test_every_fact_of_a_cell_is_read_and_no_other(
    arms: str, head: str, attribute: str, cell: str, expected: list[str]
) -> None:
    assert [shown(f) for f in read_cell(head, cell, attribute, READER, ARMS[arms])] == expected


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from([c[1:3] for c in CELLS]))
def test_any_cell_is_read_within_its_bounds(cell: str, row: tuple[str, str]) -> None:
    for fact in read_cell(row[0], cell, row[1], READER, ARMS["two"]):
        assert 0 <= fact.start <= fact.end <= len(cell)


def test_what_is_not_reported_is_missing() -> None:
    assert all(is_missing(c) for c in ("N/A", "NR", "-", "not reported", "n.a."))
    assert not is_missing("0")


def test_counts_name_the_parts_of_a_cell() -> None:
    assert [(n, label) for n, label, _ in parts("44 (29 combination; 15 monotherapy)")] == [
        ("29", "combination"),
        ("15", "monotherapy"),
    ]


def of_one_study(arm: str, **rows: str) -> list[Table]:
    heads = {"agents": "Study agents", "counts": "No. of patients"}
    columns = (TableColumn("7", arm),)
    rows_read = tuple(TableRow(heads[k], (v,)) for k, v in rows.items())
    return [Table("table-1.csv", "Table 1", "", "", "Study #", columns, rows_read)]


@pytest.mark.parametrize(
    ("agents", "wording", "arm"),
    [
        ("Oldmab + steroid \u00b1 helpomab 150 mg", "with helpomab", "with-helpomab"),
        ("Oldmab + steroid \u00b1 helpomab 150 mg", "control arm", "no-helpomab"),
        ("Dexamethasone \u00b1 helpomab", "dexamethasone alone", "no-helpomab"),
        ("Examplinib 30 mg twice daily vs placebo", "received examplinib", "with-examplinib"),
        ("Examplinib 30 mg twice daily vs placebo", "on placebo", "placebo"),
        ("Trapomab 0.8, 1.2 or 1.6 mg/kg", "middle dose", "1.2-mg-kg"),
        ("Trapomab 0.8, 1.2 or 1.6 mg/kg", "1.6 mg/kg", "1.6-mg-kg"),
    ],
)
def test_the_cell_of_agents_names_the_arms(agents: str, wording: str, arm: str) -> None:
    arms = arms_of(of_one_study("", agents=agents), "7", READER.matchers)
    assert arms[wording] == {arm}
    assert len(arms_in_order(arms)) == (3 if "mg/kg" in agents else 2)


def test_arms_with_names_of_their_own_are_known_by_the_drug_that_one_of_them_adds() -> None:
    short = {"D-LR": "Daratumumab, lenalidomide and steroid", "LR": "Lenalidomide and steroid"}
    arms = arms_of(of_one_study("", counts="80 (41 D-LR; 39 LR)"), "7", READER.matchers, short)
    assert arms["with daratumumab"] == arms["D-LR"] == arms["triplet arm"]
    assert arms["without daratumumab"] == arms["LR"] == arms["doublet arm"]


@pytest.mark.parametrize("agents", ["Nelarabine + cyclophosphamide", "CD7 CAR-T", "N/A"])
def test_a_single_regimen_has_no_arms(agents: str) -> None:
    assert arms_of(of_one_study("", agents=agents), "7", READER.matchers) == {}


@pytest.mark.parametrize(
    ("head", "attribute", "cell", "value", "unit", "time"),
    [
        (
            "Baseline platelet count, \u00d7 10\u2079/L",
            "platelet_count",
            "15",
            "15",
            "\u00d7 10\u2079/L",
            "baseline",
        ),
        ("Baseline haemoglobin, g/dL", "haemoglobin", "8.5", "8.5", "g/dL", "baseline"),
        ("Haemoglobin change, g/dL", "haemoglobin_change", "-0.3", "-0.3", "g/dL", ""),
        ("Factor IX activity, IU/dL", "factor_activity", "36.8", "36.8", "IU/dL", ""),
    ],
)
def test_a_head_gives_a_laboratory_value_its_unit_and_time(
    head: str, attribute: str, cell: str, value: str, unit: str, time: str
) -> None:
    (fact,) = read_cell(head, cell, attribute, READER, {})
    assert (fact.attribute, fact.value, fact.unit, fact.time_point) == (attribute, value, unit, time)
