"""``Adults`` as the noun for the patients of an arm, whom a study of all ages does not tell apart."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.text.ages import ages_of_group, printed_range
from assistant.text.text import fold

_ADULT = frozenset({"adult"})
_GROWN = 18
"""Age in years from which on patients are adults."""
_NOUN = r"(?:adult (?:patients|people|cases|participants)|adults|grown-?ups)"
_DESCRIBED = re.compile(
    rf"\b(?:relapsed|refractory|relapsing|pretreated|R/R|recurrent)\s+{_NOUN}\b"
    rf"|\b{_NOUN}\s+(?:on|given|receiving|getting|taking|treated|who|whose|with|that|assigned|randomi[sz]ed)\b",
    re.IGNORECASE,
)
"""Uses the word as a noun that something else tells apart."""
_ONLY = re.compile(
    rf"\b(?:only|just|exclusively|solely)\s+(?:the\s+)?{_NOUN}\b|\b{_NOUN}\s+(?:only|alone|exclusively|specifically)\b",
    re.IGNORECASE,
)


def is_mere_noun(desk: Desk, ask: Ask, study: str) -> bool:
    """``relapsed adults on alphamab alone``: whether patients are told by their arm, and ``adults`` only calls them.

    So it is where some of the study's patients were adults, and its figures tell no ages apart.
    """
    text = fold(ask.focus)
    if not _DESCRIBED.search(text) or _ONLY.search(text):
        return False
    told = {i for f in desk.selector.of(study) for i in f.group}
    if any(ages_of_group(i) is not None for i in told):
        return False
    others = {i for _, ids in ask.groups for i in ids - _ADULT}
    if any(ages_of_group(i) is not None for i in others):
        return False
    arms = {g.ids for g in desk.own.arms(study)}
    bare = [(label, ids - _ADULT) for label, ids in ask.groups if ids - _ADULT]
    of_arm = any((desk.own.meant(study, label, ids) or ids) in arms for label, ids in bare)
    ranges = [r for f in desk.selector.reported(study, "age_range") if (r := printed_range(f.value))]
    return of_arm and any(high >= _GROWN for _, high in ranges)


def without_noun(desk: Desk, ask: Ask, study: str) -> Ask:
    """``ask`` without ``adults`` among its groups, where that is but a noun."""
    if not any(ids & _ADULT for _, ids in ask.groups) or not is_mere_noun(desk, ask, study):
        return ask
    return replace(ask, groups=tuple((label, ids - _ADULT) for label, ids in ask.groups if ids - _ADULT))
