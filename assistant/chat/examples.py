"""Questions to begin with, made from what a review reports (and from what it does not)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.chat.points import Rates, StudyPoints
from assistant.conflicts import find_conflicts
from assistant.corpus.corpus import Review
from assistant.say import Speaker, grade_words
from assistant.selection import Selector
from assistant.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what it shows."""

    kind: str
    """What sort of question it is, e.g. ``Two arms``."""
    question: str


def examples(review: Review, vocabulary: Vocabulary) -> tuple[Example, ...]:
    """At most one question of each kind, from the largest study that bears it out."""
    maker = _Maker(review, vocabulary)
    kinds = (maker.figure, maker.arms, maker.across, maker.harm, maker.contradiction, maker.silence)
    return tuple(e for kind in kinds if (e := next(kind(), None)))


class _Maker:
    """Makes the questions about one review."""

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self._review = review
        self._vocabulary = vocabulary
        self._selector = Selector(review, vocabulary)
        self._speaker = Speaker(review, vocabulary)
        studies = Rates(review, vocabulary).studies()
        self._studies = sorted(studies, key=lambda s: -(s.n or 0))
        self._disputed = {
            (c.study, c.attribute): c
            for c in find_conflicts(review, self._selector, self._speaker, vocabulary)
        }

    def figure(self) -> Iterator[Example]:
        """A rate of all patients at a time point."""
        for entry in self._studies:
            for point in entry.points:
                if (
                    point.fact.time_point
                    and not point.group
                    and not self._is_disputed(entry, point.fact.attribute)
                ):
                    who = entry.study.name or entry.study.label
                    who = who if self._speaker.who(entry.study.id) == who else entry.study.label
                    yield Example("A figure", f"What was the {point.measure} in {who}?")

    def arms(self) -> Iterator[Example]:
        """One measure in two groups of one study."""
        for entry in self._studies:
            grouped = [p for p in entry.points if p.group and len(p.group) < 40]
            for measure, count in Counter(p.measure for p in grouped).items():
                if count >= 2:
                    first, second = [p.group for p in grouped if p.measure == measure][:2]
                    label = entry.study.label
                    yield Example("Two arms", f"What was the {measure} in {label}, {first} versus {second}?")

    def across(self) -> Iterator[Example]:
        """A measure that most studies report."""
        reported = Counter(
            p.fact.attribute for s in self._studies for p in {q.fact.attribute: q for q in s.points}.values()
        )
        for attribute, count in reported.most_common(1):
            if count >= 2:
                yield Example("Across studies", f"Which studies reported {self._speaker.short(attribute)}?")

    def harm(self) -> Iterator[Example]:
        """A side effect with a figure."""
        toxic = self._vocabulary.families["toxicity"].includes
        for entry in self._studies:
            for attribute in self._selector.measures_of(entry.study.id):
                if attribute in toxic and not self._is_disputed(entry, attribute):
                    fact = self._selector.reported(entry.study.id, attribute)[0]
                    grade = f" of {grade_words(fact.grade)}" if fact.grade else ""
                    name = self._speaker.short(attribute)
                    verb = "were" if name.endswith("s") and name.islower() else "was"
                    label = entry.study.label
                    yield Example("Side effects", f"How common {verb} {name}{grade} in {label}?")

    def contradiction(self) -> Iterator[Example]:
        """Where two places of the review do not agree."""
        for (study, attribute), found in self._disputed.items():
            if attribute != "n_patients":
                measure, label = self._speaker.measure(found.facts[0]), self._speaker.study(study).label
                yield Example("A contradiction", f"What was the {measure} in {label}?")

    def silence(self) -> Iterator[Example]:
        """A measure that other studies report and the largest does not."""
        named = [p.fact.attribute for s in self._studies for p in s.points if p.fact.time_point]
        for entry in self._studies:
            own = {p.fact.attribute for p in entry.points}
            for attribute in dict.fromkeys(named):
                if own and attribute not in own:
                    name = self._speaker.short(attribute)
                    yield Example("Not reported", f"What was the {name} in {entry.study.label}?")

    def _is_disputed(self, entry: StudyPoints, attribute: str) -> bool:
        return (entry.study.id, attribute) in self._disputed
