"""A review as the other layers use it: studies, passages and the facts each passage states."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.cells import read_cell
from assistant.cells_arms import arms_of
from assistant.facts import FactReader
from assistant.folder import RawReview, Sentence, Table, TableRow, read_folder
from assistant.model import AssistantError, Fact, Kind, Locator, Passage, Reference, Study
from assistant.spans import Span
from assistant.text import tokens
from assistant.vocabulary import Lexicon, Matchers, Term, Vocabulary, corpus_matchers

_ENROLMENT = re.compile(
    r"\b(?:enrol|recruit|includ|tested|treated|evaluat|assess|compar|subject of|trial|study|conducted)",
    re.IGNORECASE,
)


_EXCEPTED = re.compile(
    r"\b(?:no|not|without|too\s+\w+\s+for|unsuitable\s+for|ineligible\s+for|instead\s+of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


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

    def reference(self, number: int | None) -> Reference | None:
        """The reference of that number, or None."""
        return next((r for r in self.raw.references if r.number == number), None)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every review of the corpus folder, in order of name."""

    reviews: tuple[Review, ...]
    hash: str
    """sha256 over the names and bytes of all files, hex."""


@dataclass(slots=True)
class _Building:
    review: RawReview
    reader: FactReader
    passages: list[Passage] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    attributes: dict[str, Term] = field(default_factory=dict)

    def add(
        self,
        locator: Locator,
        text: str,
        quote: str,
        studies: tuple[str, ...] = (),
        references: tuple[int, ...] = (),
    ) -> Passage:
        key = "\x1f".join((self.review.id, repr(locator), text))
        passage = Passage(hashlib.sha256(key.encode()).hexdigest(), text, quote, studies, locator, references)
        self.passages.append(passage)
        return passage


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
    return Corpus(tuple(read_review(p, vocabulary) for p in paths), corpus_hash(folder))


def read_review(path: Path, vocabulary: Vocabulary) -> Review:
    """The review in ``path``: passages, facts and studies.

    Raises:
        AssistantError: the folder is malformed.
    """
    raw = read_folder(path)
    reader = FactReader(vocabulary, corpus_matchers(vocabulary, raw.abbreviations))
    building = _Building(raw, reader)
    study_ids = _study_ids(raw)
    arms = {s: arms_of(raw.tables, s, reader.matchers, raw.abbreviations) for s in study_ids}
    for table in raw.tables:
        _read_table(table, building, arms)
    totals = _totals(building.facts)
    populations = _read_prose(building, arms, totals)
    _read_lists(building)
    facts = tuple(_settle(f, populations) for f in building.facts)
    return Review(
        raw,
        tuple(_study(raw, s) for s in study_ids),
        tuple(building.passages),
        facts,
        building.attributes,
        arms,
        populations,
        reader,
    )


def _study_ids(raw: RawReview) -> list[str]:
    prose = [s for sentence in raw.sentences for s in sentence.studies]
    heads = [c.study for table in raw.tables for c in table.columns]
    return list(dict.fromkeys(prose + heads))


def _study(raw: RawReview, study: str) -> Study:
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


# -- tables -----------------------------------------------------------------------------------------


def _attribute(head: str, building: _Building) -> str:
    """Id of what a row head names; an unknown head becomes a characteristic of the review's own."""
    matchers, words = building.reader.matchers, tokens(head)
    for lexicon in (matchers.row_heads, matchers.measures):
        found = lexicon.find(words)
        whole = [m for m in found if m.end - m.start == len(words)]
        if whole:
            return whole[0].ids[0]
    unbracketed = re.sub(r"\([^)]*\)|[#*†‡]", "", head).strip()
    bare = tokens(re.sub(r",\s*(?:n|%|years?|months?|weeks?|days?|no\.?)\s*$", "", unbracketed))
    for lexicon in (matchers.row_heads, matchers.measures):
        whole = [m for m in lexicon.find(bare) if m.end - m.start == len(bare)]
        if whole:
            return whole[0].ids[0]
    measures = matchers.measures.find(words)
    heads = [m for m in matchers.row_heads.find(words) if m.end - m.start >= 2 or len(words) <= 2]
    longest = max([*heads, *measures], key=lambda m: m.end - m.start, default=None)
    if longest:
        return longest.ids[0]
    identity = "_".join(t.key for t in bare) or "_".join(t.key for t in words) or "row"
    if identity not in building.attributes:
        name = re.sub(r"\s*[\[(][^)\]]*[)\]]|,\s*(?:n|%|years?|months?)$", "", head).strip() or head
        building.attributes[identity] = Term(
            identity, name[0].lower() + name[1:] if name[1:2].islower() else name, "text", forms=(name,)
        )
    return identity


def _read_table(table: Table, building: _Building, arms: Mapping[str, Mapping[str, frozenset[str]]]) -> None:
    review = building.review
    for k, column in enumerate(table.columns):
        study = _study(review, column.study)
        arm = f", {column.arm}" if column.arm else ""
        group = arms[column.study].get(column.arm, frozenset()) if column.arm else frozenset()
        for row in table.rows:
            cell = row.cells[k]
            if not cell.strip():
                continue
            attribute = _attribute(row.head, building)
            alone = sum(c.study == column.study for c in table.columns) == 1
            if (
                alone
                and column.arm
                and (attribute == "n_patients" or attribute in building.reader.vocabulary.measures)
            ):
                place, members = "", group
            elif column.arm and _same_for_all_arms(table, row, column.study):
                if any(c.study == column.study for c in table.columns[:k]):
                    continue
                place, members = "", frozenset[str]()
            else:
                place, members = arm, group
            locator = Locator(
                review.id,
                Kind.CELL,
                table=table.label,
                row=row.head + (place if place else ""),
                column=column.study,
            )
            name = f" ({study.name})" if study.name else ""
            refs = (study.reference,) if study.reference else ()
            passage = building.add(
                locator, f"{study.label}{name}{place}, {row.head}: {cell}", cell, (column.study,), refs
            )
            label = column.arm if members else ""
            for fact in read_cell(row.head, cell, attribute, building.reader, arms[column.study]):
                joined = fact.group | members
                building.facts.append(
                    replace(
                        fact,
                        study=column.study,
                        passage=passage.id,
                        group=joined,
                        group_label=fact.group_label or label,
                    )
                )
    for study_id in dict.fromkeys(c.study for c in table.columns):
        _whole_column(table, study_id, building)


def _same_for_all_arms(table: Table, row: TableRow, study: str) -> bool:
    cells = {row.cells[k] for k, c in enumerate(table.columns) if c.study == study}
    return len(cells) == 1


def _whole_column(table: Table, study_id: str, building: _Building) -> None:
    study = _study(building.review, study_id)
    lines = []
    for row in table.rows:
        cells = dict.fromkeys(row.cells[k] for k, c in enumerate(table.columns) if c.study == study_id)
        lines.append(f"{row.head}: {' | '.join(c for c in cells if c.strip())}")
    locator = Locator(building.review.id, Kind.COLUMN, table=table.label, column=study_id)
    refs = (study.reference,) if study.reference else ()
    building.add(locator, f"{study.label}. " + ". ".join(lines), "\n".join(lines), (study_id,), refs)


def _totals(facts: Iterable[Fact]) -> dict[str, str]:
    return {f.study: f.value for f in facts if f.attribute == "n_patients" and not f.group}


# -- prose ------------------------------------------------------------------------------------------


def _read_prose(
    building: _Building, arms: Mapping[str, Mapping[str, frozenset[str]]], totals: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    populations: dict[str, set[str]] = {}
    before: list[Span] = []
    place = ("", 0)
    counted = set(totals)
    seen: dict[str, int] = {}
    labels = {label: ids for own in arms.values() for label, ids in own.items()}
    for sentence in building.review.sentences:
        if (sentence.section, sentence.paragraph) != place:
            before, place = [], (sentence.section, sentence.paragraph)
        subject = sentence.studies
        own = _arms(arms, subject)
        passage = _sentence_passage(sentence, building)
        study = subject[0] if subject else ""
        read = building.reader.read(sentence.plain, own, before)
        groups = building.reader.groups(sentence.plain, own)
        for fact in _without_partial_totals(read, totals.get(study, "")):
            fact = _in_quote(fact, sentence)
            if fact.attribute == "n_patients" and study and _is_total(fact, sentence, totals, counted, study):
                counted.add(study)
                populations.setdefault(study, set()).update(_vocabulary_ids(fact.group, building))
                fact = replace(fact, group=frozenset(), group_label="")
            building.facts.append(replace(fact, study=study, passage=passage.id))
        if study and seen.get(study, 0) < 2:
            seen[study] = seen.get(study, 0) + 1
            inside = {
                i
                for g in groups
                for i in g.ids
                if g.text not in own and not _EXCEPTED.search(sentence.plain[: g.start])
            }
            outcome = {i for f in read if f.attribute not in {"n_patients", "age_range"} for i in f.group}
            counts = [f for f in read if f.attribute == "n_patients" and f.group]
            several = sum(f.attribute == "n_patients" for f in read) > 1
            outcome |= {
                i
                for f in counts
                if (several or f.percent) and not _is_total(f, sentence, totals, set(), study)
                for i in f.group
            }
            part = {i for ids in own.values() for i in ids}
            populations.setdefault(study, set()).update(_vocabulary_ids(inside - outcome - part, building))
            named = {name.lower() for name in own}
            for label, ids in labels.items():
                if (
                    not ids <= part
                    and label.lower() not in named
                    and re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", sentence.plain)
                ):
                    populations[study] |= ids
        counts = [f for f in read if f.attribute == "n_patients" and f.group]
        before = (
            groups
            if len(counts) == 1 and len({i for g in groups for i in g.ids} - counts[0].group) == 0
            else []
        )
    return {s: frozenset(p) for s, p in populations.items()}


def _without_partial_totals(facts: Sequence[Fact], total: str) -> list[Fact]:
    """The facts; beside the study's total no other ungrouped count is a number of patients."""
    counts = [
        f
        for f in facts
        if f.attribute == "n_patients" and not f.group and f.n is not None and f.total is None
    ]
    if not any(str(f.n) == total for f in counts):
        return list(facts)
    return [replace(f, attribute="") if f in counts and str(f.n) != total else f for f in facts]


def _arms(
    arms: Mapping[str, Mapping[str, frozenset[str]]], studies: Sequence[str]
) -> dict[str, frozenset[str]]:
    return {label: ids for s in studies for label, ids in arms.get(s, {}).items()}


def _vocabulary_ids(ids: Iterable[str], building: _Building) -> set[str]:
    return {i for i in ids if i in building.reader.vocabulary.populations}


def _is_total(
    fact: Fact, sentence: Sentence, totals: Mapping[str, str], counted: set[str], study: str
) -> bool:
    if fact.n is None or fact.total is not None:
        return False
    if study in totals:
        return str(fact.n) == re.sub(r"\D.*", "", totals[study])
    return study not in counted and bool(_ENROLMENT.search(sentence.plain))


def _in_quote(fact: Fact, sentence: Sentence) -> Fact:
    """The fact with its span moved from the sentence without marks to the sentence as written."""
    shown = sentence.plain[fact.start : fact.end]
    occurrence = sentence.plain[: fact.start].count(shown)
    at = -1
    for _ in range(occurrence + 1):
        at = sentence.text.find(shown, at + 1)
    return replace(fact, start=at, end=at + len(shown)) if at >= 0 and shown else fact


def _sentence_passage(sentence: Sentence, building: _Building) -> Passage:
    locator = Locator(
        building.review.id,
        Kind.SENTENCE,
        section=sentence.section,
        paragraph=sentence.paragraph,
        sentence=sentence.index,
    )
    studies = tuple(dict.fromkeys((*sentence.studies, *sentence.mentions)))
    references = sentence.references
    if sentence.studies and not references:
        number = _study(building.review, sentence.studies[0]).reference
        references = (number,) if number else ()
    return building.add(locator, sentence.plain, sentence.text, sentence.studies or studies[:0], references)


def _settle(fact: Fact, populations: Mapping[str, frozenset[str]]) -> Fact:
    """The fact without groups that hold for every patient of its study."""
    everyone = populations.get(fact.study, frozenset()) | {"all"}
    group = fact.group - everyone
    if group == fact.group:
        return fact
    return replace(fact, group=group, group_label=fact.group_label if group else "")


# -- references, abbreviations, front matter -------------------------------------------------------


def _read_lists(building: _Building) -> None:
    raw = building.review
    of_reference = {_study(raw, s).reference: s for s in _study_ids(raw)}
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


def lexicon_of(terms: Iterable[Term]) -> Lexicon:
    """A lexicon of the names and forms of ``terms``."""
    lexicon = Lexicon()
    for term in terms:
        for form in (term.name, *term.forms):
            lexicon.add(form, term.id)
    return lexicon


def matchers_of(review: Review) -> Matchers:
    """The lexicons the review was read with."""
    return review.reader.matchers
