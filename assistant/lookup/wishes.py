"""Which arms or subgroups of a study a question wants."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.folder.heads import read_head
from assistant.lookup.crossed import crossed
from assistant.lookup.everyone import common_to_all
from assistant.lookup.foreign import describes_all
from assistant.lookup.groups import groups_asked
from assistant.model import Fact
from assistant.question.clues import SAME_PATIENTS
from assistant.question.reader import Ask
from assistant.text.ages import ages_of_group
from assistant.text.text import fold

_RESPONSES = frozenset({"responders"})
_CONTROLS = frozenset({"control"})
_MRD_NEGATIVE = frozenset({"mrd-negative"})
_DEGREE = frozenset({"complete", "completely", "fully", "entirely"})
_SUBGROUP = re.compile(
    r"\b(?:only|just|alone|subgroup|subset|specifically|exclusively|how many|number of|among|n)\b"
    r"|\b(?:without|not|no) (?:[A-Z][-/])?(?:LBL|lymphomas?|leuk[a]?emias?)\b|\((?:not|no|without|excluding)\b"
    r"|\b(?:rather than|as opposed to|excluding)\b",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?:and|or|vs|versus|than|against|compared|with|from|to|between)\b|[,/&]", re.IGNORECASE
)
_JOINED = re.compile(r"\b(?:and|or|vs|versus|than|against|compared)\b|[/&]", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s*(?:arm|group)?\s*(?:patients|adults|children|those|people|participants|subjects|ones|cases|men|women|individuals|arm|group)\s+"
    r"(?:with|who|whose|having|that|in the|in)\b(?!.*\b(?:and|or|vs|versus|than)\b)[^,;/]*"
)
"""Stands between two words for one subgroup: ``arm A patients with high risk``."""
_WHO_HAD = re.compile(
    r"\s*(?:arm|group|patients|participants|people|those|ones|cases)?\s*(?:who|that|which)\s+(?:also\s+|had\s+)?"
    r"(?:got|had|took|received|were|was|have|got|been|given|on|with|the|an?|\s)*",
    re.IGNORECASE,
)
"""Stands between two words for one subgroup: ``inhibitor patients who got no prophylaxis``."""


def group_wishes(desk: Desk, ask: Ask, study: str) -> list[frozenset[str]]:
    """The arms or subgroups asked for in one study, each a set of ids; none means all patients.

    Words that hold for every patient of the study, and words that only describe it, are left out;
    words that together name one subgroup stay together.
    """
    ask = replace(ask, groups=groups_asked(desk, ask, study))
    everyone = common_to_all(desk, ask, study)
    facts = [f for f in desk.selector.of(study) if f.group]
    wishes = [wish for _, ids in ask.groups if (wish := ids - everyone - {"all"})]
    if ask.described or not (ask.inherited or ask.named.of("number", "nct", "author", "code", "agent")):
        known = frozenset(g for f in facts for g in f.group)
        telling = known | {i for w in wishes for i in w if i not in desk.vocabulary.populations}
        wishes = [w for w in wishes if w & telling or _narrows(w)] or wishes
    if set(ask.measures) & {m for f in ("response", "remission") for m in _members(desk, f)}:
        wishes = [w for w in wishes if w != _RESPONSES or any(w <= f.group for f in facts)]
    if ask.measures and all("DOR" in m or m == "TTR" for m in ask.measures):
        wishes = [w for w in wishes if w != _RESPONSES or any(w <= f.group for f in facts)]
    if ask.measures and all(m.endswith("_duration") for m in ask.measures):
        wishes = [w for w in wishes if w != _RESPONSES]  # nobody else's response can last
    if "MRD_negativity" in ask.measures:
        wishes = [w for w in wishes if w - _DEGREE != _MRD_NEGATIVE or any(w <= f.group for f in facts)]
    wishes = [kept for w in wishes if (kept := _without_topic(desk, ask, study, w, len(wishes)))]
    if len(ask.studies) > 1:
        wishes = [w for w in wishes if not _of_another(desk, ask, study, w)]
    wishes = [
        w for w in wishes if any(w <= f.group for f in facts) or not describes_all(desk, study, w)
    ] or wishes
    wishes = _within_arms(desk, ask, study, wishes)
    own = set(desk.review.arms.get(study, {}).values())
    if len(wishes) > 1 and own.issuperset(wishes):
        wishes = crossed(desk, ask, study, wishes)
    elif len(wishes) > 1 and _one_subgroup(ask, wishes, facts, own):
        wishes = [frozenset[str]().union(*wishes)]
    if (ask.everyone or _against_outsiders(desk, ask, study, wishes)) and wishes:
        wishes = [frozenset(), *wishes]
    return list(dict.fromkeys(wishes))


_OUTSIDERS = re.compile(
    r"\b(?:controls?|historical\w*|comparators?|registry|untreated|matched)\b", re.IGNORECASE
)
"""Speaks of patients who were none of the study's own."""


def _against_outsiders(desk: Desk, ask: Ask, study: str, wishes: Sequence[frozenset[str]]) -> bool:
    """Whether a study's own patients are set against the one group that was none of it: ``vs the historical controls``."""
    own = set(desk.review.arms.get(study, {}).values())
    facts = [f for f in desk.selector.of(study) if f.attribute in ask.measures]
    whole = any(not f.group for f in facts)
    if not whole or list(wishes) != [_CONTROLS] or _CONTROLS in own or not ask.has("compare", "difference"):
        return False
    return any(_OUTSIDERS.search(p.quote) for p in desk.review.passages if study in p.studies)


def _members(desk: Desk, family: str) -> tuple[str, ...]:
    found = desk.vocabulary.families.get(family)
    return found.includes if found else ()


def _within_arms(desk: Desk, ask: Ask, study: str, wishes: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """``the blastoid cases on A``: a subgroup and arms named together mean the subgroup within each arm."""
    own = set(desk.review.arms.get(study, {}).values())
    arms = [w for w in wishes if w in own]
    others = [w for w in wishes if w not in own]
    if not arms or not others or len(own) < 2 or any(w <= a for w in others for a in own):
        return list(wishes)
    if any(w | a <= same for same in SAME_PATIENTS for w in others for a in own - set(arms)):
        return list(wishes)  # what is told "frontline" is the other arm, the newly diagnosed
    labels = [(label, ids in own) for label, ids in ask.groups]
    for (a, is_arm), (b, is_other) in pairwise(labels):
        gap = ask.focus.split(a, 1)[-1].split(b, 1)[0]
        if is_arm != is_other and _JOINED.search(gap):
            return list(wishes)
    whole = frozenset[str]().union(*others)
    facts = desk.selector.of(study)
    asked = [f.group for f in facts if f.attribute in ask.measures]
    alone = len(arms) == len(others) == 1 and any(g == others[0] for g in asked)
    if alone and len(own) == 2 and not any(arms[0] | others[0] <= g for g in asked):
        # told without its arm, it is a figure of what was studied, and none of the controls
        return [arms[0] | others[0]] if desk.own.is_lesser(study, arms[0]) else others
    if any(g and g in {*others, whole} for g in asked) or not all(
        any(w <= f.group for f in facts) for w in others
    ):
        return list(wishes)
    parts = [whole] if any(whole <= f.group for f in facts) else others
    return [a | part for part in parts for a in arms]


def _narrows(wish: frozenset[str]) -> bool:
    """Whether it is an age or a denial, which never merely describe a study."""
    return any(ages_of_group(i) or i.startswith("no-") for i in wish)


def _of_another(desk: Desk, ask: Ask, study: str, wish: frozenset[str]) -> bool:
    """Whether a wish is for an arm of another study, or only describes a drug (``low-dose X``)."""
    own = [f.group for f in desk.selector.of(study)]
    if any(wish <= group for group in own):
        return False
    shared = ask.inherited and len(ask.groups) == 1  # "how many of those were newly diagnosed?"
    if not shared and any(wish in desk.review.arms.get(s, {}).values() for s in ask.studies if s != study):
        return True
    labels = [label for label, ids in ask.groups if ids >= wish]
    agents = [n.text for n in ask.named.of("agent", "code")]
    return any(f"{label} {agent}" in ask.focus for label in labels for agent in agents)


def _one_subgroup(
    ask: Ask, wishes: Sequence[frozenset[str]], facts: Sequence[Fact], own: AbstractSet[frozenset[str]]
) -> bool:
    """Whether several wishes are words for one subgroup: a figure has them all, or nothing parts them."""
    whole = frozenset[str]().union(*wishes)
    labels = [label for label, _ in ask.groups if label]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    if any(whole <= f.group for f in facts) or (gaps and all(map(_PEOPLE.fullmatch, gaps))):
        return True
    if gaps and all(map(_WHO_HAD.fullmatch, gaps)):
        return True
    apart = all(any(w <= f.group for f in facts) for w in wishes)
    of_arm = len({w in own for w in wishes}) == 2 and not any(map(_JOINED.search, gaps))
    if of_arm and not apart and not ask.translated:
        return True  # "in the marrow, A arm", where nothing is told of the marrow
    return not apart and not _alternatives(ask)


def _alternatives(ask: Ask) -> bool:
    """Whether the groups named are several wanted side by side, not one described by several words."""
    if ask.has("arms"):
        return True
    labels = [label for label, _ in ask.groups if label]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    return any(_SIDE_BY_SIDE.search(gap) for gap in gaps)


def _headed_arms(desk: Desk) -> set[frozenset[str]]:
    """The arms that columns of tables are headed with, whatever the title says of them."""
    found: set[frozenset[str]] = set()
    for table in desk.review.raw.tables:
        for column in table.columns:
            own = desk.review.arms.get(column.study, {})
            found |= (
                {own[name] for name in read_head(column.arm).names if name in own} if column.arm else set()
            )
    return found


def _without_topic(desk: Desk, ask: Ask, study: str, wish: frozenset[str], n_wishes: int) -> frozenset[str]:
    """A wish without the disease the whole review is about, unless that alone is asked for."""
    sized = "n_patients" in ask.characteristics and any(
        wish == f.group for f in desk.selector.reported(study, "n_patients")
    )
    counted = ask.wants == "count" and (ask.inherited or sized)  # "how many …?", said in the turn before
    told = any(wish <= f.group for f in desk.selector.of(study) if f.attribute in ask.measures)
    if _SUBGROUP.search(ask.focus) or n_wishes > 1 or counted or told:
        return wish
    title = desk.review.title.lower()
    abbreviations = desk.review.raw.abbreviations.items()
    topics = {
        k.lower()
        for k, v in abbreviations
        if v.lower() in title
        or (k.lower() in title and re.search(rf"(?<![^\W_]){re.escape(k.lower())}(?![^\W_])", title))
    } - {i for ids in _headed_arms(desk) for i in ids}
    said = fold(title)
    titled = desk.vocabulary.populations.keys() - {
        i for ids in desk.review.arms.get(study, {}).values() for i in ids
    }
    return frozenset(
        i
        for i in wish
        if i not in topics
        and not (i in titled and i in said and re.search(rf"(?<![\w-]){re.escape(i)}(?![\w-])", said))
    ) | (wish & _listed_in(said) if len(desk.review.studies) > 1 else frozenset())


_LISTED = (
    re.compile(r"\b(?:and|&)\s+(?:[\w-]+\s+){0,3}?(?P<what>[\w-]+)(?=[,:;.]|$)"),
    re.compile(r"(?P<what>[\w-]+)\s+(?:and|&)\s"),
)
"""Names one of several topics of a title: ``A, B and maintenance after transplant``."""


@lru_cache(maxsize=8)
def _listed_in(title: str) -> frozenset[str]:
    """The words of a title that name but one of its topics, so that not all patients are of it."""
    return frozenset(m["what"] for pattern in _LISTED for m in pattern.finditer(title))
