"""Whom a sentence points back to by their number: ``In these 63, …`` behind ``80 patients, 63 of whom had …``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.span import Span

_THESE = re.compile(r"\b(?:in|among|of|for)\s+(?:these|those)\s+(\d+)(?=\s*[,.;:]|\s+\w+)", re.IGNORECASE)


def counted_groups(facts: Sequence[Fact], groups: Sequence[Span]) -> dict[int, Span]:
    """The groups that a sentence counts, by their number; none where two have the same."""
    spans = {frozenset(g.ids): g for g in groups}
    counts = [
        (f.n, spans[f.group])
        for f in facts
        if f.attribute == "n_patients" and f.n is not None and f.group in spans
    ]
    numbers = [n for n, _ in counts]
    return {n: span for n, span in counts if numbers.count(n) == 1}


def pointed_at(text: str, counted: Mapping[int, Span], otherwise: Sequence[Span]) -> Sequence[Span]:
    """The group of the sentence before whose number ``text`` repeats; else ``otherwise``."""
    match = _THESE.search(text)
    span = counted.get(int(match[1])) if match else None
    return [span] if span else otherwise
