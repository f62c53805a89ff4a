"""A printed table as the file of a review folder: which studies its columns or rows are, arms, row heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.adding.article import Article, Entry, Grid
from assistant.adding.ids import Form, Studies, hashed
from assistant.adding.markup import listed
from assistant.adding.row_heads import named_rows, one_line
from assistant.adding.sheets_arms import by_arms
from assistant.text.text import ascii_key

FIGURE = re.compile(
    r"^\s*(?:[<>=≤≥~±]?\s*[-−–+]?\s*\d|n/?[ae]\b|NR\b|ND\b|[-–—]+\s*$|(?:yes|no)\s*$|not (?:reached|reported|available)\b)",
    re.IGNORECASE,
)
_CITED = re.compile(r"\[(\d{1,4}(?:\s*[,;\u2013-]\s*\d{1,4})*)\]")
_AUTHOR_YEAR = re.compile(
    r"([A-Z\u00c0-\u017d][\w'’\u00c0-\u024f-]+)(?:\s+[A-Z]{1,3}\b)?(?:\s+(?:et al\.?|and [A-Z]\w+|& [A-Z]\w+)"
    r")?[,;]?\s*\(?((?:19|20)\d\d)?"
)
_STUDY_HEAD = re.compile(
    r"\b(?:stud(?:y|ies)|authors?|references?|refs?|trials?|abstracts?|publications?|source|"
    r"first author)\b",
    re.IGNORECASE,
)
_TURNED_HEAD = re.compile(r"^(?:arm|group|cohort|regimen|treatment|population|dose)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What becomes ``table-N.csv``."""

    grid: Grid
    records: tuple[tuple[str, ...], ...]


def sheet_of(grid: Grid, article: Article, studies: Studies) -> Sheet | None:
    """The file of ``grid``; None where its columns and rows are no studies (it then becomes prose)."""
    if studies.form is Form.REPORT:
        return Sheet(grid, _own(grid, studies))
    down = _studies_of(_row_texts(grid), article, studies)
    across = _studies_of(_column_texts(grid), article, studies)
    if _share(across) > max(_share(down), 0.5):
        return _across(grid, across, studies)
    if _share(down) >= 0.5:
        return _down(grid, down, studies)
    return None


def _share(found: Sequence[str]) -> float:
    return sum(map(bool, found)) / len(found) if found else 0.0


def _column_texts(grid: Grid) -> list[str]:
    """What heads each column after the first, the row of authors included."""
    rows = list(grid.heads) + [r for r in grid.rows if _STUDY_HEAD.search(r.cells[0])][:2]
    return [" ".join(row.cells[k] for row in rows) for k in range(1, len(grid.rows[0].cells))]


def _row_texts(grid: Grid) -> list[str]:
    heads = " ".join(c for row in grid.heads for c in row.cells[:1])
    column = 0
    for k in range(len(grid.rows[0].cells)):
        head = " ".join(row.cells[k] for row in grid.heads)
        if _STUDY_HEAD.search(head):
            column = k
            break
    _ = heads
    last = len(grid.rows[0].cells) - 1
    reference = next(
        (
            k
            for k in range(last, -1, -1)
            if re.search(r"\bref", " ".join(r.cells[k] for r in grid.heads), re.IGNORECASE)
        ),
        column,
    )
    return [
        f"{row.cells[column]} {row.cells[reference]}" if reference != column else row.cells[column]
        for row in grid.rows
        if not row.spanning
    ]


def _studies_of(texts: Sequence[str], article: Article, studies: Studies) -> list[str]:
    return [study_in(text, article.entries, studies) for text in texts]


def study_in(text: str, entries: Sequence[Entry], studies: Studies) -> str:
    """The one study that a head names by number, by reference or by author and year; "" where none."""
    if studies.form is Form.MEETING:
        numbers = hashed(text.split("  ")[0], studies.meeting) or [
            w for w in re.findall(r"[A-Z]{0,3}-?\d+", _CITED.sub("", text)) if w in studies.meeting
        ]
        return numbers[0] if len(set(numbers)) == 1 else ""
    cited = {n for m in _CITED.finditer(text) for n in listed(m[1])}
    if len(cited) == 1:
        return studies.of_reference.get(next(iter(cited)), "")
    for match in _AUTHOR_YEAR.finditer(text):
        named = [
            e
            for e in entries
            if e.authors
            and ascii_key(e.authors[0].split(",")[0]) == ascii_key(match[1])
            and (not match[2] or e.year == match[2])
        ]
        if len(named) == 1 and (match[2] or "et al" in text):
            return studies.of_reference.get(named[0].number, "")
    return ""


# -- studies beside each other, or below each other -------------------------------------------------


def _across(grid: Grid, ids: Sequence[str], studies: Studies) -> Sheet:
    used = [k for k, study in enumerate(ids, 1) if study]
    records = [(f"{studies.label} #", *(ids[k - 1] for k in used))]
    twice = len({ids[k - 1] for k in used}) < len(used)
    heads = [r for r in grid.heads if not all(_is_id(r.cells[k], ids[k - 1]) or not r.cells[k] for k in used)]
    if twice:
        records.append(
            (
                "Arm",
                *(
                    f"{' '.join(r.cells[k] for r in heads) or 'part'} {n}".strip()
                    for n, k in enumerate(used, 1)
                ),
            )
        )
    else:
        records += [(one_line(r.cells[0]) or "Study", *(r.cells[k] for k in used)) for r in heads]
    records += [(head, *(cells[k - 1] for k in used)) for head, cells in named_rows(grid.rows, 1)]
    return Sheet(grid, tuple(records))


def _is_id(cell: str, study: str) -> bool:
    return re.sub(r"\W", "", cell).lower().endswith(re.sub(r"\W", "", study).lower())


def _down(grid: Grid, ids: Sequence[str], studies: Studies) -> Sheet:
    heads = [
        one_line(" ".join(dict.fromkeys(r.cells[k] for r in grid.heads if r.cells[k])))
        for k in range(len(grid.rows[0].cells))
    ]
    rows = [
        (study, row.cells)
        for study, row in zip(ids, [r for r in grid.rows if not r.spanning], strict=True)
        if study
    ]
    counts = Counter(study for study, _ in rows)
    records: list[tuple[str, ...]] = []
    if max(counts.values()) > 1:
        rows.sort(key=lambda r: list(counts).index(r[0]))
        column = _arm_column(rows, heads)
        records.append((f"{studies.label} #", "Arm", *(h or f"Column {k + 1}" for k, h in enumerate(heads))))
        seen: Counter[str] = Counter()
        for study, cells in rows:
            seen[study] += 1
            arm = cells[column] if column is not None else f"line {seen[study]}"
            records.append((study, arm or f"line {seen[study]}", *cells))
    else:
        records.append((f"{studies.label} #", *(h or f"Column {k + 1}" for k, h in enumerate(heads))))
        records += [(study, *cells) for study, cells in rows]
    kept = [k for k in range(len(records[0])) if k == 0 or any(r[k] for r in records[1:])]
    turned = [tuple(r[k] for r in records) for k in kept]
    return Sheet(grid, tuple(turned))


def _arm_column(rows: Sequence[tuple[str, tuple[str, ...]]], heads: Sequence[str]) -> int | None:
    """The column of words that tells the rows of one study apart."""
    by_study: dict[str, list[tuple[str, ...]]] = {}
    for study, cells in rows:
        by_study.setdefault(study, []).append(cells)
    several = [lines for lines in by_study.values() if len(lines) > 1]
    able = [
        k
        for k in range(len(heads))
        if all(
            len({line[k] for line in lines}) == len(lines)
            and all(line[k] and not re.match(r"[\d<>.%-]", line[k]) for line in lines)
            for lines in several
        )
    ]
    return next((k for k in able if _TURNED_HEAD.search(heads[k])), able[0] if able else None)


# -- arms of the article's own study ----------------------------------------------------------------


def _own(grid: Grid, studies: Studies) -> tuple[tuple[str, ...], ...]:
    width = len(grid.rows[0].cells)
    lead = _lead(grid)
    columns = []
    for k in range(lead, width):
        columns.append(
            ", ".join(dict.fromkeys(one_line(r.cells[k]) for r in grid.heads if r.cells[k].strip()))
        )
    corner = next((r.cells[0] for r in reversed(grid.heads) if r.cells[0]), "")
    turned = by_arms(corner, lead, columns, [r.cells for r in grid.rows])
    if turned is not None:
        heads, rows = turned
        first = (f"{studies.label} #", *[studies.own] * len(heads))
        return (first, ("", *heads), *((head, *cells) for head, cells in rows))
    records = [(f"{studies.label} #", *[studies.own] * len(columns))]
    body = list(named_rows(grid.rows, lead))
    if len(columns) > 1:
        records.append((_corner(corner), *_distinct(columns)))
    elif columns[0] and not re.fullmatch(
        r"(?i)(?:value|result|total|all(?: patients)?|n(?:umber)?)[^\w%]*", columns[0]
    ):
        body = [
            (f"{head}, {columns[0]}" if re.search(r"[%=]|\bn\b", columns[0]) else head, cells)
            for head, cells in body
        ]
    return (*records, *((head, *cells) for head, cells in body))


def _corner(text: str) -> str:
    return (
        ""
        if re.fullmatch(r"(?i)(?:variables?|parameters?|items?|factors?|category)?", text.strip())
        else one_line(text)
    )


def _distinct(columns: Sequence[str]) -> list[str]:
    """No two columns with one name."""
    seen: Counter[str] = Counter()
    found = []
    for k, column in enumerate(columns, 1):
        name = column or f"Column {k}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _lead(grid: Grid) -> int:
    """How many columns head the rows: those of words before the first column of figures."""
    width = len(grid.rows[0].cells)

    def figures(k: int) -> float:
        cells = [r.cells[k] for r in grid.rows if not r.spanning and r.cells[k].strip()]
        return sum(bool(FIGURE.match(c)) for c in cells) / len(cells) if cells else 0.0

    lead = 1
    headed = [k for k in range(1, width) if any(r.cells[k].strip() for r in grid.heads)]
    if headed:
        lead = min(headed[0], width - 1)  # columns without a head belong to the row heads
    while (
        lead < width - 1 and figures(lead) < 0.25 and any(figures(k) >= 0.5 for k in range(lead + 1, width))
    ):
        lead += 1
    return lead
