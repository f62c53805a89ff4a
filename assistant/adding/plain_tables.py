"""Tables of a text layer: the lines below a caption made into a grid again, where that can be known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.adding.article import Grid, Row
from assistant.adding.cutting import cut_rows, trailing_cells
from assistant.adding.lines import Line, joined
from assistant.adding.plain_heads import column_heads
from assistant.adding.run_lines import holds_cells, is_value, table_of_lines
from assistant.adding.run_tables import Made

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


def grid_from(
    lines: Sequence[Line], number: str, title: str, words: Counter[str], known: Iterable[int] = ()
) -> Made:
    """The table that ``lines`` print below its caption, or why its columns cannot be told.

    Args:
        lines: From the caption to running text.
        number: As printed.
        title: As printed.
        words: How often words, and pairs of neighbours, stand in the article.
        known: Sizes of groups that the article names.
    """
    body, notes = _noted(lines)
    if grid := _by_ids(body, number, title, words):
        return Made(replace(grid, note=joined(notes, words)))
    if made := table_of_lines(body, notes, number, title, words, known):
        return made
    if (grid := _by_figures(body, number, title, words)) and not grid.doubts:
        return Made(replace(grid, note=joined(notes, words)))
    return Made(None)


def _noted(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines of the table proper, and those of its note, which goes on over lines without figures."""
    body: list[Line] = []
    notes: list[str] = []
    last = False
    final = max(
        (i for i, line in enumerate(lines) if is_value(line.text) or holds_cells(line.raw)), default=-1
    )
    for i, line in enumerate(lines):
        goes_on = last and 2 * i > len(lines) and len(trailing_cells(line.text)[1]) < 2
        last = (note_like(line.text) and (i > final or ";" in line.text or final < 0)) or goes_on
        if last:
            notes.append(line.text)
        else:
            body.append(line)
    return body, notes


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
