"""The patients whom the sentence that introduces a study says it was done in, who are all of its patients."""

from __future__ import annotations

from functools import lru_cache

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Kind
from assistant.text.ages import ages_of_group
from assistant.text.text import fold, tokens

_A_PART = re.compile(
    r"\b(?:of (?:whom|which|them|these)|including|except\w*|exclud\w*|not|no|without|never|or|versus|vs|compar\w+|among|half|most|some"
    r"|many|alone|against|than|either|only for|only in)\b|%|/|;",
    re.IGNORECASE,
)
"""From here on a sentence may speak of a part of the patients only."""
_SETTING = re.compile(
    r"\b(?:after|following|post|in|for)[\s-]+(?P<whom>(?!.*\b(?:and|or)\b).+)$", re.IGNORECASE
)
"""In the heading of a section it tells when or in whom all of its studies were done."""
_OR = re.compile(r"\s+or\b", re.IGNORECASE)
_ALIKE = 5
"""Years by which the youngest of a study may be younger than those of an age in words."""
_KEPT = 64


@lru_cache(maxsize=_KEPT)
def named_at_first(desk: Desk, study: str) -> frozenset[str]:
    """Ids of the patients named in a study's first sentence, where it does not set them apart from others."""
    own = (p for p in desk.review.passages if p.locator.kind is Kind.SENTENCE and p.studies[:1] == (study,))
    first = next(own, None)
    if first is None:
        return frozenset()
    text = fold(first.text)
    part = _A_PART.search(text)
    words = tokens(text)
    found = desk.review.reader.matchers.populations.find(words)
    ids = [
        m.ids[0]
        for m in found
        if (not part or words[m.end - 1].end <= part.start()) and not _OR.match(text, words[m.end - 1].end)
    ]
    arms = {i for arm in desk.own.arms(study) for i in arm.ids}
    aged = [i for i in ids if ages_of_group(i)]
    opposed = {desk.vocabulary.populations[i].opposite for i in ids if i in desk.vocabulary.populations}
    return frozenset(i for i in ids if i not in arms | opposed and not (i in aged and len(set(aged)) > 1))


@lru_cache(maxsize=_KEPT)
def of_section(desk: Desk, study: str) -> frozenset[str]:
    """Ids of the patients whom the heading of a study's section names as all of its: ``Maintenance after transplantation``."""
    heads = dict.fromkeys(s.section for s in desk.review.raw.sentences if study in s.studies)
    settings = (_SETTING.search(fold(head)) for head in list(heads)[:1])
    lexicon = desk.review.reader.matchers.populations
    found = {
        m.ids[0] for s in settings if s and not _A_PART.search(s[0]) for m in lexicon.find(tokens(s["whom"]))
    }
    return frozenset(found - {i for arm in desk.own.arms(study) for i in arm.ids})


def of_age(desk: Desk, study: str, asked: frozenset[str]) -> frozenset[str]:
    """The ages asked for that those of all patients lie within: ``elderly`` of a study of those of 74 years or more."""
    everyone = desk.review.populations.get(study, frozenset())
    known = [ages for i in everyone if not i.startswith("no-") and (ages := ages_of_group(i)) is not None]
    named = {i: ages for i in asked if not i.startswith("no-") and (ages := ages_of_group(i)) is not None}
    return frozenset(
        i
        for i, (low, high) in named.items()
        if len(known) == 1 and low - _ALIKE <= known[0][0] and known[0][1] <= high
    )
