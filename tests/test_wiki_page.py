"""Pages of topics: studies, figures and references, all with their places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from assistant.cli.cli import run
from assistant.corpus.corpus import Corpus, Review, read_corpus
from assistant.export import Document, Paragraph, Table
from assistant.export.document import CONFLICT
from assistant.export.known import BUILT_IN
from assistant.model import Answer, AssistantError
from assistant.vocabulary.vocabulary import Vocabulary, load_vocabulary
from assistant.wiki.asking import answering
from assistant.wiki.refresh import Status, page_block, refreshed
from assistant.wiki.said import EARLIER
from assistant.wiki.syntax import syntax_of
from assistant.wiki.topic import NothingFitsError, topic_document

ROOT = Path(__file__).resolve().parents[1]


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@cache
def corpus() -> Corpus:
    return read_corpus(ROOT / "corpus", vocabulary())


@dataclass
class Engine:
    reviews: tuple[Review, ...] = field(default_factory=lambda: corpus().reviews)
    corpus_hash: str = field(default_factory=lambda: corpus().hash)

    def ask(self, turns: object, review: str | None = None) -> Answer:
        raise NotImplementedError


def document(wanted: str) -> Document:
    return topic_document(wanted, corpus().reviews, vocabulary(), corpus().hash, "2026-01-02")


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


def test_a_topic_is_found_from_the_beginning_of_a_word() -> None:
    assert document("ven").notes == document("venetoclax").notes
    for inside in ("netoclax", "phosphamide", "arabine"):
        with pytest.raises(NothingFitsError):
            document(inside)


def test_a_section_and_a_first_author_are_topics_too() -> None:
    review = corpus().reviews[0]
    for study in review.studies:
        sections = {p.locator.section for p in review.passages if p.studies[:1] == (study.id,)} - {""}
        for topic in (*sections, study.name.split()[0]):
            assert study.label in {row[0].text for row in tables(topic)[0].rows}, topic


def test_a_measure_is_a_page_of_its_figures_alone() -> None:
    review = corpus().reviews[0]
    reporting = {f.study for f in review.facts if f.attribute == "OS" and f.value != "N/A"}
    names = [document(name) for name in ("OS", "os", "overall survival", " Overall survival ")]
    assert len({d.parts for d in names}) == 1
    assert names[0].title == "Studies that report overall survival"
    studies, figures = tables("OS")
    assert {row[0].text for row in studies.rows} == {s.label for s in review.studies if s.id in reporting}
    assert {row[1].text for row in figures.rows} == {"overall survival"}
    assert {row[0].text for row in figures.rows} == {row[0].text for row in studies.rows}


def test_contradictions_stand_on_the_page_with_both_places() -> None:
    every = [part for part in document("all").parts if isinstance(part, Paragraph)]
    assert every
    assert all(part.lead == CONFLICT for part in every)
    assert any(len(part.said[0].notes) == 2 for part in every)
    (own,) = [part for part in document("CR").parts if isinstance(part, Paragraph)]
    assert own.said[0].text in {part.said[0].text for part in every}
    assert not [part for part in document("study 51").parts if isinstance(part, Paragraph)]


def test_a_count_has_the_percentage_that_is_printed_beside_it() -> None:
    counted = [f for f in corpus().reviews[0].facts if f.percent and f.percent not in f.value]
    values = {row[-1].text for row in tables("all")[1].rows}
    assert counted
    for fact in counted:
        if fact.attribute in vocabulary().measures:
            assert f"{fact.value} ({fact.percent})" in values


def test_grades_cycles_and_groups_are_worded() -> None:
    shown = " ".join(cell.text for row in tables("all")[1].rows for cell in row)
    assert "grade 3 or higher" in shown
    assert "after the first cycle" in shown
    assert ">=" not in shown
    assert "for high-risk" not in shown


@pytest.mark.parametrize("wanted", ["study nine", "no such agent"])
def test_what_fits_nothing_is_told_with_what_there_is(wanted: str) -> None:
    with pytest.raises(NothingFitsError, match="No study fits") as told:
        document(wanted)
    named = told.value.remedy.split("such as ")[1].split(". The studies")[0].split("; ")
    assert len(named) == 8
    for topic in named:
        assert document(topic).parts


@pytest.mark.parametrize("form", [name for name in BUILT_IN if name != "text"])
def test_a_page_whose_topic_is_gone_says_so_and_keeps_its_rows(form: str) -> None:
    syntax = syntax_of(form)
    assert syntax is not None
    text = page_block("venetoclax", form, None, answering(Engine(), "2026-01-02", lambda *given: ""))
    gone = answering(Engine(without("Venetoclax"), "other"), "2026-02-03", lambda *given: "")
    found = refreshed(text, syntax, gone)
    assert [r.status for r in found.reports] == [Status.DECLINED_NOW]
    words = BUILT_IN[form].words(found.text)
    assert "No study of the review fits venetoclax." in words
    assert EARLIER in words
    kept = words[words.index(EARLIER) :]
    for row in [row for table in tables("venetoclax") for row in table.rows]:
        assert " ".join(row[-1].text.split()) in kept
    assert "(2026-01-02)" in kept
    assert refreshed(found.text, syntax, gone).text == found.text
    empty = "".join(syntax.written.format(m) for m in (f"page: venetoclax | format={form}", "end"))
    assert [r.status for r in refreshed(empty, syntax, gone).reports] == [Status.STALE]


@pytest.mark.parametrize("form", [name for name in BUILT_IN if name != "text"])
def test_a_changed_page_names_the_rows_that_are_gone(form: str) -> None:
    syntax = syntax_of(form)
    assert syntax is not None
    text = page_block("all", form, None, answering(Engine(), "2026-01-02", lambda *given: ""))
    fewer = answering(Engine(without("Venetoclax"), "other"), "2026-02-03", lambda *given: "")
    (report,) = refreshed(text, syntax, fewer).reports
    assert report.status is Status.CHANGED
    (*_, label, _) = [row[0].text for row in tables("venetoclax")[0].rows]
    assert report.detail.startswith(f"“{label} | ")
    assert "Venetoclax + HAG" in report.detail
    grown = refreshed(refreshed(text, syntax, fewer).text, syntax, answering(Engine(), "2026-03-04", str))  # type: ignore[arg-type]
    assert [(r.status, r.detail) for r in grown.reports] == [(Status.CHANGED, "")]


def without(agent: str) -> tuple[Review, ...]:
    """The reviews without the studies of an agent."""
    gone = {f.study for f in corpus().reviews[0].facts if f.attribute == "agents" and agent in f.value}
    assert gone
    return tuple(
        replace(review, studies=tuple(s for s in review.studies if s.id not in gone))
        for review in corpus().reviews
    )


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
