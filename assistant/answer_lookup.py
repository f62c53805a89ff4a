"""Questions for figures and characteristics; the review's own sentence where it gives words instead."""

from __future__ import annotations

from dataclasses import replace

from assistant.describe import Describer
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.lookup import lookup
from assistant.question import Ask, QuestionReader
from assistant.say import joined
from assistant.text import tokens

_SURE = 0.6
"""From here on a sentence found by its words answers better than a figure."""
_RATHER_SURE = 0.55
_QUITE_SURE = 0.75
"""From here on a sentence answers better than the agents of a study that was named."""
_IN_WORDS = frozenset({"agents", "outcomes", "population"})
"""Characteristics that a sentence tells as well as a cell."""
_POPULATION = frozenset({"population", "disease"})
_COUNTING = frozenset(
    "split break breakdown recruit recruited enroll enrolled enrol participant pt ppl size sample number "
    "headcount arm group cohort subgroup disease".split()
)
"""Keys of words that ask for a number of patients without narrowing it down."""


class LookUp:
    """Answers with figures, and with the review's sentences where it reports none.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        describer: finds what the review says in words.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, describer: Describer) -> None:
        self.desk = desk
        self.reader = reader
        self.describer = describer

    def answer(self, ask: Ask) -> Draft | None:
        """What was looked up, a sentence in its place, or a decline; None where nothing of the sort is asked.

        None also where the question hangs on a word that nobody knows: an unknown drug, mutation or subgroup.
        """
        if ask.strange and not ask.studies:
            return None
        named = not ask.described and ask.named.of("number", "author", "nct", "code", "range")
        year_of_something = (
            ask.implied and ask.characteristics == ("study_period",) and not named and not ask.inherited
        )
        if year_of_something and not ask.measures and not ask.has("list", "count_studies", "compare"):
            ask = replace(ask, characteristics=())
        draft = self._other_number(ask) or self._in_words(ask)
        if draft is not None:
            return draft
        reported = self._reported(ask)
        if reported:
            ask = replace(ask, characteristics=reported)
        return self._in_place(ask) or lookup(self.desk, ask)

    def quote(self, ask: Ask) -> Draft | None:
        """The sentences of the review that answer in words; None where none comes near."""
        if ask.measures and not ask.studies and ask.strange:
            return None
        return self.describer.text(ask)

    def _reported(self, ask: Ask) -> tuple[str, ...]:
        """The characteristics asked for that the review gives of any study."""
        return tuple(c for c in ask.characteristics if self.desk.reports(c))

    def _other_number(self, ask: Ask) -> Draft | None:
        """A number of patients narrowed down by words that nothing of the study explains is not its size."""
        if ask.characteristics != ("n_patients",) or ask.groups:
            return None
        left = self._unexplained(ask)
        if not left:
            return None
        said = self.quote(ask)
        if said is not None and said.sure > _SURE and not ask.strange:
            return said
        who = joined([self.desk.name(s) for s in ask.studies])
        return declined(f"The review does not give that number ({joined(left)}) for {who}.", ask.studies)

    def _unexplained(self, ask: Ask) -> list[str]:
        """Words that narrow down a number of patients, and that nothing of the study explains."""
        if len(ask.studies) != 1 or ask.values or ask.translated:
            return []
        words = self.reader.names.words
        own = [n for n in ask.named.names if n.kind not in {"topic", "code"} or len(n.studies) == 1]
        known = {k for k, _ in ask.aliases} | {t.key for n in own for t in tokens(n.text)}
        known |= self.desk.vocabulary.scaffold | _COUNTING
        return [k for k in ask.content if k not in known and ask.studies[0] not in words.get(k, ())]

    def _in_words(self, ask: Ask) -> Draft | None:
        """A sentence where it answers better than a look-up, or where there is nothing to look up."""
        reported = set(self._reported(ask))
        figures = ask.measures or ask.families
        if not figures and (not ask.studies or ask.described) and reported <= _IN_WORDS:
            said = self.quote(ask)
            if said is not None and said.sure > _SURE:
                return said
        unreported = _POPULATION & set(ask.characteristics) and not _POPULATION & reported
        if unreported and ask.studies and not ask.measures:
            said = self.describer.population(ask)
            if said is not None:
                return said
        return None if figures or reported else self.quote(ask)

    def _in_place(self, ask: Ask) -> Draft | None:
        """A sentence in place of agents only implied, or of measures that the review reports of no study."""
        implied = ask.implied and ask.characteristics == ("agents",)
        unreported = {m for m in ask.measures if not self.desk.reports(m)}
        if not implied and (not unreported or unreported != set(ask.measures)):
            return None
        said = self.quote(replace(ask, measures=()))
        named = bool(ask.named.of("number", "author", "nct", "code"))
        if said is None or said.sure <= (_QUITE_SURE if implied and named else _RATHER_SURE):
            return None
        near = said.sure > _SURE or unreported & self._named_in(said)
        return said if near or not unreported else None

    def _named_in(self, draft: Draft) -> frozenset[str]:
        """Ids of the terms that the passages of a draft name."""
        cited = {p for line in draft.lines for p, _ in line.support}
        passages = (p for p in self.desk.review.passages if p.id in cited)
        return frozenset(i for p in passages for i in self.describer.terms_in(p))
