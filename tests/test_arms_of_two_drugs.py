"""Arms of two drugs against one, cohorts called by their drugs, and figures that are of none of those named before."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.engine.engine import Engine

REVIEW = """---
title: "Leukemia at the 2034 meeting"
authors: ["Brackley T"]
journal: "Made-up Transactions"
year: 2034
volume: "3"
pages: "1-4"
doi: "10.5555/made.up.34"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "BTX, betaclax"}
---

# Pairs

In a retrospective study, 200 patients were given alphatinib with or without BTX (Abstract 21) [1]. CRc was reached in 52.0% and 31.0%,
respectively, and 30-day mortality was 8.0% vs. 5.0%; median OS was not longer with the doublet (9.1 vs. 7.8 months), nor in 83
propensity score-matched pairs.

# Triplets

A phase II study joined BTX with gammanib in cohort A (n = 30) or deltanib in cohort B (n = 40) (Abstract 22) [2]. CRc was attained by 18 of
20 newly diagnosed patients (90.0%), and was 80.0% (24/30) in cohort A and 75.0% (30/40) in cohort B. BTX was shortened from 14 to 7 days.

# Targeting CD321 and CD654

An antibody against CD321 was given to 40 patients (Abstract 23) [3]. The ORR was 55.0%.

CAR T cells against CD654 were given to 25 patients (Abstract 24) [4]. The ORR was 80.0%.

# Mice

In mice, resistance was studied (Abstract 25) [5]. In these mice, median survival was 41 days with vehicle, 47 days with epsilonib, 66 days
with a gamma inhibitor and 109 days with the combination (six mice per group).
"""
TABLE_1 = """"Abstract No.","21","22","23","24"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Haddow et al. [3]","Okafor et al. [4]"
"Treatment","Alphatinib + BTX vs. alphatinib","BTX + gammanib (A) or deltanib (B)","Antibody","CAR T cells"
"Target","N/A","N/A","CD321","CD654"
"No. of patients","200 (90 doublet; 110 alphatinib)","70 (30 cohort A; 40 cohort B)","40","25"
"Response","CRc 52.0% vs. 31.0%","N/A","ORR 55.0%","ORR 80.0%"
"Survival outcome","Median OS 9.1 vs. 7.8 months","N/A","N/A","N/A"
"""
NAMES = ("Moreau", "Lindqvist", "Haddow", "Okafor", "Silva")
REFERENCES = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2034}}}}\n"
    for n, name in enumerate(NAMES, 1)
)
SHORT = '"abbreviation","meaning"\n"BTX","Betaclax"\n"CRc","Composite complete remission"\n"OS","Overall survival"\n'


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    corpus = tmp_path_factory.mktemp("pairs")
    folder = corpus / "pairs"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE_1, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "abbreviations.csv").write_text(SHORT, encoding="utf-8")
    return engine_over(corpus, assistant_home)


@pytest.mark.parametrize(
    ("question", "figures", "others"),
    [
        ("CRc with alphatinib plus betaclax?", ("52.0%",), ("31.0%",)),
        ("What was the CRc rate on alphatinib alone?", ("31.0%",), ("52.0%",)),
        (
            "Compare 30-day mortality between alphatinib with betaclax and alphatinib by itself",
            ("8.0%", "5.0%"),
            (),
        ),
        (
            "By how many points did CRc differ between the alphatinib doublet and the single agent?",
            ("21",),
            (),
        ),
        ("CRc in the gammanib cohort?", ("80.0%",), ("75.0%", "90.0%")),
        ("Median survival of mice given the combination?", ("109 days",), ("66 days",)),
    ],
)
def test_figures_are_those_of_the_arm_named(
    engine: Engine, question: str, figures: tuple[str, ...], others: tuple[str, ...]
) -> None:
    answer = engine.ask([question])
    assert answer.status.value == "answered"
    assert all(f in answer.text for f in figures)
    assert not [f for f in others if f in answer.text]


def test_a_number_of_pairs_is_no_survival(engine: Engine) -> None:
    text = engine.ask(["Which study reports the longest median OS in patients?"]).text
    assert "9.1" in text
    assert "83" not in text


def test_a_drug_whose_schedule_was_cut_is_no_measure(engine: Engine) -> None:
    assert "betaclax" not in engine.reviews[0].reader.vocabulary.measures


def test_a_target_is_that_of_its_row_and_not_of_its_heading(engine: Engine) -> None:
    text = engine.ask(["How many abstracts deal with an agent against CD654?"]).text
    assert "One abstract: Abstract 24" in text
