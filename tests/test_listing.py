"""Which studies, how many, and which has the most: over three reviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MARROW, MYELOMA, Case, Engines, check

from assistant.model import Fact
from assistant.studies.conditions import Condition, Places, in_months, places_of, years_hold
from assistant.studies.listing import count_word

CASES = [
    Case(LEUKAEMIA, "which abstracts enrolled exactly seven people", "942 1414", ("7",)),
    Case(LEUKAEMIA, "number of phase II entries in table 1", "54 1414", says=("Two",)),
    Case(LEUKAEMIA, "Which studies in Table 2 are registered?", "980 1995 2011", says=("NCT04689659",)),
    Case(
        LEUKAEMIA,
        "all cellular products covered in the review",
        "980 1995 2011 975",
        says=("NS7CAR-T", "RD13-01", "PCART7-CD3 PEBL"),
    ),
    Case(LEUKAEMIA, "Which trials enrolled newly diagnosed patients?", "51 54 942", says=("GMALL",)),
    Case(MYELOMA, "How many studies were in newly diagnosed myeloma?", "S-101 S-114", says=("Two",)),
    Case(
        MYELOMA,
        "Give the acronyms of all trials that have one",
        "S-101 S-207 S-230 S-318",
        says=("QUERNSTONE-3", "SALTMARSH-2", "HALYARD-1", "BRACKENFELL-1"),
    ),
    Case(MARROW, "list the phase III trials", "87 642", says=("MARLSTONE", "RUSHMERE-1")),
    Case(LEUKAEMIA, "How many studies had fewer than 20 patients?", "1995 942 1414", says=("Three",)),
    Case(
        LEUKAEMIA, "Which studies had at most 10 patients?", "1995 942 1414", ("10", "7"), beside=("3", "4")
    ),
    Case(
        LEUKAEMIA,
        "Which CAR-T trial has the third largest number of patients?",
        "1995",
        ("10",),
        beside=("7", "3"),
    ),
    Case(LEUKAEMIA, "Which studies finished in 2021?", "4053", ("2006-2021",)),
    Case(
        LEUKAEMIA,
        "Which of these had more than 50 patients?",
        "51 54 980",
        ("281", "62", "53"),
        beside=("208", "73", "34", "18"),
    ),
    Case(LEUKAEMIA, "Studies that reported both EFS and OS", "54 980", ("88.6%", "53.1%", "93.4%", "75.0%")),
    Case(
        LEUKAEMIA,
        "Which abstracts reported OS as well as RFS?",
        "4053",
        beside=("68.8%", "26.7%", "52.9%", "8%", "37.6%", "60.5%"),
    ),
    Case(
        LEUKAEMIA,
        "trials without a registration number",
        "54 4053 975 942 1414",
        says=("4053", "1414", "942", "54", "975"),
    ),
    Case(LEUKAEMIA, "Which abstracts are retrospective?", "4053", says=("retrospective",)),
    Case(LEUKAEMIA, "which abstract is preclinical?", "975", says=("975",)),
    Case(
        LEUKAEMIA,
        "Which studies enrolled before 2015?",
        "54 4053",
        beside=("2006-2021", "2011-2017"),
        says=("2006", "2011"),
    ),
    Case(
        LEUKAEMIA,
        "Which studies were still recruiting in 2021?",
        "4053 980 1995 1414",
        ("2006-2021", "2021-2022", "2020-2022"),
    ),
    Case(
        LEUKAEMIA,
        "All CAR-T trials with their response rates",
        "1995 2011",
        ("80%", "90%"),
        beside=("4", "3"),
    ),
    Case(
        LEUKAEMIA,
        "Rank the studies by number of patients",
        "51 54 980 4053 2011 1995 942 1414",
        ("281", "62", "53", "44", "20", "10", "7"),
    ),
    Case(LEUKAEMIA, "second largest study?", "54", ("62",)),
    Case(LEUKAEMIA, "Which are the three largest studies?", "51 54 980", ("281", "62", "53")),
    Case(LEUKAEMIA, "top 3 trials by 3-year OS", "54 51", ("93.4%", "78%")),
    Case(LEUKAEMIA, "lowest rate of severe CRS?", "1995 2011", ("1",), beside=("10%", "10")),
    Case(
        LEUKAEMIA,
        "Which study treated the youngest patients?",
        "4053 980 1995 2011",
        ("2-69", "2-43", "2-27", "2-47"),
    ),
    Case(LEUKAEMIA, "Which study included the oldest patient?", "4053", ("2-69",)),
    Case(LEUKAEMIA, "Which of the studies reaches furthest in age?", "4053", ("2-69",)),
    Case(LEUKAEMIA, "Studies whose eldest participant was below 30?", "54 1995", ("15-24", "2-27")),
    Case(LEUKAEMIA, "List the abstracts with a minimum age of 18", "51", ("18-55",)),
    Case(LEUKAEMIA, "Which trials took nobody over 45?", "54 1995 2011", ("15-24", "2-27", "2-43")),
    Case(LEUKAEMIA, "Which trial had the longest follow-up?", "51", ("28 months",)),
    Case(LEUKAEMIA, "What was the shortest study period?", "1414", ("2021-2022",)),
    Case(
        LEUKAEMIA,
        "How many studies have more than 40 patients?",
        "51 54 4053 980",
        beside=("281", "62", "53", "44"),
        says=("Four",),
    ),
    Case(LEUKAEMIA, "how many abstracts report a CR rate?", "4053 1995 1414", says=("Three",)),
    Case(LEUKAEMIA, "How many trials lack an NCT number?", "54 4053 975 942 1414", says=("Five",)),
    Case(LEUKAEMIA, "How many studies were retrospective?", "4053", says=("One",)),
    Case(
        LEUKAEMIA,
        "How many studies included patients under 18?",
        "54 4053 980 1995 2011 1414",
        beside=("2-69", "15-60", "15-24", "2-43", "2-27", "2-47"),
        says=("Six",),
    ),
    Case(
        LEUKAEMIA,
        "Which trials neither reported OS nor EFS?",
        "1995 975 942 1414",
        says=("1414", "942", "1995", "975"),
    ),
    Case(LEUKAEMIA, "Which CAR-T trials did not report CRS?", "975", says=("975",)),
    Case(MARROW, "How many posters were retrospective?", "1987", says=("One",)),
    Case(
        MARROW,
        "Which posters had at least 120 patients?",
        "87 642 P-0423",
        ("204", "198", "120"),
        beside=("102", "132", "66", "60"),
    ),
    Case(
        MARROW,
        "Which posters enrolled more than 100 patients?",
        "87 642 P-0423",
        ("204", "198", "120"),
        beside=("102", "132", "66", "60"),
    ),
    Case(MARROW, "Which posters have no registration number?", "1987 P-0423", says=("1987", "P-0423")),
    Case(MARROW, "Which posters were phase III trials?", "87 642", says=("87", "642")),
    Case(MARROW, "which poster is retrospective?", "1987", says=("1987",)),
    Case(MARROW, "Which of the posters were randomised?", "P-0423", says=("P-0423",)),
    Case(MARROW, "any single-arm studies?", "P-0561", says=("P-0561",)),
    Case(MARROW, "Which studies started before 2018?", "87 1987", ("2017-2021", "1998-2019")),
    Case(
        MARROW,
        "Rank the posters by size",
        "87 642 P-0423 1203 1987 P-0561",
        ("204", "198", "120", "73", "61", "19"),
    ),
    Case(MARROW, "Smallest poster by patient numbers?", "P-0561", ("19",)),
    Case(MARROW, "Second largest poster?", "642", ("198",)),
    Case(MARROW, "Which study has the longest median follow-up?", "1987", ("41 months",)),
    Case(MARROW, "Which posters had the shortest follow-up?", "642", ("24 weeks",)),
    Case(MARROW, "oldest patients by median age?", "1203", ("72 years",)),
    Case(MARROW, "lowest median age?", "1987", ("22 years",)),
    Case(MARROW, "top three posters by number of patients", "87 642 P-0423", ("204", "198", "120")),
    Case(MARROW, "Which study covers the longest period?", "1987", ("1998-2019",)),
    Case(MARROW, "How many posters were phase III?", "87 642", says=("Two",)),
    Case(
        MARROW,
        "How many posters give a follow-up longer than 20 months?",
        "87 1987",
        beside=("26 months", "41 months"),
        says=("Two",),
    ),
    Case(MARROW, "How many of the six report survival?", "87 1987", says=("Two",)),
    Case(MYELOMA, "fewest patients among the CAR-T studies?", "S-318", ("57",)),
    Case(MYELOMA, "How many of the studies were phase II?", "S-207 S-318", says=("Two",)),
    Case(
        MYELOMA,
        "Which studies enrolled more than 100 patients?",
        "S-101 S-114 S-230",
        ("412", "138"),
        beside=("207", "205", "118"),
    ),
    Case(
        MYELOMA, "Which studies have no NCT number?", "S-114 S-2021 S-422", says=("S-114", "S-2021", "S-422")
    ),
    Case(MYELOMA, "Which study is preclinical?", "S-422", says=("S-422",)),
    Case(MYELOMA, "Which studies are randomised?", "S-101 S-207", says=("S-207",)),
    Case(MYELOMA, "Which were phase II trials?", "S-207 S-318", says=("S-207", "S-318")),
    Case(MYELOMA, "any single-arm trials here?", "S-318", says=("S-318",)),
    Case(MYELOMA, "Which studies were running in 2019?", "S-101", ("2018-2021",)),
    Case(
        MYELOMA,
        "Which studies reported ORR above 90%?",
        "S-101 S-318",
        ("95.7%", "92.2%", "94.7%"),
        beside=("54", "57"),
    ),
    Case(MYELOMA, "largest study?", "S-101", ("412",), beside=("207", "205")),
    Case(MYELOMA, "Second largest study by patients?", "S-114", ("138",)),
    Case(MYELOMA, "highest sCR rate?", "S-318", ("63.2%",)),
    Case(MYELOMA, "highest 18-month OS?", "S-114", ("74.6%",)),
    Case(MYELOMA, "Which had the longest follow-up?", "S-101", ("31.4 months",)),
    Case(MYELOMA, "How many studies have an NCT number?", "S-101 S-207 S-230 S-318", says=("Four",)),
    Case(
        MYELOMA,
        "How many studies had a median age above 65?",
        "S-114 S-207 S-230",
        beside=("79", "68", "67", "66"),
        says=("Three",),
    ),
]


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_gives_what_was_asked_and_nothing_beside(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


PERIOD = Fact("1", "study_period", "2016–2019", "p")


@pytest.mark.parametrize(
    ("wording", "held"),
    [
        ("Which studies started before 2017?", True),
        ("Which studies ended before 2018?", False),
        ("Which studies began after 2016?", False),
        ("Which studies were still recruiting in 2018?", True),
        ("Which studies were running in 2020?", False),
        ("Which studies have started since 2015?", True),
        ("Which studies were completed by 2019?", True),
        ("Which studies started in 2016?", True),
        ("Which studies finished in 2018?", False),
        ("Which studies were run between 2015 and 2020?", True),
        ("Which studies were run between 2017 and 2020?", False),
        ("Which studies had more than 20 patients?", None),
    ],
)
def test_a_study_period_is_held_against_the_year_asked(wording: str, held: bool | None) -> None:
    assert years_hold(PERIOD, wording) is held


@pytest.mark.parametrize(
    ("wording", "first", "last"),
    [
        ("the largest study", 1, 1),
        ("the second largest study", 2, 2),
        ("which had the third-highest rate", 3, 3),
        ("top three studies", 1, 3),
        ("the four smallest studies", 1, 4),
        ("rank the studies by size", 1, 99),
    ],
)
def test_the_places_of_a_ranking_are_read(wording: str, first: int, last: int) -> None:
    assert places_of(wording) == Places(first, last)


@pytest.mark.parametrize(
    ("value", "unit", "months"),
    [("18 months", "months", 18.0), ("2 years", "years", 24.0), ("26 %", "%", None)],
)
def test_durations_are_compared_in_months(value: str, unit: str, months: float | None) -> None:
    assert in_months(Fact("1", "median_follow_up", value, "p", unit=unit)) == months


@pytest.mark.parametrize(
    ("condition", "value", "held"),
    [
        (Condition("gt", 50), 50.0, False),
        (Condition("gte", 50), 50.0, True),
        (Condition("lt", 50), 49.9, True),
        (Condition("lte", 50), 50.1, False),
    ],
)
def test_a_bound_is_kept_or_not(condition: Condition, value: float, held: bool) -> None:
    assert condition.holds(value) is held


def test_a_bound_on_ages_is_held_against_the_end_of_the_range() -> None:
    ages = Fact("1", "age_range", "15–24", "p", unit="years")
    assert Condition("lt", 18, "age").of(ages)
    assert not Condition("gt", 24, "age").of(ages)


@pytest.mark.parametrize(("number", "word"), [(1, "one"), (12, "twelve"), (13, "13")])
def test_counts_are_said_in_words_up_to_twelve(number: int, word: str) -> None:
    assert count_word(number) == word
