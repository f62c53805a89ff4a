"""Facts of the brackets of a sentence, which may qualify the figures before them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_attaching import Attaching
from assistant.facts_carry import Carry
from assistant.facts_contrast import arms_in_order
from assistant.facts_grades import graded_parts
from assistant.facts_groups import Ids, heads_sentence
from assistant.facts_kinds import Kinds
from assistant.facts_pieces import Piece
from assistant.facts_sides import _MANY, _is_of_outcome, _number, _other_side
from assistant.model import Fact
from assistant.spans import Span

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
    if len(last) < 2 or last[0].attribute != last[1].attribute or last[0].group == last[1].group:
        return frozenset(group.ids)
    return last[0].group & last[1].group


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
        if piece.of("grade") and not piece.firm() and before:
            return graded_parts(piece, max(before, key=lambda f: f.start), text, self._attaching.fact)
        in_order = arms_in_order(carry.arms, outer, piece, text)
        local = Carry(measures=[], arms=in_order, groups=set_apart(piece, text, outer, carry.arms))
        found = self._attaching.attach(piece, text, local)
        last = max(before, key=lambda f: f.start) if before else None
        groups = [s for s in outer if s.kind == "group" and s.end <= piece.start]
        if last is not None and last.attribute in {"HR", "OR", "RR"}:
            groups = [g for g in groups if g.start >= last.end]
        arms = {g.ids for g in carry.arms}
        inherited = tuple(g for g in groups if g.ids not in arms and set(g.ids) <= _of_both(before, g))
        if any(f.attribute in {"HR", "OR", "RR"} for f in found):
            named = [
                s
                for s in outer
                if s.kind == "measure" and s.end <= piece.start and self._kinds.measure_class(s) != "ratio"
            ]
            named = [m for m in named if not m.dual] or named  # "PFS of those transplanted (HR 2.0)"
            named = self._associated(piece, text, outer) or _of_comparative(piece, text, named) or named
            return [self._of_compared(f, last, named[-1:], inherited) for f in found]
        heads = [g for g in groups if g.ids not in arms and g.end <= piece.start and heads_sentence(g, text)]
        if heads := heads or driven_by(found, groups, arms, piece, text):
            found = [self._headed(f, heads) for f in found]
        counts = [f for f in found if f.unit != "amount"]
        if counts and all(f.attribute == "n_patients" and not f.group for f in counts):
            close = [g for g in groups if _BESIDE.fullmatch(text, g.end, piece.start)]
            dose = next(
                (s for s in outer if s.unit == "amount" and _BESIDE.fullmatch(text, s.end, piece.start)), None
            )
            close = close or self._arm_before(piece, groups, arms, text)
            if dose is not None and not close:
                close = [replace(dose, kind="group", ids=(re.sub(r"[\s/]+", "-", dose.text),))]
            if close:
                return [replace(f, group=frozenset(close[-1].ids), group_label=close[-1].text) for f in found]
            return [replace(f, attribute="") for f in found]
        return found

    @staticmethod
    def _headed(fact: Fact, heads: Sequence[Span]) -> Fact:
        """``In patients without it, no difference was found (CR 47% vs. 46%)``: the figures are of those told first."""
        ids = {i for h in heads for i in h.ids}
        if not fact.attribute or fact.attribute == "n_patients" or ids <= fact.group:
            return fact
        label = " ".join((*(h.text for h in heads), fact.group_label)).strip()
        return replace(fact, group=fact.group | ids, group_label=label)

    @staticmethod
    def _arm_before(piece: Piece, groups: Sequence[Span], arms: Collection[Ids], text: str) -> list[Span]:
        """The one arm named since the bracket before: ``to A plus tacrolimus (n = 20) or to B (n = 20)``."""
        begin = max(text.rfind(")", 0, piece.start - 1), text.rfind(";", 0, piece.start - 1)) + 1
        named = [g for g in groups if g.start >= begin and g.ids in arms]
        return named[:1] if len({g.ids for g in named}) == 1 else []

    def _associated(self, piece: Piece, text: str, outer: Sequence[Span]) -> list[Span]:
        """The measure that what stands before a bracket is said to be associated with, named behind it; or none."""
        plain = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), text)
        match = _TESTED.match(plain, piece.end)
        if match is None or _TURNS.search(plain, piece.end, match.end()):
            return []
        behind = [s for s in outer if s.kind == "measure" and s.start >= match.end()]
        return [s for s in behind if self._kinds.measure_class(s) != "ratio"][:1]

    def _of_compared(
        self, fact: Fact, last: Fact | None, measure: Sequence[Span], groups: Sequence[Span]
    ) -> Fact:
        of = fact.of
        if fact.attribute in {"HR", "OR", "RR", "p_value"}:
            of = self._attaching.compared(measure) or (last.attribute.removeprefix("median_") if last else "")
        if measure and last is not None and last.attribute != measure[0].ids[0]:
            last = None
        named = (
            frozenset(i for g in groups for i in g.ids)
            if last is None or last.group & {i for g in groups for i in g.ids}
            else None
        )
        group = fact.group or (named or frozenset())
        label = fact.group_label or (" ".join(g.text for g in groups) if group and not fact.group else "")
        return replace(
            fact,
            of=of,
            time_point=fact.time_point or (last.time_point if last else ""),
            group=group,
            group_label=label,
        )


_ALIKE = re.compile(
    r"\b(?:similar|comparable|differ\w*|impact|identical)\b[^,;:.()]*\b(?:between|for|in|among)\s+(?:the\s+)?(?:patients\s+with\s+)?$",
    re.IGNORECASE,
)
"""``OS was similar between men and women (2-year OS, 66% and 64%)``."""
_THAN = re.compile(r"[^;:()\d]*\b(?:than|versus|vs\.?|compared\s+(?:with|to)|as\s+against)\s[^;:()\d]*")
_STRAIGHT_BEFORE = re.compile(r"(?:\s+(?:arms?|groups?|patients|ones|disease|cases|donors?))?\s*")
_AGAINST_FIGURE = re.compile(r"(?:\s*%|\s+months)?\s*(?:vs\.?|versus|against|compared\s+(?:with|to))\s+")


def set_apart(piece: Piece, text: str, outer: Sequence[Span], arms: Sequence[Span]) -> list[Span]:
    """``men fared worse than women (2-year OS, 42% vs. 71%)``: the groups of the two figures of a bracket, told before it.

    Of two arms one may stand alone: ``B was better (2-year OS, 71% vs. 42%)``, where the figures say which is its own.
    """
    values = [v for v in piece.values() if v.unit == "%" or v.unit.startswith("month")]
    begin = max(text.rfind(")", 0, piece.start - 1), text.rfind(";", 0, piece.start - 1)) + 1
    named = [s for s in outer if s.kind == "group" and begin <= s.start and s.end < piece.start]
    if (
        piece.of("group")
        or len(values) != 2
        or not (
            _AGAINST_FIGURE.fullmatch(gap := text[values[0].end : values[1].start])
            or gap in {"% and ", " and "}
        )
    ):
        return []
    if any(s.kind == "value" and begin <= s.start < piece.start for s in outer):
        return []
    if len(named) == 2 and named[0].ids != named[1].ids:
        between = text[named[0].end : named[1].start]
        both = named[0].text.startswith("with ") and re.fullmatch(r"\s+(?:and|vs\.?|versus)\s+", between)
        alike = _ALIKE.search(text[begin : named[0].start]) and re.fullmatch(
            r"(?:\s+patients)?\s+and\s+(?:those\s+with\s+)?", between
        )
        apart = both or alike or _THAN.fullmatch(between)
        return named if apart and _STRAIGHT_BEFORE.fullmatch(text[named[1].end : piece.start - 1]) else []
    own = {a.ids for a in arms}
    told = len(arms) < _MANY or (named and named[0].ids not in own and _is_of_outcome(named[0], text))
    if len(named) == 1 and told and (pair := _other_side(values, named[0], text)):
        return pair
    others = [a for a in arms if named and a.ids != named[0].ids]
    if len(named) != 1 or len(arms) != 2 or len(others) != 1:
        return []
    said = _BETTER.fullmatch(text[named[0].end : piece.start - 1])
    if said is None or not all(_GOOD.fullmatch(m.ids[0]) for m in piece.of("measure")):
        return []
    a, b = _number(values[0].text), _number(values[1].text)
    if a is None or b is None or a == b:
        return []
    return [named[0], others[0]] if (a > b) == bool(said["good"]) else [others[0], named[0]]


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
