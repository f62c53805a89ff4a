"""What other people say for the same: regimens by their letters, those alive without an event, whom a share is of."""

from __future__ import annotations

import pytest
from asking import CORPUS, engine_over

from assistant.engine.engine import Engine
from assistant.question.parts import counted_taken


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(CORPUS, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    "question",
    ["What is the CR rate with XYZ-QRS?", "How did people do on the BQX regimen?", "OS after XYZ-M salvage?"],
)
def test_a_regimen_of_unknown_letters_is_declined(engine: Engine, question: str) -> None:
    reply = engine.ask([question])
    assert reply.status == "declined"
    assert "says nothing of" in reply.text


def test_a_regimen_that_the_review_names_is_answered(engine: Engine) -> None:
    assert engine.ask(["What is the CR/CRi rate with V-HAG in Suo?"]).status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "What share of Tan's patients was alive and without progression after one year?",
        "How many per cent were alive and had not progressed at one year in Tan?",
    ],
)
def test_who_is_alive_without_an_event_is_counted_once(engine: Engine, question: str) -> None:
    text = engine.ask([question]).text
    assert "PFS" in text
    assert "OS" not in text


def test_two_shares_of_the_living_and_of_those_without_an_event_are_two(engine: Engine) -> None:
    text = engine.ask(["How many per cent were alive and how many without progression in Tan?"]).text
    assert "OS" in text
    assert "PFS" in text


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Did it include lymphoma cases?", "How many?", "How many lymphoma cases?"),
        ("Were patients with B-ALL enrolled?", "How many?", ""),
        ("Did they enrol B-ALL as well?", "And how many of them?", "How many B-ALL patients?"),
        ("Did it include children?", "How many?", ""),
        ("It included lymphoma cases.", "How many?", ""),
        ("Did it include lymphoma cases?", "How many died?", ""),
    ],
)
def test_a_bare_count_is_of_those_taken_in(first: str, second: str, whole: str) -> None:
    assert counted_taken(first, second) == whole


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie viele Patienten hatten ein T-LBL in der GMALL-Studie?", "73"),
        ("Among the adolescents on the paediatric protocol, what share reached CR?", "90.3%"),
        ("Which subset of GMALL patients did poorly?", "early T-ALL"),
        ("Which arm did better in Shimony?", "combination"),
        ("What was the thinking behind blocking both CD3 and CD7 in Wong's cells?", "GvHD"),
    ],
)
def test_the_same_in_other_words(engine: Engine, question: str, said: str) -> None:
    assert said in engine.ask([question]).text


def test_a_number_of_patients_is_not_answered_without_one(engine: Engine) -> None:
    assert engine.ask(["How many PCART7-CD3 patients got GvHD?"]).status == "declined"


def test_another_measure_is_not_told_where_it_was_not_wanted(engine: Engine) -> None:
    text = engine.ask(
        ["I don't care about OS in GMALL, I only want to know how many were transplanted."]
    ).text
    assert "78 patients" in text
    assert "OS" not in text
