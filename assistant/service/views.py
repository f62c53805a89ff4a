"""Studies, passages and kept answers as the objects that API and MCP give."""

from __future__ import annotations

from typing import Any

from assistant.contract import group_text
from assistant.corpus.corpus import Review
from assistant.folder.folder import Table
from assistant.model import Fact, Kind, Passage, Reference
from assistant.service.context import StudyCard
from assistant.service.store import Kept, Rating
from assistant.terminal.render import main_facts

Object = dict[str, Any]


def study_row(card: StudyCard) -> Object:
    """A study as it stands in the list of studies."""
    return {
        "id": card.study.id,
        "label": card.study.label,
        "review": card.review.id,
        "name": card.study.name,
        "reference": _reference(card.reference),
        "main_facts": main_facts(f for f in card.review.facts if f.study == card.study.id),
    }


def study_object(card: StudyCard) -> Object:
    """Everything the corpus says of a study: its facts, and the passages that speak of it."""
    facts = [fact_object(f) for f in card.review.facts if f.study == card.study.id]
    passages = [passage_row(p) for p in card.passages if p.locator.kind is not Kind.COLUMN]
    return study_row(card) | {"facts": facts, "passages": passages}


def fact_object(fact: Fact) -> Object:
    """A fact in the form of the contract, with the id of its passage for the index of its citation."""
    return {
        "study": fact.study,
        "attribute": fact.attribute,
        "time_point": fact.time_point,
        "group": group_text(fact),
        "value": fact.value,
        "passage": fact.passage,
    }


def passage_row(passage: Passage) -> Object:
    """A passage: its id, place and words."""
    return {
        "id": passage.id,
        "kind": passage.locator.kind.value,
        "locator": passage.locator.label,
        "quote": passage.quote,
    }


def passage_object(review: Review, passage: Passage) -> Object:
    """A passage with what stands around it: the paragraph's sentences, or the whole table."""
    place = passage.locator
    numbers = [review.reference(n) for n in passage.references]
    around: Object = {"paragraph": [], "table": None}
    if place.kind is Kind.SENTENCE:
        here = (place.section, place.paragraph)
        beside = [p for p in review.passages if p.locator.kind is Kind.SENTENCE]
        same = [p for p in beside if (p.locator.section, p.locator.paragraph) == here]
        around["paragraph"] = [{"id": p.id, "quote": p.quote} for p in same]
    table = next((t for t in review.raw.tables if place.table and t.label == place.table), None)
    if table is not None:
        around["table"] = _table_object(table, place.row, place.column)
    return {
        **passage_row(passage),
        "review": review.id,
        "title": review.title,
        "studies": list(passage.studies),
        "references": [_reference(r) for r in numbers if r is not None],
        "facts": [fact_object(f) for f in review.facts if f.passage == passage.id],
        **around,
    }


def kept_object(kept: Kept, changed: bool | None) -> Object:
    """A kept answer: the contract's object, with what it was asked and what its citations name.

    Args:
        kept: the answer.
        changed: whether the corpus is another one now; None while that is not known.
    """
    return {
        "permalink": kept.id,
        "made_at": kept.made_at,
        "turns": list(kept.turns),
        "review": kept.review,
        "corpus_changed": changed,
        "answer": dict(kept.answer),
        "sources": [
            {"label": s.label, "passage": s.passage, "reference": s.reference, "doi": s.doi, "title": s.title}
            for s in kept.sources
        ],
    }


def rating_object(rating: Rating, kept: Kept) -> Object:
    """A rating with the answer it is about, as ``assistant ratings`` prints it."""
    return {
        "liked": rating.liked,
        "comment": rating.comment,
        "rated_at": rating.made_at,
        "permalink": kept.id,
        "turns": list(kept.turns),
        "review": kept.review,
        "answer": dict(kept.answer),
    }


def _reference(entry: Reference | None) -> Object | None:
    return None if entry is None else {"number": entry.number, "text": entry.text, "doi": entry.doi}


def _table_object(table: Table, row: str, column: str) -> Object:
    heads = [f"{c.study} {c.arm}".strip() for c in table.columns]
    return {
        "label": table.label,
        "title": table.title,
        "note": table.note,
        "study_head": table.study_head,
        "columns": heads,
        "rows": [{"head": r.head, "cells": list(r.cells)} for r in table.rows],
        "row": row,
        "column": column,
    }
