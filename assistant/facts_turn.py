"""Figures of a clause that leaves its groups unsaid: those that the clause before told, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts_linking import Carry, Pair, all_linked, is_change
from assistant.facts_pieces import Piece
from assistant.spans import Span

Groups = tuple[Span, ...]


_OR = re.compile(r"\s*(?:\([^()]*\)\s*)?or\s+(?:an?\s+|the\s+|with\s+)*", re.IGNORECASE)


def alternatives(groups: Sequence[Span], text: str) -> bool:
    """``patients with a mutation of A or B``: one group told by either, not two that figures are set against."""
    return any(bool(_OR.fullmatch(text, a.end, b.start)) for a, b in pairwise(groups) if a.end <= b.start)


def told_in_turn(pairs: Sequence[Pair], arms: Sequence[Span]) -> list[Groups]:
    """The groups of a measure's figures, one each: ``72% in the young and 80% in the older group``.

    None where a figure has no group of its own, or that of a part of an arm. One of the groups may be empty:
    ``80%, against 49% in historical controls``.
    """
    of_measures = [p for p in pairs if p[1] is not None]
    ids = [frozenset(i for g in groups for i in g.ids) for _, _, groups, _ in of_measures]
    if len(ids) < 2 or len(set(ids)) != len(ids) or len({p[1].ids for p in of_measures if p[1]}) > 1:
        return []
    if any(set(a.ids) < i for a in arms for i in ids):
        return []
    return [groups for _, _, groups, _ in of_measures]


def in_turn(values: Sequence[Span], piece: Piece, text: str, carry: Carry) -> list[Groups]:
    """The groups of ``whereas EFS was 13% versus 14%``, one a figure; none where the clause names its own."""
    if len(carry.turn) != len(values) or piece.of("group") or not all_linked(values, text):
        return []
    if any(len(piece.of(kind)) > 1 for kind in ("time", "grade", "cycle")):
        return []
    return [] if is_change(values, text) else carry.turn


_OF_SOME = re.compile(
    r"\s*(?:patients?\s*)?(?:\([^()]*\)\s*)?(?:patients?\s+)?(?:of\s+(?:those|patients)\s+)?(?:in|with|for|among|on|after)\s+[A-Za-z]"
)


def keep_turn(piece: Piece, pairs: Sequence[Pair], carry: Carry, text: str) -> None:
    """Remember for the clauses that follow whose figures ``pairs`` are; a clause with other groups ends it."""
    told = told_in_turn(pairs, carry.arms)
    if told or piece.of("group"):
        carry.turn = told
    unread = [v for v, measure, groups, _ in pairs if v.unit == "%" and not (measure and groups)]
    if piece.firm() and len(unread) > 1:
        carry.unsure = all(_OF_SOME.match(text, v.end) for v in unread)
    elif piece.of("group"):
        carry.unsure = False
