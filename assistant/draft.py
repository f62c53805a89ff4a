"""What the answering layer hands on: sentences with their support, not yet verified or rendered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.model import Derivation, Fact, Status

VERDICT = re.compile(r"^(?P<word>Yes|No|Not significantly): ")
"""Stands before what an answer to a question of yes or no says."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, the passages it rests on and the facts it states."""

    text: str
    support: tuple[tuple[str, str], ...]
    """(passage id, study id) of each citation."""
    facts: tuple[Fact, ...] = ()
    derivation: Derivation | None = None
    verbatim: bool = False
    """Whether the text is the passage's own."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification."""

    status: Status
    lines: tuple[Line, ...] = ()
    conflicts: tuple[Line, ...] = ()
    studies: tuple[str, ...] = ()
    """The studies it speaks of, for the next turn."""
    sure: float = 1.0
    """How well the question was understood, 0 to 1; decides between several reviews."""
    told: bool = False
    """Whether it is the very sentence that the question's words demand; no other passage then stands in its place."""
    accounted: bool = False
    """Whether the rule that gave the verdict looked at every word of the question."""

    def cautioned(self, text: str) -> Draft:
        """The draft with a last sentence on its figures together, cited to one place of each study."""
        places = {study: (passage, study) for li in reversed(self.lines) for passage, study in li.support}
        return self.plus(Line(text, tuple(places[s] for s in self.studies if s in places)))

    def plus(self, *lines: Line) -> Draft:
        """The draft with further sentences."""
        return replace(self, lines=self.lines + lines)


def answered(
    lines: Iterable[Line],
    studies: Iterable[str] = (),
    *,
    conflicts: Iterable[Line] = (),
    sure: float = 1.0,
) -> Draft:
    """A draft that answers."""
    return Draft(Status.ANSWERED, tuple(lines), tuple(conflicts), tuple(dict.fromkeys(studies)), sure)


def declined(
    text: str, studies: Iterable[str] = (), support: Iterable[tuple[str, str]] = (), sure: float = 1.0
) -> Draft:
    """A draft that says what is missing."""
    line = Line(text, tuple(support))
    return Draft(Status.DECLINED, (line,), studies=tuple(studies), sure=sure)


def of_fact(text: str, fact: Fact) -> Line:
    """A sentence that states one fact."""
    return Line(text, support_of([fact]), (fact,))


def support_of(facts: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    """The support of a sentence that rests on ``facts``: where they stand, each place once."""
    return tuple(dict.fromkeys((f.passage, f.study) for f in facts))


def both(whole: Draft, parts: Sequence[Draft]) -> Draft:
    """The answer to a message of two questions: ``whole`` where it says all that the answers to each say."""
    said = [d for d in parts if d.status is Status.ANSWERED]
    declined_whole = whole.status is Status.DECLINED
    figures = [line.facts or (declined_whole and line.derivation) for d in said for line in d.lines]
    if not said or not all(figures):
        return whole
    stated = {f for line in whole.lines for f in line.facts}
    told = {f for d in said for line in d.lines for f in line.facts}
    quoted = any(line.verbatim for d in said for line in d.lines)
    same = told <= stated and len(said) == len(parts)
    more = told < stated and len(said) < len(parts)
    if not declined_whole and (not stated or quoted or same or more):
        return whole
    lines = tuple(dict.fromkeys(line for d in parts for line in d.lines))
    studies = tuple(dict.fromkeys(s for d in parts for s in d.studies))
    conflicts = tuple(dict.fromkeys(c for d in parts for c in d.conflicts))
    return Draft(Status.ANSWERED, lines, conflicts, studies, min(d.sure for d in parts))
