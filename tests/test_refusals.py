"""Answers that are refused because nothing tells which figure is meant."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer.refusals import crowded
from assistant.draft import answered, of_fact
from assistant.model import Fact, Status
from assistant.question.reader import Ask


class Desk:
    """Names a study and its measures as they are written here."""

    class speaker:
        @staticmethod
        def short(attribute: str) -> str:
            return attribute

    @staticmethod
    def name(study: str) -> str:
        return f"Study {study}"


def draft_of(*studies: str) -> Any:
    facts = [Fact(study, "p", f"0.{k}", f"{study}-{k}") for k, study in enumerate(studies)]
    return answered([of_fact(f"p = {f.value}.", f) for f in facts], dict.fromkeys(studies))


def test_a_table_is_no_answer() -> None:
    found = crowded(Desk(), Ask("What was p?", "What was p?"), draft_of(*["1"] * 13))  # type: ignore[arg-type]
    assert found is not None
    assert found.status is Status.DECLINED
    assert found.lines[0].text == (
        "Study 1 has 13 figures for p; which of them is meant was not understood. "
        "Name the outcome, the arm or the time point."
    )


@pytest.mark.parametrize(
    ("studies", "cue"), [(["1"] * 12, ""), (["1"] * 7 + ["2"] * 7, ""), (["1"] * 13, "list")]
)
def test_a_figure_of_each_of_many_studies_and_a_list_are_answers(studies: list[str], cue: str) -> None:
    ask = Ask("What was p?", "What was p?", cues=frozenset({cue}))
    assert crowded(Desk(), ask, draft_of(*studies)) is None  # type: ignore[arg-type]
