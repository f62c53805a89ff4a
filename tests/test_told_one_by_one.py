"""Figures told dose by dose, treatment by treatment, arm by arm: each keeps its own group."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import trial

ARMS = '"Study","T-1"\n"Authors (references)","Moor et al. [1]"\n"No. of patients","60 (30 Axol; 30 Bexol)"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "No patient responded at 10 mg (0/3), two of six at 20 mg and five of eight at 40 mg, which was taken forward.",
            {("0/3", "10 mg"), ("two of six", "20 mg"), ("five of eight", "40 mg")},
        ),
        (
            "Two of four patients responded at 100 mg and five of six at 300 mg.",
            {("Two of four", "100 mg"), ("five of six", "300 mg")},
        ),
    ],
)
def test_each_dose_has_its_own_count(text: str, told: set[tuple[str, str]], tmp_path: Path) -> None:
    review = trial(tmp_path, prose=f"Moor et al. treated 17 patients with Axol (Study T-1) [1]. {text}")
    assert {(f.value, f.group_label) for f in review.facts if f.attribute == "ORR"} == told


def test_each_treatment_of_a_list_has_its_own_figure(tmp_path: Path) -> None:
    text = "In mice median survival was 20 days with vehicle, 31 days with azacitidine, 37 days with axol and 55 days with both."
    review = trial(tmp_path, prose=f"Moor et al. tested axol (Study T-1) [1]. {text}")
    told = {f.group_label: f.value for f in review.facts if f.attribute == "median_OS"}
    assert told == {
        "vehicle": "20 days",
        "azacitidine": "31 days",
        "axol": "37 days",
        "combination": "55 days",
    }


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Fever was recorded in none and four, respectively.", [0, 4]),
        ("Fever was recorded in three and nine, respectively.", [3, 9]),
        ("Fever was recorded in zero and four patients, respectively.", [0, 4]),
    ],
)
def test_two_counts_in_words_are_of_the_arms(text: str, counts: list[int], tmp_path: Path) -> None:
    prose = f"Moor et al. randomized 60 patients to Axol (n = 30) or Bexol (n = 30) (Study T-1) [1]. {text}"
    review = trial(tmp_path, prose=prose, title="T", table_1=ARMS)
    told = {f.group_label: f.n for f in review.facts if f.attribute == "pyrexia"}
    assert [told.get("Axol"), told.get("Bexol")] == counts
