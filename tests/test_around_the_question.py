"""What stands around a question: patients named before it, who asks and what for, whose word is wanted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, LYMPHATIC, MARROW, Case, Engines, check

from assistant.question.fronted import put_behind
from assistant.question.leads import reason_asked, without_lead
from assistant.question.restarts import put_anew
from assistant.question.single import by_itself

ROOT = Path(__file__).resolve().parent.parent

FRONTED = (
    (
        "the people who had a transplant, what share lived",
        "what share lived of the people who had a transplant?",
    ),
    ("Those on A - what was their OS?", "what was the OS of Those on A?"),
    (
        "patients with a mutation, how many of them relapsed?",
        "how many of patients with a mutation relapsed?",
    ),
    ("the French adults on A, what was the OS?", "what was the OS of the adults on A in the French study?"),
    ("of those on A, how many relapsed?", "of those on A, how many relapsed?"),
    ("The patients with A had fever, how many died?", "The patients with A had fever, how many died?"),
    ("The trial of A, how many patients died?", "The trial of A, how many patients died?"),
    ("patients on A, how did they do?", "patients on A, how did they do?"),
)
LEADS = (
    ("for MDT tomorrow: how many had a transplant?", "how many had a transplant?"),
    ("Pharmacy query. Which trials give A?", "Which trials give A?"),
    ("quick one for the wiki - OS with A?", "OS with A?"),
    ("Hi all, registrar here: what was the OS?", "what was the OS?"),
    ("how many had a transplant? For MDT tomorrow.", "how many had a transplant?"),
    ("which of the selected studies gave A?", "which of the studies gave A?"),
    ("how many of the trials that were included gave A?", "how many of the trials gave A?"),
    ("Is A standard per the authors?", "Is A standard?"),
    (
        "What should be tested next according to the authors?",
        "What should be tested next according to the authors?",
    ),
    ("how many studies are included?", "how many studies are included?"),
    ("for the A arm: what was the OS?", "for the A arm: what was the OS?"),
    ("Who are the authors of the A trial?", "Who are the authors of the A trial?"),
)
REASONS = (
    ("My students ask why A works badly. What is the reason given?", "why A works badly?"),
    ("A works badly in adults. Do they say why?", "Why is it that A works badly in adults?"),
    ("Why does A fail? please explain", "Why does A fail?"),
    ("What was the OS? What is the reason given?", "What was the OS? What is the reason given?"),
    ("What is the reason given for A?", "What is the reason given for A?"),
)


COUNTRIES = {"german", "french", "japanese", "china", "chinese"}


@pytest.mark.parametrize(
    "said",
    [
        "Those on A, what was the OS compared with those on B?",
        "In the B trial, was it given?",
    ],
)
def test_what_is_no_group_before_a_question_stays(said: str) -> None:
    assert put_behind(said, COUNTRIES) == said


def test_an_adjective_before_patients_is_no_country() -> None:
    assert "study" not in put_behind("Pediatric patients on A, how many relapsed?", COUNTRIES)


@pytest.mark.parametrize(
    "said",
    [
        "In the B trial, why was OS better? What is the reason given?",
        "Hi there. please explain",
        "Which authors discussed trials of A?",
        "Is it effective according to the authors of abstract 1?",
        "which patients got drug A, or rather how many?",
        "how many had no added drugs",
    ],
)
def test_what_a_question_is_about_is_kept(said: str) -> None:
    assert reason_asked(by_itself(put_anew(without_lead(said)))).strip("?") in {
        said.strip("?"),
        WHOLE.get(said),
    }


WHOLE = {
    "In the B trial, why was OS better? What is the reason given?": "In the B trial, why was OS better",
}
"""Questions that need no request for a reason behind them."""
ODD = (
    "what " + "." * 60 + " x",
    "what " + "... " * 40 + "x",
    "without " + "all the " * 40 + "x",
    "with " + "all the " * 40 + "x",
    "letters " + "a and " * 60 + "zz",
    "patients on aa, how many. " * 700 + "?x",
    "a-b/" * 4900 + " OS",
    "a in " + "a/" * 9900,
)
"""Messages over which a pattern may go again and again."""
READ = """
import json, sys
from reading import myeloma
for message in json.load(sys.stdin):
    myeloma().read(message)
"""


def test_odd_messages_come_to_an_end() -> None:
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    subprocess.run(
        [sys.executable, "-c", READ],
        env=os.environ | {"PYTHONPATH": path},
        input=json.dumps(ODD),
        text=True,
        check=True,
        timeout=300,
    )


@pytest.mark.parametrize(("said", "meant"), FRONTED)
def test_patients_named_first_are_put_into_the_question(said: str, meant: str) -> None:
    assert put_behind(said, COUNTRIES) == meant


@pytest.mark.parametrize(("said", "meant"), LEADS)
def test_the_asker_is_no_part_of_the_question(said: str, meant: str) -> None:
    assert without_lead(said) == meant


@pytest.mark.parametrize(("said", "meant"), REASONS)
def test_a_bare_request_for_a_reason_is_of_what_was_said_before(said: str, meant: str) -> None:
    assert reason_asked(said) == meant


CASES = (
    Case(
        LEUKAEMIA,
        "the people in the German trial who were transplanted, what percentage was alive at three years",
        "51",
        ("68",),
        beside=("3",),
    ),
    Case(
        LEUKAEMIA,
        "what percentage of the people in the German trial who were transplanted was alive at three years",
        "51",
        ("68",),
        beside=("3",),
    ),
    Case(
        LEUKAEMIA,
        "all patients in the German trial, what percentage was alive at three years?",
        "51",
        ("78",),
        beside=("3",),
    ),
    Case(
        LEUKAEMIA,
        "for MDT tomorrow: in the German GMALL series how many people ended up having a donor transplant?",
        "51",
        ("78",),
    ),
    Case(
        LEUKAEMIA,
        "Hi, I'm preparing journal club on off-the-shelf cells and I got a bit lost … In the Wong abstract they put two expression "
        "blockers at the same time, one for CD3 and one for CD7. What danger did they want to make smaller with this double design?",
        "975",
        says=("risk of causing GvHD",),
    ),
    Case(LEUKAEMIA, "Nelarabine already standard 1st line per the authors?", "", says=("still under study",)),
    Case(
        LEUKAEMIA,
        "my students ask why CAR-T cells works nice in B-ALL but not so nice in T cell cancers. what is the reason given?",
        "",
        says=("Because of fratricide",),
    ),
    Case(
        LEUKAEMIA,
        "what happens with T cells from another person when their TCR/CD3 meets antigens of the patient's tissue?",
        "",
        says=("T-cell receptor/CD3 complex",),
    ),
    Case(LEUKAEMIA, "What is the DLI rate in Abstract 980?", "", declined=True, says=("DLI",)),
    Case(
        LEUKAEMIA,
        "how many of the selected abstracts actualy give venetoclax?",
        "942 1414",
        says=("Two abstracts",),
    ),
    Case(LEUKAEMIA, "Which mouse strain was used for the xenograft of PCART7-CD3?", "", declined=True),
    Case(LEUKAEMIA, "what cell source was used in 980?", "980", says=("Bulk T cells",)),
    Case(
        LYMPHATIC,
        "patients with a CXCR4 mutation on orelabrutide, what share got VGPR or better?",
        "S201",
        ("27.3%",),
    ),
    Case(
        LYMPHATIC,
        "quick one for the wiki - PFS at 24 months in NORDSTAR with zanubrutinib?",
        "S201",
        ("83.9%",),
    ),
    Case(LYMPHATIC, "which viral vector was used for lisovabtagene?", "", declined=True),
    Case(
        MARROW,
        "the children who were transplanted from a haploidentical donor, what percentage was alive at three years?",
        "1987",
        ("90.1",),
    ),
    Case(
        MARROW,
        "the middle dose of erlafusp was taken forward. what is the reason given?",
        "1203",
        beside=("4.3", "7.7", "16.7"),
        says=("hypertension",),
    ),
    Case(LEUKAEMIA, "Was anyone in RD13-01 left with bad CRS?", "1995", ("1/10",), beside=("3",)),
    Case(LEUKAEMIA, "How many in NS7CAR were hit by grade 4 CRS?", "980", ("1",), beside=("4",)),
    Case(
        LEUKAEMIA,
        "Nelarabine combo vs mono in R/R, CR rates + p value",
        "4053",
        ("62", "40", "0.21"),
    ),
    Case(
        LEUKAEMIA,
        "Abstract 4053 - prospective trial or did they go back through old charts?",
        "4053",
        says=("retrospective",),
    ),
)


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_question_itself_is_answered(case: Case, engines: Engines) -> None:
    check(case, engines.ask(case))
