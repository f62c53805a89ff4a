"""Tables of a single trial's report: arms under long heads, counts with shares, causes of death, denominators."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import stated, trial

from assistant.cells.counts import own_count
from assistant.cells.printed import by_addition
from assistant.folder.heads import Head, read_head, reason_for, row_name

ALONE, ADDED = frozenset({"no-helpomab"}), frozenset({"with-helpomab"})


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Axol, bexol, and cytol alone (n=53)", Head(("Axol, bexol, and cytol alone",), "53")),
        ("Given axol, bexol, and cytol, Total patients", Head(("Given axol, bexol, and cytol",), statistic="n_patients")),
        ("Axol, Number of patients assessed", Head(("Axol",), statistic="n_patients")),
        ("Ax-By (n = 22/49)", Head(("Ax-By",))),
    ],
)  # fmt: skip
def test_heads_of_regimens_and_denominators(text: str, head: Head) -> None:
    assert read_head(text) == head


def test_an_arm_is_one_under_the_heads_of_all_tables(tmp_path: Path) -> None:
    head = "Study #,T-1,T-1\n"
    arms = (
        "Axol, bexol, and cytol chemotherapy alone (n=53)",
        "Axol, bexol, and cytol chemotherapy plus helpomab (n=50)",
    )
    review = trial(
        tmp_path,
        table_1=f'{head},"{arms[0]}","{arms[1]}"\nMen,25 (47%),30 (60%)\n',
        table_2=f"{head},Chemotherapy alone (n=53),Chemotherapy plus helpomab (n=50)\nComplete response,11,12\n",
    )
    assert set(review.arms["T-1"].values()) == {ALONE, ADDED}
    assert review.arms["T-1"]["helpomab group"] == ADDED
    assert review.arms["T-1"]["control group"] == review.arms["T-1"]["chemotherapy group"] == ALONE
    assert {("CR", "11", "", ALONE, ""), ("CR", "12", "", ADDED, "")} <= stated(review)


def test_two_arms_that_are_no_addition_keep_their_names() -> None:
    found = {"Axol": frozenset({"axol"}), "Bexol plus cytol": frozenset({"bexol", "cytol"})}
    assert by_addition(found) == found


def test_denominators_are_no_results(tmp_path: Path) -> None:
    table = (
        'Study #,T-1,T-1,T-1,T-1\n,"Axol, Total patients","Axol, Grade 3","Bexol, Total patients","Bexol, Grade 3"\n'
        "Nausea,52,6 (12%),48,3 (6%)\n"
    )
    read = {f for f in stated(trial(tmp_path, table_1=table)) if f[0] == "nausea"}
    assert read == {
        ("nausea", "6", "12%", frozenset({"axol"}), "3"),
        ("nausea", "3", "6%", frozenset({"bexol"}), "3"),
    }


def test_causes_of_death_are_deaths_and_no_adverse_events(tmp_path: Path) -> None:
    table = "Study #,T-1,T-1\n,Axol,Bexol\nInfection,5,3\nRelapse,10,13\n"
    review = trial(tmp_path, title="Causes of death", table_1=table)
    assert not {a for a, *_ in stated(review)} & {"infection", "relapse"}
    assert {t.name for t in review.attributes.values()} == {"deaths from Infection", "deaths from Relapse"}
    assert reason_for("Reasons for withdrawal: Infection", "Disposition") == "withdrawal"
    assert reason_for("Infection", "Causes of death and progression") == ""


def test_rows_about_others_and_of_more_than_a_measure(tmp_path: Path) -> None:
    table = (
        "Study #,T-1,T-1\n,Axol,Bexol\n"
        '"Donor age, median (range)",51 (19-66),46 (19-69)\nInfection with neutropenia,3 (6%),4 (8%)\n'
        '"Prior transplant; # of patients",7,9\n'
    )
    read = {a for a, *_ in stated(trial(tmp_path, table_1=table))}
    assert not read & {"median_age", "age_range", "infection", "neutropenia", "n_patients"}


@pytest.mark.parametrize(
    ("head", "cell", "n", "total", "percent"),
    [
        ("Sex (%): Men", "43 (63.2)", 43, None, "63.2%"),
        ("Stomach", "19/44 (43%)", 19, 44, "43%"),
        ("Distal margin", "1/23 (<1%)", 1, 23, "<1%"),
        ("Leukaemia; # of patients", "17", 17, None, ""),
        ("Positive margin, n (%)", "2", 2, None, ""),
    ],
)
def test_a_count_of_an_own_attribute(head: str, cell: str, n: int, total: int | None, percent: str) -> None:
    fact = own_count(head, cell, "own")
    assert fact is not None
    assert (fact.n, fact.total, fact.percent, fact.unit) == (n, total, percent, "patients")


@pytest.mark.parametrize(
    ("head", "cell"), [("Margin (mm), n (%)", "7"), ("Score", "12"), ("Cells", "5.6 (2.1-11.5)")]
)
def test_what_is_measured_counts_nobody(head: str, cell: str) -> None:
    assert own_count(head, cell, "own") is None


def test_a_rows_name_is_without_its_form() -> None:
    assert row_name("Disease [17]; # of patients: Leukaemia*") == "Disease: Leukaemia"
    assert row_name("Number of patients") == "Number of patients"


def test_a_number_and_its_percentage_in_two_columns_are_one_cell(tmp_path: Path) -> None:
    review = trial(
        tmp_path, table_1="Study #,T-1,T-1\nCharacteristic,N,(%)\nStage III,9,(36)\nMinimum,30,-\n"
    )
    (count,) = [f for f in review.facts if f.attribute == "stage_iii"]
    assert (count.n, count.percent, count.group) == (9, "36%", frozenset())


def test_notes_below_tables_spell_out_short_forms_where_no_list_does(tmp_path: Path) -> None:
    table = "Study #,T-1\nResponse,n (%)\nPR,4 (16)\n# CRu, complete response unconfirmed; PR, partial response.\n"
    (tmp_path / "references.bib").write_text("", encoding="utf-8")
    review = trial(tmp_path, table_1=table)
    assert review.raw.abbreviations["CRu"] == "complete response unconfirmed"
