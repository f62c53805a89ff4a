"""The arms that a cell of agents tells apart: ``A + B ± C``, ``A vs B``, ``A 0.8, 1.2 or 1.6 mg/kg``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS, with_shared_noun
from assistant.cells.opposed import by_number, by_schedule, several
from assistant.cells.parts import UNIT
from assistant.cells.printed import Arms
from assistant.cells.wordings import CONTROL
from assistant.spans.labels import group_ids
from assistant.text.text import fold, stem, tokens
from assistant.vocabulary.vocabulary import Matchers

DOSE = re.compile(rf"\s*\b\d[\d.,]*(?:\s*(?:,|or|and|/|-)\s*\d[\d.,]*)*\s?{UNIT}(?![A-Za-z]).*$")
"""A drug's dose with all that stands behind it."""
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d[\d.]*)"
_DOSES = re.compile(
    rf"((?:{_NUMBER}(?:\s?{UNIT})?\s*(?:,|or|and|vs\.?)\s*(?:or\s+|and\s+)?)+{_NUMBER})\s?({UNIT})(?![A-Za-z])"
)
_OR_WITHOUT = re.compile(r"\bwith\s+(?:or|and)\s+without\s+(?:an?\s+|the\s+)?", re.IGNORECASE)
_DOSE_OF = re.compile(rf"(?<![\d.])(\d[\d.]*)\s?({UNIT})(?![A-Za-z])")
_SHORT_NOUN = 4
"""Letters up to which a noun alone is no name of what was added: ``with the pause`` is one."""
_SIZES = ("singlet", "doublet", "triplet", "quadruplet", "quintuplet")


def by_regimen(
    agents: Mapping[str, str], found: Arms, short: Mapping[str, str]
) -> Iterable[tuple[str, frozenset[str]]]:
    """Arms by what they had: ``a + b`` for the one that had both, ``a alone`` for the one that had no other drug."""
    if len(set(agents.values())) < len(agents):
        return
    for arm, cell in agents.items():
        if re.search(r"\d", cell) or not drugs_in(cell, short):
            continue
        several = len(drugs_in(cell, short)) > 1
        for name in (cell,) if several else (f"{cell} alone", f"{cell} monotherapy"):
            yield name.lower(), found[arm]


def drugs_in(cell: str, short: Mapping[str, str]) -> tuple[str, ...]:
    """The drugs that a cell of agents joins, in small letters and without their doses."""
    names = [
        DOSE.sub("", p).strip(" .").lower() for p in re.split(r"\s*(?:\+|,|;|\band\b|\bplus\b)\s*", cell)
    ]
    return tuple(n for n in names if re.search(r"[a-z]{3}", n))


def by_drugs(drugs: Mapping[str, Sequence[str]], found: Arms) -> None:
    """Aliases of arms by the drug that only one of them has, and by the number of drugs."""
    for arm, own in drugs.items():
        others = {d for a, names in drugs.items() if a != arm for d in names}
        rest = [a for a in drugs if a != arm]
        for drug in own:
            if drug in others:
                continue
            for wording in _with(drug):
                found.setdefault(wording, found[arm])
            if len(rest) == 1:
                found.setdefault(f"without {drug}", found[rest[0]])
    sizes = [len(d) for d in drugs.values()]
    if len(set(sizes)) == len(sizes):
        for arm, own in drugs.items():
            if len(own) <= len(_SIZES):
                found.setdefault(f"{_SIZES[len(own) - 1]} arm", found[arm])


def _with(drug: str) -> tuple[str, ...]:
    return (
        f"with {drug}", f"on {drug}", f"after {drug}", f"plus {drug}", f"given {drug}", f"received {drug}",
        f"{drug} group", f"{drug} arm", f"{drug} patients", f"{drug}-treated", f"{drug} was given", f"randomised to {drug}",
        f"randomized to {drug}",        f"assigned to {drug}",
    )  # fmt: skip


def arms_of_agents(cell: str, matchers: Matchers, short: Mapping[str, str]) -> Arms:
    """The arms of ``A + B \u00b1 C``, ``A with or without B``, ``A vs B`` and ``A 0.8, 1.2 or 1.6 mg/kg``."""
    cell = _OR_WITHOUT.sub("\u00b1", cell)
    if "\u00b1" in cell:
        base, added = cell.split("\u00b1", 1)
        return _added(_name(base), _name(added), short)
    sides = VERSUS.split(cell)
    if len(sides) == 2:
        first, second = (_name(s) for s in sides)
        if second in {"", first} and (two := _one_dose_each(sides)):
            return two
        if timed := by_schedule(*sides):
            return timed
        if first and second and " " not in first + second and first != second:
            return _against(first, second, matchers)
        return _regimens(*(drugs_in(s, short) for s in with_shared_noun(sides)))
    if len(sides) > 2:
        return several(sides)
    if doses := _DOSES.search(cell):
        return _at_doses(re.findall(r"\d{1,3}(?:,\d{3})+(?!\d)|\d[\d.]*\d|\d", doses[1]), doses[2])
    return {}


def _one_dose_each(sides: Sequence[str]) -> Arms:
    """The arms of ``A 0.8 mg/kg vs 1.2 mg/kg``, which differ in nothing but the dose."""
    doses = [m for side in sides if (m := _DOSE_OF.search(side))]
    numbers = [m[1] for m in doses]
    if len({m[2] for m in doses}) != 1 or len(set(numbers)) < len(sides):
        return {}
    return _at_doses(numbers, doses[0][2])


def _name(text: str) -> str:
    return _BRACKET.sub("", DOSE.sub("", text)).strip(" .").lower()


def _added(base: str, drug: str, short: Mapping[str, str]) -> Arms:
    if not drug or not re.search(r"[a-z]{3}", drug):
        return {}
    first, second = frozenset({f"with-{drug}"}), frozenset({f"no-{drug}"})
    found = dict.fromkeys(
        (f"{drug} arm", *_with(drug), "experimental arm", "combination arm", "combination"), first
    )
    noun = drug.split()[-1]
    if noun != drug and len(noun) > _SHORT_NOUN and noun not in base:
        for wording in (f"with the {noun}", f"with {noun}", f"{noun} arm", f"{noun} group"):
            found.setdefault(wording, first)
    others = ("control arm", "control group", f"without {drug}")
    found |= dict.fromkeys(others, second)
    if "+" not in base and " " not in base:
        meaning = next((fold(m).lower() for s, m in short.items() if s.lower() == base), base)
        for name in dict.fromkeys((base, meaning, meaning.split()[-1])):
            found |= dict.fromkeys(
                (f"{name} arm", f"{name} group", f"{name} alone", f"{name} by itself"), second
            )
    return found


def _against(first: str, second: str, matchers: Matchers) -> Arms:
    found: Arms = {}
    for name in (first, second):
        known = group_ids(name, matchers)
        ids = (
            known if any(i != stem(name) for i in known) or name == "placebo" else frozenset({f"with-{name}"})
        )
        found |= dict.fromkeys((f"{name} arm", *_with(name), f"{name} recipients"), ids)
    one = found[f"{first} arm"]
    found |= dict.fromkeys(("active drug", "active treatment", "active arm", "experimental arm"), one)
    two = found[f"{second} arm"]
    return found | dict.fromkeys(("control arm", "control group"), two)


def _regimens(first: Sequence[str], second: Sequence[str]) -> Arms:
    """The arms of ``A + B vs C + B`` and ``A + B vs A``: each by what it alone had, or went without."""
    own = [d for d in first if d not in second], [d for d in second if d not in first]
    if not first or not second or not (own[0] or own[1]):
        return {}
    found: Arms = {}
    for k, (drugs, alone) in enumerate(zip((first, second), own, strict=True)):
        drug = alone[0] if alone else own[1 - k][0]
        ids = frozenset({f"with-{drug}" if alone else f"no-{drug}"})
        told = (f"{drug} arm", *_with(drug)) if alone else (f"without {drug}",)
        if alone and own[1 - k] and CONTROL.search(drug):
            told = (*told, *(f"without {d}" for d in own[1 - k][:1]))
        joined = tuple(sep.join(drugs) for sep in (" + ", " plus ", " and ", "-"))
        bare = () if alone else tuple(f"{j} alone" for j in joined)
        for label in (*told, *bare, *joined):
            found.setdefault(label, ids)
    if len(first) != len(second) and max(len(first), len(second)) <= len(_SIZES):
        for drugs, ids in zip((first, second), dict.fromkeys(found.values()), strict=False):
            for label in by_number(_SIZES[len(drugs) - 1], len(drugs)):
                found.setdefault(label, ids)
    sides = [next(i for i in found.values() if i == ids) for ids in dict.fromkeys(found.values())]
    return found | dict(_parts_played(own, sides)) if len(sides) == 2 else {}


def _parts_played(
    own: tuple[Sequence[str], Sequence[str]], ids: Sequence[frozenset[str]]
) -> Iterable[tuple[str, frozenset[str]]]:
    """Roles of two arms by what each alone had: the one with nothing of its own is the control, else the second."""
    control = 0 if own[1] and not own[0] else 1
    names = ("control arm", "control group", "comparator arm", "controls")
    yield from ((name, ids[control]) for name in names)
    yield from ((name, ids[1 - control]) for name in ("experimental arm", "investigational arm"))
    if not (own[0] and own[1]):
        yield from (
            (name, ids[1 - control]) for name in ("combination arm", "combination group", "combination")
        )


def by_order(cell: str, found: Arms, matchers: Matchers) -> Iterable[tuple[str, frozenset[str]]]:
    """The parts of two arms that a cell sets against each other: what is studied stands first."""
    first, second = list(dict.fromkeys(found.values()))
    labels = {ids: label for label, ids in reversed(found.items())}
    if len(VERSUS.split(cell)) != 2 or any(
        matchers.populations.find(tokens(label)) for label in labels.values()
    ):
        return
    if any(CONTROL.search(label) or re.search(r"\d\s?(?:mg|g|IU)", label) for label in labels.values()):
        return
    yield from (
        (name, second)
        for name in ("control arm", "control group", "comparator arm", "comparator", "controls")
    )
    yield from ((name, first) for name in ("experimental arm", "investigational arm"))


def set_against(cell: str, found: Arms, short: Mapping[str, str]) -> Iterable[tuple[str, frozenset[str]]]:
    """Further wordings of two printed arms that the cell of agents sets against each other."""
    sides = [drugs_in(s, short) for s in VERSUS.split(cell)]
    added = len(sides) == 2 and (set(sides[0]) < set(sides[1]) or set(sides[1]) < set(sides[0]))
    named = [_arm_of(s, found, short, added=added) for s in sides]
    if len(sides) != 2 or None in named or named[0] == named[1]:
        return
    ids = [i for i in named if i is not None]
    own = [d for d in sides[0] if d not in sides[1]], [d for d in sides[1] if d not in sides[0]]
    for k, drugs in enumerate(own):
        for drug in drugs:
            yield from ((wording, ids[k]) for wording in _with(drug))
            yield (f"without {drug}", ids[1 - k])
    yield from _parts_played(own, ids)


def _arm_of(
    drugs: Sequence[str], found: Arms, short: Mapping[str, str], *, added: bool
) -> frozenset[str] | None:
    """The arm that is called by all of ``drugs``, or by their number (``doublet``); None for none.

    Where drugs are ``added`` to those of the other arm, also by ``combination`` and ``monotherapy``.
    """
    sizes = {_SIZES[len(drugs) - 1]} if 1 < len(drugs) <= len(_SIZES) else set()
    sizes |= {"combination" if len(drugs) > 1 else "monotherapy"} if added else set()
    called = (
        i for a, i in found.items() if set(drugs_in(fold(a), short)) == set(drugs) or a.lower() in sizes
    )
    return next(called, None)


_LETTERED = re.compile(
    r"\b(?P<drug>(?!alone\b|only\b|monotherapy\b)[^\W\d_][\w-]{3,})\s*\((?:(?:cohort|arm|group|part)\s+)?(?P<letter>[A-H])\)"
)


def by_letter(cell: str, found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """Further wordings of cohorts whose letters stand behind their drugs: ``A + alphamab (A) or betanib (B)``."""
    for match in _LETTERED.finditer(cell):
        letter, drug = match["letter"], match["drug"].lower()
        ids = next((found[n] for n in (f"cohort {letter}", f"arm {letter}", letter) if n in found), None)
        if ids is not None:
            yield from ((wording, ids) for wording in (drug, f"{drug} cohort", *_with(drug)))


def spelled_drugs(found: Arms, meanings: Mapping[str, str]) -> Iterable[tuple[str, frozenset[str]]]:
    """Labels of arms with the drugs spelled out that stand in them in short: ``alphamab + betanib`` for ``alphamab + bet``.

    Args:
        found: the labels.
        meanings: the review's short forms in small letters, and what they mean.
    """
    for label, ids in found.items():
        parts = re.split(r"([\s+/-]+)", label.lower())
        told = [meanings[p] for p in parts if p in meanings]
        if told and len(parts) > 1 and all(re.fullmatch(r"[a-z]{5,}", m) for m in told):
            yield "".join(meanings.get(p, p) for p in parts), ids


def _at_doses(doses: Sequence[str], unit: str) -> Arms:
    unit = re.sub(r"\s", "", unit)
    found: Arms = {f"{d} {unit}": frozenset({f"{d}-{unit.replace('/', '-')}"}) for d in doses}
    ranked = sorted(doses, key=lambda d: float(d.replace(",", "")))
    names: dict[int, tuple[str, ...]] = {
        0: ("lowest dose", "lowest dose level"),
        len(ranked) - 1: ("highest dose", "highest dose level"),
    }
    if len(ranked) == 3:
        names[1] = ("middle dose", "intermediate dose", "middle dose level")
    for k, labels in names.items():
        found |= dict.fromkeys(labels, found[f"{ranked[k]} {unit}"])
    return found
