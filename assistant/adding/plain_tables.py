"""Tables of a text layer: the lines below a caption made into a grid again, where that can be known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.adding.article import Grid, Row
from assistant.adding.cutting import cut_rows, trailing_cells
from assistant.adding.lines import Line, joined
from assistant.adding.plain_heads import column_heads

CAPTION = re.compile(
    r"^(?:TABLE|Table|Tab\.)\s+(?P<number>S?\d{1,2}|[IVX]{1,4})\b\s*[.:|–-]?\s*(?P<title>.*)$"
)
_NOTE = re.compile(
    r"^(?:Abbreviations?\b|Notes?\b|[*†‡§¶]|[a-e]\s[A-Z]|Data are|Values are|(?:[\w/+-]{1,12}(?:, |: |\s?=\s?"
    r")[a-z][\w\s-]{4,60};))|^(?:[A-Z][\w/+-]{1,11}, [a-z][^;]{4,60}[;.]?\s*)+$"
)
_WORDY = re.compile(
    r"\b(?:the|was|were|of|and|in|with|that|which|by|to|is|are|for|as|this|we|had|has|have|on|at|from|while|an|been|who|their|than|after|during)\b",
    re.IGNORECASE,
)
_STUDY_HEAD = re.compile(
    r"^(?:abstracts?|posters?|stud(?:y|ies)|trials?|authors?|references?|presentations?|publications?|first author"
    r")\b\W*(?:#|no\.?|number|id)?\W*$",
    re.IGNORECASE,
)


def note_like(text: str) -> bool:
    """Whether a line stands below a table, or explains it."""
    return bool(_NOTE.match(text))


def small_words(text: str) -> int:
    """How many of the words that hold sentences together stand in ``text``."""
    return len(_WORDY.findall(text))


def prose_like(text: str) -> bool:
    """Whether a line is one of running text."""
    return len(text) >= 48 and small_words(text) >= 3


def grid_from(lines: Sequence[Line], number: str, title: str, words: Counter[str]) -> Grid | None:
    """The table that ``lines`` print below its caption; None where its columns cannot be told."""
    body, notes = _noted(lines)
    for way in (_by_spaces, _by_ids, _by_figures, _by_lines):
        grid = way(body, number, title, words)
        if grid:
            return Grid(grid.number, grid.title, grid.heads, grid.rows, joined(notes, words), grid.doubts)
    return None


def _noted(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines of the table proper, and those of its note, which goes on over lines without figures."""
    body: list[Line] = []
    notes: list[str] = []
    last = False
    for i, line in enumerate(lines):
        goes_on = last and 2 * i > len(lines) and len(trailing_cells(line.text)[1]) < 2
        last = note_like(line.text) or goes_on
        if last:
            notes.append(line.text)
        else:
            body.append(line)
    return body, notes


def _by_spaces(body: Sequence[Line], number: str, title: str, words: Counter[str]) -> Grid | None:
    """Columns held apart by tabs, bars or runs of spaces, as tools that keep the layout print them."""
    split = [re.split(r"\t+|\s*\|\s*|\s{2,}", line.raw.strip().strip("|")) for line in body]
    several = [cells for cells in split if len(cells) > 1]
    if len(several) < 0.6 * len(body) or len(several) < 3:
        return None
    width = Counter(map(len, several)).most_common(1)[0][0]
    if sum(len(c) == width for c in several) < 0.5 * len(several) or width < 2:
        return None
    rows: list[Row] = []
    for line, cells in zip(body, split, strict=True):
        depth = (len(line.raw) - len(line.raw.lstrip())) // 2
        if re.fullmatch(r"[-|:+=\s]*", line.text):
            continue
        if len(cells) == 1:
            rows.append(Row((cells[0].strip(), *[""] * (width - 1)), depth, True))
        elif len(cells) <= width:
            lead = [""] if len(cells) == width - 1 and not rows else []
            cells = [*lead, *(c.strip() for c in cells)]
            rows.append(Row((*cells, *[""] * (width - len(cells))), depth))
        else:
            rows.append(Row((*(c.strip() for c in cells[: width - 1]), " ".join(cells[width - 1 :])), depth))
    least = min(row.depth for row in rows)
    rows = [Row(r.cells, r.depth - least, r.spanning) for r in rows]
    return Grid(number, title, (rows[0],), tuple(rows[1:])) if len(rows) > 2 else None


def _by_ids(body: Sequence[Line], number: str, title: str, words: Counter[str]) -> Grid | None:
    """A table of studies: a head such as ``Abstract #``, the numbers, then rows of wrapped cells."""
    start = next((i for i, line in enumerate(body[:4]) if _STUDY_HEAD.match(line.text)), None)
    head, ids, rest = "", [], 0
    if start is not None and start + 1 < len(body):
        head, ids, rest = body[start].text, body[start + 1].text.split(), start + 2
    else:
        for i, line in enumerate(body[:4]):
            match = re.match(
                r"((?:Abstract|Poster|Study|Trial|Presentation)s?\s*(?:#|[Nn]o\.?|[Nn]umber|ID)?"
                r")\s+((?:#?[A-Z]{0,3}-?\d{1,5}\s*"
                r"){2,})$",
                line.text,
            )
            if match:
                head, ids, rest = match[1], match[2].split(), i + 1
                break
    ids = [i.lstrip("#") for i in ids]
    if len(ids) < 2 or not all(re.fullmatch(r"[A-Z]{0,3}-?\d{1,5}", i) for i in ids):
        return None
    blocks: list[list[str]] = []
    for line in body[rest:]:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line.text)
    cuts = cut_rows(blocks, len(ids), words)
    if cuts is None:
        return None
    rows = [Row(tuple(joined(c.split("\n"), words) for c in (cut.head, *cut.cells))) for cut in cuts]
    doubts = tuple(
        f"the row “{rows[k].cells[0]}” could be cut into its cells in another way"
        for k, cut in enumerate(cuts)
        if cut.doubtful
    )
    return Grid(number, title, (Row((head, *ids)),), tuple(rows), doubts=doubts)


def _by_figures(body: Sequence[Line], number: str, title: str, words: Counter[str]) -> Grid | None:
    """Rows that end in cells of figures, a row a line."""
    cut = [trailing_cells(line.text) for line in body]
    counts = Counter(len(cells) for head, cells in cut if cells and head)
    if sum(counts.values()) < 3:
        return None
    # The last column, of p values, is often blank: the widest rows tell how many columns there are.
    able = sorted((k for k in counts if counts[k] >= max(2, 0.2 * sum(counts.values()))), reverse=True)
    for n in [*able, counts.most_common(1)[0][0]]:
        first = next(
            (i for i, (head, cells) in enumerate(cut) if head and n - 1 <= len(cells) <= n and cells), 0
        )
        while first > 1 and _is_group(body[first - 1].text):
            first -= 1
        corner, heads = column_heads([line.text for line in body[:first]], n, words)
        if heads:
            break
    tested = bool(heads and re.match(r"[Pp]\b|[Pp]-", heads[-1]))
    rows: list[Row] = []
    doubts: list[str] = []
    for line, (head, cells) in zip(body[first:], cut[first:], strict=True):
        _add_row(rows, line.text, head, cells, n, tested, doubts)
    if sum(not r.spanning for r in rows) < max(3, 0.4 * len(rows)):
        return None
    if heads is None:
        doubts.append("the heads of its columns could not be told apart")
    head_row = Row((corner, *(heads or [f"Column {k}" for k in range(1, n + 1)])))
    return Grid(number, title, (head_row,), tuple(_deepened(rows)), doubts=tuple(doubts))


def _is_group(text: str) -> bool:
    """Whether a line without figures heads the rows below: ``Donor type; # of patients``."""
    return bool(
        re.search(
            r"(?:[,;:] ?(?:n|no\.?|#|number)\b.*|[,;]? ?(?:n )?\(%\)|:|"
            r"# of \w+)$",
            text,
        )
    ) and not re.match(r"(?:Characteristic|Variable|Parameter)", text)


def _add_row(
    rows: list[Row], text: str, head: str, cells: tuple[str, ...], n: int, tested: bool, doubts: list[str]
) -> None:
    blank = bool(rows) and not any(rows[-1].cells[1:])
    if not head and len(cells) == n + 1:
        head, cells = cells[0], cells[1:]
    if not cells and (inner := re.search(r"\s(?=\d+(?:\.\d+)?(?:%| |$))", text)) and len(text) < 80:
        doubts.append(f"the row “{text}” could not be cut into cells")
        rows.append(Row((text[: inner.start()], text[inner.end() :], *[""] * (n - 1))))
        return
    if not cells or (not head and not blank):
        if rows and blank and re.match(r"[a-z(]", text):
            rows[-1] = Row((f"{rows[-1].cells[0]} {text}", *rows[-1].cells[1:]), spanning=True)
        elif rows and not blank and re.match(r"[a-z(]", text) and not _is_group(text):
            rows[-1] = Row((f"{rows[-1].cells[0]} {text}", *rows[-1].cells[1:]))
        else:
            rows.append(Row((text, *[""] * n), spanning=True))
        return
    if not head:
        rows[-1] = Row((rows[-1].cells[0], *_fitted(cells, n)))
        return
    if len(cells) > n:
        head, cells = f"{head} {' '.join(cells[: len(cells) - n])}", cells[len(cells) - n :]
    if tested and len(cells) == 1 and n > 2 and re.fullmatch(r"[<>=]?\s?0?[.,]\d+", cells[0]):
        cells = (*[""] * (n - 1), cells[0])
    elif len(cells) < n - (1 if tested else 0):
        doubts.append(f"the row “{head}” has {len(cells)} cells where others have {n}")
    rows.append(Row((head, *_fitted(cells, n))))


_TOP = re.compile(
    r"\b(?:median|mean|range|IQR|SD|# of|no\. of|number of|age|sex|gender|score|years|months|follow-up)\b|[,;]? n ?\(%\)|"
    r"\(%\)|[,;] ?n$|10\^?9",
    re.IGNORECASE,
)


def _deepened(rows: Sequence[Row]) -> list[Row]:
    """Rows below a head without figures as indented, up to the next that is a characteristic of its own."""
    found: list[Row] = []
    inside = False
    for k, row in enumerate(rows):
        if row.spanning:
            inside = True
            found.append(row)
            continue
        if inside and _TOP.search(row.cells[0]) and k and not rows[k - 1].spanning:
            inside = False
        found.append(Row(row.cells, 1 if inside else 0))
    return found


def _fitted(cells: Sequence[str], n: int) -> tuple[str, ...]:
    return (*cells[:n], *[""] * (n - len(cells)))


def _by_lines(body: Sequence[Line], number: str, title: str, words: Counter[str]) -> Grid | None:
    """One cell a line: a line of words, then as many lines of figures as there are columns."""
    kinds = [trailing_cells(line.text) for line in body]
    figure = [not head and len(cells) == 1 for head, cells in kinds]
    runs: Counter[int] = Counter()
    run = 0
    for is_figure in [*figure, False]:
        if is_figure:
            run += 1
        elif run:
            runs[run] += 1
            run = 0
    if not runs or sum(runs.values()) < 3:
        return None
    n = max(runs, key=lambda k: (runs[k], k))
    first = next((i for i in range(len(body) - 1) if not figure[i] and figure[i + 1]), None)
    if first is None or n < 1:
        return None
    heads = [line.text for line in body[:first]]
    corner = heads.pop(0) if len(heads) == n + 1 else ""
    named = heads if len(heads) == n else [f"Column {k}" for k in range(1, n + 1)]
    rows: list[Row] = []
    cells: list[str] = []
    label = ""
    for line, is_figure in zip(body[first:], figure[first:], strict=True):
        if is_figure:
            cells.append(line.text)
            continue
        if label:
            rows.append(Row((label, *_fitted(cells, n)), spanning=not cells))
        label, cells = line.text, []
    rows.append(Row((label, *_fitted(cells, n)), spanning=not cells))
    doubts = () if len(heads) == n else ("the heads of its columns could not be told apart",)
    return Grid(number, title, (Row((corner, *named)),), tuple(rows), doubts=doubts)
