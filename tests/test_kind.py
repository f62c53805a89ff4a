"""An answer is of the kind asked: no sentence without a quantity for a quantity, no figure for a name or a cause."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Case, Engines, check

from assistant.question.ask import Ask
from assistant.question.parts import two_questions
from assistant.telling.fitting import gives_quantity, quantity_asked

CASES = [
    Case(
        LEUKAEMIA,
        "In the two venetoclax studies, for how many days were patients neutropenic?",
        "",
        declined=True,
    ),
    Case(
        LEUKAEMIA,
        "RD13-01 is called dose-dependently effective. Fine, but what were the dose levels, in cells per kilo?",
        "",
        declined=True,
    ),
    Case(LEUKAEMIA, "What per cent is cured for good by V-HAG?", "", declined=True),
    Case(
        LEUKAEMIA,
        "Which drugs were the partners in the nelarabine combination group of Abstract 4053?",
        "",
        declined=True,
    ),
    Case(LEUKAEMIA, "How does nelarabine kill T lymphoblasts?", "", declined=True),
    Case(
        LEUKAEMIA,
        "In Abstract 4053 the 2-year OS of the groups differs; p-value for that difference?",
        "4053",
        declined=True,
    ),
    Case(LEUKAEMIA, "Write me a limerick about T-ALL.", "", declined=True),
    Case(LEUKAEMIA, "What is the price of one cycle of nelarabine?", "", declined=True),
    Case(
        LEUKAEMIA, "Our son is 5 and the doctors offer nelarabine - should we agree to it?", "", declined=True
    ),
    # of the kind asked, as before
    Case(
        LEUKAEMIA,
        "For how many months were the GMALL patients followed?",
        "51",
        ("28 months",),
    ),
    Case(LEUKAEMIA, "What was nelarabine combined with in Abstract 51?", "51", says=("cyclophosphamide",)),
    Case(LEUKAEMIA, "How does Tan's CAR keep CD7 off the surface?", "2011", says=("IntraBlock",)),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_is_of_the_kind_asked(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize(
    ("question", "text", "given"),
    [
        ("How many animals were there per group?", "It was safe in a xenograft model.", False),
        ("How many animals were there per group?", "Eight animals were treated per group.", True),
        ("For how many days were they neutropenic?", "Two studies enrolled 7 patients.", False),
        ("For how many days were they neutropenic?", "Neutropenia lasted 12 days.", True),
        ("What per cent is cured?", "The cure rate is unsatisfactory.", False),
        ("Excellent meaning what figure?", "Favorable outcomes in ETP-ALL.", False),
        ("What is the price of one cycle?", "One cycle takes 28 days.", False),
        ("What is the price of one cycle?", "One cycle costs $ 9,400.", True),
        ("Why was it stopped?", "It was stopped for toxicity.", True),
    ],
)
def test_a_quantity_of_the_kind_asked(question: str, text: str, given: bool) -> None:
    ask = Ask(text=question, focus=question)
    assert gives_quantity(ask, text) is given
    assert bool(quantity_asked(ask)) is (question[:3] != "Why")


def test_a_statement_before_a_question_is_no_question() -> None:
    assert two_questions("Alphamab is called effective. Fine, but what were the dose levels?") is None
    assert two_questions("What was the OS, and how many patients were enrolled?") is not None
