"""Patients told by an event, by what some of them were given, or as a cohort of the past; each expectation worked by hand."""

from __future__ import annotations

import pytest
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "Moor et al. treated 120 patients with alphamab in a single-arm phase II trial (Study T-1) [1]. The CR rate was 61.0% and "
    "two-year OS 70.3%, as against 44.8% and 51.2% in a historical cohort. Two-year non-relapse mortality was 33.4% in those with "
    "SOS and 8.7% in those without. SOS was diagnosed in 36 patients (30.0%). Ursodiol prophylaxis, given to 50 patients, was not "
    "associated with a significant reduction (26.0% [13/50] vs. 32.9% [23/70]; p = 0.41). The 3-year relapse rate was 41.0% in "
    "MRD-positive and 12.5% in MRD-negative patients, and MRD negativity was reached by 66.0%. Early death by day 60 was seen in four "
    "patients (3.3%). The most frequent grade ≥ 3 events were neutropenia (n = 25) and pneumonia (n = 7)."
)
TABLE = '"Study","T-1"\n"Authors","Moor et al. [1]"\n"Study agents","Alphamab"\n"No. of patients","120"\n'


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("had"), PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("Two-year non-relapse mortality in patients without SOS?", "8.7%", ("33.4%", "30.0%")),
        ("What was NRM among those who developed SOS?", "33.4%", ("8.7%", "30.0%")),
        ("How often did SOS occur with ursodiol prophylaxis?", "26.0%", ("30.0%",)),
        ("How often did SOS occur?", "30.0%", ("26.0%",)),
        ("2-year OS of the historical controls?", "51.2%", ("70.3%",)),
        ("What was the 60-day mortality?", "3.3%", ()),
        ("3-year relapse rate in recipients still MRD-positive beforehand?", "41.0%", ()),
        ("How many patients had grade 3 or higher pneumonia?", "7", ("25",)),
    ],
)
def test_a_figure_is_that_of_the_patients_told(
    engine: Engine, question: str, told: str, untold: tuple[str, ...]
) -> None:
    answer = engine.ask([question]).text
    assert told in answer
    assert not [u for u in untold if u in answer]
