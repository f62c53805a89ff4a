"""By how much a figure rose from before treatment to a later time."""

from __future__ import annotations

from pathlib import Path

from one_trial import asked

PROSE = (
    "In the trial of Moor et al. mean haemoglobin climbed from 8.2 g/dL at baseline to 10.1 g/dL at month 3 and 12.0 g/dL at month 6 "
    "(Study T-1) [1]."
)
TABLE = '"Study #","T-1"\n"No. of patients","40"\n'


def test_the_rise_is_computed_from_both_ends(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    told = engine.ask(["By how much did haemoglobin rise from baseline to month 6?"]).text
    assert told.startswith("The difference is 3.8 g/dL")
    told = engine.ask(["By how much did haemoglobin rise from baseline to month 3?"]).text
    assert told.startswith("The difference is 1.9 g/dL")


def test_the_start_need_not_be_named(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    told = engine.ask(["How much did total haemoglobin rise by month 6?"]).text
    assert told.startswith("The difference is 3.8 g/dL")
    assert "difference is" not in engine.ask(["How far did haemoglobin rise between months 3 and 6?"]).text


def test_an_end_that_is_not_given_leaves_nothing_to_compute(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    assert (
        "difference is" not in engine.ask(["By how much did haemoglobin rise from baseline to month 9?"]).text
    )
    assert "difference is" not in engine.ask(["What was the haemoglobin at month 6?"]).text
