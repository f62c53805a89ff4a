"""When a passage that a model is sure of takes the place of what the rules found, and when it may not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from asking import CORPUS

from assistant.engine.arbiter import TELLS
from assistant.engine.engine import Engine, open_engine
from assistant.engine.opening import english_words
from assistant.model import Answer, Kind
from assistant.retrieval.passage_model import NUMBER, Seen
from assistant.settings import Settings

pytestmark = pytest.mark.slow


class Sure:
    """A model that is sure of the passages that hold a wording, and of their last numbers, and of nothing else."""

    def __init__(self, wording: str, score: float = 9.0) -> None:
        self.wording, self.score = wording, score
        self.asked: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> list[Seen]:
        self.asked.append(question)
        return [self._seen(text) for text in texts]

    def _seen(self, text: str) -> Seen:
        sure = self.wording in text and not text.startswith("The review")
        numbers = [m.start() for m in NUMBER.finditer(text)]
        return Seen(self.score if sure else -9.0, tuple((n, 9.0) for n in numbers[-1:] if sure))


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    """Asks the shipped corpus with a model of one's own, or with none."""
    home: Path = tmp_path_factory.mktemp("home")
    whole = open_engine(Settings(corpus=CORPUS, home=home), notify=lambda _: None)

    def asked(turns: Sequence[str], model: Sure | None) -> Answer:
        engine = Engine(
            whole.corpus, whole.reviews[0].reader.vocabulary, whole._retriever, english_words, model
        )
        return engine.ask(turns)

    return asked


UNTOLD = "What made CD7 cells stay away from one another in that product by Wong?"
"""Declined by the rules, in words they do not know."""


def test_a_declined_question_is_answered_by_the_passage_the_model_is_sure_of(ask):
    assert ask([UNTOLD], None).status.value == "declined"
    answer = ask([UNTOLD], Sure("intracellular"))
    assert answer.status.value == "answered"
    assert "intracellular" in answer.text
    assert {c.study for c in answer.citations} == {"975"}


def test_nothing_is_read_beside_a_decline_that_no_passage_may_undo(ask):
    model = Sure("no text has this")
    ask(["What was the 12-year OS in the GMALL trial?"], model)
    assert not model.asked


def test_a_model_that_is_not_sure_leaves_the_decline(ask):
    model = Sure("intracellular", TELLS)
    assert ask([UNTOLD], model).text == ask([UNTOLD], None).text
    assert model.asked == [UNTOLD]


@pytest.mark.parametrize(
    "question",
    [
        "What was the 5-year overall survival in the GMALL trial by every measure of theirs?",
        "Which CR rate did the people of Abstract 54 get after a haploidentical transplant?",
        "What did Abstract 9999 find about fratricide?",
        "Should my patient be given nelarabine rather than venetoclax?",
        "Why was overall survival in the GMALL trial higher than hoped?",
    ],
)
def test_no_passage_of_another_time_arm_study_or_reason_is_taken_however_sure_the_model(ask, question):
    assert ask([question], Sure("")).text == ask([question], None).text


def test_a_plain_figure_is_not_put_before_the_model(ask):
    model = Sure("")
    assert "78%" in ask(["What was the 3-year OS in the GMALL trial?"], model).text
    assert model.asked == []


def test_a_follow_up_is_read_with_the_turn_before_it(ask):
    model = Sure("no text has this")
    first = "What did Wong build?"
    ask([first, UNTOLD], model)
    assert model.asked[-1] == f"{first} {UNTOLD}"


@pytest.mark.parametrize(
    "question", ["Which studies tell how long the cells stayed in the blood?", "Name all the Chinese studies"]
)
def test_no_passage_stands_for_a_list(ask, question):
    model = Sure("")
    assert ask([question], model).text == ask([question], None).text
    assert model.asked == []


def test_the_part_that_is_quoted_holds_the_number_pointed_to(tmp_path):
    engine = open_engine(Settings(corpus=CORPUS, home=tmp_path), notify=lambda _: None)
    engine.ask(["What was the 3-year OS in the GMALL trial?"])
    (review,) = engine._engines.values()
    answerer = review.answerer
    ask = answerer.reader.read("What was the CR rate?")
    shortened = 0
    for passage in review.review.passages:
        if passage.locator.kind is Kind.SENTENCE:
            for number in {m.group() for m in NUMBER.finditer(passage.text)}:
                text = answerer.describer.verdict(ask, passage, number).text
                assert number in text
                shortened += len(text) < len(passage.text)
    assert shortened


@pytest.mark.parametrize(
    "question",
    [
        "How many people got severe, that is grade 4, rejection-like graft-versus-host trouble in Tan's study?",
        "And in kids, what proportion of ALL is of T-cell type by somebody's count?",
    ],
)
def test_no_passage_of_other_grades_or_ages_is_taken(ask, question):
    assert ask([question], Sure("")).text == ask([question], None).text
