"""HTML, and the storage format of Confluence, which is XHTML with elements of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assistant.export.document import Document, Table
from assistant.export.markup import Markup, note_name, note_words


class Html(Markup):
    """HTML for the body of a page."""

    name = "html"
    title = "HTML"

    def text(self, text: str) -> str:
        return html.escape(text)

    def words(self, markup: str) -> str:
        bare = re.sub(r"<sup>.*?</sup>|<ol>\n<li.*?\n</ol>", "", markup, flags=re.DOTALL)
        bare = re.sub(r"</t[dh]>(?=<t)", " | ", bare)
        return html.unescape(re.sub(r"<[^>]*>", "", bare))

    def strong(self, markup: str) -> str:
        return f"<strong>{markup}</strong>"

    def link(self, url: str) -> str:
        return f'<a href="{html.escape(url)}">{html.escape(url)}</a>'

    def paragraph(self, markup: str) -> str:
        return f"<p>{markup}</p>"

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        links = [self.inner_link(note_name(document, k), str(k + 1)) for k in notes]
        return f"<sup>{', '.join(links)}</sup>"

    def inner_link(self, name: str, shown: str) -> str:
        """A link to an anchor of the same page."""
        return f'<a href="#{name}">{shown}</a>'

    def anchored(self, name: str, markup: str) -> str:
        """An item of a list that ``inner_link`` leads to."""
        return f'<li id="{name}">{markup}</li>'

    def table(self, document: Document, table: Table, known: set[int]) -> str:
        head = "".join(f"<th>{self.text(cell)}</th>" for cell in table.head)
        rows = [
            "<tr>" + "".join(f"<td>{self.said(document, cell, known)}</td>" for cell in row) + "</tr>"
            for row in table.rows
        ]
        return "\n".join(["<table><tbody>", f"<tr>{head}</tr>", *rows, "</tbody></table>"])

    def sources(self, document: Document) -> str:
        items = [
            self.anchored(
                note_name(document, k),
                f"{self.strong(self.text(f'[{n.label}]'))} {self.text(note_words(n))}",
            )
            for k, n in enumerate(document.notes)
        ]
        return "\n".join(["<ol>", *items, "</ol>"]) if items else ""


class Confluence(Html):
    """The storage format; it has no footnotes, so that numbers lead to anchors in a list."""

    name = "confluence"
    title = "Confluence"

    def inner_link(self, name: str, shown: str) -> str:
        body = f"<ac:plain-text-link-body><![CDATA[{shown}]]></ac:plain-text-link-body>"
        return f'<ac:link ac:anchor="{name}">{body}</ac:link>'

    def anchored(self, name: str, markup: str) -> str:
        anchor = f'<ac:parameter ac:name="">{name}</ac:parameter>'
        return f'<li><ac:structured-macro ac:name="anchor">{anchor}</ac:structured-macro>{markup}</li>'
