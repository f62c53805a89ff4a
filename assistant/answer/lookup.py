"""Questions for figures and characteristics; the review's own sentence where it gives words instead."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.clause import clause_said
from assistant.answer.numbers import COUNTING, Numbers
from assistant.answer.said import RATHER_SURE, SURE, Said
from assistant.answer.treatment import Treatment
from assistant.desk import Desk
from assistant.draft import Draft, answered
from assistant.lookup.lookup import lookup
from assistant.model import Kind, Status
from assistant.question.reader import Ask, QuestionReader
from assistant.selection import LENGTHS
from assistant.telling.describe import Describer
from assistant.text.text import fold, tokens

_HOW_LONG = re.compile(r"\bhow long\b(?! (?:after|before|ago)\b)", re.IGNORECASE)
_WHEN_DONE = re.compile(
    r"^\W*when (?:was|were) (?!(?:the |this )?(?:patients?|study|trial|enrol))", re.IGNORECASE
)
_FARED = re.compile(
    r"\b(?:outcomes?|prognos\w+|poor\w*|worse\w*|better|inferior|superior|(?:un)?favou?rabl[ey]|dismal|benefit\w*|"
    r"respon[ds]\w*|relaps\w+|surviv\w+)\b",
    re.IGNORECASE,
)
"""Tells how patients fared."""
_SORT = r"(?:which|what) (?:[\w-]+ )?(?:kinds?|sorts?|types?|forms?|phenotypes?|subtypes?|subsets?)"
_FARING = r"(?:worse|better|poor\w*|well|badly)"
_WHICH_GROUP = re.compile(
    r"\b(?:which|what) (?:sub)?(?:groups?|populations?|patients|histolog(?:y|ies)|genotypes?|mutations?|types?|sets?)\b"
    rf"|\b{_SORT} of\b.{{0,40}}\b{_FARING}\b|\b{_FARING}\b.{{0,60}}\b{_SORT}\b",
    re.IGNORECASE,
)
_SUBSET_FARED = re.compile(rf"\b(?:which|what) subsets?\b.{{0,60}}\b{_FARING}\b", re.IGNORECASE)
_WHO = re.compile(
    r"^\W*(?:and |so |but )?(?:by whom|who (?:was|were|did|made|graded|assessed|reviewed)|where)\b",
    re.IGNORECASE,
)
"""Asks for a person or a place, whatever measure it names."""
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently)\b|\bat what intervals\b", re.IGNORECASE)
"""Asks for intervals of visits, of which a length of time says nothing."""
_AUTHORS_SAY = re.compile(
    r"\b(?:authors?|reviewers?|writers?|review)\b[^?.]{0,12}\b(?:say|think|conclude|state|comment|view|feel|argue|believe|write|opinion|judge|expect|suggest)\b"
    r"|\bwhat is (?:said|written|stated|told) (?:about|of|on)\b"
    r"|\bdo(?:es)? (?:the )?(?:authors?|review|they)\b[^?.]{0,20}\b(?:about|on|of)\b",
    re.IGNORECASE,
)
"""Asks for what the review says in words, whatever is measured of it."""
_YEAR_ASKED = re.compile(r"\b(?:what|which) year\b|^\W*when\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:shares?|slice|portion|proportion|fraction|percentage|per ?cent|part) of (?:all |the )|%",
    re.IGNORECASE,
)
"""Asks for a share of a whole that no study is."""


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
        self._said = Said(desk, describer)
        self._numbers = Numbers(desk, reader, self._said)
        self._treatment = Treatment(desk, reader, self._said)

    def answer(self, ask: Ask) -> Draft | None:
        """What was looked up, a sentence in its place, or a decline; None where nothing of the sort is asked.

        None also where the question hangs on a word that nobody knows: an unknown drug, mutation or subgroup.
        """
        if ask.strange and not ask.studies:
            return None
        named = not ask.described and ask.named.of("number", "author", "nct", "code", "range")
        asked_when = ask.implied or _YEAR_ASKED.search(ask.focus)
        year_of_something = (
            asked_when
            and ask.characteristics == ("study_period",)
            and not (named or (len(ask.studies) == 1 and not self._of_an_act(ask)) or ask.inherited)
        )
        if year_of_something and not ask.measures and not ask.has("list", "count_studies", "compare"):
            ask = replace(ask, characteristics=())
        if _SUBSET_FARED.search(ask.focus):  # no row on the subset of the disease that was treated
            ask = replace(ask, characteristics=())
        whom = _WHICH_GROUP.search(ask.focus) and set(ask.characteristics) <= {
            "outcomes",
            "population",
            "arms",
        }
        if whom and not ask.measures and (said := self.quote(replace(ask, characteristics=()))) is not None:
            return said
        if ask.characteristics == ("summary",) and not ask.studies and (said := self.quote(ask)) is not None:
            return said
        sized = ask.characteristics == ("n_patients",) and not (named or ask.inherited or self._counts(ask))
        if (
            sized
            and (_SHARE.search(ask.focus) or (ask.wants == "percent" and ask.described))
            and (said := self.quote(replace(ask, characteristics=()))) is not None
        ):
            return said
        alone = len(self.desk.review.studies) == 1
        if alone and _WHO.search(ask.focus) and not ask.has("yes_no") and ask.studies:
            said = self.quote(replace(ask, measures=(), families=(), characteristics=()))
            if said is not None and said.status is Status.ANSWERED and said.sure > SURE:
                return said
        lengths = [m for m in ask.measures if self.desk.vocabulary.term(m).kind == "duration"]
        if lengths and len(lengths) == len(ask.measures) and _HOW_OFTEN.search(ask.focus):
            said = self.quote(replace(ask, measures=(), families=(), characteristics=()))
            if said is not None and said.status is Status.ANSWERED:
                return said
        of_review = _AUTHORS_SAY.search(ask.focus) and not ask.named.of("number", "author", "nct")
        plain = replace(ask, measures=(), families=(), characteristics=())
        if of_review and (said := self.quote(plain)) is not None:
            return said
        if (said := self._of_special_event(ask)) is not None:
            return said
        draft = (
            self._numbers.other_number(ask)
            or self._treatment.dose(ask)
            or self._treatment.target(ask)
            or self._said.in_words(ask)
        )
        if draft is not None:
            return draft
        reported = self._said.reported(ask)
        if reported:
            ask = replace(ask, characteristics=reported)
        draft = self._said.in_place(ask) or self._at_length(ask, lookup(self.desk, ask))
        told = self._told_of_group(ask) if draft and draft.status is Status.DECLINED else None
        return told or draft

    def quote(self, ask: Ask) -> Draft | None:
        """The sentences of the review that answer in words; None where none comes near."""
        return self._said.quote(ask)

    def _counts(self, ask: Ask) -> bool:
        """Whether a study of a drug named says how many made up a group asked about."""
        if not ask.named.of("agent"):
            return False  # "how big a slice of all cases is that disease?"
        sizes = (f for s in ask.studies for f in self.desk.selector.reported(s, "n_patients"))
        return any(f.group == ids for f in sizes for _, ids in ask.groups)

    @staticmethod
    def _of_an_act(ask: Ask) -> bool:
        """``when was restaging done?``: whether a report of one study is asked when something of its own was."""
        known = {k for k, term in ask.aliases if term == "study_period"} | COUNTING | {"trial", "study"}
        return ask.described and bool(_WHEN_DONE.search(ask.focus)) and bool(set(ask.content) - known)

    def _told_of_group(self, ask: Ask) -> Draft | None:
        """How a subgroup without figures fared in words, where no measure was asked for by name."""
        if ask.measures or ask.times or not ask.families or not ask.groups or len(ask.studies) != 1:
            return None
        words = {t.key for label, _ in ask.groups for t in tokens(label)} - self.desk.vocabulary.scaffold
        words -= {"patient", "adult", "child", "group", "subgroup"}
        for passage in self.desk.review.passages:
            if passage.studies != ask.studies or passage.locator.kind not in {Kind.SENTENCE, Kind.CELL}:
                continue
            said = self.describer.matching.words(passage.quote)
            if words <= said.keys and _FARED.search(fold(passage.quote)):
                return answered([self.describer.quoting(passage)], ask.studies)
        return None

    def _at_length(self, ask: Ask, draft: Draft | None) -> Draft | None:
        """A sentence in place of figures that are no length of time, where ``how long`` was asked."""
        facts = [f for line in draft.lines for f in line.facts] if draft else []
        if (
            not facts
            or not _HOW_LONG.search(ask.focus)
            or any(f.unit in LENGTHS | {"open", "range"} for f in facts)
        ):
            return draft
        if (part := clause_said(self.desk, self.describer, ask, None)) is not None:
            return part
        said = self.quote(ask)
        return said if said is not None and said.sure > RATHER_SURE else draft

    def _of_special_event(self, ask: Ask) -> Draft | None:
        """``wound healing complications``: a sentence with those very words, for any other event is not asked."""
        if (
            ask.families != ("toxicity",)
            or ask.measures
            or len(ask.studies) != 1
            or ask.has("list", "max", "min")
        ):
            return None
        known = {k for k, _ in ask.aliases} | {t.key for label, _ in ask.groups for t in tokens(label)}
        known |= self.desk.vocabulary.scaffold | {"grade", "iii", "iv", "ii"}
        family = self.desk.vocabulary.families
        known |= {
            t.key for f in ask.families for form in (family[f].name, *family[f].forms) for t in tokens(form)
        }
        left = [
            k for k in ask.content if k not in known and ask.studies[0] in self.reader.names.words.get(k, ())
        ]
        said = self.quote(ask) if len(left) > 1 else None
        cited = {p for line in said.lines for p, _ in line.support} if said else set()
        passages = [self.desk.selector.places[p] for p in cited]
        covered = all(self.describer.matching.covers(ask, k, p) for k in left for p in passages)
        return said if passages and covered else None
