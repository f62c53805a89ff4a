"""Two names of one arm: what a table and the prose call otherwise is one where it is given the same figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.span import TIME_UNITS
from assistant.text.text import fold

Ids = frozenset[str]
Arms = Mapping[str, Mapping[str, Ids]]

_LISTED = frozenset({"first-listed", "second-listed"})
"""What arms are called of which a cell only gives the order."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DOSE = re.compile(r"\d[\d.]*\s?(?:mg|g|[\u00b5\u03bc]g|mcg|IU)\b")
_BY_RANK = {"low-dose": 0, "high-dose": -1}
_CODE = re.compile(r"[^\W_][A-Z]|[A-Z]\w|\d")
"""In a label, makes it a name of an arm's own, and no word that another study may have a group for."""
_ENOUGH = 2
"""Figures of different measures that two names must share where nothing else speaks for it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names that some figures are given under."""

    arm: Ids
    """The name that the study's tables have, or the more telling one."""
    other: Ids
    measures: frozenset[str]
    """The measures of the figures that they share."""


def renamed(facts: Sequence[Fact], arms: Arms) -> tuple[list[Fact], dict[str, dict[str, Ids]]]:
    """The facts with one name for each arm, and the arms with the labels that the other names had.

    Args:
        facts: of a review, as they were read.
        arms: of each study, label -> ids.
    """
    labelled = {study: dict(own) for study, own in arms.items()}
    by_study: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_study[fact.study].append(fact)
    names = {study: _one_name(by_study[study], own) for study, own in labelled.items()}
    found = []
    for fact in facts:
        changed = _put(fact, names.get(fact.study, {}), labelled.get(fact.study, {}))
        own = labelled.get(fact.study, {})
        if changed.group != fact.group and changed.group in own.values() and _CODE.search(fact.group_label):
            own.setdefault(fact.group_label, changed.group)
        found.append(changed)
    return found, labelled


def _put(fact: Fact, names: Mapping[Ids, Ids], own: Mapping[str, Ids]) -> Fact:
    """A fact with the names that stand for those of its group."""
    for other, arm in names.items():
        if other <= fact.group:
            group = (fact.group - other) | arm
            label = fact.group_label
            if other & _LISTED:
                label = next((name for name, ids in own.items() if ids == group), " ".join(sorted(group)))
            return replace(fact, group=group, group_label=label)
    return fact


def _one_name(facts: Sequence[Fact], own: Mapping[str, Ids]) -> dict[Ids, Ids]:
    """The other name of an arm -> the arm."""
    arms = list(dict.fromkeys(own.values()))
    parts = {i for f in facts for a in arms if a < f.group for i in f.group - a}
    pairs = [p for p in _sharing(facts, arms) if not (_differ(facts, p) or p.other <= parts)]
    sure = [
        p
        for p in pairs
        if _alike(p) or len(p.measures) >= _ENOUGH or _beside(p, pairs) or _opposed(p, facts, arms)
    ]
    if len({p.other for p in sure}) < len(sure) or len({p.arm for p in sure}) < len(sure):
        return {}
    found = {p.other: p.arm for p in sure}
    found |= _by_rank(facts, own, found)
    return found | {other: arm for other, arm in _left_over(facts, arms, found).items() if not other <= parts}


def _sharing(facts: Iterable[Fact], arms: Sequence[Ids]) -> Iterator[_Pair]:
    """The pairs of names under which the same figures are given, in different places."""
    given: dict[tuple[str, str, str], dict[Ids, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in facts:
        number = _NUMBER.search(fact.percent or fact.value)
        telling = number and ("." in number[0] or fact.unit in TIME_UNITS)
        if number and fact.attribute and not fact.of and telling:
            given[fact.attribute, fact.time_point, number[0]][fact.group].add(fact.passage)
    shared: dict[frozenset[Ids], set[str]] = defaultdict(set)
    for (attribute, _, _), groups in given.items():
        if len(groups) == 2 and not frozenset.intersection(*map(frozenset, groups.values())):
            shared[frozenset(groups)].add(attribute)
    for both, measures in shared.items():
        first, second = sorted(both, key=lambda ids: (bool(ids & _LISTED), ids not in arms, sorted(ids)))
        both_printed = second in arms and not second & _LISTED
        if not first and not second & _LISTED:
            continue  # a part may share a figure with the whole
        plain = _plain(first) and _plain(second) and not _of_other_gene(first, second)
        if not both_printed and not first & second and plain:
            yield _Pair(first, second, frozenset(measures))


def _plain(ids: Ids) -> bool:
    """Whether a name may be an arm's, and is none of patients told by age, state or what they had before."""
    return not any(i.startswith(("age", "prior-", "no-prior-")) for i in ids)


def _of_other_gene(arm: Ids, other: Ids) -> bool:
    """Whether a name is that of patients told by the state of a gene that the arm's does not have."""
    genes = {i.removeprefix("no-").removesuffix("-mutated") for i in other if i.endswith("-mutated")}
    return bool(genes) and not any(gene in i for gene in genes for i in arm)


def _differ(facts: Sequence[Fact], pair: _Pair) -> bool:
    """Whether any measure is given of both names at one time in figures that differ."""
    told: dict[tuple[str, str, str, str], dict[Ids, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in facts:
        number = _NUMBER.search(fact.percent or fact.value)
        if number and fact.attribute and fact.group in (pair.arm, pair.other):
            key = (fact.attribute, fact.time_point, fact.grade, fact.of)
            told[key][fact.group].add(number[0])
    return any(len(both) == 2 and not set.intersection(*both.values()) for both in told.values())


def _alike(pair: _Pair) -> bool:
    """Whether the names share a word: ``with-alphamab`` and ``alphamab``."""
    words = [
        {w for i in ids for w in re.findall(r"[a-z]{4,}", i)} - {"with"} for ids in (pair.arm, pair.other)
    ]
    denied = [any(i.startswith("no-") for i in ids) for ids in (pair.arm, pair.other)]
    return bool(words[0] & words[1]) and denied[0] == denied[1]


def _beside(pair: _Pair, pairs: Iterable[_Pair]) -> bool:
    """Whether another two names share the figures of the same measure: each arm has its second name."""
    return any(
        p.measures & pair.measures and not {p.arm, p.other} & {pair.arm, pair.other}
        for p in pairs
        if p != pair
    )


def _opposed(pair: _Pair, facts: Iterable[Fact], arms: Sequence[Ids]) -> bool:
    """Whether a text gives a figure under the second name beside that of the other arm of two, which it calls by its own."""
    rest = [a for a in arms if a != pair.arm]
    if len(rest) != 1:
        return False
    places: dict[tuple[str, str, str], set[Ids]] = defaultdict(set)
    for fact in facts:
        if fact.attribute in pair.measures and not fact.of:
            places[fact.passage, fact.attribute, fact.time_point].add(fact.group)
    return any(groups == {pair.other, rest[0]} for groups in places.values())


def _by_rank(facts: Iterable[Fact], own: Mapping[str, Ids], known: Mapping[Ids, Ids]) -> dict[Ids, Ids]:
    """``the lower dose`` of a study with two arms that are told by their doses."""
    doses = {
        ids: float(_NUMBER.findall(m[0])[0]) for label, ids in own.items() if (m := _DOSE.match(fold(label)))
    }
    ranked = sorted(doses, key=lambda ids: doses[ids])
    if len(ranked) != 2 or len(set(doses.values())) != 2:
        return {}
    given = {f.group for f in facts}
    found = {frozenset({name}): ranked[at] for name, at in _BY_RANK.items()}
    return {
        name: ids for name, ids in found.items() if name in given and name not in known and name not in ranked
    }


def _left_over(facts: Iterable[Fact], arms: Sequence[Ids], known: Mapping[Ids, Ids]) -> dict[Ids, Ids]:
    """Of two arms the second one's other name, where a text sets it against the other name of the first."""
    if len(arms) != 2 or len(known) != 1:
        return {}
    ((other, arm),) = known.items()
    rest = next((a for a in arms if a != arm), None)
    places: dict[tuple[str, str, str], set[Ids]] = defaultdict(set)
    for fact in facts:
        places[fact.passage, fact.attribute, fact.time_point].add(fact.group)
    beside = {
        frozenset(groups - {other})
        for (_, attribute, _), groups in places.items()
        if attribute and other in groups
    }
    names = {g for groups in beside if len(groups) == 1 for g in groups if g and g not in arms and _plain(g)}
    return {names.pop(): rest} if rest is not None and len(names) == 1 else {}
