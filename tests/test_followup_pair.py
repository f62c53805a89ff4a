"""Parts of a study counted side by side, in one question or over turns, and a total only where it was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, MYELOMA, Engines

from assistant.draft import Draft, answered, of_fact
from assistant.followup.pair import of_pair
from assistant.model import Fact
from assistant.question.reader import Ask

TALKS: list[tuple[str, list[str], list[str], list[str]]] = [
    # review, turns, what the last answer says, what it does not
    (MYELOMA, ["how many received D-LRd vs LRd?"], ["207", "205"], []),
    (MYELOMA, ["how many frail patients got D-LRd vs LRd?"], ["not report"], []),
    (MYELOMA, ["how many LRd"], ["205"], ["412"]),
    (MYELOMA, ["biggest study here? n?"], ["412"], ["138", "207"]),
    (MYELOMA, ["Any ORRs for S-230?"], ["62.3%"], []),
    (MYELOMA, ["ORR on D-LRd", "and on LRd", "so the difference?"], ["3.5 percentage points"], []),
    (MYELOMA, ["MRD negativity with D-LRd", "and LRd", "ORR for both"], ["95.7%", "92.2%"], []),
    (LEUKAEMIA, ["NS7CAR: how many T-ALL, how many LBL?"], ["34", "18"], ["52"]),
    (LEUKAEMIA, ["How many patients in NS7CAR, split by disease?"], ["34", "18"], ["52"]),
    (LEUKAEMIA, ["diagnosis of NS7CAR patients, how many of each?"], ["34", "18"], ["52"]),
    (LEUKAEMIA, ["how many MPAL in NS7CAR"], ["does not give"], ["53"]),
    (LEUKAEMIA, ["smallest CAR-T study? n?"], ["10 patients"], ["53", "7 "]),
    (LEUKAEMIA, ["Number of people treated by Tan et al.?"], ["enrolled 20"], []),
    (LEUKAEMIA, ["3-year OS in Hatta?", "and in GMALL?", "what is the difference?"], ["15.4"], []),
    (LEUKAEMIA, ["3-year OS in Hatta?", "and EFS?", "what is the difference?"], ["does not say"], []),
    (LEUKAEMIA, ["CRS of grade 3 in NS7CAR?", "and was anyone worse than that?"], ["grade 4"], []),
    (LEUKAEMIA, ["CRS of grade 4 in NS7CAR?", "did anybody have it worse than that?"], [], ["grade 3"]),
    (LEUKAEMIA, ["Who wrote the GMALL abstract?", "and how many of theirs were lymphoma rather than leukaemia?"],
     ["73"], ["281", "208"]),
    (LEUKAEMIA, ["Pages of Suo's abstract?", "and of the one by Yu?"], ["3260"], ["Venetoclax"]),
    (LEUKAEMIA, ["Who are the authors of abstract 51?", "and of 54?"], ["Hatta"], ["Blood", "2022"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(("review", "turns", "said", "unsaid"), TALKS, ids=[" | ".join(t[1]) for t in TALKS])
def test_what_the_last_turn_is_answered(
    review: str, turns: list[str], said: list[str], unsaid: list[str], engines: Engines
) -> None:
    text = engines.engine(review).ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text


def _given(fact: Fact) -> tuple[Ask, Draft]:
    ask = Ask(text="rash?", focus="rash?", studies=(fact.study,), measures=("rash",))
    return ask, answered([of_fact("So it was.", fact)], [fact.study])


@pytest.mark.parametrize(
    ("value", "unit", "percent", "set_apart"),
    [("22 patients", "patients", "91.7%", True), ("22 patients", "patients", "", False), ("3 months", "months", "", False)],
)  # fmt: skip
def test_a_count_with_its_share_is_set_against_a_share(
    value: str, unit: str, percent: str, set_apart: bool
) -> None:
    first = Fact(study="1", attribute="rash", value=value, unit=unit, percent=percent, passage="p")
    second = Fact(study="2", attribute="rash", value="65.1%", unit="%", passage="q")
    asked = of_pair(Ask(text="the difference?", focus="the difference?"), [_given(first), _given(second)])
    assert (asked.studies == ("1", "2")) is set_apart
