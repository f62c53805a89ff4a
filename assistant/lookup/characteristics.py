"""What a study is said to be: design, agents, period … and its numbers of patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Line, of_fact
from assistant.lookup.computed import figure_line
from assistant.lookup.diseases import parted_by_disease
from assistant.lookup.spans import middle_ages
from assistant.lookup.wishes import group_wishes
from assistant.model import Fact, Kind
from assistant.question.reader import Ask
from assistant.selection import Selection
from assistant.text.text import fold, key_of, tokens

Found = tuple[list[Line], Selection | None]
"""The sentences for one thing asked for of one study, and what is lacking where it is not reported."""

_STATISTICS = ("p_value", "HR", "OR", "RR")
_RATIO_HEAD = re.compile(r"\b(?:HR|OR|RR|hazard|odds|risk|ratio)\b")
_MOST = 3
"""So many facts of one characteristic make an answer; more would be a dump."""
_DOSE = re.compile(r"\d\s?(?:mg|g|µg|μg|IU|×)")
_WITHOUT = re.compile(
    r"\b([a-z][a-z0-9]{2,})-free\b|\b(?:no|non|without|not)[ -]([a-z][a-z0-9]{2,})\b", re.IGNORECASE
)
_WHOLE_TOO = re.compile(
    r"\b(?:total|overall|altogether|split|break|divided?|in all|of which|of these|and how many of them)\b",
    re.IGNORECASE,
)
_PART_OF_IT = re.compile(r"\W*(?:and )?(?:how many )?of (?:which|these|them|those)\b", re.IGNORECASE)
_PARTS_FIRST = re.compile(
    r"\b(?:split|break ?down|broken down|by (?:disease|arm|group|diagnosis)|per[- ](?:arm|group|dose|cohort)|"
    r"each (?:of the )?(?:arms?|groups?)|"
    r"(?:arm|group) sizes|in (?:both|the two|the three|all) (?:arms|groups))\b",
    re.IGNORECASE,
)
"""Asks for the parts of a study's number of patients, for the whole only beside them or not at all."""
_AND_PARTS = re.compile(r"\band how\b|\bof (?:them|these|those|whom)\b", re.IGNORECASE)
_TOTAL_TOO = re.compile(r"\b(?:total|overall|altogether|in all|whole)\b", re.IGNORECASE)
_PARTS_TOO = re.compile(
    r"\b(?:split|break ?down|broken down|by (?:disease|arm|group)|each|composed|made up|subgroups?|divided"
    r"|and how many|of (?:them|these|those|whom))\b"
)


def characteristic_lines(desk: Desk, ask: Ask, study: str, characteristic: str) -> Found:
    """The sentences for one characteristic of a study, those of the table first."""
    if characteristic in desk.review.attributes:
        return _own_lines(desk, ask, study, characteristic)
    facts = desk.selector.facts(study, characteristic)
    reported = desk.selector.distinct(f for f in facts if not is_missing(f.value))
    if characteristic == "n_patients":
        return _patients(desk, ask, study, reported)
    if characteristic == "age_range" and (lines := middle_ages(desk, ask, study)):
        return lines[:_MOST], None
    reported = reported if ask.studies else [f for f in reported if not _is_without(ask, f.value)]
    if not reported and characteristic == "dose":
        reported = [f for f in desk.selector.reported(study, "agents") if _DOSE.search(f.value)]
    if not reported and characteristic == "arms":
        return _arms_of(desk, study)
    if not reported:
        return [], Selection(lacking="measure", near=tuple(facts))
    wishes = [w for w in group_wishes(desk, ask, study) if w]
    of_group = [f for w in wishes for f in reported if w <= f.group]
    cells = [f for f in reported if desk.selector.passage_kind(f) is Kind.CELL]
    if of_group:
        chosen = of_group
    elif not cells:
        chosen = reported
    elif characteristic == "nct":
        chosen = cells[:1]
    else:
        chosen = _one_of_each_group(cells)
    return [of_fact(desk.speaker.characteristic(f), f) for f in chosen[:_MOST]], None


def _is_without(ask: Ask, cell: str) -> bool:
    """``A-free``, ``no A``: whether a cell denies what the question names, as one of several studies' cells."""
    keys = set(ask.content)
    words = [m[1] or m[2] for m in _WITHOUT.finditer(fold(cell))]
    return any(key_of(w) in keys for w in words) and not _WITHOUT.search(fold(ask.focus))


def _arms_of(desk: Desk, study: str) -> Found:
    """The arms of a study that no row is about: by their sizes, else by the agents, which name them."""
    arms = {a.ids for a in desk.own.arms(study)} - parted_by_disease(desk, study)
    sizes = [f for f in desk.selector.reported(study, "n_patients") if f.group in arms]
    if len({f.group for f in sizes}) > 1:
        return [_patient_line(desk, f) for f in desk.selector.distinct(sizes)], None
    agents = [f for f in desk.selector.reported(study, "agents") if not f.group] if len(arms) > 1 else []
    if not agents:
        return [], Selection(lacking="measure")
    return [of_fact(desk.speaker.characteristic(agents[0]), agents[0])], None


def _own_lines(desk: Desk, ask: Ask, study: str, attribute: str) -> Found:
    """The sentences for an attribute of the review's own, or for its p-value."""
    for statistic in (m for m in ask.measures if m in _STATISTICS):
        given = [
            f for f in desk.review.facts if (f.study, f.attribute, f.of) == (study, statistic, attribute)
        ]
        if given or statistic == "p_value":
            return [of_fact(desk.speaker.statement(f), f) for f in given[:1]], None
        heads = [desk.selector.places[f.passage].locator.row for f in desk.selector.facts(study, attribute)]
        if not any(_RATIO_HEAD.search(head) for head in heads):
            return [], Selection(lacking="measure")
    facts = desk.selector.facts(study, attribute)
    reported = desk.selector.distinct(f for f in facts if not is_missing(f.value))
    named = {t.key for t in tokens(desk.speaker.term(attribute).name)}
    others = tuple(g for g in ask.groups if {t.key for t in tokens(g[0])} - named)
    ask = replace(ask, groups=others)  # the row's own words are no group
    wishes = [w for w in group_wishes(desk, ask, study) if w]
    chosen = [f for w in wishes for f in reported if w <= f.group] if wishes else list(reported)
    chosen = _labelled(ask, chosen)
    if ask.grade:
        chosen = [f for f in chosen if f.grade == ask.grade] or chosen
    if not chosen:
        return [], Selection(lacking="group" if reported else "measure", near=tuple(reported or facts))
    return [of_fact(desk.speaker.own(f), f) for f in dict.fromkeys(chosen[: _MOST + 1])], None


def _labelled(ask: Ask, facts: Sequence[Fact]) -> list[Fact]:
    """Of figures told apart by labels (``I-II``, ``III-IV``) those whose label the question says, where it says one."""
    focus = fold(ask.focus).lower()
    said = [
        f
        for f in facts
        if f.group_label and re.search(rf"(?<![\w-]){re.escape(fold(f.group_label).lower())}(?![\w-])", focus)
    ]
    apart = {f.group_label for f in facts} - {f.group_label for f in said}
    return said if said and apart else list(facts)


def _one_of_each_group(cells: Sequence[Fact]) -> list[Fact]:
    """The first cell's value, then those that other cells give for another group."""
    first = cells[0]
    same = [f for f in cells if f.passage == first.passage and f.value == first.value]
    return same + [f for f in cells if f.passage != first.passage and f.group != first.group]


def _patients(desk: Desk, ask: Ask, study: str, reported: Sequence[Fact]) -> Found:
    wishes = [w for w in group_wishes(desk, ask, study) if w]
    if wishes:
        return _patients_of(desk, ask, study, reported, wishes)
    parts = [f for f in reported if f.group]
    whole = [f for f in reported if not f.group and f.n is not None]
    if not whole:
        lacking = None if parts else Selection(lacking="measure")
        return [_patient_line(desk, f) for f in parts], lacking
    lines = [_patient_line(desk, whole[0])]
    beside = [f for f in parts if f.passage == whole[0].passage] or desk.selector.distinct(parts)
    if beside and _PARTS_FIRST.search(ask.focus) and not _AND_PARTS.search(ask.focus):
        return [_patient_line(desk, f) for f in beside] + lines * bool(_TOTAL_TOO.search(ask.focus)), None
    set_beside = len(ask.studies) > 1 and ask.has("compare")  # "how many in each" of two studies
    if (ask.implied or _PARTS_TOO.search(ask.focus)) and not set_beside:
        lines += [_patient_line(desk, f) for f in beside]
    return lines, None


def _patients_of(
    desk: Desk, ask: Ask, study: str, reported: Sequence[Fact], wishes: Sequence[frozenset[str]]
) -> Found:
    """The numbers of patients of the arms or subgroups wanted."""
    both = frozenset(i for w in wishes for i in w)
    if len(wishes) > 1 and _of_exactly(reported, both):
        wishes = [both]  # "in arm B were male"
    chosen = [f for w in wishes for f in _of_exactly(reported, w) or reported if f.group and w <= f.group]
    chosen = chosen or _counts_of(desk, study, wishes) or _measures_of(desk, study, wishes)
    if not chosen:
        return [], Selection(lacking="group", near=tuple(reported))
    told = ask.inherited and _PART_OF_IT.match(ask.focus)  # the whole was told in the turn before
    whole = [f for f in reported if not f.group][:1] if _WHOLE_TOO.search(ask.focus) and not told else []
    if ask.wants == "percent":
        return [figure_line(desk, ask, f) for f in dict.fromkeys(chosen)], None
    if len(chosen) > 1 and _PARTS_FIRST.search(ask.focus) and not _AND_PARTS.search(ask.focus):
        return [_patient_line(desk, f) for f in dict.fromkeys(chosen)], None
    return [_patient_line(desk, f) for f in dict.fromkeys(whole + chosen)], None


def _of_exactly(facts: Sequence[Fact], group: frozenset[str]) -> list[Fact]:
    """Those of a whole arm, where there are any, without those of some of its patients."""
    return [f for f in facts if f.group == group]


def _counts_of(desk: Desk, study: str, wishes: Sequence[frozenset[str]]) -> list[Fact]:
    """Whatever counts patients of a group, of whichever measure."""
    counts = [f for f in desk.selector.of(study) if f.unit == "patients" and f.n is not None]
    return [f for wish in wishes for f in counts if wish <= f.group]


def _measures_of(desk: Desk, study: str, wishes: Sequence[frozenset[str]]) -> list[Fact]:
    """The figures of measures that stand for a group, such as a rate of transplants for the transplanted."""
    terms = desk.vocabulary.measures.values()
    measures = [t.id for t in terms if any({p} >= w for w in wishes for p in t.also)]
    return [f for m in measures for f in desk.selector.reported(study, m)]


def _patient_line(desk: Desk, fact: Fact) -> Line:
    if fact.attribute == "n_patients":
        return of_fact(desk.speaker.characteristic(fact), fact)
    return of_fact(desk.speaker.statement(fact), fact)
