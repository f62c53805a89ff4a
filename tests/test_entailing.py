"""A yes is said only where the sentence says all of it; the opposite, or what is left open, is a no."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines

from assistant.telling.entailing import (
    denies_else,
    is_narrower,
    is_of_other_side,
    is_of_the_freed,
    is_open,
    is_opposite,
)

OPEN = "The drug is approved for relapsed disease, and its use in the first line is still under study."


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("question", "text", "opposite"),
    [
        ("Is it as successful as surgery?", "It has been less successful than surgery.", True),
        ("Was survival better in the old?", "Poorer outcomes appeared in the old.", True),
        ("Are there plenty of options?", "The options remain limited.", True),
        ("Does it raise the risk?", "It reduced the risk of bleeding.", True),
        ("Does it lower the risk?", "It reduced the risk of bleeding.", False),
        ("Is it less successful than surgery?", "It has been less successful than surgery.", False),
        ("Is it not better?", "Poorer outcomes appeared.", False),
        ("Was high-risk disease treated?", "Patients received low-dose cytarabine.", False),
    ],
)
def test_the_other_end_of_a_scale_is_the_opposite(question: str, text: str, opposite: bool) -> None:
    assert is_opposite(question, text) is opposite


@pytest.mark.parametrize(
    ("question", "keys", "left_open"),
    [
        ("Is it approved in the first line?", ["approved", "first", "line"], True),
        ("Is it approved for relapsed disease?", ["approved", "relapsed"], False),
        ("Is it under study in the first line?", ["study", "first", "line"], False),
    ],
)
def test_what_is_under_study_is_left_open(question: str, keys: list[str], left_open: bool) -> None:
    assert is_open(question, OPEN, keys, lambda key, part: key in part) is left_open


def test_only_and_first_must_be_said_by_the_sentence_too() -> None:
    assert is_narrower("Is it only for children?", "It is for children.")
    assert not is_narrower("Is it the only drug?", "It is the sole drug.")
    assert is_narrower("Was it the first drug approved?", "The drug is approved in the first-line regimen.")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is nelarabine FDA approved frontline?", "No: "),
        ("Is nelarabine approved for newly diagnosed T-ALL?", "No: "),
        ("Is nelarabine approved for relapsed T-ALL?", "Yes: "),
        ("Is CAR-T as successful in T-ALL as in B-ALL?", "No: "),
        ("Did the early T-ALL subgroup do better in GMALL?", "No: "),
        ("Was RD13-01 safe?", "Yes: "),
        ("Were the RD13-01 responses dose dependent?", "Yes: "),
        ("Did everyone in the RD13-01 trial get CRS?", "Yes: "),  # 9 of grade 1 and 1 of grade 3 are all 10
        ("Did grade 4 CRS occur with RD13-01?", "No: "),
        ("So nobody died in the RD13-01 study?", "No: "),
        ("NS7CAR had no severe CRS, correct?", "No: "),
        ("Did any RD13-01 patients fail to respond?", "Yes: "),
        ("Were all of Suo's patients relapsed?", "No: "),
        ("Only grade 1 CRS was seen with RD13-01, right?", "No: "),
        ("So the 3-year OS of 78% was for transplanted patients?", "No: "),
        ("Was the 68% for the whole GMALL group?", "No: "),
        ("Is the GMALL age cap 55?", "Yes: "),
        ("Do the CAR-T trials include newly diagnosed patients?", "No: "),
        ("Do the CAR-T trials include children?", "Yes: "),
        ("Were the V-HAG studies only in relapsed patients?", "No: "),
    ],
)
def test_a_verdict_follows_from_what_is_quoted(question: str, begins: str, engines: Engines) -> None:
    assert engines.engine(LEUKAEMIA).ask([question]).text.startswith(begins)


def test_good_is_not_said_by_a_sentence_without_a_word_for_it(engines: Engines) -> None:
    answer = engines.engine(LEUKAEMIA).ask(["Is CD7 a good target?"])
    assert not answer.text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "text", "crossed"),
    [
        ("Was rash more frequent with alpha?", "Rash was more frequent with beta (9% vs. 2%).", True),
        ("Was rash more frequent with beta?", "Rash was more frequent with beta (9% vs. 2%).", False),
        ("Was rash more frequent with alpha?", "Rash was less frequent with beta.", False),
        ("Was rash more frequent with gamma?", "Rash was more frequent with beta.", False),
        ("Was rash more frequent with alpha?", "Rash was more frequent in the elderly.", False),
    ],
)
def test_more_with_one_is_not_more_with_the_other(question: str, text: str, crossed: bool) -> None:
    assert is_of_other_side(question, text, [{"alpha"}, {"beta"}]) is crossed


def test_what_is_denied_of_another_thing_is_no_denial() -> None:
    text = "Response was more frequent in patients without B7, and did not depend on the partner."
    assert denies_else(text, {"b7"})
    assert not denies_else(text, {"partner"})
    assert not denies_else("Response did not depend on B7.", {"b7"})
    assert not denies_else("Response was more frequent with B7.", {"b7"})


@pytest.mark.parametrize(
    ("question", "freed"),
    [
        ("Were most of them admitted for pain?", True),
        ("Were most of them free of admissions?", False),
        ("Did most go without an admission?", False),
    ],
)
def test_those_free_of_an_event_did_not_have_it(question: str, freed: bool) -> None:
    assert is_of_the_freed(question, "Freedom from admission was recorded in 18 of 20.") is freed
