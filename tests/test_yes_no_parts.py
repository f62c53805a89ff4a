"""Questions of yes or no with their bounds, grades and denials, and questions for more than one figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MYELOMA, Case, Engines, check

from assistant.question.frames import asked_outright
from assistant.question.parts import two_questions
from assistant.telling.entailing import is_denied_of

NEGATED = [
    Case(
        LEUKAEMIA,
        "Heads, not percentages: how many of Hatta's patients reached CR/CRi?",
        "54",
        ("56",),
        ("90.3",),
    ),
    Case(LEUKAEMIA, "How many of the AYA patients did not get into CR or CRi?", "54", ("6",), ("62", "56")),
    Case(LEUKAEMIA, "Eighteen months after NS7CAR, what proportion hadn't died?", "980", ("75.0%",)),
    Case(LEUKAEMIA, "How many of the ten RD13-01 patients hadn't died?", "1995", ("6",), ("10", "4")),
    Case(MYELOMA, "What proportion of zelne-cel patients hadn't died at 12 months?", "S-318", ("88.9%",)),
]
DECIDED = [
    Case(LEUKAEMIA, "So EFS beat OS in NS7CAR, I suppose?", "980", ("53.1%", "75.0%"), says=("no",)),
    Case(LEUKAEMIA, "Did any NS7CAR patient have CRS beyond grade 3?", "980", ("1",), says=("yes",)),
    Case(LEUKAEMIA, "Has PCART7-CD3 PEBL proved itself in man yet, or not?", "975", says=("no",)),
    Case(LEUKAEMIA, "Did the combination come out ahead of monotherapy in Shimony?", "4053", says=("yes",)),
    Case(
        LEUKAEMIA, "Is it true that single-agent nelarabine came out ahead in Shimony?", "4053", says=("no",)
    ),
    Case(LEUKAEMIA, "Did 3-year OS exceed nine in ten in Hatta?", "54", ("93.4%",), says=("yes",)),
    Case(LEUKAEMIA, "Was every patient alive at 18 months after NS7CAR?", "980", ("75.0%",), says=("no",)),
    Case(MYELOMA, "Did median PFS exceed one year with trovatamab?", "S-230", ("12.9",), says=("yes",)),
    Case(MYELOMA, "Did median PFS reach a year in the orvelimod triplet?", "S-207", ("11.8",), says=("no",)),
    Case(MYELOMA, "Was there any delayed parkinsonism after zelne-cel?", "S-318", says=("no",)),
    Case(
        MYELOMA,
        "Given that ORR rose significantly in SALTMARSH-2, what was the p-value?",
        "S-207",
        ("0.017",),
    ),
]
SEVERAL = [
    Case(LEUKAEMIA, "NS7CAR: number with grade III CRS, number with grade IV.", "980", ("5", "1")),
    Case(LEUKAEMIA, "Worst grade of CRS in RD13-01, and in how many?", "1995", ("1",), ("10",)),
    Case(
        LEUKAEMIA,
        "47 of the 53 NS7CAR recipients had only mild CRS. How many had worse?",
        "980",
        ("6",),
        ("5", "1"),
    ),
    Case(LEUKAEMIA, "CR rate, combination versus monotherapy, with p?", "4053", ("62%", "40%", "0.21")),
    Case(
        LEUKAEMIA,
        "CRS of grade 3 and of grade 5 with NS7CAR?",
        "980",
        ("5",),
        says=("grade 5 is not reported",),
    ),
    Case(MYELOMA, "Worst grade of ICANS anyone had after zelne-cel, and how many had it?", "S-318", ("1",)),
    Case(
        MYELOMA,
        "12-month PFS with zelne-cel with and without extramedullary disease?",
        "S-318",
        ("46.2%", "84.9%"),
    ),
]
_ALL = [*NEGATED, *DECIDED, *SEVERAL]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    home: Path = tmp_path_factory.mktemp("home")
    return Engines(home)


@pytest.mark.parametrize("case", _ALL, ids=[c.id for c in _ALL])
def test_the_answer_has_the_right_polarity_and_all_figures(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))


@pytest.mark.parametrize(
    ("text", "keys", "more", "denied"),
    [
        ("Of seven relapses two had lost B7 and none B8", {"b8"}, {"relapse"}, True),
        ("Of seven relapses two had lost B7 and none B8", {"b7"}, {"relapse"}, False),
        ("B7 was found in seven of the old arm and in none of the new arm", {"b7"}, {"new", "arm"}, True),
        ("B7 was found in seven of the old arm and in none of the new arm", {"b7"}, {"old", "arm"}, False),
        ("The endpoint was missed", {"endpoint"}, set(), True),
    ],
)
def test_a_denial_holds_for_its_own_part_of_a_sentence(
    text: str, keys: set[str], more: set[str], denied: bool
) -> None:
    assert is_denied_of(text, keys, more) is denied


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        ("So PFS was above OS at one year, I take it?", "Is it true that PFS was above OS at one year?"),
        ("I heard the cells had been edited. Correct?", "Is it true that the cells had been edited?"),
        ("Let me check I have this right: all were infused?", "Is it true that all were infused?"),
        ("Statement to verify: drug A is given weekly.", "Is it true that drug A is given weekly?"),
        ("could you check whether drug A lowered the rate", "Is it true that drug A lowered the rate?"),
        ("Drug A beat drug B for survival. True?", "Is it true that Drug A beat drug B for survival?"),
        ("The study was stopped early \u2013 correct?", "Is it true that The study was stopped early?"),
        ("Drug A is an edited product, isn't it?", "Is it true that Drug A is an edited product?"),
        ("Can you check how many were infused?", "Can you check how many were infused?"),
        (
            "Could you check whether it was open or blinded?",
            "Could you check whether it was open or blinded?",
        ),
        ("Has it been tried in patients yet, or not?", "Has it been tried in patients yet?"),
    ],
)
def test_a_statement_put_up_for_assent_is_a_question_of_yes_or_no(message: str, plain: str) -> None:
    assert asked_outright(message) == plain


def test_a_count_of_those_just_named_is_no_question_of_its_own() -> None:
    assert two_questions("What was the worst grade of CRS, and how many reached it?") is None
    assert two_questions("What was the CR rate, and how many patients died?") is not None
