"""The page of a topic, a study or a whole corpus: its studies, their figures and references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant import __version__
from assistant.conflicts import find_conflicts
from assistant.contract import group_text
from assistant.corpus.corpus import Review
from assistant.export import Document, Note, Origin, Paragraph, Said, Table
from assistant.export.document import CONFLICT, DECLINED, anchor_of, one_line
from assistant.model import AssistantError, Fact, Passage, Study
from assistant.say import Speaker, cycle_words, grade_words
from assistant.selection import Selector
from assistant.vocabulary.vocabulary import Vocabulary

ALL = "all"
STUDY = "study "
"""Begins what asks for one study, by its id."""
_HEAD = ("Study", "Authors", "Agents", "Phase or design", "Patients")
_PREPOSITION = re.compile(r"^(?:for|in|among)(?: the)? ")
_FIGURES = ("Study", "Measure", "Time point", "Group", "Value")


class NothingFitsError(AssistantError):
    """No study of the review is meant by the topic."""


@dataclass(slots=True)
class _Notes:
    """The places that a page draws on, each once."""

    quotes: bool
    found: list[Note] = field(default_factory=list)

    def of(self, review: Review, study: Study, facts: Iterable[Fact]) -> tuple[int, ...]:
        """Indices of the notes of the passages that state ``facts``."""
        passages = {p.id: p for p in review.passages}
        return tuple(dict.fromkeys(self._of(review, study, passages[f.passage]) for f in facts))

    def _of(self, review: Review, study: Study, passage: Passage) -> int:
        reference = review.reference(study.reference)
        quote = one_line(passage.quote) if self.quotes else ""
        place = one_line(passage.locator.label)
        note = Note(one_line(study.label), place, quote, one_line(reference.text) if reference else "")
        if note not in self.found:
            self.found.append(note)
        return self.found.index(note)


def topic_document(
    wanted: str,
    reviews: Sequence[Review],
    vocabulary: Vocabulary,
    corpus: str,
    day: str,
    *,
    quotes: bool = True,
) -> Document:
    """The page of what is wanted.

    Args:
        wanted: ``all``, ``study ID``, a measure, or words that a study's agents, title, section or name hold.
        reviews: those to draw on.
        vocabulary: names the measures.
        corpus: hash of the corpus.
        day: today, ISO 8601.
        quotes: whether each note has the sentence or cell.

    Raises:
        NothingFitsError: no study fits.
    """
    measure = _measure(wanted, vocabulary)
    chosen = [(r, s) for r in reviews for s in r.studies if _fits(wanted, measure, r, s)]
    if not chosen:
        raise NothingFitsError(f"No study fits {wanted}.", _remedy(reviews, vocabulary))
    notes = _Notes(quotes)
    studies = tuple(_row(review, study, notes) for review, study in chosen)
    figures = tuple(row for r, s in chosen for row in _figures(r, s, vocabulary, notes, measure))
    parts: list[Paragraph | Table] = [Table(_HEAD, studies)]
    if figures:
        parts.append(Table(_FIGURES, figures, "Reported figures"))
    parts += _conflicts(chosen, vocabulary, notes, measure)
    used = list(dict.fromkeys((r.title, r.raw.doi) for r, _ in chosen))
    title = _title(wanted, measure, chosen, vocabulary)
    origin = Origin(tuple(used), corpus, __version__, day)
    return Document(title, tuple(parts), tuple(notes.found), origin, anchor_of(f"page {wanted}"))


def nothing_document(wanted: str, reviews: Sequence[Review], corpus: str, day: str) -> Document:
    """The page of a topic that no study fits any more."""
    said = Said(one_line(f"No study of the review fits {wanted}."))
    origin = Origin(tuple((r.title, r.raw.doi) for r in reviews), corpus, __version__, day)
    title = one_line(f"Studies of {wanted}")
    return Document(title, (Paragraph((said,), DECLINED),), (), origin, anchor_of(f"page {wanted}"))


def _measure(wanted: str, vocabulary: Vocabulary) -> str:
    """Id of the measure that is wanted; "" where it is none."""
    name = wanted.strip().casefold()
    for term in vocabulary.measures.values():
        if name in {form.casefold() for form in (term.id, term.name, *term.abbreviations, *term.forms)}:
            return term.id
    return ""


def _title(wanted: str, measure: str, chosen: Sequence[tuple[Review, Study]], vocabulary: Vocabulary) -> str:
    if wanted == ALL:
        return "The studies of the review"
    if wanted.startswith(STUDY):
        _, study = chosen[0]
        return one_line(f"{study.label} {study.name}")
    return one_line(
        f"Studies that report {vocabulary.term(measure).name}" if measure else f"Studies of {wanted}"
    )


def _fits(wanted: str, measure: str, review: Review, study: Study) -> bool:
    if wanted == ALL:
        return True
    if wanted.startswith(STUDY):
        return study.id.casefold() == wanted.removeprefix(STUDY).strip().casefold()
    own = [f for f in review.facts if f.study == study.id]
    if measure:
        return any(f.attribute == measure and f.value != "N/A" for f in own)
    reference = review.reference(study.reference)
    texts = [f.value for f in own if f.attribute == "agents"]
    texts += [p.locator.section for p in review.passages if study.id in p.studies[:1]]
    texts += [study.name, reference.title if reference else ""]
    # From the beginning of a word: "rux" is ruxolitinib, "OS" is nothing in fostamatinib.
    asked = re.compile(rf"(?<!\w){re.escape(wanted.strip())}", re.IGNORECASE)
    return any(asked.search(text) for text in texts)


def _remedy(reviews: Sequence[Review], vocabulary: Vocabulary) -> str:
    facts = [f for r in reviews for f in r.facts if f.value != "N/A"]
    agents = list(dict.fromkeys(one_line(f.value) for f in facts if f.attribute == "agents"))
    measures = [m for m in dict.fromkeys(f.attribute for f in facts) if m in vocabulary.measures]
    return (
        "Name an agent, a first author, a word of a title, or a measure, such as "
        f"{'; '.join([*agents[:4], *measures[:4]])}. The studies are: "
        f"{', '.join(s.id for r in reviews for s in r.studies)}; see: assistant studies."
    )


def _conflicts(
    chosen: Sequence[tuple[Review, Study]], vocabulary: Vocabulary, notes: _Notes, measure: str
) -> Iterator[Paragraph]:
    """Where the review disagrees with itself on these studies, both places cited."""
    for review in {r.id: r for r, _ in chosen}.values():
        studies = {s.id: s for r, s in chosen if r.id == review.id}
        selector, speaker = Selector(review, vocabulary), Speaker(review, vocabulary)
        for conflict in find_conflicts(review, selector, speaker, vocabulary):
            if conflict.study in studies and (not measure or conflict.attribute == measure):
                cited = notes.of(review, studies[conflict.study], conflict.facts)
                yield Paragraph((Said(one_line(conflict.note), cited),), CONFLICT)


def _row(review: Review, study: Study, notes: _Notes) -> tuple[Said, ...]:
    own = [f for f in review.facts if f.study == study.id and not f.group and f.value != "N/A"]

    def cell(*attributes: str) -> Said:
        for attribute in attributes:
            facts = [f for f in own if f.attribute == attribute]
            if facts:
                same = [f for f in facts if f.value == facts[0].value]
                return Said(one_line(facts[0].value), notes.of(review, study, same[:1]))
        return Said("")

    name = Said(one_line(study.name))
    return (Said(one_line(study.label)), name, cell("agents"), cell("phase", "design"), cell("n_patients"))


def _figures(
    review: Review, study: Study, vocabulary: Vocabulary, notes: _Notes, only: str
) -> list[tuple[Said, ...]]:
    """A row for each figure, or for each of one measure; a figure that several places state has them all."""
    rows: dict[tuple[str, ...], list[Fact]] = {}
    speaker = Speaker(review, vocabulary)
    for fact in review.facts:
        if fact.study != study.id or fact.attribute not in vocabulary.measures or fact.value == "N/A":
            continue
        if not only or only in (fact.attribute, fact.of):
            measure = f"{vocabulary.term(fact.attribute).name}{_qualified(fact)}"
            rows.setdefault((measure, fact.time_point, _group(fact, speaker), _value(fact)), []).append(fact)
    return [
        (
            Said(one_line(study.label)),
            *(Said(one_line(t)) for t in texts),
            Said(one_line(value), notes.of(review, study, facts)),
        )
        for (*texts, value), facts in rows.items()
    ]


def _qualified(fact: Fact) -> str:
    grade = f", {grade_words(fact.grade)}" if fact.grade else ""
    cycle = f", after {cycle_words(fact.cycle)}" if fact.cycle else ""
    return grade + cycle + (f" (of {fact.of})" if fact.of else "")


def _group(fact: Fact, speaker: Speaker) -> str:
    """The group as answers word it, without the preposition."""
    return _PREPOSITION.sub("", speaker.group(fact)) if fact.group else group_text(fact)


def _value(fact: Fact) -> str:
    """The value as printed, with the percentage that is printed beside it."""
    return fact.value if fact.percent in fact.value else f"{fact.value} ({fact.percent})"
