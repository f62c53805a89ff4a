"""Facts of the brackets of a sentence, which may qualify the figures before them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.attaching import Attaching
from assistant.facts.before import arm_before, arm_of_ratio, arms_in_order, begin_of, driven_by, set_apart
from assistant.facts.carry import Carry
from assistant.facts.grades import graded_pair, graded_parts
from assistant.facts.groups import Ids, heads_sentence
from assistant.facts.kinds import RATIOS, Kinds
from assistant.facts.pieces import Piece
from assistant.facts.unarmed import own_contrast
from assistant.model import Fact
from assistant.spans.span import Span

_TESTED = re.compile(
    r"[^;]*?\b(?:associated\s+with|correlated\s+with|predict\w*(?:\s+(?:for|of))?|risk\s+factors?\s+for|effect\s+on|impact\s+on)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"\b(?:while|whereas|but|and\s+(?:was|were))\b|;", re.IGNORECASE)
"""``A (HR 0.3) was associated with less GVHD``: what the ratio is of stands behind it."""
_BESIDE = re.compile(r"\W{0,2}(?:\s+(?:arms?|groups?|cohorts?|patients))?\s*[(\[]", re.IGNORECASE)
_COMPARATIVE = re.compile(
    r"\b(?:longer|shorter|better|worse|superior|inferior|improved|prolonged|higher|lower)\b[^,;:.]*$",
    re.IGNORECASE,
)


def _of_comparative(piece: Piece, text: str, named: Sequence[Span]) -> list[Span]:
    """``survival was longer after a resection than without (HR 0.2)``: the ratio is of what was longer."""
    match = _COMPARATIVE.search(text, 0, piece.start - 1)
    return [m for m in named if match and m.end <= match.start()][-1:]


def _of_both(before: Sequence[Fact], group: Span) -> frozenset[str]:
    """What a ratio behind two figures may be of: not the group of one of them, which it sets against the other."""
    last = sorted(before, key=lambda f: f.start)[-2:]
    if len(last) != 2 or last[0].attribute != last[1].attribute or last[0].group == last[1].group:
        return frozenset(group.ids)
    return last[0].group & last[1].group


_OWN_CLAUSE = re.compile(r"[,;]\s+(?:while|whereas|but|and|yet|although)\b")


def _of_own_clause(last: Fact, others: Sequence[Span], text: str) -> list[Span]:
    """``53% vs. 34% in men, whereas women did not benefit (HR 1.0)``: the one group of the ratio's clause; none without one."""
    fresh = [g for g in others if g.start > last.end and _OWN_CLAUSE.search(text, last.end, g.start)]
    return fresh if len(fresh) == 1 else []


class Brackets:
    """Reads what stands in brackets.

    Args:
        attaching: makes facts of a piece's figures.
        kinds: tells which figures suit which measures.
    """

    def __init__(self, attaching: Attaching, kinds: Kinds) -> None:
        self._attaching = attaching
        self._kinds = kinds

    def inside(
        self, piece: Piece, text: str, facts: Sequence[Fact], outer: Sequence[Span], carry: Carry
    ) -> list[Fact]:
        """The facts of a bracket, which may qualify the figures before it."""
        before = [
            f
            for f in facts
            if f.start < piece.start and f.attribute and f.attribute not in {"p_value", "CI", "n_patients"}
        ]
        last = max(before, key=lambda f: f.start, default=None)
        if piece.of("grade") and not piece.firm() and len(piece.values()) > len(piece.of("grade")):
            return graded_pair(piece, before, self._attaching.fact)
        if piece.of("grade") and not piece.firm() and last is not None:
            return graded_parts(piece, last, text, self._attaching.fact)
        in_order = arms_in_order(carry.arms, outer, piece, text)
        if own_contrast(begin_of(piece, text), piece.start, outer, carry.arms, text):
            in_order = []
        local = Carry(arms=in_order, groups=set_apart(piece, text, outer, carry.arms))
        found = self._attaching.attach(piece, text, local)
        groups = [s for s in outer if s.kind == "group" and s.end <= piece.start]
        if last is not None and last.attribute in RATIOS:
            groups = [g for g in groups if g.start >= last.end]
        arms = {g.ids for g in carry.arms}
        others = [g for g in groups if g.ids not in arms]
        if any(f.attribute in RATIOS for f in found):
            named = self._compared(piece, text, outer)
            shared = [g for g in others if set(g.ids) <= _of_both(before, g)]
            own = arm_of_ratio(piece, text, outer, carry.arms)
            if last is not None and (turned := _of_own_clause(last, others, text)):
                shared, last = turned, replace(last, group=frozenset(turned[0].ids))
            return [self._of_compared(f, last, named, shared or own) for f in found]
        heads = [g for g in others if heads_sentence(g, text)]
        spent = [g for g in heads if _BESIDE.match(text, g.end) and g.end < begin_of(piece, text)]
        heads = [g for g in heads if g not in spent or g is others[-1]]
        if heads := heads or driven_by(found, groups, arms, piece, text):
            found = [self._headed(f, heads) for f in found]
        elif arm := arm_before(found, groups, arms, piece, text):
            found = [replace(f, group=frozenset(arm.ids), group_label=arm.text) for f in found]
        counts = [f for f in found if f.unit != "amount"]
        if not counts or any(f.attribute != "n_patients" or f.group for f in counts):
            return found
        whose = _counted(piece, text, groups, outer, arms)
        if whose is None:
            return [replace(f, attribute="") for f in found]
        return [replace(f, group=frozenset(whose.ids), group_label=whose.text) for f in found]

    def _compared(self, piece: Piece, text: str, outer: Sequence[Span]) -> list[Span]:
        """The measure that the ratio in a bracket compares; none where none is named."""
        measures = [s for s in outer if s.kind == "measure" and self._kinds.measure_class(s) != "ratio"]
        named = [m for m in measures if m.end <= piece.start]
        named = [m for m in named if not m.dual] or named  # "PFS of those transplanted (HR 2.0)"
        return _associated(piece, text, measures) or (_of_comparative(piece, text, named) or named)[-1:]

    @staticmethod
    def _headed(fact: Fact, heads: Sequence[Span]) -> Fact:
        """``In patients without it, no difference was found (CR 47% vs. 46%)``: the figures are of those told first."""
        ids = {i for h in heads for i in h.ids}
        if not fact.attribute or fact.attribute == "n_patients" or ids <= fact.group:
            return fact
        label = " ".join((*(h.text for h in heads), fact.group_label)).strip()
        return replace(fact, group=fact.group | ids, group_label=label)

    def _of_compared(
        self, fact: Fact, last: Fact | None, measure: Sequence[Span], groups: Sequence[Span]
    ) -> Fact:
        of = fact.of
        if fact.attribute in {*RATIOS, "p_value"}:
            of = self._attaching.compared(measure) or (last.attribute.removeprefix("median_") if last else "")
        if measure and last is not None and last.attribute != measure[0].ids[0]:
            last = None
        named = frozenset(i for g in groups for i in g.ids)
        if last is not None and not last.group & named:
            named = frozenset()
        label = fact.group_label or (" ".join(g.text for g in groups) if named and not fact.group else "")
        return replace(
            fact,
            of=of,
            time_point=fact.time_point or (last.time_point if last else ""),
            group=fact.group or named,
            group_label=label,
        )


def _associated(piece: Piece, text: str, measures: Sequence[Span]) -> list[Span]:
    """The measure that what stands before a bracket is said to be associated with, named behind it; or none."""
    plain = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), text)
    match = _TESTED.match(plain, piece.end)
    if match is None or _TURNS.search(plain, piece.end, match.end()):
        return []
    return [m for m in measures if m.start >= match.end()][:1]


def _counted(
    piece: Piece, text: str, groups: Sequence[Span], outer: Sequence[Span], arms: Collection[Ids]
) -> Span | None:
    """The group or dose straight before a bracket that counts patients, or the one arm named since the bracket before.

    ``to A plus tacrolimus (n = 20) or to B (n = 20)``.
    """
    beside = [s for s in outer if _BESIDE.fullmatch(text, s.end, piece.start)]
    if close := [g for g in groups if g in beside]:
        return close[-1]
    begin = begin_of(piece, text)
    named = [g for g in groups if g.start >= begin and g.ids in arms]
    if len({g.ids for g in named}) == 1:
        return named[0]
    dose = next((s for s in beside if s.unit == "amount"), None)
    return replace(dose, kind="group", ids=(re.sub(r"[\s/]+", "-", dose.text),)) if dose else None
