"""Whether a verdict stands: none is said on what neither the answer nor its place speaks of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import CORPUS, engine_over
from one_trial import asked

from assistant.model import Answer

_PROSE = """
T-1 was a single-arm phase II trial of 40 adults with relapsed marrow failure (Study T-1) [1]. They received drug Aldorin.
Fever was seen in 12 patients (30.0%), and three patients died. The 2-year OS was 71.0%.
"""
_TABLE = """Study,T-1
Authors,Moor et al. [1]
Agents,Aldorin
No. of patients,40
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    engine = asked(tmp_path_factory.mktemp("standing"), _PROSE, "Studies", _TABLE)
    return lambda question: engine.ask([question])


@pytest.fixture(scope="module")
def shipped(assistant_home: Path) -> Callable[..., Answer]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda *turns: engine.ask(turns)


def has_verdict(answer: Answer) -> bool:
    return answer.text.startswith(("Yes", "No", "Not significantly"))


@pytest.mark.parametrize(
    "question",
    [
        "Was there any fever in T-1?",
        "Did more than half of the patients in T-1 have fever?",
        "Was T-1 a phase II trial?",
        "Did any of the patients in T-1 die?",
    ],
)
def test_a_verdict_on_what_is_told_stands(trial: Callable[[str], Answer], question: str) -> None:
    assert has_verdict(trial(question))


@pytest.mark.parametrize(
    "question",
    [
        "Was the fever in T-1 treated with paracetamol?",
        "Was paracetamol given for the fever in T-1?",
        "Did the fever in T-1 delay the harvest?",
        "Did anyone in T-1 die of a stroke?",
        "Was the survival in T-1 due to better nursing?",
    ],
)
def test_no_verdict_on_a_thing_that_is_not_spoken_of(trial: Callable[[str], Answer], question: str) -> None:
    assert not has_verdict(trial(question))


def test_agents_are_no_answer_to_how_patients_fared(shipped: Callable[..., Answer]) -> None:
    answer = shipped("Did patients with ETP-ALL do worse in GMALL?")
    assert not answer.text.startswith("No: in Goekbuget et al., the study agents")


def test_a_drug_that_was_not_given_is_still_denied_by_the_agents(shipped: Callable[..., Answer]) -> None:
    assert shipped("Did GMALL use venetoclax?").text.startswith("No: in Goekbuget et al., the study agents")


def test_an_approval_is_not_denied_by_a_relapse_rate(shipped: Callable[..., Answer]) -> None:
    assert not shipped("is nelarabine actually approved for T-ALL that came back?").text.startswith("No")


@pytest.mark.parametrize("cause", ["a stroke", "an infection", "pneumonia"])
def test_deaths_are_not_deaths_of_a_cause_that_is_not_told(
    shipped: Callable[..., Answer], cause: str
) -> None:
    answer = shipped(f"Did anyone in RD13-01 die of {cause}?")
    assert answer.text.startswith("The review does not report deaths from")
