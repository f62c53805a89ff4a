"""The parts of a study's patients that a cell counts: ``44 (29 combination; 15 monotherapy)``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant import lazy_re as re
from assistant.cells_printed import Arms
from assistant.folder import Table
from assistant.spans import group_ids
from assistant.vocabulary import Matchers

_COUNT_HEAD = re.compile(
    r"\b(?:patients|no\.|number|sample|participants|enrolled|subjects|n)\b", re.IGNORECASE
)
UNIT = r"(?:mg|g|\u00b5g|\u03bcg|ug|IU|U|cells)(?:\s?/\s?(?:m2|m\u00b2|kg|day|d|week))?"
"""What a dose is given in, as a pattern; a figure before it counts nobody."""
_LABELLED = (
    r"(?:with\s+|in\s+(?:the\s+)?|had\s+|on\s+|at\s+(?=\d))?"
    rf"((?:[^\d;]|(?<=[A-Za-z])\d+)+?|every\s\d+\s[a-z]+|(?<=at )\d[\d.]*\s?{UNIT}[^\d;]*?)"
)
_PART = re.compile(
    rf"^\s*(?:(\d[\d,]*)\s+{_LABELLED}|((?:[^\d;:=]|(?<=[A-Za-z])\d(?!\d*\s*$))+?)\s*[:=,]?\s*(?:n\s*=\s*)?(\d[\d,]*))\s*$"
)
EACH_ARM = re.compile(r"(?:(?:per|each|either|every|both)\s+)(?:arms?|groups?|cohorts?)", re.IGNORECASE)
"""``241 per arm``: the size of each arm, which names none of them."""


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


def arms_counted(columns: Sequence[tuple[Table, int]], matchers: Matchers) -> Arms:
    """The parts of the patients that the cells of numbers count: ``94 (63 with A; 31 with B)``."""
    found: Arms = {}
    for table, k in columns:
        for row in table.rows:
            if _COUNT_HEAD.search(row.head):
                for _, label, _ in parts(row.cells[k]):
                    if not EACH_ARM.fullmatch(label):
                        found.setdefault(label, group_ids(label, matchers))
    return found
