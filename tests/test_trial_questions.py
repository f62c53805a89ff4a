"""Questions about the report of one trial, over a made-up folder: rows of its tables, its plan, its one study."""

from __future__ import annotations

import pytest
from one_trial import asked

from assistant.engine.engine import Engine
from assistant.model import Status

PROSE = (
    "A total of 80 patients were randomized (Study T-1) [1]. The 3-year OS was 61% with Axol and 58% with Bexol (P = 0.41). "
    "Fever occurred in 9 patients on Axol and in 4 patients on Bexol (P = 0.17).\n\n# Endpoints\n\n"
    "The primary endpoint was overall response (Study T-1) [1]. Patients were 18 to 65 years of age and came from 7 hospitals. "
    "Chronic GVHD was graded according to the consensus criteria. Axol 30 mg/m2 was given on day 1."
)
TABLE = (
    "Study #,T-1,T-1,T-1\n,Axol (n=41),Bexol (n=39),P value\nSex: Women,16 (39%),20 (51%),0.28\n"
    "Stage (Rai): III,12 (29%),9 (23%),0.52\nPermanent stoma,6 (15%),11 (28%),0.14\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("trial"), PROSE, "Patients", TABLE)


@pytest.mark.parametrize(
    ("turns", "gives", "never"),
    [
        (("How many women were in the Axol arm?",), "16 (39%)", "20"),
        (("How many patients in the Bexol arm had a permanent stoma?",), "11 (28%)", "15%"),
        (("What was the primary endpoint?",), "overall response", "61%"),
        (("How many hospitals took part?",), "7 hospitals", "61%"),
        (("How was chronic GVHD graded?",), "consensus criteria", "61%"),
        (("What dose of Axol was given?",), "30 mg/m2", "61%"),
        (("How many patients on Axol had fever?", "And on Bexol?", "What was the p value?"), "0.17", "0.41"),
        (("Was the difference in overall survival significant?",), "No: ", "0.17"),
        (("P value for permanent stoma?",), "0.14", "0.28"),
    ],
)
def test_what_a_report_of_one_trial_is_asked(
    engine: Engine, turns: tuple[str, ...], gives: str, never: str
) -> None:
    text = engine.ask(turns).text
    assert gives in text, text
    assert never not in text, text


@pytest.mark.parametrize(
    "question",
    [
        "What was the 5-year OS with Axol?",
        "What was the 3-year event-free survival?",
        "What was the OS in stage III patients?",
    ],
)
def test_what_it_does_not_report(engine: Engine, question: str) -> None:
    answer = engine.ask((question,))
    assert answer.status is Status.DECLINED, answer.text
