"""DokuWiki's markup, with its footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.export.document import Document, Table
from assistant.export.markup import Markup


class DokuWiki(Markup):
    """Every text stands between signs within which DokuWiki reads nothing, typography included."""

    name = "dokuwiki"
    title = "DokuWiki"

    def text(self, text: str) -> str:
        # Two percent signs in a row would end the span; those stand in the other kind of span.
        parts = re.split(r"(%%+)", text)
        return "".join(
            f"<nowiki>{part}</nowiki>" if part.startswith("%%") else f"%%{part}%%" for part in parts if part
        )

    def words(self, markup: str) -> str:
        bare = re.sub(r"\(\(%%.*?%%\)\)", "", markup)
        return re.sub(r"\*\*(?=%%|<nowiki>)|(?<=%%)\*\*|%%|</?nowiki>", "", bare)

    def strong(self, markup: str) -> str:
        return f"**{markup}**"

    def link(self, url: str) -> str:
        return f"[[{url}]]"

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        # Equal footnotes become one, with a number of their own each time.
        return "".join(f"(({self.text(document.notes[k].words)}))" for k in notes)

    def table(self, document: Document, table: Table, known: set[int]) -> str:
        head = "^ " + " ^ ".join(self.text(cell) for cell in table.head) + " ^"
        rows = [
            "| " + " | ".join(self.said(document, c, known) or " " for c in row) + " |" for row in table.rows
        ]
        return "\n".join([head, *rows])
