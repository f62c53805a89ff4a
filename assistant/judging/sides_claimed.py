"""What a question claims of two sides: which of them had more, or did better, than which other."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.groups.reading import Ids, OwnGroup, names_drug
from assistant.groups.reading import said as words_of
from assistant.lookup.everyone import common_to_all
from assistant.question.reader import Ask
from assistant.text.text import ONE_NUMBER_WORD, fold, key_of
from assistant.vocabulary.wording import any_of

CONFIRMED = re.compile(
    r"(?:,|\?|\.)\s*(?:right|correct|yes|true|no|is that (?:so|right|correct|true)|(?:was|is|did|does|were|"
    r"are|has|had|do|have|can|could|would)(?:n't| not)? (?:it|they|there|he|she|we|these|those|that))\s*\??\s*$|"
    r"\b(?:is it (?:true|correct|right)|true or false|confirm|correct that)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:than|(?:when |as )?compared (?:with|to)|versus|vs\.?|relative to|as against)\b"
    r"|(?<!improvement )\bover\b(?= (?:the )?[\w-]+(?: (?:alone|arm|group|monotherapy))?\W*$)(?! (?:\d|time|all|half))",
    re.IGNORECASE,
)
_OVERCOMES = re.compile(
    r"\b(?:outliv\w+|outlast\w*|outperform\w*|outdid|outdo(?:es)?|beat(?:s|en)?|surpass\w*|(?:superior|inferior) to)\b",
    re.IGNORECASE,
)
"""Verbs that stand between the two sides."""
_AS = re.compile(r"\bas [\w-]+(?: [\w-]+){0,3}? as\b(?! (?:well|a|an|first|the first)\b)", re.IGNORECASE)
_IS_MORE = any_of(r"\b(?:higher|greater|more|commoner|larger|bigger|likelier|oftener|longer|deeper)\b")
_IS_LESS = any_of(r"\b(?:lower|fewer|less|shorter|smaller|rarer|sooner|earlier|faster|quicker)\b")
_IS_BETTER = any_of(
    r"\b(?:better|superior|improv\w+|beat(?:s|en)?|outperform\w*|outd(?:id|o|oes)|surpass\w*|on top)\b"
)
_IS_WORSE = any_of(r"\b(?:worse\w*|inferior|poorer|impair\w*|compromis\w+)\b")
_MAKES_MORE = any_of(
    r"\b(?:prolong\w*|lengthen\w*|extend\w*|increas\w+|rais(?:e[ds]?|ing)|boost\w*|stretch\w*|outliv\w+|outlast\w*|deepen\w*)\b"
)
_MAKES_LESS = any_of(
    r"\b(?:reduc\w+|decreas\w+|cut|diminish\w*|shorten\w*|br(?:ing|ings|ought) down)\b",
    r"\blowers\b|\blower(?:ed)? (?:the|its|their)\b",
)
_ALIKE = any_of(
    r"\bas [\w-]+(?: [\w-]+){0,3}? as\b",
    r"\b(?:equally|the same|similar(?:ly)?|identical|comparable)\b",
)
MAKES = (_IS_BETTER, _IS_WORSE, _MAKES_MORE, _MAKES_LESS)
"""Say that a difference is a gain, or the doing of something."""
DENIED = re.compile(
    r"(?<!or )\b(?:not|never|neither|nor|hardly)\b(?! only)|n't\b"
    r"|\bno (?:more|less|fewer|higher|lower|longer|shorter|greater|commoner|rarer|better|worse)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?P<verb>did|does|do|was|were|is|are|has|have|had)(?:n't| not)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|have|had|can|could|would)(?:n't| not)? (?:it|they|there|he|she|we|these|those|that)\W*$",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:grade )?(?:\d|one|two|three) (?:or|and) (?:lower|higher|more|less|fewer|above|below|greater|worse|better)\b"
    r"|\b(?:response|remission|CR|PR|VGPR) or better\b|\bno longer\b|\bonce more\b"
    r"|\b(?:high(?:er)?|low(?:er)?|larger?|smaller?|bigger)(?:est)?[- ](?:[\w-]+ )?(?:doses?|levels?|grades?|risk)\b",
    re.IGNORECASE,
)
"""Compares nothing with anything that the question names."""
_NO_CLAIM = re.compile(
    r"\b(?:double|twice|triple|thrice|half|times|factor|not|no|never|neither|nor|hardly|which|how)\b|n't\b"
    r"|\b(?:more|less|fewer|higher|lower|longer|better|worse) or (?:more|less|fewer|higher|lower|longer|shorter|better|worse)\b",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"\b(?:double|twice|triple|thrice|half|times)\b", re.IGNORECASE)
LEADING = re.compile(r"^\W*(?:did|does|do|was|were|is|are|has|have|had)(?:n't| not)\b", re.IGNORECASE)
"""``Didn't it do better?``, which asks whether it did."""
WHOLE = re.compile(
    r"\b(?:over ?all|every(?:one|body)|all(?: the| of)?|(?:whole|entire|total|full) (?:[\w-]+ ){0,2}?"
    r"(?:group|cohort|population|study|trial|series|set|arm)|(?:cohort|group|population|study|trial|arm) as a whole|everyone else)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:others?|rest|those|ones?|not|without|never|later|alone|before|standard|control|placebo|comparator|by itself)\b|n't\b",
    re.IGNORECASE,
)
"""Means the patients beside those named."""
_TIMING = re.compile(r"\bup[- ]?front\b|\bfrom the (?:start|outset|beginning)\b", re.IGNORECASE)
"""Says when something was given, and not to whom."""
_ALONE = re.compile(r"(?:alone|by itself|on its own|only|itself)", re.IGNORECASE)
_COMBINATION = re.compile(r"\b(?:doublet|triplet|quadruplet|combo|combination)\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"\b(?:historical|external|synthetic|registry)\b", re.IGNORECASE)
"""Calls patients of whom a study tells beside its own."""
_ADDED = re.compile(r"\badd(?:ed|ing|s|ition of)?\b", re.IGNORECASE)
_TO = re.compile(r"\bto\b.*", re.IGNORECASE | re.DOTALL)


_SIGNIFICANT = re.compile(r"\bsignifican\w+|\bstatistically\b", re.IGNORECASE)
_LETTERED = re.compile(r"\b(?:did not|without|no|not given|none)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """Two sides, and what is said of the first."""

    side: Ids
    other: Ids | None
    """Empty for all patients; None for those whose one figure a sentence sets beside that of the side."""
    sign: int
    """1 where the first is said to have more, or to do better; -1 for less or worse; 0 for the same."""
    by_quality: bool = False
    """Whether it is said to be better or worse, so that less of a bad thing is better."""
    as_effect: bool = False
    """Whether the difference is said to be the doing of something."""
    part: Ids = frozenset()
    """Of which patients of both sides alone."""
    significantly: bool = False
    """Whether chance is said not to explain it."""


def asks_verdict(ask: Ask) -> bool:
    """Whether a question is one of yes or no, or states something to be confirmed."""
    return ask.has("yes_no") or bool(CONFIRMED.search(ask.focus) or CONFIRMED.search(ask.text))


@dataclass(frozen=True, slots=True)
class _Direction:
    sign: int
    by_quality: bool = False
    as_effect: bool = False


_DIRECTIONS = (
    (_IS_MORE, _Direction(1)),
    (_IS_LESS, _Direction(-1)),
    (_IS_BETTER, _Direction(1, by_quality=True)),
    (_IS_WORSE, _Direction(-1, by_quality=True)),
    (_MAKES_MORE, _Direction(1, as_effect=True)),
    (_MAKES_LESS, _Direction(-1, as_effect=True)),
)


def halves(text: str) -> tuple[str, str] | None:
    """What stands before and behind the word that sets two sides apart, that word with the first; None without one."""
    found = [m for p in (_THAN, _OVERCOMES, _AS) if (m := p.search(text))]
    if not found:
        return None
    first = min(found, key=lambda m: m.start())
    return text[: first.end()], text[first.end() :]


_DONE_TO = re.compile(
    r"^\W*(?:is it (?:true|right|correct) that )?(?:did|does|do|has|have|could|can)?\s*(?P<by>[^?.;,]{2,60}?)"
    r"\s+(?:significantly |clearly )?"
    r"(?:lower|reduc|cut|rais|increas|improv|prolong|shorten|extend|lengthen|worsen|help|delay|prevent|chang)\w*\b[^?.;]*?"
    r"\b(?:in|among|for|within) (?P<whom>[^?.;]+)",
    re.IGNORECASE,
)


def direction(ask: Ask, text: str) -> _Direction | None:
    """Which way a question says that two sides differ; None where it says nothing of the kind, or several things."""
    for label, _ in ask.groups:
        text = text.replace(label, " ")
    text = _NOISE.sub(" ", text)
    if _NO_CLAIM.search(LEADING.sub(" ", text)):
        return None
    if _ALIKE.search(text):
        return _Direction(0, by_quality=bool(re.search(r"\bas (?:good|well|effective|active|long)\b", text)))
    found = [d for p, d in _DIRECTIONS if p.search(text)]
    if any(d.as_effect for d in found):
        found = [d for d in found if d.as_effect or d.by_quality]
    if len(found) == 2 and {d.by_quality for d in found} == {True, False}:
        found = [d for d in found if d.by_quality]  # "better, with more …" and "improved … longer"
    return found[0] if len(found) == 1 else None


def undenied(text: str) -> str:
    """What a statement denies, as a claim (``A did not cut it, true?`` as ``A did cut it, true?``); "" where it denies none.

    Yes to a denial that ends on ``did it?`` may mean either, and so none is taken from that; nor from ``Didn't A cut it?``.
    """
    found = list(_DENIAL.finditer(text))
    if len(found) != 1 or LEADING.match(text) or _TAG.search(text):
        return ""
    (denial,) = found
    return f"{text[: denial.start()]}{denial['verb']}{text[denial.end() :]}"


def _is_of_another(ask: Ask, text: str) -> bool:
    """Whether something else is said to have done it to the only patients named: ``did A lower it in those with B?``."""
    done = _DONE_TO.match(text)
    if done is None or not ask.groups:
        return False
    return all(
        label.lower() not in done["by"].lower() and label.lower() in done["whom"].lower()
        for label, _ in ask.groups
    )


def claim_of(desk: Desk, ask: Ask, study: str) -> Claim | None:
    """What a question claims of two groups of one study; None where either group is not certain."""
    text = fold(ask.focus)
    split = halves(text)
    way = direction(ask, split[0] if split else text)
    if way is None or _FACTOR.search(text):
        return None
    sides = _of_halves(desk, ask, study, split) if split else _of_one(desk, ask, study, text)
    if sides is None or sides[0] == sides[1]:
        return None
    side, other, named = sides
    if not split and _is_of_another(ask, text):
        return None
    everyone = common_to_all(desk, ask, study)
    both = side | (other or frozenset())
    rest = [ids for ids in named if ids not in {side, other} and not ids <= everyone | both]
    part = frozenset[str]().union(*rest) if len(rest) == 1 else frozenset()
    if len(rest) > 1:
        return None
    significantly = bool(_SIGNIFICANT.search(text))
    return Claim(side, other, way.sign, way.by_quality, way.as_effect, part, significantly)


_Sides = tuple[Ids, Ids | None, Sequence[Ids]]


def _of_halves(desk: Desk, ask: Ask, study: str, split: tuple[str, str]) -> _Sides | None:
    """The side before ``than``, the one behind it, and all groups named; None where a group is not known."""
    before, behind = (named_in(desk, ask, study, half) for half in split)
    if _ADDED.search(split[0]):
        before = _added(desk, ask, study, split[0])
    if before is None or behind is None:
        return None
    named = [*before, *behind]
    if behind and not before and _OUTSIDE.search(split[1]) and len(set(behind)) == 1:
        return frozenset(), behind[0], named  # the study's own patients
    if behind and WHOLE.search(split[1]) and behind[0] in before:
        part = frozenset[str]().union(*(ids for ids in before if ids != behind[0]))
        return (behind[0] | part, behind[0], named) if part else None
    if behind:
        other = behind[0]
        opposed = [ids for ids in before if ids in desk.own.other(study, [other])]
        chosen = opposed or [ids for ids in before if ids != other]
        return (chosen[0], other, named) if len(set(chosen)) == 1 else None
    if len(set(before)) != 1:
        return None
    if WHOLE.search(split[1]):
        return before[0], frozenset(), named
    others = desk.own.other(study, before)
    if not _REST.search(split[1]) or len(others) > 1:
        return None
    return before[0], others[0] if others else None, named


def _of_one(desk: Desk, ask: Ask, study: str, text: str) -> _Sides | None:
    """The one side named, and the one other that the study sets beside it."""
    named = named_in(desk, ask, study, text)
    if _ADDED.search(text):
        named = _added(desk, ask, study, text)
    arms = {a.ids for a in desk.own.arms(study)}
    sides = [ids for ids in named or () if ids in arms] or named
    if not named or not sides or len(set(sides)) != 1:
        return None
    given = desk.own.with_drug(study, text)
    if given and sides[0] in arms and given[1] != sides[0]:
        return None  # both are named, and which of them is the first is not certain
    others = desk.own.other(study, sides[:1])
    return (sides[0], others[0] if others else None, named) if len(others) < _SEVERAL else None


def _added(desk: Desk, ask: Ask, study: str, text: str) -> list[Ids] | None:
    """The arm that got what is said to have been added, or that is not the one it was added to; None where neither is certain."""
    added = _ADDED.search(text)
    to = _TO.search(text, added.end()) if added else None
    said = text[: to.start()] if to else text
    given = desk.own.with_drug(study, said)
    arms = desk.own.arms(study)
    told = [a.ids for a in arms if _place(a, arms, said, desk.vocabulary.scaffold) >= 0]
    if given or len(told) == 1:
        return [given[1] if given else told[0]]
    base = named_in(desk, ask, study, to[0]) if to else None
    others = desk.own.other(study, base) if base and len(base) == 1 else []
    return others if len(others) == 1 else None


def named_in(desk: Desk, ask: Ask, study: str, text: str) -> list[Ids] | None:
    """The groups of a study that a part of a question names, in its order; None where it names one that is not known."""
    own = desk.own.of(study)
    if (combined := _combined(desk, study, text)) is not None:
        return combined
    places: dict[Ids, int] = {}
    everyone = common_to_all(desk, ask, study)
    for label, ids in ask.groups:
        place = text.find(label)
        if place < 0 or ids <= everyone or "all" in ids or _TIMING.search(label):
            continue
        known = next((g.ids for g in own if g.ids == ids), None) or desk.own.meant(study, label, ids)
        if not known and (outside := _OUTSIDE.search(label)):  # "the old historical group"
            known = next((g.ids for g in own if any(outside[0] in of for of in g.labels)), known)
        if not known and any(ids < g.ids for g in own):
            known = ids  # patients of one sort in each arm
        if not known and _ALONE.fullmatch(label):
            continue  # says no more of the arm that is named before it
        if not known:
            return None
        places.setdefault(known, place)
    if not places:
        measured = desk.vocabulary.measures.keys() | desk.vocabulary.families.keys()
        empty = desk.vocabulary.scaffold | {k for k, term in ask.aliases if term in measured}
        found = {g.ids: _place(g, own, text, empty) for g in own}
        places = {ids: place for ids, place in found.items() if place >= 0} or _lettered(
            desk, ask, study, text
        )
    named = sorted(places, key=lambda ids: places[ids])
    return [ids for ids in named if not any(ids < other for other in named)]


def _combined(desk: Desk, study: str, text: str) -> list[Ids] | None:
    """The one arm that is named as a combination, where a text says ``the X doublet`` and the other had X alone; else None."""
    arms = [a for a in desk.own.arms(study) if a.labels]
    combined = [a for a in arms if any(_COMBINATION.search(label) for label in a.labels)]
    said = _COMBINATION.search(text)
    if said is None or len(arms) != _SEVERAL or len(combined) != 1:
        return None
    (other,) = (a for a in arms if a is not combined[0])
    alone = any(
        re.search(rf"\b{re.escape(label)}(?:-based)? {said[0]}\b", text, re.IGNORECASE)
        for label in other.labels
    )
    rest = any(
        re.search(rf"\b{re.escape(label)}\b(?!(?:-based)? {said[0]}\b)", text, re.IGNORECASE)
        for label in other.labels
    )
    return [combined[0].ids] if alone and not rest else None


def _lettered(desk: Desk, ask: Ask, study: str, text: str) -> dict[Ids, int]:
    """The first of two arms of which a sentence says ``48 had the drug (cohort A) and 26 did not (cohort B)``."""
    arms = [a for a in desk.own.arms(study) if a.labels]
    drugs = [n.text for n in ask.named.of("agent", "code")]
    drugs += re.findall(r"[a-z][\w-]{5,}", text.lower())
    if len(arms) != _SEVERAL:
        return {}
    labels = [re.escape(a.labels[0]) for a in arms]
    apart = re.compile(rf"(?P<a>[^.;]*?)\({labels[0]}\)(?P<b>[^.;()]*?)\({labels[1]}\)", re.IGNORECASE)
    for passage in desk.review.passages:
        said = apart.search(passage.quote) if passage.studies[:1] == (study,) else None
        if said and _LETTERED.search(said["b"]) and not _LETTERED.search(said["a"]):
            named = [d for d in drugs if names_drug(said["a"], [d.lower()])]
            telling = [
                d
                for d in named
                if not names_drug(said["b"], [d.lower()]) and d.lower() in _given_in(said["a"])
            ]
            if telling:
                return {arms[0].ids: text.lower().find(telling[0].lower())}
    return {}


def _given_in(text: str) -> str:
    """What stands behind the last word for having got something."""
    return re.split(r"\b(?:received|given|got|had|with|dose of)\b", text.lower(), maxsplit=1)[-1]


def _place(group: OwnGroup, own: Sequence[OwnGroup], text: str, empty: Collection[str]) -> int:
    """Where a text names a group by a word or a drug that no other group has; -1 where it does not."""
    plain = _bare(text)
    others = frozenset[str]().union(*(g.words for g in own if g.is_arm == group.is_arm and g is not group))
    if not group.is_arm:
        short = frozenset[str]().union(*(words_of(label) for label in group.labels))
        return max(_all_said(words, plain, empty) for words in (group.words, short, group.words - short))
    telling = {_bare(w) for w in group.words - others if len(w) >= _TELLING and not w[0].isdigit()}
    telling = {w for w in telling if key_of(w) not in empty}
    telling |= {d for d in group.drugs if names_drug(text, [d])}
    places = [m.start() for w in telling if (m := re.search(rf"(?<![\w-]){re.escape(w)}(?!\w)", plain))]
    return min(places, default=-1)


def _all_said(words: Collection[str], text: str, empty: Collection[str]) -> int:
    """Where the first of some words stands in a text that has all of them; -1 where one is lacking, or all say nothing."""
    places = [m.start() for w in words if (m := re.search(rf"\b{re.escape(_bare(w))}\b", text))]
    telling = words and len(places) == len(words) and not all(key_of(w) in empty for w in words)
    return min(places) if telling else -1


_SEVERAL = 2
_TELLING = 3
"""Letters from which on a word of an arm's name means it."""


def _bare(text: str) -> str:
    """A text in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


_BOUND = re.compile(
    rf"^\s*(?:about |some |around )?(?:\d|half\b|an?\b|(?:{ONE_NUMBER_WORD})\b|expected\b|ever\b|just\b)",
    re.IGNORECASE,
)
"""What stands behind ``than`` where a figure is bounded, and nothing compared."""
_GRADE = re.compile(r"^\s*grades?\s*(?:[\d>\u2265]|[IV]+\b)", re.IGNORECASE)
"""The same where a grade is: ``worse than grade 2``, ``as bad as grade IV``."""
_COMPARATIVE = (_IS_MORE, _IS_LESS, _IS_BETTER, _IS_WORSE)


def compares(ask: Ask) -> bool:
    """Whether a question of yes or no sets two sides side by side, of which it may name one alone."""
    text = fold(ask.focus)
    split = halves(text)
    if not asks_verdict(ask) or (split and _BOUND.search(split[1])):
        return False
    if split and _GRADE.search(split[1]) and halves(split[1]) is None:
        return False
    bare = _NOISE.sub(" ", split[0] if split else text)
    compared = any(
        p.search(bare) for p in (*_COMPARATIVE, *((_ALIKE, _MAKES_MORE, _MAKES_LESS) if split else ()))
    )
    return compared and (split is None or bool(split[1].strip(" ?")))
