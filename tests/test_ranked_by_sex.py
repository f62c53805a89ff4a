"""Studies ranked by the share of women, or of men, where a row counts one of the two."""

from __future__ import annotations

from pathlib import Path

from asking import asks


def test_the_share_of_women_is_ranked_and_that_of_men_the_other_way_round(assistant_home: Path) -> None:
    asked = asks(assistant_home)
    assert "30.1%" in (
        told := asked("cll-waldenstrom-2025", "Which study had the lowest percentage of women?")
    )
    assert told.count("%") - told.count(", %") == 1
    assert asked("cll-waldenstrom-2025", "Which study had the highest share of men?") == told


def test_the_number_of_women_is_not_that_of_all_patients(assistant_home: Path) -> None:
    told = asks(assistant_home)("complement-2025", "Which study enrolled the most women?")
    assert "enrolled" not in told


def test_a_number_of_women_is_not_ranked_by_shares(assistant_home: Path) -> None:
    told = asks(assistant_home)("cll-waldenstrom-2025", "Which study had the lowest number of women?")
    assert told.count("%") - told.count(", %") > 1
