"""Questions as they are dictated or typed on a phone: numbers in words, no stops, short forms of the ward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.question.clumsy import in_plain_english
from assistant.question.dictated import Dictated

SPOKEN = Dictated(("1995", "2011", "980", "4053", "51"), ("ab1301", "xq7car"))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("phase of nineteen ninety five", "phase of 1995"),
        ("OS in twenty eleven and in nine eighty", "OS in 2011 and in 980"),
        ("nine hundred and eighty please", "980 please"),
        ("two thousand eleven", "2011"),
        ("four thousand and fifty three", "4053"),
        ("ab thirteen o one safe", "AB1301 safe"),
        ("a b thirteen zero one", "AB1301"),
        ("the ab thirteen study", "the AB1301 study"),
        ("response at day twenty eight", "response at day 28"),
        ("nineteen ninety five patients", "nineteen ninety five patients"),
        ("fifty one of them", "fifty one of them"),
        ("OS at two years", "OS at two years"),
        ("thirteen patients", "thirteen patients"),
    ],
)
def test_spoken_numbers(said: str, written: str) -> None:
    assert SPOKEN.written_out(said) == written


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("so the cells come from edited t cells right", "so the cells come from edited t cells, right?"),
        (
            "did every patient respond after cycle one i heard a hundred percent",
            "did every patient respond after cycle one?",
        ),
        ("which of the two doses was right", "which of the two doses was right"),
        ("was the dose that they gave right", "was the dose that they gave right"),
        (
            "which trial was the biggest one and how many patients",
            "which trial was the biggest and how many patients",
        ),
    ],
)
def test_stops_that_nobody_speaks(said: str, plain: str) -> None:
    assert in_plain_english(said) == plain


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[Sequence[str]], str]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["age range of the rd thirteen study compared w/ the ns7car one"], ["2–27", "2–47"]),
        (["need the cr for nelarabine combo in rr", "and mono"], ["40% in the monotherapy group"]),
        (["monotx nelarabine rr two yr os"], ["8% in the monotherapy group"]),
        (["nelarabine was given together w/ what in hatta its an abbreviation i think"], ["L-ASP"]),
        (["hag what are the three things in it again"], ["homoharringtonine, low-dose cytarabine and G-CSF"]),
        (
            ["what did the combination arm in 4053 get?"],
            ["study agents were Nelarabine monotherapy vs combination"],
        ),
        (["what did the patients in GMALL receive?"], ["In Goekbuget et al., the study agents were"]),
        (["what does table 2 show?"], ["[Abstract 980]", "[Abstract 975]"]),
        (["how many authors has the review?"], ["authors Xu, Zhu"]),
        (["RD13-01 responders?"], ["4 patients"]),
    ],
)
def test_what_is_meant_is_told(
    ask: Callable[[Sequence[str]], str], turns: Sequence[str], told: Sequence[str]
) -> None:
    text = ask(turns)
    assert all(t in text for t in told), text


def test_those_in_whom_it_failed_are_not_all_of_them(ask: Callable[[Sequence[str]], str]) -> None:
    assert ask(["in how many patients did V-HAG fail?"]).startswith(
        "The review does not give that number (fail)"
    )
