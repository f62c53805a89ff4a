"""Answers that set figures side by side, and the differences, ratios, sums and shares computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.compare.arithmetic import (
    difference,
    parts_add_up,
    parts_together,
    ratio,
    share_of_arm,
    total_of,
)
from assistant.compare.ranking import CAUTION
from assistant.compare.sides import THOSE_NOT, implied, two_sides, winner_first
from assistant.compare.treatments import between_treatments
from assistant.compare.whole import against_everyone
from assistant.draft import Draft, Line, answered, declined, of_fact, support_of
from assistant.lookup.diseases import by_disease
from assistant.lookup.lookup import Desk, group_wishes, lookup
from assistant.model import Fact, Status
from assistant.question.reader import Ask, QuestionReader
from assistant.question.wording import EACH_ARM, TOGETHER
from assistant.say import joined, upper_first
from assistant.selection import LENGTHS, same_time
from assistant.text.text import fold, tokens
from assistant.vocabulary.wording import COMPARE

__all__ = ["compare", "difference", "total_patients"]

_ARMS_MEANT = re.compile(
    r"\b(?:arms?|groups?|two|both|than|vs|versus|alone|difference|gap|compar\w+|better|combination|"
    r"monotherapy|combo|mono|favou?r\w*|with and without|without and with)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"\bhow many times\b|\bby what factor\b|(?<!hazard )(?<!odds )(?<!risk )(?<!rate )\bratio\b|"
    r"\b(?:-|\s)fold\b|\bfold (?:higher|difference|increase)\b|"
    r"\btimes (?:higher|greater|more|as)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\badd(?:ed|ing)? (?:up|together)\b|\bsum\b|\btotal\b|\btogether\b|\baltogether\b|\bcombined\b|"
    r"\bin all\b|\bpooled\b|\badding (?:up |together )?(?=the\b|both\b|these\b)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\beach\b|\bhow many\b.*\bhow many\b|\btotal (?:given|stated|printed|reported|number given)\b",
    re.IGNORECASE,
)
"""Asks for each part by itself, or for the sum that is printed."""
_ADD = re.compile(r"\bif (?:i|you|we|one) (?:add|sum|total|join|combine)\b|\badding\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b(?:what|which) (?:share|percentage|proportion|fraction|per ?cent)\b|\bhow (?:large|big|high) (?:a|"
    r"was the) (?:share|proportion)\b",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"\bpatients?\b|\bparticipants?\b|\bpeople\b|\benrol\w*|\brecruit\w*|\bsizes?\b|\blarger\b|\bbigger\b|"
    r"\bsmaller\b",
    re.IGNORECASE,
)
_SIGNIFICANT = re.compile(
    r"\bsignifican(?:t|ce|tly)\b|\b(?:by|due to|just|mere|only) chance\b"
    r"|\b(?:gap|difference|benefit|advantage|effect)s? (?:was |is |were |be )?(?:real|genuine|meaningful|robust)\b"
    r"|\breal (?:gap|difference|benefit|advantage|effect)\b",
    re.IGNORECASE,
)
_FARED = re.compile(
    r"\b(?:better|worse)(?: off)?\b|\b(?:fare[ds]?|did|do|does|outcomes?|results?|compar\w+)\b", re.IGNORECASE
)
_BETTER = re.compile(r"\b(?:better|worse|fare[ds]?|outcomes?|results?)\b", re.IGNORECASE)
_MORE = re.compile(r"\bhow many (?:more|fewer)\b", re.IGNORECASE)
_WHOLE_STUDIES = re.compile(r"\b(?:studies|trials|abstracts|posters|reports|presentations)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\bbetween\b.{3,60}\band\b.{0,20}\b(?:those|who|without|others?|rest|not|n't)", re.IGNORECASE
)
"""Sets some patients of a study against the others."""
_NO_CAUTION = frozenset({"n_patients", "median_age", "age_range", "median_follow_up"})


def compare(desk: Desk, reader: QuestionReader, ask: Ask) -> Draft | None:
    """Every arm's or study's figure of the measures asked for, what is computed from them first."""
    if _asks_change(desk, ask):
        return None
    ask = implied(desk, two_sides(reader, implied(desk, ask)))
    if (change := _of_ends(desk, ask)) is not None:
        return change
    if ask.has("difference") and ask.grade and len(ask.studies) == 1 and _SUM.search(ask.focus):
        return lookup(desk, replace(ask, cues=ask.cues - {"difference"}, wants="count"))
    computed = None
    if ask.has("difference"):
        computed = _of_sizes(desk, ask) or against_everyone(desk, ask) or between_treatments(desk, ask)
    if computed is not None:
        return computed
    if _SHARE.search(ask.focus) and not COMPARE.search(ask.focus) and not _RATIO.search(ask.focus):
        return None
    if _SIGNIFICANT.search(ask.focus) and (ask.families or len(ask.measures) > 1):
        ask = replace(ask, measures=tuple(m for m in ask.measures if m != "p_value"))
    if not ask.measures and not ask.families and not ask.characteristics:
        ask = _outcome_of_arms(desk, ask)
        if not ask.families:
            return None
    ask = _both_arms(desk, _of_study_with_arms(desk, _with_and_without(desk, ask)))
    draft = lookup(desk, replace(ask, wants="") if ask.has("difference") else ask)
    if draft is None or draft.status is not Status.ANSWERED:
        return draft
    facts = [f for line in draft.lines if line.derivation is None for f in line.facts]
    if ask.has("difference"):
        line = _computed(desk, ask, facts)
        if line is not None:
            figures = [li for li in draft.lines if not li.facts or any(f.unit != "range" for f in li.facts)]
            return replace(draft, lines=(line, *figures))
        if (gap := _one_side_only(desk, ask, facts)) is not None:
            return gap
    if (undivided := _undivided(desk, ask, facts)) is not None:
        return undivided
    draft = winner_first(desk, ask, draft)
    if _SIGNIFICANT.search(ask.focus):
        draft = draft.plus(*_p_values(desk, facts))
    compared = any(f.attribute in desk.vocabulary.measures and f.attribute not in _NO_CAUTION for f in facts)
    if compared and len({f.study for f in facts}) > 1:
        draft = draft.cautioned(CAUTION)
    return draft


def _undivided(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Draft | None:
    """``between those with it and those without``: a decline where the study gives one figure, of everyone."""
    sides = _BETWEEN.search(ask.focus)
    if not sides or len(ask.studies) != 1 or len(facts) != 1 or facts[0].group or len(ask.measures) != 1:
        return None
    given = joined(desk.speaker.lines(facts))
    text = f"The review sets no two groups of {desk.name(ask.studies[0])} side by side in that; it gives {given} of everyone."
    return declined(text, ask.studies, support_of(facts))


def compare_sides(desk: Desk, ask: Ask, sides: Sequence[Ask]) -> Draft | None:
    """The figures of two studies that were each told by its own side of a question; None where neither has any."""
    drafts = [lookup(desk, side) for side in sides]
    told = [d for d in drafts if d is not None and d.status is Status.ANSWERED]
    if not told:
        return None
    studies = [s for side in sides for s in side.studies]
    facts = [f for d in told for line in d.lines for f in line.facts]
    if ask.has("difference"):
        line = _computed(desk, ask, facts) if len(told) == len(sides) else None
        if line is None and len(told) < len(sides):
            return _one_side_only(desk, replace(ask, studies=tuple(studies)), facts)
        if line is not None:
            return answered([line, *(li for d in told for li in d.lines)], studies)
    lines = [line for d in told for line in d.lines]
    for side, draft in zip(sides, drafts, strict=True):
        if draft not in told and draft is not None and draft.lines:
            lines.append(draft.lines[0])
        elif draft not in told:
            what = joined([desk.speaker.short(m) for m in side.measures]) or "That"
            lines.append(Line(f"{upper_first(what)} is not reported for {desk.name(side.studies[0])}.", ()))
    draft = winner_first(desk, ask, answered(lines, studies))
    figures = {f.attribute for f in facts} - _NO_CAUTION
    return draft.cautioned(CAUTION) if figures & set(desk.vocabulary.measures) and len(told) > 1 else draft


def _one_side_only(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Draft | None:
    """``How many more in A than in B?`` where the review gives but one of the two: declined, with that one."""
    given = {f.study for f in facts}
    lacking = [s for s in ask.studies if s not in given]
    if len(ask.studies) != 2 or len(lacking) != 1 or not ask.measures:
        return None
    what = joined([desk.speaker.short(m) for m in ask.measures])
    text = f"The review does not report {what} for {desk.name(lacking[0])}, so there is nothing to set it against."
    own = [f for f in facts if f.attribute in ask.measures][:2]
    lines = [of_fact(desk.speaker.statement(f), f) for f in own]
    return declined(text, ask.studies).plus(*lines)


_ROSE = re.compile(
    r"\b(?:ris\w+|rose|increas\w+|gain\w*|improv\w+|climb\w*|drop\w*|fell|fall\w*|declin\w+|decreas\w+|chang\w+)\b",
    re.IGNORECASE,
)


def _of_ends(desk: Desk, ask: Ask) -> Draft | None:
    """``by how many points did it rise``: from the two ends that one sentence of the study prints."""
    if not ask.has("difference") or len(ask.studies) != 1 or len(ask.measures) != 1:
        return None
    (study,), (measure,) = ask.studies, ask.measures
    ends = [
        p
        for p in pairwise(desk.selector.reported(study, measure))
        if p[0].unit == "%" and _are_ends(desk, *p)
    ]
    ends = ends[:1] if _ROSE.search(ask.focus) else []
    ends = ends or ([] if ask.times else _told_ends(desk, study, measure))
    line = (ratio if _RATIO.search(ask.focus) else difference)(desk, ends[0]) if len(ends) == 1 else None
    return answered([line], ask.studies) if line else None


def _are_ends(desk: Desk, first: Fact, second: Fact) -> bool:
    """Whether two figures are printed as ``from the first to the second``."""
    text = desk.selector.quotes[first.passage]
    begins = first.passage == second.passage and re.search(r"\bfrom\s+$", text[: first.start])
    return bool(begins and re.search(r"\bto\s+$", text[first.end : second.start]))


def _told_ends(desk: Desk, study: str, measure: str) -> list[tuple[Fact, Fact]]:
    """``prolonged median survival from 20 to 31 days``: lengths of no group, in a sentence on the measure asked for alone."""
    facts = [f for f in desk.selector.of(study) if f.unit in LENGTHS]
    asked, found = {measure, f"median_{measure}"}, []
    if any(desk.selector.reported(study, m) for m in asked):
        return []
    for first, second in pairwise(facts):
        if first.unit != second.unit or first.attribute or second.attribute:
            continue
        before = desk.selector.quotes[first.passage][: first.start]
        named = (
            desk.review.reader.matchers.measures.find(tokens(before))
            if _are_ends(desk, first, second)
            else []
        )
        if named and asked & set(named[-1].ids):
            found.append((first, second))
    return found


def _asks_change(desk: Desk, ask: Ask) -> bool:
    """``by how much did it change in arm A``: a change that the study reports itself, of the arm named."""
    changes = [m for m in ask.measures if m.endswith("_change")]
    return (
        bool(changes)
        and not COMPARE.search(ask.focus)
        and all(len(group_wishes(desk, ask, s)) < 2 for s in ask.studies)
    )


def _computed(desk: Desk, ask: Ask, facts: Sequence[Fact]) -> Line | None:
    """The ratio or difference of two figures, the first of each study where there are more."""
    pairs = [list(facts)]
    studies = list(dict.fromkeys(f.study for f in facts))
    if len(facts) > 2 and len(studies) == 2:
        plain = [f for f in facts if f.unit != "range"]
        pairs.append(
            [
                next(
                    (f for f in plain if f.study == s and not f.group), next(f for f in plain if f.study == s)
                )
                for s in studies
            ]
        )
    elif len(facts) > 2:
        pairs.append([f for f in facts if f.group])
    if len(studies) == 1 and not ask.times and len({(f.attribute, f.group) for f in facts}) == 1:
        return None  # one figure at two times is no difference of what was to be compared
    work = ratio if _RATIO.search(ask.focus) else difference
    return next((line for pair in pairs if (line := work(desk, pair)) is not None), None)


def _p_values(desk: Desk, facts: Sequence[Fact]) -> list[Line]:
    """The p-values that belong to the figures compared."""
    about = {(f.study, f.attribute) for f in facts}
    found = [f for s in dict.fromkeys(f.study for f in facts) for f in desk.selector.reported(s, "p_value")]
    return [of_fact(desk.speaker.statement(f), f) for f in found if (f.study, f.of) in about]


# -- numbers of patients ---------------------------------------------------------------------------


def _of_sizes(desk: Desk, ask: Ask) -> Draft | None:
    """Sums, shares, ratios and differences of numbers of patients; None where something else is asked."""
    if ask.measures or ask.families or set(ask.characteristics) - {"n_patients", "arms"}:
        return None
    if _SUM.search(ask.focus) and len(ask.studies) != 1:
        return total_patients(desk, ask)
    of_part = len(ask.studies) == 1 and ask.groups and _SHARE.search(ask.focus) and not ask.described
    if not (of_part or _SIZES.search(ask.focus) or "n_patients" in ask.characteristics):
        return None
    if len(ask.studies) == 1:
        return _of_arms(desk, ask, ask.studies[0])
    if len(ask.studies) != 2 or _SHARE.search(ask.focus):
        return None
    order = [s for n in ask.named.names for s in n.studies if s in ask.studies and len(n.studies) == 1]
    facts = [f for s in dict.fromkeys([*order, *ask.studies]) if (f := size_of(desk, s)) is not None]
    line = (ratio if _RATIO.search(ask.focus) else difference)(desk, facts)
    return answered([line], ask.studies) if line else None


def _of_arms(desk: Desk, ask: Ask, study: str) -> Draft | None:
    """What is computed of the arms of one study: a share of the whole, or one against the other."""
    parts = arms_of(desk, study)
    named = [p for _, ids in ask.groups for p in parts if ids & p.group]
    if not named:  # the prose counts groups that the table does not
        told = [f for f in desk.selector.reported(study, "n_patients") if f.group and f.n is not None]
        named = [p for _, ids in ask.groups for p in told if ids <= p.group][:1]
    named = list(dict.fromkeys(named))
    whole = size_of(desk, study)
    line = None
    if _SHARE.search(ask.focus) and (ask.described or ask.times):
        return None  # "what proportion of adult ALL is T-ALL", "what share of arm A by year 5" is no share of a study
    if _SHARE.search(ask.focus):
        line = share_of_arm(named[0], whole) if len(named) == 1 and whole else None
    elif len(named) == 1 and whole and (named[0].n or 0) > (whole.n or 0) and _THAN.search(ask.focus):
        line = difference(desk, [named[0], whole])
    elif len(named) == 2 or (len(parts) == 2 and (not ask.groups or (named and _MORE.search(ask.focus)))):
        pair = named if len(named) == 2 else sorted(parts, key=lambda p: p not in named)
        line = (ratio if _RATIO.search(ask.focus) else difference)(desk, pair)
    return answered([line], [study]) if line else None


def arms_of(desk: Desk, study: str) -> list[Fact]:
    """The numbers of patients of a study's arms or subgroups, each once, the table's before the text's."""
    counts = [f for f in desk.selector.reported(study, "n_patients") if f.group and f.n is not None]
    cells = [f for f in counts if str(desk.selector.passage_kind(f)) == "cell"]
    return desk.selector.distinct(cells or counts)


def size_of(desk: Desk, study: str) -> Fact | None:
    """The number of all patients of a study, the table's before the text's."""
    counts = [f for f in desk.selector.reported(study, "n_patients") if not f.group and f.n is not None]
    cells = [f for f in counts if str(desk.selector.passage_kind(f)) == "cell"]
    return (cells or counts or [None])[0]  # type: ignore[list-item]


def total_patients(desk: Desk, ask: Ask) -> Draft | None:
    """The sum of the numbers of patients, or of those of one sort, of the studies named, else of all that give it."""
    studies = ask.studies or tuple(s.id for s in desk.review.studies)
    studies = tuple(s for s in studies if s not in ask.but)
    found = {s: _patients_asked(desk, ask, s) for s in studies}
    facts = [f for f in found.values() if f is not None]
    facts = [f for f in facts if f.group] or facts
    line = total_of(facts) if len({f.group for f in facts}) == 1 else None
    if line is None:
        return None
    draft = answered([line], [f.study for f in facts])
    left = [s for s in studies if facts[0].group and s not in {f.study for f in facts} and size_of(desk, s)]
    if not left:
        return draft
    return draft.plus(Line(f"That number is not given for {joined([desk.name(s) for s in left])}.", ()))


def sum_of_parts(desk: Desk, ask: Ask) -> Draft | None:
    """``the two groups of study A together``: the sum of the parts named, or of all, with what the review says it is."""
    said = ask.focus
    for label, _ in ask.groups:
        said = said.replace(label, " ")  # "the combined group" sums nothing
    summed = (_SUM.search(said) or _ADD.search(said)) and not _APART.search(said)
    if len(ask.studies) != 1 or ask.measures or ask.families or not summed:
        return None
    parts = arms_of(desk, ask.studies[0])
    named = [p for p in parts if any(ids <= p.group for _, ids in ask.groups)]
    every = EACH_ARM.search(ask.focus) or TOGETHER.search(ask.focus)
    added = named if len(named) > 1 else parts if every and not ask.groups else []
    whole = size_of(desk, ask.studies[0])
    line = parts_together(added)
    if line is None:
        return None
    amiss = whole is not None and len(added) == len(parts) and sum(p.n or 0 for p in parts) != whole.n
    return answered([line, *([parts_add_up(desk, whole, parts)] if amiss and whole else [])], ask.studies)


def _patients_asked(desk: Desk, ask: Ask, study: str) -> Fact | None:
    """How many patients of the sort asked for a study had; of all of them where none is asked for."""
    groups = [
        g
        for g in ask.groups
        if not re.search(rf"{re.escape(g[0])}\s+{_WHOLE_STUDIES.pattern}", ask.focus, re.IGNORECASE)
    ]
    ask = replace(ask, groups=tuple(groups))
    named = [ids for _, ids in (*ask.groups, *by_disease(desk, ask, study))]
    if len(set(named)) == 1 and (
        part := next((f for f in arms_of(desk, study) if f.group == named[0]), None)
    ):
        return part
    wishes = [] if not named and _WHOLE_STUDIES.search(ask.focus) else group_wishes(desk, ask, study)
    if not wishes:
        return size_of(desk, study)
    return next((f for f in arms_of(desk, study) if len(wishes) == 1 and f.group == wishes[0]), None)


# -- arms ------------------------------------------------------------------------------------------


def _outcome_of_arms(desk: Desk, ask: Ask) -> Ask:
    """``were children or adults better off?`` asks for survival, or else for responses, of those named."""
    named = [ids for _, ids in ask.groups]
    of_kind = ask.designs and ask.has("yes_no") and not _BETTER.search(ask.focus)
    if ask.has("why") or of_kind or not _FARED.search(ask.focus):
        return ask
    for family in ("survival", "response"):
        members = set(desk.vocabulary.families[family].includes if family in desk.vocabulary.families else ())
        held = [f.group for f in desk.review.facts if f.study in ask.studies and f.attribute in members]
        if any(ids in held for ids in named):
            groups = tuple(g for g in ask.groups if g[1] in held)
            return replace(ask, families=(family,), groups=groups)
    return ask


def _is_part_of_arm(
    desk: Desk, study: str, wishes: Sequence[frozenset[str]], groups: Sequence[frozenset[str]]
) -> bool:
    """Whether one arm's patients of one sort are named, of which sort all of the groups are."""
    arms = set(desk.review.arms.get(study, {}).values())
    parts = [wishes[0] - a for a in arms if a < wishes[0]] if len(wishes) == 1 else []
    return any(all(part <= g for g in groups) for part in parts)


def _of_whole_arms(desk: Desk, study: str, groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """The groups; where two or more are whole arms these alone, without the parts of each that are told, too."""
    whole = [g for g in groups if g in desk.review.arms.get(study, {}).values()]
    return whole if len(whole) > 1 and all(any(a <= g for a in whole) for g in groups) else groups


def _armed(desk: Desk, ask: Ask, study: str) -> list[Fact]:
    """The figures of the measure asked for that belong to an arm or subgroup, of whole arms where two have one."""
    facts = [f for f in desk.selector.reported(study, ask.measures[0]) if f.group]
    facts = [f for f in facts if not ask.times or any(same_time(f.time_point, t) for t in ask.times)]
    arms = set(desk.review.arms.get(study, {}).values())
    whole = [f for f in facts if f.group in arms]
    within = [f for f in facts if any(ids < f.group and ids not in arms for _, ids in ask.groups)]
    if len({f.group for f in within}) > 1:
        return within  # the arms' figures of the subgroup named
    return whole if len({f.group for f in whole}) > 1 and not ask.groups else facts


def _of_study_with_arms(desk: Desk, ask: Ask) -> Ask:
    """``by how much did RFS differ between the arms`` of no study named: the one that has it by arm."""
    if ask.studies or len(ask.measures) != 1 or not _ARMS_MEANT.search(fold(ask.focus)):
        return ask
    armed = [s.id for s in desk.review.studies if len({f.group for f in _armed(desk, ask, s.id)}) > 1]
    return replace(ask, studies=tuple(armed), described=True) if len(armed) == 1 else ask


def _with_and_without(desk: Desk, ask: Ask) -> Ask:
    """``OS of those bridged to transplant and those not``: of both groups, where the one study tells the measure of just these."""
    asked = [ids for _, ids in ask.groups]
    lacking = any(i.startswith("no-") for ids in asked for i in ids)
    if len(ask.studies) != 1 or lacking or not THOSE_NOT.search(ask.focus):
        return ask
    named = {i for m in desk.review.reader.matchers.populations.find(tokens(ask.focus)) for i in m.ids}
    named |= {i for m in ask.measures for i in desk.vocabulary.term(m).also}
    for measure in desk.measures(ask, ask.studies[0]):
        told = {f.group: f for f in reversed(desk.selector.reported(ask.studies[0], measure))}
        pairs = [(g, h) for g in told for h in told if g & named and h == {f"no-{i}" for i in g}]
        pairs = [p for p in pairs if not asked or p[0] in asked]
        if len(pairs) == 1:
            groups = tuple((told[g].group_label, g) for g in pairs[0])
            return replace(ask, measures=(measure,), groups=groups, cues=ask.cues | {"arms"})
    return ask


def _both_arms(desk: Desk, ask: Ask) -> Ask:
    """A comparison within one study that names no arm, or only one, means all its arms."""
    if len(desk.results(ask.measures)) != 1 or not ask.studies:
        return ask
    armed = [s for s in ask.studies if _armed(desk, ask, s)]
    if len(ask.studies) > 1 and (
        len(armed) != 1
        or not re.search(r"\b(?:arms?|groups?|alone|mono\w*|combo|combination)\b", ask.focus, re.IGNORECASE)
    ):
        return ask
    ask = replace(ask, studies=tuple(armed) or ask.studies)
    study = ask.studies[0]
    wishes = group_wishes(desk, ask, study)
    if len(wishes) >= 2 or len(ask.times) > 1:
        return ask
    of_arm = len(wishes) == 1 and wishes[0] in desk.review.arms.get(study, {}).values()
    first = {f.group: f for f in reversed(_armed(desk, ask, study))}
    groups = _of_whole_arms(desk, study, list(reversed(first)))
    one = of_arm or len(ask.groups) == 1 or _is_part_of_arm(desk, study, wishes, groups)
    if len(groups) >= 2 and (ask.has("arms") or one or _ARMS_MEANT.search(fold(ask.focus))):
        return replace(ask, cues=ask.cues | {"arms"}, groups=tuple((first[g].group_label, g) for g in groups))
    return ask
