"""``Yes`` and ``No`` stand before a quoted sentence only where a clause of it bears them."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import CORPUS, engine_over
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.question.frames import asked_outright

TABLE = "Item,T-1 (Moor et al.) [1]\nStudy agents,Alphamab plus B7/B8 CAR T cells\nNo. of patients,40\n"
PROSE = (
    "Moor et al. gave alphamab to 40 patients with relapsed leukemia regardless of B9 mutation status (Study T-1) [1].\n"
    "Loss of B8 was demonstrated in two of six relapses, but B7 was retained in all.\n"
    "Old age (HR 2.1), but not sex (HR 1.1; p = 0.6), independently predicted failure.\n"
    "Betamycin prophylaxis, given to 12 patients, was not associated with a significant reduction of mucositis (20% vs. 25%; p = 0.7).\n"
    "Previous gammalimus did not affect the CR rate but was followed by longer neutropenia.\n"
    "Chronic graft-versus-host disease (GVHD) was equally frequent in the two groups (36.0% vs. 34.6%).\n"
    "Rash occurred in ten patients (25.0%), and no patient discontinued treatment on account of it.\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("verdicts")
    return asked(folder, PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Was a B9 mutation required for alphamab in Study T-1?", "No: "),
        ("Did sex independently predict failure in Study T-1?", "No: "),
        ("Did old age independently predict failure in Study T-1?", "Yes: "),
        ("Is it right that betamycin prophylaxis significantly cut mucositis in Study T-1?", "No: "),
        ("Could you check whether previous gammalimus lowered the CR rate in Study T-1?", "No: "),
        ("Was chronic GVHD as common in one group as in the other in Study T-1?", "Yes: "),
        ("Was chronic GVHD more frequent in either group of Study T-1?", "No: "),
    ],
)
def test_a_clause_decides(engine: Engine, question: str, verdict: str) -> None:
    assert engine.ask([question]).text.startswith(verdict)


def test_how_many_had_it_does_not_say_that_they_stopped(engine: Engine) -> None:
    assert not engine.ask(["Did anyone in Study T-1 stop because of rash?"]).text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Did every NS7CAR recipient have only mild CRS?",
            "No: in Abstract 980 (Zhang et al.), CRS of grade 3",
        ),
        ("Were newly diagnosed patients part of Suo's V-HAG series?", "Yes: "),
        ("Is it right that Hatta's trial treated newly diagnosed rather than relapsed patients?", "Yes: "),
        ("Is it right that Hatta's trial treated relapsed rather than newly diagnosed patients?", "No: "),
        ("Was MRD used for post-remission decisions in GMALL?", "Yes: "),
        ("The combination beat nelarabine alone for CR in Shimony. True?", "Not significantly: "),
    ],
)
def test_the_shipped_review_is_judged_by_its_figures(
    question: str, begins: str, assistant_home: Path
) -> None:
    answer = engine_over(CORPUS, assistant_home).ask([question])
    assert answer.text.startswith(begins)


def test_what_is_said_of_another_thing_bears_no_verdict(engine: Engine) -> None:
    text = engine.ask(["Did previous gammalimus affect neutropenia in Study T-1?"]).text
    assert not text.startswith(("Yes", "No:"))
    assert not engine.ask(["Did anyone in Study T-1 discontinue because of hiccups?"]).text.startswith("Yes")


def test_none_above_a_grade_is_not_confirmed_by_one_above_it(assistant_home: Path) -> None:
    text = engine_over(CORPUS, assistant_home).ask(["Was there no CRS above grade 3 in abstract 980?"]).text
    assert text.startswith("In Abstract 980")
    assert "grade 4" in text


def test_a_percentage_to_be_confirmed_keeps_its_sign() -> None:
    assert asked_outright("Please confirm that the ORR was 41.5%") == "Is it true that the ORR was 41.5%?"
    assert asked_outright("True or false: the ORR was 41.5%") == "Is it true that the ORR was 41.5%?"
