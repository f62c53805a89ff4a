"""The text layer of a PDF, as copied or extracted: sections, paragraphs and tables found again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from assistant.adding.article import Article, Grid, Heading, Paragraph
from assistant.adding.assemble import assemble
from assistant.adding.front import Front, names_in
from assistant.adding.lines import Line, joined, lines_of, word_counts
from assistant.adding.plain_paths import forms_of, path_headings, path_of
from assistant.adding.plain_regions import (
    ENDS,
    FIGURE,
    PATH,
    STANDARD,
    key_of,
    lost_table,
    mentioned,
    table_ends,
    title_of,
)
from assistant.adding.plain_state import State
from assistant.adding.plain_tables import CAPTION, grid_from
from assistant.adding.run_floats import Floats, is_unwrapped, told_by_itself, without_floats
from assistant.adding.run_tables import known_sizes
from assistant.adding.sections import ABBREVIATIONS, REFERENCES, is_back_matter

_NUMBER_HEAD = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+(?=[A-Z])")


def read_plain(text: str) -> Article:
    """The article of a text layer."""
    text = normalize("NFC", text)
    floats = without_floats(text) if is_unwrapped(text) else Floats(text, unwrapped=False)
    lines, outline, debris = lines_of(floats.text)
    article = article_of(lines, outline, word_counts(text), debris, grids=floats.grids)
    if floats.unwrapped:
        article = told_by_itself(article, text, debris)
    return replace(article, doubts=(*article.doubts, *floats.doubts))


def article_of(
    lines: Sequence[Line],
    outline: Sequence[str],
    words: Counter[str],
    debris: Sequence[str] = (),
    front: Front | None = None,
    grids: Mapping[str, Grid] | None = None,
) -> Article:
    """The article of cleaned ``lines``.

    Args:
        lines: All lines in reading order.
        outline: Headings that the PDF itself lists; the first may be the title.
        words: How often each word stands in the text.
        debris: Running heads and the like, which name the journal.
        front: What is known of the article besides.
        grids: Tables read already, by the line that stands for each.
    """
    heads = {key_of(h) for h in outline} - {""}
    start = _start(lines, heads)
    opening, start = _opening(lines, start)
    title = (front.title if front else "") or title_of(lines, outline, opening)
    named = any(PATH.match(line.text) for line in lines)
    known = known_sizes("\n".join(line.text for line in lines))
    state = State(
        words, dict(grids or {}), known=known, forms=forms_of(line.text for line in lines) if named else {}
    )
    at = start
    width = _typical(lines)
    while at < len(lines):
        at = _step(lines, at, state, heads, width)
    state.close()
    told = Front(title=title) if front is None else front
    blocks = state.blocks
    if not any(isinstance(b, Heading) for b in blocks[:1]):
        blocks.insert(0, Heading(1, "Text"))
    article = assemble(blocks, told, [line.text for line in lines[: max(start, 1)]][:60], debris)
    return replace(article, doubts=(*article.doubts, *state.doubts))


def _start(lines: Sequence[Line], heads: set[str]) -> int:
    """The first line of the article proper: of the abstract, else of whatever section comes first."""
    for i, line in enumerate(lines[:80]):
        text = line.text
        if (
            text.startswith("TITLE:")
            or PATH.match(text)
            or STANDARD.fullmatch(text)
            or (i and key_of(text) in heads)
        ):
            return i
    return next((i for i, line in enumerate(lines) if i and _heading(line, lines, i, heads)), 0)


def _opening(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    if start and lines[start].text.startswith("TITLE:"):
        return list(lines[: start + 1]), start + 1
    if lines and lines[0].text.startswith("TITLE:"):
        return [lines[0]], 1
    return list(lines[:start]), start


def _typical(lines: Sequence[Line]) -> float:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    return float(lengths[len(lengths) // 2]) if lengths else 60.0


# -- one step ---------------------------------------------------------------------------------------


def _step(lines: Sequence[Line], at: int, state: State, heads: set[str], width: float) -> int:
    """Reads what begins at line ``at``; gives the next line to be read."""
    line = lines[at]
    if grid := state.grids.get(line.text):
        state.blocks.append(grid)
        return at + 1
    above = _path_headings(line, state)
    heading = above[-1] if above else _heading(line, lines, at, heads, listing=state.listing)
    if heading:
        state.close()
        state.blocks += above or [heading]
        bare = re.sub(r"^[\d.]+\s*", "", heading.text)
        state.listing = bool(REFERENCES.fullmatch(bare) or ABBREVIATIONS.fullmatch(bare))
        return at + 1
    caption = CAPTION.match(line.text)
    if caption and not mentioned(caption["title"], line) and (line.gap or line.indent or not state.listing):
        return _table(lines, at, state, heads, width)
    if state.listing:
        state.blocks.append(Paragraph(re.sub(r"\s{2,}", "  ", line.raw.strip())))
        return at + 1
    if lost_table(line.text, lines[at - 1].text if at else ""):
        return at + 1
    if state.held and _breaks(lines[at - 1], line, width):
        state.close()
    inline = re.match(
        r"((?:Background|Objectives?|Aims?|Purpose|Methods?|Patients and methods|Results?|Findings|Conclusions?|"
        r"Interpretation|"
        r"Introduction|Design)\s*[:.])\s+(?=[A-Z\d])",
        line.text,
    )
    if inline and not state.held:
        state.blocks.append(Heading(2, inline[1].rstrip(":. ")))
        state.held.append(line.text[inline.end() :])
        return at + 1
    state.held.append(line.text)
    return at + 1


def _path_headings(line: Line, state: State) -> list[Heading]:
    """The headings that a line names with those above them; none where it names none."""
    path = path_of(line.text)
    if not path:
        return []
    found = path_headings(path, state.path, state.forms)
    state.path = path
    return found


def _breaks(before: Line, line: Line, width: float) -> bool:
    """Whether a paragraph ends between two lines."""
    ended = bool(ENDS.search(before.text))
    if line.gap:
        return True
    if line.indent and not before.indent:
        return ended or not re.match(r"[a-z]", line.text)
    return ended and len(before.text) < 0.7 * width


def _heading(
    line: Line, lines: Sequence[Line], at: int, heads: set[str], *, listing: bool = False
) -> Heading | None:
    """The heading that a line is, None where it is none."""
    if PATH.match(line.text):
        return None
    text = line.text.strip()
    if key_of(text) in heads and len(text) < 160:
        return Heading(_level(text), _NUMBER_HEAD.sub("", text).rstrip(" :.,"))
    if len(text) > 110 or text.endswith((",", ";")) or CAPTION.match(text) or FIGURE.match(text):
        return None
    bare = _NUMBER_HEAD.sub("", text).rstrip(" :.")
    number = _NUMBER_HEAD.match(text)
    level = _level(text)
    if STANDARD.fullmatch(text) or (
        is_back_matter(bare) and len(text) < 70 and (line.gap or text[:1].isupper()) and not ENDS.search(text)
    ):
        return Heading(level, bare if not bare.isupper() else bare.capitalize())
    if listing:
        return None
    if number and len(text.split()) <= 12 and not ENDS.search(text) and line.gap:
        return Heading(level, bare)
    if not line.gap or heads:
        return None
    return _shaped(text, line, lines, at)


def _level(text: str) -> int:
    number = _NUMBER_HEAD.match(text)
    return 1 + number[1].count(".") if number else 1


def _shaped(text: str, line: Line, lines: Sequence[Line], at: int) -> Heading | None:
    """A short line of its own, before running text, that ends no sentence and lists nothing."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    words = text.split()
    if (
        after is None
        or not 1 <= len(words) <= 12
        or ENDS.search(text)
        or not re.match(r"[A-Z]", text)
        or text[-1:] in "-–("
    ):
        return None
    if re.search(r"\d+%|\(n\s*=|\[\d+\]|@|\bet al\b|^\W*\d", text) or (
        names_in(text) and len(words) > 1 and at < 40
    ):
        return None
    runs_on = len(after.text) > 45 and re.match(r"[A-Z\d(]", after.text)
    return Heading(2, text if not text.isupper() else text.capitalize()) if runs_on else None


# -- tables -----------------------------------------------------------------------------------------


def _table(lines: Sequence[Line], at: int, state: State, heads: set[str], width: float) -> int:
    caption = CAPTION.match(lines[at].text)
    assert caption is not None
    broken = " ".join(state.held[-1:])
    title = [caption["title"].strip()] if caption["title"].strip() else []
    begin = at + 1
    while (
        begin < len(lines)
        and len(title) < 3
        and not lines[begin].gap
        and title
        and not title[-1].endswith(".")
        and (re.match(r"[a-z(]", lines[begin].text) or len(title[-1]) > 70)
    ):
        title.append(lines[begin].text)
        begin += 1
    if not title and begin < len(lines):
        title.append(lines[begin].text)
        begin += 1
    end = begin
    while end < len(lines) and not table_ends(
        lines, begin, end, heads, bool(broken) and not ENDS.search(broken), width
    ):
        end += 1
    region = lines[begin:end]
    if not region:
        state.held.append(lines[at].text)
        return at + 1
    made = grid_from(region, caption["number"], joined(title, state.words), state.words, state.known)
    if made.grid:
        state.blocks.append(made.grid)
    elif made.doubt:
        state.close()
        state.doubts.append(f"Table {caption['number']}: {made.doubt}")
    else:
        state.close()
        state.blocks.append(Paragraph(f"Table {caption['number']}: {joined(title, state.words)}"))
        state.blocks += [Paragraph(line.text, item=True) for line in region]
    return end
