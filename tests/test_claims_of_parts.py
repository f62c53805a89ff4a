"""Verdicts on parts of a study's patients, on what all or no cases were, and on whom a study took in."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "Moor et al. treated 100 patients with relapsed leukemia or lymphoma in a phase II trial, of whom 80 (80.0%) were infused; "
    "patients of stage IVb were excluded (Study T-1) [1].\n"
    "The ORR was 64.0% in all patients; it was highest in B7-mutated disease (81.0%), followed by B8-mutated (60.0%) and "
    "B9-mutated disease (42.0%).\n"
    "Their 2-year OS was 48.0% with and 71.0% without a TP53 mutation.\n"
    "Mucositis was observed in twelve patients (12.0%) and was of grade 1 or 2 in each of them, one patient (1.0%) had grade 3 rash, "
    "and hepatitis was common (40.0%) but never of grade 4.\n"
    "Pancreatitis developed in three patients, one of whom died of it.\n"
    "Only two patients relapsed, both in the central nervous system.\n"
    "Betamab was added to carbozin in CD20-positive disease.\n"
    "Whether carbozin works in children must still be verified with clinical data.\n"
)
TABLE = (
    "Study,T-1\nAuthors (references),Moor et al. [1]\nStudy agents,Carbozin\nNo. of patients,100 (70 T-ALL; 30 T-LBL)\n"
    '"Median age (range), years",41 (18-60)\n'
)
CASES = (
    ("Were there more T-LBL than T-ALL patients in Study T-1?", "No"),
    ("Did Study T-1 have both T-ALL and T-LBL patients in it?", "Yes"),
    ("Were all patients enrolled in Study T-1 infused?", "No"),
    ("Could 70-year-olds join Study T-1?", "No"),
    ("Were stage IVb patients enrolled in Study T-1?", "No"),
    ("Did anyone have grade 3 or worse mucositis in Study T-1?", "No"),
    ("Was the mucositis in Study T-1 always grade 1 or 2?", "Yes"),
    ("Was there any grade 4 hepatitis in Study T-1?", "No"),
    ("Did anyone die of pancreatitis in Study T-1?", "Yes"),
    ("Both relapses in Study T-1 were in the CNS, weren't they?", "Yes"),
    ("Was betamab given to CD20-negative patients in Study T-1?", "No"),
    ("Data on carbozin in children are still missing, aren't they?", "Yes"),
)
UNDECIDED = (
    "Was there any grade 3 hepatitis in Study T-1?",
    "Was 5-year OS better without a TP53 mutation in Study T-1?",
    "Did women have the best response rate in Study T-1?",
    "Was mucositis in Study T-1 always grade 1?",
    "Were there more transplanted patients with T-LBL than with T-ALL in Study T-1?",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(Path(tmp_path_factory.mktemp("parts")), PROSE, "Trials", TABLE)


@pytest.mark.parametrize(("question", "word"), CASES)
def test_a_claim_of_a_part_is_judged(engine: Engine, question: str, word: str) -> None:
    text = engine.ask([question]).text
    assert text.startswith(f"{word}:"), text


@pytest.mark.parametrize("question", UNDECIDED)
def test_no_verdict_where_nothing_decides(engine: Engine, question: str) -> None:
    text = engine.ask([question]).text
    assert not text.startswith(("Yes", "No:")), text
