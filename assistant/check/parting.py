"""A statement cut where it passes from one study to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.check.reading import StatementReader
from assistant.check.who import Mark, Namer, Subjects
from assistant.spans.numbers import LIST_SEPARATOR

_ASIDE = re.compile(
    r"\b(?:in contrast (?:to|with)|unlike|similar(?:ly)? to|comparable (?:to|with)|as (?:in|with))\b[^,;.:]{0,40}$",
    re.IGNORECASE,
)
"""Before a study that is only set beside the one spoken of."""
_JOINS = re.compile(r"^\W*(?:and|but|while|whereas|versus|vs\.?|as against|compared with)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement that speaks of one study."""

    text: str
    studies: tuple[str, ...]


class Parter:
    """Cuts statements.

    Args:
        namer: finds the studies named.
        reader: reads the parts' figures.
    """

    def __init__(self, namer: Namer, reader: StatementReader) -> None:
        self.namer = namer
        self.reader = reader

    def parts(self, text: str, subjects: Subjects) -> list[Part]:
        """The statement cut where it passes from one study to the next."""
        blank = self.namer.blanked(text, subjects)
        marks = _merged([m for m in subjects.marks if not _ASIDE.search(text[: m.start])] or subjects.marks)
        if len(marks) < 2:
            return [Part(blank, tuple(sorted(marks[0].studies)) if marks else subjects.default)]
        studies = [tuple(sorted(m.studies)) for m in marks]
        listed = self._in_order(blank, studies)
        if listed:
            return listed
        values = [s for s in self.reader.read(blank, studies[0][0]).spans if s.kind == "value"]
        values = [v for v in values if not v.ids] or values
        leads = not any(v.end <= marks[0].start for v in values)
        ends = [m.start for m in marks[1:]] if leads else [m.end for m in marks[:-1]]
        parts: list[Part] = []
        carried = ""
        for own, start, end in zip(studies, [0, *ends], [*ends, len(text)], strict=True):
            piece = blank[start:end]
            if any(s.kind == "measure" for s in self.reader.read(piece, own[0]).spans) or not carried:
                carried = self._stem(piece, own[0])
            else:
                piece = f"{carried} {_JOINS.sub('', piece)}"
            parts.append(Part(piece, own))
        return parts

    def _stem(self, piece: str, study: str) -> str:
        """What stands before the first figure of a part, which goes on for the next part."""
        spans = self.reader.read(piece, study).spans
        measure = next((s for s in spans if s.kind == "measure"), None)
        if measure is None:
            return ""
        values = [s for s in spans if s.kind == "value" and s.start >= measure.end]
        if values:
            return piece[: values[0].start].strip()
        times = [s.text for s in spans if s.kind == "time" or (s.ids and s.kind == "value")]
        return f"{' '.join(times)} {measure.text} was"

    def _in_order(self, text: str, studies: Sequence[tuple[str, ...]]) -> list[Part]:
        """``12% and 34.5% in A and B, respectively``: a part for each study; [] where it is none."""
        values = [s for s in self.reader.read(text, studies[0][0]).spans if s.kind == "value" and s.unit]
        values = [v for v in values if not v.ids] or values
        listed = all(LIST_SEPARATOR.fullmatch(text[a.end : b.start]) for a, b in pairwise(values))
        if not (listed and len(values) == len(studies) and len({v.unit for v in values}) == 1):
            return []
        parts = []
        for value, own in zip(values, studies, strict=True):
            others = [v for v in values if v is not value]
            piece = re.sub(r"\brespective(?:ly)?\b", "", text[: values[0].start]) + value.text + "."
            parts.append(Part(piece if others else text, own))
        return parts


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """Marks of one study in a row as one, from the first's start to the last's end."""
    result: list[Mark] = []
    for mark in marks:
        last = result[-1] if result else None
        if last and last.studies & mark.studies:
            result[-1] = replace(last, end=mark.end, studies=last.studies & mark.studies)
        else:
            result.append(mark)
    return result
