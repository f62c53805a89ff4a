"""What the cells of a table tell of all patients of a study: ``effective in heavily pretreated patients``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.facts.reader import FactReader
from assistant.model import Fact, Kind, Passage

_IN_PATIENTS = re.compile(
    r"\b(?:in|for|among|of)\s+(?P<whom>(?:[\w/+-]+\s+){1,6}?)(?:patients|adults|children|cases|people|participants)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:sub(?:group|set|type)s?|only|poor\w*|worse\w*|better|inferior|superior|than|compared|versus|vs|especially|particularly"
    r"|except\w*|not|no|without|except|most|some|those|arms?|groups?)\b",
    re.IGNORECASE,
)
"""Words of a cell that speaks of a part of the patients, or sets parts side by side."""
_FIGURE = re.compile(r"(?<![\w-])\d[\d.]*(?![\w-])|%")
"""A figure may be one of a part of the patients; a name such as ``CD7`` holds none."""


def described_in_cells(
    passages: Iterable[Passage], reader: FactReader, arms: Mapping[str, Mapping[str, frozenset[str]]]
) -> dict[str, frozenset[str]]:
    """The populations that a study's own cells without figures say its patients are.

    Args:
        passages: the passages of a review.
        reader: reads the groups of a text.
        arms: for each study, label -> ids of its arms, which describe nobody else.

    Returns:
        For each study that has such a cell the ids of the vocabulary's populations; a cell that speaks
        of a part of the patients, or compares, gives none.
    """
    found: dict[str, frozenset[str]] = {}
    for passage in passages:
        if passage.locator.kind is not Kind.CELL or len(passage.studies) != 1:
            continue
        text = passage.quote
        if _FIGURE.search(text) or _PART.search(text):
            continue
        study = passage.studies[0]
        own = arms.get(study, {})
        of_arms = {i for ids in own.values() for i in ids}
        for match in _IN_PATIENTS.finditer(text):
            groups = reader.groups(match[0], own)
            ids = {i for g in groups for i in g.ids if i in reader.vocabulary.populations} - of_arms
            found[study] = found.get(study, frozenset()) | ids
    return found


def parted(facts: Iterable[Fact], opposites: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each study what only some of its patients were: its figures tell them from those who were not.

    Args:
        facts: what was read of all studies.
        opposites: id of a population -> id of its opposite.
    """
    told: dict[str, set[str]] = {}
    for fact in facts:
        told.setdefault(fact.study, set()).update(fact.group)
    return {
        study: frozenset(i for i in ids if f"no-{i}" in ids or opposites.get(i) in ids)
        for study, ids in told.items()
    }


_MOST = 0.75
"""Share of a study's patients up to which a count is of some of them, and not of those that could be assessed."""


def fewer(facts: Sequence[Fact]) -> dict[str, frozenset[str]]:
    """For each study what clearly fewer patients were than took part: ``11 of 16 with A`` among 27.

    Args:
        facts: what was read of all studies.
    """
    whole = {f.study: f.n for f in reversed(facts) if f.attribute == "n_patients" and not f.group and f.n}
    told: dict[str, set[str]] = {}
    for fact in facts:
        size = fact.total or (fact.n if fact.attribute == "n_patients" else None)
        if size and len(fact.group) == 1 and size <= _MOST * whole.get(fact.study, 0):
            told.setdefault(fact.study, set()).update(fact.group)
    return {study: frozenset(ids) for study, ids in told.items()}


def set_apart(facts: Sequence[Fact], known: Collection[str]) -> dict[str, set[str]]:
    """Study -> treatments that tell one figure of a sentence from others of the same measure, and so are not everyone's.

    ``61% with vehicle, 38% with A, 29% with B``: what the first sentence says all animals were given were three treatments.

    Args:
        facts: those of a review.
        known: the vocabulary's populations, which may hold for all and be told beside a part of them.
    """
    beside: dict[tuple[str, str, str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.attribute and fact.group:
            place = (fact.study, fact.passage, fact.attribute, fact.time_point, fact.grade)
            beside.setdefault(place, []).append(fact)
    found: dict[str, set[str]] = {}
    for (study, *_), told in beside.items():
        single = {i for f in told for i in f.group if len(f.group) == 1}
        if len({f.group for f in told}) > 1:
            found.setdefault(study, set()).update(single - set(known))
    return found
