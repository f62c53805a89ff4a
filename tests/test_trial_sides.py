"""Which side of a trial a question means: the arm, the patients of one sort within it, or the study as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_trial import asked

from assistant.engine.engine import Engine

TABLE = (
    '"Study","T-1"\n"Authors","Moor et al. [1]"\n"Treatment","Alphamab + chemotherapy vs. placebo + chemotherapy"\n'
    '"No. of patients","200 (100 alphamab; 100 placebo)"\n'
)
PROSE = (
    "Moor et al. randomized 200 adults to chemotherapy with alphamab (n = 100) or with placebo (n = 100) (Study T-1) [1]. "
    "Two-year OS was 70% with alphamab and 61% with placebo. "
    "In the high-risk stratum two-year OS was 60% vs. 45%, and in the low-risk stratum 81% vs. 79%. "
    "Grade 3 or higher ICANS occurred in 4% vs. 1%."
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("sides")
    return asked(folder, PROSE, "Studies", TABLE)


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (["2-year OS in the control arm of the trial with alphamab?"], "61%", "70%"),
        (["How many patients were in the study of alphamab?"], "200", "100"),
        (["¿Cuál fue la OS a 2 años en el brazo de placebo del ensayo con alphamab?"], "61%", "70%"),
        (["By how many points was 2-year OS higher with alphamab?"], "9 percentage points", "60%"),
        (["By how many points was 2-year OS higher with alphamab in high-risk patients?"], "15 perc", "61%"),
        (["2-year OS with alphamab in high-risk patients?", "and in the other arm?"], "45%", "60%"),
        (["2-year OS with alphamab in high-risk patients?", "same for the control arm"], "45%", "61%"),
        (["How common was neurotoxicity of grade 3 or higher with alphamab?"], "4%", "1%"),
    ],
)
def test_side_meant(engine: Engine, turns: list[str], said: str, unsaid: str) -> None:
    text = engine.ask(turns).text
    assert said in text
    assert f" {unsaid}" not in text
