"""What the figures of a row of main results are of: the endpoint that another row of the table names for the study."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.building.pairs import Piece
from assistant.building.rows import attribute_of
from assistant.folder.folder import Table, TableRow
from assistant.text.text import fold

_RESULT = re.compile(
    r"\W*(?:the\s+)?(?:(?:main|primary|key|principal|chief)\s+)?(?:results?|findings?|outcomes?)"
    r"(?:\s+(?:of|for)\s+(?:the\s+|its\s+)?(?:primary\s+)?(?:end-?\s?point|outcome))?\s*(?P<unit>[,(].*)?",
    re.IGNORECASE,
)
_ENDPOINT = re.compile(
    r"\W*(?:the\s+)?primary\s+(?:end-?\s?point|outcome)(?:\s+measure)?s?\W*|\W*end-?\s?points?\W*",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:[\d\s.,;:%()\[\]<>=\u2264\u2265+\u2212-]|\b(?:vs|versus|NR|NE|CI|months?|years?|weeks?|days?|to|n|p)\b)+",
    re.IGNORECASE,
)
_OWN_UNIT = re.compile(r"\b(?:months?|years?|weeks?|days?|points?)\b", re.IGNORECASE)


def of_endpoint(row: TableRow, k: int, table: Table, building: Building) -> list[Piece]:
    """The cell as one of the row that the study's endpoint would head; nothing where the cell tells more than figures.

    Args:
        row: of results, whatever they are of.
        k: the column.
        table: that it stands in.
        building: knows the measures.
    """
    head = _RESULT.fullmatch(fold(row.head))
    cell = fold(row.cells[k])
    if head is None or not re.search(r"\d", cell) or not _BARE.fullmatch(cell):
        return []
    named = [r.cells[k] for r in table.rows if _ENDPOINT.fullmatch(r.head) and r is not row]
    if len(named) != 1 or ";" in named[0]:
        return []
    attribute = attribute_of(named[0], building)
    if attribute not in building.reader.vocabulary.measures:
        return []
    unit = "" if _OWN_UNIT.search(cell) or not head["unit"] else f", {head['unit'].strip(' ,()')}"
    measured = re.sub(r"[,;]\s*", " ", named[0])  # "…, weeks 20-32" is no unit
    return [(attribute, f"{measured}{unit}", row.cells[k])]
