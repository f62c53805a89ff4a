"""Which of two groups comes first, where a comparison names them before or behind their figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts_pieces import Piece
from assistant.spans import Span

_ON = r"(?:(?:with|in|on|after|for|the|those|patients|an?|given|receiving|treated)\s+)*"
_COMPARED = re.compile(
    rf"(?:^\W*|[;:,]\s*)(?:as\s+|when\s+)?(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|relative\s+to)\s+{_ON}$",
    re.IGNORECASE,
)
_THAN = re.compile(rf"\b(?:than|over)\s+{_ON}$", re.IGNORECASE)
_WERE_MORE = re.compile(
    r"[,)]?\s*(?:was|were|being)\s+(?:[a-z]+ly\s+)?(?:more|less|fewer|higher|lower|longer|shorter|better|worse|rarer|commoner|greater)\b"
    r"[^,;:.()]*$",
    re.IGNORECASE,
)


def compared_with(group: Span, text: str) -> bool:
    """``compared with A, OS was 83% vs. 70%``, ``higher than with A``: what the first figure is set against."""
    before = text[: group.start]
    return bool(_COMPARED.search(before) or _THAN.search(before))


def leads(group: Span, values: Sequence[Span], text: str) -> bool:
    """``at 31% against 20%, were more frequent with A``: the first figure is that of the group named last."""
    return group.start >= values[-1].end and bool(_WERE_MORE.fullmatch(text, values[-1].end, group.start))


def in_order(groups: Sequence[Span], values: Sequence[Span], text: str) -> Sequence[Span]:
    """``groups``, turned where ``compared with A, B improved OS (83% vs. 70%)`` names the second one first."""
    if len(groups) != 2 or any(g.end > values[0].start for g in groups):
        return groups
    first, second = groups
    turned = _COMPARED.search(text[: first.start]) and not compared_with(second, text)
    return [second, first] if turned else groups


_AGAINST = re.compile(r"\b(?:versus|vs\b\.?|against|compared|opposed|while|whereas)\b", re.IGNORECASE)


def blocks_around(values: Sequence[Span], groups: Sequence[Span], size: int, text: str) -> bool:
    """``OS and PFS in A were 80% and 70%, versus 60% and 50% in B``: the one group's figures, then the other's."""
    if len(groups) != 2 or len(values) != 2 * size:
        return False
    if groups[0].end > values[0].start or groups[1].start < values[-1].end:
        return False
    gaps = [bool(_AGAINST.search(text[a.end : b.start])) for a, b in pairwise(values)]
    return gaps == [k == size - 1 for k in range(len(gaps))]


_JUST_BEFORE = re.compile(r"\s*(?:arm|group|alone)?,\s")
_CLAUSE = re.compile(r"[,;:]\s|\)")


def arms_in_order(arms: Sequence[Span], spans: Sequence[Span], bracket: Piece, text: str) -> list[Span]:
    """Two ``arms`` as the clause before a bracket names them: ``B gave fewer responses (ORR 30% vs. 41%)``."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, bracket.start - 1)), default=0)
    own = {a.ids: a for a in arms}
    before = [s for s in spans if s.kind == "group" and s.ids in own and s.start < bracket.start]
    named = [s for s in before if begin <= s.start]
    named = named or [
        s for s in before[-1:] if _JUST_BEFORE.fullmatch(text, s.end, begin) and compared_with(s, text)
    ]
    ids = list(dict.fromkeys(s.ids for s in named))
    if len(arms) != 2 or not ids:
        return list(arms)
    first = ids[0]
    if compared_with(named[0], text) and (len(ids) == 1 or not compared_with(named[-1], text)):
        first = next(a.ids for a in arms if a.ids != first)
    return sorted(arms, key=lambda a: a.ids != first)
