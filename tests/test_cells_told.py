"""Groups that heads tell by doses, shares or earlier treatment, cohorts counted without names, and rows of main results."""

from __future__ import annotations

from pathlib import Path

import pytest
from fact_lines import READER
from one_trial import trial

from assistant.cells.cohorts import cohorts
from assistant.cells.items import items, words
from assistant.cells.parts import of_sides
from assistant.cells.told import by_heads
from assistant.corpus.corpus import Review
from assistant.folder.columns import TableColumn
from assistant.folder.heads import counted_in, read_head
from assistant.folder.tables import Table, TableRow
from assistant.spans.labels import group_ids

ONE = frozenset({"one"})


@pytest.mark.parametrize(
    ("label", "called"),
    [
        ("300 × 10⁶ cells", ["300 million cells", "300 x 10^6", "300 × 10⁶"]),
        ("1.2 × 10⁹ cells", ["1.2 billion cells", "1.2x10^9 cells"]),
        ("2 × 10⁶ CAR+ cells/kg", ["2 million cells/kg"]),
        ("≥ 20% blasts", ["at least 20% blasts", "blasts of at least 20%"]),
        ("10–30% blasts", ["10 to 30% blasts", "between 10 and 30%"]),
        ("Prior BTK-directed therapy", ["BTK-exposed", "exposed to BTK"]),
        ("No prior BTK-directed therapy", ["BTK-naive", "without previous BTK"]),
        ("Tandem ASCT", ["Tandem transplant"]),
        ("no consolidation", ["without consolidation"]),
        ("Alphamabine + betanibine", ["alp-bet", "bet/alp"]),
    ],
)
def test_heads_are_called_as_readers_call_them(label: str, called: list[str]) -> None:
    assert set(called) <= dict(by_heads({label.replace("–", "-"): ONE})).keys()


def test_letters_call_arms_where_there_are_two() -> None:
    assert dict(by_heads({"Arm A": ONE})) == {}
    assert dict(by_heads({"Arm A": ONE, "Arm B": frozenset({"two"})})).keys() == {"A", "B"}


def test_a_share_is_the_same_group_in_a_head_and_in_a_sentence() -> None:
    assert group_ids("< 5% blasts", READER.matchers) == frozenset({"blasts<5"})
    assert group_ids("No earlier treatment", READER.matchers).isdisjoint(
        group_ids("Earlier treatment", READER.matchers)
    )


def test_all_infused_are_no_group_but_need_not_be_all_enrolled() -> None:
    assert read_head("All infused (n = 20)").names == ()
    assert counted_in("All infused (n = 20)") == "infused"
    assert counted_in("All patients") == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8.0 (6.1-10.7) A-mutated; 7.2 (4.4-9.9) B-mutated", [("8.0 (6.1-10.7)", "A-mutated"), ("7.2 (4.4-9.9)", "B-mutated")]),
        ("61% newly diagnosed; 40% R/R", [("61%", "newly diagnosed"), ("40%", "R/R")]),
        ("-15.4 vs. -13.6", [("-15.4", ""), ("-13.6", "")]),
        ("18.3 months vs 12 months", [("18.3", ""), ("12", "")]),
    ],
)  # fmt: skip
def test_values_are_signed_and_may_have_their_label_behind_them(
    cell: str, expected: list[tuple[str, str]]
) -> None:
    assert [(cell[i.start : i.end], words(cell, i.behind)) for i in items(cell)] == expected


def test_parts_counted_by_the_words_of_an_arm_are_the_arm() -> None:
    sides = {"with alphamab": frozenset({"with-alphamab"}), "without alphamab": frozenset({"no-alphamab"})}
    counted = {"alphamab": frozenset({"alphamab"}), "chemotherapy alone": frozenset({"no-transplant"})}
    told = of_sides(counted, "Chemotherapy + alphamab vs chemotherapy", sides, READER.matchers)
    assert told == {
        "alphamab": sides["with alphamab"],
        "chemotherapy alone": sides["without alphamab"],
    }
    others = {"boys": frozenset({"boys"}), "girls": frozenset({"girls"})}
    assert of_sides(others, "A vs B", sides, READER.matchers) == others


def counts(cell: str) -> list[Table]:
    row = TableRow("No. of patients", (cell,))
    return [Table("table-1.csv", "Table 1", "", "", "Study #", (TableColumn("7"),), (row,))]


def test_cohorts_are_named_by_the_sentence_that_gives_their_numbers() -> None:
    said = "Of these, 10 received alphamab and betanib 40 mg, 12 alphamab."
    assert cohorts(counts("42 (10; 12; 20)"), "7", [said]) == {}
    said = (
        "We treated 10 with alphamab 40 mg, 12 with alphamab 80 mg, and 20 with alphamab 40 mg and betanib."
    )
    found = cohorts(counts("42 (10; 12; 20)"), "7", [said])
    assert found["80 mg"] == found["alphamab 80 mg"] == frozenset({"cohort2"})
    assert found["betanib arm"] == frozenset({"cohort3"})
    assert "40 mg" not in found
    assert list(dict.fromkeys(found.values())) == [frozenset({f"cohort{k}"}) for k in (1, 2, 3)]


def facts(review: Review, attribute: str) -> set[tuple[str, str, str, str]]:
    return {(f.value, f.unit, f.time_point, f.group_label) for f in review.facts if f.attribute == attribute}


def test_a_main_result_is_of_the_primary_endpoint(tmp_path: Path) -> None:
    table = (
        '"Study #","T-1"\n"Study agents","Alphamab vs. betanib"\n"Primary endpoint","ORR at week 24"\n'
        '"Main result, %","61.0 vs. 40.5"\n'
    )
    review = trial(tmp_path, table_1=table)
    assert {(v, u, t) for v, u, t, _ in facts(review, "ORR")} == {
        ("61.0", "%", "24-week"),
        ("40.5", "%", "24-week"),
    }


@pytest.mark.parametrize(
    ("endpoint", "result"),
    [("Safety", "61.0 vs. 40.5"), ("ORR; OS", "61.0"), ("ORR", "met, at 61.0% of patients"), ("ORR", "N/A")],
)
def test_a_main_result_of_nothing_that_is_known_stays_words(
    tmp_path: Path, endpoint: str, result: str
) -> None:
    table = f'"Study #","T-1"\n"Primary endpoint","{endpoint}"\n"Main result, %","{result}"\n'
    assert facts(trial(tmp_path, table_1=table), "ORR") == set()


def test_severe_toxicity_is_of_grade_3_or_higher_and_notes_tell_shares(tmp_path: Path) -> None:
    table = '"Study #","T-1"\n"Severe toxicity","CRS: 2.5%; ICANS: 6.8%"\n"ORR at week 12","44.0"\n'
    review = trial(tmp_path, table_1=table)
    assert {(f.attribute, f.grade) for f in review.facts if f.attribute in {"CRS", "ICANS"}} == {
        ("CRS", ">=3"),
        ("ICANS", ">=3"),
    }


def test_the_dose_is_no_arm_and_the_doses_are_all(tmp_path: Path) -> None:
    table = '"Study #","T-1","T-1"\n"Arm","10 mg","20 mg"\n"ORR, %","40","60"\n'
    prose = (
        "The drug was given to 40 patients (Study T-1) [1]. The CR rate was 25%, and it rose with the dose."
    )
    (tmp_path / "references.bib").write_text(
        "@article{ref1, author={Moor, A}, title={A}, journal={J}, year={2020}}\n", encoding="utf-8"
    )
    review = trial(tmp_path, prose=prose, table_1=table)
    assert {f.group for f in review.facts if f.attribute == "CR"} == {frozenset()}
