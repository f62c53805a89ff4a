"""Declines of a look-up: what the review does not report, and what it reports in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.cells.reading import is_missing
from assistant.desk import Desk
from assistant.draft import Draft, Line, declined
from assistant.lookup.opposites import opposed
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.say import cycle_words, grade_words, joined, upper_first
from assistant.selection import Selection

_MOST_STUDIES = 2
"""Up to so many studies a decline goes through one by one."""
_MOST_OFFERED = 4
_RATIOS = frozenset({"HR", "OR", "RR"})
_NO_RESULT = frozenset({"p_value", "CI", "HR", "OR", "RR", "median_age", "median_follow_up"})
_MOST_GIVEN = 5
_HAPPENED = re.compile(r"^(?:who |that )?(?:were|was|are|is|had been|have been|has been)\s+", re.IGNORECASE)
_BY_WHAT = re.compile(r"(?:with|without|on|after|not|never|no longer|in)\b", re.IGNORECASE)
"""Begins words that tell patients, without a noun for them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something asked of a study that it does not report."""

    study: str
    attribute: str
    found: Selection
    """What is lacking, and the facts that come near."""


def decline(desk: Desk, ask: Ask, gaps: Sequence[Gap]) -> Draft:
    """What the review does not report, named as asked, with what it does give; no figure in it."""
    studies = list(dict.fromkeys(g.study for g in gaps))
    if not ask.studies or not 0 < len(studies) <= _MOST_STUDIES:
        return _decline_all(desk, ask, gaps)
    parts, support = [], []
    for study in studies:
        text, places = _of_study(desk, ask, study, [g for g in gaps if g.study == study])
        parts.append(text + _of_others(desk, ask, study))
        support += places
    return declined(" ".join(parts), ask.studies, support)


def mention_gaps(desk: Desk, ask: Ask, draft: Draft, gaps: Sequence[Gap]) -> Draft:
    """The draft with a sentence on what else was asked for and is not reported, where that is little."""
    wide = ask.has("list", "max", "min", "count_studies")
    alone = {s for n in ask.named.names if len(n.studies) == 1 for s in n.studies}
    gaps = [g for g in gaps if g.study in alone or len(ask.studies) == 1]
    if ask.families or not 0 < len(gaps) <= _MOST_STUDIES or wide:
        return draft
    notes = [
        f"{_as_asked(desk, _of_unmet(ask, g, draft), g.attribute, g.found)} is not reported for {desk.name(g.study)}"
        for g in gaps
    ]
    return draft.plus(Line(upper_first(joined(notes)) + ".", ()))


def _of_unmet(ask: Ask, gap: Gap, draft: Draft) -> Ask:
    """``ask`` of those of its groups alone that the draft gives no figure of."""
    given = [
        f for line in draft.lines for f in line.facts if (f.study, f.attribute) == (gap.study, gap.attribute)
    ]
    unmet = tuple((label, ids) for label, ids in ask.groups if not any(ids <= f.group for f in given))
    return replace(ask, groups=unmet) if unmet else ask


def mention_left(desk: Desk, ask: Ask, draft: Draft) -> Draft:
    """The draft with a sentence on the patients spoken of before, of whom its figures are not."""
    asked = set(ask.measures) - _NO_RESULT
    facts = [f for line in draft.lines for f in line.facts if f.attribute in asked]
    if not ask.left or not facts or any(ids <= f.group for _, ids in ask.left for f in facts):
        return draft
    names = joined([desk.speaker.short(m) for m in ask.measures])
    whom = joined([label for label, _ in ask.left])
    return draft.plus(Line(f"The review does not give {names} for {whom} alone.", ()))


def _of_study(desk: Desk, ask: Ask, study: str, gaps: Sequence[Gap]) -> tuple[str, list[tuple[str, str]]]:
    """One study's sentence and its support."""
    names = dict.fromkeys(_as_asked(desk, ask, g.attribute, g.found) for g in gaps)
    text = f"The review does not report {joined(list(names), 'or')} for {desk.name(study)}"
    near = [f for g in gaps for f in g.found.near]
    blank = [f for f in near if is_missing(f.value)]
    own = _of_group_asked(desk, ask, study, gaps)
    blank = [f for f in own if is_missing(f.value) and any(f.attribute == g.attribute for g in gaps)] or blank
    if blank and own and all(f in blank for f in own):
        return f"{text} (the table says {blank[0].value}).", [(blank[0].passage, study)]
    given = [f for f in own if not is_missing(f.value)] or [f for f in near if not is_missing(f.value)]
    if not ask.groups:
        given = [f for f in given if not f.group] or given
    offered = _offered(desk, given)
    if blank and not given:
        return f"{text} (the table says {blank[0].value}).", [(blank[0].passage, study)]
    if offered and given[0].attribute in desk.vocabulary.measures:
        return f"{text}; it gives {joined(offered)}.", [(given[0].passage, study)]
    if gaps[0].attribute in desk.vocabulary.measures:
        given_too = [desk.speaker.short(m) for m in desk.selector.measures_of(study)]
        others = [n for n in given_too if not re.search(r"\d[\d.]*\s?(?:%|[a-z]+/)", n)][:_MOST_GIVEN]
        if others:
            return f"{text}; for that study it gives {joined(others)}.", []
    return text + ".", []


def _of_others(desk: Desk, ask: Ask, study: str) -> str:
    """A sentence on what the study's patients were, where the question takes them for the opposite."""
    found = opposed(desk, study, (ids for _, ids in ask.groups))
    names = joined([desk.vocabulary.populations[i].name for i in sorted(found)])
    return f" Its patients are described as {names}." if names else ""


def _of_group_asked(desk: Desk, ask: Ask, study: str, gaps: Sequence[Gap]) -> list[Fact]:
    """What the study does give for the group asked, of the same measures at other times or of others."""
    if not all(g.found.lacking == "group" for g in gaps):
        return []
    wishes = [ids for _, ids in ask.groups]
    own = [f for f in desk.selector.of(study) if any(w <= f.group for w in wishes)]
    own = [f for f in own if f.attribute in desk.vocabulary.measures and f.attribute not in _NO_RESULT]
    asked = [f for f in own if any(f.attribute == g.attribute for g in gaps)]
    return asked or own


def _decline_all(desk: Desk, ask: Ask, gaps: Sequence[Gap]) -> Draft:
    """One sentence for many studies, or for none in particular."""
    attributes = [*ask.measures, *ask.families, *ask.characteristics]
    lacking = "group" if any(g.found.lacking == "group" for g in gaps) else "measure"
    names = [_as_asked(desk, ask, a, Selection(lacking=lacking)) for a in attributes]
    where = f" for {joined([desk.speaker.study(s).label for s in ask.studies])}" if ask.studies else ""
    text = f"The review does not report {joined(names, 'or')}{where}"
    offered = _offered(desk, (f for g in gaps for f in g.found.near if not is_missing(f.value)))
    if offered and attributes[0] in desk.vocabulary.measures:
        text += f"; it gives {joined(offered)}"
    return declined(text + ".", ask.studies)


def _offered(desk: Desk, facts: Iterable[Fact]) -> list[str]:
    return desk.speaker.lines(desk.selector.distinct(facts))[:_MOST_OFFERED]


def _as_asked(desk: Desk, ask: Ask, attribute: str, found: Selection) -> str:
    """A measure or characteristic with the conditions the question put on it."""
    measure = attribute in desk.vocabulary.measures
    name = desk.speaker.short(attribute) if measure else desk.speaker.term(attribute).name
    if attribute == "p_value":
        of = [desk.speaker.short(m) for m in ask.measures if m not in _NO_RESULT]
        name = f"p-value for {joined(of)}" if of else "p-value"
    ratio = next((m for m in ask.measures if m in _RATIOS), "")
    if ratio and not measure and found.lacking == "measure":
        name = f"{desk.speaker.short(ratio)} for {name}"
    if ask.grade and found.lacking in {"grade", "measure"}:
        name = f"{name} of {grade_words(found.grade or ask.grade)}"
    if ask.times and measure:
        name = f"{joined(ask.times, 'or')} {name}"
    if ask.cycle:
        name = f"{name} after {cycle_words(ask.cycle)}"
    if found.lacking == "group" and ask.groups:
        name = f"{name} for {joined([_whom(label) for label, _ in ask.groups], 'or')}"
    return name


def _whom(label: str) -> str:
    """Patients as the question calls them, behind ``for``: ``patients without a graft``."""
    label = _HAPPENED.sub("", label)
    return f"patients {label}" if _BY_WHAT.match(label) else label
