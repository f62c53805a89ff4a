"""Sentences of a trial's report: plans, work of others, ratios and what they are of, lists of grades."""

from __future__ import annotations

from pathlib import Path

import pytest
from fact_lines import READER, TRIAL
from one_trial import trial

from assistant.answer.dose import best_dosed
from assistant.building.design import differing
from assistant.model import Fact
from assistant.text.text import without_unit


def read(text: str) -> set[tuple[str, str, str]]:
    return {(f.attribute, f.value, f.of) for f in READER.read(text, TRIAL) if f.attribute}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Axol (HR 0.4, 95% CI 0.2-0.9) was associated with a lower incidence of chronic GVHD.", ("HR", "0.4", "cGvHD")),
        ("Hazard ratio of death for Axol patients compared to patients in the Bexol group was 1.61.", ("HR", "1.61", "deaths")),
        ("The 2-year relapse/progression incidence was 31% with Axol.", ("relapse", "31%", "")),
    ],
)  # fmt: skip
def test_what_a_figure_is_of(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in read(text)


def test_a_ratio_between_two_arms_is_of_neither() -> None:
    (ratio,) = [
        f
        for f in READER.read("Hazard ratio of death for Axol compared to Bexol patients was 1.61.", TRIAL)
        if f.attribute == "HR"
    ]
    assert ratio.group == frozenset()


def test_the_difference_goes_on_with_the_measure_before() -> None:
    ratio = Fact("", "HR", "2.1", "p")
    assert differing([ratio], "The difference remained significant (HR 2.1).", "median_PFS")[0].of == "PFS"
    assert differing([ratio], "In older patients HR was 2.1.", "PFS")[0].of == ""


def test_the_grades_of_one_count_are_a_range() -> None:
    text = "Before day 90, 5/41 Axol patients had grade II (n = 3), grade III (n = 1) or grade IV (n = 1) acute GVHD."
    assert {("5/41", "2-4")} == {
        (f.value, f.grade) for f in READER.read(text, TRIAL) if f.attribute == "aGvHD"
    }


def test_what_is_counted_is_no_patient() -> None:
    for text in ("Patients came from one of the 7 participating centers.", "Donors were 10/10 HLA-matched."):
        assert not [f for f in READER.read(text) if f.unit == "patients"], text
    text = "In all 21 of 40 patients were given at least 1 platelet transfusion."
    assert ("platelet_transfusion", "21 of 40", "") in read(text)


def test_a_plan_and_the_work_of_others_give_no_results(tmp_path_factory: pytest.TempPathFactory) -> None:
    prose = (
        "The 3-year OS was 61% (Study T-1) [1].\n\n# Statistical analysis\n\nTo detect a 12% improvement in 5-year "
        "survival, 90 deaths were required (Study T-1) [1].\n\n# Discussion\n\nOur 3-year OS was 61% (Study T-1) [1]. "
        "According to an older trial, the 3-year OS was 44%."
    )
    review = trial(tmp_path_factory.mktemp("plan"), prose=prose)
    assert {f.value for f in review.facts if f.attribute in {"OS", "deaths"} and f.study == "T-1"} == {"61%"}


def test_a_dose_stands_beside_its_drug(tmp_path_factory: pytest.TempPathFactory) -> None:
    prose = "Axol plus 3 Gy irradiation (n = 20) was compared with Bexol (Study T-1) [1]. Axol 30 mg/m2 was given on day 1."
    review = trial(tmp_path_factory.mktemp("dose"), prose=prose)
    sentences = [p for p in review.passages if p.studies == ("T-1",)]
    assert best_dosed(sentences, {"axol"}).text.startswith("Axol 30 mg")


def test_figures_of_more_patients_than_an_arm_has_are_not_the_arms(tmp_path: Path) -> None:
    table = '"Study","T-1"\n"Authors (references)","Moor et al. [1]"\n"No. of patients","60 (40 Axol; 20 Bexol)"\n'
    prose = "Moor et al. treated 60 patients (Study T-1) [1]. The ORR was 57% (16/28) vs. 30% (9/30)."
    review = trial(tmp_path, prose=prose, title="T", table_1=table)
    assert not [f for f in review.facts if f.attribute == "ORR"]


def test_the_unit_of_a_row_is_said_once() -> None:
    assert without_unit("Median time to peak, days", "days") == "Median time to peak"
    assert without_unit("Median time to peak", "days") == "Median time to peak"
