"""What a study's treatment was: at what dose it was given, and what it is aimed at."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.answer.dose import best_dosed, dose_part, dosed, gives_dose
from assistant.answer.dose_named import dose_of_drug
from assistant.answer.said import QUITE_SURE, RATHER_SURE, Said
from assistant.desk import Desk
from assistant.draft import Draft, answered, of_fact
from assistant.model import Kind, Passage
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import DRUG_STEM
from assistant.telling.describe import is_named
from assistant.text.text import fold, tokens

_WHICH_DOSE = re.compile(
    r"\b(?:what|which) (?:\w+ )?(?:dose|dosage|dosing)\b|\bhow (?:was|were|is|did they) (?:[\w-]+ ){1,4}dosed\b"
    r"|\bhow many (?:mg|milligrams?|IU)\b",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\banti-?[A-Z]\w+|\b[A-Z][\w-]*(?:-targeted|-targeting|-directed|-specific)\b|\b(?:targets|targeting|directed against|binds)\b"
)
_DOSES = re.compile(r"\d+(?:\.\d+)?(?=\s?(?:,|or\b|and\b|vs\b|mg|[\u00b5\u03bcm]?c?g|IU))")


def _keys(passage: Passage) -> frozenset[str]:
    """Keys of the words of a passage."""
    return frozenset(t.key for t in tokens(passage.text))


class Treatment:
    """Answers with a sentence on a treatment, where no row of a table tells what is asked of it.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
        said: finds the review's sentences.
    """

    def __init__(self, desk: Desk, reader: QuestionReader, said: Said) -> None:
        self.desk = desk
        self.reader = reader
        self.said = said
        self.describer = said.describer

    def dose(self, ask: Ask) -> Draft | None:
        """The sentence that says at what dose a drug was given, where no row of a table does."""
        if (told := dose_of_drug(self.desk, self.reader, self.describer, ask)) is not None:
            return told
        asked = "dose" in ask.characteristics or _WHICH_DOSE.search(ask.focus)
        if (
            not asked
            or ask.measures
            or ask.unheard
            or len(ask.studies) != 1
            or ask.has("list", "compare", "max", "min")
        ):
            return None
        study = ask.studies[0]
        cells = [f for name in ("dose", "agents") for f in self.desk.selector.reported(study, name)]
        shown = [f for f in cells if f.attribute == "agents" and gives_dose(f.value)]
        several = any(len(_DOSES.findall(fold(f.value))) > 1 for f in shown)
        said = self.said.quote(replace(ask, characteristics=()))
        least = RATHER_SURE if several else QUITE_SURE
        if said is not None and said.sure > least and gives_dose(said.lines[0].text):
            return said
        if shown and "dose" not in self.said.reported(ask):
            return answered([of_fact(self.desk.speaker.characteristic(f), f) for f in shown[:2]], ask.studies)
        if any(gives_dose(f.value) or f.attribute == "dose" for f in cells):
            return None
        own = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]
        given = dosed(own)
        drugs = {t.key for t in tokens(ask.focus) if any(t.key in _keys(p) for p in own)}
        drugs -= self.desk.vocabulary.scaffold | {"dose", "dosage", "often", "given", "arm"}
        drugs -= {"day", "week", "cycle", "course", "dosed"}
        arms = {t.key for label, _ in ask.groups for t in tokens(label) if not DRUG_STEM.fullmatch(t.text)}
        drugs = {d for d in drugs if self.reader.names.words.get(d) == {study}} - arms or drugs
        named = [p for p in given if drugs & _keys(p)]
        if not named and len(given) == 1 and self._is_drug_of(study, ask):
            named = given
        if not named:
            return None
        best = best_dosed(named, drugs)
        return answered([self.describer.quoting(best, dose_part(best, drugs))], ask.studies)

    def target(self, ask: Ask) -> Draft | None:
        """The sentence of a study that says what its treatment is aimed at, where no row of a table does."""
        if "target" not in ask.characteristics or ask.measures or len(ask.studies) != 1 or not is_named(ask):
            return None
        study = ask.studies[0]
        if self.desk.selector.reported(study, "target"):
            return None
        own = [p for p in self.desk.review.passages if p.locator.kind is Kind.SENTENCE and study in p.studies]
        aimed = next((p for p in own if _AIMED.search(fold(p.text))), None)
        return answered([self.describer.quoting(aimed)], ask.studies) if aimed else None

    def _is_drug_of(self, study: str, ask: Ask) -> bool:
        """Whether a question names nothing but this study and one arm of it."""
        arms = self.desk.review.arms.get(study, {}).values()
        return not ask.strange and all(ids in arms for _, ids in ask.groups)
