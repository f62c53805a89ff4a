"""Prose and tables of real reports: whose figure it is, what is no result, rows of several lines, arms as rows."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from fact_lines import READER, TRIAL
from one_trial import trial

from assistant.adding.grids import grid_of
from assistant.adding.sheets_arms import by_arms
from assistant.engine.engine import Engine, open_engine
from assistant.model import Status
from assistant.settings import Settings

A, B = frozenset({"axol"}), frozenset({"bexol"})


def read(text: str, attribute: str) -> set[tuple[str, frozenset[str]]]:
    return {(f.value, f.group) for f in READER.read(text, TRIAL) if f.attribute == attribute}


@pytest.mark.parametrize(
    ("text", "attribute", "facts"),
    [
        (
            "3-year OS was similar in the two groups: 50% (95% CI 45-54) in the Axol group and 48% (43-52) in the Bexol group.",
            "OS",
            {("50%", A), ("48%", B)},
        ),
        (
            "The incidence of sepsis was higher in the Bexol group, with 21 (48%) of 44 patients in the Axol group reporting it "
            "compared with 24 (57%) of 42 patients in the Bexol group.",
            "sepsis",
            {("21 (48%) of 44", A), ("24 (57%) of 42", B)},
        ),
        (
            "30-day mortality was similar in both groups (4 [8%] of 50 patients who underwent surgery in the Axol group vs "
            "6 [12%] of 50 who underwent surgery in the Bexol group).",
            "30-day_mortality",
            {("4 [8%] of 50", A), ("6 [12%] of 50", B)},
        ),
    ],
)
def test_a_figure_is_of_the_arm_named_straight_behind_it(
    text: str, attribute: str, facts: set[tuple[str, frozenset[str]]]
) -> None:
    assert read(text, attribute) == facts


def test_a_bare_bracket_is_of_the_kind_told_for_the_figure_before() -> None:
    text = "3-year OS was 50% (95% CI 45-54) with Axol and 48% (43-52) with Bexol."
    assert {f.value for f in READER.read(text, TRIAL) if f.attribute == "CI"} == {"95% CI 45-54", "43-52"}


def test_counts_in_words_with_their_share_are_of_their_denominator() -> None:
    text = "Three (7%) of 43 patients on Axol died, and seven (9%) of 75 on Bexol died."
    facts = {(f.n, f.total, f.percent) for f in READER.read(text, TRIAL) if f.attribute == "deaths"}
    assert facts == {(3, 43, "7%"), (7, 75, "9%")}
    (share,) = READER.read("Thirty-six percent of subjects were frail.", TRIAL)
    assert (share.unit, share.percent) == ("%", "36%")


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Analysis of responses (CR, progression or death before it) is based on 875 patients.", "deaths"),
        ("Survival curves include all patients (61 patients with missing data were excluded).", "OS"),
        ("Causes of death were unavailable for five patients.", "deaths"),
        ("At the time of first progression 4/11 patients received radiation.", "PD"),
        ("Three patients needed omission of Axol due to hypertension, polypectomy, and proteinuria.", "proteinuria"),
        ("None of the 7 cases of hypertension was an emergency.", "hypertension"),
        ("Apart from neutropenia no event was seen in more than 10% of patients.", "neutropenia"),
        ("The reasons for stopping were: infection (4 patients); relapse (2 patients).", "relapse"),
    ],
)  # fmt: skip
def test_bases_causes_and_moments_are_no_results(text: str, attribute: str) -> None:
    assert read(text, attribute) == set()


def test_numbers_of_figures_tables_and_stages_are_no_figures() -> None:
    text = "OS was longer with Axol (HR 0.7, 95% CI 0.5-0.9; figure 2; table 3, table 4) in stage 3 or 4 disease."
    assert {f.value for f in READER.read(text, TRIAL) if f.attribute == "HR"} == {"0.7"}
    assert not [f for f in READER.read(text, TRIAL) if f.value in {"2", "3", "4"}]


def test_a_ratio_is_of_what_was_longer_and_a_favoured_arm_is_not_its_group() -> None:
    text = "Survival was longer in patients who had a remission than in those without (HR 0.23)."
    assert {f.of for f in READER.read(text, TRIAL) if f.attribute == "HR"} == {"OS"}
    (ratio,) = [
        f
        for f in READER.read("OS did not differ (HR 1.09 in favour of the Axol group).", TRIAL)
        if f.attribute == "HR"
    ]
    assert ratio.group == frozenset()


def test_age_is_of_all_where_the_next_clause_counts_some() -> None:
    text = "The median age was 57 (range, 30 to 76), and 40% of patients were men."
    assert read(text, "median_age") == {("57", frozenset())}
    quartiles = READER.read("The median age was 63 years (IQR 56-68).", TRIAL)
    assert not [f for f in quartiles if f.attribute == "age_range"]


def test_a_confirmed_and_an_unconfirmed_remission_are_one_composite() -> None:
    assert read("The rate of CR + CRu was 16/25 (64%).", "CR/CRu") == {("16/25", frozenset())}


# -- tables -----------------------------------------------------------------------------------------


def grid(rows: str, head: str) -> list[tuple[str, ...]]:
    element = ElementTree.fromstring(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")
    found = grid_of(element, lambda _: None, "1", "", "")
    assert found is not None
    return [*(r.cells for r in found.heads), *(r.cells for r in found.rows)]


def test_a_blank_head_too_many_is_left_out_and_lines_of_cells_are_rows() -> None:
    indent = "\u2003" * 7
    rows = (
        "<tr><td>Men</td><td>20 (61%)</td><td>23 (72%)</td></tr>"
        f"<tr><td>Stage (Rai) 0<break/>{indent}I-II</td><td>0 (0%)<break/>21 (64%)</td><td>3 (9%)<break/>17 (53%)</td></tr>"
    )
    cells = grid(rows, "<tr><th/><th/><th>Axol</th><th>Bexol</th></tr>")
    assert cells == [
        ("", "Axol", "Bexol"),
        ("Men", "20 (61%)", "23 (72%)"),
        ("Stage (Rai)", "", ""),
        ("0", "0 (0%)", "3 (9%)"),
        ("I-II", "21 (64%)", "17 (53%)"),
    ]


def test_a_row_of_ranges_is_joined_to_the_medians_above() -> None:
    rows = (
        '<tr><td rowspan="2">VEGF</td><td>29</td><td rowspan="2">0.02</td></tr>'
        "<tr><td>(9, 83)</td></tr><tr><td>TSP</td><td>92</td><td>0.8</td></tr>"
    )
    cells = grid(rows, "<tr><th>Cytokine</th><th>Median</th><th>P</th></tr>")
    assert cells[1:] == [("VEGF", "29 (9, 83)", "0.02"), ("TSP", "92", "0.8")]


def test_a_column_of_arms_is_turned_and_others_are_not() -> None:
    rows = [("A", "VEGF", "29", "57"), ("B", "VEGF", "28", "27")]
    assert by_arms("Arm", 2, ["Before", "After"], rows) == (
        ["Arm A", "Arm B"],
        [("VEGF: Before", ("29", "28")), ("VEGF: After", ("57", "27"))],
    )
    assert by_arms("Organ", 2, ["Before", "After"], rows) is None
    assert by_arms("Arm", 2, ["Before", "After"], rows[:1]) is None


def test_rows_that_differ_in_brackets_are_two_and_ranges_behind_quartiles_are_those_of_ages(
    tmp_path: Path,
) -> None:
    review = trial(
        tmp_path,
        table_1="Study #,T-1,T-1\n,Axol (n=50),Bexol (n=50)\nAge: Median (IQR); range,64 (56-69); 28-82,63 (55-68); 31-79\n"
        "Site: Junction (type I),6 (12%),7 (14%)\nSite: Junction (type II),10 (20%),9 (18%)\nGender: Female,15 (30%),20 (40%)\n"
        "Age <60,15 (30%),14 (28%)\nAge <60,15 (30%),14 (28%)\n",
    )
    facts = [f for f in review.facts if f.study == "T-1"]
    assert {f.value for f in facts if f.attribute == "median_age" and f.unit == "years"} == {"64", "63"}
    assert {f.value for f in facts if f.attribute == "age_range"} == {"28-82", "31-79"}
    junctions = {f.attribute: f.value for f in facts if f.value in {"6", "10"} and f.unit == "patients"}
    assert len(junctions) == 2
    of_women = {f.n for f in facts if f.attribute == "n_patients" and "women" in f.group}
    of_young = {f.n for f in facts if f.attribute == "n_patients" and "age<60" in f.group}
    assert (of_women, of_young) == ({15, 20}, {15, 14})


# -- questions --------------------------------------------------------------------------------------

PROSE = (
    "Methods were those of the FIRST-1 trial, and 80 patients were randomized (Study T-1) [1]. "
    "3-year OS was 61% with Axol and 58% with Bexol (HR 0.9, 95% CI 0.7-1.2). "
    "Median PFS was 34 months with Axol and 20 months with Bexol. The overall response rate was 80% (64/80) (95% CI 70-88%). "
    "Subjects with CSF involvement were given cytol. Therefore nobody was excluded. "
    "The reasons for discontinuation were: toxicity (4 patients); refusal (2 patients).\n\n"
    "# Discussion\n\nIn an older trial, ramucirumab gave a median overall survival of 5 months. [2]"
)
TABLE = (
    "Study #,T-1,T-1\n,Axol (n=41),Bexol (n=39)\nALT elevation,5 (12%),2 (5%)\nAST elevation,3 (7%),1 (3%)\n"
    "Nodes: <15,6 (15%),4 (10%)\nNodes: 15-24,12 (29%),11 (28%)\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "a-trial").mkdir()
    trial(corpus / "a-trial", prose=PROSE, title="Events", table_1=TABLE)
    return open_engine(Settings(corpus=corpus, home=tmp_path_factory.mktemp("home")), notify=lambda _: None)


@pytest.mark.parametrize(
    "question",
    [
        "What was the 3-year OS in the FLOT4 trial?",
        "What was the response rate with ramucirumab?",
        "What was the hazard ratio for OS in women?",
        "What was the overall response rate in patients with CSF involvement?",
        "What was the 60-day mortality?",
        "What was the 2-year PFS with Axol?",
    ],
)
def test_other_trials_drugs_patients_and_times_are_declined(engine: Engine, question: str) -> None:
    answer = engine.ask((question,))
    assert answer.status is Status.DECLINED, answer.text


@pytest.mark.parametrize(
    ("question", "gives", "never"),
    [
        ("What was the overall response rate with its confidence interval?", "70-88%", "61%"),
        ("What median overall survival did ramucirumab give?", "5 months", "61%"),
        ("How many patients on Axol had an AST elevation?", "3 patients (7%)", "12%"),
        ("Why did patients discontinue treatment?", "refusal", "61%"),
    ],
)
def test_what_the_report_does_say(engine: Engine, question: str, gives: str, never: str) -> None:
    text = engine.ask((question,)).text
    assert gives in text, text
    assert never not in text, text
