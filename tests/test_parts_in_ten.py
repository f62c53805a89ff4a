"""``six in ten`` is read as the percentage it is."""

import pytest

from assistant.question.parts_in_ten import in_percent


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Did fewer than one in ten patients relapse?", "Did fewer than 10% of patients relapse?"),
        ("Did over nine in ten of the teens live?", "Did over 90% of the teens live?"),
        ("Did four in ten patients have CRS?", "Did about 40% of patients have CRS?"),
        ("Did more than one in five in Study A have CRS?", "Did more than 20% in Study A have CRS?"),
        ("Did one in four or more respond?", "Did 25% or more respond?"),
        ("How many in ten responded?", "How many in ten responded?"),
        ("Did two in five studies report OS?", "Did two in five studies report OS?"),
    ],
)
def test_a_part_is_a_percentage(said: str, meant: str) -> None:
    assert in_percent(said) == meant
