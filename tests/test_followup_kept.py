"""What a conversation keeps from turn to turn: slot by slot, asked of whole engines."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import COMPLEMENT, LEUKAEMIA, LYMPHATIC, MYELOMA, Engines

TALKS: list[tuple[str, list[str], list[str], list[str]]] = [
    # review, turns, what the last answer says, what it does not
    (LEUKAEMIA, ["3-year OS in GMALL?", "and only those who got a transplant?"], ["68%"], ["78%"]),
    (LEUKAEMIA, ["How many did Suo treat?", "And the phase II that came after?"], ["7", "Yu"], ["Suo"]),
    (LEUKAEMIA, ["EFS in Hatta?", "How is MRD defined?", "what cut-off was used for it there?"], ["10⁻³"], []),
    (LEUKAEMIA, ["How many did Tan treat?", "not Tan, Yu"], ["7 patients", "Yu"], ["Tan"]),
    (LEUKAEMIA, ["2-year OS in Shimony on the combination?", "without splitting the two groups?"], ["37.6%"], ["52.9%"]),
    (LEUKAEMIA, ["GvHD rate in Tan?", "and grade?"], ["40%"], ["10%"]),
    (LEUKAEMIA, ["Was the CR rate 40% on monotherapy in Shimony?", "EFS in Hatta?"], ["88.6%"], ["40%"]),
    (LEUKAEMIA, ["3-year OS in GMALL?", "and 54?"], ["93.4%"], ["54-year"]),
    (LEUKAEMIA, ["18-month OS in 980?", "and PFS at one year in 2011?"], ["62.3%"], []),
    (LEUKAEMIA, ["Drugs in Hatta?", "results?"], ["93.4%", "88.6%"], ["L-ASP"]),
    (LEUKAEMIA, ["OS in Hatta?", "Wow. Thanks!", "relapses?"], ["5.3%"], ["93.4%"]),
    (LEUKAEMIA, ["OS in Hatta?", "Wow. Thanks!"], ["Ask what"], ["93.4%"]),
    (LEUKAEMIA, ["What is CIR?", "which trial gives it?"], ["Hatta"], ["Tan"]),
    (LEUKAEMIA, ["Did Hatta report GvHD?", "which one did?"], ["Tan"], []),
    (LYMPHATIC, ["36-month PFS on AV in GALATEA?", "if IGHV was unmutated?"], ["76.4%"], ["83.0%"]),
    (LYMPHATIC, ["36-month PFS with mutated IGHV in GALATEA?", "OS?"], ["94.6%", "93.8%", "alone"], ["88.2%"]),
    (LYMPHATIC, ["36-month PFS on AV in GALATEA?", "OS?"], ["94.6%"], ["93.8%", "alone"]),
    (LYMPHATIC, ["ORR at 200 mg of nemdeglib?", "and rash?"], ["rash"], ["79.4%"]),
    (MYELOMA, ["Median PFS of the triplet in SALTMARSH-2?", "neuropathy?"], ["29.2%"], ["6.4%"]),
    (MYELOMA, ["Median PFS in SALTMARSH-2?", "HR?"], ["0.58"], []),
    (MYELOMA, ["36-month PFS in QUERNSTONE-3?", "and its p-value?"], ["0.0006"], ["0.001"]),
    (MYELOMA, ["ORR at 400 µg/kg of quilcetamab?", "at the higher dose?"], ["85.0%"], ["71.4%"]),
    (MYELOMA, ["PFS of frail patients in S-114?", "And overall survival?"], ["74.6%", "alone"], ["49.2%"]),
    (MYELOMA, ["ORR in S-230?", "what about immunoglobulin replacement?"], ["55.9%"], ["66.2%"]),
    (COMPLEMENT, ["Exacerbations with velocizumab in S305?", "and without?"], ["29.5%"], ["5.0%"]),
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
