"""What kind of study a study is: its design, its patients, its products, the table it stands in."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.lookup.lookup import Desk
from assistant.model import Fact, Kind, Passage
from assistant.question.clues import OF_CELLS, SAME_PATIENTS
from assistant.question.reader import Ask, QuestionReader
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Lexicon

Proof = tuple[Fact, ...] | bool
"""The facts that show that a study meets a condition; True where it does without a fact, False where not."""
_MODELS = {"preclinical": "preclinical-model"}
_LOOKING_BACK = frozenset({"retrospective", "registry"})
_CLINICAL = {"interventional"}
_BOTH = frozenset({"relapsed-refractory"})


_DENIED = re.compile(
    r"\b(?:not|non|never|neither|nor|without|no|rather\s+than|instead\s+of)[-\s]+(?:(?:a|an|the|any|been|being|be|yet|assigned|by)\s+){0,3}$",
    re.IGNORECASE,
)
"""Before the word for a design: ``the allocation not being randomized``."""


def _said(text: str, lexicon: Lexicon) -> set[str]:
    """The designs that a sentence names and does not deny."""
    words = tokens(text)
    found = lexicon.find(words)
    return {m.ids[0] for m in found if not _DENIED.search(text[: words[m.start].start])}


class Membership:
    """Tells whether a study is of a kind.

    Args:
        desk: the review's facts and words.
        reader: its question reader.
    """

    def __init__(self, desk: Desk, reader: QuestionReader) -> None:
        self.desk = desk
        self.reader = reader
        self._named: dict[str, frozenset[str]] = {}
        """What ``_groups_in`` found, by passage."""

    def designs_of(self, fact: Fact) -> frozenset[str]:
        """Design ids a cell names, each of its parts read alone too (``II, randomized``)."""
        parts = [fact.value, *re.split(r"[,;]", fact.value)]
        return frozenset(d for part in parts for d in self.reader.designs_of(replace(fact, value=part)))

    def design(self, study: str, ask: Ask) -> Proof:
        """Whether a study is of the designs named: by its cell, its patients or its sentences."""
        wanted = set(ask.designs)
        for fact in self.desk.selector.facts(study, "phase"):
            if self.designs_of(fact) & wanted:
                return (fact,)
        own = {d for fact in self.desk.selector.facts(study, "phase") for d in self.designs_of(fact)}
        if wanted <= _LOOKING_BACK and any(d.startswith("phase") for d in own):
            return False  # a trial with a phase looks back at others at most
        if wanted <= _CLINICAL:
            return "preclinical-model" not in self.desk.review.populations.get(study, frozenset())
        models = {d: _MODELS[d] for d in wanted if d in _MODELS}
        if set(models.values()) & self.desk.review.populations.get(study, frozenset()):
            return True
        if any(d.startswith("phase") for d in wanted):
            return False
        lexicon = self.desk.review.reader.matchers.designs
        passages = [
            p
            for p in self.desk.review.passages
            if p.studies[:1] == (study,) and p.locator.kind is Kind.SENTENCE
        ]
        return any(wanted & _said(p.text, lexicon) for p in passages)

    def in_table(self, table: str) -> frozenset[str]:
        """The studies that have a column or row of their own in a table."""
        return frozenset(s for p in self.desk.review.passages if p.locator.table == table for s in p.studies)

    def in_patients(self, study: str) -> Proof:
        """Whether a study was one of people, and not of animals or cells alone."""
        return "preclinical-model" not in self.desk.review.populations.get(study, frozenset())

    def of_cells(self, study: str) -> Proof:
        """Whether what a study gave is a cellular product."""
        return any(OF_CELLS.search(f.value) for f in self.desk.selector.reported(study, "agents"))

    def of_group(self, study: str, ids: frozenset[str]) -> bool:
        """Whether a study has patients of a group, or is about them."""
        alike = next((same for same in SAME_PATIENTS if ids <= same and ids != _BOTH), None)
        return any(self._in_group(study, frozenset({i})) for i in alike or ()) or self._in_group(study, ids)

    def _in_group(self, study: str, ids: frozenset[str]) -> bool:
        if ids <= self.desk.review.populations.get(study, frozenset()):
            return True
        if any(f.study == study and ids <= f.group for f in self.desk.review.facts):
            return True
        return any(p.studies == (study,) and ids <= self._groups_in(p) for p in self.desk.review.passages)

    def _groups_in(self, passage: Passage) -> frozenset[str]:
        """Ids of the patients that a passage names."""
        if passage.id not in self._named:
            words = tokens(self._spelled_out(passage.text))
            found = self.desk.review.reader.matchers.populations.find(words)
            self._named[passage.id] = frozenset(m.ids[0] for m in found)
        return self._named[passage.id]

    def _spelled_out(self, text: str) -> str:
        """``text`` with the meanings of the review's abbreviations behind it."""
        meanings = self.desk.review.raw.abbreviations
        return ". ".join(
            [text, *(meanings[w] for w in dict.fromkeys(re.findall(r"[\w/-]+", text)) if w in meanings)]
        )
