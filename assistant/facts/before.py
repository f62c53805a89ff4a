"""Whose the figures in a bracket are, where the words before it tell: arms in their order, or two groups set apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant import lazy_re as re
from assistant.facts.contrast import compared_with
from assistant.facts.kinds import RATIOS
from assistant.facts.pieces import Piece
from assistant.facts.sides import (
    is_of_outcome,
    number_of,
    other_side,
)
from assistant.model import Fact
from assistant.spans.span import Span

_ALIKE = re.compile(
    r"\b(?:similar|comparable|differ\w*|impact|identical)\b[^,;:.()]*\b(?:between|for|in|among)\s+(?:the\s+)?(?:patients\s+with\s+)?$",
    re.IGNORECASE,
)
"""``OS was similar between men and women (2-year OS, 66% and 64%)``."""
_AND_THOSE = re.compile(r"(?:\s+patients)?\s+and\s+(?:those\s+with\s+)?")
_THAN = re.compile(
    r"[^;:()\d]*\b(?:than|versus|vs\.?|compared\s+(?:with|to)|as\s+against|as\s+(?:well|badly|poorly|long|often)\s+as)\s[^;:()\d]*"
)
_STRAIGHT_BEFORE = re.compile(
    r"(?:-(?:negative|positive|mutated))?(?:\s+(?:arms?|groups?|patients|ones|disease|cases|donors?))?\s*"
)
_AGAINST_FIGURE = re.compile(r"(?:\s*%|\s+months)?\s*(?:vs\.?|versus|against|compared\s+(?:with|to))\s+")


def begin_of(piece: Piece, text: str) -> int:
    """Where the words before a bracket begin: behind the bracket or the semicolon before it."""
    return max(text.rfind(")", 0, piece.start - 1), text.rfind(";", 0, piece.start - 1)) + 1


def set_apart(piece: Piece, text: str, outer: Sequence[Span], arms: Sequence[Span]) -> list[Span]:
    """``men fared worse than women (2-year OS, 42% vs. 71%)``: the groups of the two figures of a bracket, told before it.

    Of two arms one may stand alone: ``B was better (2-year OS, 71% vs. 42%)``, where the figures say which is its own.
    """
    values = [v for v in piece.values() if v.unit == "%" or v.unit.startswith("month")]
    if piece.of("group") or len(values) != 2:
        return []
    gap = text[values[0].end : values[1].start]
    if not _AGAINST_FIGURE.fullmatch(gap) and gap not in {"% and ", " and "}:
        return []
    begin = begin_of(piece, text)
    before = [s for s in outer if begin <= s.start < piece.start]
    named = [s for s in before if s.kind == "group" and s.end < piece.start]
    if any(s.kind == "value" for s in before):
        return []
    if len(named) == 2 and named[0].ids != named[1].ids:
        return named if _are_compared(named, begin, piece, text) else []
    if len(named) != 1:
        return []
    (group,) = named
    if any(set(a.ids) < set(group.ids) for a in arms):
        return []  # "longer in men on A (30 vs. 20 months)": set against the men of the other arm
    told = len(arms) < 2 or (group.ids not in {a.ids for a in arms} and is_of_outcome(group, text))
    if told and (pair := other_side(values, group, text)):
        return pair
    return _better_arm(values, group, arms, piece, text)


def _are_compared(named: Sequence[Span], begin: int, piece: Piece, text: str) -> bool:
    """Whether two groups are set against each other, the second one straight before the bracket."""
    first, second = named
    between = text[first.end : second.start]
    both = first.text.startswith("with ") and re.fullmatch(r"\s+(?:and|vs\.?|versus)\s+", between)
    alike = _ALIKE.search(text[begin : first.start]) and _AND_THOSE.fullmatch(between)
    apart = both or alike or _THAN.fullmatch(between)
    return bool(apart and _STRAIGHT_BEFORE.fullmatch(text[second.end : piece.start - 1]))


def _better_arm(
    values: Sequence[Span], arm: Span, arms: Sequence[Span], piece: Piece, text: str
) -> list[Span]:
    """Two arms in the order of their figures, of which one is said to be better or worse."""
    others = [a for a in arms if a.ids != arm.ids]
    said = _BETTER.fullmatch(text[arm.end : piece.start - 1])
    if len(arms) != 2 or len(others) != 1 or said is None:
        return []
    a, b = number_of(values[0].text), number_of(values[1].text)
    if not all(_GOOD.fullmatch(m.ids[0]) for m in piece.of("measure")) or a is None or b is None or a == b:
        return []
    return [arm, others[0]] if (a > b) == bool(said["good"]) else [others[0], arm]


_BETTER = re.compile(
    r"\s+(?:arm\s+|group\s+)?(?:was|were|proved|did|fared|performed)\s+(?:\w+ly\s+)?(?:(?P<good>better|superior)|worse|inferior)\s*,?\s*"
)
_GOOD = re.compile(r"(?:median_)?(?:[A-Z]*FS|OS)|ORR|CR\w*|CMR|MRD_negativity")
"""Measures of which more is better."""


def driven_by(
    facts: Sequence[Fact], groups: Sequence[Span], arms: Collection[tuple[str, ...]], piece: Piece, text: str
) -> list[Span]:
    """``the benefit was confined to men (ORR 60% vs. 30%)``: the subgroup straight before a bracket of the arms' figures."""
    own = {i for ids in arms for i in ids}
    measured = [f for f in facts if f.attribute and f.group]
    if not measured or any(not f.group <= own for f in measured) or piece.of("group"):
        return []
    last = max(groups, key=lambda g: g.end, default=None)
    if last is None or last.ids in arms or not _STRAIGHT_BEFORE.fullmatch(text[last.end : piece.start - 1]):
        return []
    return [last]


def arm_before(
    facts: Sequence[Fact], groups: Sequence[Span], arms: Collection[tuple[str, ...]], piece: Piece, text: str
) -> Span | None:
    """``more lasting with A (median duration 16 months)``: the one arm that the words before a bracket name.

    None where the bracket has several figures of measures, or one that is somebody's already.
    """
    measured = [f for f in facts if f.attribute not in {"", "CI", "p_value"}]
    if len(measured) != 1 or any(f.group or not f.attribute for f in facts) or piece.of("group"):
        return None
    if measured[0].attribute in {"n_patients", *RATIOS, "median_follow_up"} or not piece.of("measure"):
        return None
    begin = max(begin_of(piece, text), text.rfind(", ", 0, piece.start - 1))
    named = [g for g in groups if g.start >= begin]
    return named[0] if len(named) == 1 and named[0].ids in arms else None


_JUST_BEFORE = re.compile(r"\s*(?:arm|group|alone)?,\s")
_CLAUSE = re.compile(r"[,;:]\s|\)")


_WITHOUT_LOSS = re.compile(
    r"\s*(?:without|with\s+no|at\s+no|and\s+(?:did\s+)?not?|at\s+the\s+(?:cost|price)\s+of)\b[^;:]*"
)
"""Says what else the arm that the sentence is on did: ``without loss of efficacy (CR 80% vs. 73%)``."""


def arms_in_order(arms: Sequence[Span], spans: Sequence[Span], bracket: Piece, text: str) -> list[Span]:
    """Two ``arms`` as the clause before a bracket names them: ``B gave fewer responses (ORR 30% vs. 41%)``."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, bracket.start - 1)), default=0)
    own = {a.ids: a for a in arms}
    before = [s for s in spans if s.kind == "group" and s.ids in own and s.start < bracket.start]
    named = [s for s in before if begin <= s.start]
    named = named or [
        s for s in before[-1:] if _JUST_BEFORE.fullmatch(text, s.end, begin) and compared_with(s, text)
    ]
    if not named and _WITHOUT_LOSS.fullmatch(text, begin, bracket.start - 1):
        named = before[:1] if len({s.ids for s in before}) == 1 else []
    ids = list(dict.fromkeys(s.ids for s in named))
    if len(arms) != 2 or not ids:
        return list(arms)
    first = ids[0]
    if compared_with(named[0], text) and (len(ids) == 1 or not compared_with(named[-1], text)):
        first = next(a.ids for a in arms if a.ids != first)
    return sorted(arms, key=lambda a: a.ids != first)


_IN_ARM = re.compile(
    r"\b(?:with|in|for|on|after|given|receiving)\s+(?:the\s+)?$|^(?:with|in|for|on|after)\b", re.IGNORECASE
)
_FEWEST = 3


def arm_of_ratio(piece: Piece, text: str, outer: Sequence[Span], arms: Sequence[Span]) -> list[Span]:
    """``longer with B (HR 0.4) and with C (HR 0.5), but not with D (HR 0.9)``: of several arms the one that a ratio is of.

    A ratio of two arms is of both; what it is set against in a study of more is said elsewhere.
    """
    begin = begin_of(piece, text)
    clause = [s for s in outer if begin <= s.start and s.end <= piece.start]
    if any(s.kind == "value" for s in clause):
        return []
    beside = [
        g for g in clause if g.kind == "group" and _STRAIGHT_BEFORE.fullmatch(text, g.end, piece.start - 1)
    ]
    if len(arms) < _FEWEST or not beside or beside[-1].ids not in {a.ids for a in arms}:
        return []
    (*_, arm) = beside
    in_arm = _IN_ARM.search(text[: arm.start]) or _IN_ARM.search(arm.text)
    return [arm] if in_arm and not compared_with(arm, text) else []
