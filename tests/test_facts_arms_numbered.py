"""Figures of a study with several arms: told one by one, by the number of their agents, or by a ratio each."""

from __future__ import annotations

import pytest
from fact_lines import Arms, stated

from assistant.cells.numbered import by_number

ONE, TWO, THREE = (
    frozenset({i}) for i in ("with-axolab", "with-axolab-bexomib", "with-axolab-bexomib-cexonib")
)
OWN: Arms = {"axolab": ONE, "axolab-bexomib": TWO, "axolab-bexomib-cexonib": THREE}
ARMS: Arms = OWN | by_number(OWN)

SENTENCES = [
    (
        "each given its own",
        "A CR was seen in 30% of patients given axolab, 40% given axolab plus bexomib and 50% given the triplet.",
        ["CR|30%||with-axolab", "CR|40%||with-axolab-bexomib", "CR|50%||with-axolab-bexomib-cexonib"],
    ),
    (
        "the last arm not understood shifts no other",
        "Undetectable MRD in peripheral blood was found in 30% of patients given axolab, 40% given axolab-bexomib and 50% given it all.",
        ["MRD_negativity|30%||with-axolab", "MRD_negativity|40%||with-axolab-bexomib"],
    ),
    (
        "a ratio of one arm of several",
        "OS was longer with the triplet (HR 0.32) but not with axolab-bexomib (HR 0.79).",
        ["HR|0.32||with-axolab-bexomib-cexonib|||||OS", "HR|0.79||with-axolab-bexomib|||||OS"],
    ),
    (
        "a ratio told once more",
        "The HR for PFS was 0.61, whereas that for OS was 0.80.",
        ["HR|0.61|||||||PFS", "HR|0.80|||||||OS"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), [pytest.param(*c[1:], id=c[0]) for c in SENTENCES])
def test_each_arm_has_its_own_figure(sentence: str, expected: list[str]) -> None:
    assert stated(sentence, ARMS) == expected


def test_a_number_that_two_arms_share_names_neither() -> None:
    other = {"axolab-dexolab": frozenset({"with-axolab-dexolab"})}
    assert set(by_number(OWN)) == {"doublet", "triplet"}
    assert set(by_number(OWN | other)) == {"triplet"}
    assert by_number({"axolab-bexomib": TWO}) == {}
