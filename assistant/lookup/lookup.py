"""Answers that look facts up: single figures, cells, arms, several studies, with honest declines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from assistant import lazy_re as re
from assistant.conflicts import Disagreement
from assistant.desk import Desk
from assistant.draft import Draft, Line, answered, declined, of_fact, support_of
from assistant.lookup.characteristics import Found, characteristic_lines
from assistant.lookup.computed import remainder, sum_of_arms, sum_of_grades, with_share
from assistant.lookup.declining import Gap, decline, mention_gaps
from assistant.lookup.ratios import of_another_factor
from assistant.lookup.severe import severe_events
from assistant.lookup.spans import with_interval
from assistant.lookup.wishes import group_wishes
from assistant.lookup.words import (
    STATISTICS,
    at_last_place,
    by_words_alone,
    statistic_line,
    tested_by_words,
    told_apart,
)
from assistant.model import Fact, Status
from assistant.question.reader import Ask
from assistant.say import joined
from assistant.selection import Selection, Wanted, grade_range, number_of, same_outcome, same_time
from assistant.text.text import tokens

__all__ = ["Desk", "asked_facts", "group_wishes", "lookup", "with_conflicts"]

_REFERENCE_FIELDS = frozenset({"authors", "title", "journal", "year", "pages", "doi", "reference"})
_RATIOS = frozenset({"HR", "OR", "RR", "p_value"})
_QUALIFYING = frozenset({"pvalue", "ratio"})
"""Kinds of figures that belong to another measure."""
_OF_A_DISEASE = frozenset({"incidence"})
"""Measures that are of a disease and of no study's patients where no study is named."""
_BASELINE = re.compile(r"\bbaseline\b|\bcharacteristics\b|\bdemograph", re.IGNORECASE)
_FEWEST_ARMS = 2
_OVERALL = re.compile(r"\b(?:all patients|overall population|entire|whole)\b", re.IGNORECASE)
_BY_GRADE = re.compile(
    r"(?<!all )(?<!any )(?<!whatever )\bgrades\b|\bgrading\b|\b(?:by|each|every|per|of what|which) grade\b"
    r"|(?<!whatever )(?<!any )(?<!all )(?<!regardless of )(?<!irrespective of )\bsever(?:e|ity)\b",
    re.IGNORECASE,
)
_TOP_GRADE = re.compile(
    r"\b(?:highest|worst|maximum|max|top|severest|most severe)\b(?: [\w-]+){0,3}? (?:grade|severity)\b"
    r"|\bgrade\b[^?.]{0,40}\b(?:highest|at worst|at most|maximum)\b|\bhow (?:bad|severe|high)\b[^?.]{0,40}\b(?:at worst|at its worst)\b",
    re.IGNORECASE,
)
"""Asks how severe an event became at most."""
_ANY_GRADE = re.compile(
    r"\b(?:any|all|whatever|every|each and every)[- ]grades?\b|\bgrades? (?:1|I)(?: ?(?:-|to) ?| through )(?:4|5|IV|V)\b"
    r"|\bregardless of (?:the )?(?:grade|severity)\b|\b(?:any|whatever) severity\b",
    re.IGNORECASE,
)
_INTERVAL_OF = re.compile(
    r"\b(?:CI|CIs|confidence (?:intervals?|limits?)|interval)\b\W+(?:\w+\W+){0,2}?(?:for|of|around|on|about|in)\b"
    r"|\b(?:CI|confidence (?:intervals?|limits?))\W*$|\bhow (?:wide|precise)\b",
    re.IGNORECASE,
)
"""Asks for an interval itself, not for a figure with its interval."""
_SPECIAL = re.compile(
    r"\b(?:fatal|serious|severe|minor|intracranial|gastrointestinal|gi|spontaneous|traumatic|joint|treated|untreated|life-threatening|"
    r"symptomatic|asymptomatic|lethal|cerebral|retroperitoneal|postoperative|new|late|early)\s+[a-z]",
    re.IGNORECASE,
)
"""Asks for one sort of an event, for which a wider or other one cannot stand."""
_OF_HOW_MANY = re.compile(
    r"\bn\s?(?:/|over|of|out of)\s?N\b|\b(?:out )?of how many\b|\bnumerator\b|\bdenominator\b", re.IGNORECASE
)
"""Asks for a count with the number it is of."""
_REMISSION = re.compile(r"\bremissions?\b|\bremitted\b", re.IGNORECASE)
_COMPLETE = re.compile(r"\bCRi?\b|\bcomplete\b|\bfull\b", re.IGNORECASE)
"""Names one kind of remission, and no other."""
_RESPONDERS = frozenset({"responders"})
_OF_THEM = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:of (?:them|these|those|whom|the responders)|responders)\b")
_EVERY_GROUP = re.compile(
    r"\ball\b.{0,25}\b(?:results|figures|data|rates|numbers|outcomes|values)\b", re.IGNORECASE
)
_P_VALUE_ALONE = re.compile(
    r"\W*(?:and |but |so |also )?(?:(?:what(?:'s| is| was| were| about| of)?|how about) )?(?:the |an? |any |its |their )?"
    r"p[- ]?values?(?: (?:for|of|on) (?:that|this|it|these|those|them|both))?(?: (?:here|there))?\W*",
    re.IGNORECASE,
)
"""Asks for nothing else of the figures just given: ``and the p-value for that?``."""


def lookup(desk: Desk, ask: Ask) -> Draft | None:
    """The measures and characteristics asked for; None where nothing of the sort is asked.

    They are looked up in the studies named, or in all; what none of them reports is declined.
    """
    if not (ask.measures or ask.families or ask.characteristics):
        return None
    lines, gaps = _found_and_lacking(desk, ask)
    if _beside_the_point(desk, ask, lines, gaps):
        lines = []
    if lines and _without_interval(ask, lines):
        return _no_interval(desk, ask, lines)
    if _P_VALUE_ALONE.fullmatch(ask.text) and (own := [g for g in gaps if g.attribute == "p_value"]):
        return decline(desk, ask, own)
    told = set(ask.families) & {"survival", "response", "remission"}
    if (
        not lines
        and told
        and not ask.measures
        and not (ask.times or ask.groups or ask.grade or ask.cycle or ask.has("why"))
    ):
        lines = [line for s in ask.studies for line in characteristic_lines(desk, ask, s, "outcomes")[0]]
    if not lines:
        return decline(desk, ask, gaps) if gaps or ask.measures or ask.families else None
    lines = _with_totals(desk, ask, lines)
    draft = answered(lines, (f.study for line in lines for f in line.facts))
    if ask.studies and gaps:
        draft = mention_gaps(desk, ask, draft, gaps)
    return with_conflicts(desk, draft)


def _with_totals(desk: Desk, ask: Ask, lines: list[Line]) -> list[Line]:
    """The lines, each count followed by the number it is of where ``n/N`` is asked and is not printed with it."""
    if not _OF_HOW_MANY.search(ask.focus):
        return lines
    found = list(lines)
    for fact in (f for line in lines for f in line.facts if line.derivation is None):
        if fact.n is None or fact.total or fact.attribute not in desk.vocabulary.measures:
            continue
        sizes = [f for f in desk.selector.reported(fact.study, "n_patients") if f.group == fact.group and f.n]
        found += [of_fact(desk.speaker.characteristic(f), f) for f in sizes[:1]]
    return list(dict.fromkeys(found))


def asked_facts(desk: Desk, ask: Ask) -> list[Fact]:
    """The facts a question is about, of the studies it names."""
    found: list[Fact] = []
    for study in ask.studies:
        for measure in desk.measures(ask, study):
            for ids in group_wishes(desk, ask, study) or [frozenset()]:
                wanted = Wanted(measure, ask.times, ids, grade=ask.grade, cycle=ask.cycle)
                found += _selected(desk, study, wanted).facts
        if "n_patients" in ask.characteristics:
            sizes = desk.selector.reported(study, "n_patients")
            wishes = [w for w in group_wishes(desk, ask, study) if w]
            of_group = [f for w in wishes for f in sizes if f.group == w]
            of_group = of_group or [f for w in wishes for f in sizes if f.group and w <= f.group]
            of_group = of_group[: len(wishes)]
            found += of_group or [f for f in sizes if not f.group][:1]
        for characteristic in ask.characteristics:
            if characteristic != "n_patients":
                found += desk.selector.reported(study, characteristic)[:1]
    return found


def with_conflicts(desk: Desk, draft: Draft) -> Draft:
    """The draft with the disagreements that touch its facts.

    The other side is stated too, and both are cited.
    """
    stated = {_figure_of(f) for line in draft.lines for f in line.facts}
    notes = tuple(c.line for c in desk.conflicts if _touches(c, stated))
    if draft.status is not Status.ANSWERED or not notes:
        return draft
    return replace(draft, lines=tuple(dict.fromkeys((*draft.lines, *notes))), conflicts=notes)


def _found_and_lacking(desk: Desk, ask: Ask) -> tuple[list[Line], list[Gap]]:
    lines: list[Line] = []
    gaps: list[Gap] = []
    for study in _studies(desk, ask):
        own = any(c in desk.review.attributes for c in ask.characteristics)
        found = [(m, _figures(desk, ask, study, m)) for m in ([] if own else desk.measures(ask, study))]
        for characteristic in ask.characteristics:
            if characteristic not in _REFERENCE_FIELDS:
                found.append((characteristic, characteristic_lines(desk, ask, study, characteristic)))
        for attribute, (more, lacking) in found:
            lines += more
            if lacking:
                gaps.append(Gap(study, attribute, lacking))
    return list(dict.fromkeys(lines)), gaps


def _without_interval(ask: Ask, lines: list[Line]) -> bool:
    """Whether an interval was asked for itself (``95% CI of OS``) and none is printed."""
    given = any(f.attribute == "CI" for line in lines for f in line.facts)
    return (
        "CI" in ask.measures and len(ask.measures) > 1 and not given and bool(_INTERVAL_OF.search(ask.focus))
    )


def _no_interval(desk: Desk, ask: Ask, lines: list[Line]) -> Draft:
    facts = [f for line in lines for f in line.facts]
    who = joined([desk.name(s) for s in dict.fromkeys(f.study for f in facts)])
    given = joined(desk.speaker.lines(facts)[:4])
    return declined(
        f"The review gives no confidence interval for {who}; it gives {given}.",
        ask.studies,
        support_of(facts[:1]),
    )


def _studies(desk: Desk, ask: Ask) -> tuple[str, ...]:
    """The studies to look in: those named, else those that report a measure asked for, else all."""
    if ask.studies:
        return ask.studies
    studies = tuple(s.id for s in desk.review.studies)
    return tuple(s for s in studies if any(desk.selector.reported(s, m) for m in ask.measures)) or studies


def _beside_the_point(desk: Desk, ask: Ask, lines: list[Line], gaps: list[Gap]) -> bool:
    """Whether a measure is lacking and only characteristics were found."""
    if not any(g.attribute in ask.measures for g in gaps):
        return False
    return not any(f.attribute in desk.vocabulary.measures for line in lines for f in line.facts)


def _figures(desk: Desk, ask: Ask, study: str, measure: str) -> Found:
    """The sentences for one measure of a study, arm by arm."""
    measure, ask = severe_events(desk, ask, study, measure)
    if measure in _OF_A_DISEASE and not ask.studies and not desk.selector.reported(study, measure):
        return [], Selection(lacking="measure")
    if measure in STATISTICS and (own := at_last_place(desk, ask, desk.selector.reported(study, measure))):
        return [statistic_line(desk, f) for f in own], None
    alone = (
        measure == "p_value" and set(ask.measures) == {"p_value"} and desk.selector.reported(study, measure)
    )
    if alone and (tested := tested_by_words(desk, ask, alone)) is not None:
        if not tested:
            return [], Selection(lacking="of", near=tuple(alone))
        return [statistic_line(desk, f) for f in tested], None
    wishes = group_wishes(desk, ask, study) or [frozenset()]
    if measure == "p_value" or desk.vocabulary.term(measure).kind == "ratio":
        groups = [f.group for f in desk.selector.reported(study, measure)]
        if apart := _of_other_patients(desk, ask, study, measure, wishes, groups):
            return [], apart
        wishes = [w for w in wishes if w and any(w <= g for g in groups)] or [frozenset()]
    wanted = _wanted(desk, ask, study, measure)
    top = bool(_TOP_GRADE.search(ask.focus))
    reported = desk.selector.reported(study, measure)
    if len(ask.measures) > 1 and reported and not any(f.time_point for f in reported):
        wanted = replace(wanted, times=())
    if wanted.times == ("baseline",) and _of_baseline(desk, reported):
        wanted = replace(wanted, times=())
    lines: list[Line] = []
    every: list[Fact] = []
    lacking: Selection | None = None
    for wish, grade in product(wishes, wanted.grade.split(",")):
        found = _selected(desk, study, replace(wanted, group=wish, grade=grade))
        if not found.facts and wish and wanted.times and (untimed := _untimed(desk, study, wanted, wish)):
            found = untimed
        if found.lacking == "group" and wish == _RESPONDERS:
            found = _of_responders(desk, found) or found
        if found.lacking == "of" and (named := by_words_alone(desk, ask, found.near)):
            found = Selection(tuple(named))
        if not found.facts:
            lacking = lacking or replace(found, grade=grade)
            continue
        facts = [f for f in told_apart(desk, ask, found.facts) if not of_another_factor(desk, ask, f)]
        facts = [with_share(desk, ask, f) for f in (_of_top_grade(facts) if top else facts)]
        if not facts:
            lacking = lacking or Selection(lacking="of", near=found.facts)
            continue
        every += facts
        computed = remainder(desk, ask, facts) or sum_of_grades(desk, ask, facts)
        lines += [computed] if computed else [with_interval(desk, ask, f) for f in facts]
    several = "," in wanted.grade and len(wishes) == 1
    total = sum_of_arms(desk, ask, every) or (sum_of_grades(desk, ask, every) if several else None)
    return ([total] if total else lines), lacking


def _untimed(desk: Desk, study: str, wanted: Wanted, wish: frozenset[str]) -> Selection | None:
    """``at 3 years`` of a part of the patients, where the study gives the measure at that time only and need not say it again."""
    found = _selected(desk, study, replace(wanted, times=(), group=wish))
    times = [f.time_point for f in desk.selector.reported(study, wanted.attribute) if f.time_point]
    then = all(any(same_time(t, asked) for asked in wanted.times) for t in times)
    told = found.facts and all(desk.selector.leaves_time_out(f) for f in found.facts)
    return found if then and told else None


def _of_responders(desk: Desk, found: Selection) -> Selection | None:
    """``13 of 17 had a CR, and 11 of them were transplanted``: counts of those whose response stands before them."""
    responses = {
        m
        for f in ("response", "remission")
        if f in desk.vocabulary.families
        for m in desk.vocabulary.families[f].includes
    }
    told = {(f.passage, f.start) for f in desk.review.facts if f.attribute in responses}
    of_them = [
        f
        for f in found.near
        if f.n is not None
        and not f.group
        and _OF_THEM.match(desk.selector.quotes[f.passage], f.end)
        and any(p == f.passage and at < f.start for p, at in told)
    ]
    return Selection(tuple(desk.selector.distinct(of_them))) if of_them else None


def _of_top_grade(facts: Sequence[Fact]) -> list[Fact]:
    """Of figures by grade that of the highest grade that any patient had; all of them where none tells one grade."""
    graded = [f for f in facts if f.grade and (f.n or (f.n is None and number_of(f.percent or f.value)))]
    highest = max((grade_range(f.grade)[0] for f in graded), default=0)
    top = [f for f in graded if grade_range(f.grade)[0] == highest]
    return top if all(f.grade.isdigit() for f in top) and top else list(facts)


def _of_baseline(desk: Desk, facts: Sequence[Fact]) -> bool:
    """Whether figures without a time point stand in a table of what patients were like at the beginning."""
    titles = {t.label: t.title for t in desk.review.raw.tables}
    told = [titles.get(desk.selector.places[f.passage].locator.table or "", "") for f in facts]
    return bool(told) and not any(f.time_point for f in facts) and any(map(_BASELINE.search, told))


def _of_other_patients(
    desk: Desk,
    ask: Ask,
    study: str,
    measure: str,
    wishes: Sequence[frozenset[str]],
    groups: Sequence[frozenset[str]],
) -> Selection | None:
    """That a ratio or p-value between the arms is none of a subgroup: ``HR in women`` where no such ratio is told."""
    arms = {i for ids in desk.review.arms.get(study, {}).values() for i in ids}
    apart = [w for w in wishes if w and not w & arms and not any(w <= g for g in groups)]
    if not apart or len(arms) < _FEWEST_ARMS or len(apart) != len(wishes):
        return None
    labels = {
        t.key for label, ids in ask.groups if ids in apart for t in tokens(label)
    } - desk.vocabulary.scaffold
    labels -= {"versus", "vs"}
    near = tuple(desk.selector.reported(study, measure))
    told = any(labels <= {t.key for t in tokens(desk.selector.quotes[f.passage])} for f in near)
    return None if told or not labels or not near else Selection(lacking="group", near=near)


def _wanted(desk: Desk, ask: Ask, study: str, measure: str) -> Wanted:
    others = [m for m in ask.measures if m != measure and desk.vocabulary.term(m).kind not in _QUALIFYING]
    factor = measure in _RATIOS and len(others) > 1
    if factor:  # "the RR of severe GVHD for mortality": its grade is the factor's
        given = {f.of for f in desk.selector.reported(study, measure) if f.of}
        others = [m for m in others if any(same_outcome(of, m) for of in given)] or others
    return Wanted(
        measure,
        ask.times,
        overall=bool(_OVERALL.search(ask.focus)),
        every_group=bool(_EVERY_GROUP.search(ask.focus)),
        of=next(iter(others), ""),
        grade="" if factor else ask.grade,
        any_grade=bool(_ANY_GRADE.search(ask.focus)),
        by_grade=bool(_BY_GRADE.search(ask.focus) or _TOP_GRADE.search(ask.focus)),
        special=bool(_SPECIAL.search(ask.focus)),
        cycle=ask.cycle,
        loose=bool(ask.inherited or _REMISSION.search(ask.text)) and not _COMPLETE.search(ask.text),
    )


_SEVERE_GRADES = frozenset({"3-4", "3,4"})
"""Both severe grades, which a study may give together as ``grade 3 or higher``."""


def _selected(desk: Desk, study: str, wanted: Wanted) -> Selection:
    """What is wanted, or the figure where the vocabulary says it may also stand.

    That is the size of a subgroup, or a row of a table.
    """
    found = desk.selector.select(study, wanted)
    if not found.facts and wanted.grade in _SEVERE_GRADES:
        higher = desk.selector.select(study, replace(wanted, grade=">=3"))
        found = higher if higher.facts else found
    if found.facts or found.lacking != "measure":
        return found
    for other in desk.vocabulary.term(wanted.attribute).also:
        if wanted.special:
            break
        if other in desk.vocabulary.measures:
            found = desk.selector.select(study, replace(wanted, attribute=other))
            if found.facts or found.lacking != "measure":
                return found
        elif facts := _standing_for(desk, study, other):
            of_arm = [f for f in facts if wanted.group and wanted.group <= f.group]
            return Selection(tuple(of_arm or facts))
    return found


def _standing_for(desk: Desk, study: str, other: str) -> list[Fact]:
    """The numbers of patients of a subgroup, or the first value of a characteristic."""
    if other in desk.vocabulary.populations:
        return [f for f in desk.selector.reported(study, "n_patients") if other in f.group]
    return desk.selector.reported(study, other)[:1]


def _figure_of(fact: Fact) -> tuple[object, ...]:
    """What tells one figure from another, whatever it is stated to be."""
    return fact.study, fact.attribute, fact.group, fact.time_point, fact.grade, fact.cycle


def _touches(conflict: Disagreement, stated: set[tuple[object, ...]]) -> bool:
    """Whether an answer states a figure of a conflict; of numbers that do not add up, the total and a part of it."""
    told = [f for f in conflict.facts if _figure_of(f) in stated]
    if conflict.attribute != "n_patients":
        return bool(told)
    return len(told) > 1 and any(not f.group for f in told)
