"""A measure whose figures went unread is quoted, not denied, unless the question asks for more than the sentence says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from asking import REVIEWS, engine_over

from assistant.engine.engine import Engine
from assistant.model import Status

SAID = "Headache of any grade fell from 41.5% to 20.2%, and headache of grade 2 from 17.6% to 5.7%."


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, assistant_home: Path) -> Engine:
    """Over a review one study of which says that; whose the figures are is not said, so they are not read."""
    corpus = tmp_path_factory.mktemp("corpus")
    shutil.copytree(REVIEWS / "complement-2025", corpus / "complement-2025")
    path = corpus / "complement-2025" / "review.md"
    text = path.read_text("utf-8")
    after = "No neutralizing antibodies developed."
    assert after in text
    path.write_text(text.replace(after, f"{after} {SAID}"), "utf-8")
    return engine_over(corpus, assistant_home)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("headache rate in Abstract P1640?", id="measure alone"),
        pytest.param("headache of grade 2 in Abstract P1640?", id="a grade the sentence names"),
    ],
)
def test_the_sentence_is_quoted(engine: Engine, question: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.ANSWERED
    assert SAID.rstrip(".") in answer.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "headache in patients over 65 in Abstract P1640?", id="patients the sentence does not name"
        ),
        pytest.param("headache at 12 months in Abstract P1640?", id="another time"),
        pytest.param("headache of grade 4 in Abstract P1640?", id="another grade"),
        pytest.param("vertigo in Abstract P1640?", id="another measure"),
    ],
)
def test_what_it_does_not_say_is_declined(engine: Engine, question: str) -> None:
    answer = engine.ask([question])
    assert answer.status is Status.DECLINED
    assert "41.5" not in answer.text
