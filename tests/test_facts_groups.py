"""Subgroups told in words: by the state of a gene, by a bound, as the others; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import READER, TWO, Arms, stated

from assistant.cells_arms import arms_of
from assistant.tables import Table, TableRow
from assistant.tables_columns import TableColumn

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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Patients with ≤ 5% marrow blasts before infusion had a 12-month PFS of 61%, compared with 36% in those with more.",
            ["PFS|61%|12-month|blasts≤5", "PFS|36%|12-month|blasts>5"],
            id="those with more are on the other side of the bound at the head",
        ),
        pytest.param(
            "The ORR was 70% in patients with fewer than 10% blasts and 41% in those with more.",
            ["ORR|70%||blasts<10", "ORR|41%||blasts≥10"],
            id="a bound in words",
        ),
        pytest.param(
            "Patients aged 65 years or older had an ORR of 61%, compared with 74% in younger patients.",
            ["ORR|61%||age>=65", "ORR|74%||age<65"],
            id="younger patients",
        ),
        pytest.param(
            "The ORR was 69% in MRD-positive and 35% in MRD-negative patients.",
            ["ORR|69%||mrd-positive", "ORR|35%||mrd-negative"],
            id="a finding behind a figure tells whom it is of",
        ),
        pytest.param(
            "The 2-year OS was 71% in patients who received a transplant and 42% in those who did not.",
            ["OS|71%|2-year|transplant", "OS|42%|2-year|no-transplant"],
            id="an outcome in a clause is no measure",
        ),
        pytest.param(
            "PFS at 2 years was 66.0% in those who stopped and 78.4% in those who continued.",
            ["PFS|66.0%|2-year|stopped", "PFS|78.4%|2-year|continued"],
            id="clauses that no list knows",
        ),
        pytest.param(
            "The ORR was 82%, but it was only 55% among those whose remission had been shorter than 12 months.",
            ["ORR|82%", "ORR|55%||remission-shorter-than-12-months"],
            id="of all, but only of a part",
        ),
        pytest.param(
            "The ORR was 82% but only 55% in men.",
            ["ORR|82%", "ORR|55%||men"],
            id="the second alone names its group",
        ),
        pytest.param(
            "The ORR was 82%, compared with 55% in historical controls.",
            ["ORR|82%", "ORR|55%||control"],
            id="those outside the study",
        ),
        pytest.param(
            "The ORR was 82%, against 55% in patients with TP53 mutations.",
            [],
            id="against a part, whose rest is not named",
        ),
        pytest.param(
            "The 2-year OS was worse in patients with TP53 mutations (40% vs. 60%; p = 0.03).",
            ["OS|40%|2-year|tp53", "OS|60%|2-year|no-tp53", "p_value|0.03|2-year||||||OS"],
            id="worse in those named first",
        ),
        pytest.param(
            "The ORR was higher in men (60% vs. 40%).", ["ORR|60%||men", "ORR|40%||women"], id="higher in men"
        ),
        pytest.param(
            "The ORR was higher in men (40% vs. 60%).", [], id="the figures do not say what the words do"
        ),
        pytest.param(
            "The 2-year OS was 71% in patients with and 42% in patients without CNS involvement.",
            ["OS|71%|2-year|cns", "OS|42%|2-year|no-cns"],
            id="with and without",
        ),
        pytest.param(
            "Patients with CNS involvement had a 2-year OS of 42%, those without 71%.",
            ["OS|42%|2-year|cns", "OS|71%|2-year|no-cns"],
            id="those without, before a figure",
        ),
        pytest.param(
            "CR was reached by 72% of those with a platelet count below 75 × 10⁹/L and 40% of those with a higher count.",
            ["CR|72%||platelet-count-below-75-10", "CR|40%||higher-count"],
            id="a measurement in a clause is no measure",
        ),
        pytest.param(
            "The CRc rate was 65.8% overall but only 38.5% in patients who had had venetoclax before.",
            ["CRc|65.8%||all", "CRc|38.5%||venetoclax-before"],
            id="overall and in a part told by a clause",
        ),
        pytest.param(
            "PFS at 12 months was 81% in patients who achieved CR, 40% in those with PR and 10% in non-responders.",
            ["PFS|81%|12-month|responders", "PFS|40%|12-month|pr", "PFS|10%|12-month|non-responders"],
            id="three groups by response",
        ),
        pytest.param(
            "Patients achieving CR had a 12-month PFS of 81%, as opposed to 40% for those without CR.",
            ["PFS|81%|12-month|responders", "PFS|40%|12-month|non-responders"],
            id="those without remission",
        ),
        pytest.param(
            "Patients who developed CRS had an ORR of 80%, compared with 60% in those without CRS.",
            ["ORR|80%||crs", "ORR|60%||no-crs"],
            id="a clause heads the sentence",
        ),
        pytest.param(
            "The ORR was 80% in patients who developed CRS and 60% in those who did not.",
            ["ORR|80%||crs", "ORR|60%||no-crs"],
            id="a toxicity tells patients apart",
        ),
        pytest.param(
            "The ORR was 62% in patients aged < 65 years and 58% in older patients.",
            ["ORR|62%||age<65", "ORR|58%||age>=65"],
            id="older than the bound",
        ),
        pytest.param(
            "Relapse occurred in 40% of the 30 MRD-positive patients but in 10% of the 50 MRD-negative ones.",
            ["relapse|40%||mrd-positive", "relapse|10%||mrd-negative"],
            id="counted by a finding",
        ),
        pytest.param(
            "The ORR was 45% for QRS4mut and 30% for QRS4wt.",
            ["ORR|45%||qrs4-mutated", "ORR|30%||no-qrs4-mutated"],
            id="mut and wt",
        ),
        pytest.param(
            "The 2-year OS was 71% in transplanted patients and 42% in all others.",
            ["OS|71%|2-year|transplant", "OS|42%|2-year|no-transplant"],
            id="all others are not all",
        ),
    ],
)
def test_groups_told_in_words(sentence: str, expected: list[str]) -> None:
    assert stated(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Men fared worse than women (2-year OS, 42% vs. 71%).",
            ["OS|42%|2-year|men", "OS|71%|2-year|women"],
            id="set apart before a bracket, whatever the arms",
        ),
        pytest.param(
            "Betanib was better than alphamab (2-year OS, 71% vs. 42%).",
            ["OS|71%|2-year|betanib", "OS|42%|2-year|alphamab"],
            id="arms in the order of the sentence",
        ),
        pytest.param(
            "Betanib was better (2-year OS, 71% vs. 42%).",
            ["OS|71%|2-year|betanib", "OS|42%|2-year|alphamab"],
            id="the better arm has the better figure",
        ),
        pytest.param(
            "Betanib was better (2-year OS, 42% vs. 71%).",
            ["OS|42%|2-year|alphamab", "OS|71%|2-year|betanib"],
            id="also where it stands second",
        ),
        pytest.param(
            "The benefit was confined to men (ORR 60% vs. 30%).",
            ["ORR|60%||alphamab+men", "ORR|30%||betanib+men"],
            id="the subgroup before a bracket of the arms",
        ),
        pytest.param(
            "In men the ORR was higher with alphamab (60% vs. 30%).",
            ["ORR|60%||alphamab+men", "ORR|30%||betanib+men"],
            id="a subgroup at the head and one arm named",
        ),
        pytest.param(
            "The ORR was higher in men (60% vs. 30%).", [], id="of men and women, or of men on either arm"
        ),
        pytest.param(
            "In women the ORR was 55% vs. 34%, in men 44% vs. 25%.",
            [
                "ORR|55%||alphamab+women",
                "ORR|34%||betanib+women",
                "ORR|44%||alphamab+men",
                "ORR|25%||betanib+men",
            ],
            id="two subgroups, each with both arms",
        ),
        pytest.param(
            "In the 118 patients with detectable peri-transplant MRD, the 2-year RFS was 74% vs. 57% (HR 0.52), "
            "whereas in MRD-negative patients it was 81% vs. 82%.",
            [
                "n_patients|118||detectable-peri-transplant|||118",
                "RFS|74%|2-year|alphamab+detectable-peri-transplant",
                "RFS|57%|2-year|betanib+detectable-peri-transplant",
                "HR|0.52|2-year|detectable-peri-transplant|||||RFS",
                "RFS|81%|2-year|alphamab+mrd-negative",
                "RFS|82%|2-year|betanib+mrd-negative",
            ],
            id="two subgroups, the first told by a finding",
        ),
        pytest.param(
            "At 12 weeks the ORR was 63% in the children on alphamab and 41% in those observed.",
            ["ORR|63%|12-week|alphamab+paediatric", "ORR|41%|12-week|observed"],
            id="people on an arm are one group",
        ),
        pytest.param(
            "Two years later, 60% of those who stopped and 70% of those who continued were free of progression.",
            ["PFS|60%|2-year|stopped", "PFS|70%|2-year|continued"],
            id="free of progression",
        ),
        pytest.param(
            "The 2-year OS was 71% for patients in CR and 42% for those not in CR.",
            ["OS|71%|2-year|responders", "OS|42%|2-year|non-responders"],
            id="not in remission",
        ),
    ],
)
def test_groups_told_in_words_beside_arms(sentence: str, expected: list[str]) -> None:
    assert stated(sentence, TWO) == expected


def test_two_figures_of_one_group_that_names_no_arms_are_left_unread() -> None:
    assert stated("In women the ORR was 55% vs. 34%, in men 44% vs. 25%.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "At 1 year 93% were alive and 88% free of transfusions.",
            ["OS|93%|1-year", "transfusion_independence|88%"],
        ),
        ("At 1 year 40% were free of infections.", []),
    ],
)
def test_of_what_somebody_is_free_a_figure_tells_the_opposite(sentence: str, expected: list[str]) -> None:
    assert stated(sentence) == expected


def test_those_who_stopped_are_the_arm_that_is_called_so() -> None:
    arms = {"stop": frozenset({"stop"}), "continue": frozenset({"continue"})}
    read = stated("PFS at 2 years was 60% in those who stopped and 70% in those who continued.", arms)
    assert read == ["PFS|60%|2-year|stop", "PFS|70%|2-year|continue"]
    control = {"stop": frozenset({"stop"}), "control": frozenset({"control"})}
    read = stated("PFS at 2 years was 60% in those who stopped and 70% in those who continued.", control)
    assert read == ["PFS|60%|2-year|stop", "PFS|70%|2-year|continued"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Of 30 patients with CNS disease 18 (60%) responded, whereas of the 50 without it 40 (80%) did.",
            ["n_patients|30||cns|||30", "ORR|18||cns|||18", "ORR|40||no-cns|||40"],
            id="those counted first are no responders",
        ),
        pytest.param(
            "They had a 12-month PFS of 90% against 70% in the 29 with wild-type QRS4.",
            ["n_patients|29||no-qrs4-mutated|||29"],
            id="the number of those whom a share is of",
        ),
        pytest.param(
            "Complete responses were seen in 6 of 9 patients (67%) with mutated QRS4 and 15 of 29 (52%) with wild-type QRS4.",
            ["CR|6 of 9||qrs4-mutated|||6|9", "CR|15 of 29||no-qrs4-mutated|||15|29"],
            id="complete responses are not all responses",
        ),
        pytest.param(
            "The 2-year PFS was 80% with and 95% without del(17p)/TP53 mutation.",
            ["PFS|80%|2-year|del(17p)/tp53-mutation", "PFS|95%|2-year|no-del(17p)/tp53-mutation"],
            id="a finding with its bracket",
        ),
    ],
)
def test_counts_of_those_whom_a_figure_is_of(sentence: str, expected: list[str]) -> None:
    assert stated(sentence) == expected
