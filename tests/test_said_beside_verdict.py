"""A sentence that says of some the one and of others the opposite gives no verdict of its own."""

from __future__ import annotations

from pathlib import Path

from asking import CORPUS, engine_over


def test_severe_ones_beside_mild_ones_are_no_denial(assistant_home: Path) -> None:
    engine = engine_over(CORPUS, assistant_home)
    answer = engine.ask(["What was the CRS rate with NS7CAR?", "was any of it grade 3 or worse?"])
    assert answer.text.startswith("Yes: ")
    assert "5 patients" in answer.text
