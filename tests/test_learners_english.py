"""English of people who are learning it, a described study beside a named one, and follow-ups that take two answers together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import CORPUS, engine_over

from assistant.question.clumsy import in_plain_english


@pytest.fixture(scope="module")
def ask(assistant_home: Path) -> Callable[[Sequence[str]], str]:
    engine = engine_over(CORPUS, assistant_home)
    return lambda turns: engine.ask(list(turns)).text


@pytest.mark.parametrize(
    ("clumsy", "plain"),
    [
        ("How big part of adult ALL is it?", "what share of adult ALL is it?"),
        ("How many from the ten were women?", "how many of the ten were women?"),
        ("How many CAR-T works are there?", "How many CAR-T studies are there?"),
        ("How many abstract had it?", "How many abstracts had it?"),
        ("where they did not use MRD?", "where did they not use MRD?"),
        ("How many are phase II only?", "How many studies are phase II?"),
        ("In A how many did not get a transplant?", "In A how many were not transplanted?"),
        ("CR in B, not divided in old and young", "CR in B, for all patients"),
        ("CRS what is this word long?", "what does CRS stand for?"),
        ("all studies of adults, not only the ones with relapse", "all studies of adults"),
    ],
)
def test_it_is_put_in_plain_english(clumsy: str, plain: str) -> None:
    assert in_plain_english(clumsy) == plain


@pytest.mark.parametrize(
    "plain",
    [
        "What works against fratricide?",
        "Which drug works best?",
        "How many abstract numbers are even?",
        "Where did they use MRD?",
        "How many study participants were there?",
        "How many study arms has it?",
        "Which drug works in relapsed disease?",
        "Explain what works in children",
        "CR, not only in one arm but also in the other",
        "did anyone relapse in the study i read about from Moor",
        "Is the data legit?",
        "What share of patients did not get a remission?",
        "What came of it?",
    ],
)
def test_plain_english_stays(plain: str) -> None:
    assert in_plain_english(plain) == plain


@pytest.mark.parametrize(
    ("turns", "told", "untold"),
    [
        (["GMALL and the Japanese study: what is the 3-year OS?"], ["78%", "93.4%"], []),
        (["ages in Shimony and the IntraBlock study"], ["2–69", "2–43"], []),
        (["3-year OS in 51?", "and 54?", "Both one beside the other please."], ["78%", "93.4%"], []),
        (
            ["Which study is bigger, Goekbuget or Hatta?", "In the bigger, how many had lymphoma?"],
            ["73"],
            ["62"],
        ),
        (
            ["Which study is bigger, Goekbuget or Hatta?", "and the smaller one's age range?"],
            ["15–24"],
            ["18–55"],
        ),
        (
            ["3-year OS of GMALL and Hatta?", "what was given in the study with the higher rate?"],
            ["L-ASP"],
            ["cyclo"],
        ),
        (
            ["Tell me the result of V-HAG in abstract 942.", "And the other one?"],
            ["85.7%", "[Abstract 1414]"],
            [],
        ),
        (["How many patients with NS7CAR had CRS grade III?", "And light one only?"], ["88.7%"], ["grade 3"]),
        (
            ["where they did NOT use MRD to decide the therapy?"],
            ["[Abstract 2011]", "[Abstract 942]"],
            ["[Abstract 51]"],
        ),
        (
            ["why donor T cell can get active against body of patient"],
            ["host tissue antigens"],
            ["no reason"],
        ),
    ],
)
def test_what_is_meant_is_told(
    ask: Callable[[Sequence[str]], str], turns: Sequence[str], told: Sequence[str], untold: Sequence[str]
) -> None:
    text = ask(turns)
    assert all(t in text for t in told), text
    assert not any(t in text for t in untold), text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("are the cells in 2011 the patient's own?", "No: "),
        ("were the CAR-Ts in 2011 made from donor cells?", "Yes: "),
        ("is NS7CAR made from the patient's own cells?", ""),
    ],
)
def test_whose_the_cells_are(ask: Callable[[Sequence[str]], str], question: str, verdict: str) -> None:
    text = ask([question])
    assert text.startswith(verdict) if verdict else not text.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("What percent of NS7CAR patients had CRS of no more than grade II?", "In Abstract 980"),
        ("how was response assessed?", "The review does not say how response was assessed"),
        ("how were remissions defined in RD13-01?", "The review does not say how remissions were defined"),
        ("what happened to the ten RD13-01 patients?", "A phase I clinical trial evaluated RD13-01"),
        (
            "what happened to the transplanted patients in GMALL?",
            "Allogeneic stem cell transplantation was performed",
        ),
    ],
)
def test_methods_and_fates(ask: Callable[[Sequence[str]], str], question: str, begins: str) -> None:
    assert ask([question]).startswith(begins)
