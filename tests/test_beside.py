"""Studies taken together: lists by age and by what they lack, totals of one sort, open comparisons, languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

AGES = ("2-69", "2-47", "2-27", "2-43", "15-24", "15-60")
YOUNG = "4053 980 1995 2011 54 1414"
CASES = [
    Case(LEUKAEMIA, "Which studies included children?", YOUNG, beside=AGES),
    Case(LEUKAEMIA, "Which studies did not include children?", "51", ("18-55",)),
    Case(LEUKAEMIA, "Which studies enrolled only adults?", "51", ("18-55",)),
    Case(LEUKAEMIA, "Which trials were in the relapsed setting?", "4053 980 1995 2011 942 1414"),
    Case(LEUKAEMIA, "Which studies did not use nelarabine?", "980 1995 2011 975 942 1414"),
    Case(LEUKAEMIA, "List abstracts with fewer than a dozen patients", "1995 942 1414", ("10", "7")),
    Case(LEUKAEMIA, "How many T-LBL patients overall in the CAR-T studies?", "980 1995", ("21", "18", "3")),
    Case(LEUKAEMIA, "Add up the T-ALL patients of Zhang's two trials.", "980 1995", ("41", "34", "7")),
    Case(
        LEUKAEMIA,
        "how many patients with lymphoma were there in all studies combined?",
        "51 980 1995",
        ("94", "73", "18", "3"),
    ),
    Case(LEUKAEMIA, "How many of the 53 had T-ALL?", "980", ("34",)),
    Case(LEUKAEMIA, "Out of the 44 patients, how many got monotherapy?", "4053", ("15",)),
    Case(
        LEUKAEMIA,
        "List everything with a sample size between 10 and 60",
        "980 4053 2011 1995",
        ("44", "53", "20", "10"),
        beside=("29", "15", "34", "18", "7", "3"),
    ),
    Case(
        LEUKAEMIA,
        "studies w/ response rates but no survival",
        "1995 942 1414",
        beside=("80", "100", "42.9", "4"),
    ),
    Case(LEUKAEMIA, "which studies were phase 1 or 1/2?", "980 1995"),
    Case(LEUKAEMIA, "Which studies had transplanted patients?", "51"),
    Case(LEUKAEMIA, "Any study with OS below 50%?", "4053", ("37.6",)),
    Case(LEUKAEMIA, "How many points does OS drop from 1 to 3 years in GMALL?", "51", ("11", "89%", "78%")),
    Case(LEUKAEMIA, "Which trial is the oldest?", "4053", ("2006-2021",)),
    Case(LEUKAEMIA, "table 2 ages", "980 1995 2011", ("2-47", "2-27", "2-43")),
    Case(MARROW, "Which posters had treatment-related deaths?", "87 1987 1203", ("3", "4", "7", "1")),
    Case(
        MARROW,
        "total number of patients with verotrombopag studies combined",
        "87 P-0423",
        ("324", "204", "120"),
    ),
    Case(MYELOMA, "Which of the seven were randomised?", "S-101 S-207"),
    Case(LEUKAEMIA, "Which trial began first?", "4053", ("2006-2021",)),
    Case(LEUKAEMIA, "most recent study?", "1414", ("2021-2022",)),
    Case(LEUKAEMIA, "what fraction of the NS7CAR cohort had T-ALL", "980", ("64.2%",), beside=("34", "53")),
    Case(LEUKAEMIA, "venetoclax trials, n each", "942 1414", ("7",), beside=("3", "4")),
    Case(
        LEUKAEMIA,
        "Wie viele Patienten wurden in allen CAR-T-Studien zusammen behandelt?",
        "980 1995 2011",
        ("83", "53", "10", "20"),
    ),
    Case(LEUKAEMIA, "Quelles études n'ont pas inclus d'enfants ?", "51", ("18-55",)),
    Case(LEUKAEMIA, "Qual era la sopravvivenza globale a 3 anni nello studio di Hatta?", "54", ("93.4%",)),
    Case(LEUKAEMIA, "どの試験が最も患者数が多いですか？", "51", ("281",)),
    Case(LEUKAEMIA, "哪些研究纳入了儿童？", YOUNG, beside=AGES),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_studies_taken_together(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize(
    "question",
    [
        "How does RD13-01 differ from NS7CAR?",
        "Was ist der Unterschied zwischen NS7CAR und RD13-01?",
        "NS7CARとRD13-01の違いは？",
    ],
)
def test_an_open_comparison_says_what_each_study_was(question: str, engines: Engines) -> None:
    answer = engines.engine(LEUKAEMIA).ask([question])
    assert {c.study for c in answer.citations} == {"980", "1995"}
    assert "genome-edited" in answer.text
    assert "53 R/R T-ALL/LBL patients" in answer.text
    assert answer.conflicts  # 80 % in the table, 4 of 10 in the text


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (["Largest CAR-T study?", "Smallest?"], "10 patients"),
        (["Largest CAR-T study?", "Smallest?", "difference in patients between them?"], "43 patients"),
        (["CRS with NS7CAR grade 3?", "grade 4?", "both together?"], "6 patients"),
        (["How old were RD13-01 patients?", "what about those in the phase II CAR-T trial?"], "2–43"),
        (["I'm interested in abstract 54.", "Ages?", "Years?"], "2011–2017"),
        (["How many patients in 942?", "and 1414?", "altogether?"], "14 patients"),
        (["Which trial used IntraBlock?", "Ages there?", "And in the genome-edited one?"], "2–27"),
        (
            ["OS in combination arm, 4053", "is that better than mono?"],
            "Yes: in Shimony et al., the 2-year OS was 52.9%",
        ),
        (["Compare CR in both arms of 4053", "and RFS?", "p value for that?"], "does not report"),
        (
            [
                "I already have NS7CAR. Could you tell me the rate of severe cytokine release in the donor-derived one?"
            ],
            "10%",
        ),
    ],
)
def test_a_follow_up_means_the_studies_spoken_of(turns: list[str], figure: str, engines: Engines) -> None:
    assert figure in engines.engine(LEUKAEMIA).ask(turns).text
