"""Follow-ups of a few words, and second questions that lean on the first of the same message."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import MARROW, MYELOMA, Engines

from assistant.question.parts import leans_on_first, two_questions

TALKS: list[tuple[str, list[str], list[str], list[str]]] = [
    # review, turns, what the last answer says, what it does not
    (MARROW, ["Response rate at six months in MARLSTONE?", "oldest and youngest?"], ["16-78"], ["18-80"]),
    (MARROW, ["Which poster has the oldest patients?"], ["age range"], []),
    (MARROW, ["6-month ORR in MARLSTONE's control arm?", "and the complete ones?"], ["17.6"], ["54.9"]),
    (MARROW, ["Rescue therapy in RUSHMERE, placebo group?", "and on the study drug?"], ["33.3"], ["agents"]),
    (MARROW, ["Rescue treatment in RUSHMERE on placebo?", "and with the fourth drug?"], ["not report"], ["agents"]),
    (MYELOMA, ["ORR in S-230 at the RP2D?", "n of N?"], ["51/77"], ["enrolled"]),
    (MYELOMA, ["Neutropenia of grade 3 or 4 on D-LRd? and on LRd?"], ["51.2%", "37.6%"], []),
    (MYELOMA, ["Median PFS with the doublet in SALTMARSH-2? the triplet?"], ["6.2", "11.8"], []),
    (MYELOMA, ["Median PFS in glompitinib patients? and on the doublet?"], [], ["6.2"]),
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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("CR rate with A? and with B?", ("CR rate with A?", "and with B?")),
        ("Deaths on the drug in T-1? placebo", ("Deaths on the drug in T-1?", "placebo?")),
        ("Really? OS at two years?", None),
        ("Did more relapse on A than on B? by how much?", None),
        ("CR with A? and with B? and with C?", None),
        ("Was the CR rate higher?", None),
    ],
)
def test_a_second_question_may_be_what_differs(text: str, parts: tuple[str, str] | None) -> None:
    assert two_questions(text) == parts


def test_which_second_questions_lean_on_the_first() -> None:
    assert leans_on_first("and with B?")
    assert leans_on_first("placebo?")
    assert not leans_on_first("How many died?")
    assert not leans_on_first("Did anybody die?")
