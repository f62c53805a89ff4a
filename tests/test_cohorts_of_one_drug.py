"""Those outside a group, cohorts that are not set against each other, patients named in a question, drugs of short forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over
from fact_lines import READER

from assistant.cells.compared import are_compared
from assistant.engine.engine import Engine
from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, TableRow
from assistant.model import Status
from assistant.names.prior import is_prior
from assistant.spans.labels import group_ids


@pytest.mark.parametrize("label", ["non-frail", "not frail"])
def test_those_outside_a_group_are_not_the_group(label: str) -> None:
    assert group_ids(label, READER.matchers) != group_ids("frail", READER.matchers)


def test_cohorts_of_one_drug_are_not_set_against_each_other() -> None:
    def compared(agents: str, rate: str) -> bool:
        rows = (TableRow("Study agents", (agents,)), TableRow("ORR", (rate,)))
        return are_compared([(Table("t.csv", "T", "", "", "Study", (TableColumn("7", ""),), rows), 0)])

    assert not compared("Alphamab", "45%")
    assert compared("Alphamab vs betanib", "45%")
    assert compared("Alphamab", "45% vs. 30%")


@pytest.mark.parametrize("text", ["prior ABCD therapy", "after ABCD failure", "ABCD-pretreated patients"])
def test_what_patients_had_before_points_to_no_study(text: str) -> None:
    at = text.index("ABCD")
    assert is_prior(text, at, at + 4) or text.startswith("after")


REVIEW = """---
title: "Blood cancers at the 2034 meeting"
authors: ["Ashgrove T"]
journal: "Made-up Transactions"
year: 2034
volume: "1"
pages: "1-4"
doi: "10.5555/made.up.9"
licence: "CC BY 4.0"
study_label: Abstract
tables:
  table-1.csv: {title: "The studies", note: "N/A, not available"}
  table-2.csv: {title: "Cytokine release by cohort", note: "N/A, not available"}
---

# Antibodies

Gammacel was given to 60 patients with relapsed lymphoma, 20 at the first and 40 at the second dose level (Abstract 21) [1]. The ORR
was 70.0% (42/60). Responses were also seen after failure of epsilumab, with an ORR of 45.0% (9/20).

# Pairs

ABZ was compared with placebo in 80 patients with myeloma (Abstract 22) [2]. The ORR was 55.0% with ABZ and 20.0% with placebo.
"""
TABLE_1 = """"Abstract No.","21","22"
"Authors, reference","Moreau et al. [1]","Lindqvist et al. [2]"
"Study agents","Gammacel","ABZ vs placebo"
"No. of patients","60","80 (40; 40)"
"""
TABLE_2 = """"Abstract No.","Cohort","No. of patients","CRS, any grade"
"21","Gammacel, DL1","20","6 (30.0%)"
"21","Gammacel, DL2","40","18 (45.0%)"
"""
BIB = "".join(
    f"@article{{r{n}, number = {{{n}}}, author = {{{name}, A}}, title = {{Study {n}}}, journal = {{Blood}}, year = {{2034}}}}\n"
    for n, name in enumerate(("Moreau", "Lindqvist"), 1)
)
SHORT = """abbreviation,meaning
ABZ,Oral azabicitidine and betanib
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    folder: Path = tmp_path_factory.mktemp("corpus") / "headed"
    folder.mkdir()
    for name, text in (
        ("review.md", REVIEW), ("table-1.csv", TABLE_1), ("table-2.csv", TABLE_2), ("references.bib", BIB),
        ("abbreviations.csv", SHORT),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return engine_over(folder.parent, assistant_home / "headed")


def said(engine: Engine, question: str) -> tuple[Status, str]:
    answer = engine.ask([question])
    return answer.status, answer.text


def test_a_cohort_has_the_figure_of_its_own_row(engine: Engine) -> None:
    status, text = said(engine, "CRS with gammacel at DL2?")
    assert status is Status.ANSWERED
    assert "45.0%" in text
    assert "30.0%" not in text


def test_the_drug_of_all_cohorts_narrows_nothing(engine: Engine) -> None:
    status, text = said(engine, "ORR with gammacel?")
    assert status is Status.ANSWERED
    assert "70.0%" in text


def test_the_sentence_on_the_very_patients_is_quoted(engine: Engine) -> None:
    status, text = said(engine, "ORR with gammacel in patients after failure of epsilumab?")
    assert status is Status.DECLINED or "45.0%" in text


def test_a_short_form_names_the_drugs_it_stands_for(engine: Engine) -> None:
    status, text = said(engine, "What was the ORR with azabicitidine?")
    assert status is Status.ANSWERED
    assert "55.0%" in text
