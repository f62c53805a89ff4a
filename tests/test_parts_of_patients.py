"""A question on a part of the patients gets that part's figure or a decline, and one on a difference no figure of all."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.question.factors import factors_asked
from assistant.question.fate import clauses
from assistant.question.states import stated
from assistant.question.without import plainly

SHIPPED = [
    # chosen by arm, state and measure; the noun for the patients outweighs none of them
    (
        "Among relapsed adults, what fraction of those on nelarabine by itself lived two years?",
        "8%",
        "37.6 52.9",
    ),
    (
        "Of grown-ups whose leukaemia had returned, how many on nelarabine alone lived two years?",
        "8%",
        "37.6 52.9",
    ),
    (
        "Among adults who had relapsed, what share was relapse-free at two years on the combination?",
        "68.8%",
        "26.7",
    ),
    ("For relapsed adults given single-agent nelarabine, what was the CR rate?", "40%", "62 55"),
    ("Among adults with newly diagnosed disease, what was the 1-year OS?", "89%", "78"),
    ("Among relapsed children, what fraction of those on nelarabine by itself lived two years?", "", "8%"),
    ("In adults only, what was the 2-year OS with nelarabine monotherapy?", "", "8%"),
    # differences that the study does not give
    ("is there a sex difference in OS in GMALL?", "", "89 78"),
    ("Did survival depend on gender in Abstract 980?", "", "75.0"),
    ("Any racial disparity in survival in the GMALL trial?", "", "89 78"),
    ("Were there differences in OS between countries in GMALL?", "", "89 78"),
    ("Was there an age effect on OS in Abstract 980?", "", "75.0"),
    ("sex-specific OS in GMALL?", "", "89 78"),
    # without a drug, and with nothing else
    ("2-year OS for patients not on combination in Abstract 4053?", "8%", "52.9 37.6"),
    ("2-year RFS in the nelarabine-only group of Abstract 4053", "26.7%", "68.8 60.5"),
    ("What was OS in those not receiving nelarabine in GMALL?", "", "89 78"),
    ("3-year EFS without asparaginase in Abstract 54", "", "88.6"),
    # told by what became of them
    ("What was OS at 18 months among those who had not progressed early in Abstract 980?", "", "75.0"),
    ("2-year OS of those who failed to reach CR in Abstract 4053", "", "37.6"),
    ("OS of those who never had CRS in Abstract 980", "", "75.0"),
    ("OS of patients who relapsed in GMALL", "", "89 78"),
    ("3-year OS of patients who underwent transplantation in GMALL", "68%", "78"),
    ("How many patients without T-LBL were in GMALL?", "208", "73 281"),
    # those that are counted are no part
    ("What proportion of patients were progression-free at one year in Abstract 2011?", "62.3%", "60.0"),
    ("Proportion of patients who had not relapsed at two years on nelarabine monotherapy", "26.7%", "68.8"),
    # what a drug acts on, and its backbone
    ("which protein does venetoclax inhibit", "", ""),
    ("Which chemotherapy backbone was used in GMALL?", "", ""),
    ("which antigen is recognised by RD13-01?", "anti-CD7", ""),
]
MADE_UP = [
    ("VGPR or better in patients not on zanubrutinib in NORDSTAR", "36.0%", "28.7"),
    ("Hb response in S181 patients not on belticopan", "2.9%", "82.3"),
    ("exacerbations in the velocizumab-free group of S305", "29.5%", "5.0%"),
    ("Platelet normalization time in S305 off velocizumab", "6 days", ""),
    ("ORR in SALTMARSH-2 in the arm lacking bortezomib", "48.9%", "72.9"),
    (
        "MRD negativity in S-101 for those who got only lenalidomide, lunozomib and dexamethasone",
        "43.9%",
        "64.7",
    ),
    ("ORR in BRACKENFELL-1 patients not given zelne-cel", "", "94.7"),
    ("median PFS in S155 of patients who did not reach uMRD", "5.1 months", "26.2"),
    ("3-year OS in Poster 1987 for patients who were not children", "77.3", "90.1 82.4"),
    ("ORR in P632 of patients who were not double-refractory", "", "68.3"),
    ("relapse rate in S190 among those without a variant", "3.6%", "23.6"),
    ("ORR in S155 among patients who were not infused", "", "57.1"),
    ("Is there an age difference in OS in Poster 1987?", "90.1% 77.3", "82.4"),
    ("Is there a gender gap in ORR in Study S-318?", "", "94.7"),
    ("Does sex influence relapse in S190?", "4.8", "23.6"),
    ("Which protein does nemdeglib degrade?", "Bruton", ""),
    ("Which protein does orvelimod degrade?", "Ikaros", "10.9"),
    ("Which protein does pegvacoplan inhibit?", "C3", ""),
]


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Engine:
    return engine_over(CORPUS, assistant_home / "leukaemia")


@pytest.fixture(scope="module")
def made_up(assistant_home: Path) -> Engine:
    return engine_over(REVIEWS, assistant_home / "parts-of-patients")


def check(engine: Engine, question: str, gives: str, not_: str) -> None:
    answer = engine.ask([question])
    assert (answer.status.value == "answered") == bool(gives), answer.text
    for words in gives.split():
        assert words in answer.text
    for words in not_.split():
        assert words not in answer.text


@pytest.mark.parametrize(("question", "gives", "not_"), SHIPPED)
def test_in_the_shipped_review(shipped: Engine, question: str, gives: str, not_: str) -> None:
    check(shipped, question, gives, not_)


@pytest.mark.parametrize(("question", "gives", "not_"), MADE_UP)
def test_in_reviews_of_other_diseases(made_up: Engine, question: str, gives: str, not_: str) -> None:
    check(made_up, question, gives, not_)


def test_a_decline_names_what_figures_are_not_told_apart_by(shipped: Engine) -> None:
    assert "by sex" in shipped.ask(["Does sex influence OS in GMALL?"]).text


@pytest.mark.parametrize(
    ("focus", "names"),
    [
        ("is there a gender gap in OS", ["sex"]),
        ("did OS depend on the patients' age", ["age"]),
        ("OS by risk group and by country", ["risk", "country"]),
        ("do patients in Germany do better than those elsewhere", ["country"]),
        ("the risk difference for OS", []),
        ("the risk of relapse by year 2", []),
        ("median age and OS of the patients", []),
    ],
)
def test_factors_are_read_off_the_frames_that_ask_for_them(focus: str, names: list[str]) -> None:
    assert [f.name for f in factors_asked(focus)] == names


def test_a_clause_tells_whom_and_whether_they_are_counted() -> None:
    (told,) = clauses("OS of those who had not progressed early in the trial")
    assert (told.text, told.lacking, told.counted) == ("those who had not progressed early", True, False)
    (counted,) = clauses("what proportion of patients who had not relapsed at two years")
    assert counted.counted
    assert list(clauses("OS at two years in the trial")) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("OS in the alphamab-free arm", "OS in the arm without alphamab"),
        ("OS of those not on alphamab", "OS of those  without alphamab"),
        ("OS with alphamab only", "OS with alphamab alone"),
        ("OS in those who got only alphamab", "OS in those who got alphamab alone"),
        ("event-free patients", "event-free patients"),
        ("given alphamab only in the first cycle", "given alphamab only in the first cycle"),
    ],
)
def test_leaving_out_is_written_plainly(text: str, plain: str) -> None:
    assert plainly(text, lambda word: word == "alphamab") == plain


def test_the_state_of_a_disease_is_written_in_the_words_of_the_field() -> None:
    assert stated("adults whose disease had come back") == "adults with relapsed disease"
    assert stated("of the patients who relapsed") == "of the patients who relapsed"
