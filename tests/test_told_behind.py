"""The rest of a figure's own sentence, where it tells whom or what is asked with a figure of its own."""

from __future__ import annotations

from pathlib import Path

from one_trial import asked

PROSE = (
    "Moor et al. gave examplinib to 90 patients (Study T-1) [1]. Treatment was stopped by 31 patients, on account of cramps in 12, "
    "a change of address in nine and other reasons in ten. "
    "In the 50 refractory patients median OS was 11.2 months, less than half of the 25.7 months "
    "in the 40 who had given up an earlier drug for reasons of cost. Rash was seen in 14 patients."
)
TABLE = '"Study #","T-1"\n"No. of patients","82 infused (90 enrolled)"\n'


def test_a_reason_named_is_not_answered_by_all_who_stopped(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    told = engine.ask(["How many patients stopped for a change of address?"]).text
    assert "a change of address in nine" in told
    told = engine.ask(["How many patients stopped treatment?"]).text
    assert "31 patients" in told
    assert "address" not in told.split("Sources")[0]


def test_the_others_of_a_comparison_are_told_too(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    told = engine.ask(["Was median OS shorter in refractory patients than in the others?"]).text
    assert "11.2 months" in told
    assert "25.7 months" in told


def test_those_infused_are_not_said_to_be_enrolled(tmp_path: Path) -> None:
    engine = asked(tmp_path, PROSE, "Trials", TABLE)
    told = engine.ask(["How many patients were infused?"]).text
    assert "82" in told
    assert "enrolled 82" not in told
