"""Treatments weighed against one another with no outcome named, and names that are asked for; over two reviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, ROOT, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer, Status

AML = "aml-targeted-review"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], Answer]:
    engines: dict[str, Engine] = {}

    def asked(review: str, question: str) -> Answer:
        if review not in engines:
            folder = ROOT / "tests" / "congress_reviews" / review if review else CORPUS
            engines[review] = engine_over(folder, assistant_home)
        return engines[review].ask([question])

    return asked


@pytest.mark.parametrize(
    ("review", "question"),
    [
        (AML, "Is gilteritinib better than ziftomenib?"),
        ("", "Is NS7CAR safer than RD13-01?"),
        ("", "Which study looked best overall?"),
    ],
)
def test_what_no_study_compared_is_declined(
    ask: Callable[[str, str], Answer], review: str, question: str
) -> None:
    answer = ask(review, question)
    assert answer.status is Status.DECLINED
    assert not answer.facts


def test_what_a_study_compared_is_told(ask: Callable[[str, str], Answer]) -> None:
    answer = ask("", "Is nelarabine in combination better than alone?")
    assert answer.text.startswith("Yes: ")


def test_an_outcome_ranks(ask: Callable[[str, str], Answer]) -> None:
    assert "93.4%" in ask("", "Which study looked best overall for OS?").text


def test_what_a_name_refers_to_is_what_it_is(ask: Callable[[str, str], Answer]) -> None:
    assert "genome-edited" in ask("", 'what does "RD13-01" refer to').text


def test_a_patient_reported_is_no_quality_of_life(ask: Callable[[str, str], Answer]) -> None:
    answer = ask("", "what is the youngest patient reported")
    assert answer.status is Status.ANSWERED
    assert "2–69 years" in answer.text


def test_products_are_all_of_their_kind(ask: Callable[[str, str], Answer]) -> None:
    answer = ask("", "Compare the toxicity of the three CAR-T products")
    assert {c.study for c in answer.citations} >= {"980", "1995", "2011"}
