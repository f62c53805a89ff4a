"""The questions a passage model is trained on: made-up reviews, and which of their passages answer what."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Kind, Passage
from assistant.retrieval.passage_model import beside
from assistant.vocabulary.vocabulary import load_vocabulary

HERE = Path(__file__).parent
REVIEWS = HERE / "reviews"
QUESTIONS = HERE / "questions"
SHARED = HERE.parent.parent / "tests" / "reviews"
"""Reviews that the tests ask too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is said of the passages of its review."""

    review: str
    text: str
    """The last two turns of a conversation in one."""
    answers: tuple[int, ...]
    """Places in the review's list of texts that answer it whole, each alone; empty where nothing does."""
    near: tuple[int, ...]
    """Places that look like an answer and are none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the texts it is trained on."""

    asked: Asked
    texts: tuple[str, ...]
    """All texts of the review."""
    hard: tuple[int, ...]
    """Places of the wrong texts that are most like the question, the likest first."""


def key_of(passage: Passage) -> tuple[str, str]:
    """How a question file names a passage: its study, or "", and its place."""
    return (passage.studies[0] if passage.studies else "", passage.locator.label)


def question_of(turns: Sequence[str]) -> str:
    """What the model is asked in a conversation: the last turn with the one before it."""
    return " ".join(turns[-2:])


def texts_of(review: Review) -> tuple[list[Passage], list[str]]:
    """The passages of a review that may answer, and how the model reads each."""
    passages = [p for p in review.passages if p.locator.kind is not Kind.COLUMN]
    return passages, [beside(review, p) for p in passages]


def read_asked(questions: Path, passages: Sequence[Passage], review: str) -> list[Asked]:
    """The questions of one file.

    Raises:
        ValueError: a question names a place that the review does not have.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for number, passage in enumerate(passages):
        places.setdefault(key_of(passage), []).append(number)

    def found(line: int, named: Sequence[Sequence[str]]) -> tuple[int, ...]:
        unknown = [place for study, place in named if (study, place) not in places]
        if unknown:
            raise ValueError(f"{questions}:{line}: the review has no {unknown[0]}")
        return tuple(n for study, place in named for n in places[study, place])

    asked: list[Asked] = []
    for line, text in enumerate(questions.read_text("utf-8").splitlines(), start=1):
        row = json.loads(text)
        answers, near = found(line, row["answers"]), found(line, row.get("near", []))
        asked.append(
            Asked(review, question_of(row["turns"]), answers, tuple(n for n in near if n not in answers))
        )
    return asked


def read_all() -> list[tuple[list[Asked], list[str]]]:
    """For every review that has questions: those, and its texts.

    Raises:
        ValueError: see `read_asked`; or a question file without a review.
    """
    reviews = {
        r.id: r for folder in (REVIEWS, SHARED) for r in read_corpus(folder, load_vocabulary()).reviews
    }
    read: list[tuple[list[Asked], list[str]]] = []
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        if path.stem not in reviews:
            raise ValueError(f"{path}: there is no review of that name")
        passages, texts = texts_of(reviews[path.stem])
        read.append((read_asked(path, passages, path.stem), texts))
    return read
