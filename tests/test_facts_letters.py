"""Phrasings of short meeting letters, each with the facts it states, worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import ARMS, READER, shown, stated

SENTENCES: list[tuple[str, str, str, list[str]]] = [
    (
        "ages of a part of the patients",
        "none",
        "The 5-year OS was 47% overall; it was 63% in patients aged 60\u201369 years and 29% in those aged 70 years or older.",
        ["OS|47%|5-year|all", "OS|63%|5-year|age60-69", "OS|29%|5-year|age>=70"],
    ),
    (
        "what a share is of is said once",
        "none",
        "12-month EFS was 65% in patients with < 5% blasts, 55% in those with 5\u201375% and 27% in those with > 75%.",
        ["EFS|65%|12-month|blasts<5", "EFS|55%|12-month|blasts5-75", "EFS|27%|12-month|blasts>75"],
    ),
    (
        "they were: one figure a measure named before",
        "none",
        "At 1 year, EFS was 88% and OS 91%; at 3 years they were 55% and 73%, respectively.",
        ["EFS|88%|1-year", "OS|91%|1-year", "EFS|55%|3-year", "OS|73%|3-year"],
    ),
    (
        "each end of a change has its own time or cycle",
        "none",
        "MRD negativity rose from 51% after induction to 84% after the first cycle.",
        ["MRD_negativity|51%||induction", "MRD_negativity|84%||||1"],
    ),
    (
        "the median of an amount at baseline",
        "none",
        "The monocyte count fell from a median of 6.8 \u00d7 10\u2079/L at baseline to 1.4 \u00d7 10\u2079/L after the third cycle.",
        ["monocyte_count|6.8 \u00d7 10\u2079/L|baseline", "monocyte_count|1.4 \u00d7 10\u2079/L||||3"],
    ),
    (
        "none of so many counts nobody",
        "none",
        "VOD was seen in 6 patients (7.5%), in none of the 30 who received the reduced dose.",
        ["VOD|6|||||6", "VOD|none of the 30||received-reduced-dose|||0|30"],
    ),
    (
        "parts behind a colon add up",
        "none",
        "Seven patients relapsed: three with CD19-negative disease, one with CD19-low disease and three with dual-positive disease.",
        [
            "relapse|Seven|||||7",
            "relapse|three||cd19-negative-disease|||3",
            "relapse|one||cd19-low-disease|||1",
            "relapse|three||dual-positive-disease|||3",
        ],
    ),
    (
        "the part of a count has a place of its own",
        "none",
        "Six patients relapsed, four of them in the central nervous system.",
        ["relapse|Six|||||6", "relapse|four||cns|||4"],
    ),
    (
        "figures set against each other are of the arms, of both measures together",
        "added",
        "Sepsis and catheter-related infections were more frequent with helpomab (14.8% vs. 5.1% in the average-risk group).",
        [
            "sepsis|14.8%||average-risk+with-helpomab",
            "infection|14.8%||average-risk+with-helpomab",
            "sepsis|5.1%||average-risk+no-helpomab",
            "infection|5.1%||average-risk+no-helpomab",
        ],
    ),
    (
        "no better than the others",
        "none",
        "Thirteen patients were transplanted; their 18-month EFS (81%) was not better than that of the others (64%).",
        [
            "n_patients|Thirteen||transplant|||13",
            "EFS|81%|18-month|transplant",
            "EFS|64%|18-month|no-transplant",
        ],
    ),
    (
        "an aim counts nobody",
        "none",
        "To prevent antigen escape, a new product was given to 36 children.",
        ["n_patients|36||paediatric|||36"],
    ),
    (
        "the difference is no arm's figure",
        "added",
        "SVR35 at week 24 was reached by 65.9% with helpomab and by 35.2% without helpomab (difference 30.4%).",
        ["SVR35|65.9%|24-week|with-helpomab", "SVR35|35.2%|24-week|no-helpomab"],
    ),
    (
        "a bracket belongs to the measure before it",
        "added",
        "SVR35 was twice as common with helpomab (63.2% vs. 31.5%), yet the change in total symptom score did not differ.",
        ["SVR35|63.2%||with-helpomab", "SVR35|31.5%||no-helpomab"],
    ),
    (
        "no need is freedom from it",
        "added",
        "In year 6, 81.4% with helpomab and 60.0% without helpomab did not need phlebotomy.",
        [
            "phlebotomy_independence|81.4%|6-year|with-helpomab",
            "phlebotomy_independence|60.0%|6-year|no-helpomab",
        ],
    ),
    (
        "the most common event is what the figure is of",
        "none",
        "Hypertension was the most common treatment-related adverse event (18.9% of all 95 patients).",
        ["hypertension|18.9%"],
    ),
    (
        "an outcome tells whom a sentence is about",
        "none",
        "In those who became transfusion-independent by week 24, 3-year OS was 76.3%, as against 49.8% in those who did not.",
        ["OS|76.3%|3-year|transfusion-independent-week", "OS|49.8%|3-year|no-transfusion-independent-week"],
    ),
    (
        "an endpoint with a criterion",
        "added",
        "RBC-TI of at least 12 weeks with a rise of hemoglobin of at least 1.5 g/dL (weeks 1\u201324) was met by 60.4% vs. 34.8%.",
        [
            "transfusion_independence|60.4%|12-week|with-helpomab",
            "transfusion_independence|34.8%|12-week|no-helpomab",
        ],
    ),
    (
        "among those without",
        "added",
        "Among patients with ring sideroblasts, 8-week RBC-TI was 45.2% vs. 18.9%; among those without, 32.6% vs. 8.7%.",
        [
            "transfusion_independence|45.2%|8-week|sf3b1+with-helpomab",
            "transfusion_independence|18.9%|8-week|no-helpomab+sf3b1",
            "transfusion_independence|32.6%|8-week|no-sf3b1+with-helpomab",
            "transfusion_independence|8.7%|8-week|no-helpomab+no-sf3b1",
        ],
    ),
    (
        "what a response is composed of",
        "added",
        "The overall response rate (CR, mCR or PR) was higher with helpomab (76.2% vs. 57.9%), but the CR rate was not (27.6% vs. 24.9%).",
        [
            "ORR|76.2%||with-helpomab",
            "ORR|57.9%||no-helpomab",
            "CR|27.6%||with-helpomab",
            "CR|24.9%||no-helpomab",
        ],
    ),
    (
        "the median is of the survival named before",
        "added",
        "EFS was not improved: the median was 12.1 and 10.3 months, respectively, although CIR at 3 years was lower (44% vs. 61%).",
        [
            "median_EFS|12.1||with-helpomab",
            "median_EFS|10.3 months||no-helpomab",
            "CIR|44%|3-year|with-helpomab",
            "CIR|61%|3-year|no-helpomab",
        ],
    ),
    (
        "a grade holds for a list",
        "none",
        "Grade 3\u20134 neutropenia (68%) and thrombocytopenia (62%) were frequent.",
        ["neutropenia|68%|||3-4", "thrombocytopenia|62%|||3-4"],
    ),
    (
        "what is planned counts nobody yet",
        "none",
        "A planned 320 patients will be assigned.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("arms", "sentence", "expected"), [s[1:] for s in SENTENCES], ids=[s[0] for s in SENTENCES]
)
def test_facts_of_a_letter(arms: str, sentence: str, expected: list[str]) -> None:
    assert stated(sentence, ARMS[arms]) == expected


def test_a_benefit_is_of_the_measure_of_the_sentence_before() -> None:
    arms = ARMS["added"]
    earlier = READER.named("3-year DFS was 96.0% with helpomab vs. 87.9% without it.", arms)
    sentence = "The benefit was seen in both the average-risk group (97.5% vs. 90.2%) and the high-risk group (94.1% vs. 84.8%)."
    assert [shown(f) for f in READER.read(sentence, arms, (), earlier)] == [
        "DFS|97.5%||average-risk+with-helpomab",
        "DFS|90.2%||average-risk+no-helpomab",
        "DFS|94.1%||high-risk+with-helpomab",
        "DFS|84.8%||high-risk+no-helpomab",
    ]


def test_either_spelling_names_a_measure() -> None:
    for word in ("Leukemic", "Leukaemic"):
        read = READER.read(f"{word} transformation was reported in five patients.")
        assert [shown(f) for f in read] == ["transformation|five|||||5"]
