"""Heads of columns: arms with other names, sizes, grades, and statistics."""

from __future__ import annotations

import pytest

from assistant.folder.heads import Head, read_head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Doublet", Head(("Doublet",))),
        ("ABC-D (Arm A) (N=33)", Head(("ABC-D", "Arm A"), "33")),
        ("Arm B (ABC)", Head(("ABC", "Arm B"))),
        ("ABC Arm B (N = 1,032), grade 3+", Head(("ABC", "Arm B"), "1,032", "grade 3+")),
        ("AbCy, grade I or II", Head(("AbCy",), "", "grade I or II")),
        ("120 mg, n (%)", Head(("120 mg",))),
        ("All patients (n = 65)", Head((), "65")),
        ("Overall", Head()),
        ("P value", Head(statistic="p_value")),
        ("p-value, change from baseline, Arm A vs. Arm B", Head(statistic="p_value")),
        ("HR (95% CI)", Head(statistic="HR")),
        ("Odds ratio", Head(statistic="OR")),
        ("Outcome (95% CI) or SE", Head()),
        ("Days", Head()),
        ("Dose 1", Head(("Dose 1",))),
        ("Placebo", Head(("Placebo",))),
        ("Orvelimod", Head(("Orvelimod",))),
    ],
)
def test_a_head_is_taken_apart(text: str, head: Head) -> None:
    assert read_head(text) == head
