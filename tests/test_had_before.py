"""Patients told by what they had been treated with before: of all of a study it narrows nothing, of a part it singles out."""

from __future__ import annotations

import pytest
from asking import engine_over

from assistant.building.prior_lines import prior_lines
from assistant.engine.engine import Engine
from assistant.model import Status

REVIEW = """---
title: "Betanib in marginal zone lymphoma"
authors: ["Writer"]
journal: "Letters"
year: 2024
volume: "1"
issue: "1"
pages: "1"
doi: "10.0000/x.1"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv:
    title: "Studies"
    note: "PFS, progression-free survival"
---

# After a kinase inhibitor

The phase II HARBOUR trial tested betanib, which binds a pocket of its own, in adults. The report covered 120 patients
with marginal zone lymphoma who had been treated with a PI3K inhibitor before (Abstract 77) [1]. They had a median age of 66 years
and had received a median of four previous lines of treatment (range 2–9). The overall response rate was 61.7%. Median PFS
was 14.2 months in the whole group and 9.9 months in the 40 patients who had also received a CDK4 inhibitor. In the latter
subgroup, the overall response rate was 47.5%.

The ANCHOR trial had 90 patients with marginal zone lymphoma, 35 of whom had been pretreated with a PI3K inhibitor (Abstract 88) [2].
In these 35, the overall response rate was 51.4%. The overall response rate in all patients was 71.1%.
"""
TABLE = """"Abstract #","77","88"
"Authors (references)","Reed et al. [1]","Moss et al. [2]"
"Acronym","HARBOUR","ANCHOR"
"Study agents","Betanib","Gammanib"
"Setting","Previously treated with a PI3K inhibitor","N/A"
"No. of patients","120","90"
"""
REFERENCES = """@article{1, author = {Reed, A.}, title = {Betanib}, year = {2023}}
@article{2, author = {Moss, B.}, title = {Gammanib}, year = {2023}}
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    root = tmp_path_factory.mktemp("had-before")
    folder = root / "reviews" / "marginal-zone-2024"
    folder.mkdir(parents=True)
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (folder / "abbreviations.csv").write_text("short,long\nPFS,progression-free survival\n", encoding="utf-8")
    return engine_over(folder.parent, root / "home")


@pytest.mark.parametrize(
    ("turns", "figure", "others"),
    [
        (["ORR in HARBOUR in patients pretreated with a PI3K inhibitor?"], "61.7%", "47.5%"),
        (["Median PFS in HARBOUR of those who had received a PI3K inhibitor before?"], "14.2 months", ""),
        (["HARBOUR, pts who'd had PI3Ki and CDK4 inhibitor - median PFS?"], "9.9 months", ""),
        (["Response rate in HARBOUR in patients previously exposed to a CDK4 inhibitor?"], "47.5%", "61.7%"),
        (["What was the ORR in HARBOUR?", "And in those who also had a CDK4 inhibitor?"], "47.5%", "61.7%"),
        (["How many previous lines had the patients of HARBOUR had, in the median?"], "four", ""),
    ],
)
def test_figures_are_of_those_who_had_had_it(
    turns: list[str], figure: str, others: str, engine: Engine
) -> None:
    answer = engine.ask(turns)
    assert answer.status is Status.ANSWERED
    assert figure in answer.text
    assert not others or others not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "ORR in HARBOUR in patients previously treated with gammanib?",
        "ORR in HARBOUR in patients pretreated with interferon?",
        "Median PFS in HARBOUR of patients pretreated with a non-selective PI3K inhibitor?",
        "ORR in ANCHOR in patients previously treated with interferon?",
    ],
)
def test_of_those_whom_no_figure_is_of_nothing_is_told(question: str, engine: Engine) -> None:
    assert engine.ask([question]).status is Status.DECLINED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They had received a median of three prior lines of therapy (range 1-9).", ["three"]),
        ("The median number of previous lines was 2.5.", ["2.5"]),
        ("The median number of prior therapies was 2 versus 3 with placebo.", []),
        ("A median of three prior biopsies was taken.", []),
    ],
)
def test_lines_of_therapy_in_a_sentence(text: str, expected: list[str]) -> None:
    assert [f.value for f in prior_lines(text)] == expected
