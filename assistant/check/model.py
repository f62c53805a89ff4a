"""What a check gives back: a verdict for each statement of a text, with the place it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Citation, Fact


class Verdict(StrEnum):
    """What the corpus says of a statement."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"

    @property
    def words(self) -> str:
        """The verdict as a reader sees it."""
        return self.value.replace("_", " ")


WORST_FIRST = (Verdict.CONTRADICTED, Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE, Verdict.SUPPORTED)
FAILING = frozenset({Verdict.CONTRADICTED, Verdict.NOT_FOUND})
"""Verdicts that make a command exit 1."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of the text that was checked."""

    text: str
    """As it stands in the text."""
    start: int
    end: int
    """Offsets in the text that was checked, in characters."""
    verdict: Verdict
    reason: str
    """One sentence on why; for a contradiction what the review says and where."""
    citations: tuple[Citation, ...] = ()
    """The places of the review that the verdict rests on."""
    facts: tuple[tuple[Fact, int], ...] = ()
    """The review's facts that the verdict rests on, each with the index of its citation."""


def summary(judged: Iterable[Judged]) -> dict[str, int]:
    """How many statements got each verdict."""
    found = [j.verdict for j in judged]
    return {v.value: found.count(v) for v in reversed(WORST_FIRST)}


def worst(judged: Iterable[Judged]) -> Verdict:
    """The worst verdict among ``judged``; that of no statement is not checkable."""
    found = {j.verdict for j in judged}
    return next((v for v in WORST_FIRST if v in found), Verdict.NOT_CHECKABLE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement cut from a text, not yet judged."""

    start: int
    end: int
    reading: str
    """What is read for it: the statement without markup, a cell behind the heads of its row and column."""
    heading: str = ""
    """The headings it stands under, and the heads that name its study."""
    new_block: bool = False
    """Whether it opens a paragraph, bullet or table row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge found of one statement in one review."""

    verdict: Verdict
    reason: str
    facts: tuple[Fact, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    """(passage id, study) pairs beside those of the facts."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with, or not decided about, a statement's words."""

    verdict: Verdict
    reason: str
    passage: str = ""
    """Id of the passage that says otherwise."""
