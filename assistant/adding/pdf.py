"""Articles as PDF: lines in reading order with raised citations, tables by the places of their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.adding.article import Article, Block, Grid, Heading
from assistant.adding.front import Front
from assistant.adding.lines import Line, clean_lines, word_counts
from assistant.adding.pdf_lines import RAISED_OPEN, RAISED_SHUT, Strip, bands, strips_of
from assistant.adding.pdf_tables import grid_of_strips, plain
from assistant.adding.pdf_words import Page, Word, pages_of
from assistant.adding.plain import article_of
from assistant.adding.plain_tables import CAPTION
from assistant.model import AssistantError

_NUMBERS = re.compile(r"\d{1,3}(?:[,;\u2013\u2212-]\d{1,3})*")
_UNIT = re.compile(r"(?:10|\bm|\bmm|\bL|\bcm|\bkg|[µμ]L)$")


def read_pdf(data: bytes, name: str) -> Article:
    """The article of a PDF.

    Raises:
        AssistantError: It cannot be read, or is a scan without text.
    """
    pages, outline, about = pages_of(data, name)
    if sum(len(p.words) for p in pages) < 100:
        raise AssistantError(f"{name} holds no text: it is a scan.", "Recognise its text first (OCR).")
    margins = _margins(pages)
    body = _body_size(pages)
    lines: list[Line] = []
    grids: dict[str, Grid] = {}
    debris: list[str] = []
    for page in pages:
        page_lines = _page_lines(page, margins, body, grids, debris)
        lines += page_lines
    text = "\n".join(line.text for line in lines)
    cleaned, more = clean_lines(lines)
    title = _title(pages[0], about, outline)
    heads = outline if len(outline) > 3 else []
    return article_of(
        cleaned, heads, word_counts(text), [*debris, *more], Front(title=title) if title else None, grids
    )


def _body_size(pages: Sequence[Page]) -> float:
    sizes = Counter(w.size for p in pages for w in p.words for _ in w.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _margins(pages: Sequence[Page]) -> set[str]:
    """Texts at the top and the bottom of pages that come back, figures aside."""
    counts: Counter[str] = Counter()
    for page in pages:
        edge = [
            s for s in strips_of(page.words) if s.base < 0.09 * page.height or s.base > 0.92 * page.height
        ]
        counts.update({re.sub(r"\d+", "0", plain(s.text)) for s in edge})
    return {text for text, n in counts.items() if n >= 2}


def _title(page: Page, about: dict[str, str], outline: Sequence[str]) -> str:
    """The largest words of the first page, or what the PDF itself says."""
    strips = [s for s in strips_of(page.words) if s.base < 0.6 * page.height and len(s.text) > 8]
    if strips:
        largest = max(s.size for s in strips)
        run = [s for s in strips if s.size > 0.93 * largest]
        text = re.sub(r"\s+", " ", " ".join(plain(s.text) for s in run))
        if largest > 12 and 4 <= len(text.split()) <= 60:
            return text
    given = about.get("Title", "")
    return given if len(given.split()) > 3 else next((h for h in outline[:1] if len(h.split()) > 3), "")


def _page_lines(
    page: Page, margins: set[str], body: float, grids: dict[str, Grid], debris: list[str]
) -> list[Line]:
    """The lines of one page; a table leaves one line that names its place in ``grids``."""
    strips = []
    for strip in strips_of(page.words):
        edge = strip.base < 0.09 * page.height or strip.base > 0.92 * page.height
        if edge and (
            re.sub(r"\d+", "0", plain(strip.text)) in margins or re.fullmatch(r"\W*\d{1,4}\W*", strip.text)
        ):
            debris.append(plain(strip.text))
        else:
            strips.append(strip)
    found: list[Line] = []
    first = True
    for band in bands(page, _without_tables(page, strips, grids)):
        rows = _rows(band)
        left = min((s.left for row in rows for s in row), default=0.0)
        before: float | None = None
        for row in rows:
            text = " ".join(_said(s.text) for s in row)
            step = row[0].base - before if before is not None else 0.0
            gap = 9 if first else int(step > 1.55 * row[0].size) if before is not None else 0
            bold = all(s.bold for s in row) or row[0].size > 1.12 * body
            found.append(Line(text, max(gap, 1) if bold else gap, row[0].left > left + 4, text, bold=bold))
            before, first = row[0].base, False
    return found


def _rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: (s.base, s.left)):
        if rows and abs(rows[-1][0].base - strip.base) < 0.4 * strip.size:
            rows[-1].append(strip)
            rows[-1].sort(key=lambda s: s.left)
        else:
            rows.append([strip])
    return rows


def _without_tables(page: Page, strips: list[Strip], grids: dict[str, Grid]) -> list[Strip]:
    """The strips with each table replaced by a line that stands for it."""
    from assistant.adding.pdf_lines import gutter

    middle = gutter(page, strips)
    left_over = list(strips)
    for caption in strips:
        match = CAPTION.match(plain(caption.text))
        if not match or caption not in left_over or re.match(r"[a-z]+s\b", match["title"]):
            continue
        zone = _zone(caption, left_over, middle, page)
        rows = _rows(
            [
                s
                for s in left_over
                if s.base > caption.base - 1 and zone[0] <= s.left < zone[1] and s is not caption
            ]
        )
        title = [match["title"].strip()] if match["title"].strip() else []
        taken = 0
        rows = [r for r in rows if not (abs(r[0].base - caption.base) < 1)] if not title else rows
        while (
            taken < min(3, len(rows))
            and len(rows[taken]) == 1
            and (not title or not title[-1].endswith("."))
            and (rows[taken][0].base - caption.base < (taken + 1.6) * 1.35 * caption.size)
        ):
            title.append(plain(rows[taken][0].text))
            taken += 1
        grid, used = grid_of_strips(
            rows[taken:], match["number"], re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(title))
        )
        if grid is None:
            continue
        key = f"\x03{len(grids)}\x03"
        grids[key] = grid
        gone = {id(s) for row in rows[: taken + used] for s in row} | {id(caption)}
        sign = Word(key, caption.left, caption.left + 30, caption.base, caption.size)
        left_over = [s for s in left_over if id(s) not in gone]
        left_over.append(Strip((sign,), caption.left, caption.left + 30, caption.base, caption.size))
    return sorted(left_over, key=lambda s: (s.base, s.left))


def _zone(caption: Strip, strips: Sequence[Strip], middle: float | None, page: Page) -> tuple[float, float]:
    """Left and right of the table below a caption: its column, or the page where it runs over both."""
    if middle is None:
        return 0.0, page.width
    if caption.left >= middle - 3:
        return middle - 3, page.width
    if caption.right > middle + 3:
        return 0.0, page.width
    below = [s for s in strips if caption.base < s.base < caption.base + 90]
    crossing = [s for s in below if s.left < middle - 6 and s.right > middle + 6]
    cells = [s for s in below if s.left >= middle and s.right - s.left < 0.2 * page.width]
    lines_right = [s for s in below if s.left >= middle and s.right - s.left > 0.3 * page.width]
    return (0.0, page.width) if crossing or (cells and not lines_right) else (0.0, middle - 1)


def _said(text: str) -> str:
    """A strip's text with raised figures as citations, exponents as such."""

    def raised(match: re.Match[str]) -> str:
        inner, before = match[1], text[: match.start()]
        if _NUMBERS.fullmatch(inner) and not _UNIT.search(re.sub(r"\x01[^\x02]*\x02", "", before)):
            return f" [{inner.replace('−', '-').replace(',', ', ')}]"
        if re.fullmatch(r"[-−–+]?\d+", inner):
            from assistant.adding.markup import RAISED

            return inner.translate(RAISED)
        return "" if re.fullmatch(r"[a-z*†‡§,]+", inner) else inner

    return re.sub(rf"{RAISED_OPEN}([^{RAISED_SHUT}]*){RAISED_SHUT}", raised, text)


__all__ = ["Block", "Heading", "read_pdf"]
