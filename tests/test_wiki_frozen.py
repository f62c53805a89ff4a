"""Frozen answers in a real browser that reaches no service: they read right, link to their own notes, and load nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ROOT, chromium
from exporting import HOSTILE, Shown, document
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from playwright.sync_api import Browser, Page
from syncing import says

from assistant.corpus.corpus import read_corpus
from assistant.export import Document, Paragraph, format_named
from assistant.vocabulary.vocabulary import load_vocabulary
from assistant.wiki.folder import Files
from assistant.wiki.sync import Options, synced
from assistant.wiki.syntax import SYNTAXES
from assistant.wiki.topic import topic_document

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network; whatever it would load is noted and not let through."""
    found = browser.new_page(viewport={"width": 900, "height": 700})
    asked: list[str] = []
    found.route(
        lambda url: not url.startswith(("file:", "data:")),
        lambda route: (asked.append(route.request.url), route.abort()),
    )
    found.on("dialog", lambda dialog: asked.append(dialog.message))
    yield found
    found.close()
    assert asked == []


def show(page: Page, folder: Path, body: str) -> None:
    path = folder / "page.html"
    path.write_text(f'<!doctype html><meta charset="utf-8"><title>Wiki</title>{body}', encoding="utf-8")
    page.goto(path.as_uri())


def assert_reads_right(page: Page, shown: Document) -> None:
    """Every statement is seen, nothing is wider than the page, and every number leads to a note that is there."""
    seen = " ".join(page.locator("body").inner_text().split())
    for part in shown.parts:
        for said in part.said if isinstance(part, Paragraph) else [cell for row in part.rows for cell in row]:
            assert " ".join(said.text.split()) in seen
    for note in shown.notes:
        assert f"[{note.label}]" in seen
        assert note.quote in seen
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    links = page.locator('a[href^="#"]')
    assert links.count() >= len(shown.notes)
    missing = "all => all.filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)"
    assert links.evaluate_all(missing) == []
    assert len(page.screenshot()) > 10_000


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_a_topic_page_reads_right_with_the_service_off(page: Page, tmp_path: Path, name: str) -> None:
    vocabulary = load_vocabulary()
    corpus = read_corpus(ROOT / "corpus", vocabulary)
    found = topic_document("all", corpus.reviews, vocabulary, corpus.hash, "2026-01-02")
    body = format_named(name).render(found)
    show(page, tmp_path, body if name == "html" else as_html(body))
    assert page.locator("table").count() == 2
    assert_reads_right(page, found)


def test_hostile_text_does_nothing_in_a_browser(page: Page, tmp_path: Path) -> None:
    for text in (
        *HOSTILE,
        '<img src=x onerror="alert(1)">',
        "<script>alert(1)</script>",
        "javascript:alert(1)",
    ):
        plain, hostile = (Shown(format_named("html").render(document(t))) for t in ("x", text))
        assert hostile.tags == plain.tags
        show(page, tmp_path, format_named("html").render(document(text)))
        assert page.locator("script, img, iframe, form").count() == 0


def test_a_synced_note_reads_right_with_the_service_off(page: Page, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Note\n\n<!-- ask: What was the OS? -->\n<!-- end -->\n\nMine.\n", encoding="utf-8")
    (done,) = synced(Files(note, SYNTAXES["markdown"]), says(), Options(), lambda *step: None)
    assert done.settled
    show(page, tmp_path, as_html(note.read_text(encoding="utf-8")))
    seen = page.locator("body").inner_text()
    assert "The OS was 61%. [Study S-1]" in seen
    assert "OS: 61%" in seen
    assert "ask:" not in seen, "the markers show"
    assert "answered" not in seen.replace("Answered", ""), "the state shows"
    page.locator("sup a").first.click()
    assert page.evaluate("document.querySelector(location.hash) !== null")


def as_html(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin).render(markdown))
