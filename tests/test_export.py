"""Answers in the markup of wikis: everything is there once, and nothing of it acts."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any
from xml.etree import ElementTree

import fake_engine
import pytest
from exporting import HOSTILE, Shown, document, texts
from hypothesis import given, settings
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from assistant.cli.cli import run
from assistant.contract import answer_object
from assistant.export import Document, format_named, formats
from assistant.export.document import CONFLICT, DECLINED, Origin, answer_document, one_line
from assistant.export.known import BUILT_IN
from assistant.model import AssistantError

NAMES = list(BUILT_IN)
ESCAPING = [name for name in NAMES if name != "text"]
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)


def as_html(name: str, text: str) -> str:
    markup = format_named(name).render(document(text))
    return MARKDOWN.render(markup) if name in {"markdown", "github-wiki"} else markup


def xml(storage: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<page xmlns:ac="urn:ac">{storage}</page>')


def test_plain_text_word_for_word() -> None:
    answer = fake_engine.Engine().ask(["What was the OS?"])
    labels = [c.label for c in answer.citations]
    origin = Origin(
        (("A review", "10.1000/1"),), "c0ffee" * 10, "1.2", "2026-01-02", "http://lab.example/a/b"
    )
    found = answer_document(answer_object(answer), labels, ["Ada B. A title.", ""], origin)
    assert format_named("text").render(found) == (
        "What was the OS?\n\n"
        "Turn 1: the 2-year OS was 61%. [Study S-1]\n\n"
        "The review disagrees with itself. The table and the text differ. [Study S-1]\n\n"
        "Sources\n"
        "- [Study S-1] Table 1, Outcome: “2-year OS: 61%” Ada B. A title.\n"
        "- [Study S-1] Results, sentence 2: “At 2 years, 61%.”\n\n"
        "Review: A review. Answered 2026-01-02, corpus c0ffeec0ffee, review-assistant 1.2. "
        "https://doi.org/10.1000/1 http://lab.example/a/b\n"
    )


@pytest.mark.parametrize("name", ESCAPING)
def test_every_format_has_all_parts(name: str) -> None:
    markup = format_named(name).render(document())
    for part in ("What was the OS?", "the OS was 61%", CONFLICT, "Study S-2", "Blood. 2024.", "2026-01-02"):
        assert part in format_named("html").words(as_html(name, "the OS was 61%")) or part in markup, part
    assert "https://doi.org/10.1000/x-1" in markup
    assert "http://lab.example/a/abc" in markup
    assert "c0ffeec0ffee," in markup


def test_a_decline_says_so() -> None:
    answer = fake_engine.Engine().ask(["decline it"])
    found = answer_document(answer_object(answer), [], [], Origin((), "c", "", "2026-01-02"))
    assert format_named("text").render(found).split("\n\n")[1] == f"{DECLINED} Study S-1 gives no 5-year OS."


def test_sources_are_cited_even_where_no_statement_names_them() -> None:
    answer = answer_object(fake_engine.Engine().ask(["What?"])) | {"statements": [], "conflicts": []}
    found = answer_document(answer, ["S", "S"], ["", ""], Origin((), "c", "", "2026-01-02"))
    assert found.parts[0].said[0].notes == (0, 1)  # type: ignore[union-attr]


@settings(deadline=None, max_examples=60)
@given(texts)
def test_markdown_shows_every_text_as_it_is(text: str) -> None:
    line = one_line(text)
    plain, hostile = (Shown(as_html("markdown", t)) for t in ("x", text or "x"))
    assert sorted(hostile.tags) == sorted(plain.tags)
    assert sorted(hostile.links) == sorted(plain.links)
    if line:
        assert hostile.words.count(line) >= 5, hostile.words


@settings(deadline=None, max_examples=60)
@given(texts)
def test_the_markdown_of_github_wikis_shows_every_text_as_it_is(text: str) -> None:
    plain, hostile = (Shown(as_html("github-wiki", t)) for t in ("x", text or "x"))
    assert sorted(hostile.tags) == sorted(plain.tags)
    assert sorted(hostile.links) == sorted(plain.links)
    assert {link[1:] for link in hostile.links if link.startswith("#")} == hostile.ids


@settings(deadline=None, max_examples=60)
@given(texts)
def test_html_and_confluence_are_well_formed_and_show_every_text(text: str) -> None:
    line = one_line(text)
    for name in ("html", "confluence"):
        tree = xml(format_named(name).render(document(text)))
        plain = xml(format_named(name).render(document("x")))
        if line:
            assert [e.tag for e in tree.iter()] == [e.tag for e in plain.iter()]
        assert "".join(tree.itertext()).count(line) >= 5
    anchors = {e.text for e in tree.iter("{urn:ac}parameter")}
    assert {e.get("{urn:ac}anchor") for e in tree.iter("{urn:ac}link")} == anchors


@pytest.mark.parametrize("name", ["markdown", "github-wiki", "html", "confluence"])
def test_two_numbers_after_one_another_are_no_third(name: str) -> None:
    found = replace(document(), notes=(document().notes[0], replace(document().notes[1], label="Study S-1")))
    shown = Shown(re.sub(r"<!\[CDATA\[(.*?)\]\]>", r"\1", as_html_of(name, found))).words
    assert re.search(r"\[Study S-1\]\[?1\]?,? \[?2\]?\D", shown), shown
    words = format_named(name).words(format_named(name).render(found))
    assert "[Study S-1]" in words
    assert not re.search(r"S-1\]\W*[12,]", words)


def as_html_of(name: str, found: Document) -> str:
    markup = format_named(name).render(found)
    return str(MARKDOWN.render(markup)) if name in {"markdown", "github-wiki"} else markup


def test_html_links_lead_to_its_list() -> None:
    shown = Shown(as_html("html", "x"))
    assert {link[1:] for link in shown.links if link.startswith("#")} == shown.ids == {
        "ask-0123abcd-1", "ask-0123abcd-2"
    }  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(texts)
def test_no_format_lets_a_text_begin_a_line_of_its_own_or_a_comment(text: str) -> None:
    for name in ESCAPING:
        markup, plain = (format_named(name).render(document(t)) for t in (text or "x", "x"))
        if one_line(text):
            assert markup.count("\n") == plain.count("\n"), name
        outside = re.sub(r"%%.*?%%", "", markup) if name == "dokuwiki" else markup
        assert "<!--" not in re.sub(r"\\<", "", outside), name
        if name in {"mediawiki", "dokuwiki"}:
            assert "~~~" not in outside, name


@pytest.mark.parametrize("text", [t for t in HOSTILE if "%%" not in t and not t.endswith("%")])
def test_dokuwiki_reads_nothing_between_its_percent_signs(text: str) -> None:
    plain, hostile = (
        "".join(format_named("dokuwiki").render(document(t)).split("%%")[::2]) for t in ("x", text)
    )
    assert hostile == plain


@pytest.mark.parametrize("name", ESCAPING)
def test_the_words_of_what_was_rendered_are_those_of_the_document(name: str) -> None:
    form = format_named(name)
    words = form.words(form.render(document("OS: 61% [a] *b* 'c' <d> 5_000 x")))
    parts = [part.strip() for part in words.split("\n\n")]
    assert parts[0] == "What was the OS?"
    assert parts[1].startswith("OS: 61% [a] *b* 'c' <d> 5_000 x [Study S-1]")
    assert parts[-1].startswith("Review: A review. Answered 2026-01-02, corpus c0ffeec0ffee,")


class Word:
    """A format of a lab."""

    name = "word"
    title = "Word"

    def render(self, document: Any) -> str:
        return str(document.title)

    def words(self, markup: str) -> str:
        return markup


def test_a_lab_adds_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("word", "test_export:Word", "review_assistant.formats")
    monkeypatch.setattr("assistant.export.known.entry_points", lambda group: [entry])
    assert list(formats()) == [*NAMES, "word"]
    assert format_named("word").render(document()) == "What was the OS?"


@pytest.mark.parametrize(
    "place", ["test_export:NoSuch", "test_export:Shown", "test_export:NAMES", "no_such:X"]
)
def test_a_broken_format_is_named(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    entry = EntryPoint("word", place, "review_assistant.formats")
    monkeypatch.setattr("assistant.export.known.entry_points", lambda group: [entry])
    with pytest.raises(AssistantError, match=place):
        format_named("markdown")


def test_an_unknown_format_names_the_known(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ask", "What?", "--format", "word"]) == 2
    assert "Choose one of: markdown, github-wiki" in capsys.readouterr().err
    assert run(["ask", "What?", "--format", "html", "--json"]) == 2


def test_the_command_writes_a_format_and_keeps_the_answer(
    fake: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["ask", "What?", "--format", "text"]) == 0
    assert "http://lab" not in capsys.readouterr().out
    monkeypatch.setenv("ASSISTANT_BASE_URL", "http://lab.example/r")
    assert run(["ask", "decline it", "--format", "text"]) == 3
    assert re.search(r"http://lab\.example/r/a/\w{20}\n$", capsys.readouterr().out)
