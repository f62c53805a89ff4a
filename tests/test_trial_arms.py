"""Two arms in one sentence or table of a trial's report: whose figure it is, of what, and what is asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fact_lines import READER, TRIAL
from one_trial import asked, stated, trial

from assistant.adding.article import Row
from assistant.adding.row_heads import named_rows
from assistant.cells.arms import arms_of
from assistant.engine.engine import Engine
from assistant.folder.folder import Table
from assistant.model import Status
from assistant.question.open import OpenTopics, bounds_of
from assistant.selection import number_of
from assistant.vocabulary.vocabulary import Term


def read(text: str) -> set[tuple[str, str, str, str]]:
    """(measure, value, arm, grade) of each figure that was read; a statistic has what it is of for its arm."""
    return {
        (f.attribute, f.value, f.of or "+".join(sorted(f.group)), f.grade)
        for f in READER.read(text, TRIAL)
        if f.attribute
    }


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "The rate of relapse between the groups was: 2 (3.1%) cases in Axol group vs. 4 (5.6%) in Bexol group.",
            {("relapse", "2", "axol", ""), ("relapse", "4", "bexol", "")},
        ),
        (
            "There were 14 and 12 cases of mucositis, and 8 and 7 cases of fungal infections, respectively, in Axol and Bexol group.",
            {
                ("mucositis", "14", "axol", ""),
                ("mucositis", "12", "bexol", ""),
                ("fungal_infection", "8", "axol", ""),
            },
        ),
        (
            "Within the 6 months of transplantation, 11 patients in Axol group and 9 patients in Bexol group had neutropenia.",
            {("neutropenia", "11", "axol", ""), ("neutropenia", "9", "bexol", "")},
        ),
        ("DFS was 59% on Axol vs. 75% on Bexol (P = 0,022).", {("p_value", "0,022", "DFS", "")}),
        ("Hazard ratio of cancer progression for Axol patients was 1.9.", {("HR", "1.9", "PD", "")}),
        (
            "PFS was lower in patients transplanted for high-risk disease (HR = 2.0).",
            {("HR", "2.0", "PFS", "")},
        ),
        (
            "III-IV mucositis occurred in 12% on Axol and in 5% on Bexol.",
            {("mucositis", "12%", "axol", "3-4")},
        ),
        (
            "Before day 90, 4/41 Axol patients had grade II (n = 3) or IV (n = 1) acute GVHD.",
            {("aGvHD", "4/41", "axol", "")},
        ),
    ],
)
def test_each_arm_has_its_own_figure(text: str, facts: set[tuple[str, str, str, str]]) -> None:
    assert facts <= read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Autopsy of one case showed fibrosis, and deaths were rare.",
        "Although hepatic toxicity was similar between the two regimens, one patient died on Axol.",
        "The incidence of total and III-IV mucositis were 94% and 81%, and 16% and 0%, respectively, in Axol and Bexol group.",
    ],
)
def test_what_is_not_said_is_not_read(text: str) -> None:
    assert not {
        f for f in read(text) if f[0] in {"mucositis", "hepatotoxicity"} or (f[1] == "one" and f[2] == "")
    }


def test_a_decimal_comma_is_no_thousands_sign() -> None:
    assert number_of("0,022") == 0.022
    assert number_of("1,204") == 1204.0


def test_a_head_on_two_lines_is_one_head() -> None:
    rows = [
        Row(("Time from diagnosis to", "", ""), 0, False),
        Row(("transplant (days)", "48", "47"), 0, False),
        Row(("Resection", "", ""), 0, False),
        Row(("margin (mm)", "29", "31"), 1, False),
        Row(("Sex", "", ""), 0, False),
        Row(("male", "4", "5"), 1, False),
        Row(("female", "6", "7"), 1, False),
    ]
    heads = [head for head, _ in named_rows(rows, 1)]
    assert heads == [
        "Time from diagnosis to transplant (days)",
        "Resection margin (mm)",
        "Sex: male",
        "Sex: female",
    ]


def test_a_misprinted_arm_and_a_mean(tmp_path: Path) -> None:
    first = "Study #,T-1,T-1\n,Flu-TBI,TLI-ATG\nAge (years),65.6 (SD = 9.5),63.1 (SD = 10.1)\n"
    second = "Study #,T-1,T-1\n,Flu-TBI (n = 49),TBI-ATG (n = 45)\nFever,5 (10%),3 (7%)\n"
    review = trial(tmp_path, prose="All were treated (Study T-1) [1].", table_1=first, table_2=second)
    assert len(set(review.arms["T-1"].values())) == 2
    ages = {(a, v) for a, v, _, _, _ in stated(review) if a == "mean_age"}
    assert {v for _, v in ages} == {"65.6", "63.1"}


def test_one_event_at_several_stages_is_no_contradiction(tmp_path: Path) -> None:
    first = (
        "Study #,T-1,T-1\n,Alphatinib,Betamab\nEnd of phase 1: Relapse,7,1\nEnd of phase 2: Relapse,9,8\n"
        "End of phase 2: Withdrawn,3,2\n"
    )
    second = "Study #,T-1,T-1\n,Alphatinib,Betamab\nRelapse,38 (34.9%),17 (16.5%)\n"
    review = trial(tmp_path, prose="All were treated (Study T-1) [1].", table_1=first, table_2=second)
    in_all = {f.attribute for f in review.facts if f.percent or "34.9" in f.value}
    of_phases = {f.attribute for f in review.facts if f.value in {"7", "9"}}
    assert in_all == {"relapse"}
    assert len(of_phases) == 2
    assert not in_all & of_phases


def test_a_row_alone_under_its_head_keeps_its_measure(tmp_path: Path) -> None:
    rows = (
        "Study #,T-1,T-1\n,Alphatinib,Betamab\n1-year: OS,71%,62%\n2-year: OS,60%,51%\nEvents: Relapse,7,1\n"
    )
    review = trial(tmp_path, prose="All were treated (Study T-1) [1].", table_1=rows)
    told = {(f.attribute, f.time_point, f.value) for f in review.facts}
    assert {("OS", "1-year", "71%"), ("OS", "2-year", "60%")} <= told
    assert any(a == "relapse" and v == "7" for a, _, v in told)


def test_an_arm_is_called_by_what_its_short_form_means(tmp_path: Path) -> None:
    rows = "Study #,T-1,T-1\n,BuCy,BuFlu\nFever,5,3\n"
    review = trial(tmp_path, prose="All were treated (Study T-1) [1].", table_1=rows)
    tables: list[Table] = list(review.raw.tables)
    short = {"Bu": "Busulfan", "Cy": "Cyclophosphamide", "Flu": "Fludarabine"}
    arms = arms_of(tables, "T-1", review.reader.matchers, short)
    assert arms["busulfan-cyclophosphamide"] == arms["BuCy"] == arms["with cyclophosphamide"]
    assert arms["busulfan plus fludarabine"] == arms["BuFlu"] == arms["fludarabine arm"]


def test_rows_are_named_by_bounds_initials_and_either_of_two_words() -> None:
    names = {
        "a": "distance from the verge: < 5 cm", "b": "distance from the verge: 5-10 cm", "c": "source of donors related/unrelated",
        "d": "disease: Acute myeloid leukemia", "e": "deaths from Infection",
    }  # fmt: skip
    topics = OpenTopics({i: Term(i, name, "text", forms=(name,)) for i, name in names.items()})
    assert bounds_of("under 5 cm") == bounds_of("< 5 cm") == {"<5"}
    for question, found in (
        ("How many were under 5 cm from the verge?", ("a",)),
        ("How many were 5 to 10 cm from the verge?", ("b",)),
        ("How many unrelated donors were there?", ("c",)),
        ("How many AML patients?", ("d",)),
        ("How many had an infection?", ()),
        ("How many fatal infections?", ("e",)),
    ):
        assert topics.find(question)[0] == found, question


PROSE = (
    "A total of 80 patients were randomized (Study T-1) [1]. The 3-year OS was 61% with Axol and 58% with Bexol (P = 0.41). "
    "Higher age predicted for lower OS (HR = 1.2). Hazard ratio of relapse for Axol patients compared to Bexol patients was 0.7. "
    "Accordingly, 30 of 41 Axol patients versus 25 of 39 Bexol patients were given at least 1 red blood cell transfusion the first "
    "100 days (P = 0.02), while 14 of 41 Axol patients versus 20 of 39 Bexol patients were given at least 1 platelet transfusion "
    "during that period (P = 0.006). The trial was conducted from January 2007 to May 2012. Surgery was done in 12 patients on "
    "Axol and in 10 patients on Bexol. Patients with mismatched donors were transplanted later."
)
TABLE = (
    "Study #,T-1,T-1,T-1\n,Axol (n=41),Bexol (n=39),P value\nFever,9 (22%),4 (10%),0.17\nRash,6 (15%),11 (28%),0.14\n"
    "Death: related to disease,12 (29%),9 (23%),0.52\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("trial"), PROSE, "Events", TABLE)


@pytest.mark.parametrize(
    ("question", "gives", "never"),
    [
        ("p for rash", "0.14", "0.41"),
        ("P value of platelet transfusions?", "0.006", "0.02"),
        (
            "What share of the Axol patients needed platelet transfusions in the first 100 days?",
            "34.1%",
            "30",
        ),
        ("When was the trial run?", "January 2007 to May 2012", "61%"),
        ("Hazard ratio of relapse, Axol versus Bexol?", "0.7", "1.2"),
        ("Disease-related deaths with Axol?", "12 (29%)", "23%"),
    ],
)
def test_what_is_asked_of_one_arm(engine: Engine, question: str, gives: str, never: str) -> None:
    text = engine.ask((question,)).text.replace("Abstract", "")
    assert gives in text, text
    assert never not in text, text


@pytest.mark.parametrize(
    "question",
    [
        "Hazard ratio for OS, Axol versus Bexol?",
        "p for haemoglobin",
        "What was the blood loss during surgery with Axol?",
        "3-year OS in patients with mismatched donors?",
        "How many patients received adjuvant chemotherapy?",
    ],
)
def test_what_a_report_does_not_say_of_its_arms(engine: Engine, question: str) -> None:
    answer = engine.ask((question,))
    assert answer.status is Status.DECLINED, answer.text
