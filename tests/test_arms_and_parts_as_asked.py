"""Arms called by all their drugs, patients without a marker, causes of death and names that only say what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.engine.engine import Engine
from assistant.model import Status

REVIEW = """---
title: "Marrow and blood cancers (ABC lymphoma): news of the 2034 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2034
volume: "1"
pages: "1-4"
doi: "10.5555/made.up.19"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
---

# Doublets and triplets

A randomized trial compared gammatinib plus veltoclax (GV) with gammatinib, veltoclax and omab (GVO) in 120 patients without
del(17p), 60 in each arm (Abstract 31) [1]. The ORR was 70.0% (42/60) with GV and 85.0% (51/60) with GVO. In patients with unmutated
IGHV, the ORR was 60.0% with GV and 80.0% with GVO. Six patients died in the GV arm and eight in the GVO arm; influenza was the most
common cause (2 and 3 patients, respectively).

# Degraders

Zetadeg plus azacitidine and veltoclax was given to 40 patients with relapsed or refractory AML in the HALYON-1 trial (Abstract 32)
[2]. The ORR was 55.0% (22/40), and 75.0% (15/20) in NPM1-mutated patients. QT prolongation was not reported.

# Retreatment

A registry collected 90 patients retreated with veltoclax (Abstract 33) [3]. The ORR was 62.2% (56/90). A BCL2 G999V mutation was found
in 9 of 45 patients tested (20.0%).

# Ring sideroblasts

Lustafer was compared with placebo in 100 patients with lower-risk MDS, 50 per arm (Abstract 34) [4]. The ORR was 44.0% with lustafer
and 10.0% with placebo. In patients without ring sideroblasts, the ORR was 30.0% with lustafer and 8.0% with placebo, and in those with
ring sideroblasts 52.0% with lustafer and 12.0% with placebo. QTc prolongation occurred in 4.0% with lustafer and 2.0% with placebo.
"""
TABLE_1 = """\
"Abstract No.","31","32","33","34"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]","Okoye et al. [3]","Farrugia et al. [4]"
"Study agents","GGG","Zetadeg + azacitidine + veltoclax","Veltoclax-based retreatment","Lustafer vs. placebo"
"Setting","Previously untreated, no del(17p)","R/R AML","R/R","Lower-risk MDS"
"No. of patients","120 (60 GV; 60 GVO)","40","90","100 (50; 50)"
""".replace("GGG", "Gammatinib + veltoclax (GV) vs. gammatinib + veltoclax + omab (GVO)")
BIB = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2034}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist", "Okoye", "Farrugia"), 1)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    folder: Path = tmp_path_factory.mktemp("corpus") / "asked"
    folder.mkdir()
    for name, text in (
        ("review.md", REVIEW), ("table-1.csv", TABLE_1), ("references.bib", BIB),
        ("abbreviations.csv", "abbreviation,meaning\nORR,Overall response rate\n"),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return engine_over(folder.parent, assistant_home / "asked")


@pytest.mark.parametrize(
    ("question", "given", "of_others"),
    [
        ("What was the ORR in the gammatinib-veltoclax arm?", "70.0%", "85.0%"),
        ("How many of the GVO patients responded, in percent?", "85.0%", "55.0%"),
        ("ORR with the zetadeg triplet?", "55.0%", "85.0%"),
        ("ORR of NPM1-mutated patients given zetadeg?", "75.0%", "85.0%"),
        ("Proportion with a G999V mutation before veltoclax retreatment?", "20.0%", "62.2%"),
    ],
)
def test_the_figure_of_those_named_is_given(
    engine: Engine, question: str, given: str, of_others: str
) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.ANSWERED
    assert given in answer.text
    assert of_others not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What was the ORR of del(17p) patients in the Moreau trial?",
        "ORR with zetadeg in Richter transformation?",
        "QTc prolongation rate with zetadeg?",
    ],
)
def test_what_is_not_told_of_them_is_declined(engine: Engine, question: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.DECLINED or "%" not in answer.text


def test_deaths_of_one_cause_are_no_deaths_of_all(engine: Engine) -> None:
    answer = engine.ask(["How many patients died of influenza in the GVO arm?"])
    assert "2 and 3 patients" in answer.text


def test_those_without_a_marker_are_not_given_the_figure_of_those_with_it(engine: Engine) -> None:
    text = engine.ask(["ring sideroblast-negative patients on lustafer: ORR?"]).text
    assert "52.0%" not in text or "30.0%" in text
