"""A review being read: what its tables and prose add, and the studies they tell of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from assistant import lazy_re as re
from assistant.facts.reader import FactReader
from assistant.folder.folder import RawReview
from assistant.model import Fact, Locator, Passage, Study
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Term

_FORM = re.compile(r",\s*(?:n|%|years?|months?|weeks?|days?|points?|no\.?)\s*$")


def own_identity(words: str) -> str:
    """What a row's head is known by, without what stands in brackets and how its cells are given."""
    bare = tokens(_FORM.sub("", re.sub(r"\([^)]*\)|[#*†‡]", "", words).strip()))
    return "_".join(t.key for t in bare) or "_".join(t.key for t in tokens(words)) or "row"


@dataclass(slots=True)
class Building:
    """A review being read: its passages, facts and own attributes so far."""

    review: RawReview
    reader: FactReader
    passages: list[Passage] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    attributes: dict[str, Term] = field(default_factory=dict)
    twins: set[str] = field(default_factory=set)
    """Identities that several rows of one table share but for what stands in brackets."""
    row_heads: dict[str, str] = field(default_factory=dict)
    """Passage of a cell -> the head of its row."""
    keys: set[str] = field(default_factory=set)
    """What the passages' ids are made of."""

    def add(
        self,
        locator: Locator,
        text: str,
        quote: str,
        studies: tuple[str, ...] = (),
        references: tuple[int, ...] = (),
    ) -> Passage:
        """The passage, added."""
        key = "\x1f".join((self.review.id, repr(locator), text))
        while key in self.keys:  # two rows of one table that print the same
            key += "\x1f"
        self.keys.add(key)
        passage = Passage(hashlib.sha256(key.encode()).hexdigest(), text, quote, studies, locator, references)
        self.passages.append(passage)
        return passage

    def own(self, words: str) -> str:
        """Id of the review's own attribute that ``words``, a row's head say, name."""
        identity = own_identity(words)
        if identity in self.twins:  # "Junction (type I)" and "Junction (type II)" are two rows
            identity = "_".join(t.key for t in tokens(words))
            self.attributes.setdefault(identity, Term(identity, words, "text", forms=(words,)))
        if identity not in self.attributes:
            name = (
                re.sub(r"\s*[\[(][^)\]]*[)\]]|,\s*(?:n|%|years?|months?|points?)$", "", words).strip()
                or words
            )
            shown = name[0].lower() + name[1:] if name[1:2].islower() else name
            beside = tuple(m[1] for m in re.finditer(r"[\[(]([A-Za-z][\w -]{2,})[\])]", words))
            self.attributes[identity] = Term(identity, shown, "text", forms=(name,), row_heads=beside)
        return identity


def study_of(raw: RawReview, study: str) -> Study:
    """The study of that id as tables, prose and references tell of it."""
    name, number = "", None
    for table in raw.tables:
        for k, column in enumerate(table.columns):
            if column.study != study:
                continue
            for row in table.rows:
                if not name and re.search(r"author|reference|first author|^study$", row.head, re.IGNORECASE):
                    match = re.search(r"\[(\d+)\]", row.cells[k])
                    name = re.sub(r"\s*\[[\d, ]+\]", "", row.cells[k]).strip()
                    number = int(match[1]) if match else None
    if number is None:
        marked = (s for s in raw.sentences if s.studies == (study,) and s.references)
        number = next((s.references[-1] for s in marked), None)
    if not name and number is not None:
        reference = next((r for r in raw.references if r.number == number), None)
        if reference and reference.authors:
            family = reference.authors[0].rsplit(" ", 1)[0]
            name = f"{family} et al." if len(reference.authors) > 1 else family
    label = (
        f"{raw.study_label} {study}".strip()
        if not study.lower().startswith(raw.study_label.lower())
        else study
    )
    return Study(study, label, raw.id, name, number)
