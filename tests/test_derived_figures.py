"""Heads instead of shares, the rest, the gap of two figures, and both of what is set side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from figure_cases import LEUKAEMIA, Engines
from one_trial import asked

from assistant.engine.engine import Engine

PROSE = (
    "A randomized phase III trial enrolled 120 adults, 60 with alfamab and 60 controls (Study T-1) [1]. Two-year EFS was 71.4% with"
    " alfamab and 60.2% in the control arm (p = 0.04). Complete remission was achieved in 40 of 60 (66.7%) and 30 of 60 (50.0%),"
    " respectively. Nausea was more frequent with alfamab (20.5% vs. 8.5%), rash in the control arm (4.0% vs. 12.5%). At a median"
    " follow-up of 9.5 months, 111 of 120 patients were alive. Median OS was 17.5 months in patients bridged to allogeneic"
    " transplantation and 5.5 months in those who were not."
)
TABLE = "Study,T-1\nNo. of patients,120 (60 alfamab; 60 control)\n2-year EFS,71.4% vs. 60.2%\n"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return asked(tmp_path_factory.mktemp("derived"), PROSE, "The trial", TABLE)


@pytest.fixture(scope="module")
def engines(assistant_home: Path) -> Engines:
    return Engines(assistant_home)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many of the patients in T-1 had died at the last look?", "9 patients, computed as 120 less"),
        ("By how many points was 2-year EFS higher with alfamab in T-1?", "11.2 percentage points"),
        ("2-year EFS in the control arm of T-1?", "60.2%"),
        ("How did OS differ between those bridged to transplant and those not?", "17.5 months"),
        ("And how did OS differ between those bridged to transplant and those not?", "5.5 months"),
        ("What was the rash rate in the control arm?", "12.5%"),
    ],
)
def test_what_a_trial_of_two_arms_is_asked(question: str, said: str, trial: Engine) -> None:
    assert said in trial.ask([question]).text


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (["CRS of grade 3 or worse hit 10% in Tan et al. What's that in heads?"], ["About 2 patients"], []),
        (["ORR in Tan et al.?", "in heads?"], ["About 18 patients"], []),
        (["ORR in Tan et al.?", "what does that mean in counts?"], ["About 18 patients"], []),
        (["What did Wong et al. find in mice, and what is it in patients?"], [], ["About", "does not report number"]),
        (["What did GMALL measure up to 3 years?"], ["OS"], ["does not report"]),
        (["Which dose was recommended for infants?"], [], ["RP2D", "phase II dose"]),
        (["ORR in Tan et al.?", "how many patients were those?"], [], ["About 60"]),
        (["Tan et al. report a 1-year OS. In absolute numbers?"], [], ["12 patients"]),
        (["How many NS7CAR patients had no worse than grade 2 CRS?"], ["47/53"], ["6 patients"]),
        (["RFS of both arms in Shimony, compared", "now CR"], ["62%", "40%"], ["55%"]),
        (["RFS of both arms in Shimony, compared", "and CR overall, in everyone?"], ["55%"], ["62%"]),
        (["Is nelarabine worth combining? Give me the CR rate with and without partners."], ["62%", "40%"], ["No:"]),
        (["Single-agent nelarabine did worse than the combination. What are the two RFS rates?"], ["68.8%", "26.7%"], ["60.5%"]),
        (["Shimony: CR by arm, and give me the associated p-value"], ["62%", "40%", "0.21"], []),
        (["3-year EFS in Hatta?", "and OS?", "gap between the two in points?"], ["4.8 percentage points"], []),
        (["Between year 1 and year 3, how far does OS fall in GMALL?"], ["11 percentage points"], []),
        (["GMALL or Hatta, which enrolled more, and how many in each?"], ["281", "62"], ["208", "73"]),
        (["How many patients would we need for 90% power to show that CR gain?"], ["no sample size"], ["62%"]),
        (["How many patients did Hatta need to enrol?"], ["62"], ["no sample size"]),
    ],
    ids=lambda case: " | ".join(case) if isinstance(case, list) else None,
)  # fmt: skip
def test_what_is_derived_and_what_is_set_side_by_side(
    turns: list[str], said: list[str], unsaid: list[str], engines: Engines
) -> None:
    text = engines.engine(LEUKAEMIA).ask(turns).text
    assert [w for w in said if w not in text] == [], text
    assert [w for w in unsaid if w in text] == [], text


def test_a_share_is_turned_into_patients_of_its_own_whole_only(tmp_path: Path) -> None:
    prose = (
        "A phase II trial treated 50 patients with alfamab (Study T-1) [1]. The CR rate was 84.0% (42/50), and 30 of 42 responders "
        "(71.4%) became MRD-negative. The ORR was 93.3%."
    )
    table = "Study,T-1\nNo. of patients,50\nMRD negativity,71.4%\nORR,93.3%\n"
    engine = asked(tmp_path, prose, "Trials of alfamab", table)
    assert "30/42" in engine.ask(["MRD negativity in T-1?", "how many patients is that?"]).text
    text = engine.ask(["ORR in T-1?", "how many patients is that?"]).text
    assert "93.3%" in text
    assert "About" not in text
