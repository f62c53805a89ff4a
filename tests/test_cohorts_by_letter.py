"""Two cohorts called by letters, of which one had a drug alone: what each had names it. Each expectation worked by hand."""

from __future__ import annotations

import pytest
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "Moor et al. presented a two-cohort study of alphamab in 90 patients (Study T-1) [1]. Cohort A (n = 50) received the single agent "
    "at 2.4 mg/m² per cycle, and cohort B (n = 40) a reduced dose of 1.2 mg/m² together with dexamethasone and vincristine. The CR "
    "rate was 44.0% in cohort A and 72.5% in cohort B. One-year OS was 38.6% in cohort A and 55.1% in cohort B."
)
TABLE = (
    '"Study","T-1"\n"Authors","Moor et al. [1]"\n"Study agents","Alphamab alone (A) or with chemotherapy (B)"\n'
    '"No. of patients","90 (50 cohort A; 40 cohort B)"\n'
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("letters"), PROSE, "Trials", TABLE)


@pytest.mark.parametrize(
    ("turns", "told", "untold"),
    [
        (["CR rate with single-agent alphamab in Moor et al.?"], "44.0%", "72.5%"),
        (["CR rate in the monotherapy cohort?"], "44.0%", "72.5%"),
        (["What was one-year OS in the combination cohort?"], "55.1%", "38.6%"),
        (["One-year OS with alphamab alone?"], "38.6%", "55.1%"),
        (["CR rate in the patients given alphamab with vincristine?"], "72.5%", "44.0%"),
        (
            ["CR rate with single-agent alphamab in Moor et al.?", "And in the combination cohort?"],
            "72.5%",
            "44.0%",
        ),
    ],
)
def test_a_cohort_is_named_by_what_it_had(engine: Engine, turns: list[str], told: str, untold: str) -> None:
    answer = engine.ask(turns).text
    assert told in answer
    assert untold not in answer
