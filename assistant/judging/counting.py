"""Whether a question asks for the numbers of patients of parts and for nothing that these had."""

from __future__ import annotations

from assistant.desk import Desk
from assistant.lookup.diseases import by_disease
from assistant.question.reader import Ask
from assistant.text.idle import IDLE, PEOPLE
from assistant.text.text import fold, key_of, tokens

_COUNTING = frozenset(
    map(
        key_of,
        "more fewer larger smaller bigger many large big small same equal equally number size than compared versus vs both whether enrol"
        " enrolled enrolment include included recruit recruited randomise randomised randomize randomized assign assigned allocate"
        " allocated treat treated contain involve involved comprise there count true false".split(),
    )
)
"""Keys of words that ask for numbers of patients."""


def only_counts(desk: Desk, ask: Ask, study: str) -> bool:
    """Whether a question says nothing beside the parts of a study and its names: ``was the benefit larger in A`` counts no patients."""
    labels = [label for label, _ in (*ask.groups, *by_disease(desk, ask, study))]
    labels += [label for own in desk.own.of(study) for label in (*own.labels, *own.words, *own.drugs)]
    labels += [n.text for n in ask.named.names]
    said = {t.key for label in labels for t in tokens(label)}
    return all(t.key in said | _COUNTING | IDLE | PEOPLE for t in tokens(fold(ask.focus)))
