"""Words that single out patients whom a study says nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LYMPHATIC, Engines

from assistant.lookup.foreign import describes_all, foreign_groups, qualifiers


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("PFS in fludarabine patients of NORDSTAR?", ["fludarabine"]),
        ("How many on placebo who also took hydroxyurea responded?", []),  # no word for people before who
        ("How many participants on placebo who also took hydroxyurea responded?", ["hydroxyurea"]),
        ("PFS in evaluable patients of NORDSTAR?", []),
        ("PFS in treatment-naive patients?", []),  # a group the vocabulary knows
    ],
)
def test_what_singles_patients_out(question: str, expected: list[str], engines: Engines) -> None:
    answerer = next(iter(engines.engine(LYMPHATIC)._engines.values())).answerer
    assert qualifiers(answerer.desk, answerer.reader.read(question)) == expected


def test_only_words_that_the_study_does_not_use_make_a_group(engines: Engines) -> None:
    answerer = next(iter(engines.engine(LYMPHATIC)._engines.values())).answerer
    ask = answerer.reader.read("PFS in fludarabine patients of NORDSTAR?")
    assert foreign_groups(answerer.desk, ask, "S201") == [("fludarabine", frozenset({"fludarabine"}))]
    assert foreign_groups(answerer.desk, ask, "S140") == []  # its first sentence speaks of them
    ask = answerer.reader.read("MRR in bruised patients in NORDSTAR?")
    assert foreign_groups(answerer.desk, ask, "S201") == []  # its sentences speak of bruising


def test_words_of_a_study_as_a_whole_are_no_subgroup(engines: Engines) -> None:
    desk = next(iter(engines.engine(LYMPHATIC)._engines.values())).answerer.desk
    assert describes_all(desk, "P701", frozenset({"fixed-duration", "bendamustine"}))
    assert not describes_all(desk, "P701", frozenset({"splenectomised"}))
    assert not describes_all(desk, "S201", frozenset({"women"}))  # a population of its own
