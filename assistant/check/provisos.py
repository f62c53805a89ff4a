"""What else must hold of a figure that the review gives: its group told, a change a change, a count the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.check.claims import ClaimJudge
from assistant.check.figures import FigureJudge, Outcome
from assistant.check.model import Verdict
from assistant.check.reading import Reading
from assistant.model import Fact
from assistant.text import fold, tokens

_CHANGED_BY = re.compile(
    r"\b(?:ros\w+|ris\w+|fell|fallen|grew|grown|fall|increas\w+|decreas\w+|reduc\w+|rais\w+|lower\w*|improv\w+|short\w+|"
    r"prolong\w+|declin\w+|dropp\w+|climb\w+|extend\w+|gain\w*|longer|higher)"
    r"\b[^.;]{0,60}\bby\s+(?:an?\s+)?(?:(?:mean|median|average)\s+)?(?:of\s+)?(?:about\s+)?$",
    re.IGNORECASE,
)
"""Before a figure that is a change."""
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)


class Provisos:
    """Looks again at outcomes.

    Args:
        figures: judges figures.
        claims: knows the sentences they stand in.
    """

    def __init__(self, figures: FigureJudge, claims: ClaimJudge) -> None:
        self.figures = figures
        self.claims = claims

    def grouped(self, said: Fact, reading: Reading, study: str) -> Fact:
        """A lone figure with the group whose words the statement has, where it is one the vocabulary lacks."""
        if len(reading.facts) > 1 or said.group - self.figures.everyone(study):
            return said
        words = {t.key for t in tokens(reading.text)}
        found = {
            f.group: f.group_label
            for f in self.figures.facts(study)
            if f.attribute == said.attribute and f.group and {t.key for t in tokens(f.group_label)} <= words
        }
        if len(found) != 1:
            return said
        group, label = next(iter(found.items()))
        return replace(said, group=group, group_label=label)

    def changed(self, said: Fact, outcome: Outcome, text: str) -> Outcome:
        """The outcome of ``rose by 2.5``: the review must give that figure as a change, too."""
        if outcome.verdict is not Verdict.SUPPORTED or not _CHANGED_BY.search(text[: said.start]):
            return outcome
        quotes = ((self.claims.sources.passages[f.passage].quote, f) for f in outcome.facts)
        if any(_BY.search(fold(quote)[: f.start]) for quote, f in quotes):
            return outcome
        return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)

    def counted(
        self,
        said: Fact,
        outcome: Outcome,
        all_said: Sequence[tuple[Fact, Outcome]],
        reading: Reading,
        study: str,
    ) -> Outcome:
        """The outcome of a number of patients, where the words around it must tell which of several it is."""
        if said.attribute != "n_patients" or said.group - self.figures.everyone(study):
            return outcome
        size = self.figures.size(study)
        parted = any(f is not said and f.attribute == "n_patients" and f.n == size for f, _ in all_said)
        if outcome.verdict is Verdict.CONTRADICTED and parted and self.figures.is_part(said, study):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        several = outcome.verdict is Verdict.SUPPORTED and self.figures.several_sizes(study)
        if several and not any(self.claims.said_there(reading.text, said, f, study) for f in outcome.facts):
            return Outcome(Verdict.NOT_CHECKABLE, "leaves open which", outcome.facts)
        return outcome
