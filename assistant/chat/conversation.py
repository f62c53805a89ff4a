"""A conversation as it is shown: questions asked, answers that stream in, failures that can be mended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.chat.answers import Sizes, answer_html, error_html, n_statements, pending_html, question_html
from assistant.model import AssistantError
from assistant.service.context import Service
from assistant.service.limits import TURNS

log = logging.getLogger(__name__)

_PAUSE_S = 0.05
"""Between two sentences; updates that follow faster reach the browser as one."""

MOST_TURNS = 100
"""Turns that are held and shown; all of them are sent to the browser with each question."""

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what stands under it."""

    question: str
    html: str
    id: str = ""
    """That of the answer's permalink; "" where there is none."""
    asked: bool = True
    """Whether it was answered, so that later questions may rest on it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one reader has asked so far."""

    turns: tuple[Turn, ...] = ()

    @property
    def questions(self) -> list[str]:
        """The questions that later ones rest on."""
        return [t.question for t in self.turns if t.asked]

    @property
    def messages(self) -> list[Message]:
        """Each question and its answer, as Gradio shows them; all text in them is escaped."""
        found = []
        for turn in self.turns:
            found.append({"role": "user", "content": question_html(turn.question)})
            found.append({"role": "assistant", "content": turn.html})
        return found

    def plus(self, turn: Turn) -> Conversation:
        """The conversation with one more turn; of too many the first ones are gone."""
        return Conversation((*self.turns, turn)[-MOST_TURNS:])

    def without_last(self) -> tuple[Conversation, str]:
        """The conversation before its last question, and that question."""
        if not self.turns:
            return self, ""
        return Conversation(self.turns[:-1]), self.turns[-1].question

    def answer_at(self, message: int) -> str:
        """The id of the answer that is the message of that number; "" where it has none."""
        turn = message // 2
        return self.turns[turn].id if message % 2 and 0 <= turn < len(self.turns) else ""


def ask(
    service: Service,
    sizes: Callable[[], Sizes],
    before: Conversation,
    question: str,
    review: str | None = None,
) -> Iterator[Conversation]:
    """The conversation with the question, its answer growing sentence by sentence.

    Args:
        service: what answers.
        sizes: gives names and sizes of the studies; called when there is an answer, as the corpus may still be read.
        before: what was asked before.
        question: as typed.
        review: id of the review to ask; None for all.
    """
    turn = Turn(question, pending_html(), asked=False)
    yield before.plus(turn)
    turns = [*before.questions, question][-TURNS:]
    n_shown = 0
    try:
        for answer in service.stream(turns, review):
            n_known = n_statements(answer)
            # without a model this is the whole answer, shown with its last sentence
            for n in range(n_shown + 1, n_known + (answer.wording is not None)):
                yield before.plus(replace(turn, html=answer_html(answer, "", sizes(), n)))
                time.sleep(_PAUSE_S)
            n_shown = n_known
    except AssistantError as error:
        yield before.plus(replace(turn, html=error_html(error)))
        return
    except Exception:  # a defect on one question must not end the conversation
        log.exception("a question could not be answered")
        failure = AssistantError(
            "Something went wrong here; it is no fault of your question.", "Ask it again."
        )
        yield before.plus(replace(turn, html=error_html(failure)))
        return
    try:
        id = service.keep(answer, turns, review)
    except AssistantError:
        log.exception("an answer could not be kept")
        id = ""
    yield before.plus(Turn(question, answer_html(answer, id, sizes()), id))
