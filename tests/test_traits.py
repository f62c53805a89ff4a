"""Yes or no to a target, a primary endpoint, deaths of an event, a factor and the members of a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from one_trial import asked

from assistant.model import Answer
from assistant.telling.entailing import is_more_than_alike
from assistant.telling.members import is_of_another

_PROSE = """
T-1 was a single-arm phase II trial of 40 adults with relapsed marrow failure (Study T-1) [1]. They received drug Aldorin.
The 2-year event-free survival, the primary endpoint, was 61.0% and the 2-year OS was 71.0%.
Pneumonia was seen in nine patients, was severe in four and fatal in two. Hepatitis occurred in five patients; no case was
fatal. Poor cytogenetics, but not age, predicted relapse, whereas the blast count did not. Earlier steroids did not affect
the CR rate. Of the six relapses two were B7-negative, and in none was B8 lost.
"""
_TABLE = """Study,T-1
Authors,Moor et al. [1]
Agents,Aldorin
Target,CD71
No. of patients,40
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    engine = asked(tmp_path_factory.mktemp("traits"), _PROSE, "Studies", _TABLE)
    return lambda question: engine.ask([question])


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Was event-free survival the primary endpoint of T-1?", "Yes"),
        ("Was overall survival the main endpoint of T-1?", "No"),
        ("Did anybody in T-1 die of pneumonia?", "Yes"),
        ("Did anybody in T-1 die of hepatitis?", "No"),
        ("No one in T-1 died of hepatitis, right?", "Yes"),
        ("Does the drug in T-1 target CD71?", "Yes"),
        ("Did earlier steroids lower the CR rate in T-1?", "No"),
        ("Was B8 lost at any relapse in T-1?", "No"),
    ],
)
def test_a_trait_is_judged(trial: Callable[[str], Answer], question: str, verdict: str) -> None:
    assert trial(question).text.startswith(f"{verdict}:")


@pytest.mark.parametrize(
    "question",
    [
        "Did most with pneumonia in T-1 die?",
        "Did anybody in T-1 die of meningitis?",
        "Did earlier antibiotics lower the CR rate in T-1?",
        "Did sex predict relapse in T-1?",
        "Did earlier steroids lower OS in T-1?",
    ],
)
def test_what_is_not_told_gets_no_verdict(trial: Callable[[str], Answer], question: str) -> None:
    assert not trial(question).text.startswith(("Yes", "No:"))


def test_a_drug_of_one_member_of_a_list_is_not_for_another() -> None:
    text = "They gave Xolorin combined with aldorin in K1-mutated (n = 9) or baldorin in K2-mutated disease."
    assert is_of_another(text, {"baldorin"}, {"k1", "mutated"})
    assert not is_of_another(text, {"aldorin"}, {"k1", "mutated"})
    assert not is_of_another(text, {"xolorin"}, {"k2", "mutated"})


def test_better_is_neither_as_well_nor_less_well() -> None:
    text = "It was less successful in fibrosis than in anaemia."
    assert is_more_than_alike("Did it work as well in anaemia as in fibrosis?", text)
    assert not is_more_than_alike("Did it work as well in fibrosis as in anaemia?", text)
