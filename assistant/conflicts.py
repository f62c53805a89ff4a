"""Places of a review that cannot both be right: text against table, parts against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from assistant.corpus.corpus import Review
from assistant.draft import Line, support_of
from assistant.model import Fact, Kind
from assistant.say import Speaker
from assistant.selection import Selector, same_time
from assistant.vocabulary.vocabulary import Vocabulary

_SHARES = frozenset({"%", "patients"})
"""Units of which one can be computed from the other."""
_AMOUNTS = frozenset({"months", "years", "weeks", "days", "amount"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Facts that do not go together, with a sentence that says why."""

    study: str
    attribute: str
    facts: tuple[Fact, ...]
    note: str

    @property
    def line(self) -> Line:
        """The note as a sentence of an answer, every side cited."""
        return Line(self.note, support_of(self.facts), self.facts)


def find_conflicts(
    review: Review, selector: Selector, speaker: Speaker, vocabulary: Vocabulary
) -> tuple[Disagreement, ...]:
    """All disagreements inside one review, in order of study."""
    found: list[Disagreement] = []
    for study in review.studies:
        for attribute in dict.fromkeys(f.attribute for f in review.facts if f.study == study.id):
            if attribute == "n_patients":
                found += _sums(study.id, selector, speaker)
            elif attribute in vocabulary.measures and attribute not in {"p_value", "CI"}:
                found += _pairs(study.id, attribute, selector, speaker)
                found += _arms_and_whole(study.id, attribute, selector, speaker)
    return tuple(found)


def _comparable(a: Fact, b: Fact) -> bool:
    """Whether two facts of one measure, from two places, mean the same figure."""
    if a.passage == b.passage or (a.grade, a.group, a.of) != (b.grade, b.group, b.of):
        return False
    if a.cycle != b.cycle or not same_time(a.time_point, b.time_point):
        return False
    return {a.unit, b.unit} <= _SHARES or (a.unit == b.unit and a.unit in _AMOUNTS)


def _pairs(study: str, attribute: str, selector: Selector, speaker: Speaker) -> Iterator[Disagreement]:
    facts = [f for f in selector.reported(study, attribute) if re.search(r"\d", f.value) or f.n is not None]
    for a, b in combinations(facts, 2):
        if not _comparable(a, b) or selector.agree(a, b):
            continue
        first, second = (_place(f, selector) for f in (a, b))
        if first == second:
            continue
        group = f" {speaker.group(a)}" if a.group else ""
        note = (
            f"{speaker.full(study)}: {first} gives {speaker.value(a)} and {second} gives {speaker.value(b)} "
            f"for {speaker.measure(a)}{group}; the review does not reconcile them."
        )
        yield Disagreement(study, attribute, (a, b), note)


def _arms_and_whole(
    study: str, attribute: str, selector: Selector, speaker: Speaker
) -> Iterator[Disagreement]:
    """Numbers of patients by arm that do not make the number of the whole study, both arms being counted."""
    arms = set(selector.review.arms.get(study, {}).values())
    counts = [f for f in selector.reported(study, attribute) if f.n is not None and f.unit == "patients"]
    wholes = [f for f in counts if not f.group and f.total is None]
    for whole in wholes if len(wholes) == 1 else ():
        alike = [f for f in counts if f.group in arms and (f.grade, f.cycle) == (whole.grade, whole.cycle)]
        alike = [f for f in alike if f.time_point == whole.time_point and f.total is None]
        parts = selector.distinct(alike)
        each_once = len(parts) == len({f.group for f in parts}) == len(arms) > 1
        total = sum(f.n or 0 for f in parts)
        if each_once and len({f.passage for f in parts}) == 1 and total != whole.n:
            listed = " + ".join(f"{f.value} ({f.group_label})" for f in parts)
            note = f"{speaker.full(study)}: {listed} makes {total}, not the {whole.n} patients stated."
            yield Disagreement(study, attribute, (whole, *parts), note)


def _place(fact: Fact, selector: Selector) -> str:
    return "the text" if selector.passage_kind(fact) is Kind.SENTENCE else "the table"


def _sums(study: str, selector: Selector, speaker: Speaker) -> Iterator[Disagreement]:
    """Cells whose numbers of patients by arm or subgroup do not make their total."""
    facts = selector.reported(study, "n_patients")
    cells = [f for f in facts if selector.passage_kind(f) is Kind.CELL]
    for passage in dict.fromkeys(f.passage for f in cells):
        own = [f for f in cells if f.passage == passage and f.n is not None]
        whole = [f for f in own if not f.group]
        parts = [f for f in own if f.group]
        if len(whole) != 1 or len(parts) < 2:
            continue
        total = sum(f.n or 0 for f in parts)
        if whole[0].n != total:
            listed = " + ".join(f"{f.value} ({f.group_label})" for f in parts)
            note = f"{speaker.full(study)}: {listed} makes {total}, not the {whole[0].value} patients stated."
            yield Disagreement(study, "n_patients", (whole[0], *parts), note)
