"""How many patients had each of several treatments that a sentence lists: ``A was given to 40, B to 30 and C to 20``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.labels import group_ids
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_WHAT = r"(?P<what>[A-Za-z][\w-]{4,}(?:\s+[a-z][\w-]{4,})?)"
_N = r"(?P<n>\d{1,4})(?=\s*(?:,|;|\.(?!\d)|\(|$|and\b|patients\b))"
_GIVEN_TO = re.compile(
    rf"(?:^|,\s+|;\s+|\band\s+)(?:{_WHAT}\s+(?:was|were)\s+)?(?:given|administered|offered)\s+to\s+{_N}",
    re.IGNORECASE,
)
_ANY_GIVEN = re.compile(r"\b(?:given|administered|offered)\s+to\s+\d")
_THEN_TO = re.compile(rf"(?:,\s+|\band\s+){_WHAT}\s+to\s+{_N}")
_COMBINED = re.compile(r"\bcombined\s+with\b")
_WITH = re.compile(rf"\b(?:combined|and)\s+with\s+{_WHAT}\s+in\s+{_N}")


def given_apart(spans: list[Span], text: str, matchers: Matchers) -> tuple[list[Span], list[Fact]]:
    """``spans`` without the counts of two or more treatments that the sentence gives in turn, and these as facts."""
    values = {s.start: s for s in spans if s.kind == "value"}
    told = [(m, values[m.start("n")]) for m in _given(text) if m.start("n") in values]
    ids = [group_ids(m["what"], matchers) for m, _ in told]
    if len(told) < _SEVERAL or not all(ids) or len(set(ids)) < len(ids):
        return spans, []
    facts = [
        Fact(
            "",
            "n_patients",
            v.text,
            "",
            unit="patients",
            group=g,
            group_label=m["what"],
            n=int(m["n"]),
            start=v.start,
            end=v.end,
        )
        for (m, v), g in zip(told, ids, strict=True)
    ]
    counts = [v for _, v in told]
    places = [m.span("what") for m, _ in told]
    named = [s for s in spans if s.kind == "group" and any(s.start < b and a < s.end for a, b in places)]
    return [s for s in spans if s not in counts and s not in named], facts


def _given(text: str) -> Iterator[re.Match[str]]:
    """The treatments that a sentence says how many had."""
    if given := _ANY_GIVEN.search(text):
        yield from (m for m in _GIVEN_TO.finditer(text) if m["what"])
        yield from _THEN_TO.finditer(text, given.end())
    if combined := _COMBINED.search(text):
        yield from _WITH.finditer(text, combined.start())


_SEVERAL = 2
