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


def test_what_a_table_says_in_words_is_its_cell(engines: Engines) -> None:
    status, text = said(engines, "What does the table say of the early T-ALL subgroup in Abstract 51?")
    assert status == "answered"
    assert "Poorer outcomes" in text
    status, text = said(engines, "According to the table, what was the 3-year OS in Abstract 54?")
    assert "93.4%" in text  # a figure stays a figure


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("n monotherapy arm abstract 4053", "15 patients"),
        ("T-ALL patients among the NS7CAR cohort", "34 patients"),
        ("T-ALL patients in RD13-01", "7 patients"),
        ("GMALL, patients without a transplant, n", "203 patients, computed as 281 less the 78"),
        ("of the patients of abstract 54, number without CR/CRi", "6 patients, computed as 62 less the 56"),
        ("non-responders in abstract 1995, count", "no response was reported in 2 patients"),
    ],
)
def test_a_number_of_patients_however_short_the_question(
    question: str, figure: str, engines: Engines
) -> None:
    status, text = said(engines, question)
    assert status == "answered"
    assert figure in text


def test_a_noun_before_the_patients_does_not_make_a_count_of_a_survival(engines: Engines) -> None:
    assert "68%" in said(engines, "OS in transplanted patients of GMALL")[1]


def test_the_groups_of_a_study_may_bear_a_word(engines: Engines) -> None:
    text = said(engines, "2-yr OS in the two nelarabine groups of abstract 4053?")[1]
    assert "52.9%" in text
    assert "8%" in text
    assert "37.6%" not in text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("CR/CRi after second cycle in abstract 942?", "after the second cycle"),
        ("results of the phase III part of the NS7CAR study?", "phase III"),
    ],
)
def test_a_decline_stays_one_where_a_sentence_is_of_another_cycle_or_phase(
    question: str, named: str, engines: Engines
) -> None:
    status, text = said(engines, question)
    assert status == "declined"
    assert named in text


@pytest.mark.parametrize("second", ["and their 3-year survival?", "and the 3-year OS of those?"])
def test_those_counted_are_those_asked_about(second: str, engines: Engines) -> None:
    answer = engines.engine(LEUKAEMIA).ask(["How many GMALL patients were transplanted?", second])
    assert "68%" in answer.text
    assert "78%" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "did blinatumomab improve OS in Abstract 4053?",
        "by how much did blinatumomab improve OS over monotherapy in Abstract 4053?",
        "how did daratumumab compare with nelarabine in 4053 for CR",
        "was OS better with blinatumomab than with nelarabine in 4053",
    ],
)
def test_nothing_is_put_down_to_a_drug_that_the_review_does_not_name(question: str, engines: Engines) -> None:
    status, text = said(engines, question)
    assert status == "declined"
    assert "says nothing of" in text


def test_what_a_study_reports_is_no_part_of_its_name(engines: Engines) -> None:
    status, text = said(engines, "does the xenograft study report GvHD in humans")
    assert status == "declined"
    assert "GvHD" in text


def test_of_every_ten_asks_for_a_share(engines: Engines) -> None:
    text = said(engines, "Out of every ten patients on NS7CAR, how many were alive at 18 months?")[1]
    assert "75.0%" in text
    assert "About" not in text


def test_a_p_value_asked_for_behind_a_question_of_yes_or_no(engines: Engines) -> None:
    status, text = said(engines, "Shimony: CR difference between the combination and mono significant? p?")
    assert (status, text.startswith("No: in Shimony et al., p = 0.21 for CR")) == ("answered", True)


def test_according_to_is_written_short(engines: Engines) -> None:
    status, text = said(engines, "T-ALL / T-LBL split of NS7CAR acc. to table 2")
    assert (status, "34 patients" in text, "18 patients" in text) == ("answered", True, True)


def test_in_vivo_is_not_alive(engines: Engines) -> None:
    status, text = said(engines, "in vivo data on PCART7-CD3 PEBL?")
    assert (status, "fratricide" in text) == ("answered", True)
    assert "OS" not in text


def test_of_those_narrows_every_study_spoken_of(engines: Engines) -> None:
    answer = engines.engine(LEUKAEMIA).ask(["what is V-HAG", "how many of those were newly diagnosed?"])
    assert "4 newly diagnosed" in answer.text or "4 patients (newly diagnosed)" in answer.text
    assert "7 patients" not in answer.text
