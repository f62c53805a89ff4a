"""What the rows of a table say was compared: in one row (``Compared: A vs B``), or in two (``Intervention``, ``Comparator``)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.folder.folder import Table
from assistant.text.text import fold

AGENT_HEAD = re.compile(
    r"\b(?:agents?|treatments?|regimens?|interventions?|therap(?:y|ies)|drugs?|products?)\b", re.IGNORECASE
)
ARMS_HEAD = re.compile(
    r"^\W*(?:(?:study|trial)\s+)?(?:(?:what\s+was\s+)?(?:compared|tested)|arms?(?:\(s\))?|comparisons?|randomi[sz]ation)\W*$",
    re.IGNORECASE,
)
"""Heads the row that says what was given, where no other does."""
_OTHER_SIDE = re.compile(
    r"^\W*(?:the\s+)?(?:comparators?|controls?|compared\s+(?:with|to)|control\s+(?:arm|group|treatment)|comparator\s+(?:arm|group))\W*$",
    re.IGNORECASE,
)
"""Heads the row of what the others had."""
_NOT_AGENTS = re.compile(
    r"\b(?:deaths?|related|mortality|prior|previous|duration|lines?|response)\b", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\W*(?:(?:none|nil|no|not|n/?a|n\.a\.|n/?r)\b(?!\s+(?:treatment|therapy|prophylaxis|intervention))|historical|single)",
    re.IGNORECASE,
)
"""No arm of the study was compared."""
VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)


def cells_of_agents(columns: Sequence[tuple[Table, int]]) -> dict[str, str]:
    """Arm ("" for the whole study) -> its cell of agents, with those of its comparator set against them."""
    found = _cells_headed(AGENT_HEAD, columns)
    if len(found) == 1 and not VERSUS.search(next(iter(found.values()))):
        others = _cells_headed(_OTHER_SIDE, columns)
        arm, agents = next(iter(found.items()))
        if (other := others.get(arm, "")) and not _NOBODY.match(other) and not VERSUS.search(other):
            return {arm: f"{_each_dose(agents, columns)} vs {other}"}
    elif found:
        return found
    against = _cells_headed(ARMS_HEAD, columns)
    return against if _sets_against(against) or not found else found


_DOSES = re.compile(
    r"(?P<drug>[A-Za-z][\w -]*?)\s+(?P<doses>\d[\d.,]*(?:\s*,\s+\d[\d.,]*)*)(?:\s*(?P<first>[a-zA-Z\u00b5\u03bc/]+))?"
    r",?\s+(?:or|and)\s+(?P<last>\d[\d.,]*)\s?(?P<unit>(?:mg|g|[\u00b5\u03bc]g|IU|U)(?:/(?:kg|m2|m\u00b2|day|d))?)(?![A-Za-z/])[^+;&]*"
)


def _each_dose(agents: str, columns: Sequence[tuple[Table, int]]) -> str:
    """``A 400 mg or 200 mg daily`` as ``A 400 mg vs A 200 mg``, where a cell gives a value for each of these and the comparator."""
    match = _DOSES.fullmatch(agents)
    if not match or match["first"] not in {None, match["unit"]}:
        return agents
    doses = [*re.split(r"\s*,\s+", match["doses"]), match["last"]]
    if not any(len(VERSUS.split(row.cells[k])) == len(doses) + 1 for t, k in columns for row in t.rows):
        return agents
    return " vs ".join(f"{match['drug']} {dose} {match['unit']}" for dose in doses)


_BESIDE = re.compile(r"\u00b1|\b(?:or|and|with and without|against)\b|;")
"""In a cell of agents: all patients need not have had the same."""


def are_compared(columns: Sequence[tuple[Table, int]]) -> bool:
    """Whether a study's cells leave it open that its arms are set against each other.

    They do not where one cell says what everybody had, and none sets a figure against another: the arms are but the steps
    of its dose, or cohorts of a table.
    """
    agents = list(cells_of_agents(columns).items())
    if len(agents) != 1 or agents[0][0] or _BESIDE.search(agents[0][1]):
        return True
    return any(VERSUS.search(row.cells[k]) for t, k in columns for row in t.rows)


_SHARED_NOUN = re.compile(
    r"\S\s+(?P<noun>donors?|grafts?|schedules?|courses?|thresholds?|doses?)\s*$", re.IGNORECASE
)


def with_shared_noun(sides: Sequence[str]) -> list[str]:
    """``Young unrelated vs older sibling donor``: the sides, the first with the noun that stands behind the last alone."""
    match = _SHARED_NOUN.search(sides[-1])
    if match is None or any(re.search(r"[\d+]", side) for side in sides):
        return list(sides)
    noun = match["noun"]
    return [s if s.lower().endswith(noun.lower()) else f"{s.rstrip()} {noun}" for s in sides]


def _sets_against(cells: dict[str, str]) -> bool:
    return any(VERSUS.search(cell) for cell in cells.values())


def _cells_headed(head: re.Pattern[str], columns: Sequence[tuple[Table, int]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table, k in columns:
        for row in table.rows:
            if head.search(row.head) and not _NOT_AGENTS.search(row.head) and row.cells[k].strip():
                found.setdefault(table.columns[k].arm, fold(row.cells[k]))
    return found
