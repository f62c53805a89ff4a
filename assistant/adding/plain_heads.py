"""The heads of a table's columns, which a text layer prints one behind the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.adding.cutting import heads_in

_CORNER = re.compile(
    r"(?:(?:Patient |Baseline )?Characteristics?|Variables?|Parameters?|Factors?|Items?|Outcomes?|Adverse events?|"
    r"Toxicit(?:y|ies)|Events?|Response|Features?|Category|Type of \w+|Endpoints?)\b"
    r"(?:[,:]? \(?[Nn]o?\.?\)? ?\(%\))?"
)


def column_heads(lines: Sequence[str], n: int, words: Counter[str]) -> tuple[str, list[str] | None]:
    """The corner and the head of each of ``n`` columns, None where they cannot be told."""
    text = " ".join(lines)
    found = _CORNER.match(text)
    corner = found[0] if found else ""
    rest = text[len(corner) :].strip()
    if n == 1:
        return (corner, [rest]) if rest else (corner, ["n (%)"] if corner.endswith("(%)") else None)
    if len(lines) == n and not found:
        return corner, list(lines)
    sized = re.split(r"(?<=\))\s+", rest)
    stacked = _stacked(lines, corner, n)
    for pieces in (sized, _with_p(rest, n), stacked, heads_in(rest, n, words) if rest else None):
        if pieces and len(pieces) == n and all(pieces):
            return corner, [p.strip() for p in pieces]
    return corner, None


def _stacked(lines: Sequence[str], corner: str, n: int) -> list[str] | None:
    """Heads over two lines, ``Arm A Arm B`` and ``(n = 20) (n = 21)`` below."""
    if len(lines) < 2:
        return None
    sizes = re.findall(r"\([^()]*\)|\bn\s*=\s*\d+|%", lines[-1])
    upper = " ".join(lines[:-1])[len(corner) :].strip()
    bare = re.sub(r"\b[Pp][- ]?[Vv]alues?|\b[Pp]$", "", upper).strip()
    many = n - 1 if bare != upper else n
    words = bare.split()
    if len(sizes) != many or len(words) % many:
        return None
    step = len(words) // many
    names = [" ".join(words[k * step : (k + 1) * step]) for k in range(many)]
    return [f"{a} {b}" for a, b in zip(names, sizes, strict=True)] + (["P value"] if many < n else [])


def _with_p(rest: str, n: int) -> list[str] | None:
    """Heads such as ``Arm A (n = 20) Arm B (n = 21) P value``: each ends with its size, the last is the p value."""
    found = re.findall(
        r"(\S.*?\((?:[Nn]\s*=\s*)?\d+\s*(?:%|patients)?\)(?:,? ?(?:[Nn]o\.?|n) ?\(%\))?|[Pp][- ]?[Vv]alues?|\bP\b|"
        r"HR\b.*?\(95% CI\)|95% CI)\s*",
        rest,
    )
    return found if len(found) == n else None
