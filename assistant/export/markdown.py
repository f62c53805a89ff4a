"""Markdown with footnotes (Obsidian, GitLab, files on GitHub), and without (GitHub's wikis)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.export.document import Document, Table
from assistant.export.markup import Markup, note_name, note_words

_NUMBERS = "|".join(rf"(?<=^\d{{{n}}})" for n in range(1, 10))
_ACTING = re.compile(
    r"[\\`*_{}\[\]<>#|~$!&@^]"
    r"|:(?=\S)"  # :emoji: and scheme://
    r"|(?<=[%=])[%=]"  # %%comments%% and ==marks== of Obsidian
    r"|(?<=\bwww)\."
    r"|^[-+=:](?!\d)|^[-+](?=\d)"  # lists, headings, definitions
    rf"|(?:{_NUMBERS})[.)](?=\s|$)",  # numbered lists
    re.IGNORECASE,
)


class Markdown(Markup):
    """CommonMark with footnotes."""

    name = "markdown"
    title = "Markdown"

    def text(self, text: str) -> str:
        return _ACTING.sub(r"\\\g<0>", text)

    def words(self, markup: str) -> str:
        bare = re.sub(r"^(?:\[\^[\w-]+\]:|\d+\. <a name=).*\n?", "", markup, flags=re.MULTILINE)
        bare = re.sub(r"(?<!\\)(?:\*\*|\[\^[\w-]+\]|<sup>.*?</sup>|</?\w[^>]*>)", "", bare)
        return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare)

    def strong(self, markup: str) -> str:
        return f"**{markup}**"

    def link(self, url: str) -> str:
        return f"<{url}>"

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        # A blank between them, for some show bare numbers: 1 and 2 are not 12.
        return " ".join(f"[^{note_name(document, k)}]" for k in notes)

    def table(self, document: Document, table: Table, known: set[int]) -> str:
        head = " | ".join(self.text(cell) for cell in table.head)
        rows = [" | ".join(self.said(document, cell, known) for cell in row) for row in table.rows]
        return "\n".join(f"| {row} |" for row in [head, " | ".join("---" for _ in table.head), *rows])

    def sources(self, document: Document) -> str:
        notes = enumerate(document.notes)
        return "\n\n".join(f"[^{note_name(document, k)}]: {self.text(n.words)}" for k, n in notes)


class GithubWiki(Markdown):
    """GitHub's wikis show no footnotes: numbers that lead to a list instead."""

    name = "github-wiki"
    title = "GitHub wiki"

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        return f"<sup>{', '.join(f'[{k + 1}](#{note_name(document, k)})' for k in notes)}</sup>"

    def sources(self, document: Document) -> str:
        items = [
            f'{k + 1}. <a name="{note_name(document, k)}"></a>'
            f"{self.strong(self.text(f'[{n.label}]'))} {self.text(note_words(n))}"
            for k, n in enumerate(document.notes)
        ]
        return "\n".join(items)
