"""Studies named by number, author, trial, product, treatment or registration; years and counts name none."""

from __future__ import annotations

import pytest
from reading import anaemia, myeloma

from assistant.names.authors import AuthorReader
from assistant.names.model import CODE, Holders, code_forms
from assistant.names.studies import Name, resolve, squeeze


@pytest.mark.parametrize(
    ("text", "kind", "studies"),
    [
        pytest.param("ORR in Study S-230?", "number", {"S-230"}, id="label and number"),
        pytest.param("orr in s-230", "number", {"S-230"}, id="number in small letters"),
        pytest.param("What of S230?", "number", {"S-230"}, id="number without its hyphen"),
        pytest.param("median PFS, study S 207", "number", {"S-207"}, id="number with a space"),
        pytest.param("What did Vestergren find?", "author", {"S-114"}, id="first author"),
        pytest.param("vestergren's patients", "author", {"S-114"}, id="first author, possessive"),
        pytest.param("Pelletreau et al.", "author", {"S-318"}, id="first author et al"),
        pytest.param("the Brisebois paper", "author", {"S-101"}, id="co-author of a paper"),
        pytest.param("QUERNSTONE-3", "code", {"S-101"}, id="trial"),
        pytest.param("quernstone 3 results", "code", {"S-101"}, id="trial in small letters"),
        pytest.param("NCT09220564", "nct", {"S-318"}, id="registration"),
        pytest.param("nct 09220564", "nct", {"S-318"}, id="registration with a space"),
        pytest.param("lunozomib survival", "agent", {"S-101"}, id="treatment of the table"),
        pytest.param("dexamethasone", "agent", {"S-101", "S-114", "S-207"}, id="treatment of three studies"),
        pytest.param(
            "daratumumab", "agent", {"S-101", "S-114", "S-2021"}, id="treatment that is an arm's label"
        ),
    ],
)
def test_a_wording_names_its_studies(text: str, kind: str, studies: set[str]) -> None:
    found = [(n.kind, set(n.studies)) for n in myeloma().names.find(text).names]
    assert found == [(kind, studies)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("triplet", id="label of an arm"),
        pytest.param("brisebois", id="co-author without anything that tells a name"),
        pytest.param("PFS", id="measure"),
        pytest.param("CR in phase II", id="Roman numeral"),
    ],
)
def test_a_wording_that_names_no_study(text: str) -> None:
    assert myeloma().names.find(text).names == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("CR in Poster 1987", ["1987"], id="after its label"),
        pytest.param("What happened in 1987?", [], id="in, with a verb of time"),
        pytest.param("Who was treated since 1987", [], id="since"),
        pytest.param("between 1987 and 1990", [], id="between years"),
        pytest.param("the years 1987-1990", [], id="a range of years"),
        pytest.param("OS in 1987", ["1987"], id="in, without a verb of time"),
        pytest.param("#87 and 642", ["87", "642"], id="listed"),
        pytest.param("87 patients", [], id="counted patients"),
        pytest.param("87% responded", [], id="percentage"),
        pytest.param("reference 87", [], id="reference"),
        pytest.param("platelets > 87", [], id="compared"),
        pytest.param("not Poster 87 but 642", ["642"], id="excluded"),
        pytest.param("87 months", [], id="duration"),
    ],
)
def test_numbers_of_studies_are_told_from_years_and_counts(text: str, named: list[str]) -> None:
    assert [n.text for n in anaemia().names.find(text).of("number")] == named


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Study S-999", ("Study S-999",), id="number of that form"),
        pytest.param("HALYARD-2", ("HALYARD-2",), id="trial with another number"),
        pytest.param("NCT01234567", ("NCT01234567",), id="registration"),
        pytest.param("Study 12", ("Study 12",), id="bare number after the label"),
        pytest.param("HALYARD-1 and S-230", (), id="nothing missing"),
        pytest.param("12 patients", (), id="a count"),
    ],
)
def test_studies_the_review_does_not_have(text: str, missing: tuple[str, ...]) -> None:
    assert myeloma().names.find(text).missing == missing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("OS in van der Meer et al.?", "van der Meer", id="whole"),
        pytest.param("what did Van der Meer find", "Van der Meer", id="at the begin in capitals"),
        pytest.param("OS in Meer's patients", "Meer", id="last word alone"),
        pytest.param("Muñoz García et al.", "Muñoz García", id="two names"),
    ],
)
def test_a_family_name_of_several_words_is_one_name(text: str, named: str) -> None:
    first = Holders({"van der meer": frozenset({"S-1"}), "munoz garcia": frozenset({"S-1"})})
    reader = AuthorReader(first, Holders(), ("van der Meer",), ())
    assert [n.text for n in reader.read(text, ())] == [named]
    assert reader.unknown(text) == []


def test_an_initial_behind_a_family_name_is_no_name() -> None:
    reader = AuthorReader(Holders({"muster b": frozenset({"S-1"})}), Holders(), (), ())
    assert reader.read("Is it found on B cells?", ()) == []


def test_the_authors_of_a_trial_are_no_author() -> None:
    assert AuthorReader(Holders(), Holders(), (), ()).unknown("what QUERN et al. think") == []


def test_an_unknown_family_name_of_several_words_is_told() -> None:
    reader = AuthorReader(Holders(), Holders(), (), ())
    assert reader.unknown("OS in van der Meer et al.") == ["Meer et al."]


def test_what_a_text_names_is_the_same_when_asked_again() -> None:
    names = myeloma().names
    assert names.find("Study S-230") is names.find("Study S-230")


def test_words_of_some_studies_describe_them() -> None:
    found = myeloma().names.describing(["mice", "parkinsonism", "patient", "unheard"])
    assert found == {"mice": {"S-422"}, "parkinsonism": {"S-318"}}


def test_names_that_share_studies_narrow_one_another_down() -> None:
    both, one = name("agent", "a", "b"), name("author", "b")
    assert resolve([both, one]) == ({"b"}, False)


def test_names_of_different_studies_add_up_and_clash() -> None:
    assert resolve([name("number", "a"), name("number", "b")]) == ({"a", "b"}, True)


def test_a_topic_counts_only_beside_its_own_studies() -> None:
    topic = name("topic", "b", "c")
    assert resolve([name("number", "a"), topic]) == ({"a"}, False)
    assert resolve([topic]) == ({"b", "c"}, False)


def name(kind: str, *studies: str) -> Name:
    return Name("x", kind, frozenset(studies), 0, 1)


def test_codes_compare_without_hyphens_case_and_accents() -> None:
    assert squeeze("XÝ12-03") == squeeze("xy 1203") == "xy1203"


def test_a_code_stands_for_what_precedes_its_hyphens() -> None:
    assert code_forms("AB-C-led") == ["AB-C-led", "AB-C", "AB"]


@pytest.mark.parametrize(
    ("word", "is_code"), [("AB12", True), ("aBc", False), ("McX", True), ("Word", False)]
)
def test_what_a_code_looks_like(word: str, is_code: bool) -> None:
    assert bool(CODE.fullmatch(word)) is is_code


def test_looking_an_unknown_name_up_leaves_the_table_as_it_is() -> None:
    holders = Holders({"a": frozenset("1")})
    assert holders["b"] == frozenset()
    assert list(holders) == ["a"]
