"""Words of a PDF's pages with their places, as pdfium gives the characters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assistant.model import AssistantError


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without space; lengths in points, from the top left of the page."""

    text: str
    left: float
    right: float
    base: float
    """Where its line stands: the bottom of its characters, from the top."""
    size: float
    """Of its font."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    words: tuple[Word, ...]
    width: float
    height: float


def pages_of(data: bytes, name: str) -> tuple[list[Page], list[str], dict[str, str]]:
    """The pages, the headings of the outline, and the PDF's own metadata.

    Raises:
        AssistantError: The file cannot be read, or needs a password.
    """
    try:
        import pypdfium2
    except ImportError:
        raise AssistantError("PDF files need pypdfium2.", "Run: pip install pypdfium2") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise AssistantError(
            f"{name} cannot be read as PDF ({error}).", "Save it again, without a password."
        ) from None
    try:
        outline = [_text(item) for item in document.get_toc(max_depth=4)]
        pages = [_page(document[i]) for i in range(min(len(document), 400))]
        return pages, [h for h in outline if h], {k: v for k, v in document.get_metadata_dict().items() if v}
    finally:
        document.close()


def _text(item: Any) -> str:
    title = getattr(item, "title", None)
    if title is None and hasattr(item, "get_title"):
        title = item.get_title()
    return str(title or "").strip()


def _page(page: Any) -> Page:
    from pypdfium2 import raw

    textpage = page.get_textpage()
    width, height = page.get_size()
    words: list[Word] = []
    chars: list[tuple[str, float, float, float, float, bool]] = []

    def close() -> None:
        if chars:
            text = "".join(c[0] for c in chars)
            sizes = Counter(round(c[4], 1) for c in chars)
            words.append(
                Word(
                    text,
                    chars[0][1],
                    chars[-1][2],
                    max(c[3] for c in chars),
                    sizes.most_common(1)[0][0],
                    chars[0][5],
                )
            )
            chars.clear()

    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        # pdfium gives a hyphen at the end of a line as U+0002, some fonts as U+FFFE.
        character = "-" if code in (2, 0xFFFE) else chr(code) if code else ""
        if not character.strip():
            close()
            continue
        left, bottom, right, top = textpage.get_charbox(i, loose=True)
        size = raw.FPDFText_GetFontSize(textpage, i)
        size = size if 2 < size < 80 else max(top - bottom, 1.0)
        base = height - bottom
        bold = raw.FPDFText_GetFontWeight(textpage, i) >= 600
        if chars:
            last = chars[-1]
            apart = left - last[2] > 0.22 * max(size, last[4]) or left < last[1] - 1
            if (
                apart
                or abs(base - last[3]) > 0.25 * max(size, last[4])
                or abs(size - last[4]) > 0.15 * last[4]
            ):
                close()
        chars.append((character, left, right, base, size, bold))
    close()
    return Page(tuple(words), width, height)
