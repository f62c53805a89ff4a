"""Which group of a study a word or number for an age means: ``seniors``, ``the younger ones``, ``under-55s``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.groups.reading import OwnGroup
from assistant.text.ages import Ages, ages_in_words, ages_of_group, printed_range

Ids = frozenset[str]

_TWO = 2
_YOUNG = re.compile(
    r"\b(?:young(?:er|est|sters)?|toddlers?|little|small(?:er|est)?|infants?|babies|kids|teen\w*|adolescents?)\b"
    r"|<|\b(?:under|below)\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:old(?:er|est)?|elderly|seniors?|aged|geriatric|pensioners)\b|>|\b(?:over|above)\b", re.IGNORECASE
)
_COVERED = 0.75
"""Share of the ages that a word means which those of a group must cover."""
_OVERLAP = 0.3
"""Share of them that no other group may cover."""


def by_age(
    desk: Desk, study: str, label: str, ids: Ids, part: OwnGroup, others: Collection[OwnGroup]
) -> float:
    """``seniors`` of a study that tells those of 65 or more; ``toddlers`` of one with a young and an older group."""
    span, exact = _ages_said(label, ids)
    rank = _rank(label)
    own = _aged(part.ids)
    rest = [a for o in others if (a := _aged(o.ids)) and o.ids != part.ids]
    if span is not None and own is not None:
        whole = _range_of(desk, study)
        if exact:
            return 0.9 if _clipped(span, whole) == _clipped(own, whole) or _near(span, own, whole) else 0.0
        covered = _share(_clipped(span, whole), own)
        if covered >= _COVERED and all(_share(_clipped(span, whole), a) < _OVERLAP for a in rest):
            return 0.85
    told = _by_rank([part, *others])
    if rank and not exact and len(told) == _TWO and told[max(rank, 0)] is part:
        return 0.8
    return 0.0


def is_aged(ids: Ids) -> bool:
    """Whether a group is told by age, in numbers or in a word."""
    return len(ids) == 1 and (_aged(ids) is not None or bool(_rank(next(iter(ids)))))


def _by_rank(parts: Sequence[OwnGroup]) -> list[OwnGroup]:
    """The parts that are told by age, the younger first; by their bounds or by the words for them."""
    spans = [(a, p) for p in parts if (a := _aged(p.ids)) is not None]
    if len(spans) == _TWO:
        return [p for _, p in sorted(spans, key=lambda t: t[0])]
    ranked = [(r, p) for p in parts if len(p.ids) == 1 and (r := _rank(next(iter(p.ids))))]
    return (
        [p for _, p in sorted(ranked, key=lambda t: t[0])]
        if len({r for r, _ in ranked}) == len(ranked)
        else []
    )


def _ages_said(label: str, ids: Ids) -> tuple[Ages | None, bool]:
    """The ages that a wording means, and whether it gives them in numbers."""
    numbers = [a for i in ids if re.match(r"age[<>\d]", i) and (a := ages_of_group(i))]
    if numbers:
        return numbers[0], True
    if (words := ages_in_words(label)) is not None:
        return words, False
    return next(((a, False) for i in sorted(ids) if (a := ages_of_group(i))), (None, False))


def _aged(ids: Ids) -> Ages | None:
    """The ages of a group that is told by age and nothing else."""
    return ages_of_group(next(iter(ids))) if len(ids) == 1 else None


def _rank(wording: str) -> int:
    """-1 for words that mean the young, 1 for those that mean the old, 0 for neither or both."""
    young, old = bool(_YOUNG.search(wording)), bool(_OLD.search(wording))
    return 0 if young == old else -1 if young else 1


def _range_of(desk: Desk, study: str) -> Ages:
    ranges = [
        r for f in desk.selector.reported(study, "age_range") if not f.group and (r := printed_range(f.value))
    ]
    described = [a for i in desk.review.populations.get(study, ()) if (a := ages_of_group(i))]
    return (ranges or described or [(0, 120)])[0]


def _clipped(ages: Ages, whole: Ages) -> Ages:
    return max(ages[0], whole[0]), min(ages[1], whole[1])


def _near(asked: Ages, own: Ages, whole: Ages) -> bool:
    """Whether two spans differ by a year at most: people do not tell ``over 70`` from ``70 or older``."""
    a, b = _clipped(asked, whole), _clipped(own, whole)
    return abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) <= 1


def _share(of: Ages, within: Ages) -> float:
    """The share of the years of one span that lie in another."""
    low, high = max(of[0], within[0]), min(of[1], within[1])
    return max(0, high - low + 1) / (of[1] - of[0] + 1) if of[1] >= of[0] else 0.0
