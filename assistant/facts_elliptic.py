"""What a piece of a sentence leaves unsaid because it was said before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts_linking import Carry
from assistant.facts_pieces import Piece, brackets
from assistant.spans import Span

_OVER_TIME = re.compile(r"[A-Z]*FS|OS|TFR|CIR|NRM|TRM")
_WAS = re.compile(r"\s+(?:\(\w+\)\s+)?(?:was|were|differed|did\s+not\s+differ)\b")
_AND_MEASURE = re.compile(
    r"(?:\W*(?:and|while|whereas|but)\s+|;\s+)(?:the\s+|(?:that|those)\s+of\s+)?", re.IGNORECASE
)


def one_bracket(values: Sequence[Span], text: str) -> int:
    """Where the bracket begins that holds all figures, or 0."""
    return next(
        (a for a, b in brackets(text) if all(a < v.start and v.end <= b for v in values) and a > 0), 0
    )


def _is_gapped(piece: Piece, measures: Sequence[Span], text: str) -> bool:
    """``the 2-year incidence was 36% and 30%, and mortality 24% and 18%``: a clause without a verb of its own."""
    start = _AND_MEASURE.match(text, piece.start)
    values = piece.values()
    return (
        start is not None
        and bool(values)
        and start.end() == measures[0].start
        and bool(re.fullmatch(r"\s*(?:\([^()]*\)\s*)?", text[measures[-1].end : values[0].start]))
    )


def continues_survival(piece: Piece, measures: Sequence[Span], carry: Carry, text: str) -> bool:
    """``5-year OS was 72%, and DFS was 67%``: the second estimate is of the same time point."""
    if len(carry.last_times) == 1 and carry.measures and _is_gapped(piece, measures, text):
        return True
    if len(carry.times) == 1 and re.search(r"\b[Cc]orresponding\s+$", text[piece.start : measures[0].start]):
        return True
    own = [m.ids[0] for m in (*measures, *carry.measures)]
    if len(carry.times) != 1 or not carry.measures or not all(_OVER_TIME.fullmatch(i) for i in own):
        return False
    start = _AND_MEASURE.match(text, piece.start)
    return start is not None and start.end() == measures[0].start and bool(_WAS.match(text, measures[-1].end))
