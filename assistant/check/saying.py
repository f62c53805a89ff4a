"""Why a statement was judged as it was, in one sentence for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check.figures import Outcome
from assistant.check.model import Verdict
from assistant.corpus.corpus import Review
from assistant.model import Fact
from assistant.say import Speaker


class Sayer:
    """Words reasons over one review.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.speaker = Speaker(review, review.reader.vocabulary)
        self._passages = {p.id: p for p in review.passages}

    def who(self, study: str) -> str:
        """The study by its label and first author."""
        return self.speaker.full(study) if study else "no study in particular"

    def fact(self, fact: Fact) -> str:
        """What a fact states, and where."""
        measured = fact.attribute in self.review.reader.vocabulary.measures
        if not fact.study:
            text = self._passages[fact.passage].quote
        else:
            text = self.speaker.statement(fact) if measured else self.speaker.characteristic(fact)
        return f"{text.rstrip('.')} ({self._passages[fact.passage].locator.label})"

    def figure(self, said: Fact, outcome: Outcome, study: str) -> str:
        """Why a figure is not supported."""
        known = outcome.facts
        if outcome.verdict is Verdict.NOT_FOUND:
            text = f"The review gives no such figure of {self.who(study)}: {self._what(said)} {said.value}."
            return f"{text} It says: {self.fact(known[0])}." if known else text
        if outcome.verdict is Verdict.NOT_CHECKABLE:
            if not known:
                return f"The review has the number, but what {said.value} is of could not be told."
            lead = (
                "The patients named could not be told."
                if outcome.reason == "is of other patients"
                else "It leaves open which figure is meant."
            )
            return f"{lead} The review says: {self.fact(known[0])}."
        return f"The review says: {'; '.join(self.fact(f) for f in known)}."

    def _what(self, said: Fact) -> str:
        return f"{said.time_point} {self.speaker.short(said.attribute)}".strip()

    def remark(self, reason: str, passage: str) -> str:
        """A remark on the wording as a sentence."""
        text = reason[:1].upper() + reason[1:]
        found = self._passages.get(passage)
        return f"{text}: “{found.quote}” ({found.locator.label})." if found else f"{text}."

    def right(self, facts: Sequence[Fact]) -> str:
        """Where a supported statement's facts stand."""
        places = dict.fromkeys(self._passages[f.passage].locator.label for f in facts)
        return f"The review says so: {'; '.join(places)}."
