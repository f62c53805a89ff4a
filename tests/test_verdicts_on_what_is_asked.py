"""A verdict is on what is asked: no superlative by one figure, no cap by ``nearly``, no ``all`` of others, no size of a benefit."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.model import Status
from assistant.telling.verdict_words import CAPPED, NEARLY, STAGES

PROSE = (
    "Moor et al. treated 100 patients with relapsed leukemia or lymphoma in a phase II trial; Rai stage IVb was an exclusion "
    "criterion (Study T-1) [1].\n"
    "Response rates were 55.0% (22/40) in XYZ1- and 35.0% (21/60) in KLM2B-mutated disease.\n"
    "Nausea (30.0%), almost always of grade 1 or 2, was frequent.\n"
    "Two of the nine elderly responders and all five younger responders relapsed.\n"
    "All four deaths followed an infection or a bleeding episode.\n"
    "Four patients died, two of them of pneumonia.\n"
)
TABLE = (
    "Study,T-1\nAuthors (references),Moor et al. [1]\nStudy agents,Carbozin\nNo. of patients,100 (70 T-ALL; 30 T-LBL)\n"
    '"Median age (range), years",41 (9-60)\n'
)
CASES = (
    ("Did patients with XYZ1 have the highest response rate in Study T-1?", "Yes:"),
    ("Did KLM2B patients have the highest response rate in Study T-1?", "No:"),
    ("Were patients of Rai stage IVb admitted to Study T-1?", "No:"),
    ("Did Study T-1 enrol more people with T-ALL than with T-LBL?", "Yes:"),
    ("Was the T-LBL group larger than the T-ALL group in Study T-1?", "No:"),
    ("Did Study T-1 include both T-ALL and T-LBL?", "Yes:"),
)
NO_VERDICT = (
    "Was all the nausea in Study T-1 grade 1 or 2?",
    "Did anyone have grade 3 nausea in Study T-1?",
    "Were all relapses in younger patients in Study T-1?",
    "Did all deaths in Study T-1 follow an infection?",
    "Was the gain larger in T-ALL than in T-LBL in Study T-1?",
    "Was an advantage seen with both T-ALL and T-LBL in Study T-1?",
    "Were patients of Rai stage IVa admitted to Study T-1?",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(Path(tmp_path_factory.mktemp("asked")), PROSE, "Trials", TABLE)


@pytest.mark.parametrize(("question", "word"), CASES)
def test_what_is_asked_is_judged(engine: Engine, question: str, word: str) -> None:
    text = engine.ask([question]).text
    assert text.startswith(word), text


@pytest.mark.parametrize("question", NO_VERDICT)
def test_what_is_not_told_is_not_judged(engine: Engine, question: str) -> None:
    text = engine.ask([question]).text
    assert not text.startswith(("Yes", "No:")), text


def test_a_child_of_ones_own_is_no_request_for_advice_where_studies_are_asked_for(engine: Engine) -> None:
    told = engine.ask(["my 10 year old has T-ALL, which studies took in children of that age?"])
    assert "no advice" not in told.text
    asked_for = engine.ask(["my 10 year old has T-ALL, which drug should he get?"])
    assert asked_for.status is Status.DECLINED


@pytest.mark.parametrize("said", ["nearly always grade 1", "mostly all grade 2", "not only grade 1"])
def test_what_is_nearly_so_caps_no_grade(said: str) -> None:
    assert CAPPED.search(said)
    assert NEARLY.search(said)


def test_at_most_is_no_nearly() -> None:
    assert not NEARLY.search("at most grade 2")


def test_stages_are_named_behind_their_word() -> None:
    assert [m["which"] for m in STAGES.finditer("of stage II or IIIa, ECOG 2, two prior lines")] == [
        "II or IIIa",
        "2",
    ]
