"""The review's own sentence, where it answers better than a look-up or in the place of what no table gives."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.dose import gives_dose
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.model import Kind, Passage, Status
from assistant.question.reader import Ask
from assistant.selection import has_figure
from assistant.telling.describe import Describer
from assistant.text.text import tokens

_GENERIC = frozenset(
    "toxicity event rate incidence frequency complication disease syndrome level time number".split()
)
"""Words of a measure's wording that need not be said."""
SURE = 0.6
"""From here on a sentence found by its words answers better than a figure."""
RATHER_SURE = 0.55
_HALF_SURE = 0.5
"""Up to here a sentence must name what is asked."""
_SELDOM = frozenset({"contact", "statistics", "ethics", "ethnicity"})
"""Characteristics that a review seldom gives; a sentence must hold most of the very words for them."""
_VERY_SURE = 0.8
"""From here on a sentence answers though it says none of the words for what is asked."""
QUITE_SURE = 0.75
"""From here on a sentence answers better than the agents of a study that was named."""
_IN_WORDS = frozenset({"agents", "outcomes", "population"})
"""Characteristics that a sentence tells as well as a cell."""
_POPULATION = frozenset({"population", "disease"})
_ENTRY = re.compile(r"\b(?:eligib|ineligib|exclu|includ|requir|enrol|had to|must|allowed)\w*", re.IGNORECASE)
"""Says who could take part."""
_OWN_TIME = re.compile(r"\d+-(?:day|week|month|year)(?=_)")
"""The time point that a measure's id begins with: ``60-day_mortality``."""


class Said:
    """Finds the sentences that answer a question for figures or characteristics.

    Args:
        desk: the review's facts and words.
        describer: finds what the review says in words.
    """

    def __init__(self, desk: Desk, describer: Describer) -> None:
        self.desk = desk
        self.describer = describer

    def quote(self, ask: Ask) -> Draft | None:
        """The sentences of the review that answer in words; None where none comes near."""
        if ask.measures and not ask.studies and ask.strange:
            return None
        return self.describer.text(ask)

    def in_words(self, ask: Ask) -> Draft | None:
        """A sentence where it answers better than a look-up, or where there is nothing to look up."""
        reported = set(self.reported(ask))
        figures = ask.measures or ask.families
        if not figures and (not ask.studies or ask.described) and reported <= _IN_WORDS:
            said = self.quote(ask)
            if said is not None and said.sure > SURE:
                return said
        unreported = _POPULATION & set(ask.characteristics) and not _POPULATION & reported
        if unreported and ask.studies and not ask.measures:
            said = self.describer.population(ask)
            if said is not None:
                return said
        said = None if figures or reported else self.quote(ask)
        return said if said is None or self._to_the_point(said, ask) else None

    def _to_the_point(self, said: Draft, ask: Ask) -> bool:
        """Whether a sentence names the characteristics asked for that no table gives; a dose by its amount."""
        asked = set(ask.characteristics)
        if not asked or ask.implied or said.status is Status.DECLINED:
            return True
        if asked == {"dose"}:
            cited = {p for line in said.lines for p, _ in line.support}
            return any(gives_dose(p.text) for p in self.desk.review.passages if p.id in cited)
        if asked == {"arms"}:
            return self._names(said, ask, asked)
        cited = {p for line in said.lines for p, _ in line.support}
        passages = [p for p in self.desk.review.passages if p.id in cited]
        seldom = asked <= _SELDOM
        if asked == {"inclusion_criteria"} and any(_ENTRY.search(p.text) for p in passages):
            return True
        words = {k for k, term in ask.aliases if term in asked and (seldom or k in ask.content)}
        held = sum(any(self.describer.matching.holds(k, p) for p in passages) for k in words)
        if held and 2 * held >= len(words):
            return True
        return said.sure > (_VERY_SURE if words else _HALF_SURE)

    def in_place(self, ask: Ask) -> Draft | None:
        """A sentence in place of agents only implied, or of measures that the review reports of no study."""
        implied = ask.implied and ask.characteristics == ("agents",)
        unreported = {
            m for m in ask.measures if not (self._has_figures(m) or self._has_figures(f"median_{m}"))
        }
        if any(self._has_figures(m.removeprefix("median_")) for m in unreported):  # no rate for a median
            return None
        if not implied and (not unreported or unreported != set(ask.measures)):
            return None
        said = self.quote(replace(ask, measures=()))
        named = bool(ask.named.of("number", "author", "nct", "code"))
        if said is None or said.sure <= (QUITE_SURE if implied and named else RATHER_SURE):
            return None
        times = ask.times or tuple(m[0] for x in unreported if (m := _OWN_TIME.match(x)))
        if times and any(
            self.describer.lacks_time(replace(ask, times=times), line.text) for line in said.lines
        ):
            return None  # "3-year PFS" is not told by a sentence of another time or of none
        return said if not unreported or self._names(said, ask, unreported) else None

    def _has_figures(self, measure: str) -> bool:
        """Whether the review gives a figure, or N/A, for a measure of any study, and not only words."""
        facts = [f for f in self.desk.review.facts if f.attribute == measure]
        return self.desk.reports(measure) and (
            not facts or any(has_figure(f) or is_missing(f.value) for f in facts)
        )

    def _is_own(self, cell: Passage) -> bool:
        """Whether a cell is of a row that only the review itself knows."""
        return any(
            f.passage == cell.id and f.attribute in self.desk.review.attributes
            for f in self.desk.review.facts
        )

    def _names(self, draft: Draft, ask: Ask, measures: Set[str]) -> bool:
        """Whether the passages of a draft name one of the measures, or hold a word that asked for it."""
        cited = {p for line in draft.lines for p, _ in line.support}
        passages = [p for p in self.desk.review.passages if p.id in cited]
        asked = {k for k, term in ask.aliases if term in measures and k in ask.content}
        lexicon = self.desk.review.reader.matchers.measures
        for passage in passages:
            if measures & self.describer.terms_in(passage):
                named = {i for m in lexicon.find(tokens(passage.text)) for i in m.ids}
                if (
                    measures & named
                    or not asked
                    or any(self.describer.matching.holds(k, passage) for k in asked)
                ):
                    return True  # "lethargy" alone is near to "quality of life", and does not name it
        passages = [p for p in passages if p.locator.kind is not Kind.CELL or self._is_own(p)]
        asked = {k for k in asked if k not in _GENERIC} or asked
        return bool(asked) and any(all(self.describer.matching.holds(k, p) for k in asked) for p in passages)

    def reported(self, ask: Ask) -> tuple[str, ...]:
        """The characteristics asked for that the review gives of any study."""
        return tuple(c for c in ask.characteristics if self.desk.reports(c))
