"""The parts of a study's patients that a cell counts: ``44 (29 combination; 15 monotherapy)``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant import lazy_re as re
from assistant.cells.compared import VERSUS
from assistant.cells.printed import Arms
from assistant.folder.folder import Table
from assistant.spans.labels import group_ids
from assistant.text.text import tokens
from assistant.vocabulary.vocabulary import Matchers

_COUNT_HEAD = re.compile(
    r"\b(?:patients|no\.|number|sample|participants|enrolled|subjects|n)\b", re.IGNORECASE
)
UNIT = r"(?:mg|g|\u00b5g|\u03bcg|ug|IU|U|cells|Gy)(?:\s?/\s?(?:m2|m\u00b2|kg|day|d|week))?"
"""What a dose is given in, as a pattern; a figure before it counts nobody."""
_LABELLED = (
    r"(?:with\s+|in\s+(?:the\s+)?|had\s+|on\s+|at\s+(?=\d))?"
    rf"((?:[^\d;]|(?<=[A-Za-z])\d+)+?|every\s\d+\s[a-z]+|(?<=at )\d[\d.]*\s?{UNIT}[^\d;]*?)"
)
_PART = re.compile(
    rf"^\s*(?:(\d[\d,]*)\s+{_LABELLED}|((?:[^\d;:=]|(?<=[A-Za-z])\d(?!\d*\s*$))+?)\s*[:=,]?\s*(?:n\s*=\s*)?(\d[\d,]*))\s*$"
)
_OTHERS = frozenset({"without", "others", "other", "rest", "none"})
"""Labels of those who are not in the one part that is named."""
EACH_ARM = re.compile(r"(?:(?:per|each|either|every|both)\s+)(?:arms?|groups?|cohorts?)", re.IGNORECASE)
"""``241 per arm``: the size of each arm, which names none of them."""
_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
_WITHIN = re.compile(r"\([^()]*\)")
_SIGN = re.compile(r";|,(?!\d{3}(?!\d))|\b(?:and|vs\.?|versus)(?=\s)|/(?=\s)")


def parts(cell: str) -> Iterable[tuple[str, str, int]]:
    """(count, label, offset of the count) of each part in ``44 (29 combination; 15 monotherapy)``."""
    for inner in _BRACKET.finditer(cell):
        # "88 with t(11;14)": what stands in brackets of its own is no part
        masked = _WITHIN.sub(lambda m: "x" * len(m[0]), inner[1])
        cuts = [(0, 0), *(m.span() for m in _SIGN.finditer(masked)), (len(masked), len(masked))]
        for (_, start), (end, _) in pairwise(cuts):
            match = _PART.match(masked[start:end])
            if not match:
                continue
            number, label = (1, 2) if match[1] else (4, 3)
            said = inner[1][start + match.start(label) : start + match.end(label)]
            if re.search(r"[A-Za-z]{2}|^[A-Z]\d+[A-Z]?$|^[A-Z]/[A-Z]$", match[label]):
                yield match[number], said.strip(), inner.start(1) + start + match.start(number)


def arms_counted(columns: Sequence[tuple[Table, int]], matchers: Matchers) -> Arms:
    """The parts of the patients that the cells of numbers count: ``94 (63 with A; 31 with B)``."""
    found: Arms = {}
    for table, k in columns:
        for row in table.rows:
            if _COUNT_HEAD.search(row.head):
                for _, label, _ in parts(row.cells[k]):
                    if not EACH_ARM.fullmatch(label):
                        found.setdefault(label, group_ids(label, matchers))
    told = [ids for label, ids in found.items() if label.lower() not in _OTHERS]
    if len(found) == 2 and len(told) == 1 and len(told[0]) == 1:  # "88 with t(11;14); 29 without"
        found = {
            a: ids if ids in told else frozenset({f"no-{next(iter(told[0]))}"}) for a, ids in found.items()
        }
    return found


_ALONE = re.compile(r"\s+(?:alone|only)$", re.IGNORECASE)


def of_sides(counted: Arms, agents: str, sides: Arms, matchers: Matchers) -> Arms:
    """The parts counted with the ids of the two sides of the cell of agents, where the words for one mean patients else.

    ``641 A; 643 chemotherapy alone`` of ``A + chemotherapy vs chemotherapy`` counts the arms, and no one by a transplant.
    """
    known = {
        i
        for label in counted
        for m in matchers.populations.find(tokens(label))
        for i in m.ids
        if i.startswith("no-")
    }
    ids = list(dict.fromkeys(sides.values()))
    parts = [part.strip().lower() for part in VERSUS.split(agents)]
    if not known or len(parts) != len(ids) or len(ids) != len(counted):
        return counted
    found: Arms = {}
    for label in counted:
        name = _ALONE.sub("", label.lower())
        said = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        own = [k for k, part in enumerate(parts) if part == name] or [
            k for k, part in enumerate(parts) if said.search(part)
        ]
        if len(own) != 1:
            return counted
        found[label] = ids[own[0]]
    return found if len(set(found.values())) == len(ids) else counted
