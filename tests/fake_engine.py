"""An engine whose answers can be worked out in the head; stands in for ``assistant.engine.engine`` in tests.

The last turn says what comes back: ``decline …`` declines, ``refuse …`` raises an AssistantError,
``crash …`` a defect, anything else is answered with the number of turns. ``PAYLOAD`` is put into every
text that an answer or a review has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.model import (
    Answer,
    AssistantError,
    Citation,
    Conflict,
    Fact,
    Kind,
    Locator,
    Passage,
    Reference,
    Statement,
    Status,
    Study,
)

PAYLOAD = ""


@dataclass(frozen=True, slots=True)
class Raw:
    doi: str = "10.1000/made-up"


@dataclass(frozen=True, slots=True)
class Review:
    id: str
    title: str
    studies: tuple[Study, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    raw: Raw = field(default_factory=Raw)

    def reference(self, number: int | None) -> Reference | None:
        return Reference(7, ("Ada B",), f"A title{PAYLOAD}", "Blood", "2024") if number == 7 else None


def review() -> Review:
    cell = Locator("made-up", Kind.CELL, table=f"Table 1{PAYLOAD}", row=f"Outcome{PAYLOAD}", column="S-1")
    prose = Locator("made-up", Kind.SENTENCE, section=f"Results{PAYLOAD}", paragraph=1, sentence=2)
    column = Locator("made-up", Kind.COLUMN, table="Table 1", column="S-1")
    reference = Locator("made-up", Kind.REFERENCE, entry="7")
    return Review(
        id="made-up",
        title=f"A made-up review{PAYLOAD}",
        studies=(
            Study("S-1", f"Study S-1{PAYLOAD}", "made-up", f"Ada et al.{PAYLOAD}", 7),
            Study("S-2", "Study S-2", "made-up"),
        ),
        passages=(
            Passage("p1", "text", f"At 2 years, 61% lived{PAYLOAD}.", ("S-1",), prose),
            Passage("p2", "text", f"2-year OS: 61%{PAYLOAD}", ("S-1",), cell),
            Passage("p3", "everything", "everything again", ("S-1",), column),
            Passage("p4", "other", "Of the other study.", ("S-2",), prose),
            Passage("p5", "ref", f"Ada B. A title{PAYLOAD}.", (), reference),
        ),
        facts=(
            Fact("S-1", "n_patients", "40", "p1", unit="patients"),
            Fact("S-1", "phase", "N/A", "p1"),
            Fact("S-1", "CRS", "3/40", "p1", unit="patients", percent="7.5%", grade=">=3", cycle="1"),
            Fact("S-1", "OS", "61%", "p2", unit="%", time_point="2-year"),
            Fact("S-1", "OS", "61%", "p1", unit="%", time_point="2-year"),
            Fact("S-1", "OS", "12%", "p1", unit="%", group=frozenset({"old"}), group_label="older patients"),
        ),
    )


class Engine:
    corpus_hash = "c0ffee"

    def __init__(self) -> None:
        self.reviews = (review(),)

    def warm(self) -> None:
        """There is nothing to open."""

    def ask(self, turns: Sequence[str], review: str | None = None) -> Answer:
        question = turns[-1]
        if question.startswith("crash"):
            raise RuntimeError("a defect")
        if question.startswith("refuse"):
            raise AssistantError("It was refused.", "Ask otherwise.")
        if question.startswith("decline"):
            text = f"Study S-1 gives no 5-year OS{PAYLOAD}."
            return Answer(question, Status.DECLINED, text, corpus="c0ffee")
        patients, _, _, rate, _, of_some = self.reviews[0].facts
        table = (f"Table 1, Outcome{PAYLOAD}", f"2-year OS: 61%{PAYLOAD}")
        citations = (
            Citation("p2", "S-1", "Study S-1", 7, "made-up", *table),
            Citation("p1", "S-1", "Study S-1", 7, "made-up", "Results, sentence 2", "At 2 years, 61%."),
        )
        text = f"Turn {len(turns)}: the 2-year OS was 61%{PAYLOAD}"
        return Answer(
            question,
            Status.ANSWERED,
            f"{text} [Study S-1].",
            statements=(Statement(f"{text}.", (0,), (rate,)),),
            citations=citations,
            facts=((rate, 0), (of_some, 1), (patients, 1)),
            conflicts=(Conflict(f"The table and the text differ{PAYLOAD}.", (0, 1)),),
            corpus="c0ffee",
            elapsed_ms=1.234,
        )


def open_engine(settings: Any, *, notify: Callable[[str], None]) -> Engine:
    notify(f"The index is built.{PAYLOAD}")
    return Engine()


def build_index(settings: Any, progress: Callable[[str, int, int], None], *, force: bool = False) -> bool:
    for done in range(4):
        progress(f"Embedding{PAYLOAD}", done, 3)
    return force
