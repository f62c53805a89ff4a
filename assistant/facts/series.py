"""How figures stand to each other: listed, set against each other, in blocks, as two ends of a change."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.facts.pieces import brackets
from assistant.spans.numbers import LIST_SEPARATOR
from assistant.spans.span import Span

_CONTRAST = re.compile(
    r"\b(?:versus|vs\b\.?|respectively)|\b(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)\b",
    re.IGNORECASE,
)


def all_linked(values: Sequence[Span], text: str) -> bool:
    """Whether figures are listed or set against each other."""
    gaps = [text[a.end : b.start] for a, b in pairwise(values)]
    plain = [
        re.sub(r"\s*\([^()]*\)|^\s*(?:patients?|children|adults)\b(?=\s*\(|\s*(?:and|or)\b)", "", g)
        for g in gaps
    ]
    listed = all(LIST_SEPARATOR.fullmatch(p) or _CONTRAST.search(g) for p, g in zip(plain, gaps, strict=True))
    return listed or bool(re.search(r"\brespectively\b", text[values[-1].end :]))


_ENDS = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)


def is_change(values: Sequence[Span], text: str) -> bool:
    """``rose from 39 to 74 days``, ``between 60% and 70%``: two ends of one change or range, not the figures of two groups."""
    opens = _ENDS.search(text[: values[0].start]) if len(values) == 2 else None
    if opens is None:
        return False
    joint = "to" if opens[0].strip().lower() == "from" else "and"
    return text[values[0].end : values[1].start].strip() == joint


def in_blocks(values: Sequence[Span], groups: Sequence[Span], size: int) -> bool:
    """``ORR and CR were 80% and 60% at 5 mg, and 90% and 70% at 9 mg``: one figure a measure, then the next group."""
    many = len(groups)
    if many < 2 or len(values) != many * size:
        return False
    starts = [values[k * size].start for k in range(many)]
    ends = [values[k * size + size - 1].end for k in range(many)]
    inside = any(a <= g.start < b for g in groups for a, b in zip(starts, ends, strict=True))
    after = all(e <= g.start for g, e in zip(groups, ends, strict=True)) and all(
        g.end <= s for g, s in zip(groups, starts[1:], strict=False)
    )
    before = all(g.end <= s for g, s in zip(groups, starts, strict=True)) and all(
        e <= g.start for g, e in zip(groups[1:], ends, strict=False)
    )
    return not inside and (after or before)


def linked(value: Span, values: Sequence[Span], text: str) -> bool:
    """Whether a figure is one of a list."""
    k = list(values).index(value)
    near = [text[a.end : b.start] for a, b in pairwise(values)][max(0, k - 1) : k + 1]
    return any(LIST_SEPARATOR.fullmatch(re.sub(r"\([^()]*\)", "", g)) for g in near)


def set_against(values: Sequence[Span], text: str) -> bool:
    """``15% vs. 5%``: whether two figures are set against each other."""
    between = text[values[0].end : values[-1].start] if len(values) == 2 else ""
    between = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", between).strip(" %),")
    return bool(between) and _CONTRAST.fullmatch(between) is not None and "respectively" not in between


def of_each_arm(values: Sequence[Span], measures: Sequence[Span], arms: Sequence[Span], text: str) -> bool:
    """``sepsis and infections were more frequent with A (15% vs. 5%)``: a figure an arm, of both measures together."""
    if len(values) != len(arms) or len(arms) != 2 or len(measures) < 2 or measures[-1].end > values[0].start:
        return False
    against = set_against(values, text)
    joined = re.fullmatch(
        r"(?:\s+[\w-]+){0,2}\s*(?:and|or|,)\s+(?:[\w-]+\s+){0,2}", text[measures[0].end : measures[-1].start]
    )
    return bool(against and joined) and "respectively" not in text[values[1].end :]


def coordinated(measures: Sequence[Span], text: str) -> bool:
    """Whether measures are joined by ``and`` or a comma."""
    return all(
        re.fullmatch(r"\s*(?:,|and|or|/|,\s*and)?\s*(?:the\s+)?", text[a.end : b.start], re.IGNORECASE)
        for a, b in pairwise(measures)
    )


_AGAINST = re.compile(r"\b(?:versus|vs\b\.?|against|compared|opposed|while|whereas)\b", re.IGNORECASE)


def blocks_around(values: Sequence[Span], groups: Sequence[Span], size: int, text: str) -> bool:
    """``OS and PFS in A were 80% and 70%, versus 60% and 50% in B``: the one group's figures, then the other's."""
    if len(groups) != 2 or len(values) != 2 * size:
        return False
    if groups[0].end > values[0].start or groups[1].start < values[-1].end:
        return False
    gaps = [bool(_AGAINST.search(text[a.end : b.start])) for a, b in pairwise(values)]
    return gaps == [k == size - 1 for k in range(len(gaps))]


def in_blocks_of_time(values: Sequence[Span], times: Sequence[Span], per: int) -> bool:
    """``66% vs. 35% at week 24, 57% vs. 38% at week 48``: each time stands with its own values, behind or before them."""
    if per < 2:
        return False
    blocks = [values[k : k + per] for k in range(0, len(values), per)]
    behind = all(
        block[-1].end <= time.start and (j + 1 == len(blocks) or time.end <= blocks[j + 1][0].start)
        for j, (block, time) in enumerate(zip(blocks, times, strict=True))
    )
    before = all(
        time.end <= block[0].start and (j == 0 or blocks[j - 1][-1].end <= time.start)
        for j, (block, time) in enumerate(zip(blocks, times, strict=True))
    )
    return behind or before


def one_bracket(values: Sequence[Span], text: str) -> int:
    """Where the bracket begins that holds all figures, or 0."""
    return next(
        (a for a, b in brackets(text) if all(a < v.start and v.end <= b for v in values) and a > 0), 0
    )
