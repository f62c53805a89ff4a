"""Heads of columns that name a study and, before or behind it, an arm."""

from __future__ import annotations

import pytest
from fact_lines import READER

from assistant.cells.arms import arms_of
from assistant.folder.arm_heads import parted
from assistant.folder.columns import TableColumn
from assistant.folder.tables import Table, TableRow

IDS = {"632", "s-101"}
NAMES = {"coraline": "632", "halvorsen": "632"}


@pytest.mark.parametrize(
    ("head", "study", "arm"),
    [
        ("632 (ZS)", "632", "ZS"),
        ("ZS (Abstract 632)", "632", "ZS"),
        ("Abstract 632, ZS", "632", "ZS"),
        ("ZS, Abstract #632", "632", "ZS"),
        ("Control arm of Abstract 632", "632", "Control arm"),
        ("S-101 high dose", "S-101", "high dose"),
        ("CORALINE: ZS", "632", "ZS"),
        ("ZS (CORALINE)", "632", "ZS"),
        ("CORALINE ZS", "632", "ZS"),
        ("ZS \u2013 Halvorsen et al. [4]", "632", "ZS"),
        ("632", "632", ""),
        ("ZS (n = 306)", "", ""),
        ("Placebo", "", ""),
    ],
)
def test_a_study_and_an_arm(head: str, study: str, arm: str) -> None:
    assert parted(head, "Abstract", IDS, NAMES) == (study, arm)


@pytest.mark.parametrize(
    ("agents", "head", "told_apart"),
    [
        ("Alphamab + betanib", "Alphamab + betanib", False),
        ("Alphamab + betanib vs. betanib", "Alphamab + betanib", True),
        ("Alphamab + betanib", "Elderly", True),
    ],
)
def test_what_everyone_was_given_is_no_arm(agents: str, head: str, told_apart: bool) -> None:
    studies = Table(
        "1.csv", "T", "", "", "Study", (TableColumn("7", ""),), (TableRow("Study agents", (agents,)),)
    )
    events = Table(
        "2.csv", "T", "", "", "Study", (TableColumn("7", head),), (TableRow("Nausea", ("4 (8%)",)),)
    )
    assert bool(arms_of([studies, events], "7", READER.matchers)) is told_apart
