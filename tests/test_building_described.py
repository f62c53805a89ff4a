"""What holds for all patients of a study, and what only for some."""

from __future__ import annotations

from assistant.building.described import fewer
from assistant.model import Fact

SOME, MOST = frozenset({"abc1"}), frozenset({"relapsed"})


def fact(attribute: str, group: frozenset[str], n: int, total: int | None = None) -> Fact:
    return Fact("1", attribute, str(n), "p", group=group, n=n, total=total, unit="patients")


def test_what_clearly_fewer_patients_had_than_took_part_does_not_hold_for_all() -> None:
    facts = [
        fact("n_patients", frozenset(), 27),
        fact("ORR", SOME, 11, 16),
        fact("ORR", MOST, 20, 25),  # 25 of 27 could be assessed
        fact("n_patients", frozenset({"a", "b"}), 3),
    ]
    assert fewer(facts) == {"1": SOME}


def test_without_a_number_of_patients_nothing_is_fewer() -> None:
    assert fewer([fact("ORR", SOME, 11, 16)]) == {}
