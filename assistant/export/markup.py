"""What the formats share: the order of a document's parts, and which of them follow one another."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from assistant.export.document import Document, Note, Paragraph, Said, Table, origin_words

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")


class Markup(ABC):
    """A format that writes parts in their order, a blank line between them and none within."""

    name: str
    """As ``--format`` takes it."""
    title: str
    """As a button shows it."""

    def render(self, document: Document) -> str:
        """The document in this markup; ends in one line end."""
        return "\n\n".join(part for part in self._parts(document) if part) + "\n"

    @abstractmethod
    def words(self, markup: str) -> str:
        """What ``render`` made, without markup and notes; parts stay parted by blank lines, rows by line ends."""

    @abstractmethod
    def text(self, text: str) -> str:
        """Any text, such that nothing in it is markup."""

    @abstractmethod
    def strong(self, markup: str) -> str: ...

    @abstractmethod
    def link(self, url: str) -> str: ...

    @abstractmethod
    def marks(self, document: Document, notes: Sequence[int], known: set[int]) -> str:
        """What leads from a statement to notes; ``known`` are those that were led to before, and grows."""

    @abstractmethod
    def table(self, document: Document, table: Table, known: set[int]) -> str: ...

    def paragraph(self, markup: str) -> str:
        """A paragraph of it."""
        return markup

    def sources(self, document: Document) -> str:
        """The notes, where they do not stand in the text."""
        return ""

    def said(self, document: Document, said: Said, known: set[int]) -> str:
        """A statement followed by its citations: for each label ``[label]`` and what leads to its notes."""
        parts = [self.text(said.text)] if said.text else []
        by_label: dict[str, list[int]] = {}
        for k in said.notes:
            by_label.setdefault(document.notes[k].label, []).append(k)
        for label, notes in by_label.items():
            parts.append(self.text(f"[{label}]") + self.marks(document, notes, known))
        return " ".join(parts)

    def _parts(self, document: Document) -> Iterator[str]:
        known: set[int] = set()
        yield self.paragraph(self.strong(self.text(document.title)))
        for part in document.parts:
            if isinstance(part, Paragraph):
                lead = [self.strong(self.text(part.lead))] if part.lead else []
                said = [self.said(document, s, known) for s in part.said]
                yield self.paragraph(" ".join([*lead, *said]))
            else:
                yield self.paragraph(self.strong(self.text(part.title))) if part.title else ""
                yield self.table(document, part, known)
        yield self.sources(document)
        yield self.paragraph(self._origin(document))

    def _origin(self, document: Document) -> str:
        links = [self.link(address(f"https://doi.org/{doi}")) for doi in dois(document)]
        if document.origin.permalink:
            links.append(self.link(address(document.origin.permalink)))
        return " ".join([self.text(origin_words(document.origin)), *links])


def dois(document: Document) -> list[str]:
    """The well-formed DOIs of the document's reviews."""
    return [doi for doi in dict.fromkeys(d for _, d in document.origin.reviews) if _DOI.fullmatch(doi)]


def address(url: str) -> str:
    """``url`` with everything encoded that some wiki reads as markup, tildes and double underscores too."""
    return quote(url, safe=":/?=&%#").replace("~", "%7E").replace("__", "%5F%5F")


def note_name(document: Document, k: int) -> str:
    """The name of a note's footnote or anchor, of one document among several on a page."""
    return f"{document.anchor}-{k + 1}"


def note_words(note: Note) -> str:
    """A note without its label in brackets, for formats that set that apart."""
    return note.words.removeprefix(f"[{note.label}] ")
