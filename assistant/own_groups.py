"""A study's own arms and subgroups, and which of them the words of a question mean.

Every sort of evidence gives a grade between 0 and 1; the best group is meant where its grade is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus import Review
from assistant.text import fold
from assistant.vocabulary import Vocabulary

Ids = frozenset[str]

ENOUGH = 0.6
"""Grade from which on a group is meant."""
_EXACT, _PART, _ROLE, _WORDS = 1.0, 0.95, 0.8, 0.75
_WITH = re.compile(r"with (.+)")
_UNIT = r"mg|g|[µμ]g|mcg|ug|IU|U"
_DOSE = re.compile(rf"(\d+(?:\.\d+)?)\s?({_UNIT})?\b", re.IGNORECASE)
_LISTED = re.compile(
    rf"((?:\d[\d.]*\s*(?:,|or|and|vs\.?|/)\s*(?:or\s+|and\s+)?)+\d[\d.]*)\s?(?:{_UNIT})\b", re.IGNORECASE
)
_LOWER = re.compile(r"\b(?:low(?:er|est)?|small(?:er|est)?|first|weak(?:er|est)?)\b", re.IGNORECASE)
_HIGHER = re.compile(
    r"\b(?:high(?:er|est)?|larg(?:er|est)|big(?:ger|gest)?|top|strong(?:er|est)?|maximum|last)\b",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\b(?:middle|intermediate|medium|mid)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\b(?:alone|by itself|by themselves|on its own|on their own|only|single[- ]agent|mono(?:therapy)?)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|no|not|never|omit\w*|left out|minus|lacking|free|untreated|withheld|spared)\b|n't\b|-free\b|^non-",
    re.IGNORECASE,
)
_CONTROL, _EXPERIMENTAL = frozenset({"control", "placebo"}), frozenset({"experimental"})
_SHORT_FORM = 4
"""Letters from which on the beginning of a drug's name means it."""
_SAYS_NOTHING = frozenset(
    "arm arms group groups cohort cohorts subgroup subgroups patient patients dose doses dosed level levels "
    "treatment treated recipients recipient the a an of in at with without on given received alone only by "
    "itself per case cases people participants those who were was had randomised randomized assigned to and "
    "its own".split()
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


class OwnGroups:
    """The arms and subgroups of every study of one review.

    Args:
        review: the review.
        vocabulary: tells which populations are opposites.
    """

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self._opposite = {t.id: t.opposite for t in vocabulary.populations.values() if t.opposite}
        self._of = {s.id: _read(review, s.id) for s in review.studies}
        self._regimens = {s.id: _regimens(review, s.id) for s in review.studies}
        self._listed = {s.id: _listed_doses(review, s.id) for s in review.studies}

    def of(self, study: str) -> Sequence[OwnGroup]:
        """The groups of a study, arms first, in order of place."""
        return self._of.get(study, ())

    def arms(self, study: str) -> list[OwnGroup]:
        """Those that the study was divided into."""
        return [g for g in self.of(study) if g.is_arm]

    def meant(self, study: str, label: str, ids: Ids) -> Ids | None:
        """The own group that a wording, read as ``ids``, means; None where none fits well enough."""
        graded = [(self._grade(study, g, label, ids), -k, g) for k, g in enumerate(self.of(study))]
        best = max(graded, default=None, key=lambda t: t[:2])
        if best is None or best[0] < ENOUGH:
            return None
        ties = [g for grade, _, g in graded if grade == best[0]]
        return best[2].ids if len(ties) == 1 or best[0] >= _PART else None

    def other(self, study: str, ids: Iterable[Ids]) -> list[Ids]:
        """The groups beside those of ``ids``: the other arms, or the opposite of a subgroup."""
        named = list(ids)
        arms = [g.ids for g in self.arms(study)]
        if len(arms) > 1 and all(n in arms for n in named):
            return [a for a in arms if a not in named]
        opposed = [o.ids for n in named for o in self.of(study) if self._related(o.ids, n) < 0]
        return list(dict.fromkeys(opposed))

    def is_lesser(self, study: str, ids: Ids) -> bool:
        """Whether an arm is the one without what the other one had."""
        arms = self.arms(study)
        own = next((a for a in arms if a.ids == ids), None)
        if own is None or len(arms) != 2:
            return False
        other = arms[1 - arms.index(own)]
        return _is_control(own) or bool(other.drugs and not own.drugs)

    def ranked(self, study: str) -> list[OwnGroup]:
        """The arms told by their dose, the lowest first; none where they are not."""
        arms = [g for g in self.arms(study) if g.dose is not None and g.labels and g.labels[0][:1].isdigit()]
        return sorted(arms, key=lambda g: g.dose or 0.0) if len({g.dose for g in arms}) > 1 else []

    def at_rank(self, study: str, wording: str) -> Ids | None:
        """``the higher dose``, ``the middle one``: the arm of that rank."""
        ranked = self.ranked(study)
        for pattern, place in ((_MIDDLE, len(ranked) // 2), (_LOWER, 0), (_HIGHER, -1)):
            if ranked and pattern.search(wording):
                return ranked[place].ids if pattern is not _MIDDLE or len(ranked) % 2 else None
        return None

    def at_dose(self, study: str, number: float) -> Ids | None:
        """The arm of that dose."""
        return next((g.ids for g in self.of(study) if g.dose == number), None)

    def is_told_by_dose(self, study: str, number: float) -> bool:
        """Whether a dose is one of several that a study gave, so that a figure of it is one of its own."""
        return bool(self.ranked(study)) or number in self._listed.get(study, ())

    def alone(self, study: str, text: str) -> tuple[str, Ids] | None:
        """(drugs, arm) of ``A plus B alone``; ids of no group where one arm had them only with others."""
        regimens = self._regimens.get(study, {})
        drugs = {d for own in regimens.values() for d in own if _names(text, [d])}
        if len(regimens) < 2 or not drugs or not _ALONE.search(text):
            return None
        label = " + ".join(sorted(drugs, key=fold(text).lower().index)) + " alone"
        exact = [ids for ids, own in regimens.items() if own == drugs]
        common = frozenset.intersection(*regimens.values())
        if not exact and drugs <= common:
            exact = [min(regimens, key=lambda ids: len(regimens[ids]))]
        return label, exact[0] if exact else frozenset({label})

    def with_drug(self, study: str, text: str) -> tuple[str, Ids] | None:
        """(drug, arm) where ``text`` names a drug that one arm of several had and no other."""
        arms = self.arms(study)
        folded = fold(text).lower()
        for arm in arms if len(arms) > 1 else ():
            for drug in sorted(arm.drugs, key=len, reverse=True):
                said = _drug_said(drug, folded)
                if said:
                    return said, arm.ids
        return None

    # -- grades -----------------------------------------------------------------------------------

    def _grade(self, study: str, own: OwnGroup, label: str, ids: Ids) -> float:
        """How surely a wording means ``own``."""
        if ids == own.ids:
            return _EXACT
        if ids and ids < own.ids:
            return _PART
        if own.ids < ids and not (said(" ".join(ids - own.ids)) - own.words):
            return _PART - 0.01
        if fold(label).lower().strip() in own.labels:
            return _PART - 0.01
        return max(
            _PART - 0.02 if self._is_regimen(study, own, label) else 0.0,
            _PART - 0.03 if self._related(own.ids, ids) > 0 else 0.0,
            _PART - 0.03 if self._is_without(study, own, label, ids) else 0.0,
            _ROLE if self._has_role(study, own, label, ids) else 0.0,
            self._by_words(study, own, label),
        )

    def _related(self, a: Ids, b: Ids) -> int:
        """1 where two groups are one by another name (``fit``, ``no-unfit``), -1 where opposites, else 0."""
        if len(a) != 1 or len(b) != 1:
            return 0
        (first, second) = next(iter(a)), next(iter(b))
        x, y = first.removeprefix("no-"), second.removeprefix("no-")
        alike = (x == first) == (y == second)
        if x == y:
            return 1 if alike else -1
        if self._opposite.get(x) == y or self._opposite.get(y) == x:
            return -1 if alike else 1
        return 0

    def _is_without(self, study: str, own: OwnGroup, label: str, ids: Ids) -> bool:
        """``without the drug``: the arm of two that is not the one named."""
        others = [g for g in self.arms(study) if g is not own]
        bare = frozenset(i.removeprefix("no-") for i in ids)
        if not own.is_arm or len(others) != 1 or (bare == ids and not _WITHOUT.search(label)):
            return False
        return bare <= others[0].ids or _names(label, others[0].drugs)

    def _is_regimen(self, study: str, own: OwnGroup, label: str) -> bool:
        """``the A-B arm``: the arm that had just these drugs."""
        regimens = self._regimens.get(study, {})
        text = re.sub(r"[-/+]", " ", label)
        named = {d for regimen in regimens.values() for d in regimen if _names(text, [d])}
        return len(named) > 1 and frozenset(named) == regimens.get(own.ids)

    def _has_role(self, study: str, own: OwnGroup, label: str, ids: Ids) -> bool:
        """``the control arm``, ``the combination``, ``X alone``, ``the higher dose``: by the arm's part."""
        if not own.is_arm:
            return False
        arms = self.arms(study)
        if self.at_rank(study, label) == own.ids and re.search(
            r"\bdos|\blevel|-dose\b", label, re.IGNORECASE
        ):
            return True
        if len(arms) != 2:
            return False
        other = arms[1 - arms.index(own)]
        bare = _is_control(own) or bool(other.drugs and not own.drugs)
        full = _is_control(other) or bool(own.drugs and not other.drugs)
        if bare == full:
            return False
        lone = bool(ids & (_CONTROL | {"monotherapy"})) or bool(_ALONE.search(label))
        added = bool(ids & (_EXPERIMENTAL | {"combination"}))
        if _names(label, other.drugs):
            return False
        return (bare and lone) or (full and added)

    def _by_words(self, study: str, own: OwnGroup, label: str) -> float:
        """The share of a wording's telling words that the group's own labels have."""
        words = said(label)
        shared = {w for w in words if any(_same_word(w, o) for o in own.words)}
        told = any(
            w in shared and not any(_same_word(w, o) for o in g.words)
            for g in self.of(study)
            if g is not own
            for w in words
        )
        if not words or not shared or (len(self.of(study)) > 1 and not told):
            return 0.0
        if _WITHOUT.search(label) and not any(i.startswith("no-") for i in own.ids):
            return 0.0
        return _WORDS * len(shared) / len(words)


def _same_word(a: str, b: str) -> bool:
    """Whether two words are one but for the ending: ``mutated`` and ``mutation``."""
    if a == b:
        return True
    n = min(len(a), len(b))
    return n >= 5 and a[: max(5, n - 2)] == b[: max(5, n - 2)] and a.isalpha() and b.isalpha()


def _drug_said(drug: str, text: str) -> str:
    """The wording of a drug in ``text``: its name, or a short form of its first letters (``dara``); "" for none."""
    if _names(text, [drug]):
        return drug
    words = re.findall(rf"\b[a-z]{{{_SHORT_FORM},}}\b", text)
    return next((w for w in words if len(drug) >= len(w) + 3 and drug.startswith(w)), "")


def _names(label: str, drugs: Iterable[str]) -> bool:
    folded = fold(label).lower()
    return any(re.search(rf"(?<![\w-]){re.escape(d)}(?![\w-])", folded) for d in drugs)


def _is_control(group: OwnGroup) -> bool:
    return any(i.startswith("no-") or i in _CONTROL for i in group.ids)


def _read(review: Review, study: str) -> tuple[OwnGroup, ...]:
    labels: dict[Ids, dict[str, None]] = {}
    for label, ids in review.arms.get(study, {}).items():
        labels.setdefault(ids, {})[fold(label).lower()] = None
    arms = list(labels)
    for fact in review.facts:
        if fact.study == study and fact.group:
            labels.setdefault(fact.group, {})[fold(fact.group_label).lower().strip()] = None
    text = [p.quote for p in review.passages if p.studies[:1] == (study,)]
    short = {fold(k).lower(): fold(v).lower() for k, v in review.raw.abbreviations.items()}
    return tuple(_group(ids, tuple(wordings), ids in arms, text, short) for ids, wordings in labels.items())


def _listed_doses(review: Review, study: str) -> frozenset[float]:
    """The doses that the study's own passages list side by side."""
    own = (fold(p.quote) for p in review.passages if p.studies[:1] == (study,))
    listed = (m[1] for text in own for m in _LISTED.finditer(text))
    return frozenset(float(n) for part in listed for n in re.findall(r"\d+(?:\.\d+)?", part))


def _regimens(review: Review, study: str) -> dict[Ids, frozenset[str]]:
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
                bare = any(i.startswith("no-") for i in ids) or not any(
                    d.removeprefix("with-") in _drugs(added) for d in ids
                )
                found.setdefault(ids, _drugs(base) if bare else _drugs(f"{base} + {added}"))
    return found if len(found) == len(arms) else {}


def _drugs(cell: str) -> frozenset[str]:
    """The names in ``A 10 mg + B``, in small letters and without doses."""
    parts = re.split(r"\s*(?:\+|,|;|\band\b|\bplus\b)\s*", fold(cell).lower())
    names = (
        re.sub(rf"\s*\b\d[\d.,]*\s?(?:{_UNIT})\b.*$", "", p, flags=re.IGNORECASE).strip(" .") for p in parts
    )
    return frozenset(n for n in names if re.search(r"[a-z]{2}", n))


def _group(
    ids: Ids, labels: tuple[str, ...], is_arm: bool, text: Iterable[str], short_forms: Mapping[str, str]
) -> OwnGroup:
    drugs = frozenset(m[1] for label in labels if (m := _WITH.fullmatch(label)))
    own = (fold(label) for label in labels)
    spelled = [meaning for short, meaning in short_forms.items() for label in own if short == label]
    words = said(" ".join((*labels, *spelled))) | {w for i in ids if not i.startswith("no-") for w in said(i)}
    return OwnGroup(ids, labels, is_arm, words, drugs, _dose(labels, text) if is_arm else None)


def _dose(labels: Sequence[str], text: Iterable[str]) -> float | None:
    """The amount in an arm's label, or the one that the text gives right behind it."""
    own = next((m for label in labels if (m := _DOSE.match(label)) and m[2]), None)
    if own:
        return float(own[1])
    beside = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, labels))})\)?,?\s(?:was |is |of |at )?(\d+(?:\.\d+)?)\s?(?:{_UNIT})\b",
        re.IGNORECASE,
    )
    found = {float(m[1]) for passage in text for m in beside.finditer(fold(passage))}
    return found.pop() if len(found) == 1 else None
