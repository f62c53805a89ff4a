"""Text without markup, for e-mails and wikis that have none of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.export.document import Document, Table
from assistant.export.markup import Markup


class Plain(Markup):
    """Plain text. It escapes nothing, so that it does not belong into a page that knows markup."""

    name = "text"
    title = "Plain text"

    def text(self, text: str) -> str:
        return text

    def words(self, markup: str) -> str:
        return re.sub(r"^Sources\n(?:- .*\n)+", "", markup, flags=re.MULTILINE)

    def strong(self, markup: str) -> str:
        return markup

    def link(self, url: str) -> str:
        return url

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        return ""

    def table(self, document: Document, table: Table, known: set[int]) -> str:
        rows = [[self.said(document, cell, known) for cell in row] for row in table.rows]
        return "\n".join("\t".join(row) for row in [list(table.head), *rows])

    def sources(self, document: Document) -> str:
        return "Sources\n" + "\n".join(f"- {n.words}" for n in document.notes) if document.notes else ""
