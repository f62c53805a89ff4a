"""The shared types that do more than hold: how a reference and a place are printed."""

from __future__ import annotations

import pytest

from assistant.model import AssistantError, Kind, Locator, Reference

REFERENCE = Reference(
    7, ("Moreau A", "Lind B"), "A title", "J Test Med", "2019", "12", "3", "5-9", "10.5555/x"
)


def test_a_reference_in_vancouver_style() -> None:
    assert REFERENCE.text == "Moreau A, Lind B. A title. J Test Med. 2019;12(3):5-9. doi:10.5555/x"


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Custom or evidence?", "B. Custom or evidence? J"),
        ("At last!", "B. At last! J"),
        ("Ends in a full stop.", "B. Ends in a full stop. J"),
        ("Ends in none", "B. Ends in none. J"),
    ],
)
def test_a_title_ends_in_one_mark(title: str, printed: str) -> None:
    reference = Reference(1, ("Lind B",), title, "J. Test Med.", "2019")
    assert printed in reference.text
    assert reference.text.endswith(" Test Med. 2019.")


def test_a_reference_leaves_out_what_it_lacks() -> None:
    assert Reference(1, ("Lind B",), "T", "J", "2019", pages="4").text == "Lind B. T. J. 2019:4."


@pytest.mark.parametrize(
    ("locator", "label"),
    [
        (
            Locator("r", Kind.SENTENCE, section="Results", paragraph=2, sentence=3),
            "Results, paragraph 2, sentence 3",
        ),
        (Locator("r", Kind.CELL, table="Table 1", row="Design", column="12"), "Table 1, Design"),
        (Locator("r", Kind.COLUMN, table="Table 1", column="12"), "Table 1, column 12"),
        (Locator("r", Kind.REFERENCE, entry="4"), "References, 4"),
        (Locator("r", Kind.ABBREVIATION, entry="DOR"), "Abbreviations, DOR"),
        (Locator("r", Kind.FRONT, entry="title"), "Front matter, title"),
    ],
)
def test_a_place_in_words(locator: Locator, label: str) -> None:
    assert locator.label == label


def test_an_error_carries_its_remedy() -> None:
    error = AssistantError("It is broken.", "Mend it.")
    assert (str(error), error.remedy) == ("It is broken.", "Mend it.")
