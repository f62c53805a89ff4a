"""The side of a comparison that a question does not call by an arm: the other arm, or a drug that this arm was not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.groups.reading import names_drug, said
from assistant.question.reader import Ask
from assistant.question.wording import DRUG_STEM
from assistant.text.text import fold, tokens

Ids = frozenset[str]


def other_side(desk: Desk, ask: Ask, study: str, named: Sequence[Ids]) -> list[tuple[str, Ids]]:
    """``A versus control``: the other arm; ``A versus betanib``, where that arm could have had any drug: a group of no figures.

    Args:
        desk: the review's facts and words.
        ask: the question, which sets two sides against each other.
        study: the one asked about.
        named: the arms that it names.
    """
    others = desk.own.other(study, named)
    arms = desk.own.arms(study)
    given = {d for drugs in desk.own.given(study).values() for d in drugs} | {
        d for a in arms for d in a.drugs
    }
    words = {w for a in arms for w in a.words}
    strange = [
        t.text
        for t in tokens(fold(ask.focus))
        if DRUG_STEM.fullmatch(t.text)
        and t.text.lower() not in words
        and not names_drug(t.text, given)
        and not any(t.text.lower() in said(d) for d in given)
        and _is_of(desk, study, t.text)
    ]
    if strange and len(others) == 1:
        return [(strange[0], frozenset({strange[0].lower()}))]
    return [("the other", ids) for ids in others]


def _is_of(desk: Desk, study: str, drug: str) -> bool:
    """Whether what the review says of a study names a drug."""
    own = (p.quote for p in desk.review.passages if study in p.studies[:1])
    return any(names_drug(text, [drug.lower()]) for text in own)
