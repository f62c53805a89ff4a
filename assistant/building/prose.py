"""Passages and facts of a review's prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant import lazy_re as re
from assistant.building.building import Building, study_of
from assistant.building.design import differing, measure_of, settled_by_place
from assistant.building.open import apart, opened
from assistant.building.pointed import counted_groups, pointed_at
from assistant.building.prior_lines import prior_lines
from assistant.building.shared import owner
from assistant.building.totals import Arms, Totals, sizes_of_arms
from assistant.cells.compared import are_compared
from assistant.cells.headed import divided
from assistant.facts.divided import WHOLE, Divided
from assistant.folder.folder import Sentence
from assistant.model import Fact, Kind, Locator, Passage
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Vocabulary

_EXCEPTED = re.compile(
    r"\b(?:no|not|without|too\s+\w+\s+for|unsuitable\s+for|ineligible\s+for|instead\s+of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ASSOCIATED = re.compile(
    r"\b(?:(?:was|were|is|are)\s+(?:associated|linked)\s+with|correlated\s+with|predicted|portended|conferred)\s+(?:an?\s+)?"
    r"(?:significantly\s+|markedly\s+)?(?:lower|higher|poorer|inferior|superior|better|worse|reduced|increased|shorter|longer|fewer|more)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;]|,\s|\b(?:and|but|while|whereas|than|vs\.?|versus|compared)\b")
"""Ends what is said of a factor, or sets others against those with it."""
_ALTERNATIVE = re.compile(r"\s*(?:[\w-]+\s+){0,2}or\s+(?:with\s+)?(?:an?\s+)?", re.IGNORECASE)


def read_prose(
    building: Building, arms: Mapping[str, Arms], totals: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Adds the sentences and their facts; gives what all patients of each study are."""
    prose = _Prose(building, arms, totals)
    sentences = building.review.sentences
    for _, paragraph in groupby(sentences, key=lambda s: (s.section, s.paragraph)):
        before = _Before()
        for sentence in paragraph:
            prose.read(sentence, before)
    return {s: frozenset(p) for s, p in prose.populations.items()}


@dataclass(slots=True)
class _Before:
    """What a sentence may take over from those before it in its paragraph."""

    groups: Sequence[Span] = ()
    """Whom the last one counted, where it speaks of nobody else."""
    named: Sequence[Span] = ()
    """The measures of the last one, and its last time point."""
    measure: str = ""
    """The measure of the last figure."""
    counted: Mapping[int, Span] = field(default_factory=dict)
    """The groups that the last one counted, by their number."""


class _Prose:
    """Reads the sentences of a review, one after the other.

    Args:
        building: gets the passages and facts.
        arms: study -> labels of its arms, with their ids.
        totals: study -> its number of patients as its tables print it.
    """

    def __init__(self, building: Building, arms: Mapping[str, Arms], totals: Mapping[str, str]) -> None:
        self.populations: dict[str, set[str]] = {}
        """Study -> what all its patients are."""
        self._building = building
        self._arms = arms
        self._totals = Totals(building.facts, totals)
        self._labels = {
            label: ids for own in arms.values() for label, ids in own.items() if _names_itself(label, ids)
        }
        self._introduced: Counter[str] = Counter()
        self._compared: dict[str, bool] = {}
        self._parts: dict[str, Divided] = {}

    def _divided(self, study: str) -> Divided:
        """What the heads of a study's columns name beside its arms."""
        if study not in self._parts:
            self._parts[study] = divided(self._building.review.tables, study, self._arms.get(study, {}))
        return self._parts[study]

    def read(self, sentence: Sentence, before: _Before) -> None:
        """Adds a sentence and its facts; ``before`` then is what the next one may take over."""
        building, reader, text = self._building, self._building.reader, sentence.plain
        own = {label: ids for s in sentence.studies for label, ids in self._arms.get(s, {}).items()}
        passage = _sentence_passage(sentence, building)
        sizes = sizes_of_arms(building.facts, sentence.studies, own)
        earlier = pointed_at(text, before.counted, before.groups)
        parts = self._divided(sentence.studies[0]) if sentence.studies else WHOLE
        compared = all(map(self._compares, sentence.studies))
        read = reader.read(text, own, earlier, before.named, sizes, parts, compared=compared)
        read = differing(read, text, before.measure)
        times = [Span("time", 0, 0, f.time_point, (f.time_point,)) for f in read if f.time_point]
        before.named = [*reader.named(text, own), *times[-1:]]
        before.measure = measure_of(read, reader.vocabulary) or before.measure
        study = sentence.studies[0] if sentence.studies else ""
        for fact in self._settled(read, sentence, study, own):
            told = sentence.studies
            whose = owner(fact, sentence.text, told, building.facts) if len(told) > 1 else study
            building.facts.append(replace(fact, study=whose, passage=passage.id))
        groups = reader.groups(text, own)
        if study and self._introduced[study] < _INTRODUCING:
            self._introduced[study] += 1
            self._introduce(sentence, study, own, read, groups)
        counts = [f for f in read if f.attribute == "n_patients" and f.group]
        alone = len(counts) == 1 and {i for g in groups for i in g.ids} - {"all"} <= counts[0].group
        before.counted = counted_groups(read, groups)
        before.groups = [g for g in groups if g.ids != ("all",)] if alone else ()

    def _compares(self, study: str) -> bool:
        """Whether a study may set its arms against each other."""
        if study not in self._compared:
            tables = self._building.review.tables
            columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
            self._compared[study] = are_compared(columns)
        return self._compared[study]

    def _settled(self, read: Sequence[Fact], sentence: Sentence, study: str, own: Arms) -> Iterator[Fact]:
        """The facts of a sentence, with their spans in it as written; the count of all patients has no group."""
        building = self._building
        found = self._totals.without_parts(read, sentence, study, own, building.facts)
        if study:
            found = [*found, *prior_lines(sentence.plain)]
            reference = study_of(building.review, study).reference
            placed = (settled_by_place(f, sentence, building.reader.vocabulary, reference) for f in found)
            found = [_unless_of_factor(opened(f, sentence.plain, building), sentence.plain) for f in placed]
        found = [self._unless_too_many(f, study, own, found) for f in found]
        for fact in (_in_quote(f, sentence) for f in apart(found, building.attributes)):
            if self._totals.is_of_all(fact, sentence, study, own):
                told = fact.group - {i for ids in own.values() for i in ids}
                self._add(study, told)
                fact = replace(fact, group=frozenset(), group_label="")
            yield fact

    def _unless_too_many(self, fact: Fact, study: str, own: Arms, beside: Sequence[Fact]) -> Fact:
        """The fact without the part of the patients that a clause before spoke of, where it counts more than these are."""
        label = next((name for name, ids in own.items() if ids < fact.group), "")
        part = fact.group - own[label] if label else frozenset()
        if not part or not fact.total:
            return fact
        before = [f for f in self._building.facts if f.study == study]
        same = [f for f in (*before, *beside) if f.group == part]
        sizes = [n for f in same if (n := f.n if f.attribute == "n_patients" and not f.total else f.total)]
        return (
            replace(fact, group=own[label], group_label=label) if sizes and max(sizes) < fact.total else fact
        )

    def _add(self, study: str, ids: Iterable[str]) -> None:
        """What all patients of a study are, where the vocabulary knows it."""
        known = self._building.reader.vocabulary.populations
        told = {i for i in ids if i.removeprefix("no-") in known or re.fullmatch(r"age[<>]=?\d+", i)}
        self.populations.setdefault(study, set()).update(told)

    def _introduce(
        self, sentence: Sentence, study: str, own: Arms, read: Sequence[Fact], groups: Sequence[Span]
    ) -> None:
        """What the first sentences of a study say of all its patients: the groups that no figure tells apart."""
        inside = {
            i
            for g in groups
            for i in g.ids
            if g.text not in own
            and not _EXCEPTED.search(sentence.plain[: g.start])
            and not _is_alternative(g, groups, sentence.plain)
        }
        of_arms = {i for ids in own.values() for i in ids}
        self._add(study, inside - self._of_some(sentence, study, read) - of_arms)
        named = {name.lower() for name in own}
        for label, ids in self._labels.items():
            if (
                not ids <= of_arms
                and label.lower() not in named
                and re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", sentence.plain)
            ):
                self.populations[study] |= ids

    def _of_some(self, sentence: Sentence, study: str, read: Sequence[Fact]) -> set[str]:
        """The groups that the figures of a sentence are of, the count of all patients aside."""
        outcome = {i for f in read if f.attribute not in {"n_patients", "age_range"} for i in f.group}
        counts = [f for f in read if f.attribute == "n_patients"]
        most = max((c.n or 0 for c in counts), default=0)
        parts = (f for f in counts if f.group and (len(counts) > 1 or f.percent))
        parts = (f for f in parts if f.n != most or not self._totals.is_total(f, sentence, study))
        return outcome | {i for f in parts for i in f.group}


_INTRODUCING = 2
"""Sentences of a study that may say what all its patients are."""


def _names_itself(label: str, ids: frozenset[str]) -> bool:
    """Whether an arm's label says what the arm is, wherever it stands: ``the control arm`` does not, ``with A`` does."""
    said = label.lower()
    return any(i.removeprefix("with-") in said for i in ids) or (
        any(i.startswith("no-") for i in ids) and bool(re.match(r"(?:without|no)\b", said))
    )


def _is_alternative(group: Span, groups: Sequence[Span], text: str) -> bool:
    """``either an NPM1 mutation or a KMT2A rearrangement``: neither holds for every patient."""
    return any(
        _ALTERNATIVE.fullmatch(text, min(a.end, b.end), max(a.start, b.start))
        for a in (group,)
        for b in groups
        if b.ids != a.ids and "either" in text[: min(a.start, b.start)].lower()
    )


def _unless_of_factor(fact: Fact, text: str) -> Fact:
    """The fact; under no attribute where it is a rate of those with what it is ``associated with``, whom nothing names."""
    if fact.group or fact.of or fact.unit not in {"%", "patients"} or not fact.attribute:
        return fact
    said = [m.end() for m in _ASSOCIATED.finditer(text[: fact.start])]
    of_factor = said and not _CLAUSE.search(text[said[-1] : fact.start])
    return replace(fact, attribute="") if of_factor else fact


def _in_quote(fact: Fact, sentence: Sentence) -> Fact:
    """The fact with its span moved from the sentence without marks to the sentence as written."""
    shown = sentence.plain[fact.start : fact.end]
    occurrence = sentence.plain[: fact.start].count(shown)
    at = -1
    for _ in range(occurrence + 1):
        at = sentence.text.find(shown, at + 1)
    return replace(fact, start=at, end=at + len(shown)) if at >= 0 and shown else fact


def _sentence_passage(sentence: Sentence, building: Building) -> Passage:
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
        number = study_of(building.review, sentence.studies[0]).reference
        references = (number,) if number else ()
    return building.add(locator, sentence.plain, sentence.text, sentence.studies or studies[:0], references)


def settle(
    fact: Fact, populations: Mapping[str, frozenset[str]], vocabulary: Vocabulary, sums: Mapping[str, str]
) -> Fact:
    """The fact without groups that hold for every patient of its study; a bare number of events counts patients.

    Fewer patients than a study's arms have (``sums``) are no number of all of them, whatever describes them.
    """
    counts = (
        vocabulary.term(fact.attribute).kind in {"event", "rate"} and fact.attribute in vocabulary.measures
    )
    if counts and not fact.unit and fact.value.isdecimal():
        fact = replace(fact, unit="patients", n=int(fact.value))
    everyone = populations.get(fact.study, frozenset()) | {"all"}
    group = fact.group - everyone
    if group == fact.group:
        return fact
    whole = sums.get(fact.study, "")
    if fact.attribute == "n_patients" and not group and whole and fact.n is not None and fact.n < int(whole):
        return fact
    return replace(fact, group=group, group_label=fact.group_label if group else "")
