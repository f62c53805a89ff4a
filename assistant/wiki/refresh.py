"""What becomes of a page when its blocks are asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape

from assistant.export import BUILT_IN, Document, Format, Paragraph, Said, format_named
from assistant.export.document import one_line
from assistant.model import AssistantError
from assistant.wiki.anchors import Anchors
from assistant.wiki.blocks import LENGTHS, OPTIONS, Block, Fault, State, blocks_of, digest, replaced, settled
from assistant.wiki.said import EARLIER, Spoken
from assistant.wiki.syntax import SYNTAXES, Syntax, syntax_of

_SUMMARY_CHARS = 160


class Status(StrEnum):
    """What a refresh found of a block."""

    UNCHANGED = "unchanged"
    FILLED = "filled"
    RENEWED = "provenance renewed"
    CHANGED = "changed"
    DECLINED_NOW = "declined now"
    HAND_EDITED = "edited by hand"
    STALE = "stale"
    MALFORMED = "malformed"


LEFT_ALONE = frozenset({Status.HAND_EDITED, Status.STALE, Status.MALFORMED})
"""What a person has to see to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a block's question."""

    document: Document
    declined: bool
    corpus: str
    keep: Callable[[], str] = str
    """Keeps the answer where it is called and gives its permalink, "" for none."""


Ask = Callable[[Block], Asked]
"""Answers a block's question; raises AssistantError where it cannot be asked."""
Told = Callable[[int, int], None]
"""Called with how many of the blocks are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of one block, or of a whole page that failed."""

    status: Status
    question: str
    detail: str = ""
    """Why, or what the block said before."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A page after its refresh."""

    text: str
    reports: tuple[Report, ...]

    @property
    def summary(self) -> str:
        """What was changed, for the history of the page."""
        counts = Counter(r.status for r in self.reports if r.status not in LEFT_ALONE)
        del counts[Status.UNCHANGED]
        parts = [f"{n} {status}" for status, n in counts.items()]
        told = [f"before: {r.detail}" for r in self.reports if r.detail and r.status in counts]
        return f"Answers of the review: {', '.join(parts)}" + (f" ({'; '.join(told)})" if told else "")


def refreshed(
    text: str,
    syntax: Syntax,
    ask: Ask,
    *,
    form: str | None = None,
    force: bool = False,
    told: Told = lambda done, total: None,
) -> Refreshed:
    """The page with its blocks asked again; what stands outside of them is left byte for byte.

    Args:
        text: the page.
        syntax: its kind.
        ask: answers a block.
        form: format of blocks that name none; None for the kind's own.
        force: whether blocks that were edited by hand are written over.
        told: is told how many blocks are done.
    """
    blocks, faults = blocks_of(text, syntax)
    reports: list[tuple[int, Report]] = [(fault.at, _fault(fault)) for fault in faults]
    before = Counter(one_line(block.question) for block in blocks)
    anchors = Anchors(block.body for block in blocks)
    # From the last to the first, so that the offsets of those before stay right.
    for n_done, block in enumerate(reversed(blocks), 1):
        before[one_line(block.question)] -= 1
        page = _Block(block, syntax, form, before[one_line(block.question)])
        anchors.remove(block.body)
        report, change = _refreshed_block(page, ask, force, anchors)
        anchors.add(block.body if change is None else change[0])
        if change is not None:
            text = replaced(text, block, *change)
        reports.append((block.start, report))
        told(n_done, len(blocks))
    return Refreshed(text, tuple(report for _, report in sorted(reports, key=lambda found: found[0])))


def _fault(fault: Fault) -> Report:
    return Report(Status.MALFORMED, fault.question, fault.message)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block and how it is to be written."""

    block: Block
    syntax: Syntax
    default: str | None
    n_before: int
    """How many blocks above it ask the same."""

    @property
    def key(self) -> str:
        """Hash of what is asked and of how it is written."""
        return digest(f"{self.block.key}\0{self.name}")

    @property
    def name(self) -> str:
        """Of the format."""
        return self.block.options.get("format") or self.default or self.syntax.formats[0]

    def form(self) -> Format:
        """The format.

        Raises:
            AssistantError: there is none of that name, or what it writes would not be read as markup here.
        """
        found = format_named(self.name)
        if self.name in BUILT_IN and self.name not in self.syntax.formats:
            known = ", ".join(self.syntax.formats)
            raise AssistantError(f"The format {self.name} does not fit this page.", f"Here fits: {known}.")
        return found


def _refreshed_block(
    page: _Block, ask: Ask, force: bool, anchors: Anchors
) -> tuple[Report, tuple[str, State] | None]:
    """What was found, and text and state to be written; None for none."""
    block = page.block
    if block.edited and not force:
        return Report(Status.HAND_EDITED, block.question, "left as it is; --force writes over it"), None
    try:
        form = page.form()
        _check_options(block)
        asked = ask(block)
    except AssistantError as error:
        return Report(Status.STALE, block.question, f"{error.message} {error.remedy}".rstrip()), None
    state, answer, corpus = block.state, digest(asked.document.hash), digest(asked.corpus)
    same = not block.edited and state is not None and (state.key, state.answer) == (page.key, answer)
    if same and state is not None and state.corpus == corpus:
        return Report(Status.UNCHANGED, block.question), None
    said = Spoken.of(form, block.body, rows=block.kind == "page")
    status = _status(state, page, asked, same)
    anchor = anchors.free(asked.document.anchor, block.body, page.n_before)
    document = _placed(asked, anchor, _earlier(said, state, status))
    body = form.render(document)
    new = State(document.origin.day, asked.declined, page.key, answer, corpus, digest(settled(body)))
    old = "" if same else said.gone(Spoken.of(form, body, rows=block.kind == "page"))
    return Report(status, block.question, f"“{_cut(old)}”" if old else ""), (body, new)


def _check_options(block: Block) -> None:
    """Refuse what a person mistyped, which would else be asked as a part of the question.

    Raises:
        AssistantError: there is no such option, or no such length.
    """
    if unknown := [name for name in block.options if name not in OPTIONS]:
        raise AssistantError(f"There is no option {unknown[0]}.", f"There are: {', '.join(OPTIONS)}.")
    if (length := block.options.get("length", "full")) not in LENGTHS:
        raise AssistantError(f"There is no length {length}.", f"Choose one of: {', '.join(LENGTHS)}.")


def _status(state: State | None, page: _Block, asked: Asked, same: bool) -> Status:
    if same:
        return Status.RENEWED
    if state is None and not page.block.body.strip():
        return Status.FILLED
    was_answer = state is not None and not state.declined and state.key == page.key
    return Status.DECLINED_NOW if asked.declined and was_answer else Status.CHANGED


def _earlier(said: Spoken, state: State | None, status: Status) -> str:
    """What is kept of an answer that no longer holds."""
    if status is Status.DECLINED_NOW and state is not None:
        return f"{said.text} ({state.day})"
    return said.kept if state is not None and state.declined else ""


def _placed(asked: Asked, anchor: str, earlier: str) -> Document:
    document = asked.document
    origin = replace(document.origin, permalink=asked.keep())
    parts = document.parts
    if earlier and asked.declined:
        parts = (*parts, Paragraph((Said(one_line(earlier)),), EARLIER))
    return replace(document, origin=origin, anchor=anchor, parts=parts)


def _cut(text: str) -> str:
    return text if len(text) <= _SUMMARY_CHARS else text[: _SUMMARY_CHARS - 1].rstrip() + "…"


def page_block(wanted: str, form: str, review: str | None, ask: Ask) -> str:
    """The page of a topic as a block of its own; without markers in a format that no page holds.

    Raises:
        AssistantError: there is no such page, or a marker cannot name it.
    """
    name = one_line(wanted)
    syntax = syntax_of(form)
    options = "".join(f" | {k}={v}" for k, v in (("format", form), ("review", review)) if v)
    kind = syntax or SYNTAXES["markdown"]
    page = kind.written.format(f"page: {escape(name) if kind.entities else name}{options}")
    empty = page + kind.written.format("end")
    blocks, faults = blocks_of(empty, kind)
    if faults or [block.question for block in blocks] != [name]:
        raise AssistantError(f"No marker can name {name}.", "Leave out --> and the like.")
    asked = ask(blocks[0])
    if syntax is None:
        return format_named(form).render(asked.document)
    return refreshed(empty, syntax, lambda block: asked).text
