"""Tables of a PDF: cells told apart by where their words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.adding.article import Grid, Row
from assistant.adding.pdf_lines import RAISED_OPEN, RAISED_SHUT, Strip
from assistant.adding.pdf_words import Word
from assistant.adding.plain_tables import note_like, prose_like, small_words

_FIGURE = re.compile(r"[<>=≤≥~]?[-−–]?\d")


def grid_of_strips(lines: Sequence[Sequence[Strip]], number: str, title: str) -> tuple[Grid | None, int]:
    """The table that ``lines`` print, and how many lines it takes, its note included.

    Args:
        lines: Strips line by line below the caption.
        number: As printed.
        title: The caption.
    """
    end = _end(lines)
    while end > 3 and any(
        len(s.text) > 35 and small_words(s.text) and len(lines[end - 1]) < 3 for s in lines[end - 1]
    ):
        end -= 1  # text beside or below the table, which ends no sentence yet
    body = [list(line) for line in lines[:end]]
    notes: list[str] = []
    after = end
    size = min((s.size for line in body for s in line), default=9.0)
    while after < len(lines) and len(lines[after]) == 1:
        text = plain(lines[after][0].text)
        small = lines[after][0].size <= size + 0.2
        if (
            note_like(text)
            or (small and notes)
            or (small and lines[after][0].size < 8.5 and not notes and len(text) > 20)
        ):
            notes.append(text)
            after += 1
        else:
            break
    columns = _columns(body)
    if len(columns) < 2 or len(body) < 3:
        return None, 0
    cells = [_celled(line, columns) for line in body]
    heads, rows = _parted(cells)
    if not heads or len(rows) < 2:
        return None, 0
    least = min(row.left for row in rows if row.texts[0]) if any(row.texts[0] for row in rows) else 0.0
    made = [
        Row(tuple(r.texts), int(max(0.0, r.left - least) // 4) if r.texts[0] else 0, not any(r.texts[1:]))
        for r in rows
    ]
    return Grid(number, title, tuple(Row(tuple(h)) for h in heads), tuple(made), " ".join(notes)), after


def plain(text: str) -> str:
    """Text of a strip without the signs of notes; other raised figures as they are."""
    text = re.sub(rf"{RAISED_OPEN}[a-z*†‡§,]+{RAISED_SHUT}", "", text)
    return text.replace(RAISED_OPEN, "").replace(RAISED_SHUT, "")


class _Line:
    """One printed line of a table, cut into cells."""

    def __init__(self, texts: list[str], left: float, base: float, size: float) -> None:
        self.texts, self.left, self.base, self.size = texts, left, base, size


def _end(lines: Sequence[Sequence[Strip]]) -> int:
    """How many lines the table has: up to running text or a wide gap."""
    base = None
    step = 14.0
    for i, line in enumerate(lines):
        text = " ".join(plain(s.text) for s in line)
        if base is not None and i > 2 and line[0].base - base > 3.2 * step:
            return i
        if i > 1 and _running(line) and (i + 1 == len(lines) or _running(lines[i + 1])):
            lead = lines[i - 1]
            return (
                i - 1 if len(lead) == 1 and len(lead[0].text) < 50 and not _FIGURE.search(lead[0].text) else i
            )
        if len(line) == 1 and i > 1:
            following = [" ".join(plain(s.text) for s in more) for more in lines[i : i + 2]]
            if (prose_like(text) and len(text) > 60) or all(prose_like(t) for t in following):
                return i
            if note_like(text):
                return i
        if base is not None:
            step = min(max(line[0].base - base, 6.0), 16.0)
        base = line[0].base
    return len(lines)


def _running(line: Sequence[Strip]) -> bool:
    """Whether a strip of the line is running text."""
    return any(len(s.text) > 35 and small_words(s.text) >= 2 and not note_like(plain(s.text)) for s in line)


def _columns(lines: Sequence[Sequence[Strip]]) -> list[tuple[float, float]]:
    """Left and right of each column: what is left where no line's words stand is between columns."""
    words: list[tuple[float, float]] = []
    for line in lines:
        if len(line) > 1 and not any(len(s.text) > 35 and small_words(s.text) for s in line):
            words += [(s.left, s.right) for s in line]
    if not words:
        return []
    words.sort()
    merged: list[list[float]] = []
    for left, right in words:
        if merged and left <= merged[-1][1] + 1.0:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    if len(merged) >= 2:
        return [(a, b) for a, b in merged]
    return _by_starts(lines)


def _by_starts(lines: Sequence[Sequence[Strip]]) -> list[tuple[float, float]]:
    """Columns by where strips begin, where a head that spans several hides the white between them."""
    starts: list[tuple[float, int]] = []
    for line in lines:
        if len(line) < 2:
            continue
        for strip in line:
            near = next((k for k, (x, _) in enumerate(starts) if abs(x - strip.left) < 8), None)
            if near is None:
                starts.append((strip.left, 1))
            else:
                starts[near] = (starts[near][0], starts[near][1] + 1)
    kept = sorted(x for x, n in starts if n >= 0.4 * sum(len(line) > 1 for line in lines))
    return [(x, (kept[k + 1] if k + 1 < len(kept) else x + 400) - 2) for k, x in enumerate(kept)]


def _celled(line: Sequence[Strip], columns: Sequence[tuple[float, float]]) -> _Line:
    held: list[list[Word]] = [[] for _ in columns]
    for strip in line:
        inside = [k for k, (a, b) in enumerate(columns) if strip.left < b + 1 and strip.right > a - 1]
        if len(inside) <= 1:
            held[inside[0] if inside else _nearest(strip.left, columns)].extend(strip.words)
        elif len(line) == 1 and inside[0] == 0:
            held[0].extend(strip.words)
        else:
            for word in strip.words:
                held[_nearest((word.left + word.right) / 2, columns)].append(word)
    texts = [plain(_joined(words)) for words in held]
    return _Line(texts, line[0].left, line[0].base, line[0].size)


def _joined(words: Sequence[Word]) -> str:
    if not words:
        return ""
    return Strip(
        tuple(words), words[0].left, words[-1].right, max(w.base for w in words), max(w.size for w in words)
    ).text


def _nearest(x: float, columns: Sequence[tuple[float, float]]) -> int:
    return min(
        range(len(columns)),
        key=lambda k: (
            0.0
            if columns[k][0] <= x <= columns[k][1]
            else min(abs(x - columns[k][0]), abs(x - columns[k][1]))
        ),
    )


def _parted(lines: Sequence[_Line]) -> tuple[list[list[str]], list[_Line]]:
    """Heads and rows, cells that wrap put together."""
    first = next(
        (
            i
            for i, line in enumerate(lines)
            if i and line.texts[0] and any(_FIGURE.match(t) for t in line.texts[1:])
        ),
        1,
    )
    while first > 1 and lines[first - 1].texts[0] and not any(lines[first - 1].texts[1:]):
        first -= 1
    head = [
        " ".join(filter(None, (line.texts[k] for line in lines[:first]))) for k in range(len(lines[0].texts))
    ]
    rows: list[_Line] = []
    gaps = sorted(b.base - a.base for a, b in zip(lines[first:], lines[first + 1 :], strict=False))
    tight = gaps[len(gaps) // 4] if gaps else 10.0
    for line in lines[first:]:
        wraps = bool(rows) and _goes_on(rows[-1], line, tight)
        if wraps:
            rows[-1].texts = [
                " ".join(filter(None, pair)) for pair in zip(rows[-1].texts, line.texts, strict=True)
            ]
            rows[-1].base = line.base
        else:
            rows.append(line)
    for row in rows:
        row.texts = [re.sub(r"(?<=[a-z])- (?=[a-z])", "", t) for t in row.texts]
    return [head], rows


def _goes_on(row: _Line, line: _Line, tight: float) -> bool:
    """Whether a line goes on with the cells of the row above."""
    if line.base - row.base > 1.35 * tight:
        return False
    if not line.texts[0] and any(line.texts[1:]):
        return not any(_FIGURE.match(t.lstrip("(")) for t in line.texts[1:] if t) or any(
            row.texts[k][1:].endswith((",", ";", "(", "–", "-")) for k, t in enumerate(line.texts) if t
        )
    lone = line.texts[0] and not any(line.texts[1:])
    return bool(lone and re.match(r"[a-z(%]", line.texts[0]) and any(row.texts[1:]))
