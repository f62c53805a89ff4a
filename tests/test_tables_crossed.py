"""Tables whose columns or rows belong to one study: heads of several parts, ids with arms, rows of subgroups."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import engine_over

from assistant.engine.engine import Engine
from assistant.model import Status

REVIEW = """---
title: "Lymphoma drugs at the meeting"
study_label: Abstract
tables:
  table-1.csv: {title: "Studies in lymphoma"}
  table-2.csv: {title: "Overall response rate by subgroup in the randomized trial (Abstract 10), n/N (%)"}
  table-3.csv: {title: "Adverse events by study and arm"}
  table-4.csv: {title: "Outcomes of Abstract 30 by dose and line"}
  table-5.csv: {title: "Outcomes of Abstract 10 by stratum"}
---
# Drugs

The trial (Abstract 10) [1] compared torvatinib with rituximab in 200 patients. In the elderly stratum, the CR rate was 41%
for torvatinib and 22% for rituximab, whereas in the younger stratum it was 48% with torvatinib and 30% with rituximab.
A phase II study (Abstract 20) [2] treated 60 patients with zelumab; the ORR was 61.7%. Navolisib was given in a phase I/II
study to 45 patients (Abstract 30) [3]. Ostamab was given with a two-step or a three-step schedule to 50 patients
(Abstract 40) [3]. PFS at 18 months was 85% and OS 91%.
"""
TABLES = (
    """"Abstract #","10","20","30","40"
"Authors (references)","Bo et al. [1]","Di et al. [2]","Fa et al. [3]","Gu et al. [3]"
"Study agents","Torvatinib vs. rituximab","Zelumab","Navolisib","Ostamab + R2"
"No. of patients","200 (101 torvatinib; 99 rituximab)","60","45","50"
""",
    """"Subgroup","Torvatinib","Rituximab"
"All patients","71/101 (70.3%)","51/99 (51.5%)"
"POD24","20/31 (64.5%)","11/30 (36.7%)"
"No POD24","51/70 (72.9%)","40/69 (58.0%)"
"Prior lines ≥3","18/29 (62.1%)","12/28 (42.9%)"
"Prior lines <3","53/72 (73.6%)","39/71 (54.9%)"
""",
    """"Event","10 (torvatinib)","10 (rituximab)","20","30, 100 mg","30, 200 mg","40 (R2, two-step)","40 (R2, three-step)"
"Diarrhea, any grade","40 (39.6%)","12 (12.1%)","9 (15.0%)","4 (20.0%)","11 (44.0%)","7 (23.3%)","3 (15.0%)"
"Neutropenia, grade ≥3","22 (21.8%)","9 (9.1%)","7 (11.7%)","3 (15.0%)","8 (32.0%)","6 (20.0%)","2 (10.0%)"
""",
    """"Outcome","100 mg – second line","200 mg – second line","100 mg – third line","200 mg – third line"
"CR","4 (40.0%)","6 (50.0%)","2 (20.0%)","5 (38.5%)"
"Median PFS, months","11.2","13.9","6.1","8.4"
""",
    """"Outcome","Torvatinib, elderly stratum","Rituximab, elderly stratum","Torvatinib, younger stratum","Rituximab, younger stratum"
"MRD negativity at week 48","14 (28.0%)","6 (12.0%)","19 (37.3%)","9 (18.4%)"
""",
)
REFERENCES = "".join(
    f"@article{{r{n}, author={{{a}, T and others}}, title={{T}}, journal={{J}}, year={{2030}}}}\n"
    for n, a in enumerate(("Bo", "Di", "Fa"), 1)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("crossed") / "lymphoma"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    for n, table in enumerate(TABLES, 1):
        (folder / f"table-{n}.csv").write_text(table, encoding="utf-8")
    return engine_over(Path(folder.parent), tmp_path_factory.mktemp("home"))


def told(engine: Engine, question: str) -> str:
    answer = engine.ask([question])
    assert answer.status is Status.ANSWERED, answer.text
    return answer.text


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        ("diarrhea with torvatinib", "39.6%", ("12.1%",)),
        ("diarrhoea with rituximab in Abstract 10", "12.1%", ("39.6%",)),
        ("grade 3 or higher neutropenia with navolisib 200 mg", "32.0%", ("15.0%",)),
        ("How many had diarrhea with zelumab?", "15.0%", ("39.6%",)),
        ("any-grade diarrhea with the three-step schedule of ostamab", "15.0%", ("23.3%",)),
    ],
)
def test_a_head_of_an_id_and_an_arm_is_of_that_arm(
    engine: Engine, question: str, figure: str, others: tuple[str, ...]
) -> None:
    text = told(engine, question)
    assert figure in text
    assert not any(other in text for other in others)


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        ("CR with 200 mg navolisib in the third line", "38.5%", ("50.0%", "20.0%", "40.0%")),
        ("median PFS of navolisib 100 mg, second line", "11.2", ("13.9", "6.1", "8.4")),
        ("MRD negativity with rituximab in the younger stratum of Abstract 10", "18.4%", ("12.0%", "37.3%")),
        ("MRD negativity in the elderly stratum on torvatinib", "28.0%", ("37.3%", "12.0%")),
    ],
)
def test_a_column_is_of_all_the_groups_in_its_head(
    engine: Engine, question: str, figure: str, others: tuple[str, ...]
) -> None:
    text = told(engine, question)
    assert figure in text
    assert not any(other in text for other in others)


def test_heads_that_the_vocabulary_takes_for_one_are_told_apart(engine: Engine) -> None:
    text = told(engine, "CR with navolisib in the second line")
    assert "40.0%" in text
    assert "50.0%" in text
    assert "20.0%" not in text


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        ("ORR with torvatinib in patients with three or more prior lines", "62.1%", ("70.3%", "73.6%")),
        ("ORR in POD24 on rituximab", "36.7%", ("64.5%", "51.5%")),
        ("ORR in patients without POD24 on rituximab", "58.0%", ("36.7%",)),
        ("ORR with torvatinib", "70.3%", ("64.5%", "73.6%")),
    ],
)
def test_rows_of_a_table_by_subgroup_are_groups_of_its_outcome(
    engine: Engine, question: str, figure: str, others: tuple[str, ...]
) -> None:
    text = told(engine, question)
    assert figure in text
    assert not any(other in text for other in others)


@pytest.mark.parametrize(
    "question",
    ["ORR in women on torvatinib", "median PFS of navolisib 300 mg", "ORR with 200 mg of torvatinib"],
)
def test_a_group_of_no_head_is_declined(engine: Engine, question: str) -> None:
    assert engine.ask([question]).status is Status.DECLINED


def test_a_stratum_holds_for_the_arms_behind_it(engine: Engine) -> None:
    facts = {
        (f.value, frozenset(f.group))
        for r in engine.reviews
        for f in r.facts
        if f.study == "10" and f.attribute == "CR"
    }
    groups = dict(facts)
    assert len({groups[v] for v in ("41%", "22%", "48%", "30%")}) == 4
    assert all(len(groups[v]) > 1 for v in ("41%", "22%", "48%", "30%"))


def test_schedules_of_one_treatment_are_left_out_of_a_sentence_on_all(engine: Engine) -> None:
    facts = [f for r in engine.reviews for f in r.facts if f.study == "40" and f.value == "85%"]
    assert facts
    assert all(not f.group for f in facts)
