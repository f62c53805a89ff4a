"""``So that is better than in the children's trial?``: the study spoken of, set against another that is described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.question.reader import Ask, QuestionReader

_THAN = re.compile(r"\b(?:than|compared (?:with|to)|next to)\s+(?P<other>[^,?.;]+)", re.IGNORECASE)


def set_against(ask: Ask, focus: Sequence[str], reader: QuestionReader) -> Ask:
    """``ask`` of the one study spoken of and of the one it is weighed against, where only its patients tell that."""
    if len(focus) != 1 or not ask.groups or not ask.has("compare"):
        return ask
    other = _THAN.search(ask.focus)
    side = reader.read(other["other"]) if other else None
    if side is None or len(side.studies) != 1 or side.studies[0] == focus[0] or not side.groups:
        return ask
    meant = frozenset(i for _, ids in side.groups for i in ids)
    both = (focus[0], side.studies[0])
    if any(side.studies[0] not in n.studies for n in ask.named.names):
        return ask
    own = frozenset(i for f in reader.review.facts if f.study in both for i in f.group)
    if meant & own or {ids for _, ids in ask.groups} - {ids for _, ids in side.groups}:
        return ask
    return replace(ask, studies=both, groups=(), described=False)
