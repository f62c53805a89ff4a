"""The tables of a review folder: a column a study, whichever way round the file has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.files.source import Record, csv_delimiter, csv_width, even_spaces, read_records, refusal
from assistant.folder.columns import TableColumn, columns_of, studies_down, with_shares
from assistant.folder.heads import read_head
from assistant.folder.one_study import Studies, with_ids
from assistant.model import AssistantError

_HEAD_SIGN = re.compile(r"\s*(?:#|№|\b(?:Nos?|Nr|number|ID|identifier)\b\.?)\s*:?\s*$", re.IGNORECASE)


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


def read_grid(text: str, path: str) -> list[list[str]]:
    """The cells in CSV ``text``, none where it is malformed; ``read_table`` says how."""
    _, body, _, first_line = _comments(text)
    head = next((line for line in body.split("\n") if line.strip()), "")
    try:
        return _rectangle(read_records(body, path, csv_delimiter(head), first_line), path)
    except AssistantError:
        return []


def read_table(
    text: str,
    path: str,
    prose: str,
    shown: Mapping[str, str],
    label: str = "",
    studies: Studies | None = None,
) -> tuple[Table, list[str]]:
    """The table in CSV ``text``, and what its author should look at.

    Args:
        text: The file's text.
        path: Its name as messages give it, ``folder/table-1.csv``.
        prose: The review's prose; study ids marked there tell studies from characteristics.
        shown: ``title`` and ``note`` from the front matter, which precede those of the file.
        label: The review's noun for a study, if it is known.
        studies: Those of the review, by which a table without their ids is told whose it is.

    Raises:
        AssistantError: If the table is empty, ragged, or has two columns for one study without arms.
    """
    title, body, note, first_line = _comments(text)
    head = next((line for line in body.split("\n") if line.strip()), "")
    grid = _rectangle(read_records(body, path, csv_delimiter(head), first_line), path)
    file = path.rsplit("/", 1)[-1]
    title, note = shown.get("title", "") or title, shown.get("note", "") or note
    if studies:
        grid = with_ids(grid, title, note, _label(file), studies, label or "Study")
    turned = studies_down(grid, prose, label)
    if turned:
        grid = [list(column) for column in zip(*grid, strict=True)]
    columns, rest = columns_of(grid, label or study_noun(grid[0][0]), path, first_line)
    columns, rest = with_shares(columns, rest)
    table = Table(
        file=file,
        label=_label(file),
        title=title,
        note=note,
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
