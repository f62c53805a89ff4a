"""What an answer to a question about one review is made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.conflicts import Disagreement
from assistant.corpus.corpus import Review
from assistant.groups.own_groups import OwnGroups
from assistant.question.reader import Ask
from assistant.say import Speaker
from assistant.selection import LENGTHS, Selector
from assistant.vocabulary.vocabulary import Vocabulary

_ONE_SUFFICES = frozenset({"response", "remission"})
"""Families whose first reported measure answers a question for the family."""
_ENDPOINTS = re.compile(r"\b(?:endpoints?|end points?|outcomes?)\b", re.IGNORECASE)
_EVENTS_LISTED = re.compile(
    r"\b(?:which|what|list|name|give|tell)\b(?!.{0,20}\b(?:rate|percentage|proportion|share|number) of\b)"
    r".{0,40}\b(?:side[ -]effects|adverse (?:events|effects|reactions)|aes|toxicities|complaints|complications)\b",
    re.IGNORECASE,
)
"""Asks which adverse events there were, not in how many patients there was any."""
_AND_P = re.compile(
    r"(?:\b(?:and|with|plus|including|together with|alongside)\b|[,;&+])\s*(?:also |then |please )?"
    r"(?:(?:give|state|tell|quote|name|add|show|what(?:'s| is| was))(?: me| us)? )?"
    r"(?:the |its |their |a )?(?:corresponding |associated |respective |matching |accompanying )?"
    r"(?:p\b|p[- ]?values?\b|hazard ratios?\b|HRs?\b)"
    r"(?!\s*(?:for|of)\b(?! (?:it|this|that|them|the (?:difference|comparison|contrast))\b))",
    re.IGNORECASE,
)
"""Asks for a p-value or ratio beside the figures that it is of."""
_HOW_LONG_HELD = re.compile(
    r"\b(?:how (?:long|many (?:days|weeks|months|years)) (?:do|did|does|have|has) (?:they|it|these|those|this|that)"
    r" (?:last|h[eo]ld|persist|go on|kept|keep)|for how long\W*$)",
    re.IGNORECASE,
)
"""Asks of what was told before how long it lasted."""
_LENGTH = re.compile(r"\d\+?\s?(?:days|weeks|months|years)\b|^(?:NR|not reached)\b", re.IGNORECASE)
"""A length of time as a cell prints it, or that it had not been reached."""
_RESPONSES = frozenset({"ORR", "CR", "CRi", "CR/CRi", "CR/CRh", "CRc", "PR"})
_ANY_EVENT = frozenset({"AE", "SAE"})
_WITH_SURVIVAL = frozenset({"CIR", "relapse", "NRM"})
"""Measures that a list of survival results gives too."""


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """Everything an answer to a question about one review is made with; each is equal to itself only."""

    review: Review
    vocabulary: Vocabulary
    selector: Selector
    speaker: Speaker
    conflicts: tuple[Disagreement, ...]
    own: OwnGroups
    """The studies' arms and subgroups."""

    def name(self, study: str) -> str:
        """The study by number and first author, ``Study 12 (Moreau et al.)``."""
        return self.speaker.full(study)

    def reports(self, attribute: str) -> bool:
        """Whether the review gives this measure or characteristic of any study, N/A included."""
        names = (attribute, *self.vocabulary.term(attribute).also)
        if any(self.selector.facts(s.id, n) for s in self.review.studies for n in names):
            return True
        return any(n in f.group for f in self.review.facts for n in names if n in self.vocabulary.populations)

    def measures(self, ask: Ask, study: str) -> tuple[str, ...]:
        """The measures asked for, families unfolded to those the study reports.

        An interval is no measure beside others: it is given with theirs.
        """
        asked = [m for m in ask.measures if m != "CI"] or list(ask.measures)
        found = [m for m in asked if self._qualifies(m)] or asked
        if len(found) == 1 and len(asked) > 1 and _AND_P.search(ask.focus):
            found = [m for m in asked if m not in found] + found
        if self._any_response(ask, study, found):
            others = self._of_family("response", study)[:1] or ["ORR"]
            found = [m for m in found if m != "ORR"] + others
        if not ask.times and ask.wants != "percent":
            found = [self._or_length(self._or_median(m, study), study, ask.focus) for m in found]
        elif ask.times:
            found = [self._or_rate(m, study) for m in found]
        for family in ask.families:
            found += self._asked_of_family(ask, family, study)
        if _EVENTS_LISTED.search(ask.focus) and (_ANY_EVENT & set(found) or "toxicity" in ask.families):
            single = [m for m in self._of_family("toxicity", study) if m not in _ANY_EVENT]
            found = [m for m in found if m not in _ANY_EVENT] + single if single else found
        return tuple(dict.fromkeys(found))

    def _or_median(self, measure: str, study: str) -> str:
        """``PFS`` of a study that gives no rate of it at any time, but the median."""
        median = f"median_{measure}"
        if median in self.vocabulary.measures and not self.selector.facts(study, measure):
            return median if self.selector.reported(study, median) else measure
        return measure

    def _or_length(self, measure: str, study: str, focus: str) -> str:
        """How long a response lasts, where that is asked: its median, or what a row gives as a length of time."""
        if measure in _RESPONSES and _HOW_LONG_HELD.search(focus):
            measure = "median_DOR"
        plain = measure.removeprefix("median_")
        if plain == measure or plain not in self.vocabulary.measures or self.selector.facts(study, measure):
            return measure
        given = self.selector.reported(study, plain)
        lasts = any(f.unit in LENGTHS or _LENGTH.search(self.selector.quotes[f.passage]) for f in given)
        return plain if lasts and all(f.unit != "%" and f.n is None for f in given) else measure

    def _or_rate(self, measure: str, study: str) -> str:
        """``median PFS``, asked for at a time: the rate of it, where the study has rates only at times."""
        rate = measure.removeprefix("median_")
        timed = any(f.time_point for f in self.selector.reported(study, measure))
        given = rate != measure and any(f.time_point for f in self.selector.reported(study, rate))
        return rate if given and not timed else measure

    def results(self, measures: Sequence[str]) -> list[str]:
        """``measures`` without p-values and ratios, which only qualify another."""
        return [m for m in measures if not self._qualifies(m)] or list(measures)

    def _qualifies(self, measure: str) -> bool:
        """Whether a measure is a p-value or ratio, beside which other measures only say whose it is."""
        return self.vocabulary.term(measure).kind in {"pvalue", "ratio"} and measure != "CI"

    def _any_response(self, ask: Ask, study: str, measures: list[str]) -> bool:
        """Whether ``response rate`` was asked of a study that gives another rate than the overall one."""
        if "ORR" not in measures or "response" not in self.vocabulary.families:
            return False
        exact = re.search(r"\bORR\b|overall|objective", ask.focus)
        return not exact and not self.selector.reported(study, "ORR")

    def _of_family(self, family: str, study: str) -> list[str]:
        known = self.vocabulary.families.get(family)
        members = known.includes if known else ()
        return [m for m in self.selector.measures_of(study) if m in members]

    def _asked_of_family(self, ask: Ask, family: str, study: str) -> list[str]:
        reported = self._of_family(family, study)
        if family == "survival" and (ask.has("list") or _ENDPOINTS.search(ask.focus)):
            more = [m for m in self.selector.measures_of(study) if m in _WITH_SURVIVAL]
            reported += [m for m in more if m not in reported]
        single = family in _ONE_SUFFICES and not ask.has("list") and not re.search(r"\ball\b", ask.focus)
        return reported[:1] if single else reported
