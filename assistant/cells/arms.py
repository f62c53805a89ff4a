"""The arms and subgroups a study's table columns and cells name, with the wordings that mean each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant import lazy_re as re
from assistant.cells.agents import (
    DOSE,
    arms_of_agents,
    by_drugs,
    by_letter,
    by_order,
    by_regimen,
    drugs_in,
    set_against,
    spelled_drugs,
)
from assistant.cells.compared import VERSUS, cells_of_agents
from assistant.cells.headed import divided
from assistant.cells.opposed import by_interval, opposed
from assistant.cells.parts import UNIT, arms_counted, of_sides
from assistant.cells.plans import by_plan
from assistant.cells.printed import AGAINST, Arms, by_addition, printed_arms
from assistant.cells.subgrouped import spelled_strata
from assistant.cells.told import by_heads
from assistant.cells.wordings import (
    LONG_SHORT,
    by_doses,
    by_nouns,
    combined,
    roles,
    short_parts,
    told_by_dose,
)
from assistant.folder.folder import Table
from assistant.spans.genes import arms_of_one_gene
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Matchers

_JOINERS = (" plus ", " and ", " with ", " combined with ", "-")
"""How texts join the drugs that a table joins with ``+``."""
_DONORS = re.compile(r"\s+(?:donors?|grafts?|transplant(?:ation)?)$")
"""Nouns that a short form's meaning may have and an arm's label leaves out: ``matched unrelated``."""
_TIMES = frozenset({"once", "twice", "thrice", "every"})


def arms_of(
    tables: Iterable[Table], study: str, matchers: Matchers, abbreviations: Mapping[str, str] | None = None
) -> Arms:
    """Label -> ids of a study's arms and subgroups, those of columns and counts first, in order of place.

    Several labels may share ids: ``with bortezomib`` and ``Triplet`` are one arm where it alone has it.
    """
    short = abbreviations or {}
    columns = [(t, k) for t in tables for k, c in enumerate(t.columns) if c.study == study]
    against = next((fold(t.columns[k].arm) for t, k in columns if AGAINST.search(t.columns[k].arm)), "")
    agents = cells_of_agents(columns) or ({"": against} if against else {})
    printed = _printed(columns, agents, matchers, short)
    across = divided([t for t, _ in columns], study, printed).across
    across = across if not across.issuperset(printed.values()) else frozenset()
    found = {label: ids for label, ids in printed.items() if ids not in across}
    are_two = len(set(found.values())) == 2
    _call_by_agents(found, agents, matchers, short)
    _call_by_short_forms(found, short, are_two=are_two)
    meanings = {k.lower(): fold(v).lower() for k, v in short.items()}
    for label, ids in list(found.items()):
        if meaning := meanings.get(label.lower()):
            found.setdefault(meaning, ids)
        if " " in label and not re.search(r"\d", label):
            _call(
                found,
                (
                    (form, ids)
                    for form, m in short.items()
                    if _DONORS.sub("", fold(m).lower()) == _DONORS.sub("", label.lower())
                ),
            )
    _call(found, by_nouns(found, meanings))
    _call(found, roles(found, meanings, matchers if not agents else None))
    _call_by_spellings(found)
    _call(found, spelled_drugs(found, meanings))
    _call(found, by_interval(found))
    _call(found, told_by_dose(found))
    _call(found, by_heads(found))
    _call(found, combined(found))
    _call(found, ((label, ids) for label, ids in printed.items() if ids in across))
    _call(found, spelled_strata(found, short))
    return arms_of_one_gene({label: ids for label, ids in found.items() if ids}, matchers)


def _call(found: Arms, labels: Iterable[tuple[str, frozenset[str]]]) -> None:
    """Adds further labels of arms, where they are free."""
    for label, ids in list(labels):
        found.setdefault(label, ids)


def _printed(
    columns: Sequence[tuple[Table, int]],
    agents: Mapping[str, str],
    matchers: Matchers,
    short: Mapping[str, str],
) -> Arms:
    """The arms that heads of columns name, or a cell of agents sets against each other, and the parts counted."""
    several = any(map(VERSUS.search, agents.values()))
    found = by_addition(printed_arms(columns, matchers, of_several=several))
    found = {} if not several and _is_everyone(found, agents, short) else found
    headed = bool(found)
    counted = arms_counted(columns, matchers)
    told_apart = len(set((found | counted).values())) == 2
    if headed and not told_apart and len(agents) == 1 and VERSUS.search(cell := next(iter(agents.values()))):
        found = _beside_sides(found, arms_of_agents(cell, matchers, short))
    if not headed and len(agents) == 1 and "\u00b1" not in (cell := next(iter(agents.values()))):
        sides = arms_of_agents(cell, matchers, short)
        told = of_sides(counted, cell, sides, matchers)
        found = (
            sides
            if len(set(sides.values())) > 2 and set(counted.values()) < set(sides.values())
            else opposed(sides, counted, short)
            if told == counted
            else told | {a: i for a, i in sides.items() if a not in told}
        )
        counted = told
    if headed or not found:
        found |= {label: ids for label, ids in counted.items() if label not in found}
    if headed and len(set(found.values())) == 1 and len(agents) == 1:
        found = _of_one_side(found, arms_of_agents(next(iter(agents.values())), matchers, short))
    return found


def _is_everyone(found: Arms, agents: Mapping[str, str], short: Mapping[str, str]) -> bool:
    """Whether the one head of a study's columns says what all of its patients were given: it tells none of them apart."""
    if len(set(found.values())) != 1 or len(agents) != 1:
        return False
    cell = next(iter(agents.values()))
    given = {t.key for t in tokens(" ".join([fold(cell), *(fold(m) for s, m in short.items() if s in cell)]))}
    return any({t.key for t in tokens(fold(name))} <= given for name in found)


def _of_one_side(found: Arms, sides: Arms) -> Arms:
    """The two sides of the cell of agents, of which one alone has a column: ``A`` of a trial of ``A vs B``."""
    own = {ids for name in found if (ids := sides.get(name.lower()) or sides.get(f"{name.lower()} arm"))}
    if len(own) != 1 or len(set(sides.values())) != 2:
        return found
    return sides | dict.fromkeys(found, own.pop())


def _beside_sides(found: Arms, sides: Arms) -> Arms:
    """The heads' groups beside the two sides of the cell of agents, where one of these stands over no column of its own.

    ``A``, ``B`` and ``C`` over the columns of a trial of ``A vs the investigator's choice``: A is the side of that name.
    """
    called = {name: sides.get(name.lower()) or sides.get(f"{name.lower()} arm") for name in found}
    alone = len(set(found.values())) == 1 and any(called.values())  # the table has a column for A only
    if (
        len(set(sides.values())) != 2
        or (len(set(found.values())) < 3 and not alone)
        or set(sides.values()) <= set(called.values())
    ):
        return found
    same = {found[name]: ids for name, ids in called.items() if ids}
    return sides | {name: same.get(ids, ids) for name, ids in found.items()}


def _call_by_agents(
    found: Arms, agents: Mapping[str, str], matchers: Matchers, short: Mapping[str, str]
) -> None:
    """Adds what arms are called by their drugs, as their cells of agents or the review's short forms tell them."""
    arms = arms_in_order(found)
    if len(agents) > 1 and all(a in found for a in agents):
        by_drugs({a: drugs_in(c, short) for a, c in agents.items()}, found)
        _call(found, by_regimen(agents, found, short))
    elif len(arms) == 2:
        spelt = [a for a in found if a in short and not matchers.populations.find(tokens(a))]
        if len(spelt) == 2:
            by_drugs({a: drugs_in(short[a], {}) for a in spelt}, found)
    elif not arms and len(agents) == 1:
        found |= arms_of_agents(next(iter(agents.values())), matchers, short)
    if len(arms) == 2 and len(agents) == 1:
        (cell,) = agents.values()
        _call(found, by_order(cell, found, matchers))
        _call(found, set_against(cell, found, short))
        _call(found, by_doses(cell, found))
        _call(found, by_plan(cell, found))
        _call(found, by_letter(cell, found))


def _call_by_short_forms(found: Arms, short: Mapping[str, str], *, are_two: bool) -> None:
    """Adds what arms are called by the meanings of the short forms that their labels are made of.

    Two printed arms are called by the drugs of these, too.
    """
    parted = {label: short_parts(label, short) for label in found}
    spelt = {label: tuple(fold(short[p]).lower() for p in own) for label, own in parted.items()}
    if are_two and sum(len(p) > 1 for p in spelt.values()) == 2:
        by_drugs({label: p for label, p in spelt.items() if len(p) > 1}, found)
    for label, names in spelt.items():
        for sep in ("-", " plus ", " and ", "/", " + ", " ") if len(names) > 1 else ():
            found.setdefault(sep.join(names), found[label])
            mixed = (
                n if len(s) < LONG_SHORT else s.lower() for n, s in zip(names, parted[label], strict=True)
            )
            found.setdefault(sep.join(mixed), found[label])


def _call_by_spellings(found: Arms) -> None:
    """Adds how texts write the labels: ``A plus B`` for ``A + B``, ``twice-daily``, the dose before a drug."""
    for label, ids in list(found.items()):
        if re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+){1,2}", label) and label.split()[0].lower() in _TIMES:
            found.setdefault(label.replace(" ", "-"), ids)
        for sep in _JOINERS if " + " in label else ():
            found.setdefault(label.replace(" + ", sep), ids)
        if "/" in label and "-" not in label:
            found.setdefault(label.replace("/", "-"), ids)
        if dose := re.match(rf"(\d[\d.]*\s?{UNIT})\s+\S", label):
            found.setdefault(dose[1], ids)
        if re.search(r"\d,\d{3}\b", label):
            found.setdefault(label.replace(",", ""), ids)


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
    for cell in cells_of_agents(columns).values():
        sides = VERSUS.split(cell)
        named = [_named_in(DOSE.sub("", fold(side)), arms) or _named_in(side, arms) for side in sides]
        if len(sides) > 1 and None not in named and len(set(named)) == len(sides):
            return [(ids, labels[ids]) for ids in named if ids is not None]
        if len(sides) > 1 and len(sides) != len(labels):
            return []
    counted = len(labels) == 2 or all(i.startswith("cohort") for ids in labels for i in ids)
    return [(ids, labels[ids]) for ids in arms_in_order(arms)] if counted else []


def _named_in(side: str, arms: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The one arm that a side of a cell of agents names by the longest of the labels in it; None where it is not one.

    ``A + B + C`` names the arm of that name, though the other one is ``A + B``.
    """
    said = f" {fold(side).lower()} "
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
