"""The blocks of a page: where each begins and ends, what it asks, and what was last written into it."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType

from assistant.wiki.syntax import Syntax
from assistant.wiki.verbatim import Span

OPTIONS = ("format", "review", "length")
_OPTION = re.compile(r"\s*([^\W\d][\w-]*)\s*=\s*([\w.-]+)\s*")
_STATE = re.compile(
    r"(\d{4}-\d\d-\d\d) (answered|declined) ([0-9a-f]{12})-([0-9a-f]{12})-([0-9a-f]{12})-([0-9a-f]{12})"
)
LENGTHS = ("full", "short")


@dataclass(frozen=True, slots=True)
class State:
    """What a block knows of its last refresh; twelve hex digits a hash."""

    day: str
    declined: bool
    key: str
    """Of question and options."""
    answer: str
    corpus: str
    body: str

    def __str__(self) -> str:
        said = "declined" if self.declined else "answered"
        return f"{self.day} {said} {self.key}-{self.answer}-{self.corpus}-{self.body}"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; offsets are those of its page's text."""

    kind: str
    """``ask`` for a question, ``page`` for the page of a topic."""
    question: str
    options: Mapping[str, str]
    """``format``, ``review`` and ``length`` where they are given, and whatever else looks like an option."""
    start: int
    """Of what stands between the markers."""
    end: int
    end_of_word: int
    """After the word ``end`` in the closing marker."""
    end_of_state: int
    body: str
    state: State | None
    """None where the block was never filled."""

    @property
    def key(self) -> str:
        """Hash of what is asked, how."""
        return digest(
            "\0".join([self.kind, self.question, *(f"{k}={v}" for k, v in sorted(self.options.items()))])
        )

    @property
    def edited(self) -> bool:
        """Whether the text in it is not what was written into it last."""
        return digest(settled(self.body)) != self.state.body if self.state else bool(self.body.strip())


@dataclass(frozen=True, slots=True)
class Fault:
    """A marker without its other half, or where none is read."""

    at: int
    """Its offset."""
    question: str
    """"" for an end without a beginning."""
    message: str


def digest(text: str) -> str:
    """The first twelve hex digits of the text's sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def settled(body: str) -> str:
    """A block's text without what wikis change when they save: line ends, blank ends, composition."""
    lines = body.replace("\r\n", "\n").split("\n")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines).strip())


def blocks_of(text: str, syntax: Syntax) -> tuple[list[Block], list[Fault]]:
    """The blocks of a page in order, and what is wrong with its markers.

    A block is what stands between a beginning and the next end, without a beginning between them; what
    a page shows as an example (code, text that is not read as markup) is none.
    """
    blocks: list[Block] = []
    faults: list[Fault] = []
    opened: re.Match[str] | None = None
    shown = list(syntax.verbatim.spans(text))
    markers = [match for match in syntax.marker.finditer(text) if not _within(match.start("marker"), shown)]
    for match in markers:
        if match["kind"]:
            if opened is not None:
                faults.append(_unclosed(opened, syntax))
            opened = match
        elif opened is None:
            faults.append(Fault(match.start(), "", "an end without a beginning"))
        else:
            blocks.append(_block(text, opened, match, syntax))
            opened = None
    if opened is not None:
        faults.append(_unclosed(opened, syntax))
    known = sorted([match.span() for match in markers] + [(block.start, block.end) for block in blocks])
    return blocks, faults + _strays(text, syntax, shown, known)


def _within(at: int, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, which are in order and do not overlap, holds the offset."""
    k = bisect_right(spans, at, key=itemgetter(0)) - 1
    return k >= 0 and at < spans[k][1]


def _strays(text: str, syntax: Syntax, shown: Sequence[Span], known: Sequence[Span]) -> list[Fault]:
    """What was meant as a marker and is none: neither ``shown`` as it is, nor in what is ``known``."""
    found = [
        match
        for match in syntax.stray.finditer(text)
        if not _within(match.start(), shown) and not _within(match.start(), known)
    ]
    inline = list(syntax.inline(text)) if found else []
    told = "a marker needs a line of its own, and no --> in its question"
    return [
        Fault(match.start(), (match["question"] or "").strip(), told)
        for match in found
        if not _within(match.start(), inline)
    ]


def _asked(opened: re.Match[str], syntax: Syntax) -> tuple[str, dict[str, str]]:
    question: str = opened["question"]
    options: dict[str, str] = {}
    while True:
        before, bar, last = question.rpartition("|")
        option = _OPTION.fullmatch(last)
        if not bar or option is None:
            break
        options.setdefault(option[1], option[2])
        question = before
    return (html.unescape(question) if syntax.entities else question).strip(), options


def _unclosed(opened: re.Match[str], syntax: Syntax) -> Fault:
    return Fault(
        opened.start("marker"), _asked(opened, syntax)[0], "no end before the next block or the page's end"
    )


def _block(text: str, opened: re.Match[str], closed: re.Match[str], syntax: Syntax) -> Block:
    question, options = _asked(opened, syntax)
    known = _STATE.fullmatch((closed["state"] or "").strip())
    state = State(known[1], known[2] == "declined", *known.groups()[2:]) if known else None
    return Block(
        opened["kind"],
        question,
        MappingProxyType(options),
        opened.end(),
        closed.start(),
        closed.end("end"),
        closed.end("state") if closed["state"] is not None else closed.end("end"),
        text[opened.end() : closed.start()],
        state,
    )


def replaced(text: str, block: Block, body: str, state: State) -> str:
    """The page with other text and state in a block; everything else stays as it is."""
    newline = "\r\n" if "\r\n" in text[max(0, block.start - 2) : block.start + 2] else "\n"
    filled = f"\n\n{body.strip()}\n\n".replace("\n", newline)
    closing = text[block.end : block.end_of_word]
    return f"{text[: block.start]}{filled}{closing} {state}{text[block.end_of_state :]}"
