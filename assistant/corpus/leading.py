"""Sentences that lead in to a study: they open its paragraph, name what it gave and cite nothing of their own.

``Alphamab is an antibody against X. In the phase II trial … (Study 7)``: the first sentence has no mark, as the next one
bears it, and is about the drug of Study 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from assistant.corpus.corpus import Review
from assistant.model import Kind, Passage
from assistant.text.text import tokens

_SHORT = 3
"""Letters up to which a word of a treatment tells nothing."""


def led_in(review: Review) -> Mapping[str, str]:
    """Passage -> the study that it leads in to."""
    citing = {(s.section, s.paragraph, s.index) for s in review.raw.sentences if s.references or s.mentions}
    given: dict[str, set[str]] = {}
    for fact in review.facts:
        if fact.attribute == "agents":
            given.setdefault(fact.study, set()).update(
                t.key for t in tokens(fact.value) if len(t.key) > _SHORT
            )
    sentences = [p for p in review.passages if p.locator.kind is Kind.SENTENCE]
    found: dict[str, str] = {}
    for _, paragraph in groupby(sentences, key=lambda p: (p.locator.section, p.locator.paragraph)):
        opening: list[Passage] = []
        for passage in paragraph:
            if passage.studies:
                study = passage.studies[0]
                names = given.get(study, set())
                found |= {p.id: study for p in opening if names & {t.key for t in tokens(p.text)}}
                break
            at = passage.locator
            if (at.section, at.paragraph, at.sentence) in citing:
                break
            opening.append(passage)
    return found
