"""Words of a page put into lines and the lines into reading order: columns one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.adding.pdf_words import Page, Word

RAISED_OPEN, RAISED_SHUT = "\x01", "\x02"


@dataclass(frozen=True, slots=True)
class Strip:
    """A run of words on one line within one column."""

    words: tuple[Word, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """Its words with a space between them; raised figures between two marks, without space before."""
        out = ""
        body = max((w.size for w in self.words), default=1.0)
        for k, word in enumerate(self.words):
            raised = (
                word.size < 0.82 * body
                and self.base - word.base > 0.1 * body
                and re.fullmatch(r"[\d,;\u2013\u2212+*†‡§a-z-]{1,14}", word.text)
            )
            lowered = word.size < 0.82 * body and not raised
            near = k > 0 and word.left - self.words[k - 1].right < 0.22 * body
            piece = f"{RAISED_OPEN}{word.text}{RAISED_SHUT}" if raised else word.text
            glue = (
                ""
                if k == 0
                or raised
                or (near and (lowered or out.endswith(RAISED_SHUT)))
                or (near and self.words[k - 1].size != word.size)
                else " "
            )
            out += glue + piece
        return re.sub(rf"{RAISED_SHUT}\s?{RAISED_OPEN}", "", out)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(w.bold for w in self.words)


def strips_of(words: Sequence[Word]) -> list[Strip]:
    """The words as strips: words of one base line without a wide gap between them."""
    rows: list[list[Word]] = []
    held = _raised(words)
    for word in sorted((w for w in words if id(w) not in held), key=lambda w: (round(w.base, 1), w.left)):
        home = next((r for r in reversed(rows[-12:]) if _on_line(word, r)), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    home_of = {id(w): row for row in rows for w in row}
    for word in words:
        before = held.get(id(word))
        while before is not None and id(before) in held:
            before = held[id(before)]
        if before is not None:
            home_of[id(before)].append(word)
    found: list[Strip] = []
    for row in rows:
        row.sort(key=lambda w: w.left)
        part: list[Word] = []
        for word in row:
            if part and word.left - part[-1].right > 1.1 * max(part[-1].size, word.size):
                found.append(_strip(part))
                part = []
            part.append(word)
        found.append(_strip(part))
    return sorted(found, key=lambda s: (s.base, s.left))


def _raised(words: Sequence[Word]) -> dict[int, Word]:
    """The small words that stand raised or lowered right behind a word, by their identity."""
    by_height: dict[int, list[Word]] = {}
    for word in words:
        by_height.setdefault(int(word.base // 6), []).append(word)
    found: dict[int, Word] = {}
    for word in words:
        for other in (w for k in range(-2, 4) for w in by_height.get(int(word.base // 6) + k, ())):
            drop = other.base - word.base
            if (
                other is word
                or word.size > 0.84 * other.size
                or not -0.45 * other.size < drop < 0.85 * other.size
                or abs(drop) < 0.04 * other.size
            ):
                continue
            if -0.3 * other.size < word.left - other.right < 0.4 * other.size:
                found[id(word)] = other
                break
    return found


def _on_line(word: Word, row: Sequence[Word]) -> bool:
    main = max(row, key=lambda w: w.size)
    if word.size >= 0.82 * main.size:
        return abs(word.base - main.base) < 0.35 * main.size
    return -0.2 * main.size < main.base - word.base < 0.75 * main.size


def _strip(words: Sequence[Word]) -> Strip:
    size = max(w.size for w in words)
    base = max((w.base for w in words if w.size >= 0.82 * size), default=words[0].base)
    return Strip(tuple(words), words[0].left, words[-1].right, base, size)


def gutter(page: Page, strips: Sequence[Strip]) -> float | None:
    """The middle of the white between two columns of text, None where the page has one column."""
    best: tuple[int, float] | None = None
    inner = [s for s in strips if s.right - s.left > 0.05 * page.width]
    for tenth in range(38, 63):
        x = page.width * tenth / 100
        crossing = sum(s.left < x - 2 and s.right > x + 2 for s in inner)
        sides = (
            sum(s.right <= x + 2 and s.right - s.left > 0.22 * page.width for s in inner),
            sum(s.left >= x - 2 and s.right - s.left > 0.22 * page.width for s in inner),
        )
        if min(sides) >= 4 and crossing <= 0.35 * sum(sides):
            score = crossing * 3 - min(sides)
            if best is None or score < best[0]:
                best = (score, x)
    return best[1] if best else None


def bands(page: Page, strips: Sequence[Strip]) -> list[list[Strip]]:
    """The strips in reading order, in runs that belong to one column; a strip over both columns parts them."""
    middle = gutter(page, strips)
    if middle is None:
        return [list(strips)]
    found: list[list[Strip]] = []
    left: list[Strip] = []
    right: list[Strip] = []

    def flush() -> None:
        found.extend(part for part in (list(left), list(right)) if part)
        left.clear()
        right.clear()

    wide: list[Strip] = []
    for strip in strips:
        if strip.left < middle - 3 and strip.right > middle + 3:
            if not wide:
                flush()
            wide.append(strip)
            continue
        if wide and strip.base - wide[-1].base > 0.5 * strip.size:
            found.append(list(wide))
            wide.clear()
        (left if strip.left < middle else right).append(strip)
    flush_wide = list(wide)
    if flush_wide:
        flush()
        found.append(flush_wide)
    else:
        flush()
    return found
