"""Answers, studies and their passages, written for a person on a terminal or in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.table import Table
from rich.text import Text

from assistant.model import Answer, Citation, Fact, Kind, Passage, Study
from assistant.terminal.terminal import READABLE_WIDTH, safe, write

if TYPE_CHECKING:
    from rich.console import Console

DESCRIBING = ("agents", "n_patients", "phase")
"""Characteristics shown in the list of studies, in this order, where the corpus states them."""


class Review(Protocol):
    """What is needed of a review that was read: its name and all it says."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def studies(self) -> Sequence[Study]: ...
    @property
    def passages(self) -> Sequence[Passage]: ...
    @property
    def facts(self) -> Sequence[Fact]: ...


def write_answer(console: Console, answer: Answer) -> None:
    """The answer, then what contradicts it, then the places it rests on."""
    _write_text(console, answer, answer.text)
    _write_rest(console, answer)


def write_growing(console: Console, answers: Iterable[Answer]) -> Answer:
    """An answer while it grows, each sentence once; gives the whole one, the last of ``answers``.

    The first has at least one sentence, and none that is written changes.
    """
    n_chars = 0
    for answer in answers:
        if answer.text[n_chars:].strip():
            _write_text(console, answer, answer.text[n_chars:].strip())
            n_chars = len(answer.text)
    _write_rest(console, answer)
    return answer


def _write_text(console: Console, answer: Answer, said: str) -> None:
    text = Text(safe(said))
    text.highlight_words(sorted({f"[{safe(c.label)}]" for c in answer.citations}), "cyan")
    write(console, text)


def _write_rest(console: Console, answer: Answer) -> None:
    for conflict in answer.conflicts:
        places = "; ".join(_place(answer.citations[index], answer) for index in conflict.citations)
        note = safe(conflict.note)
        write(console, Text(f"! {note}" + (f" ({places})" if places else ""), style="yellow"))
    if answer.citations:
        console.print()
        write(console, Text("Sources", style="bold"))
        for citation in answer.citations:
            write(console, Text(_place(citation, answer), style="cyan"), indent=2)
            write(console, Text(safe(citation.quote), style="dim"), indent=4)
    if answer.wording and answer.wording.line:
        console.print()
        write(console, Text(safe(answer.wording.line), style="dim"))


def write_studies(console: Console, reviews: Iterable[Review]) -> None:
    """One table a review: each study with its reference and main facts."""
    for review in reviews:
        console.print()
        write(console, Text(safe(f"{review.title} ({review.id})"), style="bold"))
        table = Table("Study", "Authors", "Main facts", box=None, padding=(0, 2, 0, 0), header_style="bold")
        for study in review.studies:
            reference = f" [{study.reference}]" if study.reference is not None else ""
            facts = "; ".join(main_facts(f for f in review.facts if f.study == study.id))
            table.add_row(Text(safe(study.label)), Text(safe(study.name) + reference), Text(safe(facts)))
        console.print(table, width=min(console.width, READABLE_WIDTH))


def main_facts(facts: Iterable[Fact]) -> list[str]:
    """What tells a study from others: its describing characteristics, then each rate of all its patients."""
    known = [fact for fact in facts if not fact.group and fact.value != "N/A"]
    found = []
    for attribute in DESCRIBING:
        first = next((fact for fact in known if fact.attribute == attribute), None)
        if first:
            found.append(f"{first.value} {first.unit}".rstrip())
    for fact in known:
        if fact.unit == "%" or fact.percent:
            grade = f"grade {fact.grade}".replace(">=", "≥ ").replace("<=", "≤ ") if fact.grade else ""
            cycle = f"after cycle {fact.cycle}" if fact.cycle else ""
            value = fact.value if "%" in fact.value else fact.percent
            found.append(" ".join(filter(None, (fact.time_point, fact.attribute, grade, cycle, value))))
    return list(dict.fromkeys(found))


def write_study(console: Console, review: Review, study: Study) -> None:
    """All passages that speak of the study, each under the place where it stands."""
    reference = f" [{study.reference}]" if study.reference is not None else ""
    write(console, Text(safe(f"{study.label} {study.name}".rstrip() + reference), style="bold"))
    write(console, Text(safe(review.title), style="dim"))
    entry = str(study.reference)
    heading = ""
    for passage in review.passages:
        place = passage.locator
        is_reference = place.kind is Kind.REFERENCE and place.entry == entry
        if place.kind is Kind.COLUMN or not (is_reference or study.id in passage.studies):
            continue
        if (title := _heading(passage)) != heading:
            heading = title
            console.print()
            write(console, Text(safe(heading), style="cyan"))
        line = f"{place.row}: {passage.quote}" if place.kind is Kind.CELL else passage.quote
        write(console, Text(safe(line)), indent=2)


def _heading(passage: Passage) -> str:
    place = passage.locator
    return {
        Kind.SENTENCE: f"{place.section}, paragraph {place.paragraph}",
        Kind.CELL: place.table,
        Kind.REFERENCE: "References",
        Kind.ABBREVIATION: "Abbreviations",
    }.get(place.kind, "Front matter")


def _place(citation: Citation, answer: Answer) -> str:
    """Where a citation stands; with the review's id where the answer draws on several reviews."""
    reference = f" [{citation.reference}]" if citation.reference is not None and citation.study else ""
    review = f" ({citation.review})" if len({c.review for c in answer.citations}) > 1 else ""
    return safe(f"{citation.label}{reference}, {citation.locator}{review}")
