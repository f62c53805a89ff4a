"""How many had or did something: the row or sentence that counts it, never the size of the arm."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import MARROW, Engines
from one_trial import asked

from assistant.engine.engine import Engine

TABLE = """Study #,T-1,T-1
Group,Axol (n=50),Bexol (n=40)
Ankle swelling,12 (24%),6 (15%)
Late hair loss,9 (18%),5 (13%)
"""
PROSE = (
    "We gave axol to 50 patients and bexol to 40 patients (Study T-1). Shingles broke out in seven patients, and "
    "warts in two. Nausea was commoner with axol."
)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("trial"), PROSE, "What happened", TABLE)


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many had shingles?", "seven"),
        ("number of people with swelling of the ankle on bexol", "6 (15%)"),
        ("how many had late hair loss after axol?", "9 patients (18%)"),
    ],
)
def test_what_some_patients_had_is_told_by_the_place_that_counts_it(
    question: str, figure: str, trial: Engine
) -> None:
    answer = trial.ask([question])
    assert answer.status.value == "answered"
    assert figure in answer.text


@pytest.mark.parametrize(
    "question",
    ["how many people in Poster 1987 became pregnant?", "How many in Poster 642 wore glasses?"],
)
def test_a_size_is_no_count_of_what_the_review_does_not_tell(question: str, engines: Engines) -> None:
    answer = engines.engine(MARROW).ask([question])
    assert answer.status.value == "declined"
    assert " enrolled " not in answer.text


@pytest.mark.parametrize(
    ("question", "size"),
    [("How many did Poster 1987 enrol?", "61"), ("how many people took part in Poster 642", "198")],
)
def test_a_size_is_told_where_it_is_asked(question: str, size: str, engines: Engines) -> None:
    answer = engines.engine(MARROW).ask([question])
    assert answer.status.value == "answered"
    assert size in answer.text


def test_a_sentence_without_a_number_answers_no_question_for_one(trial: Engine) -> None:
    answer = trial.ask(["what percentage had nausea?"])
    assert answer.status.value == "declined"


def test_a_share_of_the_arms_is_no_comparison_of_what_befell_them(trial: Engine) -> None:
    answer = trial.ask(["what share had migraine with axol versus bexol?"])
    assert answer.status.value == "declined"
    assert "computed" not in answer.text
