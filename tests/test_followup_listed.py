"""A turn on the studies just listed, and studies told by empty cells, by yes or no, and by the bound beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines

from assistant.studies.conditions import shares_in, wants_missing

TALKS: list[tuple[list[str], list[str], list[str]]] = [
    # turns, what the last answer says, what it does not
    (["List the nelarabine studies.", "How many are those?"], ["Three abstracts"], ["enrolled"]),
    (["Which studies stand in table 2?", "Which of them have a registry number?"], ["NCT04689659"], ["NCT02881086"]),
    (["Which studies stand in table 2?", "How many of these used MRD?"], ["Two abstracts"], ["54"]),
    (["Which trials have an NCT number?", "And which have not?"], ["Abstract 1414", "N/A"], ["NCT0"]),
    (["Which trials steered treatment by MRD?", "Which among them at 0.1%?"], ["Abstract 54"], ["1414"]),
    (["Which trials were phase 1?", "which were not?"], ["does not say"], ["phase I"]),
    (["Which studies included children?", "and which did not?"], [], ["18"]),
    (["Which studies stand in table 1?", "How many of those state an EFS?"], ["abstract"], ["In Hatta et al., the"]),
    (["How many studies give an age range that is not N/A?"], ["Seven abstracts"], []),
    (["How many say N/A for the study period?"], ["Four abstracts"], []),
    (["Which ones say no in the MRD row?"], ["Abstract 942", "Abstract 2011"], ["975"]),
    (["Did Suo et al. use MRD to make post-remission choices?"], ["No: "], ["CR/CRi"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(("turns", "said", "unsaid"), TALKS, ids=[" | ".join(t[0]) for t in TALKS])
def test_what_the_last_turn_is_answered(
    turns: list[str], said: list[str], unsaid: list[str], engines: Engines
) -> None:
    text = engines.engine(LEUKAEMIA).ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("which have N/A for the phase", True),
        ("which do not report an age range", True),
        ("which are not N/A", False),
        ("those with anything but N/A", False),
        ("which carry a number", False),
    ],
)
def test_what_is_not_empty_is_given(text: str, missing: bool) -> None:
    assert wants_missing(text) is missing


@pytest.mark.parametrize("text", ["0.1%", "10^-3", "10-3", "1e-3", "10⁻³", "a cut-off of 10(-3)"])
def test_a_small_share_is_one_in_whatever_way_it_is_written(text: str) -> None:
    assert shares_in(text) == {0.001}
    assert shares_in("10-30 patients in 2019") == frozenset()
