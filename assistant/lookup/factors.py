"""The groups that a study tells its figures apart by, where a question asks for a difference by just that."""

from __future__ import annotations

from assistant.desk import Desk
from assistant.lookup.chosen import groups_told
from assistant.question.factors import factors_asked
from assistant.question.reader import Ask

Group = tuple[str, frozenset[str]]


def by_factor(desk: Desk, ask: Ask, study: str) -> list[Group]:
    """``is there an age difference in OS`` of a study that gives the OS of children and of adults: both."""
    factors = list(factors_asked(ask.focus)) if ask.measures else []
    if not factors:
        return []
    labels = {f.group: f.group_label for f in desk.selector.of(study) if f.group_label}
    told = [g for g in groups_told(desk, ask, study) if any(x.is_of(g) for x in factors)]
    return [(labels.get(g, ""), g) for g in told if g in labels]
