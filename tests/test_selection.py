"""Which facts meet a question, and which of its conditions none meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from asking import CORPUS

from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Fact
from assistant.selection import (
    Selector,
    Wanted,
    grade_meets,
    grade_range,
    has_figure,
    number_of,
    percent_of,
    same_time,
)
from assistant.vocabulary.vocabulary import Vocabulary, load_vocabulary

ARM = frozenset({"arm-a"})
OTHER = frozenset({"arm-b"})


def share(value: str, **more: object) -> Fact:
    """A made-up share of the patients of a made-up study."""
    plain = Fact("Z", "OS", value, "p", unit="%")
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def review(vocabulary: Vocabulary) -> Review:
    return read_corpus(CORPUS, vocabulary).reviews[0]


def select(review: Review, facts: Iterable[Fact], wanted: Wanted) -> tuple[list[str], str]:
    """The values chosen of ``facts``, and what is lacking."""
    found = Selector(replace(review, facts=tuple(facts)), review.reader.vocabulary).select("Z", wanted)
    return [f.value for f in found.facts], found.lacking


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("12-month", "1-year", True),
        ("3-year", "36-month", True),
        ("3-year", "3-month", False),
        ("", "1-year", False),
        ("18-month", "18-month", True),
    ],
)
def test_time_points_are_compared_by_their_length(a: str, b: str, same: bool) -> None:
    assert same_time(a, b) is same


@pytest.mark.parametrize(
    ("grade", "range_"), [("3", (3, 3)), ("1-2", (1, 2)), (">=3", (3, 5)), ("<=2", (1, 2)), ("any", (0, 9))]
)
def test_a_grade_is_a_range(grade: str, range_: tuple[int, int]) -> None:
    assert grade_range(grade) == range_


@pytest.mark.parametrize(
    ("stated", "asked", "meets"),
    [
        ("3", ">=3", True),
        ("4", "3-4", True),
        (">=3", "3", False),
        ("1-2", "<=2", True),
        ("2", "3", False),
        ("", "3", False),
        ("3", "", True),
    ],
)
def test_a_stated_grade_must_lie_within_the_asked_one(stated: str, asked: str, meets: bool) -> None:
    assert grade_meets(stated, asked) is meets


@pytest.mark.parametrize(
    ("text", "number"),
    [("61.5%", 61.5), ("1,204 patients", 1204.0), ("< 0.001", 0.001), ("not reached", None)],
)
def test_the_first_number_of_a_value(text: str, number: float | None) -> None:
    assert number_of(text) == number


def test_a_share_is_taken_as_printed_before_it_is_computed() -> None:
    count = Fact("Z", "CR", "8", "p", unit="patients", n=8)
    assert percent_of(share("61.5%")) == 61.5
    assert percent_of(replace(count, percent="61.5%", total=16)) == 61.5
    assert percent_of(replace(count, total=16)) == 50.0
    assert percent_of(count, 32) == 25.0
    assert percent_of(count) is None


def test_a_word_is_no_figure_and_a_number_word_read_as_one_is() -> None:
    assert not has_figure(share("not reached"))
    assert has_figure(share("four", n=4))


YEARS = [share("70%", time_point="1-year"), share("50%", time_point="3-year")]
ARMS = [share("60%"), share("70%", group=ARM), share("40%", group=OTHER)]
GRADES = [share("30%", grade=">=3"), share("5%", grade="4")]
CYCLES = [share("40%", cycle="1"), share("80%", cycle="2")]


@pytest.mark.parametrize(
    ("facts", "wanted", "values", "lacking"),
    [
        pytest.param(YEARS, Wanted("OS", ("36-month",)), ["50%"], "", id="the time point asked for"),
        pytest.param(YEARS, Wanted("OS"), ["70%", "50%"], "", id="all where none was asked for"),
        pytest.param(YEARS, Wanted("OS", ("5-year",)), [], "time", id="no such time point"),
        pytest.param(ARMS, Wanted("OS", group=ARM), ["70%"], "", id="the arm asked for"),
        pytest.param(ARMS, Wanted("OS"), ["60%"], "", id="all patients where no arm was asked for"),
        pytest.param(ARMS, Wanted("OS", every_group=True), ["60%", "70%", "40%"], "", id="every arm"),
        pytest.param(ARMS[1:], Wanted("OS"), ["70%", "40%"], "", id="the arms where nothing else is given"),
        pytest.param(ARMS[1:], Wanted("OS", overall=True), [], "group", id="not the arms for all patients"),
        pytest.param(ARMS[:2], Wanted("OS", group=OTHER), [], "group", id="no such arm"),
        pytest.param(GRADES, Wanted("OS", grade=">=3"), ["30%", "5%"], "", id="grades within the asked one"),
        pytest.param(GRADES, Wanted("OS", grade="1-2"), [], "grade", id="no such grade"),
        pytest.param(CYCLES, Wanted("OS", cycle="2"), ["80%"], "", id="the cycle asked for"),
        pytest.param(CYCLES, Wanted("OS", cycle="3"), [], "cycle", id="no such cycle"),
        pytest.param([share("N/A")], Wanted("OS"), [], "measure", id="not available is not reported"),
        pytest.param([share("not reached")], Wanted("OS"), [], "measure", id="a measure wants a figure"),
        pytest.param([], Wanted("OS"), [], "measure", id="nothing"),
    ],
)
def test_facts_are_narrowed_by_every_condition(
    review: Review, facts: list[Fact], wanted: Wanted, values: list[str], lacking: str
) -> None:
    assert select(review, facts, wanted) == (values, lacking)


def test_a_p_value_must_belong_to_the_measure_asked_for(review: Review) -> None:
    facts = [Fact("Z", "p_value", "0.4", "p", of="CR"), Fact("Z", "p_value", "0.03", "p", of="OS")]
    assert select(review, facts, Wanted("p_value", of="OS")) == (["0.03"], "")
    assert select(review, facts, Wanted("p_value", of="EFS")) == ([], "of")


def test_what_nobody_had_holds_for_every_group(review: Review) -> None:
    arm = Wanted("CRS", group=frozenset({"arm-a"}))
    nobody, some = [Fact("Z", "CRS", "0", "p", unit="%")], [Fact("Z", "CRS", "4%", "p", unit="%")]
    assert select(review, nobody, arm) == (["0"], "")
    assert select(review, some, arm) == ([], "group")


def test_the_figure_of_all_grades_answers_a_question_without_a_grade(review: Review) -> None:
    facts = [Fact("Z", "CRS", "68%", "p", unit="%"), Fact("Z", "CRS", "1%", "p", unit="%", grade=">=3")]
    assert select(review, facts, Wanted("CRS")) == (["68%"], "")
    assert select(review, facts, Wanted("CRS", by_grade=True)) == (["68%", "1%"], "")


def test_what_came_near_is_kept_for_the_decline(review: Review) -> None:
    selector = Selector(replace(review, facts=tuple(YEARS)), review.reader.vocabulary)
    assert selector.select("Z", Wanted("OS", ("5-year",))).near == tuple(YEARS)


@pytest.mark.parametrize(
    ("measure", "other", "stands_in"),
    [("CR", "CR/CRi", True), ("CR/CRi", "CRc", True), ("CR", "ORR", False), ("OS", "EFS", False)],
)
def test_only_a_composite_of_the_same_response_stands_in(
    review: Review, vocabulary: Vocabulary, measure: str, other: str, stands_in: bool
) -> None:
    names = Selector(review, vocabulary).stand_ins(measure)
    assert names[0] == measure
    assert (other in names) is stands_in


def counted(n: int, **more: object) -> Fact:
    return replace(Fact("Z", "CR", str(n), "p", unit="patients", n=n), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (share("61.5%"), share("61.5 per cent"), True),
        (share("61.5%"), share("61.6%"), False),
        (counted(8, total=13), counted(8, total=13, percent="61.5%"), True),
        (counted(8, total=13), share("61.5%"), True),
        (counted(8, total=13), share("62.5%"), False),
        (share("14", unit="months"), share("14 months", unit="months"), True),
        (share("14", unit="months"), share("14.5 months", unit="months"), False),
        (share("14", unit="months", comparator=">"), share("14", unit="months"), False),
        (share("15-24", unit="years"), share("15-60", unit="years"), False),
        (share("Phase II", unit=""), share("phase II ", unit=""), True),
    ],
)
def test_when_two_facts_give_the_same_figure(review: Review, a: Fact, b: Fact, agree: bool) -> None:
    selector = Selector(replace(review, facts=(a, b)), review.reader.vocabulary)
    assert selector.agree(a, b) is agree
    assert selector.agree(b, a) is agree


def test_of_equal_facts_the_fullest_stays_and_others_are_not_lost(review: Review) -> None:
    full = counted(8, total=13, percent="61.5%")
    facts = [counted(8), full, counted(9), counted(8, group=ARM)]
    assert Selector(review, review.reader.vocabulary).distinct(facts) == [full, facts[2], facts[3]]


def test_the_size_of_a_study_is_that_of_the_table(review: Review, vocabulary: Vocabulary) -> None:
    selector = Selector(review, vocabulary)
    assert selector.total("51") == 281
    assert selector.total("975") is None
    assert {"OS", "EFS", "CIR"} <= set(selector.measures_of("54"))
    assert "p_value" not in selector.measures_of("4053")


# -- cycles, and grades of any sort ----------------------------------------------------------------

BY_CYCLE = [
    share("60%", attribute="CR/CRi", cycle="1"),
    share("90%", attribute="CR/CRi", cycle="2"),
    share("40%", attribute="CR"),
    share("20%", attribute="CRi"),
    share("15%", attribute="PR"),
]
"""40 % and 20 % make up the 60 % after the first cycle; nothing says of which cycle the 15 % are."""


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (Wanted("CR", cycle="1"), (["40%"], "")),
        (Wanted("CR", cycle="1", loose=True), (["60%"], "")),
        (Wanted("CR", cycle="2"), (["90%"], "")),
        (Wanted("CR", cycle="3"), ([], "cycle")),
        (Wanted("PR", cycle="2"), ([], "cycle")),
        (Wanted("CR"), (["40%"], "")),
    ],
)
def test_a_composite_told_by_cycle_stands_for_its_part(
    review: Review, wanted: Wanted, chosen: tuple[list[str], str]
) -> None:
    assert select(review, BY_CYCLE, wanted) == chosen


def test_the_severe_ones_do_not_stand_for_any_grade(review: Review) -> None:
    severe = [share("10%", attribute="CRS", grade=">=3")]
    assert select(review, severe, Wanted("CRS", any_grade=True)) == ([], "grade")
    assert select(review, severe, Wanted("CRS")) == (["10%"], "")
    each = [share("80%", attribute="CRS", grade="1"), share("10%", attribute="CRS", grade="3")]
    assert select(review, each, Wanted("CRS", any_grade=True)) == (["80%", "10%"], "")
