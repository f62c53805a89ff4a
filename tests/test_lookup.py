"""Looking figures up by study, arm, time point, grade and cycle, and what is declined: three reviews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking import CORPUS, engine_over
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

from assistant.model import Status

pytestmark = pytest.mark.slow

FIGURES = [
    # one study, one measure, one time point
    Case(LEUKAEMIA, "At eighteen months, what EFS did the NS7CAR study see?", "980", ("53.1%",)),
    Case(LEUKAEMIA, "Give me the OS after one year in Abstract 2011.", "2011", ("60.0%",)),
    Case(LEUKAEMIA, "Abstract 54: relapse, cumulative, at three years?", "54", ("5.3%",)),
    Case(MYELOMA, "OS at 18 months in Vestergren's study?", "S-114", ("74.6%",)),
    Case(MYELOMA, "How high was the ORR of the charts reviewed in Study S-114?", "S-114", ("84.1%",)),
    Case(MARROW, "How long was the median follow-up of Poster 87?", "87", ("26",), says=("months",)),
    Case(MARROW, "Three-year survival of all patients in Poster 1987?", "1987", ("82.4",)),
    # arms, doses and subgroups
    Case(LEUKAEMIA, "Which 2-year RFS did nelarabine alone reach in Abstract 4053?", "4053", ("26.7%",)),
    Case(LEUKAEMIA, "Abstract 4053: CR with the combination?", "4053", ("62%",)),
    Case(LEUKAEMIA, "How many T-LBL patients were in GMALL?", "51", ("73",)),
    Case(LEUKAEMIA, "How many patients were on monotherapy in Abstract 4053?", "4053", ("15",)),
    Case(MYELOMA, "Which ORR had the triplet in SALTMARSH-2?", "S-207", ("72.9%",)),
    Case(MYELOMA, "MRD negativity in the LRd arm of Study S-101?", "S-101", ("43.9%",), ("90", "205")),
    Case(MYELOMA, "CRS of any grade at 400 µg/kg in Study S-2021?", "S-2021", ("78.6%",), ("400",)),
    Case(
        MYELOMA, "12-month PFS of patients with extramedullary disease in Study S-318?", "S-318", ("46.2%",)
    ),
    Case(MYELOMA, "How many patients received the triplet in Study S-207?", "S-207", ("48",)),
    Case(MYELOMA, "Median age in the D-LRd arm of Study S-101?", "S-101", ("59",)),
    Case(MARROW, "And without verotrombopag, what was the ORR at month 6 in Poster 87?", "87", ("54.9",)),
    Case(MARROW, "Two-year OS in the control arm of Poster 87?", "87", ("88.7",)),
    Case(MARROW, "How many children were alive at 3 years in Poster 1987, in percent?", "1987", ("90.1",)),
    Case(MARROW, "TI for 24 weeks at 1.2 mg/kg in Poster 1203?", "1203", ("26.9",), ("1.2",)),
    # grades and cycles
    Case(LEUKAEMIA, "How many patients had grade 4 CRS in the NS7CAR study?", "980", ("1",)),
    Case(LEUKAEMIA, "What share had GvHD of grade 1 or 2 in Abstract 2011?", "2011", ("40%",), ("1", "2")),
    Case(LEUKAEMIA, "What was the CR/CRi rate after the second cycle in Abstract 1414?", "1414", ("100%",)),
    Case(MYELOMA, "Grade 3/4 neutropenia on the triplet in Study S-207?", "S-207", ("54.2%",)),
    Case(MYELOMA, "How many patients had grade 3 ICANS in Study S-318?", "S-318", ("1",)),
    Case(MARROW, "Bleeding of grade 2 or higher with belrozanib in Poster 642?", "642", ("12.9",)),
    Case(MARROW, "Hypertension of grade 3 at the highest dose in Poster 1203?", "1203", ("16.7",), ("1.6",)),
    # composites and families
    Case(LEUKAEMIA, "What was the composite CR in Abstract 1414?", "1414", ("85.7%",), ("6", "7")),
    Case(LEUKAEMIA, "What was the response rate in Abstract 2011?", "2011", ("90%",)),
    Case(MYELOMA, "VGPR or better in Study S-114?", "S-114", ("58.7%",)),
    Case(LEUKAEMIA, "size of the venetoclax study by Suo", "942", ("7",), ("3", "4")),
    # leukaemia and lymphoma as parts of a study
    Case(LEUKAEMIA, "In Goekbuget's cohort, how many had lymphoma rather than leukemia?", "51", ("73",)),
    Case(LEUKAEMIA, "How many leukaemia cases (not lymphoma) did Abstract 51 have?", "51", ("208",)),
    Case(LEUKAEMIA, "How many of GMALL's 281 did not have leukaemia?", "51", ("73",), ("281",)),
    # a number that names the study, an arm right behind it
    Case(LEUKAEMIA, "abstract 4053 combi group OS 24 mo", "4053", ("52.9%",)),
    # other languages: drugs without their English ending, function words, short forms
    Case(
        LEUKAEMIA,
        "Quel est le taux de SRC de grade ≥3 avec les cellules issues de donneurs ?",
        "2011",
        ("10%",),
        ("3",),
    ),
    Case(LEUKAEMIA, "¿Qué tasa de remisión completa se obtuvo con nelarabina combinada?", "4053", ("62%",)),
    Case(LEUKAEMIA, "In welchem Zeitraum lief die Studie von Hatta?", "54", ("2011", "2017")),
    # figures that belong to another measure
    Case(LEUKAEMIA, "What is the p-value for CR in Abstract 4053?", "4053", ("0.21",)),
    Case(MARROW, "p value for OS in Poster 87?", "87", ("0.48",)),
    Case(MYELOMA, "HR for PFS in Study S-207?", "S-207", ("0.58",)),
    Case(MYELOMA, "Hazard ratio for PFS in Study S-207, with p?", "S-207", ("0.58",), ("0.021",)),
    Case(MYELOMA, "What was the PFS HR in the high-risk patients of Study S-101?", "S-101", ("0.71",)),
    Case(LEUKAEMIA, "Incidence of grade 3 CRS in Abstract 980?", "980", ("5",), ("3",)),
    # several times, thresholds or conditions in one sentence
    Case(MARROW, "Poster 87: CR with verotrombopag at month 12?", "87", ("39.2",)),
    Case(MARROW, "Poster 87: CR at month 3 in the control arm?", "87", ("9.8",)),
    Case(MYELOMA, "MRD negativity at 10⁻⁶ with D-LRd in Study S-101?", "S-101", ("38.2%",), ("10",)),
    Case(MYELOMA, "Median PFS of triplet patients refractory to anti-CD38, S-207?", "S-207", ("10.9",)),
    # the words of the measure asked for tell nothing of whom
    Case(
        LEUKAEMIA,
        "How many CD7 CAR-T recipients developed severe cytokine release?",
        "980 1995 2011",
        ("6",),
        beside=("5", "1", "3", "4", "10", "2", "20", "10%"),
    ),
    # a cycle alone asks for the responses after it
    Case(LEUKAEMIA, "What happened after cycle 2?", "1414", ("100%",)),
    # what a treatment is aimed at, in its study's own sentence
    Case(
        LEUKAEMIA, "Which antigen is targeted in Abstract 980?", "980", beside=("53",), says=("CD7-targeted",)
    ),
]

COMPUTED = [
    Case(
        LEUKAEMIA,
        "In Abstract 980, how many had CRS of grade 3 or 4 in total?",
        "980",
        ("6",),
        ("5", "3", "1", "4"),
        says=("computed",),
    ),
    Case(
        LEUKAEMIA,
        "How many of the 62 AYA patients did not achieve CR/CRi in Abstract 54?",
        "54",
        ("6",),
        ("62", "56"),
        says=("computed",),
    ),
    Case(
        LEUKAEMIA,
        "How many patients in Abstract 2011 had CRS of grade 3 or higher?",
        "2011",
        ("2",),
        ("10", "20", "3"),
        says=("about", "computed"),
    ),
    Case(
        MYELOMA,
        "How many had a very good partial response or better in Study S-114?",
        "S-114",
        ("81",),
        ("58.7", "138"),
        says=("about", "computed"),
    ),
    # the number with no response itself, not 10 less the 2
    Case(LEUKAEMIA, "How many did not respond in Abstract 1995?", "1995", ("2",)),
    # the review counts them, so nothing is computed
    Case(
        MYELOMA, "How many patients had ICANS in Study S-318?", "S-318", ("9",), ("15.8", "5", "1", "2", "3")
    ),
]

DECLINED = [
    # another time point
    Case(LEUKAEMIA, "What 5-year EFS does Abstract 54 report?", "54", says=("5-year EFS", "3-year EFS")),
    Case(LEUKAEMIA, "What was the OS at two years in Abstract 51?", "51", says=("2-year OS", "1-year OS")),
    Case(MYELOMA, "24-month OS in Study S-318?", "S-318", says=("24-month OS", "12-month OS")),
    Case(MARROW, "What was the 5-year OS in Poster 1987?", "1987", says=("5-year OS", "3-year OS")),
    # a median where only rates are given
    Case(
        LEUKAEMIA,
        "What was the median OS in the GMALL nelarabine trial?",
        "",
        says=("median overall survival",),
    ),
    # another arm
    Case(LEUKAEMIA, "How did T-LBL patients of Abstract 51 do in 3-year OS?", "51", says=("T-LBL",)),
    Case(MYELOMA, "sCR rate in D-LRd patients with high-risk cytogenetics?", "S-101", says=("high-risk",)),
    Case(LEUKAEMIA, "2-year OS for nelarabine monotherapy in children", "4053", says=("children",)),
    Case(LEUKAEMIA, "18-month OS among NS7CAR patients bridged to transplant", "980", says=("transplant",)),
    # attributes that no table gives are not answered from a sentence on something else
    Case(LEUKAEMIA, "Dose of venetoclax in V-HAG?", "", says=("dose",)),
    Case(LEUKAEMIA, "mean age of the ten RD13-01 patients?", "", says=("age",)),
    Case(LEUKAEMIA, "Name the centre where Wong's xenograft experiments were done", "", says=("centres",)),
    Case(LEUKAEMIA, "HLA matching in Tan's trial", "", says=("donor",)),
    Case(LEUKAEMIA, "Which statistical test gave p = 0.21 in Shimony?", "", says=("statistical",)),
    Case(LEUKAEMIA, "email of the corresponding author?", "", says=("contact",)),
    Case(LEUKAEMIA, "chronic GvHD with donor-derived cells", "", says=("GvHD",)),
    Case(LEUKAEMIA, "How many ICANS cases with donor-derived CD7 CAR-T?", "", says=("neurotoxicity",)),
    Case(LEUKAEMIA, "route of administration of venetoclax in Yu's regimen", "", says=("schedule",)),
    Case(LEUKAEMIA, "was G-CSF given for how many days in V-HAG?", "", says=("does not report",)),
    Case(LEUKAEMIA, "How many mice were used in abstract 975?", "", says=("does not report",)),
    Case(LEUKAEMIA, "GvHD-free survival in Tan's study", "", says=("GvHD-free",)),
    Case(LEUKAEMIA, "mean overall survival on nelarabine monotherapy", "", says=("median",)),
    Case(LEUKAEMIA, "How many people get T-ALL per year in the US?", "", says=("incidence",)),
    Case(LEUKAEMIA, "when did GMALL 08/2013 open for enrolment?", "51", says=("study period",)),
    # p of another measure of the same sentence, patients of another age
    Case(LEUKAEMIA, "p for RFS in 4053?", "4053", says=("CR",)),
    Case(LEUKAEMIA, "3-year OS for GMALL patients aged 45 to 55", "51", (), ("45", "55"), says=("aged",)),
    Case(LEUKAEMIA, "symptoms of T-ALL in children?", "", says=("symptoms",)),
    # an interval asked for itself
    Case(LEUKAEMIA, "95% CI for the 3-year OS in Hatta", "54", says=("interval", "3-year OS")),
    # patients taken for the opposite
    Case(
        LEUKAEMIA,
        "As Hatta's trial was in the relapsed setting, how many prior lines had the patients had?",
        "",
        says=("prior lines", "newly diagnosed"),
    ),
    # a drug that the review does not know
    Case(LEUKAEMIA, "CR of adults on venetoclax with decitabine-like drugs?", "", says=("decitabine",)),
    # another dose or threshold
    Case(LEUKAEMIA, "What CR rate did the highest RD13-01 dose level reach?", "1995", says=("highest",)),
    Case(MYELOMA, "ORR at 200 µg/kg of quilcetamab?", "", says=("200 µg/kg",)),
    Case(MYELOMA, "MRD negativity at 10^-6 in Study S-318?", "S-318", says=("10^-6",)),
    # a ratio of another measure
    Case(MYELOMA, "HR for OS in QUERNSTONE-3?", "S-101", says=("HR",)),
    # another grade
    Case(MYELOMA, "Grade 5 infections in Study S-318?", "S-318", says=("grade 5", "3")),
    Case(MARROW, "Grade 4 hypertension in Poster 1203?", "1203", says=("grade 4", "0.8", "1.2", "1.6", "3")),
    # another measure
    Case(LEUKAEMIA, "What was the PFS in Abstract 4053?", "", says=("PFS", "RFS")),
    Case(LEUKAEMIA, "What CRS rate did Abstract 54 have?", "", says=("CRS",)),
    Case(MYELOMA, "MRD negativity in Study S-114?", "", says=("MRD negativity",)),
    Case(MYELOMA, "12-month PFS in Study S-2021?", "", says=("12-month PFS",)),
    Case(MARROW, "How was the OS in Poster 642?", "", says=("OS",)),
    # a cell that says N/A
    Case(LEUKAEMIA, "Under which registration number ran Abstract 54?", "54", says=("N/A",)),
    Case(LEUKAEMIA, "How old were the patients of Abstract 975?", "975", says=("N/A",)),
    Case(MARROW, "Which NCT number has Poster P-0423?", "P-0423", says=("N/A",)),
    # two measures of which neither is given, the first without a near one
    Case(LEUKAEMIA, "What was the CR rate and the 5-year OS in Abstract 51?", "51", says=("CR", "5-year OS")),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case.id)
def test_a_figure_is_that_of_its_study_arm_time_grade_and_cycle(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case.id)
def test_what_is_computed_is_right_and_says_what_from(case: Case, engines: Engines) -> None:
    answer = engines.ask(case)
    check(case, answer)
    derived = [s.derivation for s in answer.statements if s.derivation]
    assert bool(derived) == ("computed" in case.says)
    assert [d.result for d in derived] == [case.gives[0]] * len(derived)


@pytest.mark.parametrize("case", DECLINED, ids=lambda case: case.id)
def test_a_decline_names_what_is_missing_and_holds_no_figure(case: Case, engines: Engines) -> None:
    answer = engines.ask(case)
    check(replace(case, declined=True), answer)
    assert not answer.facts


def test_what_is_missing_is_said_beside_what_was_found(engines: Engines) -> None:
    case = Case(
        LEUKAEMIA, "Abstract 54: the 3-year OS and the PFS?", "54", ("93.4%",), says=("PFS is not reported",)
    )
    check(case, engines.ask(case))


def test_a_figure_rests_on_the_place_that_states_it(engines: Engines) -> None:
    answer = engines.ask(Case(LEUKAEMIA, "What was the 3-year EFS in Abstract 54?", "54"))
    assert answer.status is Status.ANSWERED
    for fact, number in answer.facts:
        assert answer.citations[number].passage == fact.passage
        assert fact.value in answer.citations[number].quote


def test_a_thousand_turns_are_read(assistant_home: Path) -> None:
    engine = engine_over(CORPUS, assistant_home)
    turns = ["What was the 3-year EFS in Abstract 54?", *["And the OS?", "And the EFS?"] * 600]
    assert "88.6%" in engine.ask(turns).text
