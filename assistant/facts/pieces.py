"""Pieces of a sentence within which its figures find their measures, and its brackets that state something of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.spans.span import TIME_UNITS, Span

PART_OF = re.compile(r"\s+(?:patients\s+)?of\s+(?:them|these|those|whom|which)\b", re.IGNORECASE)
"""Behind a count: so many of those just counted."""
QUALIFIERS = frozenset({"pvalue", "ci", "spread"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with what was found in it, sorted by kind."""

    start: int
    end: int
    spans: tuple[Span, ...]

    def of(self, kind: str) -> list[Span]:
        """The spans of one kind, in order."""
        return [s for s in self.spans if s.kind == kind]

    def values(self) -> list[Span]:
        """Figures that may stand for a measure (p-values, intervals and spreads aside)."""
        return [s for s in self.spans if s.kind == "value" and s.unit not in QUALIFIERS]

    def firm(self) -> list[Span]:
        """Measures that are not also groups, where there are any."""
        measures = self.of("measure")
        return [m for m in measures if not m.dual] or measures


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the outermost brackets that close."""
    opened: list[int] = []
    for i, char in enumerate(text):
        if char in "([":
            opened.append(i)
        elif char in ")]" and opened:
            start = opened.pop()
            if not opened:
                yield start, i + 1


def nested(spans: Sequence[Span], text: str) -> tuple[list[Span], list[Piece]]:
    """The spans outside, and each bracket that states something of its own.

    ``(odds ratio 2.5, 95% CI …)`` has a measure of its own, ``(arm A, n = 40)`` a group,
    ``(1, 10 and 30 mg)`` amounts only.
    """
    outer, inner = list(spans), []
    for start, end in brackets(text):
        start = _own_part(outer, text, start, end)
        inside = [s for s in outer if start < s.start and s.end <= end]
        piece = Piece(start + 1, end - 1, tuple(inside))
        values = piece.values()
        if not values:
            continue
        own = any(m for m in piece.firm() if not m.dual and m.start > start)
        counts = all(v.unit == "patients" and not v.percent and v.total is None for v in values)
        listed = counts and (bool(piece.of("group")) or "=" in values[0].text)
        graded = _graded_part(piece, text) or _is_graded_pair(piece.spans, outer, text)
        if own or listed or graded or all(v.unit == "amount" for v in values):
            outer = [s for s in outer if s not in inside]
            inner.append(piece)
    return outer, inner


_FIGURE_BEFORE = re.compile(
    r"[\d%]\s*(?:\(\d[\d.]*\s?%\)\s*)?(?:of\s+)?(?:the\s+|all\s+)?(?:patients|participants|subjects|cases|recipients)?\s*$"
)


def _graded_part(piece: Piece, text: str) -> bool:
    """``(grade ≥ 3: 8.2%)`` behind a figure of all grades: a grade before each figure of the bracket."""
    grades, values = piece.of("grade"), piece.values()
    first = len(grades) == len(values) and all(g.end <= v.start for g, v in zip(grades, values, strict=True))
    return first and not piece.firm() and bool(_FIGURE_BEFORE.search(text[: piece.start - 1]))


def _own_part(spans: Sequence[Span], text: str, start: int, end: int) -> int:
    """Where what a bracket says of its own begins: ``(90% vs. 80%; HR 0.70)`` first gives the figures outside it."""
    cut_at = text.find(";", start, end)
    first = [s for s in spans if start < s.start and s.end <= cut_at]
    later = [s for s in spans if cut_at < s.start and s.end <= end]
    results = [s for s in first if s.kind == "value" and (s.unit == "%" or s.unit in TIME_UNITS)]
    if first and _is_graded_pair(later, spans, text):
        return cut_at
    timed = [s for s in first if s.kind == "time"]
    if not results or len(results) + len(timed) != len(first) or not any(s.kind == "measure" for s in later):
        return start
    return cut_at


_PAIR = 2
_VERSUS = re.compile(r"\s*(?:vs\.?|versus|and|,)\s*")


def _is_graded_pair(inside: Sequence[Span], spans: Sequence[Span], text: str) -> bool:
    """``61% with A vs. 48% with B (grade \u2265 3: 22% vs. 14%)``: two figures of a grade behind those of all grades."""
    shares = [s for s in inside if s.kind == "value"]
    if len(inside) != _PAIR + 1 or len(shares) != _PAIR or inside[0].kind != "grade":
        return False
    if any(s.unit != "%" for s in shares) or not _VERSUS.fullmatch(text, shares[0].end, shares[1].start):
        return False
    named = [s.end for s in spans if s.kind == "measure" and s.end <= inside[0].start]
    told = [
        s for s in spans if named and s.kind == "value" and named[-1] <= s.start and s.end <= inside[0].start
    ]
    return len(told) == _PAIR


def in_parenthesis(text: str) -> bool:
    """Whether the end of ``text`` stands inside a parenthesis."""
    return text.count("(") > text.count(")")
