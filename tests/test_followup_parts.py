"""Follow-ups on a part of the patients, on those counted, on a drug alone, and on another study's grades."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import B_CELL, LEUKAEMIA, LYMPHATIC, NEOPLASMS, Engines

from assistant.question.restarts import put_anew
from assistant.question.single import by_itself

GMALL = "Three year survival in GMALL, everybody?"
CR = "CR rate with combination nelarabine in R/R disease, Shimony?"
TALKS: list[tuple[str, list[str], list[str], list[str]]] = [
    # review, turns, what the last answer says, what it does not
    (LEUKAEMIA, [GMALL, "And just the ones who were transplanted?"], ["68%"], ["78"]),
    (LEUKAEMIA, [GMALL, "and the ones who were transplanted?"], ["68%"], ["78"]),
    (LEUKAEMIA, [GMALL, "exclusively the high-risk ones that were transplanted"], ["68%"], ["78"]),
    (LEUKAEMIA, [GMALL, "and among the transplanted alone?"], ["68%"], ["78"]),
    (LEUKAEMIA, [GMALL, "how many of them were transplanted?"], ["78 patients"], ["68"]),
    (
        LEUKAEMIA,
        ["Suo's regimen what is it", "who got it - I mean how many of those were relapsed/refractory?"],
        ["enrolled 3"],
        ["enrolled 44"],
    ),
    (LEUKAEMIA, ["Suo: patients in total"], ["enrolled 7"], []),
    (LEUKAEMIA, ["Suo: patients in total", "of those relapsed/refractory ETP?"], ["enrolled 3"], ["Summary"]),
    (LEUKAEMIA, ["Suo: sample size", "of whom newly diagnosed?"], ["enrolled 4"], ["enrolled 7"]),
    (LEUKAEMIA, ["Suo: what was the CR rate?", "of those relapsed/refractory?"], [], ["enrolled 3"]),
    (LEUKAEMIA, ["NS7CAR, patients with T-ALL: how many?", "and lymphoma?"], ["enrolled 18"], ["34"]),
    (LEUKAEMIA, ["RD13-01, number with lymphoma?", "leukaemia?"], ["enrolled 7"], ["enrolled 3"]),
    (
        LEUKAEMIA,
        ["I read about cytokine release after NS7CAR, mostly mild?", "and for RD13-01?"],
        ["9/10", "1/10"],
        [],
    ),
    (LEUKAEMIA, ["How many had severe CRS with NS7CAR?", "and for RD13-01?"], ["1/10"], ["9/10"]),
    (LEUKAEMIA, ["CRS in NS7CAR?", "was any of it severe?"], ["5 patients"], ["47/53"]),
    (LEUKAEMIA, ["CRS in RD13-01?", "any bad ones?", "how many then?"], ["1/10"], ["9/10"]),
    (LEUKAEMIA, ["CRS in RD13-01?", "mild?"], ["9/10"], ["1/10"]),
    (LEUKAEMIA, ["Tan: PFS at one year", "and was there any infection?", "ok how many"], ["not report"], ["enrolled"]),
    (LEUKAEMIA, ["RD13-01: did anybody die?"], ["Yes", "4 patients"], ["No"]),
    (LEUKAEMIA, ["Shimony: CR with and without partner drugs?"], ["62%", "40%"], []),
    (LEUKAEMIA, [CR, "and without the partners?"], ["40%"], ["62"]),
    (LEUKAEMIA, [CR, "and just nelarabine?"], ["40%"], ["62"]),
    (LEUKAEMIA, [CR, "how about single-drug treatment?"], ["40%"], ["agents"]),
    (LEUKAEMIA, ["nelarabine without its partner drugs, 2-year OS?"], ["8%"], ["37.6"]),
    (LYMPHATIC, ["36-month PFS in GALATEA with AV?", "acorvatinib without its partner?"], ["84.3%"], ["81.9"]),
    (LYMPHATIC, ["36-month PFS in GALATEA with AV?", "and just acorvatinib?"], ["84.3%"], ["81.9"]),
    (LYMPHATIC, ["36-month PFS in GALATEA with AV?", "just those with unmutated IGHV?"], ["76.4%"], ["56.9"]),
    (LYMPHATIC, ["Nemdeglib: patients in total", "of those at 200 mg?"], ["enrolled 68"], []),
    (NEOPLASMS, ["SVR35 in MANIFOLD with pelabresib + ruxolitinib?", "and just ruxolitinib?"], ["35.2%"], ["65.9"]),
    (NEOPLASMS, ["MANIFOLD SVR35 of ruxolitinib without a partner drug?"], ["35.2%"], ["65.9"]),
    (NEOPLASMS, ["MANIFOLD SVR35 of pelabresib alone?"], ["not report"], []),
    (B_CELL, ["Lefevre 3-year OS overall?", "just the ones who were transplanted?"], ["not report"], ["40"]),
    (B_CELL, ["Lefevre 3-year DFS overall?", "just the ones who were transplanted?"], ["76.9%"], ["40"]),
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
    ("text", "plain"),
    [
        ("CR without the partners?", "CR alone?"),
        ("CR with no other drugs?", "CR alone?"),
        ("it wasn't combined with anything else", "it was alone"),
        ("and with all its partners?", "and in combination?"),
        ("among the transplanted alone?", "among the transplanted?"),
        ("remission without further therapy?", "remission without further therapy?"),
        ("OS without transplant?", "OS without transplant?"),
        ("not in combination with A?", "not in combination with A?"),
    ],
)
def test_a_drug_by_itself_is_alone(text: str, plain: str) -> None:
    assert by_itself(text) == plain


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("who got it - I mean how many were treated?", "how many were treated?"),
        ("In A, who was in it - I should say how many?", "In A, how many?"),
        ("who got A, or rather how many?", None),
        ("what was the OS in TRIAL-1, I mean how many died?", None),
        ("sorry, I mean how many died?", None),
    ],
)
def test_a_question_broken_off_is_left_out(text: str, anew: str | None) -> None:
    assert put_anew(text) == (anew or text)
