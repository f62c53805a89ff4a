"""What a study's patients were where a question takes them for the opposite."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.desk import Desk


def opposed(desk: Desk, study: str, groups: Iterable[frozenset[str]]) -> frozenset[str]:
    """Of what a study's patients all were, the opposites of what ``groups`` take them for."""
    held = desk.review.populations.get(study, frozenset())
    own = {i for f in desk.selector.of(study) for i in f.group}
    named = frozenset[str]().union(*groups)
    found = set()
    for term in desk.vocabulary.populations.values():
        against = {term.id} | ({"relapsed", "refractory"} if term.id == "relapsed-refractory" else set())
        if term.opposite in held and against & named and not (against & (held | own)):
            found.add(term.opposite)
    return frozenset(found)
