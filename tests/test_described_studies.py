"""Studies named by describing them; each figure worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CORPUS, REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.question.described import fitting, having_all, of_them, plural, pools, singular

REVIEW = """---
title: "Lymphoid malignancies at the 2031 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2031
volume: "1"
pages: "1-4"
doi: "10.5555/made.up"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "Antibodies", note: "N/A, not available"}
  table-2.csv: {title: "Cells", note: "N/A, not available"}
---

# Antibodies

Alphamab was given to 180 patients with newly diagnosed lymphoma in the German AMBER trial (Abstract 11) [1].

A French group gave deltazide to 60 patients with relapsed or refractory lymphoma (Abstract 12) [2].

Betanib kinase inhibitors were reviewed in the charts of 86 patients with relapsed or refractory lymphoma in Italy
(Abstract 13) [3].

# Cells

Gammacel, a tandem CAR-T product, was given to 34 children (Abstract 14) [4].

Omegacel, a base-edited CAR-T product, was given to 53 adults in Japan (Abstract 15) [5]. CRS was mild in 47/53 patients.

Sigmacel was tested in xenograft mice only; nobody has been treated so far (Abstract 16) [6].
"""
TABLE_1 = """"Abstract No.","11","12","13"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Haddow et al. [3]"
"Agents","Alphamab + epsilumab","Deltazide + epsilumab","Betanib"
"Phase","II","III","Retrospective"
"No. of patients","180","60","86"
"Age range, years","22-88","26-72","60-87"
"Study period","2021-2024","2022-2025","2011-2020"
"Survival","3-year OS: 81.0%","3-year OS: 54.7%","3-year OS: 33.3%"
"""
TABLE_2 = """"Abstract No.","14","15","16"
"Authors, reference","Okonjo et al. [4]","Tanaka et al. [5]","Wu et al. [6]"
"Agents","Gammacel CAR-T","Omegacel CAR-T","Sigmacel CAR-T"
"Phase","I","I/II","Preclinical"
"No. of patients","34","53","N/A"
"Age range, years","2-17","20-70","N/A"
"Response","CR: 70.6%","CR: 61.2%","N/A"
"Safety (grade >= 3)","CRS: 5.9%","CRS: 13.2%","N/A"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2031}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist", "Haddow", "Okonjo", "Tanaka", "Wu"), 1)
)
ASKED = [
    # one study: by country, design, size, ages, disease, technique
    ("3-year OS in the big German programme?", "81.0%", "54.7 33.3"),
    ("In the retrospective study, OS at 3 years?", "33.3%", "81.0 54.7"),
    ("the 53-patient study: CR?", "61.2%", "70.6"),
    ("CR in the study whose ages stop at 17?", "70.6%", "61.2"),
    ("CR in the base-edited CAR-T study?", "61.2%", "70.6"),
    ("What was the CR rate of the CAR-T study in children?", "70.6%", "61.2"),
    # so many studies
    ("3-year OS in the two epsilumab studies, side by side?", "81.0% 54.7%", "33.3"),
    ("3-year OS: the German trial next to the Italian one.", "81.0% 33.3%", "54.7"),
    # among some
    ("Of the two relapsed studies, which had the higher 3-year OS?", "54.7%", "81.0"),
    ("Among the CAR-T studies, which enrolled the most patients?", "53", "180"),
    ("Which product in Table 2 had the heaviest burden of grade >= 3 CRS?", "13.2% Omegacel", "5.9"),
    ("Among all studies of table 1, name the one with the fewest patients.", "60", "34"),
    # after a list
    ("List the epsilumab studies. || The one in France: how many patients?", "60", "180"),
    ("List the CAR-T studies. || Which of them has been tested on no patient at all?", "16", "34 53"),
    ("List the CAR-T studies. || The one whose ages stop at 17 || How many patients?", "34", "53"),
    (
        "List the studies of table 1. || Take the one that looks backwards. Which years did it cover?",
        "2011",
        "2025",
    ),
    ("3-year OS with alphamab? || The same for its French counterpart.", "54.7%", "81.0 33.3"),
    # what tells no study stays as it was
    ("3-year OS in the Danish study?", "", "81.0 54.7 33.3"),
    ("CR in the 54-patient study?", "", "70.6 61.2"),
]
SHIPPED = [
    (
        "Now for the phase I/II CAR-T abstract: its registry numbers, there should be two.",
        "NCT04572308 NCT04916860",
        "NCT04620655",
    ),
    (
        "Set the two first-line nelarabine studies (15–24-year-olds versus the 18–55 group) side by side for three-year OS.",
        "93.4% 78%",
        "37.6",
    ),
    ("Suo et al., response after one cycle? || Now the same for the phase II successor.", "85.7%", "1995"),
]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "made-up-2031"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE_1, encoding="utf-8")
    (folder / "table-2.csv").write_text(TABLE_2, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "abbreviations.csv").write_text(
        "CR,complete remission\nOS,overall survival\nCRS,cytokine release syndrome\n", encoding="utf-8"
    )
    return engine_over(corpus, assistant_home / "described-studies")


def check(engine: Engine, question: str, gives: str, not_: str) -> None:
    answer = engine.ask(question.split(" || "))
    if gives:
        assert answer.status.value == "answered", answer.text
    for figure in gives.split():
        assert figure in answer.text
    for figure in not_.split():
        assert figure not in answer.text


@pytest.mark.parametrize(("question", "gives", "not_"), ASKED)
def test_the_study_described_is_meant(made_up: Engine, question: str, gives: str, not_: str) -> None:
    check(made_up, question, gives, not_)


@pytest.mark.parametrize(("question", "gives", "not_"), SHIPPED)
def test_and_in_the_shipped_review(assistant_home: Path, question: str, gives: str, not_: str) -> None:
    check(engine_over(CORPUS, assistant_home / "leukaemia"), question, gives, not_)


def test_a_remission_is_no_study(assistant_home: Path) -> None:
    engine = engine_over(REVIEWS / "myeloma-meeting-2024", assistant_home / "myeloma")
    answer = engine.ask(["What was the complete remission rate in Study S-207?", "And the partial one?"])
    assert {f.study for f, _ in answer.facts} <= {"S-207"}


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("OS in the big German programme?", ["big German programme"]),
        ("CRS in the 53-patient study", ["53-patient study"]),
        ("Take the one that looks backwards. Who wrote it?", ["one that looks backwards"]),
        ("Response after cycle one in the phase II trial", ["phase II trial"]),
        ("which retrospective study had the most", []),
        ("the largest study", []),
        ("OS in the study?", []),
        ("in another phase II trial", []),
    ],
)
def test_a_description_stands_before_and_behind_its_noun(text: str, described: list[str]) -> None:
    assert [p.text for p in singular(text, lambda words: False)] == described


def test_an_outcome_describes_no_study() -> None:
    found = list(singular("relapse rate German trial", lambda words: "rate" in words))
    assert [p.text for p in found] == ["German trial"]
    assert [p.text for p in singular("the trial with the best OS", lambda words: "OS" in words)] == []


def test_so_many_studies_and_the_studies_among_which_some_are_asked_for() -> None:
    (two,) = plural("OS in the two first-line studies (A versus B) at 3 years")
    assert (two.text, two.n) == ("first-line", 2)
    (pool,) = pools("Of the three Ph+ studies, whose patients were oldest?")
    assert (pool.text, pool.n) == ("Ph+", 3)
    which = of_them("Which one of them was retrospective?")
    assert which is not None
    assert which.text == "was retrospective"
    assert of_them("Which of them had the highest OS?") is None


POOL = ["a", "b", "c", "d"]


def test_a_study_is_told_only_where_it_stands_clearly_apart() -> None:
    assert fitting({"german": {"a"}}, POOL, 1) == ("a",)
    assert fitting({"german": {"a"}, "base": {"b"}}, POOL, 1) == ()
    assert fitting({"german": {"a", "b"}}, POOL, 1) == ()
    assert fitting({"german": {"a", "b"}}, POOL, 2) == ("a", "b")
    assert fitting({}, POOL, 1) == ()


def test_what_is_more_than_a_word_must_hold_and_a_table_settles() -> None:
    assert fitting({"design:II": {"a", "b"}, "german": {"b"}}, POOL, 1) == ("b",)
    assert fitting({"design:II": {"a", "b"}, "german": {"c"}}, POOL, 1) == ()
    assert fitting({"size:53": {"c"}, "group:adult": {"a"}}, POOL, 1) == ("c",)
    assert fitting({"size:54": set(), "german": {"a"}}, POOL, 1) == ()
    assert having_all({"group:adult": {"a", "b"}, "design:II": {"b", "c"}}, POOL) == ("b",)
