"""Follow-ups that change one slot of the question before, answers that must hold what a question names, studies told by a property."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.engine.engine import Engine
from assistant.model import Status

REVIEW = """---
title: "Five reports on leukemia"
study_label: Abstract
tables:
  table-1.csv: {title: "The reports"}
---
# Introduction

Here we summarize five abstracts on new drugs in leukemia.

# Results

At 40, 80 and 120 mg of doxalib daily, the complete remission (CR) rate was 20% (2/10), 45% (9/20) and 50% (6/12), respectively
(Abstract 11) [1]. The median duration of CR was 9.5 months in NPM1-mutated disease and 4.1 months in IDH1-mutated disease. No
tumor lysis syndrome was observed.

In the randomized HOOPOE trial, 210 patients received emralib plus azacitidine or azacitidine alone (Abstract 12) [2]. The CR rate
was 38.0% with emralib and 21.0% with azacitidine alone, and the 2-year OS 52.0% and 41.0%, respectively (HR 0.74, p = 0.04). MRD
negativity at 10⁻⁴ was reached by 30.0% with emralib and 12.0% with azacitidine alone. Fatigue of any grade was more frequent
with emralib than with azacitidine alone (24.0% vs. 15.0%).

Fendalib was given to 44 patients (Abstract 13) [3]. The overall response rate (ORR) was 61% (27/44), and infections of grade 3 or
higher were recorded in seven patients (15.9%), mainly pneumonia. Tumor lysis syndrome was seen in three patients (6.8%). The
relapse-free survival (RFS) at 18 months was 69% and the 18-month OS 73%; the latter was 68% in ITD and 92% in TKD.

Gandolib was given to 30 patients with graft-versus-host disease (Abstract 14) [4]. The ORR was 40% (12/30); neither neutropenia nor
tumor lysis syndrome occurred.

Hexalib was examined in 25 patients (Abstract 15) [5]. The ORR was 48% (12/25).
"""
TABLE = """"Abstract #","11","12","13","14","15"
"Authors (references)","Moor et al. [1]","Hahn et al. [2]","Ilves et al. [3]","Kask et al. [4]","Lepp et al. [5]"
"Study agents","Doxalib","Emralib + azacitidine vs. azacitidine","Fendalib","Gandolib","Hexalib"
"Phase","I","III","II","II","I"
"Primary endpoint","Safety","OS","ORR","ORR","N/A"
"""
BIB = "".join(
    f"@article{{ref{n},\n  author = {{{name}, A and others}},\n  title = {{Trial {n}}},\n  journal = {{J}},\n  year = {{2024}},\n}}\n"
    for n, name in enumerate(("Moor", "Hahn", "Ilves", "Kask", "Lepp"), 1)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    folder = tmp_path_factory.mktemp("corpus") / "five-reports"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    return engine_over(folder.parent, assistant_home)


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("CR rate of doxalib at 80 mg?", "at 40?"), "20%"),
        (("CR rate of doxalib at 80 mg?", "and 120?"), "50%"),
        (("Median duration of CR with doxalib in NPM1-mutated disease?", "and IDH1?"), "4.1 months"),
        (("CR rate with emralib in HOOPOE?", "and 2-year OS?"), "52.0%"),
        (("CR rate with emralib in HOOPOE?", "with azacitidine alone?"), "21.0%"),
        (("2-year OS with emralib in HOOPOE?", "hazard ratio?"), "0.74"),
        (("How many had infections of grade 3 or higher with fendalib?", "mainly what?"), "pneumonia"),
    ],
)
def test_a_turn_changes_one_slot(engine: Engine, turns: tuple[str, ...], figure: str) -> None:
    answer = engine.ask(turns)
    assert answer.status is Status.ANSWERED
    assert figure in answer.text


@pytest.mark.parametrize(
    "turns",
    [
        ("MRD negativity at 10-6 with emralib in HOOPOE?",),
        ("MRD negativity at 10⁻⁴ with emralib in HOOPOE?", "and at 10⁻⁶?"),
        ("CR rate of doxalib at 200 mg?",),
        ("Rate of grade 3-4 fatigue with emralib in HOOPOE?",),
        ("RFS of fendalib patients at 18 months in TKD?",),
        ("18-month OS with fendalib in TKD?", "and RFS in TKD?"),
        ("What was the response rate of ocular GVHD to gandolib?",),
        ("ORR with fendalib?", "and in those over 75?"),
        ("ORR with hexalib?", "in marginal zone?"),
    ],
)
def test_what_a_question_names_must_be_said(engine: Engine, turns: tuple[str, ...]) -> None:
    assert engine.ask(turns).status is Status.DECLINED


def test_those_that_saw_none(engine: Engine) -> None:
    answer = engine.ask(("In which studies was no tumor lysis syndrome seen?",))
    assert {c.study for c in answer.citations} == {"11", "14"}


def test_those_with_an_outcome_as_primary_endpoint(engine: Engine) -> None:
    answer = engine.ask(("Which trials had ORR as their primary endpoint?",))
    assert {c.study for c in answer.citations} == {"13", "14"}
    assert "61%" not in answer.text


def test_how_many_the_review_has(engine: Engine) -> None:
    assert "five abstracts" in engine.ask(("How many abstracts does the review cover?",)).text.lower()
