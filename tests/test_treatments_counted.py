"""How many had each of several treatments that one sentence lists; each expectation worked by hand."""

from __future__ import annotations

import pytest
from fact_lines import stated
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "Moor et al. reported 300 patients after transplantation (Study T-1) [1]. Maintenance had been given to 120 patients (40.0%), "
    "sorafenib to 70, gilteritinib to 35 and quizartinib to 15. The 2-year OS was 71.5%."
)
TABLE = '"Study","T-1"\n"Authors","Moor et al. [1]"\n"Study agents","Sorafenib, gilteritinib or quizartinib"\n"No. of patients","300"\n'


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "Bexol was combined with dexamethasone in 30 patients and with lenalidomide in 20.",
            ["n_patients|30||dexamethasone|||30", "n_patients|20||lenalidomide|||20"],
        ),
        (
            "Sorafenib was given to 40 patients and gilteritinib to 30.",
            ["n_patients|40||sorafenib|||40", "n_patients|30||gilteritinib|||30"],
        ),
    ],
)
def test_counts_of_treatments_in_turn_are_read(sentence: str, facts: list[str]) -> None:
    assert stated(sentence) == facts


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("given"), PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many patients got sorafenib as maintenance?", "70"),
        ("How many received quizartinib in Moor et al.?", "15"),
        ("How many patients did Moor et al. report?", "300"),
    ],
)
def test_the_patients_of_a_treatment_are_counted(engine: Engine, question: str, told: str) -> None:
    answer = engine.ask([question]).text
    assert told in answer
