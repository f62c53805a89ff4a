"""Whose a figure is where a sentence tells one side by its rank, by what it went without or as some of the others."""

from __future__ import annotations

import pytest
from fact_lines import NONE, READER, TRIAL, Arms, stated

LOW, HIGH = frozenset({"6", "mg"}), frozenset({"12", "mg"})
DOSES: Arms = {"Examplinib 6 mg": LOW, "low dose": LOW, "lower dose": LOW} | {
    "Examplinib 12 mg": HIGH,
    "high dose": HIGH,
    "higher dose": HIGH,
}
GIVEN: Arms = {"Maintenance": frozenset({"maintenance"}), "Observation": frozenset({"observation"})}
ADDED: Arms = {"Axol + bexol": frozenset({"+", "axol", "bexol"}), "Bexol": frozenset({"bexol"})}

SENTENCES: list[tuple[str, Arms, str, list[str]]] = [
    (
        "the arm named first in a comparison by rank has the first figure",
        DOSES,
        "Rash was twice as frequent at the higher dose (16.3% vs. 7.3%).",
        ["rash|16.3%||12+mg", "rash|7.3%||6+mg"],
    ),
    (
        "the noun of two ranks is said once",
        DOSES,
        "CR occurred in 45% at the lower and 55% at the higher dose.",
        ["CR|45%||6+mg", "CR|55%||12+mg"],
    ),
    (
        "without one arm's treatment means the other arm",
        GIVEN,
        "The 2-year RFS was 64% with and 49% without maintenance.",
        ["RFS|64%|2-year|maintenance", "RFS|49%|2-year|observation"],
    ),
    (
        "without what one arm alone had means the other, and a ratio is of neither",
        ADDED,
        "The 3-year OS was 96% with and 88% without axol (HR 0.4; p = 0.01).",
        [
            "OS|96%|3-year|++axol+bexol",
            "OS|88%|3-year|bexol",
            "HR|0.4|3-year||||||OS",
            "p_value|0.01|3-year||||||OS",
        ],
    ),
    (
        "the number of all is not that of the arm listed first",
        {"Axol": frozenset({"axol"}), "Bexol": frozenset({"bexol"}), "Cexol": frozenset({"cexol"})},
        "Sixty patients were randomised to axol (n = 30), bexol (n = 20) or cexol (n = 10).",
        [
            "n_patients|Sixty|||||60",
            "n_patients|n = 30||axol|||30",
            "n_patients|n = 20||bexol|||20",
            "n_patients|n = 10||cexol|||10",
        ],
    ),
    (
        "a clause told by its cohort has the figures of it, and who did is told by the clause before",
        NONE,
        "When marrow was used (cohort A, n = 9) four (44.4%) achieved a CR; when blood served (cohort B, n = 12) 10 of 12 patients did.",
        [
            "n_patients|n = 9||cohorta|||9",
            "CR|four||cohorta|||4",
            "n_patients|n = 12||cohortb|||12",
            "CR|10 of 12||cohortb|||10|12",
        ],
    ),
    (
        "what weakened nothing is no group of the figure before",
        NONE,
        "The CR rate was 41.0%, with no attenuation by TP53 mutations (ORR 70.0%).",
        ["CR|41.0%"],
    ),
    (
        "some of those counted are no group of the whole",
        NONE,
        "CR was achieved by 15 patients (51.7%), among them 6/9 with an NPM1 mutation.",
        ["CR|15|||||15", "CR|6/9||npm1|||6|9"],
    ),
    (
        "those at risk of an event had none of it yet",
        TRIAL,
        "In the subgroup at higher risk of relapse, i.e., MRD detectable by sequencing, the 3-year DFS was 94.1% vs. 82.5%.",
        ["DFS|94.1%|3-year|axol+high-risk", "DFS|82.5%|3-year|bexol+high-risk"],
    ),
    (
        "those who were infused are no figure",
        NONE,
        "Among the infused patients, the ORR was 76.6% (72/94).",
        ["ORR|76.6%|||||72|94"],
    ),
    (
        "who was MRD negative",
        NONE,
        "MRD at the end of induction was negative in 33/64 patients.",
        ["MRD_negativity|33/64|||||33|64"],
    ),
    (
        "MRD that was not negative stays what it is",
        NONE,
        "MRD was detectable in 12/20 patients.",
        ["MRD|12/20|||||12|20"],
    ),
    (
        "what was done in so many, whatever stands between",
        TRIAL,
        "Transplantation in first remission was carried out in 55% and 53%, respectively.",
        ["SCT|55%||axol", "SCT|53%||bexol"],
    ),
    (
        "what never exceeded a grade was not above it",
        NONE,
        "CRS was common (76.7%) but never exceeded grade 2; ICANS was noted in 11 patients.",
        ["CRS|76.7%|||<=2", "ICANS|11|||||11"],
    ),
    (
        "a clause tells more of the group before it",
        NONE,
        "Median PFS was 7.4 months in women and was not reached in men, where 73% were free of progression at 18 months.",
        ["median_PFS|7.4 months||women", "PFS|73%|18-month|men"],
    ),
    (
        "one of so much is of the measure before, in those with a response",
        NONE,
        "Patients in CR had a 2-year PFS of 70.2%, and those in partial response one of 22.0%.",
        ["PFS|70.2%|2-year|responders", "PFS|22.0%|2-year|pr"],
    ),
    (
        "what they died of is no event of its own",
        NONE,
        "Nine deaths were recorded, five of them from progression and three from infection.",
        ["deaths|Nine|||||9"],
    ),
    (
        "with a thing and without it are no arms",
        TRIAL,
        "Immunoglobulin was given to 40 patients, during which the infection rate was 12.0% compared with 31.0% without it.",
        ["n_patients|40|||||40"],
    ),
    (
        "a total before the parts it adds up to is of all",
        TRIAL,
        "The report covers 326 patients treated with Axol (n = 231) or Bexol (n = 95).",
        ["n_patients|326|||||326", "n_patients|n = 231||axol|||231", "n_patients|n = 95||bexol|||95"],
    ),
    (
        "how common it was names no product",
        NONE,
        "Fatigue was almost universal (93%).",
        ["fatigue|93%"],
    ),
]


@pytest.mark.parametrize(("arms", "sentence", "expected"), [pytest.param(*c[1:], id=c[0]) for c in SENTENCES])
def test_each_side_has_its_own_figures(arms: Arms, sentence: str, expected: list[str]) -> None:
    assert stated(sentence, arms) == expected


def test_totals_keep_each_side_and_what_follows_them() -> None:
    read = READER.read(
        "CR was reached in 47.5% (57/120) and 30.0% (42/140), respectively, and 28.1% vs. 19.0% underwent subsequent allo-HCT.",
        TRIAL,
        sizes={120: frozenset({"axol"}), 140: frozenset({"bexol"})},
    )
    assert [(f.attribute, f.value, "+".join(sorted(f.group))) for f in read if f.unit == "%"] == [
        ("CR", "47.5%", "axol"),
        ("CR", "30.0%", "bexol"),
        ("SCT", "28.1%", "axol"),
        ("SCT", "19.0%", "bexol"),
    ]
