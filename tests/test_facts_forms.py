"""Forms of reports that no review of ours had when they were met first; each fact worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import READER, TWO, Arms, shown, stated

LETTERS = {"AV": frozenset({"av"}), "A": frozenset({"arm-a"})}
DOSES = {"10 mg": frozenset({"10", "mg"}), "20 mg": frozenset({"20", "mg"})}


@pytest.mark.parametrize(
    ("sentence", "arms", "expected"),
    [
        pytest.param(
            "Neither relapse (21% vs. 19%) nor overall survival (OS; 77% vs. 74% at 1 year) differed.",
            TWO,
            [
                "relapse|21%||alphamab",
                "relapse|19%||betanib",
                "OS|77%|1-year|alphamab",
                "OS|74%|1-year|betanib",
            ],
            id="each bracket belongs to the measure before it",
        ),
        pytest.param(
            "With alphamab vs. betanib the ORR was 66% vs. 35% at week 24, 57% vs. 38% at week 48 and 50% vs. 28% at week 72.",
            TWO,
            [
                "ORR|66%|24-week|alphamab",
                "ORR|35%|24-week|betanib",
                "ORR|57%|48-week|alphamab",
                "ORR|38%|48-week|betanib",
                "ORR|50%|72-week|alphamab",
                "ORR|28%|72-week|betanib",
            ],
            id="each time stands behind its own two values",
        ),
        pytest.param(
            "The 2-year incidence of chronic GvHD was 36% and 30%, and NRM 24% and 18%, respectively.",
            TWO,
            [
                "cGvHD|36%|2-year|alphamab",
                "cGvHD|30%|2-year|betanib",
                "NRM|24%|2-year|alphamab",
                "NRM|18%|2-year|betanib",
            ],
            id="a clause without a verb keeps the time",
        ),
        pytest.param(
            "BK-virus cystitis was the price (15% vs. 5%).",
            TWO,
            ["haemorrhagic_cystitis|15%||alphamab", "haemorrhagic_cystitis|5%||betanib"],
            id="a compound is what its last word says",
        ),
        pytest.param(
            "Grade II-IV acute GvHD by day 100 was seen in 23% and 43%, and the median time to neutrophil "
            "engraftment was 18 and 15 days, respectively.",
            TWO,
            [
                "aGvHD|23%|100-day|alphamab|2-4",
                "aGvHD|43%|100-day|betanib|2-4",
                "neutrophil_recovery|18||alphamab",
                "neutrophil_recovery|15 days||betanib",
            ],
            id="a length of time has no time point",
        ),
        pytest.param(
            "OS at 36 months was 94% with AV and 93% with A.",
            LETTERS,
            ["OS|94%|36-month|av", "OS|93%|36-month|arm-a"],
            id="an arm called by one letter",
        ),
        pytest.param(
            "A German trial gave a CR rate of 50%.", LETTERS, ["CR|50%"], id="an article names no arm"
        ),
        pytest.param(
            "CRS occurred in 82% (grade ≥ 3: 8%), ICANS in 43% (grade ≥ 3: 18%).",
            {},
            ["CRS|82%", "CRS|8%|||>=3", "ICANS|43%", "ICANS|18%|||>=3"],
            id="a grade in brackets is of the figure before it",
        ),
        pytest.param(
            "Among carriers of a QRS4 mutation, CR was reached by 27% and 18%, respectively.",
            TWO,
            ["CR|27%||alphamab+qrs4-mutated", "CR|18%||betanib+qrs4-mutated"],
            id="a gene that no list knows",
        ),
        pytest.param(
            "In the subgroup also taking steroids, 38% of the Alphamab arm responded.",
            TWO,
            ["ORR|38%||alphamab+steroids"],
            id="whom a sentence is about",
        ),
        pytest.param(
            "It was given at 10 mg or 20 mg to 21 and 24 patients, respectively, whose disease had progressed "
            "on two lines.",
            DOSES,
            ["n_patients|21||10+mg|||21", "n_patients|24||20+mg|||24"],
            id="disease that had progressed before is no result",
        ),
        pytest.param(
            "It was infused in 49 of 56 patients; the others died before infusion.",
            {},
            ["n_patients|49 of 56|||||49|56"],
            id="what follows a semicolon counts nothing before it",
        ),
        pytest.param(
            "Factor IX activity was 31 IU/dL in the 15 carriers and 40 IU/dL in the 25 others.",
            {},
            ["n_patients|15|||||15"],
            id="a number of patients is no level",
        ),
        pytest.param(
            "In mice, median survival rose from 39 to 74 days.", TWO, [], id="a change is of no two arms"
        ),
        pytest.param(
            "The muscular response rate was 44%.", {}, [], id="the response of an organ is no overall one"
        ),
    ],
)
def test_forms(sentence: str, arms: Arms, expected: list[str]) -> None:
    assert stated(sentence, arms) == expected


def test_corresponding_rates_are_of_the_measure_of_the_sentence_before() -> None:
    earlier = READER.named("PFS was 82% with Alphamab and 84% with Betanib.", TWO)
    read = READER.read(
        "In patients with del(17p) the corresponding rates were 76% and 83%.", TWO, (), earlier
    )
    assert [shown(f) for f in read] == ["PFS|76%||alphamab+del17p", "PFS|83%||betanib+del17p"]


def test_a_count_of_two_alternatives_is_of_everybody() -> None:
    sentence = "The registry had 264 adults whose treatment had been Alphamab (n = 101) or Betanib (n = 163)."
    assert stated(sentence, TWO) == [
        "n_patients|264|||||264",
        "n_patients|n = 101||alphamab|||101",
        "n_patients|n = 163||betanib|||163",
    ]
