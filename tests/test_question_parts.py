"""Two questions of one message, told apart and answered both."""

from __future__ import annotations

import pytest

from assistant.draft import Draft, Line, answered, both, declined
from assistant.model import Fact
from assistant.question.parts import two_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "How many did TRIAL-1 treat, and over which years did it run?",
            ("How many did TRIAL-1 treat?", "over which years did it run?"),
        ),
        ("What was its phase? Did anybody die?", ("What was its phase?", "Did anybody die?")),
        (
            "How many took the doublet and how many the single drug in TRIAL-1?",
            ("How many took the doublet?", "and the single drug in TRIAL-1?"),
        ),
        ("What was the response of A and B?", None),
        ("What was its PFS and which one is better?", None),
        ("Who were they and what and where was it and when did it end?", None),
    ],
)
def test_two_questions_are_told_apart(text: str, parts: tuple[str, str] | None) -> None:
    assert two_questions(text) == parts


def _line(text: str, value: str, *, verbatim: bool = False) -> Line:
    fact = Fact("1", "OS", value, "p", time_point="1-year")
    return Line(text, (("p", "1"),), (fact,), verbatim=verbatim)


def test_an_answer_that_lacks_a_part_is_replaced_by_both() -> None:
    size, years = answered([_line("20.", "20")], ["1"]), declined("No years.", ["1"])
    found = both(declined("No years.", ["1"]), [size, years])
    assert [line.text for line in found.lines] == ["20.", "No years."]
    assert found.status is size.status


def test_a_whole_answer_stands() -> None:
    whole: Draft = answered([_line("20.", "20"), _line("30.", "30")], ["1"])
    parts = [answered([_line("Twenty.", "20")]), answered([_line("Thirty.", "30")])]
    assert both(whole, parts) is whole
    quote = [answered([_line("So many words with 40.", "40", verbatim=True)]), parts[0]]
    assert both(whole, quote) is whole
