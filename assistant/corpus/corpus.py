"""A review as the other layers use it: studies, passages and the facts each passage states."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cells.headed import divided
from assistant.facts.reader import FactReader
from assistant.folder.folder import RawReview, read_folder
from assistant.folder.heads import read_head
from assistant.model import AssistantError, Fact, Kind, Locator, Passage, Reference, Study
from assistant.vocabulary.matchers import corpus_matchers
from assistant.vocabulary.vocabulary import Term, Vocabulary, defined_in

if TYPE_CHECKING:
    from assistant.building.building import Building


@dataclass(frozen=True, slots=True)
class Review:
    """One review, read."""

    raw: RawReview
    studies: tuple[Study, ...]
    """In the order in which the prose first speaks of them, then that of the tables."""
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    attributes: Mapping[str, Term]
    """Row heads the vocabulary does not know, as characteristics of this review."""
    arms: Mapping[str, Mapping[str, frozenset[str]]]
    """Study -> label of an arm or subgroup -> its group ids."""
    populations: Mapping[str, frozenset[str]]
    """Study -> what all its patients are (newly diagnosed, relapsed or refractory …)."""
    reader: FactReader

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.raw.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.raw.title

    def study(self, study: str) -> Study | None:
        """The study of that id, or None."""
        return next((s for s in self.studies if s.id == study), None)

    def read(self, text: str, study: str) -> list[Fact]:
        """The facts of a text about a study, whose arms may be divided further: by strata, doses, schedules."""
        arms = self.arms.get(study, {})
        return self.reader.read(text, arms, divided=divided(self.raw.tables, study, arms))

    def reference(self, number: int | None) -> Reference | None:
        """The reference of that number, or None."""
        return next((r for r in self.raw.references if r.number == number), None)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every review of the corpus folder, in order of name."""

    reviews: tuple[Review, ...]
    hash: str
    """sha256 over the names and bytes of all files, hex."""


def corpus_hash(folder: Path) -> str:
    """sha256 over the relative names and bytes of the files below ``folder``."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_corpus(folder: Path, vocabulary: Vocabulary) -> Corpus:
    """All reviews below ``folder``, each a folder with a ``review.md``.

    Raises:
        AssistantError: no review there, or one is malformed.
    """
    paths = review_folders(folder)
    return Corpus(tuple(read_review(p, vocabulary) for p in paths), corpus_hash(folder))


def review_folders(folder: Path) -> list[Path]:
    """The folders of reviews in ``folder``, by name: itself, or those in it.

    Raises:
        AssistantError: there are none.
    """
    if not folder.is_dir():
        raise AssistantError(
            f"There is no corpus folder {folder}.", "Set ASSISTANT_CORPUS to a folder of review folders."
        )
    own = [folder] if (folder / "review.md").is_file() else []
    paths = own or sorted(p for p in folder.iterdir() if (p / "review.md").is_file())
    if not paths:
        raise AssistantError(
            f"No review in {folder}.", "Put a folder with a review.md there; corpus/README.md shows the form."
        )
    return paths


def read_review(path: Path, vocabulary: Vocabulary) -> Review:
    """The review in ``path``: passages, facts and studies.

    Raises:
        AssistantError: the folder is malformed.
    """
    # not on import: where the corpus was kept none of it is needed
    from assistant.building.building import Building, study_of
    from assistant.building.described import described_in_cells, fewer, parted, set_apart
    from assistant.building.prose import read_prose, settle
    from assistant.building.renamed import renamed
    from assistant.building.tables import read_table
    from assistant.building.totals import arm_sums, totals_of
    from assistant.cells.arms import arms_of
    from assistant.cells.cohorts import cohorts
    from assistant.cells.introduced import introduced, joined, sized
    from assistant.cells.noted import noted_sides, with_noted
    from assistant.cells.numbered import by_number, by_words
    from assistant.cells.subgrouped import subgroup_labels

    raw = read_folder(path)
    defined = defined_by(raw, vocabulary)
    vocabulary = learnt_by(raw, vocabulary, defined)
    reader = reader_of(raw, vocabulary, defined)
    building = Building(raw, reader)
    study_ids = _study_ids(raw)
    arms = {s: arms_of(raw.tables, s, reader.matchers, raw.abbreviations) for s in study_ids}
    for study, own in arms.items():
        if len(set(own.values())) == 1 and _heads_one_arm(raw, study, own):
            own.clear()  # the one arm of a study is the study
        if len(set(own.values())) < 2:
            told = sized((s.plain for s in raw.sentences if s.studies[:1] == (study,)), reader.matchers)
            arms[study] = own = joined(own, told)
        if told := cohorts(raw.tables, study, [s.plain for s in raw.sentences if s.studies[:1] == (study,)]):
            arms[study] = own = told
        noted = noted_sides(raw.tables, study, raw.study_label, reader.matchers)
        arms[study] = own = with_noted(own, noted)
        for label, ids in subgroup_labels(raw.tables, study, reader, raw.abbreviations).items():
            own.setdefault(label, ids)
        own |= introduced((s.plain for s in raw.sentences if s.studies[:1] == (study,)), own)
        own |= by_number(own, raw.abbreviations)
        own |= by_words(own, (s.plain for s in raw.sentences if s.studies[:1] == (study,)))
    for table in raw.tables:
        read_table(table, building, arms)
    totals = totals_of(building.facts)
    sums = arm_sums(building.facts, totals)
    populations = read_prose(building, arms, totals)
    for study, described in described_in_cells(building.passages, reader, arms).items():
        populations[study] = populations.get(study, frozenset()) | described
    opposites = {t.id: t.opposite for t in vocabulary.populations.values() if t.opposite}
    for study, some in parted(building.facts, opposites).items():
        populations[study] = populations.get(study, frozenset()) - some
    for study, some in fewer(building.facts).items():
        populations[study] = populations.get(study, frozenset()) - some
    for study, treatments in set_apart(building.facts, vocabulary.populations).items():
        populations[study] = populations.get(study, frozenset()) - treatments
    _read_lists(building)
    for fact in building.facts:  # "frail patients … those who were not frail": not all were frail
        lacking = {i.removeprefix("no-") for i in fact.group if i.startswith("no-")}
        populations[fact.study] = populations.get(fact.study, frozenset()) - lacking
    facts, named = renamed([settle(f, populations, vocabulary, sums) for f in building.facts], arms)
    return Review(
        raw,
        tuple(study_of(raw, s) for s in study_ids),
        tuple(building.passages),
        tuple(facts),
        building.attributes,
        named,
        populations,
        reader,
    )


def defined_by(raw: RawReview, vocabulary: Vocabulary) -> Mapping[str, str]:
    """The abbreviations of measures that the prose of a review defines in passing, with their meanings."""
    return defined_in(" ".join(s.plain for s in raw.sentences), vocabulary)


def reader_of(raw: RawReview, vocabulary: Vocabulary, defined: Mapping[str, str]) -> FactReader:
    """What reads facts from the text of a review, or about it; ``defined`` as ``defined_by`` gives it."""
    return FactReader(vocabulary, corpus_matchers(vocabulary, {**defined, **raw.abbreviations}))


def learnt_by(raw: RawReview, vocabulary: Vocabulary, defined: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with the measures that only the text of a review names; ``defined`` as ``defined_by`` gives it."""
    from assistant.building.learned import learnt

    short = {**defined, **raw.abbreviations}
    return learnt(vocabulary, (s.plain for s in raw.sentences if s.studies), raw.tables, short)


_PART = re.compile(
    r"\b(?:doses?|RP2D|MTD|cohorts?|levels?|parts?|subgroups?|groups?|adults?|children|evaluable|responders|expansion|with|without)\b",
    re.IGNORECASE,
)
"""Says that a column is of some of a study's patients."""


def _heads_one_arm(raw: RawReview, study: str, arms: Mapping[str, frozenset[str]]) -> bool:
    """Whether the one arm known of a study is that of its only column."""
    heads = {c.arm for table in raw.tables for c in table.columns if c.study == study and c.arm}
    if any(_PART.search(f"{head} {' '.join(arms)}") for head in heads):
        return False
    return len(heads) == 1 and any(name in arms for head in heads for name in read_head(head).names)


def _study_ids(raw: RawReview) -> list[str]:
    prose = [s for sentence in raw.sentences for s in sentence.studies]
    heads = [c.study for table in raw.tables for c in table.columns]
    return list(dict.fromkeys(prose + heads))


# -- references, abbreviations, front matter -------------------------------------------------------


def _read_lists(building: Building) -> None:
    from assistant.building.building import study_of

    raw = building.review
    of_reference = {study_of(raw, s).reference: s for s in _study_ids(raw)}
    for reference in raw.references:
        study = of_reference.get(reference.number)
        locator = Locator(raw.id, Kind.REFERENCE, entry=str(reference.number))
        building.add(locator, reference.text, reference.text, (study,) if study else (), (reference.number,))
    for short, meaning in raw.abbreviations.items():
        locator = Locator(raw.id, Kind.ABBREVIATION, entry=short)
        building.add(locator, f"{short}: {meaning}", f"{short}: {meaning}")
    front = {
        "title": raw.title,
        "authors": ", ".join(raw.authors),
        "journal": raw.journal,
        "year": raw.year,
        "volume": raw.volume,
        "pages": raw.pages,
        "doi": raw.doi,
        "licence": raw.licence,
    }
    for entry, value in front.items():
        if value:
            locator = Locator(raw.id, Kind.FRONT, entry=entry)
            passage = building.add(locator, f"{entry}: {value}", str(value))
            building.facts.append(Fact("", entry, str(value), passage.id))
