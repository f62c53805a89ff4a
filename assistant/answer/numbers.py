"""Numbers of patients that are not the size of a study or an arm: a sentence that gives them, or a decline."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.said import SURE, Said
from assistant.desk import Desk
from assistant.draft import Draft, declined
from assistant.model import Fact
from assistant.question.reader import Ask, QuestionReader
from assistant.say import joined
from assistant.text.text import tokens

_HAPPENED = re.compile(r"\b(?:need|requir|stopp|withdr|switch|resum|complet|cross)\w*", re.IGNORECASE)
"""What happened to patients, of which the size of their arm says nothing."""
_WHO_WERE = re.compile(
    r"\bhow many (?:patients|subjects|participants|people|adults|children)?\s*(?:were|had|have|was)\s+(?P<what>[^?.;]{3,60})",
    re.IGNORECASE,
)
_TAKING_PART = frozenset(
    "treated analysed analyzed evaluable randomised randomized assigned screened eligible included followed given "
    "infused dosed transplanted registered accrued".split()
)
_ALLOTTED = frozenset("randomised randomized randomise randomize".split())
"""Keys of words for taking part in a study of several arms."""
_SCORED = re.compile(r"\b(?:score|index|stage|class|category)s? (?:of |\u2264|\u2265|<|>)?", re.IGNORECASE)
"""The figure behind it says which patients."""
_OUTCOME_VERB = re.compile(
    r"\b(?:achiev|reach|attain|finish|complet|develop|experienc|suffer|underwent|undergo|discontinu|needed|required|stopped"
    r"|went on|began|started|proceed)\w*",
    re.IGNORECASE,
)
COUNTING = frozenset(
    "split break breakdown recruit recruited enroll enrolled enrol participant pt ppl size sample number "
    "headcount arm group cohort subgroup disease sery analysis recipient altogether protocol".split()
)
"""Keys of words that ask for a number of patients without narrowing it down."""


def of_study(key: str, text: str) -> bool:
    """Whether a word describes the study and not its patients: ``the German … trial``."""
    noun = r"(?:trials?|stud(?:y|ies)|series|cohorts?|protocols?|reports?|abstracts?|posters?|group's)"
    return bool(
        re.search(rf"\b{re.escape(key)}\w*(?:[\s'-]+[\w/'-]+){{0,2}}?[\s-]+{noun}\b", text, re.IGNORECASE)
    )


class Numbers:
    """Answers questions for a number of patients that words narrow down.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        said: finds the review's sentences.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, said: Said) -> None:
        self.desk = desk
        self.reader = reader
        self.said = said

    def other_number(self, ask: Ask) -> Draft | None:
        """A number of patients narrowed down by words that nothing of the study explains is not its size."""
        if ask.characteristics != ("n_patients",):
            return None
        if ask.groups:
            return self._of_arm_in_words(ask) or self._not_its_size(ask)
        left = self._unexplained(ask) or self._being(ask) or [w for w in (ask.grade and "grade",) if w]
        if not left:
            return None
        said = self.said.quote(ask)
        own = said is not None and bool(set(said.studies) & set(ask.studies))
        if said is not None and said.sure > SURE and own and not ask.strange:
            return said
        who = joined([self.desk.name(s) for s in ask.studies])
        said_so = {t.key: t.text for t in tokens(ask.focus)}
        named = joined([said_so.get(k, k) for k in left])
        return declined(f"The review does not give that number ({named}) for {who}.", ask.studies)

    def _of_arm_in_words(self, ask: Ask) -> Draft | None:
        """``how many on placebo needed rescue``: a sentence, for the size of the arm is not asked."""
        if len(ask.studies) != 1 or not _HAPPENED.search(ask.focus):
            return None
        said = self.said.quote(ask)
        return said if said is not None and said.sure > SURE else None

    def _sizes(self, ask: Ask) -> list[Fact]:
        """The numbers of patients of groups of the one study asked about."""
        return [f for f in self.desk.selector.reported(ask.studies[0], "n_patients") if f.group]

    def _being(self, ask: Ask) -> list[str]:
        """What patients were or had by whom a number is asked (``were HIV positive``), beyond having taken part."""
        match = _WHO_WERE.search(ask.focus) if len(ask.studies) == 1 and ask.described else None
        if not match or ask.translated:
            return []
        known = {k for k, _ in ask.aliases} | self.desk.vocabulary.scaffold | COUNTING | _TAKING_PART
        return [t.key for t in tokens(match["what"]) if t.key in ask.content and t.key not in known]

    def _not_its_size(self, ask: Ask) -> Draft | None:
        """``how many on A reached an nPR``: what happened to an arm's patients is not how many they are."""
        if len(ask.studies) != 1 or not _OUTCOME_VERB.search(ask.focus) or not ask.groups:
            return None
        arms = set(self.desk.review.arms.get(ask.studies[0], {}).values())
        known = {k for k, _ in ask.aliases} | {
            t.key for label, ids in ask.groups if ids in arms for t in tokens(label)
        }
        known |= self.desk.vocabulary.scaffold | COUNTING
        left = [k for k in ask.content if k not in known]
        if not left or any(
            f.group >= ids for _, ids in ask.groups if ids not in arms for f in self._sizes(ask)
        ):
            return None
        said = self.said.quote(replace(ask, groups=tuple(g for g in ask.groups if g[1] in arms)))
        if said is not None and said.sure > SURE:
            return said
        said_so = {t.key: t.text for t in tokens(ask.focus)}
        named = joined([said_so.get(k, k) for k in left])
        who = joined([self.desk.name(s) for s in ask.studies])
        return declined(f"The review does not give that number ({named}) for {who}.", ask.studies)

    def _unexplained(self, ask: Ask) -> list[str]:
        """Words that narrow down a number of patients, and that nothing of the study explains."""
        if len(ask.studies) != 1 or (ask.values and not _SCORED.search(ask.focus)) or ask.translated:
            return []
        words = self.reader.names.words
        own = [n for n in ask.named.names if n.kind not in {"topic", "code"} or len(n.studies) == 1]
        known = {k for k, _ in ask.aliases} | {t.key for n in own for t in tokens(n.text)}
        known |= self.desk.vocabulary.scaffold | COUNTING
        if len(set(self.desk.review.arms.get(ask.studies[0], {}).values())) > 1:
            known |= _ALLOTTED
        left = [k for k in ask.content if k not in known and ask.studies[0] not in words.get(k, ())]
        return [k for k in left if not of_study(k, ask.focus)]
