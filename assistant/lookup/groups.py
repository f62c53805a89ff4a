"""The groups of a study that a question names, as the study's own groups where those are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.lookup.chosen import settled
from assistant.lookup.clipped import with_clipped
from assistant.lookup.crossed import told_together
from assistant.lookup.described import (
    CLAUSE,
    by_age,
    by_count,
    by_drug,
    by_gene,
    by_stage,
    by_threshold,
    by_words,
    each_arm,
    verbatim,
)
from assistant.lookup.diseases import by_disease
from assistant.lookup.dosing import by_dose, by_dosing, by_schedule
from assistant.lookup.everyone import is_all_given
from assistant.lookup.factors import by_factor
from assistant.lookup.foreign import foreign_groups
from assistant.lookup.history import of_history, without_shared
from assistant.lookup.lacking import by_lack
from assistant.lookup.noun import without_noun
from assistant.lookup.other_side import other_side
from assistant.lookup.prior import by_prior, says_before
from assistant.question.reader import Ask
from assistant.question.wording import UNDIVIDED
from assistant.spans.scan import scan
from assistant.text.text import fold, tokens

_SAYS_NOT = re.compile(
    r"\b(?:no|not|non|without|un\w+|control|wild|neg\w*)\b|n't|^non|^un|free\b", re.IGNORECASE
)
_LACKING = re.compile(r"(?:without|no)\b", re.IGNORECASE)
_WITH_FIRST = re.compile(r"\bwith (?:and|or|vs\.?|versus) (?:those )?without\b", re.IGNORECASE)
_AND_WITHOUT = re.compile(
    r"(?<=\w)[\s,]+(?:and|or|versus|vs\.?) (?:in (?:those|patients) )?(?:without|not)(?: (?:it|them"
    r"|having it))?\s*[?.!,]*$"
    r"|\b(?:compared (?:with|to)|versus|vs\.?|against|and with|or) (?:none|no such \w+|nothing)\b"
    r"|\bwith (?:and|or|versus|vs\.?) without\b",
    re.IGNORECASE,
)
"""Asks for both arms by what one of them had."""
_WITH_AND_WITHOUT_IT = re.compile(
    r"\bwith(?:out)? (?:and|or|vs\.?|versus) with(?:out)? (?:it|this|that|them|the (?:drug|antibody|agent|product|addition|study drug))\b"
    r"|\b(?:with|on) (?:it|the (?:drug|antibody|agent)) (?:and|or|vs\.?|versus) (?:without|off)\b",
    re.IGNORECASE,
)
"""Names both arms of a study by what one of them had."""
_RANKED_DOSE = re.compile(
    r"\b(?:high(?:er|est)?|low(?:er|est)?|upper|bigger|biggest|larger|largest|smaller|smallest|stronger|strongest|middle|top|bottom"
    r"|maximum|minimum|reduced|halved|full|conventional)\b"
    r"(?: of (?:the )?(?:two|three|four|\d))?(?:[\s-]+(?!and\b|or\b|than\b|of\b)[\w-]+){0,2}?[\s-]+"
    r"dos(?:e|es|ing)(?: levels?)?\b",
    re.IGNORECASE,
)
_RANKED_OTHER = re.compile(
    r"\b(?:the|at|on|vs\.?|versus|and) (?:high|low|upp|bigg|small|larg)er\b", re.IGNORECASE
)
"""Names the other one of two doses behind the first."""
_TWO_SIDES = re.compile(r"\b(?:between\b.+\band|versus|vs\.?|against|compared (?:with|to))\b", re.IGNORECASE)
_ARM = r"(?:arm|group|recipients|controls)\b"
_GIVEN = r"\b(?:on|given|receiving|got|with)\s+(?:the\s+)?"
_GIVEN_IT = re.compile(r"^(?:with|on|after|plus|given|under)\s+")
_CALLED_SO = re.compile(r"\s+(?:arm|group)$")
_PARTS = frozenset({"combination", "monotherapy", "control", "experimental"})
"""What arms are called by their part, which names no study as a drug does."""
_CALLED_ARM = re.compile(rf"\b{_ARM}|\b(?:alone|only|monotherapy)$", re.IGNORECASE)
_OF_STUDY = (
    r"\b(?:trial|study|analysis|paper|abstract)\s+(?:[^\W\d]+\s+)?"
    r"(?:of|with|on|about|using|testing|sur|sobre|su|mit|zu|con)\s+(?:the\s+)?"
)
"""Before a drug: it tells which study is meant (``the retrospective study of A``), and no arm."""
_JOINED = re.compile(
    r"\b(?:and|or|versus|vs\.?|against|both|each|either|than|compared|arms|groups)\b|/|&", re.IGNORECASE
)
_RELAPSED = frozenset({"relapsed-refractory", "relapsed"})
_KEPT = 32
"""Questions whose groups are kept: each step of answering wants those of the same one."""


@lru_cache(maxsize=_KEPT)
def groups_asked(desk: Desk, ask: Ask, study: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """(wording, ids) of each group a question names, as the study's own group where one is meant.

    A dose, a drug that one arm had, and a number of patients name a group, too.
    """
    ask = without_noun(desk, without_shared(desk, ask, study), study)
    alone = desk.own.alone(study, ask.focus)
    if alone is not None:
        arms_of = {g.ids for g in desk.own.arms(study)}
        parts = [(label, desk.own.meant(study, label, ids) or ids) for label, ids in ask.groups]
        own = {i for o in desk.own.of(study) for i in o.ids}
        within = [g for g in parts if g[1] not in arms_of and g[1] <= own]
        return tuple(with_clipped(desk, ask, study, [alone, *within]))
    if UNDIVIDED.search(ask.focus):
        arms_of = {g.ids for g in desk.own.arms(study)}
        ask = replace(
            ask, groups=tuple(g for g in ask.groups if (desk.own.meant(study, *g) or g[1]) not in arms_of)
        )
    narrowing = [_as_own(desk, study, *g) for g in ask.groups if not is_all_given(desk, study, *g)]
    narrowing = _without_named_drug(desk, ask, study, _without_titled(desk, ask, study, narrowing))
    everyone = desk.review.populations.get(study, frozenset())
    named = [
        (
            _shown(label, ids),
            _as_printed(desk, study, label)
            or (ids if ids <= everyone else desk.own.meant(study, label, ids) or ids),
        )
        for label, ids in narrowing
    ]
    named = with_clipped(desk, ask, study, named)
    named = _of_arms_named(desk, study, named)
    named += by_gene(desk, ask, study, named)
    named += by_threshold(desk, ask, study)
    named += by_stage(desk, ask, study)
    named += by_dose(desk, ask, study) or by_dosing(desk, ask, study)
    named += by_schedule(desk, ask, study)
    named += by_age(desk, ask, study, named)
    named = _with_diseases(named, by_disease(desk, ask, study))
    named = by_prior(desk, ask, study, named)
    if _AND_WITHOUT.search(ask.focus) and len(named) == 1:
        others = [("the other", ids) for ids in desk.own.other(study, [named[0][1]])]
        behind = _LACKING.match(named[0][0]) and _WITH_FIRST.search(ask.focus)
        named = others + named if behind else named + others
    arms = desk.own.arms(study)
    of_arms = [ids for _, ids in named if ids in {a.ids for a in arms}]
    if _WITH_AND_WITHOUT_IT.search(ask.focus) and len(arms) == 2 and not of_arms:
        named += [(arm.labels[0], arm.ids) for arm in arms]
        of_arms = [arm.ids for arm in arms]
    if ask.has("compare") and len(of_arms) == 1 and len(arms) == 2 and _TWO_SIDES.search(ask.focus):
        named += other_side(desk, ask, study, of_arms)
    ranked = _RANKED_DOSE.search(ask.focus)
    placed = None
    if ranked and all(label.lower() in ranked[0].lower() for label, _ in named):
        placed = None if _reported(desk, ask, study, named) else desk.own.at_rank(study, ranked[0])
    if ranked and placed:
        both = _RANKED_OTHER.search(ask.focus, ranked.end()) and len(desk.own.ranked(study)) == 2
        named = [(a.labels[0], a.ids) for a in desk.own.ranked(study)] if both else [(ranked[0], placed)]
    if ranked and not ask.groups and not named and not desk.own.ranked(study):
        named = [(ranked[0], frozenset({ranked[0].lower()}))]
    named += by_lack(desk, ask, study)
    whole = verbatim(desk, ask, study)
    parts = [g for g in named if any(g[0].lower() in label != g[0].lower() for label, _ in whole)]
    if parts:  # "low-dose alphamab" is not the low dose of another drug
        named = [*(g for g in named if g not in parts), *whole]
    if whole and not ask.measures and "n_patients" in ask.characteristics:
        sized = {f.group for f in desk.selector.reported(study, "n_patients") if f.n is not None}
        named = [*(g for g in named if g[1] in sized and g not in whole), *whole]
    if len(arms) == 1 and all(ids == arms[0].ids for _, ids in named):
        named = by_words(desk, ask, study) or named  # "those who went on with A" where all had A
    named = named or by_factor(desk, ask, study) or by_words(desk, ask, study)
    if named:
        named += [arm for arm in by_drug(desk, ask, study) if _divided(desk, ask, study, named, arm[1])]
    else:
        named = by_drug(desk, ask, study) or each_arm(desk, ask, study)
    prior = any(i.removeprefix("no-").startswith("prior-") for _, ids in named for i in ids)
    strange = foreign_groups(desk, replace(ask, groups=tuple(named)), study)
    strange = strange or of_history(desk, ask, study, named)
    named += [
        g for g in strange if not (prior and says_before(g[0]))
    ]  # "who had failed A": failing is no group
    own_ids = {a.ids for a in desk.own.arms(study)}
    if len(named) > 1 and any(ids in own_ids for _, ids in named):  # "A alone" where one arm was A
        named = [(label, ids) for label, ids in named if label.lower() != "alone" or ids in own_ids]
    named = [
        (label, frozenset({"placebo"}) if _is_unheld_placebo(desk, study, label) else ids)
        for label, ids in settled(desk, ask, study, named, narrowing)
    ]
    denied = {i.removeprefix("no-") for _, ids in named for i in ids if i.startswith("no-")}
    named = [(label, ids - denied or ids) for label, ids in named]
    return tuple(dict.fromkeys(by_count(desk, ask, study, named)))


def _as_printed(desk: Desk, study: str, label: str) -> frozenset[str]:
    """The part of the arms that a row is headed with in these very words (``A, RS negative``); none elsewhere."""
    if "-" not in label and " " not in label:
        return frozenset()
    words = fold(label).lower().replace("-", " ")
    arms = [a.ids for a in desk.own.arms(study)]
    own = (g for g in desk.own.of(study) if any(x.split(", ", 1)[1:] == [words] for x in g.labels))
    parts = {g.ids - max((a for a in arms if a < g.ids), key=len, default=frozenset()) for g in own}
    return parts.pop() if len(parts) == 1 else frozenset()


def _as_own(desk: Desk, study: str, label: str, ids: frozenset[str]) -> tuple[str, frozenset[str]]:
    """``the standard arm``, which the question reader took for that of another study, by the words for it."""
    own = desk.review.arms.get(study, {})
    elsewhere = any(ids in arms.values() for s, arms in desk.review.arms.items() if s != study)
    if ids in own.values() or not elsewhere or any(ids & g.ids for g in desk.own.of(study)):
        return label, ids
    bare = _GIVEN_IT.sub("", label.lower())
    bare = bare if bare in map(str.lower, own) else _CALLED_SO.sub("", bare)
    if arm := next((own_ids for name, own_ids in own.items() if name.lower() == bare), None):
        return label, arm  # "with A", which another study calls an arm of its own
    words = tokens(label)
    found = [m for m in desk.review.reader.matchers.populations.find(words) if m.end - m.start == len(words)]
    return label, frozenset(found[0].ids[:1]) if found else ids


def _is_unheld_placebo(desk: Desk, study: str, label: str) -> bool:
    """Whether a placebo is named of a study whose control got another drug: no passage on it speaks of one."""
    if "placebo" not in label.lower():
        return False
    own = (p for p in desk.review.passages if study in p.studies)
    return not any("placebo" in f"{p.text} {p.quote}".lower() for p in own)


def _without_titled(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """``how many were in the study of A?``, ``the control arm of the trial with A``: A names the study alone."""
    arms = {a.ids for a in desk.own.arms(study)}
    titled = [g for g in named if g[1] in arms and _is_titled(g[0], ask.focus)]
    beside = any(g[1] in arms for g in named if g not in titled)
    sized = ask.characteristics == ("n_patients",) and not ask.measures
    return [g for g in named if g not in titled] if beside or sized else list(named)


def _is_titled(label: str, focus: str) -> bool:
    """Whether a label stands but once, behind what announces the name of a study."""
    whole = re.escape(label)
    found = re.search(rf"{_OF_STUDY}{whole}(?![\w-]|\s+{_ARM})", focus, re.IGNORECASE)
    return bool(found) and len(re.findall(rf"\b{whole}\b", focus, re.IGNORECASE)) == 1


def _without_named_drug(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """``A after transplant: RFS in the placebo arm``: the drug names the study, and only the arm called so is meant."""
    arms = {a.ids for a in desk.own.arms(study)}
    of_arms = [(label, ids) for label, ids in named if ids in arms]
    if len(of_arms) != 2 or ask.has("compare", "difference") or _JOINED.search(ask.focus):
        return list(named)
    if told_together(desk, study, [ids for _, ids in of_arms]):
        return list(named)  # "with A in stratum 2"
    called = [
        g
        for g in of_arms
        if _CALLED_ARM.search(g[0])
        or re.search(rf"{re.escape(g[0])}\s+{_ARM}|{_GIVEN}{re.escape(g[0])}", ask.focus)
    ]
    said = all(
        label in ask.focus and not ids & _PARTS for label, ids in of_arms if (label, ids) not in called
    )
    if not said or len(called) != 1:
        return list(named)
    return [g for g in named if g in called or g[1] not in arms]


def _reported(desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Whether the study gives what is asked of one of the groups named."""
    told = {f.group for f in desk.selector.of(study) if f.attribute in ask.measures}
    return any(ids <= group for _, ids in named for group in told)


def _of_arms_named(
    desk: Desk, study: str, meant: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """The groups meant; a part of another arm than the one named becomes one that no figure belongs to."""
    arms = {g.ids for g in desk.own.arms(study)}
    named = [ids for _, ids in meant if ids in arms]

    def is_foreign(ids: frozenset[str]) -> bool:
        within = [a for a in arms if a < ids]
        return bool(named and within) and ids not in arms and not any(a in named for a in within)

    def placed(label: str, ids: frozenset[str]) -> frozenset[str]:
        own = [a for a in arms if a < ids and _is_called(desk, study, label, a, ids - a)]
        if len(own) == 1 and ids not in arms:
            return own[0]
        return frozenset({f"{label} of {named[0]}"}) if is_foreign(ids) else ids

    return [(label, placed(label, ids)) for label, ids in meant]


def _is_called(desk: Desk, study: str, label: str, arm: frozenset[str], rest: frozenset[str]) -> bool:
    """``isolated extramedullary disease`` of a study that calls its extramedullary arm so, and tells no part of it."""
    facts = desk.selector.of(study)
    if any(rest & f.group for f in facts):
        return False
    places = {f.passage for f in facts if arm <= f.group}
    return any(fold(label).lower() in fold(desk.selector.places[p].quote).lower() for p in places)


def _with_diseases(
    named: Sequence[tuple[str, frozenset[str]]], parts: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """The groups, the parts with leukaemia or lymphoma in the place of the bare words for them."""
    denied = {label.lower().removeprefix("not ") for label, _ in named if label.lower().startswith("not ")}
    parts = [p for p in parts if p[0].lower() not in denied]
    words = {w for label, _ in parts for w in label.lower().split()}
    kept = [
        g for g in named if g[1] not in [ids for _, ids in parts] and not words & set(g[0].lower().split())
    ]
    return [*kept, *parts] if parts else list(named)


def _divided(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]], arm: frozenset[str]
) -> bool:
    """Whether the figures asked for are told arm by arm within the subgroup named."""
    own = set(desk.review.arms.get(study, {}).values())
    if any(ids in own for _, ids in named):
        return False
    within = {f.group for f in desk.selector.of(study) if f.attribute in ask.measures}
    return any(ids | arm <= g for _, ids in named for g in within)


def _shown(label: str, ids: frozenset[str]) -> str:
    """The wording with the negation that stood before it."""
    negated = any(i.startswith("no-") for i in ids) and not _SAYS_NOT.search(label)
    return f"not {label}" if negated else label


def aligned(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with the groups of its one study in place of its own words for them."""
    if len(ask.studies) != 1:
        return ask
    ask = without_shared(desk, _by_status(desk, ask, ask.studies[0]), ask.studies[0])
    if ask.characteristics == ("dose",) and ask.wants == "count" and _RANKED_DOSE.search(ask.focus):
        ask = replace(ask, characteristics=("n_patients",))  # "how many were given the lower dose?"
    figures = ask.measures or ask.families or "n_patients" in ask.characteristics
    if not figures:
        return _sized(desk, ask, ask.studies[0])
    groups = groups_asked(desk, ask, ask.studies[0])
    if groups == ask.groups:
        return ask
    ask = _without_told(desk, ask, groups)
    own = {g.ids for g in desk.own.of(ask.studies[0])}
    told = " ".join(label for label, ids in groups if (label, ids) not in ask.groups and ids in own)
    values = tuple(v for v in ask.values if v.text not in told)
    return replace(ask, groups=groups, values=values)


def _by_status(desk: Desk, ask: Ask, study: str) -> Ask:
    """``how many were untreated, how many had come back?`` of a study of both sorts that reports no relapses.

    What the question calls a relapse is then what the patients were taken in with.
    """
    told = ask.measures and all(m.startswith("relapse") for m in ask.measures)
    if not told or ask.wants != "count" or ask.times or not ask.groups:
        return ask
    sizes = {f.group for f in desk.selector.reported(study, "n_patients") if f.group and f.n is not None}
    relapsed = [g for g in sizes if _RELAPSED & g]
    beside = all(any(ids <= g for g in sizes if g not in relapsed) for _, ids in ask.groups)
    if not beside or len(relapsed) != 1 or any(desk.selector.reported(study, m) for m in ask.measures):
        return ask
    label = " ".join(key for key, term in ask.aliases if term in ask.measures) or "relapsed"
    groups = (*ask.groups, (label, relapsed[0]))
    return replace(ask, measures=(), characteristics=("n_patients",), groups=groups)


def _without_told(desk: Desk, ask: Ask, groups: Sequence[tuple[str, frozenset[str]]]) -> Ask:
    """``OS of those who became transfusion-independent by week 24``: what tells the group is not asked, too."""
    told = " ".join(label for label, ids in groups if (label, ids) not in ask.groups and CLAUSE.match(label))
    if not told:
        return ask
    bare = re.sub(r"^with\s+", "", told)  # "with MRD left" tells a group, "MRD left" what is not asked
    spans = [s for text in (told, bare) for s in scan(fold(text), desk.review.reader.matchers)]
    said = {i for s in spans if s.kind == "measure" for i in s.ids}
    when = {i for s in spans if s.kind in {"time", "value"} for i in s.ids}
    return replace(
        ask,
        measures=tuple(m for m in ask.measures if m not in said) or ask.measures,
        times=tuple(t for t in ask.times if t not in when) or ask.times,
    )


def _sized(desk: Desk, ask: Ask, study: str) -> Ask:
    """``what share had lymphoma?`` with the number of patients of that part of the study as what is asked."""
    if ask.characteristics or not (ask.wants or any(v.unit == "%" for v in ask.values)) or ask.has("why"):
        return ask
    sizes = {f.group for f in desk.selector.reported(study, "n_patients") if f.group and f.n is not None}
    everyone = desk.review.populations.get(study, frozenset())
    told = [g for g in ask.groups if g[1] in sizes]
    beside = any(ids not in sizes and not ids <= everyone for _, ids in ask.groups)
    parts = by_disease(desk, ask, study) or ([] if beside else told)  # "of those with A, how many had B?"
    return replace(ask, characteristics=("n_patients",), groups=tuple(parts)) if parts else ask
