"""The tables of a review folder: a column a study, whichever way round the file has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from assistant import lazy_re as re
from assistant.heads import read_head
from assistant.source import Record, csv_delimiter, csv_width, even_spaces, read_records, refusal
from assistant.tables_forms import head_of_both, joined_cell, number_and_share

_ID = r"(?:[A-Za-z]{1,8}[-\u2010\u2011\u2013]?)?\d\w*(?:[-\u2010\u2011\u2013]\w+)*"
_HEAD_SIGN = re.compile(r"\s*(?:#|№|\b(?:Nos?|Nr|number|ID|identifier)\b\.?)\s*:?\s*$", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class TableRow:
    """One characteristic of all studies."""

    head: str
    cells: tuple[str, ...]
    """As printed, aligned to the table's columns; one that was blank because it continues holds the
    text of its left neighbour of the same study."""
    continued: tuple[bool, ...] = ()
    """Which cells were blank and hold their neighbour's text."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    file: str
    label: str
    """``Table 1``, from the name of the file."""
    title: str
    note: str
    study_head: str
    """The head over the studies as printed, e.g. ``Abstract #``."""
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


def study_noun(study_head: str) -> str:
    """The noun in a head over studies: ``Abstract #`` and ``Abstract No.`` give ``Abstract``."""
    return _HEAD_SIGN.sub("", study_head).strip()


def names_studies(study_head: str) -> bool:
    """Whether the head itself shows that ids follow (``Poster #``, ``Study ID``)."""
    return bool(_HEAD_SIGN.search(study_head)) and bool(study_noun(study_head))


def read_table(
    text: str, path: str, prose: str, shown: Mapping[str, str], label: str = ""
) -> tuple[Table, list[str]]:
    """The table in CSV ``text``, and what its author should look at.

    Args:
        text: The file's text.
        path: Its name as messages give it, ``folder/table-1.csv``.
        prose: The review's prose; study ids marked there tell studies from characteristics.
        shown: ``title`` and ``note`` from the front matter, which precede those of the file.
        label: The review's noun for a study, if it is known.

    Raises:
        AssistantError: If the table is empty, ragged, or has two columns for one study without arms.
    """
    title, body, note, first_line = _comments(text)
    head = next((line for line in body.split("\n") if line.strip()), "")
    grid = _rectangle(read_records(body, path, csv_delimiter(head), first_line), path)
    turned = _studies_down(grid, prose, label)
    if turned:
        grid = [list(column) for column in zip(*grid, strict=True)]
    columns, rest = _columns(grid, label or study_noun(grid[0][0]), path, first_line)
    columns, rest = _with_shares(columns, rest)
    file = path.rsplit("/", 1)[-1]
    table = Table(
        file=file,
        label=_label(file),
        title=shown.get("title", "") or title,
        note=shown.get("note", "") or note,
        study_head=even_spaces(grid[0][0]),
        columns=columns,
        rows=_rows(rest, columns, path, turned),
    )
    twice = [row_head for row_head, n in Counter(row.head for row in table.rows).items() if n > 1]
    return table, [f"{path}: two rows are headed {row_head!r}" for row_head in twice]


def _rows(
    grid: Sequence[Sequence[str]], columns: Sequence[TableColumn], path: str, turned: bool
) -> tuple[TableRow, ...]:
    if not grid:
        raise refusal(
            path, 0, "the table has no characteristic below its heads", "Add its rows, or remove the file."
        )
    for i, row in enumerate(grid):
        if not row[0]:
            where = (
                f"a column without head holds {row[1]!r}" if turned else f"row {i + 1} has cells but no head"
            )
            raise refusal(path, 0, where, "Name in the first row or column what the cells are.")
    return tuple(TableRow(head, *_continued(row[1:], columns)) for head, row in _grouped(grid, turned))


def _grouped(grid: Sequence[Sequence[str]], turned: bool) -> Iterator[tuple[str, Sequence[str]]]:
    """Each row with its head; a head without cells (``Adverse events``) stands over the rows below it.

    It holds until the next such head.
    """
    group = ""
    for row in grid:
        head = even_spaces(row[0]).rstrip(":")
        if not any(c.strip() for c in row[1:]) and not turned:
            group = head
            continue
        yield (f"{group}: {head}" if group else even_spaces(row[0])), row


def _label(file: str) -> str:
    stem = re.sub(r"\.\w+$", "", file)
    words = re.sub(r"[-_\s]+", " ", stem).strip()
    return " ".join(w.capitalize() if w.islower() else w for w in words.split())


def _comments(text: str) -> tuple[str, str, str, int]:
    """Title, table proper, note, and the 1-based line on which the table proper begins."""
    lines = text.split("\n")
    full = [i for i, line in enumerate(lines) if line.strip()]
    inner = [line for line in lines if line.strip() and not line.startswith("# ")]
    delimiter = csv_delimiter(inner[0]) if inner else ","
    width = max((csv_width(line, delimiter) for line in inner), default=0)

    def comment(i: int) -> bool:
        # "# of patients" may head a row and "# Abstract" the studies: a comment has no cells.
        line = lines[i].lstrip()
        cells = csv_width(line, delimiter)
        return line.startswith("# ") and (cells != width or f"{delimiter} " in line)

    top = bottom = 0
    while top < len(full) and comment(full[top]):
        top += 1
    while bottom < len(full) - top and comment(full[-1 - bottom]):
        bottom += 1
    start = full[top] if top < len(full) else len(lines)
    end = full[len(full) - 1 - bottom] + 1 if bottom < len(full) else start
    title = even_spaces(" ".join(lines[i].lstrip()[2:] for i in full[:top]))
    note = even_spaces(" ".join(lines[i].lstrip()[2:] for i in full[len(full) - bottom :]))
    return title, "\n".join(lines[start:end]), note, start + 1


def _rectangle(records: Sequence[Record], path: str) -> list[list[str]]:
    """The cells, all rows as long as the head; columns that are blank throughout (spreadsheets) dropped."""
    if not records:
        raise refusal(path, 0, "the table is empty", "Fill it, or remove the file.")
    width = len(records[0].cells)
    for record in records:
        if len(record.cells) < width or any(record.cells[width:]):
            raise refusal(
                path,
                record.line,
                f"{len(record.cells)} cells where the head row has {width}",
                "Give each row as many cells as the head, blank ones included; quote cells with commas.",
            )
    while width and not any(r.cells[width - 1] for r in records):
        width -= 1
    if width < 2 or len(records) < 2:
        raise refusal(
            path,
            records[0].line,
            "the table has no study, or nothing about it",
            "Fill it, or remove the file.",
        )
    return [list(r.cells[:width]) for r in records]


def _studies_down(grid: Sequence[Sequence[str]], prose: str, label: str) -> bool:
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


def _columns(
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


def _with_shares(
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


def _continued(
    cells: Sequence[str], columns: Sequence[TableColumn]
) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    found: list[str] = []
    blank: list[bool] = []
    for i, cell in enumerate(cells):
        same = i > 0 and columns[i].study == columns[i - 1].study and not read_head(columns[i].arm).statistic
        blank.append(same and not cell)
        found.append(found[-1] if blank[-1] else cell)
    return tuple(found), tuple(blank)
