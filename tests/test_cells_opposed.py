"""Arms that a cell of agents sets against each other, parts in brackets, and treatments had before."""

from __future__ import annotations

from assistant.cells.opposed import by_interval, by_schedule, opposed, several
from assistant.names.prior import is_prior
from assistant.spans.prior import prior_groups


def test_one_treatment_on_two_schedules() -> None:
    arms = by_schedule("Alphamab, 7 days", "21-28 days")
    assert arms["seven days"] == arms["short course"] == {"7-day-schedule"}
    assert arms["21 to 28 days"] == {"21-28-day-schedule"}
    assert by_schedule("Alphamab 7 days", "betamab 28 days") == {}


def test_two_rhythms_of_one_treatment() -> None:
    arms = by_schedule("Alphamab 10 mg/kg, weekly", "every 2 weeks")
    assert set(arms) == {"weekly", "every 2 weeks"}
    assert dict(by_interval(arms))["every other week"] == arms["every 2 weeks"]


def test_three_sides_are_told_by_what_not_all_of_them_had() -> None:
    arms = several(["Alphamab 9 mg/kg + betamab", "alphamab 3 mg/kg + betamab", "placebo + betamab"])
    assert arms["9 mg/kg"] == arms["higher dose"] != arms["3 mg/kg"]
    assert arms["control arm"] == {"placebo"}


def test_parts_that_are_counted_are_no_arms_beside_two_sides() -> None:
    sides = {"with alphamab": frozenset({"with-alphamab"}), "without alphamab": frozenset({"no-alphamab"})}
    assert opposed(sides, {"GEN1-A": frozenset({"gen1-a"})}, {}) == sides
    assert opposed(sides, {"alphamab": frozenset({"alphamab"})}, {}) == {}


def test_those_with_and_those_without_a_treatment_before() -> None:
    text = "33 of 34 (97.1%) without and 25 of 33 (75.8%) with prior alphamab therapy."
    assert sorted(g.ids for g in prior_groups(text, [])) == [("no-prior-alphamab",), ("prior-alphamab",)]


def test_what_patients_had_had_before_names_no_study() -> None:
    for text in ("who had failed alphamab", "alphamab-exposed patients", "had seen alphamab before?"):
        at = text.index("alphamab")
        assert is_prior(text, at, at + 8), text
    for text in ("before alphamab reaches humans", "is alphamab already standard"):
        at = text.index("alphamab")
        assert not is_prior(text, at, at + 8), text
