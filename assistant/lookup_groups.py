"""Which arms or subgroups of a study a question wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.desk import Desk
from assistant.model import Fact
from assistant.question import Ask
from assistant.text import tokens

_ONLY = re.compile(r"\b(?:only|just|alone|specifically|exclusively)\b", re.IGNORECASE)
_SUBGROUP = re.compile(
    r"\b(?:only|just|alone|subgroup|subset|specifically|exclusively|how many|number of)\b", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?:and|or|vs|versus|than|against|compared|with|from|to|between)\b|[,/&]", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\s*(?:arm|group)?\s*(?:patients|adults|children|those|people|participants|subjects|arm|group)\s+"
    r"(?:with|who|whose|having|that|in the|in)\b(?!.*\b(?:and|or|vs|versus|than)\b)[^,;/]*"
)
"""Stands between two words for one subgroup: ``arm A patients with high risk``."""
_DIFFERING = re.compile(r"\bvs\b|\bversus\b|±|\bor\b")


def group_wishes(desk: Desk, ask: Ask, study: str) -> list[frozenset[str]]:
    """The arms or subgroups asked for in one study, each a set of ids; none means all patients.

    Words that hold for every patient of the study, and words that only describe it, are left out;
    words that together name one subgroup stay together.
    """
    everyone = _everyone(desk, ask, study)
    facts = [f for f in desk.review.facts if f.study == study and f.group]
    wishes = [wish for _, ids in ask.groups if (wish := ids - everyone - {"all"})]
    if ask.described or not ask.named.of("number", "nct", "author", "code"):
        known = frozenset(g for f in facts for g in f.group)
        wishes = [w for w in wishes if w & known] or wishes
    wishes = [kept for w in wishes if (kept := _without_topic(desk, ask, w))]
    if len(wishes) > 1 and not _arms_apart(desk, study, wishes) and _one_subgroup(ask, wishes, facts):
        wishes = [frozenset[str]().union(*wishes)]
    if ask.everyone and wishes:
        wishes = [frozenset(), *wishes]
    return list(dict.fromkeys(wishes))


def _everyone(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """What holds for every patient of the study, or describes another study named beside it."""
    whole = frozenset[str]().union(*(ids for _, ids in ask.groups)) - {"all"}
    own = [f.group for f in desk.review.facts if f.study == study and f.attribute in ask.measures]
    if len(ask.groups) > 1 and whole in own:
        return frozenset()
    found = desk.review.populations.get(study, frozenset())
    if "relapsed-refractory" in found:
        found |= {"relapsed", "refractory"}
    found |= _treated_with(desk, study)
    if len(ask.studies) > 1:
        for other in ask.studies:
            found |= desk.review.populations.get(other, frozenset())
    if _ONLY.search(ask.focus):
        return frozenset(i for i in found if i in desk.vocabulary.populations)
    return found


def _treated_with(desk: Desk, study: str) -> frozenset[str]:
    """Groups that name the one treatment all patients of a study had; none where its arms differ."""
    cells = [f.value for f in desk.selector.reported(study, "agents")]
    if not cells or any(_DIFFERING.search(c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    return frozenset(m.ids[0] for c in cells for m in lexicon.find(tokens(c)))


def _arms_apart(desk: Desk, study: str, wishes: Sequence[frozenset[str]]) -> bool:
    """Whether the wishes are arms of the study, in which no patient is twice."""
    arms = set(desk.review.arms.get(study, {}).values())
    return all(w in arms for w in wishes)


def _one_subgroup(ask: Ask, wishes: Sequence[frozenset[str]], facts: Sequence[Fact]) -> bool:
    """Whether several wishes are words for one subgroup: a figure has them all, or nothing parts them."""
    whole = frozenset[str]().union(*wishes)
    labels = [label for label, _ in ask.groups]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    if any(whole <= f.group for f in facts) or (gaps and all(map(_PEOPLE.fullmatch, gaps))):
        return True
    apart = all(any(w <= f.group for f in facts) for w in wishes)
    return not apart and not _alternatives(ask)


def _alternatives(ask: Ask) -> bool:
    """Whether the groups named are several wanted side by side, not one described by several words."""
    if ask.has("arms"):
        return True
    labels = [label for label, _ in ask.groups]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    return any(_SIDE_BY_SIDE.search(gap) for gap in gaps)


def _without_topic(desk: Desk, ask: Ask, wish: frozenset[str]) -> frozenset[str]:
    """A wish without the disease the whole review is about, unless that alone is asked for."""
    if _SUBGROUP.search(ask.focus) or len(ask.groups) > 1:
        return wish
    title = desk.review.title.lower()
    abbreviations = desk.review.raw.abbreviations.items()
    topics = {k.lower() for k, v in abbreviations if v.lower() in title or k.lower() in title}
    return frozenset(i for i in wish if i not in topics)
