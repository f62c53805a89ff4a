"""What the heads of a row and of a column tell of a cell's figures: the grade, the population, an end not reached."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.building.pairs import Piece
from assistant.cells.reading import grade_of
from assistant.folder.columns import TableColumn
from assistant.folder.folder import Table
from assistant.folder.heads import read_head, row_name
from assistant.model import Fact
from assistant.spans.bounds import age_id
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Vocabulary

_SHORT_FORM = re.compile(r"[A-Z]{2,3}")
_AGE_CLASS = re.compile(r"(?:ages?d?)\s*(<=|>=|[<>\u2264\u2265])\s*(\d+)(?:\s*years?)?", re.IGNORECASE)


def graded(
    fact: Fact, piece: Piece, said: str, column: TableColumn, table: Table, building: Building
) -> Fact:
    """The fact with the grade that its row's or its column's head tells; an open end where that is printed short."""
    attribute, _, cell = piece
    vocabulary = building.reader.vocabulary
    shown = fact.value if _SHORT_FORM.fullmatch(fact.value.strip()) else cell
    if fact.attribute == attribute and _not_reached(shown, attribute, table, building):
        fact = replace(fact, unit="open")
    counts = fact.attribute == "n_patients"
    grade = fact.grade or ("" if counts else grade_of(read_head(column.arm).grade))
    if attribute in vocabulary.measures and fact.attribute == attribute:
        grade = grade or ("" if EVERY_GRADE.search(said) else grade_of(said))
    elif " / " not in said and fact.attribute in vocabulary.measures and _is_event(fact, vocabulary):
        grade = grade or ("" if any_grade(cell, fact) else grade_of(said))
    if not grade and not counts and _SEVERE.match(said) and fact.attribute in vocabulary.measures:
        grade = ">=3" if _is_event(fact, vocabulary) and not any_grade(cell, fact) else ""
    return replace(fact, grade=grade)


_SEVERE = re.compile(
    r"\W*(?:severe|high[- ]grade)\s+(?:(?:treatment|therapy|drug)[- ]related\s+)?"
    r"(?:toxicit|adverse|side|event|CRS\b|infection|complication)",
    re.IGNORECASE,
)
"""Heads a row of events of grade 3 or higher."""


def of_population(fact: Fact, head: str, building: Building) -> list[Fact]:
    """The number of patients of a population that a row of the review's own names: ``Gender: Female``."""
    if (
        not (fact.attribute in building.attributes or fact.attribute == "sex")
        or fact.unit != "patients"
        or fact.n is None
    ):
        return []
    last = row_name(head).rpartition(": ")[2]
    words = tokens(last)
    whole = [m for m in building.reader.matchers.populations.find(words) if m.end - m.start == len(words)]
    aged = _AGE_CLASS.fullmatch(fold(last))
    told = age_id(f"aged {aged[1]} {aged[2]}") if aged else whole[0].ids[0] if whole else ""
    if not told or told in fact.group:
        return []
    label = f"{last} {fact.group_label}".strip()
    return [replace(fact, attribute="n_patients", group=fact.group | {told}, group_label=label)]


EVERY_GRADE = re.compile(r"\b(?:any|all|every)[- ]grades?\b", re.IGNORECASE)


def _is_event(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether a figure in a row of several measures is one of an event that has grades."""
    return vocabulary.term(fact.attribute).kind in {"event", "rate"} and fact.unit in {"%", "patients"}


def any_grade(cell: str, fact: Fact) -> bool:
    """Whether the item of a cell that a figure stands in says that all grades are meant."""
    start = max(cell.rfind(sign, 0, fact.start) for sign in (";", "\n")) + 1
    end = min((i for sign in (";", "\n") if (i := cell.find(sign, fact.end)) >= 0), default=len(cell))
    return EVERY_GRADE.search(cell, start, end) is not None


def _not_reached(cell: str, attribute: str, table: Table, building: Building) -> bool:
    """Whether a cell's short form says that a median was not reached, by the table's note or the review's list."""
    short = cell.strip()
    if attribute not in building.reader.vocabulary.measures or not _SHORT_FORM.fullmatch(short):
        return False
    if building.reader.vocabulary.term(attribute).kind != "duration":
        return False
    listed = building.review.abbreviations.get(short, "")
    noted = re.search(
        rf"(?<![\w]){re.escape(short)}\s*[,:=]?\s*not (?:yet )?reached\b", table.note, re.IGNORECASE
    )
    return bool(noted) or listed.lower().startswith(("not reached", "not yet reached"))
