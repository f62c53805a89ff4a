"""Passages and facts of a review's prose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from assistant import lazy_re as re
from assistant.building import Building, study_of
from assistant.building_design import differing, measure_of, settled_by_place
from assistant.building_open import apart, opened
from assistant.facts_counts import enrols
from assistant.folder import Sentence
from assistant.model import Fact, Kind, Locator, Passage
from assistant.spans import Span
from assistant.vocabulary import Vocabulary

_ENROLMENT = re.compile(
    r"\b(?:enrol|recruit|includ|tested|treated|evaluat|assess|compar|subject of|trial|study|conducted)",
    re.IGNORECASE,
)


_EXCEPTED = re.compile(
    r"\b(?:no|not|without|too\s+\w+\s+for|unsuitable\s+for|ineligible\s+for|instead\s+of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


_ALTERNATIVE = re.compile(r"\s*(?:[\w-]+\s+){0,2}or\s+(?:with\s+)?(?:an?\s+)?", re.IGNORECASE)


def read_prose(
    building: Building, arms: Mapping[str, Mapping[str, frozenset[str]]], totals: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Adds the sentences and their facts; gives what all patients of each study are."""
    populations: dict[str, set[str]] = {}
    before: list[Span] = []
    earlier: list[Span] = []
    place, last = ("", 0), ""
    counted = set(totals)
    sizes: dict[str, set[str]] = {}
    seen: dict[str, int] = {}
    sums_of_arms = arm_sums(building.facts, totals)
    labels = {label: ids for own in arms.values() for label, ids in own.items() if _names_itself(label, ids)}
    for sentence in building.review.sentences:
        if (sentence.section, sentence.paragraph) != place:
            before, place, last = [], (sentence.section, sentence.paragraph), ""
            earlier = []
        subject = sentence.studies
        own = _arms(arms, subject)
        passage = _sentence_passage(sentence, building)
        study = subject[0] if subject else ""
        read = differing(
            building.reader.read(sentence.plain, own, before, earlier, _sizes(building, subject, own)),
            sentence.plain,
            last,
        )
        earlier = building.reader.named(sentence.plain, own)
        earlier += [Span("time", 0, 0, f.time_point, (f.time_point,)) for f in read if f.time_point][-1:]
        last = measure_of(read, building.reader.vocabulary) or last
        reference = study_of(building.review, study).reference if study else None
        groups = building.reader.groups(sentence.plain, own)
        known = sizes.setdefault(study, {totals.get(study, "")})
        found = []
        for fact in _without_partial_totals(read, totals.get(study, "")):
            fewer = study in sums_of_arms and fact.n is not None and fact.n < int(sums_of_arms[study])
            part = (study in counted or fewer) and _is_part(fact, sentence, known)
            part = part or (
                fewer and fact.attribute == "n_patients" and not fact.group and fact.total is None
            )
            if part or _is_arm_part(fact, sentence, study, own, building.facts):
                fact = replace(fact, attribute="")
            elif fact.attribute == "n_patients" and not fact.group:
                known.add(str(fact.n))
            fact = settled_by_place(fact, sentence, building.reader.vocabulary, reference) if study else fact
            found.append(opened(fact, sentence.plain, building) if study else fact)
        for fact in (_in_quote(f, sentence) for f in apart(found, building.attributes)):
            whole = str(fact.n) == sums_of_arms.get(study) and fact.total is None
            if (
                fact.attribute == "n_patients"
                and study
                and (
                    whole
                    or (
                        fact.group not in own.values()
                        and not (study in sums_of_arms and (fact.n or 0) < int(sums_of_arms[study]))
                        and _is_total(fact, sentence, totals, counted, study)
                    )
                )
            ):
                counted.add(study)
                told = fact.group - {i for ids in own.values() for i in ids}
                populations.setdefault(study, set()).update(_vocabulary_ids(told, building))
                fact = replace(fact, group=frozenset(), group_label="")
            building.facts.append(replace(fact, study=study, passage=passage.id))
        if study and seen.get(study, 0) < 2:
            seen[study] = seen.get(study, 0) + 1
            inside = {
                i
                for g in groups
                for i in g.ids
                if g.text not in own
                and not _EXCEPTED.search(sentence.plain[: g.start])
                and not _is_alternative(g, groups, sentence.plain)
            }
            outcome = {i for f in read if f.attribute not in {"n_patients", "age_range"} for i in f.group}
            counts = [f for f in read if f.attribute == "n_patients" and f.group]
            several = sum(f.attribute == "n_patients" for f in read) > 1
            outcome |= {
                i
                for f in counts
                if (several or f.percent)
                and not (
                    _is_total(f, sentence, totals, set(), study)
                    and f.n == max(c.n or 0 for c in read if c.attribute == "n_patients")
                )
                for i in f.group
            }
            of_arms = {i for ids in own.values() for i in ids}
            populations.setdefault(study, set()).update(_vocabulary_ids(inside - outcome - of_arms, building))
            named = {name.lower() for name in own}
            for label, ids in labels.items():
                if (
                    not ids <= of_arms
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


def _sizes(
    building: Building, subject: Sequence[str], own: Mapping[str, frozenset[str]]
) -> dict[int, frozenset[str]]:
    """Number of patients -> ids of the arm of that size, where no other arm of the study has it."""
    arms = set(own.values())
    if len(arms) < 2 or len(subject) != 1:
        return {}
    sizes: dict[int, set[frozenset[str]]] = {}
    for fact in building.facts:
        if (
            fact.study == subject[0]
            and fact.attribute == "n_patients"
            and fact.n is not None
            and fact.group in arms
        ):
            sizes.setdefault(fact.n, set()).add(fact.group)
    return {n: next(iter(of)) for n, of in sizes.items() if len(of) == 1}


def _names_itself(label: str, ids: frozenset[str]) -> bool:
    """Whether an arm's label says what the arm is, wherever it stands: ``the control arm`` does not, ``with A`` does."""
    said = label.lower()
    return any(i.removeprefix("with-") in said for i in ids) or (
        any(i.startswith("no-") for i in ids) and bool(re.match(r"(?:without|no)\b", said))
    )


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


def arm_sums(facts: Sequence[Fact], totals: Mapping[str, str]) -> dict[str, str]:
    """What the sizes of a study's arms add up to, where its tables print no total.

    The first table counts those who entered the study, a later one perhaps those who were treated; the women of an arm
    are no further arm.
    """
    sizes: dict[str, dict[frozenset[str], int]] = {}
    for fact in facts:
        if fact.attribute == "n_patients" and fact.group and fact.n is not None and fact.study not in totals:
            sizes.setdefault(fact.study, {}).setdefault(fact.group, fact.n)
    whole = {
        study: [n for group, n in of.items() if not any(other < group for other in of)]
        for study, of in sizes.items()
    }
    return {study: str(sum(of)) for study, of in whole.items() if len(of) > 1}


def _is_part(fact: Fact, sentence: Sentence, sizes: AbstractSet[str]) -> bool:
    """Whether a count is neither the study's size nor told as one: ``3 were not evaluable``."""
    if fact.attribute != "n_patients" or fact.group or fact.n is None or str(fact.n) in sizes:
        return False
    if fact.total is not None or re.search(r"\ball\s+$", sentence.plain[: fact.start], re.IGNORECASE):
        return False
    return not enrols(sentence.plain, fact.start, fact.end)


def _is_arm_part(
    fact: Fact, sentence: Sentence, study: str, own: Mapping[str, frozenset[str]], facts: Sequence[Fact]
) -> bool:
    """Whether a count of an arm's patients is another than the arm's size, and not told as one."""
    if fact.attribute != "n_patients" or fact.n is None or fact.group not in own.values():
        return False
    known = {f.n for f in facts if (f.study, f.attribute, f.group) == (study, "n_patients", fact.group)}
    return bool(known) and fact.n not in known and not enrols(sentence.plain, fact.start, fact.end)


def _arms(
    arms: Mapping[str, Mapping[str, frozenset[str]]], studies: Sequence[str]
) -> dict[str, frozenset[str]]:
    return {label: ids for s in studies for label, ids in arms.get(s, {}).items()}


def _vocabulary_ids(ids: Iterable[str], building: Building) -> set[str]:
    return {
        i
        for i in ids
        if i.removeprefix("no-") in building.reader.vocabulary.populations or re.fullmatch(r"age[<>]=?\d+", i)
    }


def _is_alternative(group: Span, groups: Sequence[Span], text: str) -> bool:
    """``either an NPM1 mutation or a KMT2A rearrangement``: neither holds for every patient."""
    return any(
        _ALTERNATIVE.fullmatch(text, min(a.end, b.end), max(a.start, b.start))
        for a in (group,)
        for b in groups
        if b.ids != a.ids and "either" in text[: min(a.start, b.start)].lower()
    )


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
