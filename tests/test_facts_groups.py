"""Subgroups told in words: by the state of a gene, by a bound, as the others; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import READER, Arms, stated

from assistant.cells.arms import arms_of
from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, TableRow

BY_GENE = ["PFS|94.4%|18-month|qrs4-mutated", "PFS|79.5%|18-month|no-qrs4-mutated"]


def arms_counted(cell: str) -> Arms:
    columns, rows = (TableColumn("7", ""),), (TableRow("No. of patients", (cell,)),)
    return dict(
        arms_of([Table("table-1.csv", "Table 1", "", "", "Study #", columns, rows)], "7", READER.matchers)
    )


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "38 (9 QRS4 mutated; 29 wild-type)",
        "38 (9 mutated QRS4; 29 wild-type QRS4)",
        "38 (9 QRS4-mutant; 29 QRS4 unmutated)",
    ],
)
@pytest.mark.parametrize(
    "wording",
    [
        "94.4% in patients with mutated QRS4 and 79.5% in patients with wild-type QRS4",
        "94.4% in patients with mutated and 79.5% in patients with wild-type QRS4",
        "94.4% in QRS4-mutant and 79.5% in wild-type patients",
        "94.4% in patients with QRS4-altered disease and 79.5% in those with QRS4-unaltered disease",
        "94.4% in QRS4-rearranged and 79.5% in non-rearranged leukaemia",
        "94.4% in patients with a QRS4 mutation and 79.5% in those without",
    ],
)
def test_a_gene_and_its_state_are_one_group_however_they_are_worded(wording: str, cell: str) -> None:
    assert stated(f"The 18-month PFS was {wording}.", arms_counted(cell)) == BY_GENE


@pytest.mark.parametrize(
    ("wording", "rest"),
    [
        ("among carriers of a TP53 mutation and 30% among non-carriers", "no-tp53"),
        ("in TP53-mutated patients and 30% in patients without the mutation", "no-tp53"),
        ("in patients with TP53 mutations and 30% in those lacking a mutation", "no-tp53"),
        ("in patients with KMT2A rearrangements and 30% in those without a rearrangement", "no-kmt2a"),
    ],
)
def test_those_without_the_mutation_are_those_of_the_gene_named(wording: str, rest: str) -> None:
    assert stated(f"The ORR was 45% {wording}.") == [
        f"ORR|45%||{rest.removeprefix('no-')}",
        f"ORR|30%||{rest}",
    ]


def test_states_without_a_gene_are_those_of_the_arms() -> None:
    sentence = "The 18-month PFS was 94.4% in mutated and 79.5% in wild-type patients."
    assert stated(sentence, arms_counted("38 (9 QRS4 mutated; 29 wild-type)")) == BY_GENE
    assert stated(sentence) == ["PFS|94.4%|18-month|mutated", "PFS|79.5%|18-month|wild-type"]


def test_of_several_genes_none_is_taken_for_a_bare_state() -> None:
    read = stated("The ORR was 69% in QRS4-mutated, 50% in XYZ1-mutated and 35% in wild-type patients.")
    assert "ORR|35%||wild-type" in read


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("The ORR was 35% in TP53 wild-type patients.", "no-tp53"),
        ("The ORR was 35% in patients with wild-type TP53.", "no-tp53"),
        ("The ORR was 35% in patients with wild-type IGHV.", "ighv-unmutated"),
        ("The ORR was 35% in patients with EBV-negative disease.", "ebv-negative"),
        ("The ORR was 35% in patients with CD99-negative disease.", "cd99-negative"),
    ],
)
def test_the_vocabulary_names_those_whose_gene_is_unaltered(sentence: str, group: str) -> None:
    assert stated(sentence) == [f"ORR|35%||{group}"]


def test_a_variant_allele_tells_no_patients() -> None:
    assert "QRS4" not in " ".join(g.text for g in READER.groups("The QRS4 variant allele frequency fell."))


def test_two_figures_of_one_group_that_names_no_arms_are_left_unread() -> None:
    assert stated("In women the ORR was 55% vs. 34%, in men 44% vs. 25%.") == []


def test_those_who_stopped_are_the_arm_that_is_called_so() -> None:
    arms = {"stop": frozenset({"stop"}), "continue": frozenset({"continue"})}
    read = stated("PFS at 2 years was 60% in those who stopped and 70% in those who continued.", arms)
    assert read == ["PFS|60%|2-year|stop", "PFS|70%|2-year|continue"]
    control = {"stop": frozenset({"stop"}), "control": frozenset({"control"})}
    read = stated("PFS at 2 years was 60% in those who stopped and 70% in those who continued.", control)
    assert read == ["PFS|60%|2-year|stop", "PFS|70%|2-year|continued"]
