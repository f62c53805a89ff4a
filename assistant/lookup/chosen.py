"""Which of the groups that figures were given of a question means, where its words are none of theirs.

That is a closed choice: the study, what is asked and when are settled, and one of a few groups is meant, all of them or none.
What the question says of whom is weighed against each of them: a part in the trial, an age, a dose, a risk, a state. Where
two fit alike, none is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.groups.own_groups import ENOUGH
from assistant.groups.reading import OwnGroup, said
from assistant.lookup.ages import by_age, is_aged
from assistant.lookup.opposites import opposed
from assistant.model import Fact
from assistant.question.reader import Ask
from assistant.selection import same_time
from assistant.text.ages import ages_of_group
from assistant.text.text import fold, tokens

Ids = frozenset[str]
Group = tuple[str, Ids]

_BY_AGE = re.compile(
    r"\b(?:toddlers?|babies|infants?|little ones|teen(?:ager)?s?|adolescents?|youngsters|seniors?|pensioners|the (?:old|young)(?:er|est)?"
    r"|(?:old|young)er (?:ones|children|kids|patients|adults|people|group|half))\b",
    re.IGNORECASE,
)
"""Tells patients by age in a word."""
_FEW = r"(?:hardly any|barely any|almost no|few(?:er)?|low(?:er)?|little|minimal|scant\w*|scarce\w*|less)"
_MANY = r"(?:many|more|high(?:er)?|lots? of|plenty of|abundant|numerous|bulky|heavy)"
_OF_SHARE = re.compile(
    rf"\b(?P<what>(?:{_FEW}|{_MANY})\s+(?:[\w-]+\s+){{0,2}}?(?:blasts?|burden|load|infiltration|counts?))\b",
    re.IGNORECASE,
)
"""Tells patients by how much of something they had."""
_NO_MRD = (
    r"(?:no|without|cleared(?:\s+their)?|undetectable)\s+(?:detectable\s+|measurable\s+)?MRD"
    r"|MRD(?:\s+(?:was|were|is|became))?[\s-]+(?:neg\w*|undetect\w+|not\s+detect\w+|cleared|gone|free)"
)
_SOME_MRD = (
    r"MRD(?:\s+(?:was|were|is|had been|has been|level))?(?:\s+(?:still|remain\w*|persist\w*))?[\s-]+"
    r"(?:pos\w*|(?<!un)detectable|present|persist\w*|(?:of\s+|at\s+)?(?:[\u2265>]=?\s*)?(?:10[-^\u207b]?\S*|\d[\d.]*\s?%)(?:\s+or\s+(?:more|higher|above|over))?)"
    r"|(?:persist\w+|residual|remaining|detectable|measurable)\s+MRD"
)
_OF_MRD = re.compile(rf"\b(?P<what>{_NO_MRD}|{_SOME_MRD})", re.IGNORECASE)
"""Tells patients by what was left of their disease."""
_BOUND = re.compile(r"(?P<what>[a-z]+)(?P<sign>[<>\u2264\u2265]=?)\d[\d.]*")
"""The id of those told by a bound on a share or a measurement."""
_CODE = re.compile(r"(?=.*(?:[A-Z].*[A-Z]|\d))[^\s()]{2,}")
_TWO = 2
_BELOW, _ABOVE, _AND = (
    r"(?:below|under|younger than)",
    r"(?:above|over|older than)",
    r"(?:and|or|versus|vs\.?)",
)
_EITHER_SIDE = re.compile(
    rf"\b(?:{_BELOW} {_AND} {_ABOVE}|{_ABOVE} {_AND} {_BELOW}|either side of|on both sides of)\s+(?:the age of\s+)?"
    r"(?P<age>\d{1,2})\b(?!\s*(?:%|mg|months))",
    re.IGNORECASE,
)
"""Tells the younger from the older by an age."""
_PLACE = re.compile(r"[A-Z][a-z]{3,}")
"""A label that is a name, as of a continent."""
_BETWEEN = r"(?!(?:of|in|from|at|for|with|who|whose|on|the|an?|and|or|by|to)\b)[\w/+-]+[\s-]+"
_OF_A_STUDY = rf"[\s-]+(?:{_BETWEEN}){{0,3}}?(?:trials?|stud(?:y|ies)|series|registry|abstract|report|paper|poster|update|publication)\b"
_OF_A_TREATMENT = (
    rf"[\s-]+(?:{_BETWEEN}){{0,2}}?(?:chemo\w*|regimens?|treatments?|therap(?:y|ies)|conditioning|backbone|induction"
    r"|consolidation|schedules?|protocols?|combinations?|product|infusion)\b"
)


_WHOLE_BEHIND = re.compile(rf"{_OF_A_STUDY}|{_OF_A_TREATMENT}", re.IGNORECASE)
"""Behind a word, makes it tell what a study or its treatment was like."""
_BY = re.compile(r"\b(?:by|according to|depending on)\s", re.IGNORECASE)
"""Asks for figures part by part."""


def settled(desk: Desk, ask: Ask, study: str, named: Sequence[Group], read: Sequence[Group]) -> list[Group]:
    """The groups named, each that no figure asked for belongs to as the one of theirs that is meant, if one is.

    Args:
        desk: the review's facts and words.
        ask: the question.
        study: the one asked about.
        named: as they were understood so far.
        read: as they stand in the question.
    """
    told = groups_told(desk, ask, study)
    if not told:
        return list(named)
    own = dict(read)
    everyone = desk.review.populations.get(study, frozenset())
    found: list[Group] = []
    for label, ids in _with_unread(desk, ask, study, _joined(ask, named, told), told):
        if ids and (ids <= everyone or any(ids <= group for group in told)):
            found.append((label, ids))
        elif (
            chosen := _chosen(desk, study, label, own.get(label, ids), _not_denying(told, ids))
        ) is not None:
            found.append((label, chosen))
        elif ids and not _says_whole(desk, ask, study, label, own.get(label, ids)):
            found.append((label, ids))
    for label, ids in list(found) if _BY.search(ask.focus) else ():
        if re.search(
            rf"\b(?:by|according to|depending on)\s+(?:the\s+)?{re.escape(label)}\b", ask.focus, re.IGNORECASE
        ):
            found += [("the others", other) for other in desk.own.other(study, [ids]) if other in told]
    return list(dict.fromkeys(found))


def _not_denying(told: Sequence[Ids], ids: Ids) -> list[Ids]:
    """The groups told without those who lacked what is named: no figure of theirs is one of those who had it."""
    return [t for t in told if t != frozenset(f"no-{i}" for i in ids)]


def _joined(ask: Ask, named: Sequence[Group], told: Sequence[Ids]) -> list[Group]:
    """The groups named, ``older children`` as one where no figure is told by either word."""
    found: list[Group] = []
    for label, ids in named:
        before = found[-1] if found else None
        if (
            before is not None
            and f"{before[0]} {label}" in ask.focus
            and not any(before[1] <= g or ids <= g for g in told)
        ):
            found[-1] = (f"{before[0]} {label}", before[1] | ids)
        elif (
            before is not None
            and f"{before[0]}-{label}" in ask.focus
            and ids == {f"no-{i}" for i in before[1]}
        ):
            found[-1] = (f"{before[0]}-{label}", ids)  # "a53-unmutated" names those without it alone
        else:
            found.append((label, ids))
    return found


def _with_unread(
    desk: Desk, ask: Ask, study: str, named: Sequence[Group], told: Sequence[Ids]
) -> list[Group]:
    """The groups named and, with no ids, the words of the question that may mean one of those told."""
    said_so = " ".join(label for label, _ in named).lower()
    text = fold(ask.focus)
    words = [m[0] for m in _BY_AGE.finditer(text)] if sum(map(is_aged, told)) > 1 else []
    words += [f"with {m['what']}" for m in (*_OF_SHARE.finditer(text), *_OF_MRD.finditer(text))]
    if (either := _EITHER_SIDE.search(text)) is not None:
        age = either["age"]
        named = [
            *named,
            (f"those under {age}", frozenset({f"age<{age}"})),
            (f"those over {age}", frozenset({f"age>={age}"})),
        ]
    words = [w for w in dict.fromkeys(words) if w.lower().removeprefix("with ") not in said_so]
    found = [*named, *((w, frozenset[str]()) for w in words)]
    taken = {i.removeprefix("no-") for _, ids in named for i in ids}
    found += _beside_arm(desk, study, found, text)
    found += _in_other_words(desk, told, text) if not named else []
    for group in desk.own.of(study):
        if group.ids not in told or {i.removeprefix("no-") for i in group.ids} & taken:
            continue
        label = next((x for x in _labels(desk, study, group.ids) if _stands_in(x, text)), "")
        if label and not any(label in n.text for n in ask.named.names):
            found.append((label, group.ids))
    return found


def _in_other_words(desk: Desk, told: Sequence[Ids], text: str) -> list[Group]:
    """``those who had not progressed early``: a group told whose wording the text has, though it reads like an outcome."""
    for ids in told:
        (identity,) = ids if len(ids) == 1 else ("",)
        term = desk.vocabulary.populations.get(identity.removeprefix("no-"))
        for form in (*term.forms, *term.everyday) if term is not None else ():
            at = text.lower().find(form) if " " in form else -1
            if at >= 0:
                lacking = _DENIED.search(text[:at]) is not None
                bare = identity.removeprefix("no-")
                return [(form, frozenset({f"no-{bare}" if lacking else bare}))]
    return []


_DENIED = re.compile(
    r"(?:\bnot|n't|\bnever|\bwithout|\bno)\s+(?:(?:had|have|having|been)\s+)?(?:an?\s+)?$", re.IGNORECASE
)


def _beside_arm(desk: Desk, study: str, named: Sequence[Group], text: str) -> list[Group]:
    """The arm that a text calls by words of its label in a row: ``supportive care`` for ``best supportive care``."""
    arms = desk.own.arms(study)
    if len(arms) < _TWO or any(ids == a.ids for _, ids in named for a in arms):
        return []
    said_keys = f" {' '.join(t.key for t in tokens(text.replace('-', ' ')))} "
    found: dict[Ids, str] = {}
    for arm in arms:
        for label in (x for x in arm.labels if not x.startswith("without")):
            keys = [t.key for t in tokens(label.replace("-", " ")) if t.key not in _NO_NAME]
            pieces = [keys[a : a + n] for n in range(_TWO, len(keys) + 1) for a in range(len(keys) - n + 1)]
            pieces = [p for p in pieces if any(len(k) > _SHORT for k in p)]  # "T cells" names no arm
            told = [p for p in pieces if f" {' '.join(p)} " in said_keys]
            if told and not any(f" {' '.join(told[-1])} " in f" {_keys(o)} " for o in arms if o is not arm):
                found.setdefault(arm.ids, label)
    return [(label, ids) for ids, label in found.items()] if len(found) == 1 else []


_SHORT = 4
_NO_NAME = frozenset(
    "arm group with on after plus given receive received to the of patient recipient treated assigned randomise without".split()
)


def _keys(arm: OwnGroup) -> str:
    named = (label for label in arm.labels if not label.startswith("without"))
    return " ".join(t.key for label in named for t in tokens(label.replace("-", " ")))


def _labels(desk: Desk, study: str, ids: Ids) -> list[str]:
    """What a group is printed as, where that is a code and no word that a text may use of anybody."""
    labels = dict.fromkeys(f.group_label for f in desk.selector.of(study) if f.group == ids)
    return [label for label in labels if _CODE.fullmatch(label) or _PLACE.fullmatch(label)]


def _stands_in(label: str, text: str) -> bool:
    ending = r"\w{0,3}" if _PLACE.fullmatch(label) else ""  # "Europeans"
    at = re.search(rf"(?<![\w-]){re.escape(fold(label))}{ending}(?![\w-])", text)
    return (
        at is not None
        and not _DENIED.search(text[: at.start()])
        and not re.match(_OF_A_STUDY, text[at.end() :], re.IGNORECASE)
    )


def groups_told(desk: Desk, ask: Ask, study: str) -> list[Ids]:
    """The groups of the figures that are asked for, in order of place; the whole study is none of them."""
    facts: list[Fact] = []
    for measure in desk.measures(ask, study):
        names = desk.selector.stand_ins(measure)
        pools = (desk.selector.reported(study, n) for n in names)
        facts += next((pool for pool in pools if pool), [])
    if "n_patients" in ask.characteristics:
        facts += desk.selector.reported(study, "n_patients")
    if ask.times:
        then = [f for f in facts if any(same_time(f.time_point, t) for t in ask.times)]
        facts = then + [f for f in facts if then and desk.selector.leaves_time_out(f)]
    return list(dict.fromkeys(f.group for f in facts if f.group))


def _chosen(desk: Desk, study: str, label: str, ids: Ids, told: Sequence[Ids]) -> Ids | None:
    """The one group, or part of one, among those told that a wording means; None where none or several fit."""
    parts = _parts(desk, study, told)
    graded = {p.ids: _grade(desk, study, label, ids, p, parts) for p in parts}
    best = max(graded.values(), default=0.0)
    fitting = [p for p, grade in graded.items() if grade == best]
    if best <= 0.0:
        return None
    smallest = [p for p in fitting if not any(q < p for q in fitting)]
    return smallest[0] if len(smallest) == 1 else None


def _parts(desk: Desk, study: str, told: Sequence[Ids]) -> list[OwnGroup]:
    """The groups told, and what is left of each beside the arm or the subgroup that it is a part of."""
    own = {g.ids: g for g in desk.own.of(study)}
    arms = [a.ids for a in desk.own.arms(study)]
    found: dict[Ids, OwnGroup] = {}
    for group in told:
        pieces = [group, *(a for a in arms if a < group), *(group - a for a in arms if a < group)]
        for piece in pieces:
            known = own.get(piece)
            if known is None:
                words = frozenset(w for i in piece for w in said(i.removeprefix("no-")))
                known = OwnGroup(piece, (), False, words)
            found.setdefault(piece, known)
    return list(found.values())


def _grade(desk: Desk, study: str, label: str, ids: Ids, part: OwnGroup, parts: Sequence[OwnGroup]) -> float:
    """How surely a wording means a part of what is told; 0 where nothing speaks for it."""
    everyone = desk.review.populations.get(study, frozenset())
    if ids and ids <= everyone and not ids & part.ids:
        return 0.0  # the standard-risk patients of a study of nobody else are none of its average-risk ones
    if ids & everyone and ids - everyone:  # "historical infants" of a study of infants
        label = " ".join(w for w in label.split() if not _named(desk, w) & everyone)
        ids -= everyone
    known = desk.own.graded(study, part, label, ids)
    others = [p for p in parts if p is not part]
    return max(
        known if known >= ENOUGH else 0.0,
        by_age(desk, study, label, ids, part, others),
        0.85 if _by_share(label, part) or _by_mrd(label, part) or _by_state(ids, part) else 0.0,
    )


_ONE_STATE = (
    frozenset({"newly-diagnosed", "treatment-naive", "first-line"}),
    frozenset({"relapsed", "relapsed-refractory"}),
)
"""States that a study tells its patients apart by in one word or the other."""


def _by_state(ids: Ids, part: OwnGroup) -> bool:
    """``never treated`` of a study that tells the newly diagnosed from the relapsed."""
    return any(ids and ids <= one and part.ids <= one for one in _ONE_STATE)


def _by_share(label: str, part: OwnGroup) -> bool:
    """``hardly any blasts`` of a study that tells those with 5% of them or less."""
    bound = _BOUND.fullmatch(next(iter(part.ids))) if len(part.ids) == 1 else None
    if bound is None or not _OF_SHARE.search(label) or bound["what"][:5] not in label.lower():
        return False
    few = bool(re.search(rf"\b{_FEW}\b", label, re.IGNORECASE))
    return few == (bound["sign"][0] in "<\u2264")


def _by_mrd(label: str, part: OwnGroup) -> bool:
    """``if MRD was still 1% or more`` of a study that tells those with MRD."""
    if not _OF_MRD.search(label):
        return False
    free = bool(re.search(_NO_MRD, label, re.IGNORECASE))
    if part.ids == frozenset({"mrd-negative" if free else "mrd-positive"}):
        return True
    (identity,) = part.ids if len(part.ids) == 1 else ("",)
    return not free and identity.startswith(("detectable", "measurable", "no-mrd-neg"))


def _named(desk: Desk, word: str) -> Ids:
    """Ids of the patients that a word names."""
    return frozenset(i for m in desk.review.reader.matchers.populations.find(tokens(word)) for i in m.ids)


# -- words that narrow nothing down ----------------------------------------------------------------


def _says_whole(desk: Desk, ask: Ask, study: str, label: str, ids: Ids) -> bool:
    """Whether a wording only says what the study or its treatment is like: ``the second-line A trial``."""
    told = {i for f in desk.selector.of(study) if len(f.group) == 1 for i in f.group}
    bare = {i.removeprefix("no-") for i in ids}
    if ids & told or bare != set(ids) or opposed(desk, study, [ids]):
        return False
    text = fold(ask.focus)
    places = re.finditer(rf"(?<![\w-]){re.escape(fold(label))}", text, re.IGNORECASE)
    if any(_WHOLE_BEHIND.match(text, place.end()) for place in places):
        return not any(ages_of_group(i) for i in ids)
    return False
