"""Lists of adverse events and counts of responders; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import NONE, TWO, Arms, stated

GRADED = [
    pytest.param(
        NONE,
        "Grade ≥3 adverse events included neutropenia (42%), anaemia (31%) and thrombocytopenia (28%).",
        ["neutropenia|42%|||>=3", "anaemia|31%|||>=3", "thrombocytopenia|28%|||>=3"],
        id="the grade at the head of a list",
    ),
    pytest.param(
        NONE,
        "The most common adverse events were neutropenia (42%), anaemia (31%) and thrombocytopenia (28%) of "
        "grade ≥ 3.",
        ["neutropenia|42%|||>=3", "anaemia|31%|||>=3", "thrombocytopenia|28%|||>=3"],
        id="the grade behind a list",
    ),
    pytest.param(
        TWO,
        "Febrile neutropenia (21% vs 9%) and pneumonia (12% vs 10%) were the most common grade 3 events with "
        "alphamab and betanib, respectively.",
        [
            "febrile_neutropenia|21%||alphamab|3",
            "febrile_neutropenia|9%||betanib|3",
            "pneumonia|12%||alphamab|3",
            "pneumonia|10%||betanib|3",
        ],
        id="the grade behind a list of two arms",
    ),
    pytest.param(
        NONE,
        "Grade 3/4 neutropenia, thrombocytopenia and anaemia were seen in 77%, 52% and 40%, respectively.",
        ["neutropenia|77%|||3-4", "thrombocytopenia|52%|||3-4", "anaemia|40%|||3-4"],
        id="the grade before a list of names",
    ),
    pytest.param(
        NONE,
        "Adverse events of any grade were neutropenia (42%) and anaemia (31%), and 12% had an infection of grade 3.",
        ["neutropenia|42%", "anaemia|31%", "infection|12%|||3"],
        id="a list of all grades stays one",
    ),
    pytest.param(
        NONE,
        "The most frequent AEs (any grade/grade ≥3) were fatigue (48%/4%) and nausea (39%/1%).",
        ["fatigue|48%", "fatigue|4%|||>=3", "nausea|39%", "nausea|1%|||>=3"],
        id="two figures a bracket, told at the head",
    ),
    pytest.param(
        NONE,
        "Adverse events of grade 3 or 4 in more than 10% of patients were neutropenia (52%) and infection (21%).",
        ["neutropenia|52%|||3-4", "infection|21%|||3-4"],
        id="what made an event worth listing is no result",
    ),
    pytest.param(
        NONE,
        "Peripheral neuropathy occurred in 53% (grade 3, 9%; no grade 4).",
        ["peripheral_neuropathy|53%", "peripheral_neuropathy|9%|||3"],
        id="a grade that nobody had",
    ),
    pytest.param(
        NONE,
        "Three patients had grade 1, five grade 2 and one grade 4 ICANS.",
        ["ICANS|Three|||1||3", "ICANS|five|||2||5", "ICANS|one|||4||1"],
        id="numbers in words before grades",
    ),
    pytest.param(
        NONE,
        "CRS was grade 1 in 22, grade 2 in 9 and grade 3 in 3 patients.",
        ["CRS|22|||1||22", "CRS|9|||2||9", "CRS|3|||3||3"],
        id="bare numbers behind grades",
    ),
]
COUNTED = [
    pytest.param(
        NONE,
        "Best response was CR in 9, CRi in 4 and PR in 3 patients.",
        ["CR|9|||||9", "CRi|4|||||4", "PR|3|||||3"],
        id="bare numbers behind responses",
    ),
    pytest.param(
        NONE,
        "The ORR was 61% (24 CR, 6 CRi, 4 PR).",
        ["ORR|61%", "CR|24|||||24", "CRi|6|||||6", "PR|4|||||4"],
        id="bare numbers before responses",
    ),
    pytest.param(
        TWO,
        "Grade 3 neutropenia was more common with alphamab (54% v 31%).",
        ["neutropenia|54%||alphamab|3", "neutropenia|31%||betanib|3"],
        id="v for versus",
    ),
    pytest.param(
        NONE,
        "Responses were seen in 2 of 4 patients at 100 mg and 4 of 6 at 200 mg.",
        ["ORR|2 of 4||100+mg|||2|4", "ORR|4 of 6||200+mg|||4|6"],
        id="doses behind patients",
    ),
    pytest.param(
        NONE,
        "Median age was 63 years (range, 24-81), 58% were male, and the median number of prior lines was 3.",
        ["median_age|63 years", "age_range|24-81"],
        id="a median of something else",
    ),
    pytest.param(
        NONE,
        "Haematological toxicity was common, with 85% having neutropenia, 60% anaemia and 55% thrombocytopenia.",
        ["neutropenia|85%", "anaemia|60%", "thrombocytopenia|55%"],
        id="having",
    ),
    pytest.param(
        NONE,
        "The probability of remaining in remission at 18 months was 71%.",
        ["sustained_response|71%|18-month"],
        id="remaining in remission is no new remission",
    ),
    pytest.param(
        NONE,
        "Nine patients (18%) relapsed at a median of 7.4 months.",
        ["relapse|Nine|||||9"],
        id="a median time is no time point",
    ),
    pytest.param(
        TWO,
        "Serious adverse events led to death in 5% on alphamab and 3% on betanib.",
        ["fatal_ae|5%||alphamab", "fatal_ae|3%||betanib"],
        id="events that led to death",
    ),
    pytest.param(
        NONE,
        "Treatment was discontinued in 31 patients owing to progression (n = 18), toxicity (n = 7) or "
        "transplantation (n = 4).",
        ["discontinuation|31|||||31"],
        id="a transplant as a reason tells no patients apart",
    ),
]
MORE = [
    pytest.param(
        NONE,
        "No grade 4 or 5 events were seen; the most common events were fatigue in 40% and nausea in 35%.",
        ["fatigue|40%", "nausea|35%"],
        id="a grade that no event had",
    ),
    pytest.param(
        NONE,
        "Hypofibrinogenaemia was frequent (any grade, 48%; grade ≥3, 19%), whereas thrombosis was rare (4%).",
        ["hypofibrinogenaemia|48%", "hypofibrinogenaemia|19%|||>=3", "thrombosis|4%"],
        id="two grades in a bracket",
    ),
    pytest.param(
        NONE,
        "Day-100 cumulative incidences of grade II-IV and III-IV acute GvHD were 38% and 12%, respectively.",
        ["aGvHD|38%|100-day||2-4", "aGvHD|12%|100-day||3-4"],
        id="two grades of one measure",
    ),
    pytest.param(
        NONE,
        "33 patients (72%) responded, including 21 (46%) with a CR and 12 (26%) with a PR.",
        ["ORR|33|||||33", "CR|21|||||21", "PR|12|||||12"],
        id="parts that are results of their own",
    ),
    pytest.param(
        NONE,
        "Hypogammaglobulinaemia was documented in 22/30 (73%), and 14 (47%) received immunoglobulins.",
        ["hypogammaglobulinaemia|22/30|||||22|30"],
        id="what was given is no figure of the event",
    ),
    pytest.param(
        NONE,
        "Responses occurred at a median of 1.8 months and lasted a median of 13.5 months.",
        ["TTR|1.8 months", "median_DOR|13.5 months"],
        id="how soon and how long",
    ),
    pytest.param(
        TWO,
        "CR was obtained in 45 of 80 (56%) patients given alphamab.",
        ["CR|45 of 80||alphamab|||45|80"],
        id="a response that was obtained",
    ),
    pytest.param(
        NONE,
        "With a median follow-up of 19 months, 12 patients had relapsed and 7 had died, 4 of them in remission.",
        ["median_follow_up|19 months", "relapse|12|||||12", "deaths|7|||||7"],
        id="had relapsed and",
    ),
    pytest.param(
        TWO,
        "Febrile neutropenia occurred in 21.1% of patients treated with alphamab and in 36.2% of those who also "
        "received betanib.",
        ["febrile_neutropenia|21.1%||alphamab", "febrile_neutropenia|36.2%||betanib"],
        id="patients treated with a drug",
    ),
]
NO_RESULTS = [
    pytest.param(text, left, id=text)
    for text, left in (
        ("82 were PET-negative and 78 were PET-positive; 31 of the latter (39.7%) relapsed.", "CMR|39.7%"),
        ("In the 118 patients with detectable MRD, the 3-year OS was 54%.", "118"),
        ("Sixteen of the 25 relapses (64%) were early.", "relapse"),
        ("After one cycle, 52% were in CR, and another 14% entered CR after the second cycle.", "14%"),
        ("Veno-occlusive disease was seen in 3 (7%) patients and was fatal in one.", "one"),
        ("Neutropenia lasted less than 2 weeks in 81% of the patients.", "81%"),
        ("CR was achieved by 64%, and 78% of these were MRD negative.", "78%"),
        ("Twelve (80%) of 15 patients with T-ALL and 5 (50%) of 10 with T-LBL had a CR.", "CR|5"),
        ("22% had a white-cell count above 50 × 10^9/L.", "WBC|50"),
        ("CRS was managed with tocilizumab in 14 patients (33%) and with steroids in 9 (21%).", "CRS"),
        ("Complete remission with MRD negativity was seen in 52% of the patients.", "mrd-positive"),
        ("Relapse occurred in 14/47 (30%), of which 9 were CD22-positive.", "relapse|9"),
        ("Transplantation was performed in 41% of responders at a median of 2.6 months.", "2.6-month"),
        ("The CR rate improved from 22% after induction to 48% as best response.", "22%"),
        ("Stable disease was the best response in 11 patients.", "BOR"),
        ("Thirty-six of 41 infused patients (88%) reached a CR.", "infused_patients"),
        ("Median time to onset of ICANS was 6 days, with a median duration of 4 days.", "4 days"),
    )
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), GRADED + COUNTED + MORE)
def test_lists_and_counts(arms: Arms, sentence: str, expected: list[str]) -> None:
    found = [f.removesuffix("|") for f in stated(sentence, arms)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(("sentence", "wrong"), NO_RESULTS)
def test_no_results(sentence: str, wrong: str) -> None:
    assert not [f for f in stated(sentence, NONE) if wrong in f and not f.startswith("n_patients|82")]
