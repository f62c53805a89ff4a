"""What a term means, and of what a regimen is made."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.names.studies import squeeze
from assistant.question.reader import Ask
from assistant.telling.describe import Describer
from assistant.text.text import key_of
from assistant.vocabulary.wording import COMPONENTS

_LONE_WORD = re.compile(r"\W*([\w/+-]+)\W*")
_PART_OF = re.compile(r"\b(?:part|element|constituent)s? of\b|\bincluded? in\b|\bincludes?\b", re.IGNORECASE)
"""Asks whether something is one of the parts of something else."""
_PEOPLE = re.compile(
    r"\b(?:patients?|adults|children|infants|people|participants|individuals|cases)\b", re.IGNORECASE
)
_EITHER = re.compile(
    r"^\W*([A-Z][\w/-]*[A-Z])\W+(?:is (?:it|that)|does (?:it|that) (?:mean|stand)|meaning)\b"
)
"""Asks which of two meanings a short form has."""
_REPORTED = re.compile(r"\breport(?:s|ed)?\b", re.IGNORECASE)
"""Asks whether something is told: ``does any study report GVHD``."""
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|often|soon|early|late|fast|quickly|frequent(?:ly)?|common(?:ly)?)\b|\bwhen\b"
    r"|\b(?:rates?|percent\w*|per cent|shares?|proportions?|incidences?|frequency|frequencies|figures?|results?|data)\b",
    re.IGNORECASE,
)
"""Asks for a number, a time or a share, and for no meaning."""
_WAS = re.compile(r"\bwhat (?:was|were)\b", re.IGNORECASE)
"""Asks for a result, where the term is a measure."""
_THE_STUDY = re.compile(r"\bthe (?:study|studies|trial|trials)\b", re.IGNORECASE)
_FEW_WORDS = 5
_STATISTIC = re.compile(r"\b(?:mean|average|median|pooled|weighted)\s+\S", re.IGNORECASE)
_MEANING = re.compile(r"\bstands? for\b|\bmean(?:s|t|ing)?\b|\babbreviat", re.IGNORECASE)
_HOW_DONE = re.compile(
    r"^\W*(?:and )?how (?:was|were) [\w\s-]{1,40}\b(?:measured|assessed|determined|graded|evaluated|detected|quantified)\b",
    re.IGNORECASE,
)
"""Asks for a way, and not what a short form means."""


class Definition:
    """Answers what a term means.

    Args:
        desk: what every answer is made with.
        describer: finds and quotes what is told in words.
    """

    def __init__(self, desk: Desk, describer: Describer) -> None:
        self.desk, self.describer = desk, describer
        self._short_forms = frozenset(map(squeeze, desk.review.raw.abbreviations))

    def answer(self, ask: Ask) -> Draft | None:
        """What a term means: ``what does DOR stand for``, ``DOR?``, ``which drugs are in the regimen``."""
        whether = (
            ask.has("yes_no")
            and _PART_OF.search(ask.focus)
            and not (ask.groups and _PEOPLE.search(ask.focus))
        )
        if (COMPONENTS.search(ask.focus) or whether) and not _MEANING.search(ask.focus) and not ask.measures:
            parts = self.describer.components(ask)
            if parts is not None:
                return parts
        definer = self.describer.definer
        told = definer.of_letters(ask) or definer.by_letter(ask) or definer.of_short_forms(ask)
        if told is not None:
            return told
        lone = "" if ask.has("list", "count_studies") or _is_statistic(ask) else self._lone_short_form(ask)
        listed = _LONE_WORD.fullmatch(ask.focus) and squeeze(lone) in self._short_forms
        of_study = ask.studies and _THE_STUDY.search(ask.focus)
        named = (
            ask.named.names or of_study
        ) and not listed  # all of the question is a term of the review's list
        if lone and not (
            ask.inherited or named or ask.has("max", "min", "why") or _HOW_DONE.search(ask.focus)
        ):
            return self.describer.define(replace(ask, term=lone, cues=ask.cues | {"definition"}))
        if ask.has("definition"):
            return self.describer.define(ask)
        return None

    def _lone_short_form(self, ask: Ask) -> str:
        """The only word with a meaning of a short question, where it is all or in the review's list."""
        alone = _LONE_WORD.fullmatch(ask.focus)
        if alone:
            return alone[1]
        words = re.findall(r"[\w/+-]+", ask.focus)
        asked = _EITHER.match(ask.focus)
        if asked:
            words = [asked[1]]
        listed = self._short_forms
        words = [w[:-1] if re.fullmatch(r"[A-Z]{2,}s", w) and squeeze(w[:-1]) in listed else w for w in words]
        telling = [w for w in words if key_of(w) not in self.desk.vocabulary.scaffold]
        if _QUANTITY.search(ask.focus) and not asked:
            return ""
        if _WAS.search(ask.focus) and any(self.desk.reports(m) for m in ask.measures):
            return ""
        short = len(words) <= _FEW_WORDS and len(telling) == 1 and squeeze(telling[0]) in listed
        return telling[0] if short and not _REPORTED.search(ask.focus) else ""


def _is_statistic(ask: Ask) -> bool:
    """Whether a statistic of a measure is asked for (``mean OS``), not what its short form means."""
    return bool(_STATISTIC.search(ask.focus)) and bool(ask.measures)
