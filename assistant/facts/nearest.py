"""What stands nearest to a figure: its measure, its group, its time point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.reach import reaches_back
from assistant.spans.span import Span

_PATIENT_PHRASE = re.compile(
    r"(?:[^,;.()]|\.(?=\d)|\([^()]*%[^()]*\))*?(?=\band\s+(?:in\s+|by\s+|for\s+)?\d|\b(?:versus|vs)\b|\b(?:received|were|was|had|achieved|underwent|who|whose|experienced|enrolled|got)\b|[,;.()]|$)"
)
_ITS_SHARE = re.compile(r"\s*\([<>\u2264\u2265]?\s*\d[\d.,]*\s?%\)")
"""``21 (31%) cases in the one arm``: the share behind a count."""
_DONE_TO = re.compile(
    r"[^,;.]{0,40}\b(?:received|underwent|proceeded\s+to|given|had|performed\s+in|carried\s+out\s+in|done\s+in|given\s+to|"
    r"offered\s+to|used\s+in)\b[^,;.]{0,40}"
)
_PREDICATE = re.compile(
    r"[^,;.()]*(?:\([^()]*\))?\s*(?:were|was|had|carried)\s+(?:[\w-]+\s+)?(?:(?:with|to|on)\s+)?(?:the\s+)?"
)
_EITHER = re.compile(r"\s*(?:arms?|groups?)?\s*(?:\([^()]*\)\s*)?or\s+(?:the\s+|to\s+)*", re.IGNORECASE)
_OF_EITHER = re.compile(r"\beither\s+(?:(?:to|the|with|of)\s+)*$", re.IGNORECASE)
"""``randomized 612 adults to either A``: what stands behind it is one of the two."""
_COLON = re.compile(r"\s*(?:arms?|groups?|cohorts?)?\s*:\s*", re.IGNORECASE)


def counted_group(value: Span, groups: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The groups that say which patients a count counts."""
    headed = [g for g in groups if g.end <= value.start and _COLON.fullmatch(text, g.end, value.start)]
    if headed:
        return (headed[-1],)
    groups = [g for g in groups if not _OF_EITHER.search(text, value.end, g.start)]
    each = [g for g in groups if sum((o.start, o.end) == (g.start, g.end) for o in groups) > 1]
    if each and each[0].start > value.end and not re.search(r"\d", text[value.end : each[0].start]):
        return tuple(each)
    after = [g for g in groups if g.start >= value.end]
    if (
        len(after) > 1
        and after[0].ids != after[1].ids
        and _EITHER.fullmatch(text, after[0].end, after[1].start)
    ):
        groups = [g for g in groups if g not in after[:2]]
    begin = share.end() if (share := _ITS_SHARE.match(text, value.end)) else value.end
    phrase = _PATIENT_PHRASE.match(text, begin)
    end = phrase.end() if phrase else value.end
    own = [g for g in groups if value.end <= g.start < max(end, value.end + 2)]
    return (*own, *(g for g in groups if g not in own and _is_done_to(g, value, end, text)))


def _is_done_to(group: Span, count: Span, end: int, text: str) -> bool:
    """``transplantation was performed in 20 patients``: what was done names a subgroup."""
    between = text[group.end : count.start] if group.end <= count.start else text[end : group.start]
    if re.fullmatch(r"\s*[(,]\s*(?:n\s*=\s*)?", between) or re.fullmatch(
        r"\s*,?\s*of\s+whom\s+there\s+were\s*", between
    ):
        return True
    if group.start > count.end and _PREDICATE.fullmatch(text[count.end : group.start]):
        return True
    return bool(_DONE_TO.fullmatch(between))


_ACHIEVED = re.compile(
    r"\s*(?:%|per\s?cent)?\s+of\s+(?:the\s+|all\s+)?(?:patients|subjects|participants|cases)\s+(?:[a-z]+ed|had|have|reached?|attain|achieve)\s+(?:an?\s+|the\s+)?"
    r"|\s*(?:of\s+(?:the\s+)?(?:patients|them)\s+)?(?:having|developing|experiencing|achieving|attaining|reaching|showing|suffering)\s+(?:from\s+)?(?:an?\s+|the\s+)?"
)
"""``40% of patients achieved a complete remission``."""


def nearest(value: Span, measures: Sequence[Span], text: str = "") -> Span:
    """The measure beside a figure, the last before it, or else the nearest."""
    beside = [m for m in measures if 0 <= m.start - value.end <= 1]
    beside += [m for m in measures if m.start > value.end and _ACHIEVED.fullmatch(text, value.end, m.start)]
    if beside:
        return beside[0]
    before = [m for m in measures if m.end <= value.start]
    return before[-1] if before else min(measures, key=lambda m: abs(m.start - value.end))


def nearest_group(value: Span, groups: Sequence[Span]) -> tuple[Span, ...]:
    """The group that follows a figure closely, or else the nearest."""
    if not groups:
        return ()
    after = [g for g in groups if 0 <= g.start - value.end <= 60]
    return (after[0],) if after else (min(groups, key=lambda g: abs(g.start - value.end)),)


_BESIDE = re.compile(
    r"\s*%?(?:\s*\([^()]*\)|\s*\[[^\]]*\])*(?:\s+(?:of\s+)?(?:the\s+)?(?:patients?|participants|subjects|cases|events|deaths|individuals))?"
    r"(?:\s+(?:responded|relapsed|progressed|died|survived)|\s+(?:achieved|reached|attained|had)\s+(?:an?\s+)?[\w/-]+)?"
    r"(?:\s+(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed)|\s+who\s+(?:[a-z-]+\s+){0,3}[a-z-]+)?"
    r"\s+(?:in|on|with|for|among|from|given|receiving|to|treated\s+with)\s+(?:those\s+(?:given|on|with|in)\s+)?(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)


def is_beside(value: Span, group: Span, text: str) -> bool:
    """Whether a figure names a group straight behind itself: ``215 (48%) of the patients in A``."""
    return _BESIDE.fullmatch(text, value.end, group.start) is not None


def arms_beside(
    values: Sequence[Span], groups: Sequence[Span], arms: Sequence[Span], text: str
) -> list[Span]:
    """The arm that each figure names straight behind itself, one a figure; none where one names none.

    ``higher with B: 215 (48%) of 446 patients in the A group reported it, compared with 243 in the B group``.
    """
    own = {a.ids for a in arms}
    found: list[Span] = []
    for value in values:
        behind = [g for g in groups if g.ids in own and is_beside(value, g, text)]
        found += behind[:1]
    return found if len(found) == len(values) == len({g.ids for g in found}) > 1 else []


def is_shifted(values: Sequence[Span], groups: Sequence[Span], text: str) -> bool:
    """``in blood 52% of those given A, 57% given B and 61% given others``: whether all groups but the first stand behind the figure before.

    As many groups as figures are then in no order of theirs, since what stands behind the last figure was not understood.
    """
    later = list(zip(values, groups[1:], strict=False))
    if len(values) != len(groups) or len(values) < 2 or groups[0].end > values[0].start:
        return False
    return all(_BESIDE.fullmatch(text, v.end, g.start) for v, g in later)


def is_heaped(values: Sequence[Span], groups: Sequence[Span]) -> bool:
    """``In A it was 70% for X and 41% for Y, but in B 67% and 58%``: whether as many groups as figures stand in no order of theirs.

    They do where all stand before or behind the figures, or one beside each of them.
    """
    if len(groups) != len(values) or len(values) <= 2:
        return False
    before = [sum(g.end <= v.start for g in groups) for v in values]
    apart = [b - a for a, b in pairwise(before)]
    in_turn = all(n == 1 for n in apart) and before[0] < 2
    return any(apart) and not in_turn


def time_for(
    measure: Span | None, value: Span, times: Sequence[Span], measures: Sequence[Span], text: str = ""
) -> Span | None:
    """The time point of a figure: the only one, its measure's, or the nearest; none that another clause tells."""
    if not times:
        return None
    if len(times) == 1:
        return times[0] if reaches_back(times[0], value, measure, text) else None
    if measure is not None:
        if len(times) == len(measures):
            return times[list(measures).index(measure)]
        before = [t for t in times if t.end <= measure.start]
        if before:
            return before[-1]
    after = [t for t in times if t.start >= value.end]
    return after[0] if after else times[-1]
