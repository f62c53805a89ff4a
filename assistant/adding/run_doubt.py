"""Rows that could be read otherwise at about the same cost: nobody can know which reading is the printed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

from assistant.adding.run_shape import Piece, Reading

_CLOSE = 0.9
"""How much dearer another reading must be."""


def doubted(
    reading: Reading, known: dict[int, list[Piece]], tail_cost: Callable[[int], float]
) -> tuple[Piece, ...]:
    """The rows of ``reading``, each weighed against the cheapest reading of the whole that does without it.

    Args:
        reading: The cheapest.
        known: Every row that was weighed, by where it begins.
        tail_cost: What it costs that nothing after a place is a row.
    """
    ahead: dict[int, float] = {}
    for at in sorted(known):
        for piece in known[at]:
            cost = ahead.get(at, 0.0 if at == 0 else inf) + piece.cost
            if cost < ahead.get(piece.end, inf):
                ahead[piece.end] = cost
    ahead[0] = 0.0
    behind: dict[int, float] = {}
    for at in sorted({*ahead, *known}, reverse=True):
        own = tail_cost(at) if at else inf
        behind[at] = min([own, *(p.cost + behind.get(p.end, inf) for p in known.get(at, ()))])
    every = [
        (ahead.get(p.begin, inf) + p.cost + behind.get(p.end, inf), p) for ps in known.values() for p in ps
    ]
    every.sort(key=lambda e: e[0])
    found: list[Piece] = []
    for row in reading.rows:
        other = _other(row, every)
        close = other is not None and other[0] - reading.cost < _CLOSE
        found.append(replace(row, doubt=row.doubt or ("could be cut otherwise" if close else "")))
    return tuple(found)


def _other(row: Piece, every: Sequence[tuple[float, Piece]]) -> tuple[float, Piece] | None:
    """The cheapest row that puts the figures of ``row`` elsewhere."""
    for cost, piece in every:
        apart = piece.end <= row.label_end or piece.label_end >= row.end
        # Figures of other rows alone disagree only where the label before them takes these in.
        if apart and not (piece.label_end >= row.end and piece.begin <= row.label_end):
            continue
        if (piece.begin, piece.label_end, piece.cells) == (row.begin, row.label_end, row.cells):
            continue
        return cost, piece
    return None
