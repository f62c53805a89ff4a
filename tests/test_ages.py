"""Ages that questions bound, against printed ranges; expected values worked by hand."""

from __future__ import annotations

import pytest

from assistant.text.ages import ages_claimed, ages_named, ages_of_group, ends_said, printed_range


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Did they treat children under ten?", (0, 9)),
        ("Was anyone over 60 enrolled?", (61, 120)),
        ("patients older than sixty-five", (66, 120)),
        ("Would a 70-year-old have been eligible?", (70, 70)),
        ("Was anybody aged 15 taken?", (15, 15)),
        ("the 15–24-year-olds", None),
        ("Did more than 60 patients reach CR?", None),
        ("Did fewer than half of the patients respond?", None),
        ("Were patients followed for more than 24 months?", None),
        ("Was OS above 60% in adults?", None),
        ("How many patients had an IgM below 2 g/L?", None),
        ("How many patients had ferritin levels above 50?", None),
    ],
)
def test_an_age_is_told_from_a_count_a_share_and_a_time(text: str, ages: tuple[int, int] | None) -> None:
    assert ages_named(text) == ages


def test_a_printed_range_is_read_and_nothing_else() -> None:
    assert printed_range("15–60") == (15, 60)
    assert printed_range("18-55 years") == (18, 55)
    assert printed_range("N/A") is None
    assert printed_range("60–15") is None


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Tan treated patients from 18 to 65, yes?", (18, 65)),
        ("OS of patients aged 45 to 55", (45, 55)),
        ("between 2 and 4 patients died", None),
        ("from 2016 to 2018", None),
    ],
)
def test_a_range_of_ages_is_claimed(text: str, ages: tuple[int, int] | None) -> None:
    assert ages_claimed(text) == ages


def test_groups_told_by_age() -> None:
    assert ages_of_group("paediatric") == (0, 17)
    assert ages_of_group("high-risk") is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("trials whose eldest participant was 71 years old", [(True, 71, False)]),
        ("the one that starts at age 16 and stops at age 80", [(False, 16, False), (True, 80, False)]),
        ("where the youngest child was no older than four", [(False, 4, True)]),
        ("which took patients from 12 years of age", [(False, 12, False)]),
        ("the oldest patients, of whom 12% responded", []),
        ("the trial that ended in 2019", []),
        ("the youngest patient had 3 cycles", []),
    ],
)
def test_an_end_of_a_range_of_ages_is_told(text: str, ends: list[tuple[bool, int, bool]]) -> None:
    assert [(e.upper, e.years, e.bounded) for e in ends_said(text)] == ends
