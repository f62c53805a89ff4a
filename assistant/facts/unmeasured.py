"""Figures of a piece that names no measure: those of a measure named before it, and those that count patients."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.behind import groups_before_brackets
from assistant.facts.carry import Carry, Clause, Groups, Pair, in_turn
from assistant.facts.cutting import GIVEN, MEDIAN_OF, OF_THINGS
from assistant.facts.groups import headed, heads_sentence
from assistant.facts.kinds import RATE_UNITS, Kinds
from assistant.facts.nearest import counted_group, nearest_group, time_for
from assistant.facts.series import all_linked, set_against
from assistant.spans.span import TIME_UNITS, Span
from assistant.vocabulary.vocabulary import Matchers

_THE_RATES = re.compile(
    r"\b(?:they|these|both)\s+(?:were|was|had\s+(?:fallen|risen|dropped)\s+to)\b"
    r"|\bit\s+(?:was|increased|rose|fell|declined|decreased|dropped)\b|\b(?:the|its|their)\s+(?:corresponding\s+|respective\s+)?(?:rates?|figures|proportions|percentages|values|numbers)\b",
    re.IGNORECASE,
)
_AS_AGAINST = re.compile(
    r"\W*(?:and\s+)?(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"\s*(?:patients?|subjects?|cases?)?\s*(?:\([^()]*\)\s*)?(?:on|in|with|from|given|receiving)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|had|have|has|received|receiving|underwent|experienced|developed|required|completed|were|died|is|are)\b"
)
_AND_THEN = re.compile(r"\W*(?:and|but)\s+(?:in\s+)?[\w-]+\s+(?:in|of|with)\b", re.IGNORECASE)
_PATIENTS_NEXT = re.compile(r"\s+(?:[\w-]+\s+){0,3}?(?:patients?|adults|children)\b", re.IGNORECASE)


class Unmeasured:
    """Pairs figures beside which no measure stands.

    Args:
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, kinds: Kinds, matchers: Matchers) -> None:
        self.kinds = kinds
        self.matchers = matchers

    def pair(self, clause: Clause) -> list[Pair]:
        """Each figure of ``clause`` with what it belongs to: a measure named before, or None."""
        values, piece, carry = clause.values, clause.piece, clause.carry
        if not clause.groups and carry.measures:
            clause = replace(clause, groups=groups_before_brackets(values, piece, clause.text, self.matchers))
        rates = bool(_THE_RATES.search(clause.text, piece.start, piece.end))
        results = [v for v in values if v.unit != "patients" or v.percent or v.total is not None]
        times = piece.of("time")
        if rates and len(results) > 1 and (named := _named_again(carry, len(results))):
            counts = [v for v in values if v not in results]
            again = replace(clause, values=results, measures=named, times=times or carry.times)
            return self._respective(again) + [
                (v, None, counted_group(v, clause.groups, clause.text), None) for v in counts
            ]
        if not times and len(carry.times) == len(values) > 1:
            times = carry.times
        clause = replace(clause, measures=_goes_on(clause), times=times)
        return [self._one(k, clause, rates=rates) for k in range(len(values))]

    def _respective(self, clause: Clause) -> list[Pair]:
        """``the corresponding rates in the control arm were 29% and 47%``: one a measure named before."""
        groups, measures = tuple(clause.groups), clause.measures
        return [
            (v, m if self.kinds.fits(v, [m]) else None, groups, time_for(m, v, clause.times, measures))
            for v, m in zip(clause.values, measures, strict=True)
        ]

    def _one(self, k: int, clause: Clause, *, rates: bool) -> Pair:
        """The figure at ``k``; ``rates`` where the clause says ``the rates``."""
        value, groups, times = clause.values[k], clause.groups, clause.times
        measure = clause.measures[0] if clause.measures else None
        fits = measure is not None and self.kinds.fits(value, [measure])
        if value.unit == "patients" and not (fits and _is_qualified(value, clause)):
            return value, None, _counted(k, clause), None
        own = _named(k, clause) if groups else _unsaid(k, clause, rates=rates)
        time = times[k] if len(times) == len(clause.values) else (times[0] if len(times) == 1 else None)
        told = bool(groups or times or rates or _is_graded(clause))
        if len(clause.values) == 2 == len(own) + 1 and len(groups) == 1:
            told = told and not set_against(
                clause.values, clause.text
            )  # whose the two figures are is not said
        if not fits or not told or value.unit not in _UNITS:
            return value, None, own, time
        return value, measure, own, clause.carry.times[-1] if clause.carry.times and not time else time


_UNITS = RATE_UNITS | TIME_UNITS | {"", "amount"}


def _goes_on(clause: Clause) -> list[Span]:
    """The measure that a clause goes on with; none where it speaks of something of its own."""
    piece = clause.piece
    of_its_own = (p.match(clause.text, piece.start, piece.end) for p in (MEDIAN_OF, GIVEN, OF_THINGS))
    if any(of_its_own):
        return []
    measures, recent = clause.carry.measures, clause.carry.recent
    if not _IT.match(clause.text, piece.start):
        return measures[-1:]
    with_part = recent and re.search(r"\b(?:including|with)\b", clause.text[recent[0].end : piece.start])
    if with_part and len(recent) > 1:
        clause.carry.measures = recent[:1]  # what follows goes on with it, too
    return recent[:1] if with_part else measures[-1:]


_IT = re.compile(r"\W*it\s+(?:was|reached|ranged)\b", re.IGNORECASE)
"""The subject of the sentence before the semicolon: ``the ORR was 71%, including 21% with a CR; it was highest in A``."""


def _is_graded(clause: Clause) -> bool:
    return any(clause.piece.of(kind) for kind in ("grade", "cycle", "threshold"))


def _is_qualified(count: Span, clause: Clause) -> bool:
    """Whether what stands beside a count of patients makes it a figure of the measure named before."""
    groups, piece, text = clause.groups, clause.piece, clause.text
    if _is_graded(clause) or (count.total is not None and groups):
        return True
    if "=" not in count.text and count.percent and (groups or clause.times):
        return True
    if not groups:
        return False
    if _AS_AGAINST.match(text, piece.start):
        return True
    if _AND_THEN.match(text, piece.start) and not _PATIENTS_NEXT.match(text, count.end):
        return True
    return (
        {g.ids for g in groups} <= {a.ids for a in clause.carry.arms}
        and _ELLIPTIC.fullmatch(text, count.end, min(g.start for g in groups)) is not None
        and not _VERB.search(text, piece.start, piece.end)
    )


def _counted(k: int, clause: Clause) -> Groups:
    """Whom the count at ``k`` counts: those beside it, or those that ``respectively`` means."""
    values, groups, carry = clause.values, clause.groups, clause.carry
    said = len(values) > 1 and "respectively" in clause.text[values[-1].end : clause.piece.end]
    behind = groups and groups[0].start >= values[-1].end and all_linked(values, clause.text)
    if (said or (behind and len(values) > 1)) and len(groups) == len(values):
        return (groups[k],)
    if said and len(carry.groups) == len(values):
        return (carry.groups[k], *groups)
    if said and groups and len(carry.arms) == len(values):
        return (carry.arms[k], *groups)
    return counted_group(values[k], groups, clause.text)


def _named(k: int, clause: Clause) -> Groups:
    """The groups of the figure at ``k`` where its clause names some."""
    values, groups = clause.values, clause.groups
    if _of_arms_within(clause):
        return (clause.carry.arms[k], groups[0])
    if len(groups) == 1 or len(values) == 1:
        return tuple(groups)
    if len(groups) != len(values) and (named := _within_head(clause)):
        return (named[k],)
    return (groups[k],) if len(groups) == len(values) else nearest_group(values[k], groups)


def _within_head(clause: Clause) -> list[Span]:
    """``The effect was similar in men, 60% of whom converted with A as against 18% with B``: a group a figure, of men."""
    heads = [g for g in clause.groups if heads_sentence(g, clause.text)]
    rest = [g for g in clause.groups if g not in heads]
    if not heads or len(rest) != len(clause.values) or heads[-1].end > clause.values[0].start:
        return []
    return [headed(g, heads) for g in rest]


def _of_arms_within(clause: Clause) -> bool:
    """``in those with the mutation, 88% and 86%``: a figure an arm of the one subgroup named before them."""
    values, groups, carry = clause.values, clause.groups, clause.carry
    return (
        carry.compared
        and len(values) == len(carry.arms) > 1
        and len(groups) == 1
        and groups[0].ids not in {a.ids for a in carry.arms}
        and (groups[0].end <= values[0].start or _in_turn_of_arms(clause))
        and bool(carry.measures)
        and all_linked(values, clause.text)
    )


def _in_turn_of_arms(clause: Clause) -> bool:
    """``49% with A and 33% with B, as opposed to 66% and 52% in men``: an arm each, as in the clause before."""
    arms = [a.ids for a in clause.carry.arms]
    told = [g.ids for g in clause.carry.groups if g.ids in arms]
    return told == arms and _AS_AGAINST.match(clause.text, clause.piece.start) is not None


def _unsaid(k: int, clause: Clause, *, rates: bool) -> Groups:
    """The groups of the figure at ``k`` where its clause names none: in turn, or the one that heads the sentence."""
    n, carry = len(clause.values), clause.carry
    listed = all_linked(clause.values, clause.text)
    own: Groups = ()
    if rates and listed and len(carry.groups) != n == len(carry.arms):
        own = (carry.arms[k],)
    elif turn := in_turn(clause):
        own = turn[k]
    elif listed and len(carry.groups) == n > 1:
        own = (carry.groups[k],)
    return own or (tuple(carry.groups) if _leads(carry) else ())


def _leads(carry: Carry) -> bool:
    """``At 9 mg, CRS was of grade 1 in 19 and of grade 2 in six``: one group heads the whole sentence."""
    groups, measures = carry.groups, carry.measures
    return len(groups) == 1 and bool(measures) and groups[0].end <= measures[0].start


def _named_again(carry: Carry, n: int) -> list[Span]:
    """The ``n`` measures that ``the rates`` mean; none where another number was named."""
    return next((m for m in (carry.measures, carry.recent) if len(m) == n), [])
