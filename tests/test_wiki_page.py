"""Pages of topics: studies, figures and references, all with their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.corpus import Corpus, Review, read_corpus
from assistant.export import Document, Table
from assistant.export.known import BUILT_IN
from assistant.model import Answer, AssistantError
from assistant.vocabulary import load_vocabulary
from assistant.wiki.asking import answering
from assistant.wiki.refresh import Status, page_block, refreshed
from assistant.wiki.syntax import syntax_of
from assistant.wiki.topic import topic_document

ROOT = Path(__file__).resolve().parents[1]


@cache
def corpus() -> Corpus:
    return read_corpus(ROOT / "corpus", load_vocabulary())


@dataclass
class Engine:
    reviews: tuple[Review, ...] = field(default_factory=lambda: corpus().reviews)
    corpus_hash: str = field(default_factory=lambda: corpus().hash)

    def ask(self, turns: object, review: str | None = None) -> Answer:
        raise NotImplementedError


def document(wanted: str) -> Document:
    return topic_document(wanted, corpus().reviews, load_vocabulary(), corpus().hash, "2026-01-02")


def tables(wanted: str) -> tuple[Table, ...]:
    return tuple(part for part in document(wanted).parts if isinstance(part, Table))


def test_every_study_has_a_row_and_every_figure_stands_in_its_source() -> None:
    found = document("all")
    studies, figures = tables("all")
    assert len(studies.rows) == len(corpus().reviews[0].studies)
    assert len(figures.rows) > len(studies.rows)
    for table in (studies, figures):
        assert {len(row) for row in table.rows} == {len(table.head)}
        for row in table.rows:
            for cell in row:
                for k in cell.notes:
                    assert found.notes[k].label == row[0].text
                    assert cell.text.split()[0] in found.notes[k].quote
    assert all(row[-1].notes for row in figures.rows)
    assert {k for t in (studies, figures) for row in t.rows for c in row for k in c.notes} == set(
        range(len(found.notes))
    )


def test_a_figure_of_table_and_text_is_one_row_with_both_places() -> None:
    study = corpus().reviews[0].studies[0].id
    rows = tables(f"study {study}")[1].rows
    assert len({tuple(c.text for c in row) for row in rows}) == len(rows)
    assert any(len(row[-1].notes) == 2 for row in rows)


def test_a_topic_is_what_agents_or_titles_name() -> None:
    (studies, *_) = tables("venetoclax")
    assert 0 < len(studies.rows) < len(corpus().reviews[0].studies)
    assert all("venetoclax" in row[2].text.casefold() for row in studies.rows)
    assert document("VENETOCLAX").notes == document("venetoclax").notes


@pytest.mark.parametrize("wanted", ["study nine", "no such agent"])
def test_what_fits_nothing_is_told(wanted: str) -> None:
    with pytest.raises(AssistantError, match="No study fits"):
        document(wanted)


@pytest.mark.parametrize("form", BUILT_IN)
def test_a_page_is_a_block_that_stays(form: str) -> None:
    ask = answering(Engine(), "2026-01-02", lambda *given: "")
    text = page_block("venetoclax", form, None, ask)
    syntax = syntax_of(form)
    if syntax is None:
        assert form == "text"
        assert text.startswith("Studies of venetoclax\n")
        return
    again = refreshed(text, syntax, ask)
    assert again.text == text
    assert [(r.status, r.question) for r in again.reports] == [(Status.UNCHANGED, "venetoclax")]


@pytest.mark.parametrize("wanted", ["a --> b", "a | review=b"])
def test_a_topic_that_no_marker_can_name_is_refused(wanted: str) -> None:
    with pytest.raises(AssistantError, match="No marker"):
        page_block(wanted, "markdown", None, answering(Engine(), "2026-01-02", lambda *given: ""))


@pytest.mark.parametrize("arguments", [[], ["--all", "--topic", "x"], ["--all", "--format", "word"]])
def test_wrong_use(arguments: list[str], fake: pytest.MonkeyPatch) -> None:
    assert run(["wiki", "page", *arguments]) == 2
