"""A kind of thing that is told in words: how it is asked for, and how a sentence shows that it holds one."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.text import key_of

OF_STUDY = frozenset(
    map(
        key_of,
        "triplet doublet quadruplet combination combined regimen trial study cohort abstract group arm registry analysis review "
        "report real world "
        "meeting congress patient patients pts people recipients participants treated enrolled randomised randomized".split(),
    )
)
"""Keys of words for a study, its treatment and its patients, which no sentence need repeat."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing.

    Attributes:
        name: what it is.
        asked: the words of a question that ask for one.
        held: the words of a sentence that holds one.
        besides: what the sentence must hold, too.
        idle: keys of words that ask for the kind, and not for what it is of.
        least: share of what it is asked of that a sentence must speak of.
        alone: the part of the sentence with the thing answers, without the words that it is asked of.
        events: it may be asked of measures that count events.
        measured: it may be asked of any measure.
        figures: figures are part of it.
        of_drug: the drug that the question names must be named there, or in the sentence before.
        of_study: what the question says beside the kind names the study, and need not stand in the sentence.
        firmly: what a sentence must hold where the question says nothing but the kind (``mainly what?``).
    """

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str]
    besides: re.Pattern[str] | None = None
    idle: frozenset[str] = frozenset()
    least: float = 0.6
    alone: bool = False
    events: bool = False
    measured: bool = False
    figures: bool = False
    of_drug: bool = False
    of_study: bool = False
    firmly: re.Pattern[str] | None = None
