"""Reads sentences of an answer back, with the reader that read the corpus."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.groups.saying import beside_arm
from assistant.model import Fact
from assistant.selection import same_time
from assistant.text.text import fold

__all__ = ["SentenceReader"]

_GROUPED = re.compile(r"(?P<m>.+?)(?P<g> (?:in the .+ group|for .+ patients))")


_PEOPLE = re.compile(r"^(?:those|patients)\s+")
_LETTERS = 3
_POINTS = re.compile(
    r"\b(?:former|latter|these|this|that|those|them|it|one|ones|which|who|whom|other|others|two|three|both|same)\b|^(?:with|without|not)$"
)
_LACKS = re.compile(
    r"\b(?:without|no|not|non|never|none|lacking|un\w+)\b|-?(?:naive|negative|wild-type|free)\b"
)


class SentenceReader:
    """What sentences say of a review's studies.

    Args:
        review: the review.
    """

    def __init__(self, review: Review) -> None:
        self.review = review

    def read(self, text: str, study: str) -> list[Fact]:
        """The facts of a sentence; an arm's own label may have digits, as a dose has."""
        arms = self.review.arms.get(study, {})
        ids: frozenset[str] = frozenset()
        for label in sorted(arms, key=len, reverse=True):
            phrase = f" in the {fold(label)} group"
            if phrase in text and (re.search(r"\d", label) or len(label) == 1):
                text, ids = text.replace(phrase, ""), arms[label]
        return [replace(f, group=f.group | ids) for f in self.review.read(text, study) if f.attribute]

    def same_place(self, said: Fact, known: Fact) -> bool:
        """Whether two facts are of one measure, time point, group, grade and cycle."""
        everyone = self.review.populations.get(known.study, frozenset()) | {"all"}
        if (said.attribute, said.grade, said.cycle) != (known.attribute, known.grade, known.cycle):
            return False
        return (
            same_time(said.time_point, known.time_point) and said.group - everyone == known.group - everyone
        )

    def by_label(self, text: str, said: Fact, known: Fact, quote: str) -> bool:
        """Whether a sentence names a fact's group by the very words of the place that states it, and no other group.

        The reader need not know a group by words that stand outside their sentence: ``with SOS``, ``in the drug-naive group``.
        No words that point back, or that lack what the group lacks, are taken.
        """
        label = _PEOPLE.sub("", fold(known.group_label))
        bare = re.sub(r"^(?:not|without)\s+", "", label)
        lacks = any(i.startswith("no-") for i in known.group)
        if len(bare) < _LETTERS or bare not in quote or label not in text or _POINTS.search(label):
            return False
        if lacks != bool(_LACKS.search(label)) or self._is_of_others(label, known):
            return False
        rest = self.read(text.replace(label, "_", 1), known.study)
        everyone = self.review.populations.get(known.study, frozenset()) | {"all"}
        return self.same_place(replace(said, group=known.group), known) and all(
            not f.group - everyone for f in rest
        )

    def _is_of_others(self, label: str, known: Fact) -> bool:
        """Whether a label is that of another group of the study, or of one of its arms."""
        own = self.review.arms.get(known.study, {})
        arms = any(fold(name) in label and ids != known.group for name, ids in own.items())
        bare = {i.removeprefix("no-") for i in known.group}  # "not exposed to A" ends in "exposed to A"
        alike = (
            f
            for f in self.review.facts
            if f.study == known.study and f.group and {i.removeprefix("no-") for i in f.group} != bare
        )
        return arms or any(fold(f.group_label).endswith(label) for f in alike)

    def group_words(self, fact: Fact) -> list[str]:
        """The words for a fact's arm or subgroup, and for its measure, that may hold digits."""
        term = self.review.reader.vocabulary.term
        labels = [name for name, ids in self.review.arms.get(fact.study, {}).items() if ids == fact.group]
        opposed = {i.removeprefix("no-") for i in fact.group if i.startswith("no-")}
        opposites = (f.group_label for f in self.review.facts if f.study == fact.study and f.group == opposed)
        within = (f.group_label for f in self.review.facts if f.study == fact.study and f.group < fact.group)
        names = (
            *labels,
            fact.group_label,
            _PEOPLE.sub("", fact.group_label),
            beside_arm(self.review, fact),
            *within,
            *(opposites if opposed else ()),
            *(name for g in fact.group for name in (term(g).name, term(g).name.removesuffix(" group"))),
            term(fact.attribute).name,
        )
        return [n for n in names if not n.isdigit() and n]

    def is_part(self, part: str, measure: str, fact: Fact) -> bool:
        """Whether ``14 in the alpha group`` gives the count and the arm of a fact of that measure."""
        count, _, group = part.partition(" ")
        read = self.read(f"the {measure} was 50% {group}.", fact.study)
        return count == str(fact.n) and bool(read) and all(self.same_place(said, fact) for said in read)

    def is_group(self, words: str, fact: Fact) -> bool:
        """Whether words name a fact's group as the review does, or so that the group is read from them."""
        if words == fold(fact.group_label):
            return True
        everyone = self.review.populations.get(fact.study, frozenset()) | {"all"}
        for before in ("for", "among", "in the"):
            read = self.read(f"the CR rate was 50% {before} {words}.", fact.study)
            if read and all(said.group - everyone == fact.group - everyone for said in read):
                return True
        return False

    def is_of(self, measure: str, fact: Fact, group: str = "") -> bool:
        """Whether words name a fact's measure with its time point, group, grade and cycle."""
        named = _GROUPED.fullmatch(measure)
        measure, group = (named["m"], named["g"]) if named else (measure, group)
        for value in ("50%", "5 months", "5"):
            read = self.read(f"the {measure} was {value}{group}.", fact.study)
            if read:
                return all(self.same_place(said, fact) for said in read)
        return False
