"""A study's own arms and subgroups, and which of them the words of a question mean.

Every sort of evidence gives a grade between 0 and 1; the best group is meant where its grade is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.groups.reading import (
    Ids,
    OwnGroup,
    listed_doses,
    names_drug,
    own_groups,
    regimens,
    said,
)
from assistant.text.ages import ages_of_group, of_one_age
from assistant.text.text import fold
from assistant.vocabulary.vocabulary import Vocabulary

ENOUGH = 0.6
"""Grade from which on a group is meant."""
_EXACT, _PART, _ROLE, _WORDS = 1.0, 0.95, 0.8, 0.75
_MEASURED_WITH = re.compile(r"^\w+ (?:with|on|to|after|for|under) ")
"""``response with alphamab``: what is measured stands before the arm."""
_LEADING = re.compile(
    r"^(?:after|following|under|using|treated with|randomi[sz]ed to|assigned to)\s+", re.IGNORECASE
)
_OF_DOSES = r"(?= (?:dose|level|cohort|one|arm|group)|\W*$)"
_LOWER = re.compile(
    rf"\b(?:low(?:er|est)?|lesser|bottom|small(?:er|est)?|first{_OF_DOSES}|weak(?:er|est)?|reduced|halved)\b",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    rf"\b(?:high(?:er|est)?|larg(?:er|est)|big(?:ger|gest)?|upper(?:most)?|greater|greatest|top|strong(?:er|est)?|maximum"
    rf"|last{_OF_DOSES}|full|conventional)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\d|(?:dl|(?:dose )?level|cohort)[ -]?\d", re.IGNORECASE)
"""Begins the label of an arm that is told by its dose."""
_MIDDLE = re.compile(r"\b(?:middle|intermediate|medium|mid)\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\b(?:alone|by itself|by themselves|on its own|on their own|only|single[- ]agent|mono(?:therapy)?)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|no|not|never|omit\w*|left out|minus|lacking|free|untreated|withheld|spared)\b|n't\b"
    r"|-free\b|^non-",
    re.IGNORECASE,
)
_WITH_SOMETHING = re.compile(
    r"(?:\b(?:plus|with|and|in addition to)|\+)\s+(?:an?\s+|some\s+|its\s+)?"
    r"(?:partner|something|another|other|others|companion|second|additional|extra|more)\b",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    r"(?:the )?(?:youngsters?|younger ones|youngest|young (?:ones|patients|people))(?: only)?", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(r"\b(?:against|versus|vs\.?|compared|than|or)\b", re.IGNORECASE)
"""Stands between two arms that are set side by side."""
_BETWEEN_TWO = re.compile(r"\b(?:between|compar\w+)\b(?=.{0,200}\band\b)", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\band\b", re.IGNORECASE)
"""Stands between them where two are compared: ``between A with B and A alone``."""
_NUMBERED = re.compile(r"doublet|triplet|quadruplet|combination", re.IGNORECASE)
"""Labels of arms that others are added to."""
_CONTROL, _EXPERIMENTAL = frozenset({"control", "placebo"}), frozenset({"experimental"})
_CALLED = (
    (_CONTROL, ("control arm", "control group", "comparator arm", "comparator")),
    (_EXPERIMENTAL, ("experimental arm", "investigational arm", "active arm")),
)
"""Labels that say what part an arm plays."""
_CONTROL_NAMED = re.compile(
    r"\bplacebo\b|\bbest[- ](?:available|supportive)\b|\bstandard[- ]of[- ]care\b|\bchoice\b|\bobservation\b"
)
_LONGEST_ENDING = 4
"""Letters that one of two words may have more than the other and still be its inflection."""
_PERIODS = frozenset(
    "operative pre-operative post-operative peri-operative induction consolidation maintenance".split()
)
"""When an arm's treatment was given, which names no group of patients beside the arm."""
_SHORT_FORM = 4
"""Letters from which on the beginning of a drug's name means it."""


class OwnGroups:
    """The arms and subgroups of every study of one review.

    Args:
        review: the review.
        vocabulary: tells which populations are opposites.
    """

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self._opposite = {t.id: t.opposite for t in vocabulary.populations.values() if t.opposite}
        self._states = frozenset(vocabulary.populations)
        self._of = {s.id: own_groups(review, s.id) for s in review.studies}
        self._regimens = {s.id: regimens(review, s.id) for s in review.studies}
        self._listed = {s.id: listed_doses(review, s.id) for s in review.studies}

    def of(self, study: str) -> Sequence[OwnGroup]:
        """The groups of a study, arms first, in order of place."""
        return self._of.get(study, ())

    def given(self, study: str) -> Mapping[Ids, Ids]:
        """The drugs that each arm had, where the tables tell."""
        return self._regimens.get(study, {})

    def arms(self, study: str) -> list[OwnGroup]:
        """Those that the study was divided into."""
        return [g for g in self.of(study) if g.is_arm]

    def meant(self, study: str, label: str, ids: Ids) -> Ids | None:
        """The own group that a wording, read as ``ids``, means; None where none fits well enough."""
        ids = (ids - _PERIODS) or ids
        graded = [(self._grade(study, g, label, ids), -k, g) for k, g in enumerate(self.of(study))]
        best = max(graded, default=None, key=lambda t: t[:2])
        if best is None or best[0] < ENOUGH:
            return None
        ties = [g for grade, _, g in graded if grade == best[0]]
        if len(ties) > 1 and all(ids < g.ids and any(a.ids < g.ids for a in self.arms(study)) for g in ties):
            return None  # a subgroup of every arm, not one arm's part of it
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
        told = [g for g in self.of(study) if g.dose is not None and g.labels and _LEVEL.match(g.labels[0])]
        arms = [g for g in told if g.is_arm] or told
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
        given = {
            ids: own - _CONTROL for ids, own in self._regimens.get(study, {}).items()
        }  # a placebo adds nothing
        drugs = {d for own in given.values() for d in own if names_drug(text, [d])}
        lone = _ALONE.search(text)
        if len(given) < 2 or not drugs or not lone:
            return None
        others = _other_sides(text, lone).replace("-", " ")
        sizes = {label for arm in self.arms(study) for label in arm.labels if _NUMBERED.fullmatch(label)}
        if names_drug(others, drugs) or names_drug(others, sizes):
            return None  # both arms are named: "A alone against A plus B", "… against the doublet"
        label = " + ".join(sorted(drugs, key=fold(text).lower().index)) + " alone"
        exact = [ids for ids, own in given.items() if own == drugs]
        common = frozenset.intersection(*given.values())
        if not exact and drugs <= common:
            exact = [min(given, key=lambda ids: len(given[ids]))]
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

    def graded(self, study: str, own: OwnGroup, label: str, ids: Ids) -> float:
        """How surely a wording, read as ``ids``, means one group of the study: from 0 to 1."""
        return self._grade(study, own, label, ids)

    # -- grades -----------------------------------------------------------------------------------

    def _grade(self, study: str, own: OwnGroup, label: str, ids: Ids) -> float:
        """How surely a wording means ``own``."""
        if ids == own.ids:
            return _EXACT
        if _bare(ids) == _bare(own.ids):
            return _PART
        if ids and ids < own.ids:
            return _PART
        if _denied(own, label, ids):
            return 0.0
        if own.ids < ids and not (said(" ".join(ids - own.ids)) - own.words):
            return _PART - 0.01
        if _YOUNG.fullmatch(label.strip()) and self._is_youngest(study, own):
            return _PART
        tail = _MEASURED_WITH.sub("", fold(label).lower().strip())
        if fold(label).lower().strip() in own.labels or tail in own.labels:
            return _PART - 0.01
        return max(
            _PART - 0.02 if self._is_regimen(study, own, label) else 0.0,
            _PART - 0.03 if self._related(own.ids, ids) > 0 else 0.0,
            _PART - 0.03 if self._is_without(study, own, label, ids) else 0.0,
            _ROLE if self._has_role(study, own, label, ids) else 0.0,
            self._by_words(study, own, label),
        )

    def _is_youngest(self, study: str, own: OwnGroup) -> bool:
        """Whether it is the youngest of two or more groups told by age."""
        told = [(a, g) for g in self.of(study) if len(g.ids) == 1 for i in g.ids if (a := ages_of_group(i))]
        return len(told) > 1 and min(told, key=lambda t: t[0])[1] is own

    def _related(self, a: Ids, b: Ids) -> int:
        """1 where two groups are one by another name (``fit``, ``no-unfit``), -1 where opposites, else 0."""
        if len(a) != 1 or len(b) != 1:
            return 0
        (first, second) = next(iter(a)), next(iter(b))
        x, y = first.removeprefix("no-"), second.removeprefix("no-")
        alike = (x == first) == (y == second)
        if of_one_age(x, y):
            return 1 if alike else -1
        if x == y:
            return 1 if alike else -1
        if self._opposite.get(x) == y or self._opposite.get(y) == x:
            return -1 if alike else 1
        return 0

    def _is_without(self, study: str, own: OwnGroup, label: str, ids: Ids) -> bool:
        """``without the drug``: the arm of two that is not the one named."""
        others = [g for g in self.arms(study) if g is not own]
        bare = frozenset(i.removeprefix("no-") for i in ids)
        if bare and bare <= self._states - _CONTROL - _EXPERIMENTAL - {"combination", "monotherapy"}:
            return False  # who lacks one mutation need not have the other one
        if not own.is_arm or len(others) != 1 or (bare == ids and not _WITHOUT.search(label)):
            return False
        return bare <= others[0].ids or names_drug(label, others[0].drugs)

    def _is_regimen(self, study: str, own: OwnGroup, label: str) -> bool:
        """``the A-B arm``: the arm that had just these drugs."""
        given = self._regimens.get(study, {})
        text = re.sub(r"[-/+]", " ", label)
        named = {d for regimen in given.values() for d in regimen if names_drug(text, [d])}
        return len(named) > 1 and frozenset(named) == given.get(own.ids)

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
        if any(ids & part and not set(called).isdisjoint(own.labels) for part, called in _CALLED):
            return True
        if _WITH_SOMETHING.search(label) and "combination" in own.ids:
            return True
        other = arms[1 - arms.index(own)]
        bare = _is_control(own) or bool(other.drugs and not own.drugs)
        full = _is_control(other) or bool(own.drugs and not other.drugs)
        if bare == full:
            return False
        lone = bool(ids & (_CONTROL | {"monotherapy"})) or bool(_ALONE.search(label))
        added = bool(ids & (_EXPERIMENTAL | {"combination"}) or _WITH_SOMETHING.search(label))
        if names_drug(label, other.drugs):
            return False
        return (bare and lone) or (full and added)

    def _by_words(self, study: str, own: OwnGroup, label: str) -> float:
        """The share of a wording's telling words that the group's own labels have."""
        words = said(_LEADING.sub("", label) if own.is_arm else label)
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


def _denied(own: OwnGroup, label: str, ids: Ids) -> bool:
    """``who were not children``: the group that a wording names and denies."""
    denied = (
        bool(ids) and all(i.startswith("no-") for i in ids) and not any(i.startswith("no-") for i in own.ids)
    )
    bare = frozenset(i.removeprefix("no-") for i in ids)
    return denied and (bare <= own.ids or fold(label).lower().strip() in own.labels)


def _bare(ids: Ids) -> Ids:
    """The ids without what only says that a gene is altered: ``r1-mutated`` is ``r1``."""
    return frozenset(re.sub(r"(?<=\w)-(?:mutated|variant|mutant)$", "", i) for i in ids)


def _other_sides(text: str, lone: re.Match[str]) -> str:
    """What stands on the other sides of a comparison than ``alone``; "" where nothing is compared."""
    between = [*_SIDE_BY_SIDE.finditer(text), *(_AND.finditer(text) if _BETWEEN_TWO.search(text) else ())]
    borders = [0, *sorted(m.start() for m in between), len(text)]
    side = next(text[a:b] for a, b in pairwise(borders) if a <= lone.start() < b)
    return text.replace(side, " ") if between else ""


def _same_word(a: str, b: str) -> bool:
    """Whether two words are one but for the ending (``mutated`` and ``mutation``), or the first is the other clipped (``chemo``)."""
    if a == b or (len(b) - _SHORT_FORM >= len(a) >= _SHORT_FORM and b.startswith(a) and b.isalpha()):
        return True
    n = min(len(a), len(b))
    alike = n >= 5 and a[: max(5, n - 2)] == b[: max(5, n - 2)] and a.isalpha() and b.isalpha()
    return alike and max(len(a), len(b)) - n <= _LONGEST_ENDING  # "lymphoma" is not "lymphoblastic"


def _drug_said(drug: str, text: str) -> str:
    """The wording of a drug in ``text``: its name or its first letters (``dara``); "" for none."""
    if names_drug(text, [drug]):
        return drug
    words = re.findall(rf"(?<![\w-])[a-z]{{{_SHORT_FORM},}}(?!\w|-(?!treated\b))", text)
    return next((w for w in words if len(drug) >= len(w) + 3 and drug.startswith(w)), "")


def _is_control(group: OwnGroup) -> bool:
    return any(i.startswith("no-") or i in _CONTROL or _CONTROL_NAMED.search(i) for i in group.ids)
