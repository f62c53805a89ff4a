"""Measures of what somebody is free of: ``60% were free of progression`` tells how many did not progress."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans_numbers import Span

_FREE_OF = re.compile(
    r"\bfree\s+(?:of|from)\s+(?:(?!and\b|or\b|in\b|with\b|was\b|were\b|had\b)[\w-]+\s+){0,3}$"
)


_FREED = {
    "PD": "PFS",
    "relapse": "RFS",
    "transfusion_need": "transfusion_independence",
    "rbc_transfusion": "transfusion_independence",
}


def freed(measure: Span, text: str) -> Span | None:
    """The measure that a figure tells of: the opposite of what somebody is free of, None where that has no name."""
    said = _FREE_OF.search(text[: measure.start])
    if said is None:
        return measure
    other = _FREED.get(measure.ids[0], "")
    return (
        replace(measure, start=said.start(), text=text[said.start() : measure.end], ids=(other,))
        if other
        else None
    )
