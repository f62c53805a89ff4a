"""Which arms or subgroups of a study a question wants."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.ages import ages_claimed, ages_named, ages_of_group, printed_range
from assistant.desk import Desk
from assistant.heads import read_head
from assistant.lookup_diseases import by_disease
from assistant.lookup_dosing import by_dose, by_dosing, by_schedule
from assistant.lookup_foreign import describes_all, foreign_groups
from assistant.lookup_prior import by_prior
from assistant.model import Fact
from assistant.own_groups_reading import names_drug
from assistant.question import Ask
from assistant.question_wording import EACH_ARM
from assistant.spans import scan
from assistant.text import fold, tokens

_ONLY = re.compile(r"\b(?:only|just|alone|specifically|exclusively)\b", re.IGNORECASE)
_RESPONSES = frozenset({"responders"})
_MRD_NEGATIVE = frozenset({"mrd-negative"})
_SUBGROUP = re.compile(
    r"\b(?:only|just|alone|subgroup|subset|specifically|exclusively|how many|number of|among|n)\b"
    r"|\b(?:without|not|no) (?:[A-Z][-/])?(?:LBL|lymphomas?|leuk[a]?emias?)\b|\((?:not|no|without|excluding)\b"
    r"|\b(?:rather than|as opposed to|excluding)\b",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?:and|or|vs|versus|than|against|compared|with|from|to|between)\b|[,/&]", re.IGNORECASE
)
_JOINED = re.compile(r"\b(?:and|or|vs|versus|than|against|compared)\b|[/&]", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\s*(?:arm|group)?\s*(?:patients|adults|children|those|people|participants|subjects|ones|cases|men|women|individuals|arm|group)\s+"
    r"(?:with|who|whose|having|that|in the|in)\b(?!.*\b(?:and|or|vs|versus|than)\b)[^,;/]*"
)
"""Stands between two words for one subgroup: ``arm A patients with high risk``."""
_WHO_HAD = re.compile(
    r"\s*(?:arm|group|patients|participants|people|those|ones|cases)?\s*(?:who|that|which)\s+(?:also\s+|had\s+)?"
    r"(?:got|had|took|received|were|was|have|got|been|given|on|with|the|an?|\s)*",
    re.IGNORECASE,
)
"""Stands between two words for one subgroup: ``inhibitor patients who got no prophylaxis``."""
_STUDY = re.compile(
    r"[- ](?:\w+ )?(?:trial|study|studies|series|registry|report|abstract|poster)\b", re.IGNORECASE
)
_EFFECT = re.compile(
    r"\b(?:did|does|do|can|could|would)\b[^?]{0,40}\b(?:reduc\w+|add|increas\w+|improv\w+|prolong\w*"
    r"|rais\w+|lower|chang\w+|"
    r"affect\w*|help|worsen\w*|caus\w+|lead|shorten|lengthen|extend|benefit|matter)\b|\beffects? of\b"
    r"|\bimpact of\b",
    re.IGNORECASE,
)
"""Asks what a drug did: the arms are to be set side by side."""
_LEFT_OUT = re.compile(
    r"\b(?:without|no|not|never|minus|omitting|lacking|spared|except)\b(?:\W+\w+){0,2}\W*$"
    r"|n't(?:\W+\w+){0,2}\W*$",
    re.IGNORECASE,
)
_WAS_LEFT_OUT = re.compile(
    r"(?:-free\b|\s+(?:was|is|being)\s+(?:not|n't)|\s+(?:(?:was|is|being)\s+)?(?:omitted|left (?:out|off)"
    r"|withheld|dropped|spared|taken away))"
    r"|\s+wasn't",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|those|these|all|of|among|in|for)\s+$", re.IGNORECASE)
_PROVERBIAL = re.compile(r"(?:a|one|every)?\s*hundred|\b100$", re.IGNORECASE)
"""``how many in a hundred`` asks for a percentage."""
_OF_PEOPLE = re.compile(
    r"(?:\s+(?!(?:had|have|were|was|did|died|got)\b)[\w/-]+){0,3}?\s+(?:patients|adults|children|people"
    r"|participants|"
    r"subjects|women|men|cases|recipients)\b",
    re.IGNORECASE,
)
_SAYS_NOT = re.compile(
    r"\b(?:no|not|non|without|un\w+|control|wild|neg\w*)\b|n't|^non|^un|free\b", re.IGNORECASE
)
_AND_WITHOUT = re.compile(
    r"\b(?:and|or|versus|vs\.?) (?:in (?:those|patients) )?(?:without|not)(?: (?:it|them"
    r"|having it))?\s*[?.!,]*$"
    r"|\b(?:compared (?:with|to)|versus|vs\.?|against|and with|or) (?:none|no such \w+|nothing)\b"
    r"|\bwith (?:and|or|versus|vs\.?) without\b",
    re.IGNORECASE,
)
"""Asks for both arms by what one of them had."""
_RANKED_DOSE = re.compile(
    r"\b(?:highest|lowest|higher|lower|middle|top|maximum|minimum)\b(?:[\s-]+(?!and\b|or\b|than\b)[\w-]+){0,2}?[\s-]+dose(?: level)?\b",
    re.IGNORECASE,
)
_TWO_SIDES = re.compile(r"\b(?:between\b.+\band|versus|vs\.?|against|compared (?:with|to))\b", re.IGNORECASE)
_WHOLE = frozenset("arm group dose recipient alone only patient treated".split())
"""Keys of words beside a treatment's name that tell nobody apart."""
_UNDIVIDED = re.compile(
    r"\b(?:not|regardless|irrespective|without|pool\w*|averaged|merged|combin(?:ed|ing)|taken together|lumped)\b[^,;?]*$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(
    r"\b(?:right|true|correct|yes|no|(?:is|was|did|does|were|are|has|had)(?:n't| not) (?:it|they|there))\W*\?\W*$",
    re.IGNORECASE,
)
"""Ends a statement that is to be confirmed."""
_RELAPSED = frozenset({"relapsed-refractory", "relapsed"})
_DIFFERING = re.compile(r"\bvs\b|\bversus\b|±|\bor\b")


def groups_asked(desk: Desk, ask: Ask, study: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """(wording, ids) of each group a question names, as the study's own group where one is meant.

    A dose, a drug that one arm had, and a number of patients name a group, too.
    """
    alone = desk.own.alone(study, ask.focus)
    if alone is not None:
        return (alone,)
    narrowing = [g for g in ask.groups if not _is_all_given(desk, study, *g)]
    named = [(_shown(label, ids), desk.own.meant(study, label, ids) or ids) for label, ids in narrowing]
    named = _of_arms_named(desk, study, named)
    named += _by_threshold(desk, ask, study)
    named += _by_stage(desk, ask, study)
    named += by_dose(desk, ask, study) or by_dosing(desk, ask, study)
    named += by_schedule(desk, ask, study)
    named += _by_age(desk, ask, study, named)
    named = _with_diseases(named, by_disease(desk, ask, study))
    named = by_prior(desk, ask, study, named)
    if _AND_WITHOUT.search(ask.focus) and len(named) == 1:
        named += [("the other", ids) for ids in desk.own.other(study, [named[0][1]])]
    arms = desk.own.arms(study)
    if ask.has("compare") and len(named) == 1 and len(arms) == 2 and _TWO_SIDES.search(ask.focus):
        named += [("the other", ids) for ids in desk.own.other(study, [named[0][1]])]
    ranked = _RANKED_DOSE.search(ask.focus)
    placed = desk.own.at_rank(study, ranked[0]) if ranked and not ask.groups and not named else None
    if ranked and placed:
        named = [(ranked[0], placed)]
    if ranked and not ask.groups and not named and not desk.own.ranked(study):
        named = [(ranked[0], frozenset({ranked[0].lower()}))]
    named = named or _by_words(desk, ask, study)
    if named:
        named += [arm for arm in _by_drug(desk, ask, study) if _divided(desk, ask, study, named, arm[1])]
    else:
        named = _by_drug(desk, ask, study) or _each_arm(desk, ask, study)
    named += foreign_groups(desk, replace(ask, groups=tuple(named)), study)
    own_ids = {a.ids for a in desk.own.arms(study)}
    if len(named) > 1 and any(ids in own_ids for _, ids in named):  # "A alone" where one arm was A
        named = [(label, ids) for label, ids in named if label.lower() != "alone" or ids in own_ids]
    denied = {i.removeprefix("no-") for _, ids in named for i in ids if i.startswith("no-")}
    named = [(label, ids - denied or ids) for label, ids in named]
    return tuple(dict.fromkeys(_by_count(desk, ask, study, named)))


def _of_arms_named(
    desk: Desk, study: str, meant: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """The groups meant; a part of another arm than the one named becomes one that no figure belongs to."""
    arms = {g.ids for g in desk.own.arms(study)}
    named = [ids for _, ids in meant if ids in arms]

    def is_foreign(ids: frozenset[str]) -> bool:
        within = [a for a in arms if a < ids]
        return bool(named and within) and ids not in arms and not any(a in named for a in within)

    return [
        (label, frozenset({f"{label} of {named[0]}"}) if is_foreign(ids) else ids) for label, ids in meant
    ]


def _by_threshold(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``at the stricter cut-off``: the figures at the lower of the thresholds that a study's are told by."""
    strict = _STRICTER.search(ask.focus)
    if strict is None or any(_THRESHOLD.fullmatch(i) for _, ids in ask.groups for i in ids):
        return []
    own = [f.group for f in desk.review.facts if f.study == study and f.attribute in ask.measures]
    told = sorted((i for group in own for i in group if _THRESHOLD.fullmatch(i)), key=lambda i: int(i[3:]))
    return [(strict[0], frozenset({told[-1]}))] if told else []


_STRICTER = re.compile(
    r"\b(?:strict(?:er|est)|deep(?:er|est)|tight(?:er|est)|lower|lowest|finer|finest"
    r"|more (?:sensitive|stringent)|most (?:sensitive|stringent))"
    r" (?:\w+ )?(?:thresholds?|cut-?offs?|levels?|limits?|sensitivity|depth)\b",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(r"10-\d")
_OF_THOSE = re.compile(
    r"\bof (?:the|those|all|its) (?:patients |people )?(?:enrol|recruit|screen|random)", re.IGNORECASE
)
_STAGES = {
    "enrolled": r"enrol\w*|recruit\w*",
    "randomised": r"randomi[sz]\w*",
    "randomized": r"randomi[sz]\w*",
    "screened": r"screen\w*",
}


def _by_stage(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``how many were enrolled`` of a study whose size is the number infused, beside that enrolled."""
    if ask.groups or ask.measures or "n_patients" not in ask.characteristics or _OF_THOSE.search(ask.focus):
        return []
    own = {g.ids for g in desk.own.of(study)}
    found = [
        (name, frozenset({name}))
        for name, said in _STAGES.items()
        if frozenset({name}) in own and re.search(rf"\b(?:{said})\b", ask.focus, re.IGNORECASE)
    ]
    return found[:1]


_NOT = re.compile(r"\b(?:not|never|fail\w* to|without|unable to)\b|n't\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:(?:those|patients|carriers|participants|adults|children)\s+)?(?:who|with|whose|without)\s"
)
_SAYS_NOTHING = frozenset("received given with were patient other those had took underwent".split())
_WORDS_SHARED = 2


def _by_words(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """The subgroup that a sentence describes in words of its own (``who received the reduced dose``), by these words."""
    told = {t.key for n in ask.named.names for t in tokens(n.text)}
    asked = {t.key for t in tokens(ask.focus)} - told
    for own in desk.own.of(study):
        label = next((label for label in own.labels if _CLAUSE.match(label)), "")
        words = {t.key for t in tokens(label)} - told - _SAYS_NOTHING - desk.vocabulary.scaffold
        if len(words & asked) >= _WORDS_SHARED and 2 * len(words & asked) >= len(words):
            other = frozenset(f"no-{i}" for i in own.ids)
            return [("those who did not", other)] if _NOT.search(ask.focus) else [(label, own.ids)]
    return []


def _is_all_given(desk: Desk, study: str, label: str, ids: frozenset[str]) -> bool:
    """Whether a wording names but the treatment that all patients of a study had."""
    if desk.own.meant(study, label, ids) is not None or any(i.startswith("no-") for i in ids):
        return False
    given = [f.value for f in desk.selector.reported(study, "agents") if not f.group]
    words = {t.key for t in tokens(label) if not t.key.isdigit()} - _WHOLE
    return (
        len(given) == 1
        and not _DIFFERING.search(given[0])
        and bool(words)
        and words <= {t.key for t in tokens(given[0])}
    )


def _with_diseases(
    named: Sequence[tuple[str, frozenset[str]]], parts: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """The groups, the parts with leukaemia or lymphoma in the place of the bare words for them."""
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
    within = {f.group for f in desk.review.facts if f.study == study and f.attribute in ask.measures}
    return any(ids | arm <= g for _, ids in named for g in within)


def _shown(label: str, ids: frozenset[str]) -> str:
    """The wording with the negation that stood before it."""
    negated = any(i.startswith("no-") for i in ids) and not _SAYS_NOT.search(label)
    return f"not {label}" if negated else label


def aligned(desk: Desk, ask: Ask) -> Ask:
    """``ask`` with the groups of its one study in place of its own words for them."""
    if len(ask.studies) != 1:
        return ask
    ask = _by_status(desk, ask, ask.studies[0])
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
    told = " ".join(label for label, ids in groups if (label, ids) not in ask.groups and _CLAUSE.match(label))
    if not told:
        return ask
    spans = scan(fold(told), desk.review.reader.matchers)
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
    parts = by_disease(desk, ask, study) or [g for g in ask.groups if g[1] in sizes]
    return replace(ask, characteristics=("n_patients",), groups=tuple(parts)) if parts else ask


def _by_age(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """``in those aged 45 to 55``: a group by age, where no group named is one and not all patients were of it."""
    asked = ages_claimed(ask.focus) or ages_named(ask.focus)
    if asked is None or not ask.measures or ask.has("yes_no", "list", "count_studies"):
        return []
    told = {i for _, ids in named for i in ids} | {
        i for f in desk.review.facts if f.study == study for i in f.group
    }
    ranges = [r for f in desk.selector.reported(study, "age_range") if (r := printed_range(f.value))]
    everybody = ranges and asked[0] <= ranges[0][0] and ranges[0][1] <= asked[1]
    if everybody or any(ages_of_group(i) or re.search(r"\d", i) for i in told):
        return []
    label = f"patients aged {asked[0]}-{asked[1]}" if asked[1] < 120 else f"patients over {asked[0] - 1}"
    return [(label, frozenset({label}))]


def _each_arm(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """All arms, where each of them is asked for."""
    each = EACH_ARM.search(ask.focus)
    if each is None or ask.everyone or _UNDIVIDED.search(ask.focus[: each.start()]):
        return []
    arms = desk.own.arms(study)
    return [(arm.labels[0], arm.ids) for arm in arms] if len(arms) > 1 else []


def _by_drug(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``when the drug was added``: the arm that alone had it, or, ``left out``, the other."""
    if ask.has("compare", "difference", "list", "max", "min", "arms") or _EFFECT.search(ask.focus):
        return []
    named = desk.own.with_drug(study, ask.focus)
    if named is None:
        return []
    drug, ids = named
    around = re.search(rf"(.{{0,24}}){re.escape(drug)}(.{{0,24}})", fold(ask.focus), re.IGNORECASE)
    if around is None or _STUDY.match(around[2]):
        return []
    if _LEFT_OUT.search(around[1]) or _WAS_LEFT_OUT.match(around[2]):
        others = desk.own.other(study, [ids])
        return [(f"without {drug}", others[0])] if len(others) == 1 else []
    return [(drug, ids)]


def _by_count(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """The groups, ``the 41 … patients`` as the group of that size, or as one that no figure belongs to."""
    found = list(named)
    if _TO_CONFIRM.search(ask.focus):
        return found
    for value in ask.values:
        before = ask.focus[: value.start]
        if (
            value.unit != "patients"
            or value.n is None
            or not _THE.search(before)
            or _PROVERBIAL.match(value.text)
        ):
            continue
        own = [f for f in desk.review.facts if f.study == study]
        sizes = [f for f in own if f.total == value.n or (f.group and f.n == value.n)]
        if value.n == desk.selector.total(study) or not _OF_PEOPLE.match(ask.focus[value.end :]):
            continue
        counted = [f.group for f in sizes if f.attribute == "n_patients" and f.group and f.n == value.n]
        if counted and not found:
            found.append((value.text, counted[0]))
        elif not sizes:
            rest = _OF_PEOPLE.match(ask.focus[value.end :])
            label = f"{value.text}{rest[0] if rest else ''}".strip()
            found = [(label, frozenset({f"{value.n} patients"}))]
    return found


def group_wishes(desk: Desk, ask: Ask, study: str) -> list[frozenset[str]]:
    """The arms or subgroups asked for in one study, each a set of ids; none means all patients.

    Words that hold for every patient of the study, and words that only describe it, are left out;
    words that together name one subgroup stay together.
    """
    ask = replace(ask, groups=groups_asked(desk, ask, study))
    everyone = _everyone(desk, ask, study)
    facts = [f for f in desk.review.facts if f.study == study and f.group]
    wishes = [wish for _, ids in ask.groups if (wish := ids - everyone - {"all"})]
    if ask.described or not (ask.inherited or ask.named.of("number", "nct", "author", "code", "agent")):
        known = frozenset(g for f in facts for g in f.group)
        telling = known | {i for w in wishes for i in w if i not in desk.vocabulary.populations}
        wishes = [w for w in wishes if w & telling or _narrows(w)] or wishes
    if set(ask.measures) & {m for f in ("response", "remission") for m in _members(desk, f)}:
        wishes = [w for w in wishes if w != _RESPONSES or any(w <= f.group for f in facts)]
    if ask.measures and all("DOR" in m or m == "TTR" for m in ask.measures):
        wishes = [w for w in wishes if w != _RESPONSES or any(w <= f.group for f in facts)]
    if "MRD_negativity" in ask.measures:
        wishes = [w for w in wishes if w != _MRD_NEGATIVE or any(w <= f.group for f in facts)]
    wishes = [kept for w in wishes if (kept := _without_topic(desk, ask, study, w, len(wishes)))]
    if len(ask.studies) > 1:
        wishes = [w for w in wishes if not _of_another(desk, ask, study, w)]
    wishes = [
        w for w in wishes if any(w <= f.group for f in facts) or not describes_all(desk, study, w)
    ] or wishes
    wishes = _within_arms(desk, ask, study, wishes)
    own = set(desk.review.arms.get(study, {}).values())
    if len(wishes) > 1 and not _arms_apart(desk, study, wishes) and _one_subgroup(ask, wishes, facts, own):
        wishes = [frozenset[str]().union(*wishes)]
    if ask.everyone and wishes:
        wishes = [frozenset(), *wishes]
    return list(dict.fromkeys(wishes))


def _members(desk: Desk, family: str) -> tuple[str, ...]:
    found = desk.vocabulary.families.get(family)
    return found.includes if found else ()


def _within_arms(desk: Desk, ask: Ask, study: str, wishes: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """``the blastoid cases on A``: a subgroup and arms named together mean the subgroup within each arm."""
    own = set(desk.review.arms.get(study, {}).values())
    arms = [w for w in wishes if w in own]
    others = [w for w in wishes if w not in own]
    if not arms or not others or len(own) < 2 or any(w <= a for w in others for a in own):
        return list(wishes)
    labels = [(label, ids in own) for label, ids in ask.groups]
    for (a, is_arm), (b, is_other) in pairwise(labels):
        gap = ask.focus.split(a, 1)[-1].split(b, 1)[0]
        if is_arm != is_other and _JOINED.search(gap):
            return list(wishes)
    whole = frozenset[str]().union(*others)
    facts = [f for f in desk.review.facts if f.study == study]
    asked = [f.group for f in facts if f.attribute in ask.measures]
    alone = len(arms) == len(others) == 1 and any(g == others[0] for g in asked)
    if alone and len(own) == 2 and not any(arms[0] | others[0] <= g for g in asked):
        # told without its arm, it is a figure of what was studied, and none of the controls
        return [arms[0] | others[0]] if desk.own.is_lesser(study, arms[0]) else others
    if any(g and g in {*others, whole} for g in asked) or not all(
        any(w <= f.group for f in facts) for w in others
    ):
        return list(wishes)
    parts = [whole] if any(whole <= f.group for f in facts) else others
    return [a | part for part in parts for a in arms]


def _everyone(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """What holds for every patient of the study, or describes another study named beside it."""
    whole = frozenset[str]().union(*(ids for _, ids in ask.groups)) - {"all"}
    own = [f.group for f in desk.review.facts if f.study == study and f.attribute in ask.measures]
    if len(ask.groups) > 1 and whole in own:
        return frozenset()
    found = desk.review.populations.get(study, frozenset())
    if "relapsed-refractory" in found:
        found |= {"relapsed", "refractory"}
    found |= _of_stage(desk, ask, study)
    found |= (
        _treated_with(desk, study, alone=len(ask.studies) == 1)
        | _diseased(desk, study)
        | _of_ages(desk, ask, study)
    )
    if len(ask.studies) > 1:
        for other in ask.studies:
            found |= desk.review.populations.get(other, frozenset()) - {
                i for g in desk.own.of(study) for i in g.ids
            }
    only = _ONLY.search(ask.focus)
    if only and not any(only[0].lower() in label.lower() for label, _ in ask.groups):
        return frozenset(i for i in found if i in desk.vocabulary.populations)
    return found


def _narrows(wish: frozenset[str]) -> bool:
    """Whether it is an age or a denial, which never merely describe a study."""
    return any(ages_of_group(i) or i.startswith("no-") for i in wish)


def _of_ages(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """Age groups that all patients of a study were of, and those that together are everyone."""
    named = {i: a for _, ids in ask.groups for i in ids if (a := ages_of_group(i)) is not None}
    if {"paediatric", "adult"} <= named.keys():
        apart = {i for f in desk.review.facts if f.study == study for i in f.group}
        told_apart = apart & named.keys() or ask.has("compare", "difference")
        return frozenset() if told_apart else frozenset(named)
    ranges = [r for f in desk.selector.reported(study, "age_range") if (r := printed_range(f.value))]
    return frozenset(
        i for i, (low, high) in named.items() if ranges and low <= ranges[0][0] <= ranges[0][1] <= high
    )


def _of_stage(desk: Desk, ask: Ask, study: str) -> frozenset[str]:
    """The stage asked for, where the study's cell on stages gives just that."""
    named = {i for _, ids in ask.groups for i in ids if i.startswith("stage-")}
    rows = [f for f in desk.review.facts if f.study == study and f.attribute.lower().startswith("stage")]
    told = {t.lower() for f in rows for t in re.findall(r"\w+", fold(f.value))}
    several = any(re.search(r"[-/]", fold(f.value)) for f in rows)
    return frozenset(i for i in named if i.removeprefix("stage-") in told and not several)


def _treated_with(desk: Desk, study: str, *, alone: bool) -> frozenset[str]:
    """Groups that name the one treatment all patients of a study had; none where its arms differ.

    A study asked about ``alone`` of drugs given together is one of a combination.
    """
    cells = [f.value for f in desk.selector.reported(study, "agents")]
    if not cells or any(_DIFFERING.search(c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    common: set[str] = set()
    if not desk.own.arms(study):  # "with the drug" of a study in which everybody had it
        given = fold(" ".join(cells)).lower()
        elsewhere = (i for arms in desk.review.arms.values() for ids in arms.values() for i in ids)
        common |= {i for i in elsewhere if names_drug(given, [i.removeprefix("with-")])}
    by_drug = any(a.drugs or "combination" in a.ids for a in desk.own.arms(study))
    combined = alone and any("+" in c for c in cells) and not by_drug
    found = frozenset(m.ids[0] for c in cells for m in lexicon.find(tokens(c)))
    return found | common | ({"combination"} if combined else set())


def _diseased(desk: Desk, study: str) -> frozenset[str]:
    """Groups that name the disease all patients of a study had, as its cell gives it."""
    cells = [
        f.value
        for a in ("disease", "population", "donor")
        for f in desk.selector.reported(study, a)
        if not f.group
    ]
    if not cells or any(_DIFFERING.search(c) for c in cells):
        return frozenset()
    lexicon = desk.review.reader.matchers.populations
    return frozenset(m.ids[0] for c in cells for m in lexicon.find(tokens(c)))


def _of_another(desk: Desk, ask: Ask, study: str, wish: frozenset[str]) -> bool:
    """Whether a wish is for an arm of another study, or only describes a drug (``low-dose X``)."""
    own = [f.group for f in desk.review.facts if f.study == study]
    if any(wish <= group for group in own):
        return False
    if any(wish in desk.review.arms.get(s, {}).values() for s in ask.studies if s != study):
        return True
    labels = [label for label, ids in ask.groups if ids >= wish]
    agents = [n.text for n in ask.named.of("agent", "code")]
    return any(f"{label} {agent}" in ask.focus for label in labels for agent in agents)


def _arms_apart(desk: Desk, study: str, wishes: Sequence[frozenset[str]]) -> bool:
    """Whether the wishes are arms of the study, in which no patient is twice."""
    arms = set(desk.review.arms.get(study, {}).values())
    return all(w in arms for w in wishes)


def _one_subgroup(
    ask: Ask, wishes: Sequence[frozenset[str]], facts: Sequence[Fact], own: AbstractSet[frozenset[str]]
) -> bool:
    """Whether several wishes are words for one subgroup: a figure has them all, or nothing parts them."""
    whole = frozenset[str]().union(*wishes)
    labels = [label for label, _ in ask.groups]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    if any(whole <= f.group for f in facts) or (gaps and all(map(_PEOPLE.fullmatch, gaps))):
        return True
    if gaps and all(map(_WHO_HAD.fullmatch, gaps)):
        return True
    apart = all(any(w <= f.group for f in facts) for w in wishes)
    of_arm = len({w in own for w in wishes}) == 2 and not any(map(_JOINED.search, gaps))
    if of_arm and not apart and not ask.translated:
        return True  # "in the marrow, A arm", where nothing is told of the marrow
    return not apart and not _alternatives(ask)


def _alternatives(ask: Ask) -> bool:
    """Whether the groups named are several wanted side by side, not one described by several words."""
    if ask.has("arms"):
        return True
    labels = [label for label, _ in ask.groups]
    gaps = [ask.focus.split(a, 1)[-1].split(b, 1)[0] for a, b in pairwise(labels)]
    return any(_SIDE_BY_SIDE.search(gap) for gap in gaps)


def _headed_arms(desk: Desk) -> set[frozenset[str]]:
    """The arms that columns of tables are headed with, whatever the title says of them."""
    found: set[frozenset[str]] = set()
    for table in desk.review.raw.tables:
        for column in table.columns:
            own = desk.review.arms.get(column.study, {})
            found |= (
                {own[name] for name in read_head(column.arm).names if name in own} if column.arm else set()
            )
    return found


def _without_topic(desk: Desk, ask: Ask, study: str, wish: frozenset[str], n_wishes: int) -> frozenset[str]:
    """A wish without the disease the whole review is about, unless that alone is asked for."""
    counted = ask.inherited and ask.wants == "count"  # "how many …?", said in the turn before
    if _SUBGROUP.search(ask.focus) or n_wishes > 1 or counted:
        return wish
    title = desk.review.title.lower()
    abbreviations = desk.review.raw.abbreviations.items()
    topics = {
        k.lower()
        for k, v in abbreviations
        if v.lower() in title or re.search(rf"(?<![^\W_]){re.escape(k.lower())}(?![^\W_])", title)
    } - {i for ids in _headed_arms(desk) for i in ids}
    said = fold(title)
    titled = desk.vocabulary.populations.keys() - {
        i for ids in desk.review.arms.get(study, {}).values() for i in ids
    }
    return frozenset(
        i
        for i in wish
        if i not in topics and not (i in titled and re.search(rf"(?<![\w-]){re.escape(i)}(?![\w-])", said))
    )
