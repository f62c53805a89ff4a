"""MediaWiki's markup, with the footnotes of its extension Cite."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assistant.export.document import Document, Table
from assistant.export.markup import Markup, note_name

_ACTING = re.compile(
    r"[<>&\[\]{}|'~=*#;!]"
    r"|:(?!\s|$)|^:"  # schemes and indents; "OS: 61%" stays as it is
    r"|_(?=_)|(?<=_)_"  # __TOC__
    r"|-(?=[-{])|^-"
    r"|\b[IRP](?=SBN\s|FC\s|MID\s)"  # numbers of books and papers become links
)


class MediaWiki(Markup):
    """Wikitext; what could act is written as numeric entities, which no parser step reads as markup."""

    name = "mediawiki"
    title = "MediaWiki"

    def text(self, text: str) -> str:
        return _ACTING.sub(lambda match: f"&#{ord(match[0])};", text)

    def words(self, markup: str) -> str:
        bare = re.sub(r"<ref name=[^>]*/>|<ref name=[^>]*>.*?</ref>|'''", "", markup)
        bare = re.sub(r"\n[!|](?: |$)", " | ", bare, flags=re.MULTILINE)
        bare = re.sub(r"^(?:\{\| class=\"wikitable\"|\|-) \| |^\|\}$", "", bare, flags=re.MULTILINE)
        return html.unescape(re.sub(r"\[(https?://\S+) \S+\]", r"\1", bare))

    def strong(self, markup: str) -> str:
        return f"'''{markup}'''"

    def link(self, url: str) -> str:
        return f"[{url} {url}]"

    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        return "".join(self._mark(document, k, known) for k in notes)

    def table(self, document: Document, table: Table, known: set[int]) -> str:
        lines = ['{| class="wikitable"']
        lines += [f"! {self.text(cell)}" for cell in table.head]
        for row in table.rows:
            lines += ["|-", *(f"| {self.said(document, cell, known)}" for cell in row)]
        return "\n".join([*lines, "|}"])

    def _mark(self, document: Document, k: int, known: set[int]) -> str:
        name = note_name(document, k)
        if k in known:
            return f'<ref name="{name}" />'
        known.add(k)
        return f'<ref name="{name}">{self.text(document.notes[k].words)}</ref>'
