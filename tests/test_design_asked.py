"""Questions on a study's plan and patients, however they are put: ages, years, doses, intervals, lengths of time."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import REVIEWS, engine_over

from assistant.building.years import gives_years
from assistant.engine.engine import Engine
from assistant.folder.folder import TableRow
from assistant.question.intervals import as_interval
from assistant.question.risk import without_risk
from assistant.spans.span import Span

MYELOMA = [
    # the typical patient is asked by the median, the eldest by the range, "how old" by both
    ("What was the typical age in BRACKENFELL-1?", "61 years", "38"),
    ("Age of the average BRACKENFELL-1 participant?", "61 years", "38"),
    ("How old were those treated in BRACKENFELL-1?", "61 years (range 38-76)", "91"),
    ("Who was the eldest in BRACKENFELL-1?", "38-76", "91"),
    ("And the youngest participant of BRACKENFELL-1?", "38-76", "91"),
    # of an arm the arm's
    ("Top age on the SALTMARSH-2 doublet?", "82", "79"),
    # who could be taken in is told by a sentence, not by who was
    ("What was the minimum age for the community series?", "aged 74 years or older", "91"),
    # when it was done
    ("The year that BRACKENFELL-1 opened?", "2022–2023", "57"),
    ("Opening year of SALTMARSH-2?", "2020–2022", "96"),
    ("SALTMARSH-2 enrolled until?", "2020–2022", "96"),
    ("When did recruitment for SALTMARSH-2 end?", "2020–2022", "96"),
    # intervals
    ("PFS hazard ratio of QUERNSTONE-3: its lower limit?", "0.38-0.77", "deaths"),
    ("Upper end of the interval round the PFS HR of QUERNSTONE-3?", "0.38-0.77", "deaths"),
    ("How many months were the BRACKENFELL-1 patients observed?", "17.2 months", "57"),
    # the dose stands beside the drug
    ("How many mg of orvelimod did they give?", "0.6 mg", "60 mg"),
]
APLASTIC = [
    ("After how many days were the neutrophils back in the haploidentical recipients?", "17", "relapse"),
    ("Closing year of the haploidentical registry?", "1998–2019", "61"),
    ("What amount of belrozanib was taken?", "30 mg", "150 mg"),
    ("Confidence limits of the odds ratio for belrozanib?", "2.8 to 51.6", "150"),
]


@pytest.fixture(scope="module")
def made_up(assistant_home: Path) -> Engine:
    return engine_over(REVIEWS, assistant_home / "design-asked")


@pytest.mark.parametrize(("question", "gives", "not_"), MYELOMA)
def test_a_review_of_several_trials(made_up: Engine, question: str, gives: str, not_: str) -> None:
    answer = made_up.ask([question], "myeloma-meeting-2024")
    assert gives in answer.text
    assert not_ not in answer.text


@pytest.mark.parametrize(("question", "gives", "not_"), APLASTIC)
def test_a_review_with_a_study_a_row(made_up: Engine, question: str, gives: str, not_: str) -> None:
    answer = made_up.ask([question], "aplastic-anaemia-2025")
    assert gives in answer.text
    assert not_ not in answer.text


def test_the_ends_of_the_ages_are_asked_of_the_study_of_the_turn_before(made_up: Engine) -> None:
    turns = ["What was the ORR in BRACKENFELL-1?", "youngest and oldest?"]
    assert "38-76" in made_up.ask(turns, "myeloma-meeting-2024").text


def test_which_study_had_the_oldest_patients_still_ranks_the_studies(made_up: Engine) -> None:
    assert "74-91" in made_up.ask(["Which trial had the oldest patients?"], "myeloma-meeting-2024").text


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("upper limit of the interval around the HR for death", "95% CI of the HR for death"),
        ("OS hazard ratio, lower CI bound", "OS hazard ratio, 95% CI"),
        ("confidence limits for the response", "95% CI of the response"),
        ("the HR's lower bound", "the HR's 95% CI"),
        ("untreated group: low end of the 95% CI", "untreated group: 95% CI"),
        # no interval: a value of a test, an age, a length of time
        (
            "ALT above three times the upper limit of normal",
            "ALT above three times the upper limit of normal",
        ),
        ("lower age limit", "lower age limit"),
        ("interval between doses", "interval between doses"),
        ("response after the upper limit was reached", "response after the upper limit was reached"),
    ],
)
def test_wordings_of_an_interval(question: str, shown: str) -> None:
    assert as_interval(question) == shown


@pytest.mark.parametrize(
    ("focus", "kinds"),
    [
        ("HR kids: five-year survival", ["group"]),
        ("median survival in HR-MDS", []),
        ("HR for relapse", ["measure"]),
        ("HR of the patients with relapse", ["measure"]),
    ],
)
def test_high_risk_is_no_hazard_ratio(focus: str, kinds: list[str]) -> None:
    start = focus.index("HR")
    kept = without_risk([Span("measure", start, start + 2, "HR", ("HR",))], focus)
    assert [span.kind for span in kept] == kinds


@pytest.mark.parametrize(
    ("head", "cells", "years"),
    [
        ("When", ("2019-2021", "2020\u20132022"), True),
        ("Recruited", ("2018 to 2020", ""), False),
        ("Transplanted in", ("2018 to 2020", "", "2011-2014"), True),
        ("Followed until", ("2018-2020", "2019-2024"), False),
        ("Participants", ("2018", "2024"), False),
    ],
)
def test_a_row_of_years_tells_when_studies_were_done(head: str, cells: tuple[str, ...], years: bool) -> None:
    assert gives_years(TableRow(head, cells)) is years
