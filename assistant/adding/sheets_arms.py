"""Tables whose first column says of which arm a row is: turned, so that the arms stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ARMS = re.compile(r"(?:study |treatment )?(?:arms?|groups?|cohorts?|regimens?)|treatments?", re.IGNORECASE)
_MOST = 4
"""Arms that a report may have for its table to be turned."""


def by_arms(
    corner: str, lead: int, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[tuple[str, tuple[str, ...]]]] | None:
    """The arms as columns, and a row for each thing measured and each former column; None where no column tells arms.

    Args:
        corner: what stands over the first column.
        lead: how many columns head the rows.
        columns: the heads of the others.
        rows: all cells, those of the lead included.
    """
    if lead < 2 or not _ARMS.fullmatch(corner.strip()):
        return None
    found: dict[tuple[str, str], Sequence[str]] = {}
    above = ""
    for row in rows:
        above = row[0].strip() or above
        what = " ".join(dict.fromkeys(c.strip() for c in row[1:lead] if c.strip()))
        if not above or not what or (above, what) in found:
            return None
        found[above, what] = row[lead:]
    arms = list(dict.fromkeys(arm for arm, _ in found))
    things = list(dict.fromkeys(what for _, what in found))
    if not 2 <= len(arms) <= _MOST or len(found) != len(arms) * len(things):
        return None
    noun = corner.strip().rstrip("s")
    heads = [f"{noun} {arm}" if len(arm) <= 2 else arm for arm in arms]
    turned = [
        (f"{what}: {column}" if column else what, tuple(found[arm, what][k] for arm in arms))
        for what in things
        for k, column in enumerate(columns)
    ]
    return heads, turned
