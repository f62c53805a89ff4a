"""What a review says nothing of: how sure its evidence is, by which assay something was measured, who stopped a trial."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.model import Answer, Status


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str], Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda question: engine.ask([question])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "What certainty of evidence, by GRADE, do the authors give the pediatric regimen?",
            "certainty of evidence",
        ),
        ("Was MRD in Yu et al. measured by flow cytometry or by PCR?", "the assay"),
        ("With which assay was the MRD of the Hatta trial measured?", "the assay"),
        ("Why did the regulator suspend the donor-derived trial?", "a stop by an authority"),
        (
            "Which statistical test was used to compare the CR rates in Shimony et al.?",
            "the statistical test",
        ),
        ("How many reviewers screened the abstracts?", "searched and sifted"),
    ],
)
def test_it_is_said_not_to_be_reported(ask: Callable[[str], Answer], question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status is Status.DECLINED
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("With which technology was CD7 expression prevented in the donor-derived trial?", "IntraBlock"),
        ("How many patients had CRS of grade III in the NS7CAR trial?", "5 patients"),
        ("Which agent is approved for relapsed T-ALL?", "elarabine"),
    ],
)
def test_what_it_says_is_told(ask: Callable[[str], Answer], question: str, told: str) -> None:
    assert told in ask(question).text
