"""The arms and subgroups a study's table columns and cells name, with the wordings that mean each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells_opposed import by_interval, by_number, by_schedule, opposed, several
from assistant.cells_printed import by_addition, measure_columns, printed_arms
from assistant.folder import Table
from assistant.spans import group_ids
from assistant.text import fold, stem, tokens
from assistant.vocabulary import Matchers

_COUNT_HEAD = re.compile(
    r"\b(?:patients|no\.|number|sample|participants|enrolled|subjects|n)\b", re.IGNORECASE
)
_AGENT_HEAD = re.compile(
    r"\b(?:agents?|treatments?|regimens?|interventions?|therap(?:y|ies)|drugs?|products?)\b", re.IGNORECASE
)
_NOT_AGENTS = re.compile(
    r"\b(?:deaths?|related|mortality|prior|previous|duration|lines?|response)\b", re.IGNORECASE
)
_UNIT = r"(?:mg|g|\u00b5g|\u03bcg|ug|IU|U|cells)(?:\s?/\s?(?:m2|m\u00b2|kg|day|d|week))?"
_LABELLED = (
    r"(?:with\s+|in\s+(?:the\s+)?|had\s+|on\s+|at\s+(?=\d))?"
    rf"((?:[^\d;]|(?<=[A-Za-z])\d+)+?|every\s\d+\s[a-z]+|(?<=at )\d[\d.]*\s?{_UNIT}[^\d;]*?)"
)
_PART = re.compile(
    rf"^\s*(?:(\d[\d,]*)\s+{_LABELLED}|((?:[^\d;:=]|(?<=[A-Za-z])\d(?!\d*\s*$))+?)\s*[:=,]?\s*(?:n\s*=\s*)?(\d[\d,]*))\s*$"
)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_DOSE = re.compile(rf"\s*\b\d[\d.,]*(?:\s*(?:,|or|and|/|-)\s*\d[\d.,]*)*\s?{_UNIT}(?![A-Za-z]).*$")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_DOSES = re.compile(
    rf"((?:\d[\d.]*\s*(?:,|or|and|vs\.?)\s*(?:or\s+|and\s+)?)+\d[\d.]*)\s?({_UNIT})(?![A-Za-z])"
)
_CONTROL = re.compile(
    r"\b(?:placebo|controls?|standard[ -]of[ -]care|usual care|observation|best (?:available|supportive)"
    r"|(?:physician|investigator|doctor)'?s'? choice|standard (?:therapy|treatment|care|arm))\b|^no\s",
    re.IGNORECASE,
)
_NO = re.compile(r"no\s+(?=[a-z])", re.IGNORECASE)
EACH_ARM = re.compile(r"(?:(?:per|each|either|every|both)\s+)(?:arms?|groups?|cohorts?)", re.IGNORECASE)
"""``241 per arm``: the size of each arm, which names none of them."""
_JOINERS = (" plus ", " and ", " with ", " combined with ", "-")
"""How texts join the drugs that a table joins with ``+``."""
_TIMES = frozenset({"once", "twice", "thrice", "every"})
_SIZES = ("singlet", "doublet", "triplet", "quadruplet", "quintuplet")

__all__ = ["EACH_ARM", "Arms", "arms_in_order", "arms_of", "arms_set_against", "measure_columns", "parts"]

Arms = dict[str, frozenset[str]]


def parts(cell: str) -> Iterable[tuple[str, str, int]]:
    """(count, label, offset of the count) of each part in ``44 (29 combination; 15 monotherapy)``."""
    for inner in re.finditer(r"\(([^()]*)\)", cell):
        offset = inner.start(1)
        for piece in re.split(r"([;,]|\band\b|/(?=\s))", inner[1]):
            match = _PART.match(piece)
            if match:
                number, label = (match[1], match[2]) if match[1] else (match[4], match[3])
                if re.search(r"[A-Za-z]{2}|^[A-Z]\d+[A-Z]?$", label):
                    yield number, label.strip(), offset + piece.index(number)
            offset += len(piece)


def arms_of(
    tables: Iterable[Table], study: str, matchers: Matchers, abbreviations: Mapping[str, str] | None = None
) -> Arms:
    """Label -> ids of a study's arms and subgroups, those of columns and counts first, in order of place.

    Several labels may share ids: ``with bortezomib`` and ``Triplet`` are one arm where it alone has it.
    """
    short = abbreviations or {}
    columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
    found = by_addition(printed_arms(columns, matchers))
    headed = bool(found)
    agents = _agents(columns)
    counted = _counted(columns, matchers)
    if not headed and len(agents) == 1 and "\u00b1" not in (cell := next(iter(agents.values()))):
        found = opposed(_of_agents(cell, matchers, short), counted, short)
    if headed or not found:
        found |= {label: ids for label, ids in counted.items() if label not in found}
    primary = list(dict.fromkeys(found.values()))
    if len(agents) > 1 and all(a in found for a in agents):
        _by_drugs({a: _drugs(c, short) for a, c in agents.items()}, found)
        for label, ids in _by_regimen(agents, found, short):
            found.setdefault(label, ids)
    elif (
        len(primary) == 2
        and (
            drugs := {
                a: _drugs(short[a], {})
                for a in found
                if a in short and not matchers.populations.find(tokens(a))
            }
        )
        and len(drugs) == 2
    ):
        _by_drugs(drugs, found)
    elif not primary and len(agents) == 1:
        found |= _of_agents(next(iter(agents.values())), matchers, short)
    if len(primary) == 2 and len(agents) == 1:
        for label, ids in _by_order(next(iter(agents.values())), found, matchers):
            found.setdefault(label, ids)
        for label, ids in _set_against(next(iter(agents.values())), found, short):
            found.setdefault(label, ids)
    meanings = {k.lower(): fold(v).lower() for k, v in short.items()}
    parted = {label: _short_parts(label, short) for label in found}
    spelt = {label: tuple(fold(short[p]).lower() for p in own) for label, own in parted.items()}
    if len(primary) == 2 and sum(len(p) > 1 for p in spelt.values()) == 2:
        _by_drugs({label: p for label, p in spelt.items() if len(p) > 1}, found)
    for label, names in spelt.items():
        for sep in ("-", " plus ", " and ", "/", " + ", " ") if len(names) > 1 else ():
            found.setdefault(sep.join(names), found[label])
            mixed = (
                n if len(s) < _LONG_SHORT else s.lower() for n, s in zip(names, parted[label], strict=True)
            )
            found.setdefault(sep.join(mixed), found[label])
    for label, ids in list(found.items()):
        if meaning := meanings.get(label.lower()):
            found.setdefault(meaning, ids)
    for label, ids in list(_by_nouns(found, meanings)):
        found.setdefault(label, ids)
    for label, ids in _roles(found, meanings, matchers if not agents else None):
        found.setdefault(label, ids)
    for label, ids in list(found.items()):
        if re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+){1,2}", label) and label.split()[0].lower() in _TIMES:
            found.setdefault(label.replace(" ", "-"), ids)
        for sep in _JOINERS if " + " in label else ():
            found.setdefault(label.replace(" + ", sep), ids)
        if "/" in label and "-" not in label:
            found.setdefault(label.replace("/", "-"), ids)
        if dose := re.match(rf"(\d[\d.]*\s?{_UNIT})\s+\S", label):
            found.setdefault(dose[1], ids)
    for label, ids in list(by_interval(found)):
        found.setdefault(label, ids)
    for label, ids in list(_told_by_dose(found)):
        found.setdefault(label, ids)
    return {label: ids for label, ids in found.items() if ids}


def _short_parts(label: str, short: Mapping[str, str]) -> tuple[str, ...]:
    """The listed short forms that a label is made of: ``BuCy`` of ``Bu`` and ``Cy``; empty where it is of none."""
    forms = sorted((s for s in short if len(s) > 1), key=len, reverse=True)
    parts: list[str] = []
    rest = label
    while rest:
        part = next((f for f in forms if rest.startswith(f)), "")
        if not part:
            return ()
        parts.append(part)
        rest = rest[len(part) :].lstrip("-+/ ")
    return tuple(parts)


_LONG_SHORT = 3
"""Letters of a short form that is said as it is: ``fludarabine plus TBI``."""
_NOUN_LETTERS = 8
"""Letters of a treatment's noun that is no everyday word: ``chemoradiotherapy``."""


def _by_nouns(found: Arms, meanings: Mapping[str, str]) -> Iterable[tuple[str, frozenset[str]]]:
    """Arms by the last word of what their short forms mean: ``chemoradiotherapy`` for ``CRT``, where each has its own."""
    nouns = {
        ids: meanings[label.lower()].split()[-1] for label, ids in found.items() if label.lower() in meanings
    }
    if len(nouns) == len(set(found.values())) == len(set(nouns.values())) > 1:
        yield from ((noun, ids) for ids, noun in nouns.items() if len(noun) >= _NOUN_LETTERS)


def _told_by_dose(found: Arms) -> Iterable[tuple[str, frozenset[str]]]:
    """``30 mg`` for the arm ``A 30 mg`` that alone has this dose, and ``comparator`` for the one arm without a dose of A."""
    last = re.compile(rf"(?P<drug>\S.*?)\s+(?P<dose>\d[\d.]*\s?{_UNIT})")
    labels = {ids: label for label, ids in reversed(found.items())}
    doses = {ids: m for ids, label in labels.items() if (m := last.fullmatch(label))}
    held = [re.sub(r"\s", "", m["dose"]) for m in doses.values()]
    for ids, match in doses.items():
        if held.count(re.sub(r"\s", "", match["dose"])) == 1:
            yield match["dose"], ids
    others = [ids for ids in labels if ids not in doses]
    if len(doses) > 1 and len({m["drug"].lower() for m in doses.values()}) == 1 and len(others) == 1:
        names = ("comparator", "comparator arm", "control arm", "control group", "controls")
        yield from ((name, others[0]) for name in names)


def arms_in_order(arms: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """The different arms, in order of place."""
    return list(dict.fromkeys(arms.values()))


def arms_set_against(
    tables: Iterable[Table], study: str, arms: Mapping[str, frozenset[str]]
) -> list[tuple[frozenset[str], str]]:
    """(ids, label) of a study's arms in the order in which its cells set their values against each other.

    That is the order of the cell of agents (``A vs B``), where its sides name the arms, else that of place; empty for one arm.
    """
    labels = {ids: label for label, ids in reversed(list(arms.items()))}
    if len(labels) < 2:
        return []
    columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
    for cell in _agents(columns).values():
        sides = _VERSUS.split(cell)
        named = [_named_in(side, arms) for side in sides]
        if len(sides) > 1 and None not in named and len(set(named)) == len(sides):
            return [(ids, labels[ids]) for ids in named if ids is not None]
        if len(sides) > 1 and len(sides) != len(labels):
            return []
    return [(ids, labels[ids]) for ids in arms_in_order(arms)] if len(labels) == 2 else []


def _named_in(side: str, arms: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The one arm that a side of a cell of agents names by the longest of the labels in it; None where it is not one.

    ``A + B + C`` names the arm of that name, though the other one is ``A + B``.
    """
    said = f" {_DOSE.sub('', fold(side)).lower()} "
    named = [
        (len(short), ids)
        for label, ids in arms.items()
        if re.search(rf"(?<![\w-]){re.escape(short := _short(label))}(?![\w-])", said)
    ]
    longest = max((n for n, _ in named), default=0)
    found = {ids for n, ids in named if n == longest}
    return next(iter(found)) if len(found) == 1 else None


def _short(label: str) -> str:
    """A label without the words around a treatment's name: ``A`` of ``A arm``."""
    return re.sub(
        r"^(?:with|on|after|plus|given|received)\s+|\s+(?:arm|group|recipients)$", "", label.lower()
    )


def _by_regimen(
    agents: Mapping[str, str], found: Arms, short: Mapping[str, str]
) -> Iterable[tuple[str, frozenset[str]]]:
    """Arms by what they had: ``a + b`` for the one that had both, ``a alone`` for the one that had no other drug."""
    if len(set(agents.values())) < len(agents):
        return
    for arm, cell in agents.items():
        if re.search(r"\d", cell) or not _drugs(cell, short):
            continue
        several = len(_drugs(cell, short)) > 1
        for name in (cell,) if several else (f"{cell} alone", f"{cell} monotherapy"):
            yield name.lower(), found[arm]


def _is_drug(label: str, matchers: Matchers) -> bool:
    """Whether an arm's label is one word that names no patients."""
    return label.isalpha() and len(label) > 5 and not matchers.populations.find(tokens(label))


def _roles(
    found: Arms, meanings: Mapping[str, str], matchers: Matchers | None
) -> Iterable[tuple[str, frozenset[str]]]:
    """What printed arms are called by their roles: the drug and the controls, the lower and higher dose.

    With ``matchers``, where no cell tells what was given, two arms called by drugs have roles by their order.
    """
    labels = {ids: label for label, ids in reversed(found.items())}
    if len(labels) < 2:
        return
    spelled = {ids: f"{label} {meanings.get(label.lower(), '')}".strip() for ids, label in labels.items()}
    control = [ids for ids, label in spelled.items() if _CONTROL.search(label)]
    if (
        matchers
        and len(labels) == 2
        and not control
        and all(_is_drug(label, matchers) for label in labels.values())
    ):
        first, second = list(dict.fromkeys(found.values()))[:2]  # what is studied stands first
        yield from ((name, second) for name in ("comparator", "comparator arm", "control arm"))
        yield from ((name, first) for name in ("experimental arm", "investigational arm"))
    if len(labels) == 2 and len(control) == 1:
        active = next(ids for ids in labels if ids not in control)
        yield from (
            (name, control[0])
            for name in ("controls", "control arm", "control group", "control patients", "comparator")
        )
        yield from (
            (name, active)
            for name in (
                "given the drug", "active drug", "active arm", "experimental arm", "on the drug", "with the drug",
                "to the drug", "received the drug", "on the antibody", "received the antibody", "antibody arm",
                "antibody group", "drug arm", "with the antibody",
            )
        )  # fmt: skip
        if _NO.match(labels[control[0]]):
            yield _NO.sub("without ", labels[control[0]]), control[0]
    doses = [re.fullmatch(rf"(\d[\d.]*)\s?({_UNIT})", label) for label in labels.values()]
    if all(doses) and len({d[2] for d in doses if d}) == 1:
        ranked = sorted(labels, key=lambda ids: float(re.findall(r"\d[\d.]*", labels[ids])[0]))
        low, high = ("lower", "higher") if len(ranked) == 2 else ("lowest", "highest")
        for word, ids in ((low, ranked[0]), (high, ranked[-1])):
            yield from (
                (f"{word} {noun}", ids) for noun in ("dose", "dose level", "dose arm", "dose group", "one")
            )


def _counted(columns: Sequence[tuple[Table, int]], matchers: Matchers) -> Arms:
    """The parts of the patients that the cells of numbers count: ``94 (63 with A; 31 with B)``."""
    found: Arms = {}
    for table, k in columns:
        for row in table.rows:
            if _COUNT_HEAD.search(row.head):
                for _, label, _ in parts(row.cells[k]):
                    if not EACH_ARM.fullmatch(label):
                        found.setdefault(label, group_ids(label, matchers))
    return found


def _agents(columns: Sequence[tuple[Table, int]]) -> dict[str, str]:
    """Arm ("" for the whole study) -> its cell of agents."""
    found: dict[str, str] = {}
    for table, k in columns:
        for row in table.rows:
            if _AGENT_HEAD.search(row.head) and not _NOT_AGENTS.search(row.head) and row.cells[k].strip():
                found.setdefault(table.columns[k].arm, fold(row.cells[k]))
    return found


def _drugs(cell: str, short: Mapping[str, str]) -> tuple[str, ...]:
    names = [
        _DOSE.sub("", p).strip(" .").lower() for p in re.split(r"\s*(?:\+|,|;|\band\b|\bplus\b)\s*", cell)
    ]
    return tuple(n for n in names if re.search(r"[a-z]{3}", n))


def _by_drugs(drugs: Mapping[str, Sequence[str]], found: Arms) -> None:
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


def _of_agents(cell: str, matchers: Matchers, short: Mapping[str, str]) -> Arms:
    """The arms of ``A + B \u00b1 C``, ``A vs B`` and ``A 0.8, 1.2 or 1.6 mg/kg``."""
    if "\u00b1" in cell:
        base, added = cell.split("\u00b1", 1)
        return _added(_name(base), _name(added), short)
    sides = _VERSUS.split(cell)
    if len(sides) == 2:
        first, second = (_name(s) for s in sides)
        if timed := by_schedule(*sides):
            return timed
        if first and second and " " not in first + second and first != second:
            return _against(first, second, matchers)
        return _regimens(*(_drugs(s, short) for s in sides))
    if len(sides) > 2:
        return several(sides)
    if doses := _DOSES.search(cell):
        return _at_doses(re.findall(r"\d[\d.]*\d|\d", doses[1]), doses[2])
    return {}


def _name(text: str) -> str:
    return _BRACKET.sub("", _DOSE.sub("", text)).strip(" .").lower()


def _added(base: str, drug: str, short: Mapping[str, str]) -> Arms:
    if not drug or not re.search(r"[a-z]{3}", drug):
        return {}
    first, second = frozenset({f"with-{drug}"}), frozenset({f"no-{drug}"})
    found = dict.fromkeys(
        (f"{drug} arm", *_with(drug), "experimental arm", "combination arm", "combination"), first
    )
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


def _by_order(cell: str, found: Arms, matchers: Matchers) -> Iterable[tuple[str, frozenset[str]]]:
    """The parts of two arms that a cell sets against each other: what is studied stands first."""
    first, second = list(dict.fromkeys(found.values()))
    labels = {ids: label for label, ids in reversed(found.items())}
    if len(_VERSUS.split(cell)) != 2 or any(
        matchers.populations.find(tokens(label)) for label in labels.values()
    ):
        return
    if any(_CONTROL.search(label) or re.search(r"\d\s?(?:mg|g|IU)", label) for label in labels.values()):
        return
    yield from (
        (name, second)
        for name in ("control arm", "control group", "comparator arm", "comparator", "controls")
    )
    yield from ((name, first) for name in ("experimental arm", "investigational arm"))


def _set_against(cell: str, found: Arms, short: Mapping[str, str]) -> Iterable[tuple[str, frozenset[str]]]:
    """Further wordings of two printed arms that the cell of agents sets against each other."""
    sides = [_drugs(s, short) for s in _VERSUS.split(cell)]
    named = [
        next((i for a, i in found.items() if set(_drugs(fold(a), short)) == set(s)), None) for s in sides
    ]
    if len(sides) != 2 or None in named or named[0] == named[1]:
        return
    ids = [i for i in named if i is not None]
    own = [d for d in sides[0] if d not in sides[1]], [d for d in sides[1] if d not in sides[0]]
    for k, drugs in enumerate(own):
        for drug in drugs:
            yield from ((wording, ids[k]) for wording in _with(drug))
            yield (f"without {drug}", ids[1 - k])
    yield from _parts_played(own, ids)


def _at_doses(doses: Sequence[str], unit: str) -> Arms:
    unit = re.sub(r"\s", "", unit)
    found: Arms = {f"{d} {unit}": frozenset({f"{d}-{unit.replace('/', '-')}"}) for d in doses}
    ranked = sorted(doses, key=float)
    names: dict[int, tuple[str, ...]] = {
        0: ("lowest dose", "lowest dose level"),
        len(ranked) - 1: ("highest dose", "highest dose level"),
    }
    if len(ranked) == 3:
        names[1] = ("middle dose", "intermediate dose", "middle dose level")
    for k, labels in names.items():
        found |= dict.fromkeys(labels, found[f"{ranked[k]} {unit}"])
    return found
