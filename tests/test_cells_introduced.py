"""What sentences call arms that tables only abbreviate."""

from __future__ import annotations

from assistant.cells.introduced import introduced

ARMS = {"AV": frozenset({"av"}), "A": frozenset({"arm-a"})}


def test_the_words_before_a_bracket_name_the_arm() -> None:
    text = (
        "A study comparing time-limited alphamab plus betanib (AV; 14 cycles) with continuous alphamab (A)."
    )
    assert introduced([text], ARMS) == {
        "time-limited alphamab plus betanib": ARMS["AV"],
        "continuous alphamab": ARMS["A"],
    }


def test_a_preposition_or_a_number_names_none() -> None:
    assert introduced(["It was given with B or without (A), and to 40 patients (AV)."], ARMS) == {}
