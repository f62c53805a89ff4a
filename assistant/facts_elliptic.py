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


_THESE_RATES = re.compile(
    r"\b(?:these|those|the\s+(?:two|corresponding|respective))\s+(?:two\s+)?(?:rates|figures|proportions|percentages)\s+(?:were|was|reached)\s+(?=\d)",
    re.IGNORECASE,
)
_BOTH = 2


_HEADING = re.compile(
    r"(?:^|;)\W*(?:(?:and|but|whereas|while)\s+)?(?:in|among|for)\s+(?:the\s+|all\s+)?(?:(?:other|remaining)\s+)?(?:\d+\s+)?"
    r"(?:(?:patients|those|children|adults|people|cases)\s+(?:with\s+|who\s+were\s+|aged\s+)?(?:an?\s+)?)?$",
    re.IGNORECASE,
)
_FIRST_MEASURE = re.compile(r"[^;,%]{0,40}(?:\([^()]*\))?,?\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$")


def headings(spans: Sequence[Span], text: str) -> list[tuple[int, Span]]:
    """(where its clause ends, group) of each group that heads a clause: ``in those with A the ORR was 57% and the CR rate 40%``."""
    found = []
    for group in (s for s in spans if s.kind == "group" and _HEADING.search(text[: s.start])):
        first = next(
            (
                s
                for s in spans
                if s.kind in {"measure", "value"} and s.start >= group.end and s.unit != "patients"
            ),
            None,
        )
        if (
            first is not None
            and first.kind == "measure"
            and _FIRST_MEASURE.fullmatch(text, group.end, first.start)
        ):
            end = text.find(";", group.end)
            found.append((end if end > 0 else len(text), group))
    return found


def rates_repeated(spans: list[Span], text: str) -> list[Span]:
    """``the ORR was 61% and the CR rate 47%; with A these rates were 57% and 40%``: the two measures once more, in order."""
    again = _THESE_RATES.search(text)
    if again is None:
        return spans
    named = {s.ids: s for s in spans if s.kind == "measure" and s.end <= again.start()}
    given = [s for s in spans if s.kind == "value" and s.start >= again.end() and s.unit == "%"]
    if len(named) != _BOTH or len(given) != _BOTH:
        return spans
    pairs = zip(named.values(), given, strict=True)
    repeated = [Span("measure", v.start, v.start, m.text, m.ids) for m, v in pairs]
    return sorted([*spans, *repeated], key=lambda s: (s.start, s.end))
