"""What two arms of ``A + B (guided) vs. continuous A`` are called by their drugs and by how long these are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import lazy_re as re
from assistant.cells.agents import DOSE
from assistant.cells.compared import VERSUS
from assistant.cells.printed import Arms
from assistant.text.text import fold

_GENERIC = re.compile(r"(?:the )?(?:combination|combo|doublet|triplet|quadruplet|combined)\b", re.IGNORECASE)
"""Begins the label of an arm that is only called by its having more drugs."""
_LASTING = r"continuous|continued|indefinite"
_LIMITED = r"(?:time|duration)-limited|limited-duration|fixed-duration|finite"
_PLAN = re.compile(
    rf"\b(?P<plan>{_LASTING}|{_LIMITED}|intermittent|(?:MRD|PET|risk|response|biomarker)-(?:guided|adapted|directed|driven|stratified))\b",
    re.IGNORECASE,
)
_NOUNS = ("arm", "group", "treatment", "therapy", "strategy")
_JOINERS = (" + ", " plus ", " and ", "-", "/", " with ")
_TWO = 2


def by_plan(cell: str, found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """Further labels of two arms that a cell of agents tells apart by more drugs, or by the plan of giving them."""
    sides = [fold(side).strip() for side in VERSUS.split(cell)]
    drugs = [_drugs(side) for side in sides]
    arms = _on_sides(drugs, found) if len(sides) == _TWO else []
    if not arms:
        return
    plans = [{m["plan"].lower() for m in _PLAN.finditer(side)} for side in sides]
    if any(re.fullmatch(_LASTING, p) for p in plans[1]) and not plans[0] & {"continuous", "indefinite"}:
        plans[0] |= {"time-limited", "limited-duration"}
    if plans[1] & {"continuous", "indefinite"}:
        plans[1] |= {"continuous", "indefinite"}
    generic = any(_GENERIC.match(label) for label in found)
    for own, plan, ids in zip(drugs, plans, arms, strict=True):
        names = [joiner.join(own) for joiner in _JOINERS] if len(own) > 1 else list(own)
        if generic:
            yield from _by_drugs(names, alone=len(own) == 1, ids=ids)
        for word in sorted(plan - (plans[0] & plans[1])):
            yield from ((f"{word} {noun}", ids) for noun in (*_NOUNS, *names))


def _drugs(side: str) -> list[str]:
    """The drugs of a side, in small letters, without doses, brackets and the words for its plan."""
    bare = DOSE.sub("", _PLAN.sub("", re.sub(r"\([^()]*\)", "", side)))
    names = [
        re.sub(r"\s+", " ", part).strip(" ,;.").lower()
        for part in re.split(r"\s*(?:\+|\bplus\b|\band\b)\s*", bare)
    ]
    return [n for n in names if re.search(r"[a-z]{3}", n)]


def _on_sides(drugs: Sequence[Sequence[str]], found: Arms) -> list[frozenset[str]]:
    """The arm of each of two sides: one called so, or the one that is only called the combination; empty where unclear."""
    labels = {ids: label.lower() for label, ids in reversed(found.items())}
    first, second = drugs
    if len(labels) != _TWO or not first or not second or list(first) == list(second):
        return []
    arms: list[frozenset[str]] = []
    for own, other in ((first, second), (second, first)):
        called = [ids for ids, label in labels.items() if _drugs(label) == list(own)]
        called += [ids for ids, label in labels.items() if _GENERIC.match(label) and len(own) > len(other)]
        arms += called[:1]
    return arms if len(set(arms)) == _TWO else []


def _by_drugs(
    names: Sequence[str], ids: frozenset[str], *, alone: bool
) -> Iterable[tuple[str, frozenset[str]]]:
    """What an arm is called by all its drugs, or as the one of a single drug."""
    for name in names:
        yield from ((form, ids) for form in (name, f"{name} arm", f"{name} group", f"{name}-treated"))
        if alone:
            yield from ((f"{name} {word}", ids) for word in ("alone", "monotherapy", "only"))
    if alone:
        yield from (
            (form, ids)
            for form in ("monotherapy", "monotherapy arm", "single-agent arm", "control arm", "control group")
        )
