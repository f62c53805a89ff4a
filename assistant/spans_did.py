"""Patients told by what they were given, and those who were not: ``who received maintenance than in those who did not``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans_numbers import Span

_PEOPLE = r"(?:patients|those|adults|children|participants|people|individuals|women|men)"
_WHO_DID = re.compile(
    rf"\b(?P<who>(?i:{_PEOPLE})\s+(?:who\s+(?:had\s+|also\s+|subsequently\s+)?(?:received|underwent)|receiving|undergoing)\s+(?:an?\s+|the\s+)?"
    r"(?P<what>[A-Za-z][\w/-]*(?:\s+(?!than\b|and\b|compared\b|versus\b|vs\b|as\b|was\b|were\b|had\b|at\b)[A-Za-z][\w-]*){0,3}))"
    r"(?=\s|[,(])[^;.]{0,80}?"
    rf"\b(?P<no>{_PEOPLE}\s+(?:who\s+(?:did|had|were)\s+not|not\s+(?:receiving|undergoing))\b(?:\s+(?:receive|undergo)\s+(?:it\b|them\b|(?:an?\s+|the\s+)?(?P=what)\b))?)(?=\s*[,;.()]|\s+(?:receive|undergo|it|was|were|had)\b|\s*$)"
)
_NOTHING = frozenset("treatment therapy treatments therapies".split())


def did_groups(text: str, known: Sequence[Span]) -> list[Span]:
    """The two groups of a sentence that sets those given something against those who were not.

    Args:
        text: one sentence, its signs folded.
        known: its groups that are named otherwise; none is found where one of them says what was given.
    """
    match = _WHO_DID.search(text)
    if match is None:
        return []
    over = [
        g for g in known for part in ("who", "no") if g.start < match.end(part) and match.start(part) < g.end
    ]
    if len(over) == 1 and (over[0].start, over[0].end) == match.span("who") and len(over[0].ids) == 1:
        return [Span("group", *match.span("no"), match["no"], (f"no-{over[0].ids[0]}",))]
    words = [w for w in re.findall(r"[a-z0-9]+", match["what"].lower()) if w not in _NOTHING]
    if over or not words:
        return []
    key = "-".join(words)
    return [
        Span("group", *match.span("who"), match["who"], (key,)),
        Span("group", *match.span("no"), match["no"], (f"no-{key}",)),
    ]
