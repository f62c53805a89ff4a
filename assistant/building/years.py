"""Rows of a table that give the years in which studies were done."""

from __future__ import annotations

from assistant import lazy_re as re
from assistant.folder.folder import TableRow

PERIOD = re.compile(r"\s*(?:19|20)\d\d\s*(?:[-\u2010-\u2015]|to)\s*(?:19|20)\d\d\s*")
_LATER = re.compile(r"\b(?:follow|publi|report|extension|observ|later)", re.IGNORECASE)
"""In the head of a row of years that are not those in which patients were taken in."""


def gives_years(row: TableRow) -> bool:
    """Whether a row's cells are the years in which studies were done, whatever it is called (``When``, ``Recruited``)."""
    told = [cell for cell in row.cells if cell.strip()]
    return len(told) > 1 and all(map(PERIOD.fullmatch, told)) and not _LATER.search(row.head)
