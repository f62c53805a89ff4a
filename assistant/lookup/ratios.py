"""Of what a hazard, odds or risk ratio was taken: one arm against the other, or a factor that a sentence names."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.text.text import fold, tokens

_RATIOS = frozenset({"HR", "OR", "RR"})
_FACTOR = re.compile(
    r"(?:^|[,;]|\b(?:while|whereas|and|but|that)\s)\s*(?P<factor>[^,;()]+?)\s+(?:(?:was|were|is|remained|had)\s+)?"
    r"(?:(?:\w+ly)\s+)?(?:associated|correlated|predict\w*|linked|prognostic)\b[^;]*$",
    re.IGNORECASE,
)
"""``higher scores predicted lower survival (HR``: what stands before the verb was tested."""
_OF_TREATMENT = re.compile(
    r"\b(?:arms?|groups?|treatments?|conditioning|regimens?|therap(?:y|ies)|randomi[sz]\w+|allocation)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:versus|vs\.?|against|compared (?:with|to)|relative to|between)\b", re.IGNORECASE)


def of_another_factor(desk: Desk, ask: Ask, fact: Fact) -> bool:
    """Whether a ratio was asked of one arm against the other and this one is of something else that was tested.

    ``higher comorbidity scores predicted lower OS (HR 1.2)`` is no answer to ``HR for OS, A versus B``.
    """
    arms = desk.review.arms.get(fact.study, {})
    passage = desk.selector.places[fact.passage]
    if (
        fact.attribute not in _RATIOS
        or passage.locator.kind is not Kind.SENTENCE
        or len(set(arms.values())) < 2
    ):
        return False
    of_arms = any(ids in arms.values() for _, ids in ask.groups) or bool(_AGAINST.search(ask.focus))
    before = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), fold(passage.quote)[: max(fact.start, 0)])
    match = _FACTOR.search(before) if of_arms else None
    if match is None or _OF_TREATMENT.search(match["factor"]):
        return False
    words = {t.key for t in tokens(match["factor"])} - desk.vocabulary.scaffold
    told = {t.key for label in arms for t in tokens(label)}
    return not words & told and not words & {t.key for t in tokens(ask.focus)}
