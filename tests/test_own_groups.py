"""The words of a question are aligned with the study's own arms and subgroups, or with none."""

from __future__ import annotations

import pytest
from reading import anaemia, myeloma

from assistant.groups.own_groups import OwnGroups, _same_word
from assistant.question.reader import QuestionReader


def own(reader: QuestionReader) -> OwnGroups:
    return reader.own


@pytest.mark.parametrize(
    ("label", "ids", "meant"),
    [
        pytest.param("doublet", {"doublet"}, {"doublet"}, id="its own ids"),
        pytest.param("arm without bortezomib", {"arm", "no-bortezomib"}, {"doublet"}, id="without the drug"),
        pytest.param("control arm", {"control"}, {"doublet"}, id="the lesser of two"),
        pytest.param("combination", {"combination"}, {"triplet"}, id="the fuller of two"),
        pytest.param("orvelimod-dexamethasone", {"orvelimod-dexamethasone"}, {"doublet"}, id="its regimen"),
        pytest.param("splenectomised", {"splenectomised"}, None, id="nobody's"),
    ],
)
def test_wordings_of_two_arms(label: str, ids: set[str], meant: set[str] | None) -> None:
    found = own(myeloma()).meant("S-207", label, frozenset(ids))
    assert found == (None if meant is None else frozenset(meant))


def test_the_opposite_of_a_population_is_the_group_named_by_what_it_is_not() -> None:
    assert own(myeloma()).meant("S-114", "fit", frozenset({"fit"})) == frozenset({"no-unfit"})


@pytest.mark.parametrize(
    ("wording", "dose"),
    [("the lowest dose", "0.8-mg-kg"), ("the middle one", "1.2-mg-kg"), ("the higher dose", "1.6-mg-kg")],
)
def test_doses_by_rank(wording: str, dose: str) -> None:
    assert own(anaemia()).at_rank("1203", wording) == frozenset({dose})


def test_a_dose_is_an_arm_or_one_that_was_given_to_others() -> None:
    groups = own(myeloma())
    assert groups.at_dose("S-230", 60.0) == frozenset({"rp2d"})
    assert groups.at_dose("S-230", 90.0) is None
    assert groups.is_told_by_dose("S-230", 90.0)
    assert not groups.is_told_by_dose("S-230", 75.0)


def test_drugs_alone_are_the_arm_that_had_no_other() -> None:
    groups = own(anaemia())
    label, ids = groups.alone("87", "ORR with hATG and ciclosporin alone") or ("", frozenset())
    assert (label, ids) == ("hatg + ciclosporin alone", frozenset({"no-verotrombopag"}))
    _, other = own(myeloma()).alone("S-207", "PFS with bortezomib plus dexamethasone alone") or (
        "",
        frozenset(),
    )
    assert other not in {g.ids for g in own(myeloma()).of("S-207")}


def test_a_drug_of_one_arm_means_it_by_its_first_letters_too() -> None:
    named = own(myeloma()).with_drug("S-101", "36-month PFS when dara was added")
    assert named == ("dara", frozenset({"d-lrd"}))


def test_the_other_of_two_arms_and_the_opposite_of_a_subgroup() -> None:
    groups = own(myeloma())
    assert groups.other("S-207", [frozenset({"doublet"})]) == [frozenset({"triplet"})]
    assert groups.other("S-318", [frozenset({"extramedullary"})]) == [frozenset({"no-extramedullary"})]


def test_lymphoma_is_no_ending_of_lymphoblastic() -> None:
    assert not _same_word("lymphoma", "lymphoblastic")
    assert _same_word("mutated", "mutation")
