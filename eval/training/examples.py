"""The questions the passage model is trained on: made-up reviews, and which of their passages and figures answer what."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus.corpus import Review, read_corpus
from assistant.model import Kind, Passage
from assistant.retrieval.passage_model import NUMBER, beside
from assistant.vocabulary.vocabulary import load_vocabulary

HERE = Path(__file__).parent
REVIEWS = HERE / "reviews"
QUESTIONS = HERE / "questions"
"""Questions with the passages that answer them and, of some reviews, the figures in these."""
FIGURES = HERE.parent / "figure_questions"
"""Questions after figures; see `eval.at_sight`."""
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
    figures: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Where in the text of an answering place the numbers start that are asked for."""
    placed: bool = True
    """Whether it is known which passages answer."""
    pointed: bool = True
    """Whether it is known which figures answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the texts it is trained on."""

    asked: Asked
    texts: tuple[str, ...]
    """All texts of the review."""
    hard: tuple[int, ...]
    """Places of the wrong texts that are most like the question, the likest first."""


def key_of(passage: Passage) -> tuple[str, str]:
    """How a question file names a passage: its study, or "", and its place; of a cell perhaps the column too."""
    return (passage.studies[0] if passage.studies else "", passage.locator.label)


def question_of(turns: Sequence[str]) -> str:
    """What the model is asked in a conversation: the last turn with the one before it."""
    return " ".join(turns[-2:])


def texts_of(review: Review) -> tuple[list[Passage], list[str]]:
    """The passages of a review that may answer, and how the model reads each."""
    passages = [p for p in review.passages if p.locator.kind is not Kind.COLUMN]
    return passages, [beside(review, p) for p in passages]


def read_asked(
    questions: Path, passages: Sequence[Passage], texts: Sequence[str], review: str
) -> list[Asked]:
    """The questions of one file.

    A row of ``questions`` has under ``answers`` the study and place of each passage that answers, perhaps with the
    figures in it; one of ``figure_questions`` has under ``figures`` a study, a place and one figure each.

    Raises:
        ValueError: a question names a place that the review does not have.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for number, passage in enumerate(passages):
        study, place = key_of(passage)
        places.setdefault((study, place), []).append(number)
        if passage.locator.kind is Kind.CELL:
            places.setdefault((study, f"{place}, {passage.locator.column}"), []).append(number)

    def found(line: int, study: str, place: str) -> list[int]:
        if (study, place) not in places:
            raise ValueError(f"{questions}:{line}: the review has no {place}")
        return places[study, place]

    asked: list[Asked] = []
    for line, text in enumerate(questions.read_text("utf-8").splitlines(), start=1):
        row = json.loads(text)
        after_figures = "figures" in row
        answers: dict[int, frozenset[int]] = {}
        for study, place, *figures in row["figures" if after_figures else "answers"]:
            for n in found(line, study, place):
                answers[n] = answers.get(n, frozenset()) | _starts(texts[n], figures)
        near = {n for study, place in row.get("near", []) for n in found(line, study, place)} - set(answers)
        told = {n: starts for n, starts in answers.items() if starts}
        asked.append(
            Asked(
                review,
                question_of(row["turns"]),
                tuple(answers),
                tuple(sorted(near)),
                told,
                placed=bool(answers) or not after_figures,  # else it may be told in words
                pointed=bool(told) or not answers,
            )
        )
    return asked


def _starts(text: str, figures: Sequence[str]) -> frozenset[int]:
    """Where the numbers of the figures start in a text."""
    numbers = [m.start() for m in NUMBER.finditer(text)]
    spans = [
        m.span()
        for figure in figures
        for m in re.finditer(rf"(?<![A-Za-z0-9.]){re.escape(figure)}(?![0-9])", text)
    ]
    return frozenset(n for n in numbers for start, end in spans if start <= n < end)


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
        asked = read_asked(path, passages, texts, path.stem)
        if (FIGURES / path.name).exists():
            asked += read_asked(FIGURES / path.name, passages, texts, path.stem)
        read.append((asked, texts))
    return read
