"""What a question leaves out is told from what it asks."""

from __future__ import annotations

from assistant.question.excluding import denied_treatment, left_out, runner_up


def test_studies_left_out_are_cut_from_the_question() -> None:
    assert left_out("Apart from the mouse study, which trials lack a number?") == (
        "the mouse study",
        "which trials lack a number?",
    )
    assert left_out("Which trials lack a number?") is None


def test_a_denied_treatment_is_told() -> None:
    named = denied_treatment("trials that neither used alphamab nor betamab")
    assert named is not None
    assert named[0] == "alphamab nor betamab"


def test_the_second_after_the_first_is_the_first_of_the_rest() -> None:
    assert runner_up("second largest cohort after TRIAL") == ("TRIAL", "largest cohort")
