"""Whose the figures are that a sentence sets against each other: which arm comes first, and which one it leaves unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.carry import Carry, Clause
from assistant.facts.groups import headed, heads_sentence
from assistant.facts.series import all_linked, set_against
from assistant.facts.sides import (
    is_of_part,
    number_of,
    of_those_and_others,
    one_sided,
    set_against_others,
    with_and_without,
)
from assistant.facts.unarmed import own_contrast
from assistant.spans.span import Span

MORE = r"(?:more\s+(?:frequent(?:ly)?|common(?:ly)?|often|likely)|commoner|higher|longer|greater)"
LESS = r"(?:less\s+(?:frequent(?:ly)?|common(?:ly)?|often|likely)|rarer|lower|shorter|smaller)"


def contrasted(clause: Clause) -> Sequence[Span]:
    """The groups of figures set against each other where the clause names no arm, or one of two."""
    values, groups, text = clause.values, clause.groups, clause.text
    n, m = len(values), len(clause.measures)
    if n == 2 and len(groups) == 1 and (halves := _arm_and_part(clause)):
        arm, part = halves
        return [headed(g, [part]) for g in contrasted(replace(clause, groups=[arm]))]
    if n == 2 and m == len(groups) == 1 and (pair := _beside_one(clause)):
        return pair
    if n == 2 and m == 1 and not groups and (pair := _counted_and_others(clause)):
        return pair
    if n < 2 or n % m or (m == 1 and len(clause.times) == n):
        return groups
    headed_pair = n == len(groups) == 2 and m == 1 and groups[0].end <= values[0].start
    if headed_pair and heads_sentence(groups[0], text):
        pair = with_and_without(values, groups[1], text, ())
        if pair:
            return [headed(g, groups[:1]) for g in pair]
    arms = clause.carry.arms
    own = {a.ids for a in arms}
    heads = [g for g in groups if g.ids not in own and g.end <= values[0].start and heads_sentence(g, text)]
    two = n == 2 == len(arms) and len(groups) == 2 and set_against(values, text)
    if (
        two and groups[0] in heads and groups[1].ids in own
    ):  # "in men the ORR was higher with A (60% vs. 40%)"
        return [headed(g, heads) for g in contrasted(replace(clause, groups=groups[1:]))]
    if two and groups[1].end <= values[0].start and _are_arm_in_part(groups, own, text):
        arm, part = groups  # "higher with A in men (60% vs. 40%)"
        return [headed(g, [part]) for g in contrasted(replace(clause, groups=[arm]))]
    if two and groups[1].end <= values[0].start and _are_part_of_arm(groups, own, text):
        part, arm = groups  # "higher in men given A (60% vs. 40%)"
        return [headed(g, [part]) for g in contrasted(replace(clause, groups=[arm]))]
    armed = [g for g in groups if g.ids in own]
    if len(groups) > n == len(armed) == len({g.ids for g in armed}):
        return [headed(g, heads or behind_all(groups, armed, text)) for g in armed]
    if m == len(groups) == 1 and len(carried := _of_each(clause)) == n:
        return carried
    told = armed or clause.carry.compared or not (groups or clause.carry.groups or clause.carry.subset)
    if n // m != len(arms) or len(arms) < 2 or not told or not all_linked(values, text):
        return groups
    if not armed and _OWN_SUBJECT.match(text, values[-1].end):
        return groups
    return _of_arms(clause, armed)


_WAS_MORE = re.compile(
    rf"[^,;:()]*\b(?:was|were)\s+(?:\w+ly\s+)?(?:(?P<rise>{MORE}|better|best|superior|inferior|worse)|{LESS})\s*\(",
    re.IGNORECASE,
)


def _counted_and_others(clause: Clause) -> list[Span]:
    """``Among the 68 with A, the ORR was lower (57% vs. 91%)``: those counted, and the others."""
    values, text, subset = clause.values, clause.text, clause.carry.subset
    if (
        len(subset) != 1
        or subset[0].ids in {a.ids for a in clause.carry.arms}
        or not set_against(values, text)
    ):
        return []
    said = _WAS_MORE.match(text, subset[0].end + 1)
    figures = [number_of(v.text) for v in values]
    if said is None or said.end() != values[0].start or None in figures:
        return []
    first, second = (f or 0.0 for f in figures)
    if re.search(r"better|best|superior|inferior|worse", said[0]) or (first > second) != bool(said["rise"]):
        return []
    (group,) = subset
    sizes = [v.total for v in values]
    counted = f" {sizes[0]} " in text[: group.start] if sizes[0] else len(clause.carry.arms) < 2
    other = tuple(i.removeprefix("no-") if i.startswith("no-") else f"no-{i}" for i in group.ids)
    return [group, replace(group, ids=other, text=f"{_lacking(group.text)} {group.text}")] if counted else []


def _lacking(label: str) -> str:
    """``not`` before what was done to patients, ``without`` before what they have."""
    return "not" if re.match(r"\w+ed\b|\w+ly\s+\w+ed\b", label) else "without"


_IN = re.compile(
    r"(?:\s+(?:arm|group))?\s+(?:in|among|for)\s+(?:the\s+)?(?:(?:patients|those)\s+(?:with\s+)?)?",
    re.IGNORECASE,
)


def behind_all(groups: Sequence[Span], armed: Sequence[Span], text: str) -> list[Span]:
    """``72% with A and 57% with B in women``: whom both figures are of."""
    if not armed:
        return []
    last = armed[-1]
    return [
        g for g in groups if g not in armed and g.start > last.end and _IN.fullmatch(text, last.end, g.start)
    ][:1]


_IN_PART = re.compile(
    r"(?:(?!\b(?:than|versus|vs|against|compared|and|or|but)\b)[^,;:()])*?\b(?:in|among|for)\s+(?:(?!\b(?:than|and)\b)[^,;:()])*"
)


def _are_arm_in_part(groups: Sequence[Span], own: set[tuple[str, ...]], text: str) -> bool:
    """Whether an arm is named, and then in whom it did as the figures behind tell."""
    arm, part = groups
    return (
        arm.ids in own
        and part.ids not in own
        and not set(part.ids) & {"control", "historical"}
        and _IN_PART.fullmatch(text, arm.end, part.start + (3 if part.text.startswith("in ") else 0))
        is not None
    )


_GIVEN = re.compile(
    r"(?:\s+(?:patients|children|adults|infants|men|women|those|participants))?\s+(?:who\s+(?:had\s+|were\s+|have\s+)?(?:been\s+)?)?"
    r"(?:given|receiving|received|(?:treated|managed)\s+with|on|with|taking|(?:assigned|allocated|randomi[sz]ed)\s+to|(?:in|of)(?=\s+the\s))\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _are_part_of_arm(groups: Sequence[Span], own: set[tuple[str, ...]], text: str) -> bool:
    """Whether patients of some kind are named, and straight behind them the arm that they were in."""
    part, arm = groups
    given = _GIVEN.match(text, part.end, arm.end)
    return part.ids not in own and arm.ids in own and given is not None and given.end() >= arm.start


def _arm_and_part(clause: Clause) -> tuple[Span, Span] | None:
    """The two halves of the one group before two figures: ``more frequent in older patients on A (60% vs. 40%)``."""
    (group,), arms = clause.groups, clause.carry.arms
    own = [a for a in arms if set(a.ids) < set(group.ids)]
    if len(arms) != 2 or len(own) != 1 or not clause.carry.compared or group.end > clause.values[0].start:
        return None
    if not set_against(clause.values, clause.text) or not _MORE_OR_LESS.search(clause.text[: group.start]):
        return None
    rest = tuple(i for i in group.ids if i not in own[0].ids)
    return replace(group, ids=own[0].ids, text=own[0].text), replace(group, ids=rest)


_OWN_SUBJECT = re.compile(
    r"\s+of\s+(?:the\s+|all\s+|these\s+)?[a-z]+\s+(?:were|was|had|have|are|remained|did)\b", re.IGNORECASE
)
"""Behind a figure begins a clause of its own: ``PFS was 85% and 87% of responses were ongoing``."""
_OF_THE = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:of|in|among)\s+(?:the\s+|these\s+|those\s+)?(?:[a-z]+\s+)?", re.IGNORECASE
)


def _of_each(clause: Clause) -> list[Span]:
    """``with A in 80% and 60% of the responders``: those of each group that the clause before told in turn."""
    (group,), carry = clause.groups, clause.carry
    before = [*carry.groups]
    last = clause.values[-1]
    if len(before) != len(clause.values) or len({g.ids for g in before}) != len(before) or group in before:
        return []
    if not all_linked(clause.values, clause.text) or not _OF_THE.fullmatch(
        clause.text, last.end, group.start
    ):
        return []
    if {g.ids for g in before} & {group.ids} or group.ids in {a.ids for a in carry.arms}:
        return []
    return [replace(g, ids=(*g.ids, *group.ids), text=f"{group.text} {g.text}") for g in before]


def _beside_one(clause: Clause) -> list[Span]:
    """The groups of two figures beside one group, where it is told of whom the other one is."""
    values, text, carry = clause.values, clause.text, clause.carry
    (group,) = clause.groups
    arms = {a.ids for a in carry.arms}
    return (
        _measured_against(values, group, text, carry)
        or set_against_others(values, group, text)
        or with_and_without(values, group, text, carry.arms)
        or of_those_and_others(values, group, text, carry.subset, carry.arms)
        or one_sided(values, group, text, alone=len(arms) < 2, of_arm=group.ids in arms)
    )


def _of_arms(clause: Clause, armed: Sequence[Span]) -> Sequence[Span]:
    """The groups of a figure an arm, of whose arms the clause names those ``armed``."""
    values, groups, text, carry = clause.values, clause.groups, clause.text, clause.carry
    arms = carry.arms
    if not groups and len(carry.groups) != len(arms):
        others = own_contrast(clause.piece.start, values[0].start, clause.piece.of("group"), arms, text)
        return [] if carry.unsure or others else arms
    if len(groups) == 1 and (len(arms) == 2 and _left_out(groups[0], values, text)):
        against = [a for a in arms if a.ids != groups[0].ids]
        if len(against) == 1:
            return [*against, groups[0]]
        has = tuple(i.removeprefix("no-") for i in groups[0].ids)
        return [replace(groups[0], ids=has), groups[0]]
    if len(groups) == 1 and not armed:
        return _within_subgroup(clause)
    said = re.compile(r"\brespectively\b").search(text, values[-1].end)
    named = len(carry.groups) == len(arms) and not groups  # "in that order" is theirs
    if said and not named and len(groups) < len(arms) and all(g.start > said.start() for g in groups):
        return arms
    rest = [g for g in groups if g not in armed and g.start > values[-1].end]
    if (
        len(armed) == 1
        and len(arms) == 2
        and len(groups) == 1 + len(rest)
        and not _is_of_it(armed[0], clause)
    ):
        return [headed(g, rest) for g in _beside_one_arm(armed[0], values, arms, text)]
    return groups


def _is_of_it(arm: Span, clause: Clause) -> bool:
    """``with A, these events resolved in 81% and 86%, respectively``: both are figures of the arm that heads the clause."""
    first, last, text = clause.values[0], clause.values[-1], clause.text
    heads = arm.end <= first.start and text.startswith(",", arm.end)
    listed = re.fullmatch(r"[\s%]*(?:\([^()]*\)\s*)?and\s+", text[first.end : last.start])
    return heads and listed is not None and "respectively" in text[last.end :]


def _within_subgroup(clause: Clause) -> Sequence[Span]:
    """The arms within the one subgroup that a clause names, or what else the subgroup makes of its figures."""
    (group,), values, text = clause.groups, clause.values, clause.text
    if group.ids == ("responders",) and clause.measures[0].ids[0] in _OF_RESPONDERS:
        return clause.carry.arms
    if len(values) == 2 and set_against(values, text) and is_of_part(clause.measures[0], group, text):
        return clause.groups
    return [replace(a, ids=(*a.ids, *group.ids), text=f"{group.text} {a.text}") for a in clause.carry.arms]


_OF_RESPONDERS = frozenset({"relapse", "CIR", "sustained_response"})
"""Measures that are of responders in any case."""


def _beside_one_arm(arm: Span, values: Sequence[Span], arms: Sequence[Span], text: str) -> list[Span]:
    """The two arms in the order of their figures, of which one is named.

    ``(21% vs. 15%) were seen with A`` gives A's figure first, ``21% vs. 15% with A`` gives it last. The study's order
    holds where the arm is only named in a clause behind, and where the one that is said to have more would have less.
    """
    if _CLAUSE_BEHIND.search(text, values[-1].end, max(arm.start, values[-1].end)):
        return list(arms)
    own, other = (next(a for a in arms if (a.ids == arm.ids) == same) for same in (True, False))
    if (first := told_higher(arm, values, text)) is not None:
        return [own, other] if first else [other, own]
    after = arm.start > values[-1].start and ")" not in text[values[-1].end : arm.start]
    last = (after and not leads(arm, values, text)) or compared_with(arm, text)
    return [other, own] if last or _has_less(arm, values, text) else [own, other]


_CLAUSE_BEHIND = re.compile(
    r"\)[^()]*?[,;:]\s(?!(?:(?:seen|observed|achieved|all|both)\s+)?(?:in|with|for|on|by|favou?r\w*|respectively)\b)"
)
"""``(40% vs. 30%), a finding put down to``: what is named behind is not what the figures are told of."""
_MORE_OR_LESS = re.compile(
    r"\b(?:(?P<more>more|higher|greater|longer|commoner)|less|fewer|lower|shorter|rarer)\b", re.IGNORECASE
)
_BRACKETED = re.compile(r"(?:\s+(?:arm|group))?\s*\(\s*")


def _has_less(arm: Span, values: Sequence[Span], text: str) -> bool:
    """``rash was more frequent with B (4% vs. 11%)``: whether the first figure contradicts what is said of the arm."""
    said = list(_MORE_OR_LESS.finditer(text[: arm.start]))
    printed = [re.match(r"\d+(?:\.\d+)?", v.text) for v in values]
    if not said or len(values) != 2 or not _BRACKETED.fullmatch(text, arm.end, max(values[0].start, arm.end)):
        return False
    first, second = (float(m[0]) if m else 0.0 for m in printed)
    return bool(printed[0] and printed[1]) and first != second and (first > second) != bool(said[-1]["more"])


_ON_IT = (
    r"(?:with|in|on|among|for|after|under)\s+(?:(?:the|those|patients|given|receiving|treated|with|on)\s+)*"
)
_MORE_WITH = re.compile(
    rf"(?<!\bnot )(?<!\bno )(?<!\bneither )\b(?:(?P<rise>{MORE})|{LESS})\s+(?:(?!than\b|but\b)[\w-]+\s+){{0,3}}?{_ON_IT}"
    rf"(?:[^;:.()]{{1,40}}\([^()]*\),\s+(?:(?:and|but)\s+)?(?:(?!was\b|were\b|had\b|than\b|{MORE}|{LESS})[\w-]+\s+){{1,5}}?{_ON_IT})?$",
    re.IGNORECASE,
)
"""``was more frequent with A``; also ``nausea was more frequent with B (5% vs. 3%), rash with A``."""


def told_higher(arm: Span, values: Sequence[Span], text: str) -> bool | None:
    """Whether the first of two figures is an arm's, of which the words say that it has more or less; None where they say neither."""
    said = _MORE_WITH.search(text, 0, arm.start) if arm.end <= values[0].start else None
    if said is None or len(values) != 2 or not set_against(values, text):
        return None
    if re.search(r"[,;:]", text[arm.end : values[0].start]):  # "rarer with A, and OS was 83% vs. 70%"
        return None
    first, second = (number_of(v.text) for v in values)
    if first is None or second is None or first == second:
        return None
    return (first > second) == bool(said["rise"])


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
