"""Whose the figures are that a sentence sets against each other: which arm comes first, and which one it leaves unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts_carry import Carry
from assistant.facts_groups import headed, heads_sentence
from assistant.facts_pieces import Piece
from assistant.facts_series import all_linked, set_against
from assistant.facts_sides import is_of_part, of_those_and_others, one_sided
from assistant.spans import Span


def contrasted(
    values: Sequence[Span],
    measures: Sequence[Span],
    groups: list[Span],
    times: Sequence[Span],
    text: str,
    carry: Carry,
) -> list[Span]:
    """The groups of figures set against each other where the piece names no arm, or one of two."""
    n, m = len(values), len(measures)
    if n == 2 and m == len(groups) == 1:
        pair = _measured_against(values, groups[0], text, carry) or of_those_and_others(
            values, groups[0], text, carry.subset, carry.arms
        )
        of_arm = groups[0].ids in {a.ids for a in carry.arms}
        if pair := pair or one_sided(values, groups[0], text, alone=len(carry.arms) < 2, of_arm=of_arm):
            return pair
    if n < 2 or n % m or (m == 1 and len(times) == n):
        return groups
    if n == 2 == len(carry.arms) and len(groups) == 2 and set_against(values, text):
        told = {a.ids for a in carry.arms}
        heads = [
            g
            for g in groups[:1]
            if g.ids not in told and g.end <= values[0].start and heads_sentence(g, text)
        ]
        if heads and groups[1].ids in told:  # "in men the ORR was higher with A (60% vs. 40%)"
            return [headed(g, heads) for g in contrasted(values, measures, groups[1:], times, text, carry)]
    many = n // m
    arms = carry.arms
    armed = [g for g in groups if g.ids in {a.ids for a in arms}]
    if len(groups) > n == len(armed) == len({g.ids for g in armed}):
        heads = [g for g in groups if g not in armed and g.end <= values[0].start and heads_sentence(g, text)]
        return [headed(g, heads) for g in armed]
    if many != len(arms) or many < 2 or not all_linked(values, text):
        return groups
    ids = [g.ids for g in groups]
    own = [a for a in arms if a.ids in ids]
    if not groups and len(carry.groups) != many:
        return [] if carry.unsure else arms
    if many == 2 and len(groups) == 1 and _left_out(groups[0], values, text):
        has = tuple(i.removeprefix("no-") for i in groups[0].ids)
        return [replace(groups[0], ids=has, text=groups[0].text), groups[0]]
    if groups and not own and len(groups) == 1:
        if groups[0].ids == ("responders",) and measures[0].ids[0] in {
            "relapse",
            "CIR",
            "sustained_response",
        }:
            return arms
        if n == 2 and set_against(values, text) and is_of_part(measures[0], groups[0], text):
            return groups
        return [replace(a, ids=(*a.ids, *groups[0].ids), text=f"{groups[0].text} {a.text}") for a in arms]
    said = re.compile(r"\brespectively\b").search(text, values[-1].end)
    named = len(carry.groups) == many and not groups  # "in that order" is theirs
    if said and not named and len(groups) < many and all(g.start > said.start() for g in groups):
        return arms
    rest = [g for g in groups if g not in armed and g.start > values[-1].end]
    if len(own) == len(armed) == 1 and many == 2 and len(groups) == 1 + len(rest):
        other = [a for a in arms if a.ids != own[0].ids]
        # "(21% vs. 15%) were seen with A" gives A's figure first, "21% vs. 15% with A" gives it last
        after = armed[0].start > values[-1].start and ")" not in text[values[-1].end : armed[0].start]
        after = (after and not leads(armed[0], values, text)) or compared_with(armed[0], text)
        return [headed(g, rest) for g in ([*other, own[0]] if after else [own[0], *other])]
    return groups


_SET_AGAINST = re.compile(r"\b(?:than|versus|vs\.?|against|compared\s+(?:with|to))\s", re.IGNORECASE)
_THEN_FIGURE = re.compile(r"\s*(?:patients|groups?|arms?|cohorts?)?\s*[(:,]?\s*(?:at\s+)?", re.IGNORECASE)


def _measured_against(values: Sequence[Span], group: Span, text: str, carry: Carry) -> list[Span]:
    """``81% was no better than that of the others (64%)``: the second figure's group, and what it is set against."""
    first, second = values
    if not first.end <= group.start or not _SET_AGAINST.search(text, first.end, group.start):
        return []
    if not _THEN_FIGURE.fullmatch(text, group.end, second.start):
        return []
    others = [a for a in carry.arms if a.ids != group.ids]
    if len(carry.arms) == 2 and len(others) == 1:
        return [others[0], group]
    if all(i.startswith("no-") for i in group.ids):
        has = tuple(i.removeprefix("no-") for i in group.ids)
        return [replace(group, ids=has, text=next((s.text for s in carry.subset if s.ids == has), "")), group]
    return [replace(group, ids=(), text=""), group]


def _left_out(group: Span, values: Sequence[Span], text: str) -> bool:
    """``34% of them, compared with 7% of the patients without it``: the second figure's own group."""
    negated = all(i.startswith("no-") for i in group.ids)
    return (
        negated
        and group.start > values[-1].end
        and not re.search(r"[,;.]", text[values[-1].end : group.start])
    )


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
