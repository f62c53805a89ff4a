"""The group a question means, chosen among those that the figures asked for were given of; each figure worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.engine.engine import Engine

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
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Antibodies

The phase III AMBER trial compared alphamab plus GemOx (A-GemOx, n = 120) with betanib plus GemOx (B-GemOx, n = 60) in
lymphoma (Abstract 11) [1]. Median OS was 23.4 months with A-GemOx and 11.6 months with B-GemOx; median PFS was 13.3 vs.
3.9 months.

# Cells

Gammacel was given to 34 patients at doses of 1 × 10⁶/kg (DL1, n = 6), 3 × 10⁶/kg (DL2, n = 22) and 6 × 10⁶/kg (DL3, n = 6)
(Abstract 12) [2]. CR was obtained in 3/6 (50.0%), 17/22 (77.3%) and 4/6 (66.7%) patients at DL1, DL2 and DL3, respectively.

# Older patients

Deltazide was given to 86 patients aged 60 years or older (Abstract 13) [3]. The 3-year OS was 54.7%. It was 66.3% in the 52
patients aged 60–69 years but only 37.8% in the 34 aged 70 years or more (p = 0.004), and 33.1% in the 29 patients with a TP53
mutation.

# Relapse

Epsilumab was given to 98 patients with relapsed disease (Abstract 14) [4]. The ORR was 61.2% (60/98) and the CR rate 46.9%
(46/98); in the 35 patients with prior CAR T-cell therapy these rates were 57.1% (20/35) and 40.0% (14/35). Patients with ≤ 5%
marrow blasts had a 12-month PFS of 61%, compared with 36% in those with more.
"""
TABLE = """"Abstract No.","11","12","13","14"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Haddow et al. [3]","Okonjo et al. [4]"
"Agents","Alphamab + GemOx vs betanib + GemOx","Gammacel","Deltazide","Epsilumab"
"No. of patients","180 (120; 60)","34","86","98"
"Outcome","Median PFS: 13.3 vs 3.9 months","CR: 70.6%","3-year OS: 54.7%","ORR: 61.2%"
"Age range, years","22-88","26-72","60-87","20-81"
"""
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2031}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist", "Haddow", "Okonjo"), 1)
)
ASKED = [
    # by the part in the trial, and by the prose's own name for an arm
    ("median OS in the control arm of AMBER", "11.6", "23.4"),
    ("AMBER: median OS with A-GemOx", "23.4", "11.6"),
    # by the rank of a dose
    ("CR at the lowest of the three gammacel doses", "50.0%", "77.3 66.7 70.6"),
    ("gammacel: CR, upper dose level", "66.7%", "77.3 50.0"),
    # by age
    ("3-year OS with deltazide in the sixty-somethings", "66.3%", "37.8 54.7"),
    ("3-year OS with deltazide for those in their sixties", "66.3%", "37.8 54.7"),
    ("deltazide: 3-year OS either side of 70", "66.3% 37.8%", "54.7 33.1"),
    ("deltazide: OS at 3 years with a p53 lesion", "33.1%", "54.7 66.3"),
    ("3-year OS with deltazide", "54.7%", "66.3 37.8 33.1"),
    # by what was had before, and by how much was left
    ("CR rate with epsilumab in those who had already been through CAR T cells", "40.0%", "46.9 57.1"),
    ("12-month PFS with epsilumab if there were hardly any blasts", "61%", "36"),
    ("12-month PFS with epsilumab if there were a lot of blasts", "36%", "61"),
    # by words of a label, and all of them
    ("AMBER: median OS, standard arm", "11.6", "23.4"),
    ("gammacel: CR at the lower and at the higher end, DL1 and DL3", "50.0% 66.7%", "77.3"),
    # of nobody whom the study tells apart
    ("ORR with epsilumab in CAR-T-naive patients", "", "61.2%"),
    ("3-year OS with deltazide in women", "", "66.3 37.8 33.1"),
]
SHIPPED = [
    ("CR rate in 4053, the two groups not separated", "55%", "62% 40%"),
    ("n with the combination, n with the single drug in Abstract 4053?", "29 15", "44"),
    ("Of Suo's patients, how many had never been treated and how many had relapsed?", "4 3", "7"),
    ("How many individuals received an infusion of naturally selected 7CAR-T cells?", "53", "34"),
    ("Shimony's series, nelarabine by itself: CR rate", "40%", "62% 55%"),
    ("What was OS in females of the GMALL trial?", "", "89 78"),
]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "made-up-2031"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "abbreviations.csv").write_text(
        "CR,complete remission\nOS,overall survival\n", encoding="utf-8"
    )
    return engine_over(corpus, assistant_home / "group-choice")


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Engine:
    return engine_over(CORPUS, assistant_home / "leukaemia")


def check(engine: Engine, question: str, gives: str, not_: str) -> None:
    answer = engine.ask([question])
    assert (answer.status.value == "answered") == bool(gives), answer.text
    for figure in gives.split():
        assert figure in answer.text
    for figure in not_.split() if gives else ():
        assert figure not in answer.text


@pytest.mark.parametrize(("question", "gives", "not_"), ASKED)
def test_the_one_group_that_fits_is_chosen(made_up: Engine, question: str, gives: str, not_: str) -> None:
    check(made_up, question, gives, not_)


@pytest.mark.parametrize(("question", "gives", "not_"), SHIPPED)
def test_and_in_the_shipped_review(shipped: Engine, question: str, gives: str, not_: str) -> None:
    check(shipped, question, gives, not_)
