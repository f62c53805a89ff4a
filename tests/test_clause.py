"""The clause that says all of a question stands in place of a decline, and a threshold is part of a measure."""

from __future__ import annotations

import pytest
from asking import engine_over

from assistant.answer.sensitivity import powers
from assistant.building.lasting import lasting
from assistant.engine.engine import Engine
from assistant.model import Status
from assistant.vocabulary.matchers import corpus_matchers
from assistant.vocabulary.vocabulary import load_vocabulary

REVIEW = """---
title: "Cells and drugs for blood diseases"
study_label: Abstract
tables:
  table-1.csv: {title: "Studies"}
---

# Cell products

Alphacel is a product of healthy donors (Abstract 11) [1]. Thirty patients with lymphoma were infused; the ORR was 70.0% (21/30).
CRS occurred in 12 patients (40.0%); its median duration was 4 days (range 1-8). The infused cells could be found in blood for a
median of 35 days (range 9-80). A second infusion was needed by 26.7% (8/30). MRD negativity at 10⁻⁵ was reached in 60.0% (18/30).

# Drugs

Betanib was compared with placebo in 90 patients with anemia (Abstract 12) [2]. RBC-TI ≥8 weeks was reached in 40.0% (24/60) with
betanib versus 10.0% (3/30) on placebo, RBC-TI ≥24 weeks in 25.0% (15/60) versus 3.3% (1/30). The median time to first transfusion
was 5.1 months.
"""
TABLE = """"Abstract #","11","12"
"Authors (references)","Moor et al. [1]","Vale et al. [2]"
"Study agents","Alphacel","Betanib vs placebo"
"No. of patients","30","90"
"""
REFERENCES = "".join(
    f"@article{{ref{n},\n  author = {{{who}, A and others}},\n  title = {{A trial}},\n  journal = {{J}},\n  year = {{2020}},\n}}\n"
    for n, who in ((1, "Moor"), (2, "Vale"))
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    folder = corpus / "made-up"
    folder.mkdir()
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "table-1.csv").write_text(TABLE, encoding="utf-8")
    (folder / "references.bib").write_text(REFERENCES, encoding="utf-8")
    return engine_over(corpus, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How long did CRS last with alphacel?", "4 days"),
        ("For how long were alphacel cells found in the blood (median)?", "35 days"),
        ("How many patients on alphacel needed a second infusion?", "8/30"),
        ("RBC-TI for at least 24 weeks with betanib?", "25.0%"),
        ("RBC-TI of 8 weeks or more with betanib?", "40.0%"),
        ("MRD negativity at 10-5 with alphacel?", "60.0%"),
    ],
)
def test_a_measure_is_told_by_the_words_of_its_clause(engine: Engine, question: str, said: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.ANSWERED, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("How long did ICANS last with alphacel?", "4 days"),
        ("How long did CRS last with betanib?", "4 days"),
        ("RBC-TI for at least 16 weeks with betanib?", "25.0%"),
        ("MRD negativity at 10-6 with alphacel?", "60.0%"),
        ("How many patients on alphacel needed a third infusion?", "26.7%"),
        ("Median time to transfusion independence with betanib?", "5.1"),
    ],
)
def test_what_is_not_told_is_declined(engine: Engine, question: str, never: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.DECLINED, answer.text
    assert never not in answer.text


def test_a_length_of_time_is_part_of_a_measure_that_lasts() -> None:
    vocabulary = load_vocabulary()
    measures = corpus_matchers(vocabulary, {}).measures
    assert list(lasting("RBC-TI \u226524 weeks was seen in 9%", measures, vocabulary)) == [
        "RBC-TI \u226524 weeks"
    ]
    assert list(lasting("CRS of grade \u22653 was seen in 9%", measures, vocabulary)) == []
    assert list(lasting("the median OS was \u226524 months", measures, vocabulary)) == []


def test_thresholds_of_detection_are_known_in_each_way_of_writing() -> None:
    assert powers("at 10-5") == powers("at 10⁻⁵") == powers("at 10^-5") == powers("at 1e-5") == {"5"}
    assert powers("one in a million") == {"6"}
    assert powers("10-15 patients") == set()
