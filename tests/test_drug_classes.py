"""Studies told by the class of what they gave, over made-up reviews and over the vocabulary's list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ROOT, engine_over

from assistant.engine.engine import Engine
from assistant.model import Answer, Status
from assistant.vocabulary.vocabulary import load_vocabulary

AML = "aml-targeted-review"
MYELOMA = "mm-tce-cart-2023"
MPN = "mpn-eha-update"


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[str, str], Answer]:
    engines: dict[str, Engine] = {}

    def asked(review: str, question: str) -> Answer:
        if review not in engines:
            engines[review] = engine_over(ROOT / "tests" / "congress_reviews" / review, assistant_home)
        return engines[review].ask([question])

    return asked


LISTS = {
    "by how the names end": (AML, "Which studies gave a menin inhibitor?", {"A-04", "A-11", "A-17"}),
    "by a drug that no ending tells": (AML, "Which study used a FLT3 inhibitor?", {"B-02", "B-09"}),
    "of antibodies": (MYELOMA, "Which studies tested a bispecific antibody?", {"191", "1924"}),
    "of another review": (MPN, "Which abstracts studied a JAK inhibitor?", {"S219", "S222", "P1021"}),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_studies_of_a_class_are_listed(name: str, ask: Callable[[str, str], Answer]) -> None:
    review, question, studies = LISTS[name]
    answer = ask(review, question)
    assert answer.status is Status.ANSWERED
    assert {c.study for c in answer.citations} == studies, answer.text


def test_a_class_stands_for_the_drug_of_an_arm(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(AML, "Median OS with the FLT3 inhibitor in Haverkamp's trial?")
    assert "22.7 months" in answer.text
    assert "14.1" not in answer.text


@pytest.mark.parametrize(
    "question",
    ["How many studies tested a BTK inhibitor?", "What was the CR rate with the proteasome blocker?"],
)
def test_a_class_that_nobody_gave_is_declined_by_name(
    question: str, ask: Callable[[str, str], Answer]
) -> None:
    answer = ask(AML, question)
    assert answer.status is Status.DECLINED
    assert question.split()[-2].lower() in answer.text.lower()
    assert not answer.facts


def test_what_patients_had_had_before_names_no_study(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(AML, "Median OS in patients who had failed a BCL2 inhibitor?")
    assert answer.status is Status.DECLINED


def test_the_endings_tell_drugs_of_their_class_only() -> None:
    classes = {c.name: c for c in load_vocabulary().drug_classes}
    assert classes["BTK inhibitor"].has("ibrutinib")
    assert classes["tyrosine kinase inhibitor"].has("ibrutinib")
    assert not classes["JAK inhibitor"].has("ibrutinib")
    assert not classes["hypomethylating agent"].has("cytarabine")
    assert classes["nucleoside analogue"].has("cytarabine")
    assert not any(c.has("") for c in classes.values())


def test_a_drug_may_be_begun_only() -> None:
    classes = {c.name: c for c in load_vocabulary().drug_classes}
    assert classes["bispecific antibody"].has("glofitgemox")
    assert not classes["bispecific antibody"].has("glo")
    assert not classes["hypomethylating agent"].has("azathioprine")
