"""The page of a topic, a study or a whole corpus: its studies, their figures and references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant import __version__
from assistant.contract import group_text
from assistant.corpus import Review
from assistant.export import Document, Note, Origin, Said, Table
from assistant.export.document import anchor_of, one_line
from assistant.model import AssistantError, Fact, Passage, Study
from assistant.vocabulary import Vocabulary

ALL = "all"
STUDY = "study "
"""Begins what asks for one study, by its id."""
_DESCRIBING = ("agents", "phase", "design", "n_patients")
_HEAD = ("Study", "Authors", "Agents", "Phase or design", "Patients")
_FIGURES = ("Study", "Measure", "Time point", "Group", "Value")


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
        wanted: ``all``, ``study ID``, or a word that agents or titles of studies hold.
        reviews: those to draw on.
        vocabulary: names the measures.
        corpus: hash of the corpus.
        day: today, ISO 8601.
        quotes: whether each note has the sentence or cell.

    Raises:
        AssistantError: no study fits.
    """
    chosen = [(r, s) for r in reviews for s in r.studies if _fits(wanted, r, s)]
    if not chosen:
        known = ", ".join(s.id for r in reviews for s in r.studies)
        raise AssistantError(f"No study fits {wanted}.", f"The studies are: {known}; see: assistant studies.")
    notes = _Notes(quotes)
    studies = tuple(_row(review, study, notes) for review, study in chosen)
    figures = tuple(row for r, s in chosen for row in _figures(r, s, vocabulary, notes))
    parts = [Table(_HEAD, studies)]
    if figures:
        parts.append(Table(_FIGURES, figures, "Reported figures"))
    used = list(dict.fromkeys((r.title, r.raw.doi) for r, _ in chosen))
    title = _title(wanted, chosen)
    origin = Origin(tuple(used), corpus, __version__, day)
    return Document(title, tuple(parts), tuple(notes.found), origin, anchor_of(f"page {wanted}"))


def _title(wanted: str, chosen: Sequence[tuple[Review, Study]]) -> str:
    if wanted == ALL:
        return "The studies of the review"
    if wanted.startswith(STUDY):
        _, study = chosen[0]
        return one_line(f"{study.label} {study.name}")
    return one_line(f"Studies of {wanted}")


def _fits(wanted: str, review: Review, study: Study) -> bool:
    if wanted == ALL:
        return True
    if wanted.startswith(STUDY):
        return study.id.casefold() == wanted.removeprefix(STUDY).strip().casefold()
    reference = review.reference(study.reference)
    texts = [f.value for f in review.facts if f.study == study.id and f.attribute == "agents"]
    texts += [reference.title] if reference else []
    return any(wanted.casefold() in text.casefold() for text in texts)


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


def _figures(review: Review, study: Study, vocabulary: Vocabulary, notes: _Notes) -> list[tuple[Said, ...]]:
    """A row for each figure; a figure that several places state has them all."""
    rows: dict[tuple[str, ...], list[Fact]] = {}
    for fact in review.facts:
        if fact.study == study.id and fact.attribute in vocabulary.measures and fact.value != "N/A":
            measure = f"{vocabulary.term(fact.attribute).name}{_qualified(fact)}"
            rows.setdefault((measure, fact.time_point, group_text(fact), fact.value), []).append(fact)
    return [
        (
            Said(one_line(study.label)),
            *(Said(one_line(t)) for t in texts),
            Said(one_line(value), notes.of(review, study, facts)),
        )
        for (*texts, value), facts in rows.items()
    ]


def _qualified(fact: Fact) -> str:
    grade = f", grade {fact.grade}" if fact.grade else ""
    cycle = f", cycle {fact.cycle}" if fact.cycle else ""
    return grade + cycle + (f" (of {fact.of})" if fact.of else "")
