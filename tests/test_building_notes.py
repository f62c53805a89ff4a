"""Marks in the heads of tables, and what the notes they point to make of the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.building.notes import noted
from assistant.corpus.corpus import read_review
from assistant.vocabulary.vocabulary import load_vocabulary

NOTE = "ORR, overall response rate. a Grade II-IV at day 100. b At day 28 in one and week 24 in the other. *Among men"


def test_each_mark_has_its_text() -> None:
    assert noted(NOTE) == {
        "a": "Grade II-IV at day 100",
        "b": "At day 28 in one and week 24 in the other",
        "*": "Among men",
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Acute GvHDa", "aGvHD|45%|100-day|2-4"),
        ("ORRb", "ORR|45%||"),  # two time points decide nothing
        ("Anaemia", "anaemia|45%||"),  # its last letter is no mark
    ],
)
def test_a_mark_qualifies_the_figures_of_its_row(head: str, expected: str, tmp_path: Path) -> None:
    folder = tmp_path / "made-up"
    folder.mkdir()
    (folder / "review.md").write_text(
        f'---\ntitle: "Made up"\nstudy_label: Study\ntables:\n  table-1.csv: {{title: "T", note: "{NOTE}"}}\n---\n'
        "# Results\n\nForty patients were treated (Study X1) [1].\n",
        encoding="utf-8",
    )
    (folder / "table-1.csv").write_text(f"Study #,X1\nNo. of patients,40\n{head},45%\n", encoding="utf-8")
    facts = read_review(folder, load_vocabulary()).facts
    shown = {f"{f.attribute}|{f.value}|{f.time_point}|{f.grade}" for f in facts}
    assert expected in shown
