"""What an export is made of, in plain text: a title, paragraphs and tables, notes, and where it comes from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.terminal.terminal import safe

DECLINED = "Not answered from the review."
CONFLICT = "The review disagrees with itself."
_MARKS = re.compile(r"(?: \[[^\[\]]{1,80}\])+$")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Note:
    """What a citation rests on."""

    label: str
    """As it is shown between square brackets, e.g. ``Study 12``."""
    place: str
    quote: str
    """The sentence or cell; "" where only the place is wanted."""
    reference: str
    """Authors, title and journal; "" where there is no reference."""

    @property
    def words(self) -> str:
        """The note in a line, the label before all."""
        quote = f": “{self.quote}”" if self.quote else "."
        return f"[{self.label}] {self.place}{quote} {self.reference}".rstrip()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, or the text of a table's cell."""

    text: str
    notes: tuple[int, ...] = ()
    """Indices into the document's notes."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Statements after one another."""

    said: tuple[Said, ...]
    lead: str = ""
    """A word of warning before them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a document was made."""

    reviews: tuple[tuple[str, str], ...]
    """Title and DOI of each review it draws on; a DOI may be ""."""
    corpus: str
    """Hash of the corpus."""
    version: str
    """Of this program; "" where it is not known."""
    day: str
    """ISO 8601."""
    permalink: str = ""
    """The whole address of the kept answer; "" for none."""


@dataclass(frozen=True, slots=True)
class Document:
    """All of an export. Every text in it is on one line and holds no invisible character."""

    title: str
    parts: tuple[Paragraph | Table, ...]
    notes: tuple[Note, ...]
    origin: Origin
    anchor: str
    """Begins the names of its footnotes and anchors; letters, digits and hyphens."""

    @property
    def hash(self) -> str:
        """sha256 over all but where and when it was made, hex."""
        parts = [
            [type(p).__name__, repr(p)]
            if isinstance(p, Table)
            else [p.lead, [[s.text, *s.notes] for s in p.said]]
            for p in self.parts
        ]
        notes = [[n.label, n.place, n.quote, n.reference] for n in self.notes]
        content = json.dumps([self.title, parts, notes], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def one_line(text: str) -> str:
    """``text`` in composed form on one line, without what is invisible or no wiki's XML may hold.

    Wikis compose what they store, so that only composed text comes back as it was sent.
    """
    legal = _NOT_XML.sub("", safe(text.encode("utf-8", "replace").decode()))
    return unicodedata.normalize("NFC", " ".join(legal.split()))


def anchor_of(question: str) -> str:
    """The anchor of the answer to ``question``; the same on every page and day."""
    return "ask-" + hashlib.sha256(one_line(question).encode()).hexdigest()[:8]


def answer_document(
    answer: Mapping[str, Any],
    labels: Sequence[str],
    references: Sequence[str],
    origin: Origin,
    *,
    quotes: bool = True,
) -> Document:
    """An answer as a document.

    Args:
        answer: the contract's object (see README, "For programs").
        labels: of its citations, in their order.
        references: in words, one a citation; "" where there is none.
        origin: where and when it was given.
        quotes: whether each note has the sentence or cell it rests on.
    """
    places = [(one_line(c["locator"]), one_line(c["quote"]) if quotes else "") for c in answer["citations"]]
    every = [
        Note(one_line(label), place, quote, one_line(reference))
        for label, reference, (place, quote) in zip(labels, references, places, strict=True)
    ]
    notes = list(dict.fromkeys(every))
    at = [notes.index(note) for note in every]

    def said(text: str, citations: Sequence[int]) -> Said:
        return Said(one_line(text), tuple(dict.fromkeys(at[k] for k in citations)))

    conflicts = {c["note"] for c in answer["conflicts"]}
    statements = [said(s["text"], s["citations"]) for s in answer["statements"] if s["text"] not in conflicts]
    if not answer["statements"]:
        statements = [Said(one_line(_MARKS.sub("", answer["answer"])))]
    lead = DECLINED if answer["status"] == "declined" else ""
    parts = [Paragraph((s,), lead if k == 0 else "") for k, s in enumerate(statements)]
    parts += [Paragraph((said(c["note"], c["citations"]),), CONFLICT) for c in answer["conflicts"]]
    cited = {k for part in parts for s in part.said for k in s.notes}
    rest = tuple(k for k in range(len(notes)) if k not in cited)
    if rest and parts:
        *before, last = parts
        more = Said(last.said[-1].text, last.said[-1].notes + rest)
        parts = [*before, Paragraph((*last.said[:-1], more), last.lead)]
    question = one_line(answer["question"])
    return Document(question, tuple(parts), tuple(notes), origin, anchor_of(question))


def origin_words(origin: Origin) -> str:
    """Review, corpus, version and day in a line; the addresses follow it as links."""
    titles = "; ".join(dict.fromkeys(one_line(title) for title, _ in origin.reviews if title))
    program = f", review-assistant {origin.version}" if origin.version else ""
    review = f"Review: {titles}. " if titles else ""
    return f"{review}Answered {origin.day}, corpus {origin.corpus[:12]}{program}."
