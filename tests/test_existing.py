"""Whether there is a study of a design, over made-up reviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ROOT, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer, Status

AML = "aml-targeted-review"
MPN = "mpn-eha-update"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], Answer]:
    engines: dict[str, Engine] = {}

    def asked(review: str, question: str) -> Answer:
        if review not in engines:
            engines[review] = engine_over(ROOT / "tests" / "congress_reviews" / review, assistant_home)
        return engines[review].ask([question])

    return asked


@pytest.mark.parametrize(
    "question", ["Is any of them a retrospective study?", "Were any of the studies retrospective?"]
)
def test_those_of_the_design_are_told(question: str, ask: Callable[[str, str], Answer]) -> None:
    answer = ask(AML, question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("Yes: ")
    assert "A-17" in {c.study for c in answer.citations}


@pytest.mark.parametrize(
    "question", ["Is there any phase IV trial?", "Is one of these trials phase IV?", "Is any study phase IV?"]
)
def test_a_design_that_no_study_has_is_declined(question: str, ask: Callable[[str, str], Answer]) -> None:
    answer = ask(MPN, question)
    assert answer.status is Status.DECLINED
    assert "no phase iv study" in answer.text.lower()


def test_a_figure_of_such_studies_is_another_question(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(AML, "Was there any phase III trial with a median OS of 22.7 months?")
    assert not answer.text.startswith("Yes: Study")


def test_what_was_irrespective_of_a_thing_did_not_depend_on_it(assistant_home: Path) -> None:
    engine = engine_over(ROOT / "tests" / "congress_reviews" / "car-t-bispecific-lymphoma", assistant_home)
    assert engine.ask(["Did PD-L1 expression matter?"]).text.startswith("No: ")
    assert "21.3 months" in engine.ask(["Which study had the longest PFS?"]).text
    assert "75.0%" in engine.ask(["proportion of patients with MCL responding completely, ZT-1920"]).text
