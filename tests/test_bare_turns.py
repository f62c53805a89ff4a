"""Turns of a word or two about the study just spoken of, and plain ways to say what a thing was tested in or guards against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import CORPUS, engine_over


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[Sequence[str]], str]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    ("turns", "begins"),
    [
        (["what was the OS in GMALL?", "which abstract number?"], "Abstract 51 (Goekbuget et al., GMALL)"),
        (["what is the CR rate with RD13-01?", "in which abstract?"], "Abstract 1995 (Zhang et al.)"),
        (["mild CRS in 47 patients", "and which study is that?"], "Abstract 980 (Zhang et al.)"),
        (
            ["Tell me a bit about the RD13-01 trial", "when?"],
            "In Abstract 1995 (Zhang et al.), the study period",
        ),
        (
            ["Tell me a bit about the RD13-01 trial", "in which years was it?"],
            "In Abstract 1995 (Zhang et al.), the study period",
        ),
    ],
)
def test_a_bare_turn_is_about_the_study_before(
    ask: Callable[[Sequence[str]], str], turns: Sequence[str], begins: str
) -> None:
    assert ask(turns).startswith(begins)


def test_when_after_a_measure_asks_for_no_study_period(ask: Callable[[Sequence[str]], str]) -> None:
    assert "study period" not in ask(["3-year OS in GMALL", "when?"])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Wong's team test it in?", "xenograft"),
        ("in what was the CD3 PEBL CAR-T tested?", "xenograft"),
        ("how do you keep the CAR T cells from killing each other", "knocked out or knocked down"),
        ("what do they do against fratricide?", "knocked out or knocked down"),
        ("what went with the nelarabine in GMALL", "cyclophosphamide"),
        ("V-HAG in relapsed-only patients: response after round one?", "85.7%"),
        ("NS7CAR patients with worse than mild CRS, how many in total?", "6 patients, computed"),
        ("¿cuántos jóvenes seguían vivos a los 3 años con el esquema pediátrico?", "93.4%"),
    ],
)
def test_everyday_wordings(ask: Callable[[Sequence[str]], str], question: str, told: str) -> None:
    assert told in ask([question])


def test_an_only_behind_a_drug_is_still_monotherapy(ask: Callable[[Sequence[str]], str]) -> None:
    assert "40% in the monotherapy group" in ask(["nelarabine-only arm CR?"])


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (
            ["What does abstract 1414 deal with?", "Was there another study with that regimen?"],
            "Abstract 942",
        ),
        (
            [
                "What does abstract 1414 deal with?",
                "any other trial with it?",
                "How many in that one were newly diagnosed?",
            ],
            "4 patients",
        ),
        (["Are there other V-HAG trials than 942?"], "Abstract 1414"),
        (
            ["What was the GvHD rate with donor-derived CD7 CAR T?", "Now the naturally selected ones."],
            "does not report GvHD",
        ),
        (["There was a CD5 CAR-T as well. What was its CR rate?"], "says nothing of “CD5”"),
        (["tempo alla risposta con V-HAG?"], "does not report time to response"),
    ],
)
def test_the_other_study_is_meant_or_none(
    ask: Callable[[Sequence[str]], str], turns: Sequence[str], told: str
) -> None:
    assert told in ask(turns)
