"""Bare numbers that count patients, by what stands beside them: ``CR in 9, PR in 4``, ``(2 CR, 1 PR)``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans import Span

RESPONSES = frozenset(
    {
        "CR",
        "CRi",
        "CRh",
        "CRp",
        "CRu",
        "CRc",
        "PR",
        "SD",
        "PD",
        "MLFS",
        "VGPR",
        "sCR",
        "nCR",
        "mCR",
        "MR",
        "CMR",
        "PMR",
        "HI",
        "CR/CRi",
    }
)
_IN = re.compile(
    r"\s+(?:(?:was|were)\s+(?:seen\s+|found\s+|reported\s+|observed\s+|noted\s+|recorded\s+)?)?in\s+"
)
_ENDS = re.compile(r"\s*(?:[,;.)](?!\d)|\band\b|$)")
_OPENS = re.compile(r"(?:[(\[,;:]|\b(?:and|with|were|had|including|plus))\s*$", re.IGNORECASE)


def counted_beside(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with bare numbers as counts where a measure or grade stands straight before ``in`` or behind them."""
    result = list(spans)
    for i, span in enumerate(spans):
        if span.kind != "value" or span.unit or not span.text.isdecimal() or len(span.text) > 3:
            continue
        before = spans[i - 1] if i else None
        after = spans[i + 1] if i + 1 < len(spans) else None
        within = (
            before is not None
            and before.kind in {"measure", "grade"}
            and bool(_IN.fullmatch(text, before.end, span.start) and _ENDS.match(text, span.end))
        )
        named = (
            after is not None and after.kind == "measure" and after.ids[0] in RESPONSES and after.text[:1].isupper()
            and text[span.end : after.start] == " " and bool(_OPENS.search(text[: span.start]))
        )  # fmt: skip
        if within or named:
            result[i] = replace(span, unit="patients", n=int(span.text))
    return result
