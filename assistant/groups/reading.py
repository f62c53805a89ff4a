"""The arms and subgroups of a study, with what tells them apart: words, drugs and doses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import lazy_re as re
from assistant.cells.headed import divided
from assistant.corpus.corpus import Review
from assistant.groups.lettered import alone_and_with, in_order, lacking, told
from assistant.text.text import fold, plain

Ids = frozenset[str]

_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_WITH = re.compile(r"with (.+)")
_UNIT = r"mg|g|[µμ]g|mcg|ug|IU|U"
_DOSE = re.compile(rf"(\d+(?:\.\d+)?)\s?({_UNIT})?\b", re.IGNORECASE)
_AMOUNT = rf"(?<![\d.])(\d+(?:\.\d+)?)\s?(?:[x\u00d7]\s?10\^?(\d+)|{_UNIT})"
"""A dose of a drug or of cells; superscripts lowered."""
_LISTED = re.compile(
    rf"((?:\d[\d.]*\s*(?:,|or|and|vs\.?|/)\s*(?:or\s+|and\s+)?)+\d[\d.]*)\s?(?:{_UNIT})\b", re.IGNORECASE
)
_AROUND = re.compile(r"^with\s+|\s+(?:arm|group)$")
"""Stands around the name of what an arm had."""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_HYPHENED = re.compile(r"[a-z]+-[a-z]\S*")
"""An adjective in what a short form means, which tells no arm: ``post-transplant``."""
_SEVERAL = re.compile(r"(?:[a-z]+ ){2,}[a-z]+")
"""A name of three words or more, whose first letters are a name, too: ``SOC``."""
_SAYS_NOTHING = frozenset(
    "arm arms group groups cohort cohorts subgroup subgroups patient patients dose doses dosed level levels "
    "treatment treated recipients recipient the a an of in at with without on given received alone only by "
    "itself per case cases people participants those who were was had randomised randomized assigned to and "
    "its own plus".split()
)


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """An arm or subgroup that figures of a study belong to."""

    ids: Ids
    labels: tuple[str, ...]
    """The wordings that mean it, in small letters."""
    is_arm: bool
    words: frozenset[str]
    """The words of its labels that tell it from others."""
    drugs: frozenset[str] = frozenset()
    """What it had and no other arm of the study."""
    dose: float | None = None
    """The amount that its label, or the text beside it, gives."""


def said(text: str) -> frozenset[str]:
    """The words of a wording that may tell one group from another."""
    words = re.findall(r"[^\W_][^\W_]*(?:\.\d+)?", fold(text).lower())
    return frozenset(w for w in words if w not in _SAYS_NOTHING)


def names_drug(label: str, drugs: Iterable[str]) -> bool:
    """Whether a wording names one of some drugs."""
    folded = fold(label).lower()
    return any(d in folded and re.search(rf"(?<![\w-]){re.escape(d)}(?![\w-])", folded) for d in drugs)


def own_groups(review: Review, study: str) -> tuple[OwnGroup, ...]:
    """The groups of a study, arms first, in order of place."""
    labels: dict[Ids, dict[str, None]] = {}
    for label, ids in review.arms.get(study, {}).items():
        labels.setdefault(ids, {})[fold(label).lower()] = None
    across = divided(review.raw.tables, study, review.arms.get(study, {})).across
    arms = [ids for ids in labels if ids not in across] or list(labels)
    for fact in review.facts:
        of_nothing = not fact.attribute and any(ids < fact.group for ids in arms)
        if fact.study == study and fact.group and not of_nothing:
            labels.setdefault(fact.group, {})[fold(fact.group_label).lower().strip()] = None
    text = [p.quote for p in review.passages if p.studies[:1] == (study,)]
    short = {fold(k).lower(): fold(v).lower() for k, v in review.raw.abbreviations.items()}
    groups = [_group(ids, tuple(wordings), ids in arms, text, short) for ids, wordings in labels.items()]
    return tuple(_described(groups, _given(review, study), text, short))


def _given(review: Review, study: str) -> list[str]:
    """The sides of the study's cell on what was given."""
    cells = [f.value for f in review.facts if f.study == study and f.attribute == "agents" and not f.group]
    return _VERSUS.split(cells[0]) if len(cells) == 1 else []


def _described(
    groups: Sequence[OwnGroup], sides: Sequence[str], text: Iterable[str], short: Mapping[str, str]
) -> list[OwnGroup]:
    """The groups, arms called by letters with the words and drugs of what they had."""
    arms = {g.ids: g.labels for g in groups if g.is_arm}
    by_text = told(arms, text)
    by_side = in_order(arms, sides) or _with_added(sides, by_text) or alone_and_with(by_text)
    drugs = {ids: _drugs(side) for ids, side in by_side.items()}
    found = []
    for g in groups:
        what = fold(f"{by_side.get(g.ids, '')} {by_text.get(g.ids, '')}").lower()
        if not what.strip() or not g.is_arm:
            found.append(g)
            continue
        spelled = [_HYPHENED.sub(" ", short[w]) for w in re.findall(r"[\w-]+", what) if w in short]
        others = frozenset[str]().union(*(d for ids, d in drugs.items() if ids != g.ids))
        own = drugs.get(g.ids, frozenset()) - others
        found.append(replace(g, words=g.words | said(" ".join((what, *spelled))), drugs=g.drugs | own))
    return found


def _with_added(sides: Sequence[str], by_text: Mapping[Ids, str]) -> dict[Ids, str]:
    """``A ± B`` of two arms called by letters: the one that the text says had B, and the other one."""
    if len(sides) != 1 or "±" not in sides[0] or len(by_text) != 2:
        return {}
    base, added = sides[0].split("±", 1)
    having = [ids for ids, what in by_text.items() if names_drug(what, _drugs(added))]
    if len(having) != 1 or lacking(by_text[having[0]]):
        return {}
    return {ids: f"{base} + {added}" if ids == having[0] else base for ids in by_text}


def listed_doses(review: Review, study: str) -> frozenset[float]:
    """The doses that the study's own passages list side by side."""
    own = (fold(p.quote) for p in review.passages if p.studies[:1] == (study,))
    listed = (m[1] for text in own for m in _LISTED.finditer(text))
    return frozenset(float(n) for part in listed for n in re.findall(r"\d+(?:\.\d+)?", part))


def regimens(review: Review, study: str) -> dict[Ids, frozenset[str]]:
    """What each arm had, where the tables tell: ``A + B`` by arm, or ``A ± B`` for the study."""
    found: dict[Ids, frozenset[str]] = {}
    arms = dict.fromkeys(review.arms.get(study, {}).values())
    for fact in review.facts:
        if fact.study != study or fact.attribute != "agents":
            continue
        if fact.group in arms:
            found.setdefault(fact.group, _drugs(fact.value))
        elif "±" in fact.value:
            base, added = fact.value.split("±", 1)
            for ids in arms:
                called = {fold(name).lower() for name, arm in review.arms[study].items() if arm == ids}
                is_added = any(
                    d in _drugs(added)
                    for d in (*(i.removeprefix("with-") for i in ids), *map(_added, called))
                )
                bare = any(i.startswith("no-") for i in ids) or not is_added
                found.setdefault(ids, _drugs(base) if bare else _drugs(f"{base} + {added}"))
        elif len(sides := _VERSUS.split(fact.value)) == 2:
            given = [_drugs(side) for side in sides]
            ordered = in_order(_labels_of(review, study), given)
            for ids, drugs in ordered.items():
                found.setdefault(ids, drugs)
            for drugs, other in zip(given, given[::-1], strict=True):
                ids = _arm_of(review.arms.get(study, {}), drugs, other)
                if ids:
                    found.setdefault(ids, drugs)
    return found if len(found) == len(arms) else {}


def _labels_of(review: Review, study: str) -> dict[Ids, list[str]]:
    """The labels of each arm of a study."""
    found: dict[Ids, list[str]] = {}
    for label, ids in review.arms.get(study, {}).items():
        found.setdefault(ids, []).append(fold(label).lower())
    return found


def _added(label: str) -> str:
    """``alphamab`` of an arm that is called ``with alphamab``; "" for any other."""
    told = _WITH.fullmatch(label)
    return told[1] if told else ""


def _arm_of(arms: Mapping[str, Ids], drugs: frozenset[str], other: frozenset[str]) -> Ids:
    """The arm whose label is just these drugs, or one that the other arm had not."""
    own = {f"with {d}" for d in drugs - other}
    found = (ids for label, ids in arms.items() if _drugs(label) == drugs or label in own)
    return next(found, frozenset())


def _drugs(cell: str) -> frozenset[str]:
    """The names in ``A 10 mg + B (AB)``, in small letters, without doses and what stands in brackets."""
    bare = _IN_BRACKETS.sub("", fold(cell).lower())
    parts = re.split(r"\s*(?:\+|,|;|\band\b|\bplus\b)\s*", bare)
    names = (
        re.sub(rf"\s*\b\d[\d.,]*\s?(?:{_UNIT})\b.*$", "", p, flags=re.IGNORECASE).strip(" .") for p in parts
    )
    return frozenset(n for n in names if re.search(r"[a-z]{2}", n))


def _group(
    ids: Ids, labels: tuple[str, ...], is_arm: bool, text: Iterable[str], short_forms: Mapping[str, str]
) -> OwnGroup:
    drugs = frozenset(m[1] for label in labels if (m := _WITH.fullmatch(label)))
    called = [label for label in labels if not label.startswith("without ")]  # that names another arm
    bare = dict.fromkeys(_AROUND.sub("", fold(label)) for label in called)
    spelled = [_HYPHENED.sub(" ", short_forms[label]) for label in bare if label in short_forms]
    initials = ["".join(w[0] for w in label.split()) for label in bare if _SEVERAL.fullmatch(label)]
    words = said(" ".join((*called, *spelled, *initials)))
    words |= {w for i in ids if not i.startswith("no-") for w in said(i)}
    dose = _dose(labels, text) if is_arm else _bare_dose(labels)
    return OwnGroup(ids, labels, is_arm, words, drugs, dose)


def _bare_dose(labels: Sequence[str]) -> float | None:
    """The amount of a group that is called by nothing else (``3 mg/kg``), as a cell lists them."""
    bare = _DOSE.match(labels[0]) if labels else None
    return float(bare[1]) if bare and bare[2] and re.fullmatch(r"[\w/²]*", labels[0][bare.end() :]) else None


def _dose(labels: Sequence[str], text: Iterable[str]) -> float | None:
    """The amount in an arm's label, or the one that the text gives right behind it."""
    own = next((m for label in labels if (m := _DOSE.match(label)) and m[2]), None)
    if own:
        return float(own[1])
    names = "|".join(map(re.escape, labels))
    behind = re.compile(
        rf"(?<![\w-])(?:{names})\)?,?\s(?:was |is |of |at )?(\d+(?:\.\d+)?)\s?(?:{_UNIT})\b", re.IGNORECASE
    )
    before = re.compile(rf"{_AMOUNT}[^\s,;()]{{0,8}}\s?\((?:{names})(?![\w-])", re.IGNORECASE)
    found: set[float] = set()
    for passage in text:
        found |= {float(m[1]) for m in behind.finditer(fold(passage))}
        found |= {_number(m) for m in before.finditer(plain(passage))}
    return found.pop() if len(found) == 1 else None


def _number(amount: re.Match[str]) -> float:
    """``3 x 10^6`` as a number."""
    return float(amount[1]) * 10.0 ** int(amount[2] or 0)
