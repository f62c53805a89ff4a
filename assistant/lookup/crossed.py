"""Groups named together that cross each other: ``dose 2 in stratum B``, ``stratum B: A against C``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.question.reader import Ask

Ids = frozenset[str]


def crossed(desk: Desk, ask: Ask, study: str, wishes: Sequence[Ids]) -> list[Ids]:
    """The groups wanted, those that one figure is of at once as one; as they are where nothing is told of them together."""
    facts = [f for f in desk.selector.of(study) if f.group]
    asked = [f.group for f in facts if f.attribute in ask.measures]
    joint = _joint(wishes, asked) or _joint(wishes, [f.group for f in facts])
    return joint or list(wishes)


def told_together(desk: Desk, study: str, groups: Sequence[Ids]) -> bool:
    """Whether a figure of a study is of all these groups at once."""
    whole = frozenset[str]().union(*groups)
    return any(whole <= f.group for f in desk.selector.of(study))


def _joint(wishes: Sequence[Ids], groups: Sequence[Ids]) -> list[Ids]:
    """What the wishes are together, group by group; nothing where one of them stands in no group beside another."""
    found: list[frozenset[int]] = []
    for group in dict.fromkeys(groups):
        within = frozenset(k for k, w in enumerate(wishes) if w <= group)
        if len(within) > 1 and within not in found:
            found.append(within)
    largest = [a for a in found if not any(a < b for b in found)]
    if {k for within in largest for k in within} != set(range(len(wishes))):
        return []
    return [frozenset[str]().union(*(wishes[k] for k in within)) for within in sorted(largest, key=sorted)]
