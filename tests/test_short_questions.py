"""Questions of two or three words, and what somebody says that he has already."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


def said(engines: Engines, question: str) -> tuple[str, str]:
    answer = engines.engine(LEUKAEMIA).ask([question])
    return answer.status.value, answer.text


@pytest.mark.parametrize("question", ["CRS rates?", "CRS rate?", "how common is CRS?"])
def test_a_short_form_with_a_word_for_figures_asks_for_the_figures(question: str, engines: Engines) -> None:
    status, text = said(engines, question)
    assert status == "answered"
    assert "47/53" in text
    assert "stands for" not in text
    assert "85.7" not in text


@pytest.mark.parametrize("question", ["CRS?", "what does CRS stand for"])
def test_a_short_form_alone_is_explained(question: str, engines: Engines) -> None:
    assert said(engines, question)[1].startswith("CRS stands for cytokine release syndrome")


def test_a_time_of_something_that_is_only_counted_is_declined(engines: Engines) -> None:
    assert said(engines, "how many days until CRS")[0] == "declined"


@pytest.mark.parametrize(
    ("question", "studies"),
    [("venetoclax studies in the review?", ("942", "1414")), ("nelarabine trials", ("51", "54", "4053"))],
)
def test_studies_of_a_kind_are_listed(question: str, studies: tuple[str, ...], engines: Engines) -> None:
    status, text = said(engines, question)
    assert status == "answered"
    assert all(f"Abstract {study}" in text for study in studies)
    assert "Blood." not in text  # not their references


def test_what_the_asker_has_is_not_asked(engines: Engines) -> None:
    status, text = said(engines, "I have the EFS of the AYA study already, what was the OS?")
    assert (status, "93.4%" in text, "88.6%" in text) == ("answered", True, False)
    status, text = said(
        engines, "I have OS and EFS of the NS7CAR cohort, but what's the median follow-up there?"
    )
    assert status == "declined"
    assert "median follow-up" in text
    assert "75.0%" not in text


def test_the_conclusion_is_the_one_of_the_concluding_section(engines: Engines) -> None:
    status, text = said(engines, "what does the review conclude?")
    assert status == "answered"
    assert "first-line regimen" in text
    assert "latest updates" not in text
