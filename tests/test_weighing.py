"""Verdicts over two sides: by the figures of both, by a sentence that tells of both, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import ROOT, engine_over
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "In a randomised phase III trial of 200 patients, Moor et al. compared alphamab plus carbozin (n = 100) with carbozin alone (n = 100) "
    "(Study T-1) [1]. "
    "The ORR was 71.0% with the combination and 52.0% with carbozin alone (p = 0.006). "
    "Overall survival at 2 years did not differ between the arms (83.0% with the combination vs. 80.0% with carbozin alone; p = 0.61). "
    "Grade ≥ 3 neutropenia was seen in 31.0% of patients given the combination and in 18.0% of those given carbozin alone. "
    "Mucositis affected 22.0% of the combination group and 35.0% of the carbozin group (p = 0.04). "
    "Hepatitis was recorded in three patients, all with the combination."
)
TABLE = (
    "Study,T-1 combination,T-1 carbozin\n"
    "ORR,71.0%,52.0%\n"
    "2-year OS,83.0%,80.0%\n"
    "Neutropenia grade ≥ 3,31.0%,18.0%\n"
)
CASES = (
    ("Was the response rate higher with the combination than with carbozin alone?", "Yes"),
    ("Was the response rate higher with carbozin alone than with the combination?", "No"),
    ("Did carbozin alone do worse than the combination on ORR?", "Yes"),
    ("Did adding alphamab to carbozin raise the response rate?", "Yes"),
    ("Was severe neutropenia rarer when alphamab was added to carbozin?", "No"),
    ("Was severe neutropenia commoner with carbozin alone?", "No"),
    ("Didn't the combination have a better ORR than carbozin alone?", "Yes"),
    ("Did patients on the combination live longer than those on carbozin alone?", "No"),
    ("Did patients on carbozin alone outlive those on the combination at 2 years?", "No"),
    ("The combination didn't cut neutropenia, true?", "Yes"),
    ("Mucositis was not less frequent with the combination, correct?", "No"),
    ("Overall survival at 2 years wasn't significantly different between the arms, true?", "Yes"),
    ("Was 2-year overall survival significantly better with the combination?", "No"),
    ("The difference in response rate was not significant, right?", "No"),
    ("Was severe neutropenia commoner with the carbozin combination?", "Yes"),
    ("Was severe neutropenia rarer with the carbozin combination?", "No"),
)
UNDECIDED = (
    "Was the response rate of patients over 70 higher with the combination than with betamab?",
    "Was grade 1 neutropenia commoner with the combination than with carbozin alone?",
    "Was the response rate more than twice as high with the combination?",
    "Was severe neutropenia not commoner with the combination?",
    "Was severe neutropenia no commoner with the combination than with carbozin alone?",
    "Severe neutropenia wasn't significantly commoner with the combination, right?",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(Path(tmp_path_factory.mktemp("weighing")), PROSE, "Arms", TABLE)


@pytest.mark.parametrize(("question", "word"), CASES)
def test_two_sides_are_judged_by_both(engine: Engine, question: str, word: str) -> None:
    text = engine.ask([question]).text
    assert text.startswith(f"{word}:"), text


@pytest.mark.parametrize("question", UNDECIDED)
def test_no_verdict_without_two_sides(engine: Engine, question: str) -> None:
    text = engine.ask([question]).text
    assert not text.startswith(("Yes", "No:")), text


def test_both_figures_are_given(engine: Engine) -> None:
    text = engine.ask(["Was severe neutropenia commoner with the combination?"]).text
    assert text.startswith("Yes:")
    assert "31.0%" in text
    assert "18.0%" in text


def test_what_one_thing_did_to_some_patients_is_not_their_own_figure(assistant_home: Path) -> None:
    engine = engine_over(ROOT / "tests" / "congress_reviews" / "b-all-ash-update", assistant_home)
    answer = engine.ask(["Did TBI lower relapse in NGS-negative patients too?"])
    assert answer.text.startswith("No: Conditioning with total body irradiation")
