"""Sentences made up for the purpose, each with every fact it states, worked by hand; and what one leaves to the next."""

from __future__ import annotations

import pytest
from fact_lines import ARMS, READER, TWO, Arms, cases, shown, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.text import fold

CASES = cases()


@pytest.mark.parametrize(("arms", "sentence", "expected"), CASES.values(), ids=CASES)
def test_every_fact_of_a_sentence_is_read_and_no_other(
    arms: Arms, sentence: str, expected: list[str]
) -> None:
    assert stated(sentence, arms) == expected


@pytest.mark.parametrize(
    ("sentence", "percents"),
    [
        ("CR was 11.0, 24.5 and 30.2 per cent at months 3, 6 and 12.", ["11.0%", "24.5%", "30.2 per cent"]),
        ("ORR was 18/40 (45.0%).", ["45.0%"]),
        ("Graft failure was seen in six patients, or 7.5 per cent.", ["7.5 per cent"]),
    ],
)
def test_a_unit_at_the_end_of_a_list_holds_for_each(sentence: str, percents: list[str]) -> None:
    assert [f.percent for f in READER.read(sentence)] == percents


def test_the_former_may_be_a_group_of_the_sentence_before() -> None:
    before = READER.groups("High-risk patients were compared with standard-risk patients.")
    facts = READER.read("The CR rate was 40% in the former and 62% in the latter.", {}, before)
    assert [(f.value, sorted(f.group)) for f in facts] == [("40%", ["high-risk"]), ("62%", ["standard-risk"])]


def test_corresponding_rates_are_of_the_measure_of_the_sentence_before() -> None:
    earlier = READER.named("PFS was 82% with Alphamab and 84% with Betanib.", TWO)
    read = READER.read(
        "In patients with del(17p) the corresponding rates were 76% and 83%.", TWO, (), earlier
    )
    assert [shown(f) for f in read] == ["PFS|76%||alphamab+del17p", "PFS|83%||betanib+del17p"]


def test_a_count_of_two_alternatives_is_of_everybody() -> None:
    sentence = "The registry had 264 adults whose treatment had been Alphamab (n = 101) or Betanib (n = 163)."
    assert stated(sentence, TWO) == [
        "n_patients|264|||||264",
        "n_patients|n = 101||alphamab|||101",
        "n_patients|n = 163||betanib|||163",
    ]


def test_a_benefit_is_of_the_measure_of_the_sentence_before() -> None:
    arms = ARMS["added"]
    earlier = READER.named("3-year DFS was 96.0% with helpomab vs. 87.9% without it.", arms)
    sentence = "The benefit was seen in both the average-risk group (97.5% vs. 90.2%) and the high-risk group (94.1% vs. 84.8%)."
    assert [shown(f) for f in READER.read(sentence, arms, (), earlier)] == [
        "DFS|97.5%||average-risk+with-helpomab",
        "DFS|90.2%||average-risk+no-helpomab",
        "DFS|94.1%||high-risk+with-helpomab",
        "DFS|84.8%||high-risk+no-helpomab",
    ]


def test_either_spelling_names_a_measure() -> None:
    for word in ("Leukemic", "Leukaemic"):
        read = READER.read(f"{word} transformation was reported in five patients.")
        assert [shown(f) for f in read] == ["transformation|five|||||5"]


def test_a_letter_written_out_leaves_figures_in_their_place() -> None:
    sentence = "Median OS was 27.3 v 19.6 months for the alphamab v betanib arms."
    read = [f for f in READER.read(sentence, TWO) if f.attribute]
    assert [sentence[f.start : f.end] for f in read] == ["27.3", "19.6 months"]


def test_those_without_are_without_the_mutation_named_with_them() -> None:
    sentence = "Responses to alphamab were as frequent in patients with a TP53 mutation as without."
    assert [g.ids for g in READER.groups(sentence, TWO)] == [("alphamab",), ("tp53",), ("no-tp53",)]


WORDS = st.sampled_from(
    "OS PFS ORR CR 47% 12 of 40 versus and , ; respectively the former without it arm months "
    "3 6 n = 20 grade 3 from 8.1 to 10.4 g/dL 18-month patients died half NR p < 0.05 [ ] ( )".split()
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_read_and_every_value_stands_in_its_span(text: str) -> None:
    for arms in ARMS.values():
        for fact in READER.read(text, arms):
            assert 0 <= fact.start < fact.end <= len(text)
            said = fold(text[fact.start : fact.end]).rstrip("*\u2020\u2021")  # a note's mark is no part of it
            assert said.endswith(fold(fact.value).lstrip("= "))
