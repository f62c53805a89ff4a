"""Bounds and reasons beside figures: what is a result, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import stated, trial


@pytest.mark.parametrize(
    ("prose", "attribute", "value"),
    [
        ("Patients had at least 50% ORR in both arms (Study T-1) [1].", "ORR", "50%"),
        ("Rash was seen in 12%, linked to neutropenia in 5% (Study T-1) [1].", "neutropenia", "5%"),
        ("The ORR was 60%, explained by the 12% CR rate (Study T-1) [1].", "CR", "12%"),
        ("The ORR was 60%, explained by the 12% CR rate (Study T-1) [1].", "ORR", "60%"),
    ],
)
def test_a_figure_with_a_measure_is_read(tmp_path: Path, prose: str, attribute: str, value: str) -> None:
    facts = stated(trial(tmp_path, prose))
    assert any((f[0], f[1]) == (attribute, value) or (f[0] == attribute and value in f[1]) for f in facts), (
        facts
    )


def test_a_bound_of_blasts_is_no_response(tmp_path: Path) -> None:
    facts = stated(
        trial(tmp_path, "The ORR was 40% in patients with at least 20% marrow blasts (Study T-1) [1].")
    )
    assert not any(f[0] == "ORR" and "20%" in f[1] for f in facts)
