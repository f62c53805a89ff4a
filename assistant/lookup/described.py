"""Groups that a question tells by a cut-off, a stage, an age, a drug, their number or in words of its own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.question.wording import EACH_ARM, UNDIVIDED
from assistant.text.ages import ages_claimed, ages_named, ages_of_group, printed_range
from assistant.text.text import fold, tokens

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
_UNDIVIDED = re.compile(
    r"\b(?:not|regardless|irrespective|without|pool\w*|averaged|merged|combin(?:ed|ing)|taken together|lumped)\b[^,;?]*$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(
    r"^\W*is it (?:true|right|correct) that\b"
    r"|\b(?:right|true|correct|yes|no|(?:is|was|did|does|were|are|has|had)(?:n't| not) (?:it|they|there))\W*\?\W*$",
    re.IGNORECASE,
)
"""Opens or ends a statement that is to be confirmed."""
_HAPPENED_IN = re.compile(
    r"\b(?:occur(?:red)?|seen|happen(?:ed)?|observed|reported|recorded|developed?|found|noted|achieved) in\s+$",
    re.IGNORECASE,
)
"""Stands before a number of patients that a question of yes or no claims."""


def by_threshold(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """``at the stricter cut-off``: the figures at the lower of the thresholds that a study's are told by."""
    strict = _STRICTER.search(ask.focus)
    if strict is None or any(_THRESHOLD.fullmatch(i) for _, ids in ask.groups for i in ids):
        return []
    own = [f.group for f in desk.selector.of(study) if f.attribute in ask.measures]
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


def by_stage(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
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
CLAUSE = re.compile(
    r"(?:(?:those|patients|carriers|participants|adults|children)\s+)?(?:who|with|whose|without)\s"
)
_SAYS_NOTHING = frozenset("received given with were patient other those had took underwent".split())
_WORDS_SHARED = 2


_BARE_CLAUSE = re.compile(r"\bwho [a-z]+\b")


def by_words(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """The subgroup that a sentence describes in words of its own (``who received the reduced dose``), by these words."""
    names = {t.key for n in ask.named.names for t in tokens(n.text)}
    asked = {t.key for t in tokens(ask.focus)}
    if said := verbatim(desk, ask, study):
        return said
    for own in desk.own.of(study):
        label = next((label for label in own.labels if CLAUSE.match(label)), "")
        if (
            (clause := _BARE_CLAUSE.search(label))
            and label.endswith(clause[0])
            and _BARE_CLAUSE.findall(ask.focus) == [clause[0]]
        ):
            return [(label, own.ids)]
        words = {t.key for t in tokens(label)} - _SAYS_NOTHING - desk.vocabulary.scaffold
        words = {w for w in words if not w.isdigit()}
        shared, told = words & asked, words - names
        whole = (
            words == shared and len(words) >= _WORDS_SHARED and told
        )  # "a B inhibitor", though B is a target, too
        if whole or (len(told & asked) >= _WORDS_SHARED and 2 * len(told & asked) >= len(told)):
            other = frozenset(f"no-{i}" for i in own.ids)
            return [("those who did not", other)] if _NOT.search(ask.focus) else [(label, own.ids)]
    return []


def verbatim(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """The subgroup whose name stands in the question as a sentence of the study has it: of several words, or one it counts."""
    asked = fold(ask.focus).lower()
    counting = not ask.measures and "n_patients" in ask.characteristics
    sizes = [f.group for f in desk.selector.reported(study, "n_patients")] if counting else []
    own = [
        (label, g.ids)
        for g in desk.own.of(study)
        for label in g.labels
        if not g.is_arm and (" " in label or g.ids in sizes)
    ]
    said = [g for g in own if re.search(rf"(?<![\w-]){re.escape(g[0])}(?![\w-])", asked)]
    return [max(said, key=lambda g: len(g[0]))] if said else []


def by_gene(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """``ABC1 disease``: the patients of the study who are told by an alteration of that gene."""
    told = {i for _, ids in named for i in ids}
    said = {t.text: frozenset({f"{t.text.lower()}-mutated"}) for t in tokens(ask.focus) if t.text.isupper()}
    own = {group.ids for group in desk.own.of(study)}
    return [(gene, ids) for gene, ids in said.items() if ids in own and not ids & told]


_OF_AGE = re.compile(r"(?<![a-z\d.])\d{1,2}(?![\d.]|-?(?:mg|kg|g|m2|day|week|month|cycle|line)\b)")
"""A number in a group's id that may be an age, and is no part of a name (``rp2r``)."""


def by_age(
    desk: Desk, ask: Ask, study: str, named: Sequence[tuple[str, frozenset[str]]]
) -> list[tuple[str, frozenset[str]]]:
    """``in those aged 45 to 55``: a group by age, where no group named is one and not all patients were of it."""
    asked = ages_claimed(ask.focus) or ages_named(ask.focus)
    if asked is None or not ask.measures or ask.has("yes_no", "list", "count_studies"):
        return []
    told = {i for _, ids in named for i in ids} | {i for f in desk.selector.of(study) for i in f.group}
    ranges = [r for f in desk.selector.reported(study, "age_range") if (r := printed_range(f.value))]
    everybody = ranges and asked[0] <= ranges[0][0] and ranges[0][1] <= asked[1]
    if everybody or any(ages_of_group(i) or _OF_AGE.search(i) for i in told):
        return []
    label = f"patients aged {asked[0]}-{asked[1]}" if asked[1] < 120 else f"patients over {asked[0] - 1}"
    return [(label, frozenset({label}))]


def each_arm(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """All arms, where each of them is asked for."""
    each = EACH_ARM.search(ask.focus)
    if (
        each is None
        or ask.everyone
        or UNDIVIDED.search(ask.focus)
        or _UNDIVIDED.search(ask.focus[: each.start()])
    ):
        return []
    arms = desk.own.arms(study)
    return [(arm.labels[0], arm.ids) for arm in arms] if len(arms) > 1 else []


def by_drug(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
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


def by_count(
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
            or (ask.has("yes_no") and _HAPPENED_IN.search(before))
            or _PROVERBIAL.match(value.text)
        ):
            continue
        own = desk.selector.of(study)
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
