"""Answers copied into other markups: everything is there, and nothing of it acts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from markdown_it import MarkdownIt

from assistant.chat.answers import FORMATS
from assistant.chat.copying import copied
from assistant.service.store import Kept, Source

LINK = "http://127.0.0.1:8000/a/abcdefghijkmnpqrstuv"


def kept(text: str = "In Ada et al., the OS was 61%.", question: str = "What was the OS?") -> Kept:
    answer: dict[str, Any] = {
        "question": question,
        "statements": [
            {"text": text, "citations": [0, 1]},
            {"text": "They differ.", "citations": [0]},
        ],
        "citations": [
            {"locator": "Table 1, Outcome", "quote": "OS: 61%"},
            {"locator": "Results, sentence 2", "quote": "At 2 years, 61%."},
        ],
        "conflicts": [{"note": "They differ.", "citations": [0]}],
        "corpus": "c0ffee" * 10,
    }
    source = Source("Study S-1", "p", "Ada B. A title. Blood. 2024.", "", "A review")
    return Kept("a" * 20, "2026-01-02T03:04:05Z", (question,), None, answer, (source, source))


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_all_parts_once(form: str) -> None:
    text = (
        copied(kept(), form, LINK)
        .replace("%%", "")
        .replace("\\", "")
        .replace("&#45;", "-")
        .replace("&#58;", ":")
    )
    for part, times in {
        "What was the OS?": 1,
        "the OS was 61%": 1,
        "They differ.": 1,
        "At 2 years, 61%.": 1,
        "Table 1, Outcome": 1,
        "Study S-1": 4,
        "Blood. 2024.": 2,
        "A review": 1,
        "c0ffeec0ffee": 1,
        "2026-01-02": 1,
    }.items():
        assert text.count(part) == times, (part, text)
    assert LINK in copied(kept(), form, LINK)
    assert "http" not in copied(kept(), form)


def test_plain_text_word_for_word() -> None:
    assert copied(kept(), "text", LINK) == (
        "What was the OS?\n\n"
        "In Ada et al., the OS was 61%. [Study S-1]\n\n"
        "The review disagrees with itself. They differ. [Study S-1]\n\n"
        "Sources\n\n"
        "- [Study S-1] Table 1, Outcome: “OS: 61%” Ada B. A title. Blood. 2024.\n"
        "- [Study S-1] Results, sentence 2: “At 2 years, 61%.” Ada B. A title. Blood. 2024.\n\n"
        f"Review: A review. Answered 2026-01-02, corpus c0ffeec0ffee. {LINK}\n"
    )


@pytest.mark.parametrize(
    ("form", "hostile", "acting"),
    [
        (
            "mediawiki",
            "{{x}} [[y]] ~~~~ <nowiki> '''z''' http://evil.example",
            ("{{", "[[", "~~", "<", "http:"),
        ),
        ("html", '<script>hit()</script> & "x"', ("<script", "& ")),
    ],
)
def test_text_does_not_act(form: str, hostile: str, acting: tuple[str, ...]) -> None:
    plain = copied(kept(), form)
    text = copied(kept(text=hostile, question=hostile), form)
    for sign in acting:
        assert text.count(sign) == plain.count(sign), (sign, text)


def test_markdown_shows_text_as_it_is() -> None:
    hostile = "![x](http://evil.example) <b> *y* [z](q) `c` ~~d~~ # e | f 3-year _g_ & &amp; \\"
    html = MarkdownIt("commonmark").render(copied(kept(text=hostile, question=hostile), "markdown"))
    assert set(re.findall(r"<(\w+)", html)) == {"p", "strong", "ul", "li"}
    assert unescape(html).count(hostile) == 2


def test_dokuwiki_reads_nothing_between_its_percent_signs() -> None:
    text = copied(kept(text="a %% b //c// [[d]] 61%"), "dokuwiki")
    outside = "".join(text.split("%%")[::2])
    for sign in ("//", "[[", "a ", "61"):
        assert sign not in outside, outside


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        copied(kept(), "word")
