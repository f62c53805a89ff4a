"""Which way round a table stands, and what its columns speak of: studies, and the arms of one study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from assistant import lazy_re as re
from assistant.files.source import even_spaces, refusal
from assistant.folder.arm_heads import studies_and_arms
from assistant.folder.forms import head_of_both, joined_cell, number_and_share

_ID = r"(?:[A-Za-z]{1,8}[-\u2010\u2011\u2013]?)?\d\w*(?:[-\u2010\u2011\u2013]\w+)*"
_ARM_HEAD = re.compile(
    r"\b(?:arm|group|subgroup|cohort|dose|dosing|treatment|regimen|level|schedule|part|population)s?\b",
    re.IGNORECASE,
)
_TRAIT = re.compile(
    r"\b(?:authors?|references?|agents?|drugs?|design|phase|analysis|NCT|registration|trial|period|age|sex|patients|"
    r"median|follow-up|outcomes?|endpoints?|response|survival|summary|conclusions?|ORR|OS|PFS|EFS|CR|safety|"
    r"toxicity|events?|deaths?|relapse|grade|arm)\b",
    re.IGNORECASE,
)
_CHARACTERISTIC = re.compile(
    r"\b(?:authors?|references?|agents?|drugs?|design|phase|NCT|registration|trial|period|summary|conclusions?|endpoints?|"
    r"no\. of patients|number of patients|median|OS|PFS|EFS|CR|ORR)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[<>=\u2264\u2265~]?\s*[-\u2212\u2013]?\s*\d+(?:[.,]\d+)*\s*(?:%|\(|/|$|[-\u2013]\s*\d|vs)|N/?A$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """What one column speaks of."""

    study: str
    """Study id as the head gives it, without the noun: ``7``, ``S-101``."""
    arm: str = ""
    """The arm a second head row names; "" for the whole study."""


def studies_down(grid: Sequence[Sequence[str]], prose: str, label: str) -> bool:
    """Whether the studies stand below each other, in the first column."""
    across = [c for c in grid[0][1:] if c]
    down = [row[0] for row in grid[1:] if row[0]]
    return _study_like(down, prose, label) > _study_like(across, prose, label)


def _study_like(heads: Sequence[str], prose: str, label: str) -> tuple[float, float, float]:
    """How much ``heads`` look like studies: share marked in the prose, share id-like, share not a trait."""
    if not heads:
        return (0.0, 0.0, -1.0)
    noun = re.escape(label) if label else r"\w+"
    plain = rf"(?:{noun}\s*)?#?\s*{_ID}|.*\bet al\b.*|.*\b(?:19|20)\d\d"
    marked = sum(_is_marked(h, prose, label) for h in heads)
    like = sum(bool(re.fullmatch(plain, h, re.IGNORECASE)) for h in heads)
    traits = sum(bool(_TRAIT.search(h)) for h in heads)
    return (marked / len(heads), like / len(heads), -traits / len(heads))


def _is_marked(head: str, prose: str, label: str) -> bool:
    name = re.escape(re.sub(rf"^{re.escape(label)}\s*#?\s*", "", head) if label else head)
    noun = rf"{re.escape(label)}\w*" if label else r"[A-Z]\w+"
    return bool(
        re.search(rf"[(\[]{noun}\s+#?(?:[^()\[\]]{{0,60}}(?:,|and|&)\s*)?{name}\s*(?:[,;&)\]]|and\b)", prose)
        or re.search(rf"\({name}\)\s*\[\d", prose)
    )


def columns_of(
    grid: list[list[str]], noun: str, path: str, line: int
) -> tuple[tuple[TableColumn, ...], list[list[str]]]:
    """The columns, and the rows below the head row or rows."""
    ids: list[str] = []
    for cell in grid[0][1:]:
        ids.append(bare_id(cell, noun) if cell else (ids[-1] if ids else ""))
    if not ids or not ids[0]:
        raise refusal(
            path, line, "the first study has no id", "Name it in the head, beside the head of the studies."
        )
    twice = {study for study, n in Counter(ids).items() if n > 1}
    if not twice and (both := studies_and_arms(ids)) is not None:
        return tuple(TableColumn(s, a) for s, a in zip(*both, strict=True)), grid[1:]
    if not twice:
        return tuple(TableColumn(study) for study in ids), grid[1:]
    grid = _arms_second(grid, ids, twice)
    row = grid[1] if len(grid) > 1 else []
    arms = [even_spaces(cell) for cell in row[1:]]
    pairs = Counter(zip(ids, arms, strict=False))
    named = not row or not row[0] or _ARM_HEAD.search(row[0]) or _are_heads(row, ids, twice)
    for study in sorted(twice):
        if not named or any(not arm or n > 1 for (s, arm), n in pairs.items() if s == study):
            raise refusal(
                path,
                line,
                f"several columns for {study}, and no row that names their arms",
                'Add a second row headed "Arm" that names each of these columns, or keep one column.',
            )
    side_by_side = [study for study, _ in groupby(ids)]
    if len(side_by_side) > len(set(side_by_side)):
        raise refusal(
            path, line, "the columns of one study stand apart", "Put the columns of each study side by side."
        )
    return tuple(TableColumn(s, a) for s, a in zip(ids, arms, strict=True)), grid[2:]


def _arms_second(grid: list[list[str]], ids: Sequence[str], twice: AbstractSet[str]) -> list[list[str]]:
    """The rows with the one that names each column's arm right below the head, wherever the file has it."""

    def tells_apart(row: Sequence[str]) -> bool:
        pairs = Counter((s, even_spaces(c)) for s, c in zip(ids, row[1:], strict=False) if s in twice)
        return all(arm and n == 1 for (_, arm), n in pairs.items())

    if len(grid) < 3 or (tells_apart(grid[1]) and (not grid[1][0] or _ARM_HEAD.search(grid[1][0]))):
        return grid
    for k, row in enumerate(grid[2:], 2):
        if _ARM_HEAD.search(row[0]) and tells_apart(row) and not any(_FIGURE.match(c) for c in row[1:]):
            return [grid[0], row, *grid[1:k], *grid[k + 1 :]]
    return grid


def with_shares(
    columns: tuple[TableColumn, ...], grid: list[list[str]]
) -> tuple[tuple[TableColumn, ...], list[list[str]]]:
    """The columns and rows with a number and its percentage in one cell where the file has a column for each."""
    first = number_and_share([(c.study, c.arm) for c in columns])
    if not first:
        return columns, grid
    kept = [k for k in range(len(columns)) if k - 1 not in first]
    heads = tuple(
        TableColumn(columns[k].study, head_of_both(columns[k].arm)) if k in first else columns[k]
        for k in kept
    )
    rows = [
        [row[0], *(joined_cell(row[k + 1], row[k + 2]) if k in first else row[k + 1] for k in kept)]
        for row in grid
    ]
    return heads, rows


def _are_heads(row: Sequence[str], ids: Sequence[str], twice: AbstractSet[str]) -> bool:
    """Whether a second row names columns, whatever stands over the row heads: none of its cells is a figure.

    A characteristic that differs between two columns (``Design``, ``Agents``) names no arm.
    """
    cells = [even_spaces(cell) for cell, study in zip(row[1:], ids, strict=False) if study in twice]
    if _CHARACTERISTIC.search(row[0]):
        return False
    return all(cell and not _FIGURE.match(cell) for cell in cells)


def bare_id(cell: str, noun: str) -> str:
    """The id in a head cell: ``Poster #7`` and ``#7`` give ``7``."""
    text = even_spaces(cell)
    if noun:
        text = re.sub(rf"^{re.escape(noun)}\s*(?=[#\s])", "", text, flags=re.IGNORECASE)
    return re.sub(r"^(?:#|No\.?\s+(?=\d))\s*", "", text).strip() or even_spaces(cell)
