"""Where the parts of a text layer begin and end: what its lines look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.adding.cutting import trailing_cells
from assistant.adding.front import names_in
from assistant.adding.lines import Line, joined
from assistant.adding.plain_tables import CAPTION, note_like, prose_like, small_words
from assistant.adding.sections import ABBREVIATIONS, REFERENCES, is_back_matter

STANDARD = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:abstract|summary|key ?points?|plain language summary|introduction|background|"
    r"objectives?|aims?|purpose|"
    r"(?:materials?|patients?|subjects|methods?|design)(?:,? (?:and|&) (?:methods?|materials|patients|study design))?|"
    r"methodology|methods and study design|"
    r"results?(?: and discussion)?|findings|discussion(?: and conclusions?)?|conclusions?(?: and (?:perspectives?|"
    r"future directions))?|concluding remarks|"
    r"(?:study )?limitations|statistical (?:analysis|analyses|methods)|study design|interpretation|case (?:report|"
    r"presentation|description)|"
    r"to the editor|dear editor|trial registration|future (?:directions|perspectives))\s*[:.]?",
    re.IGNORECASE,
)
PATH = re.compile(r"^\s*((?:ABSTRACT|BODY)(?:\.[^a-z:]{2,120})?):$")
FIGURE = re.compile(r"^(?:Fig(?:ure|\.)|FIGURE)\s*\d+[A-Z]?\b[.:| ]")
ENDS = re.compile(r"[.!?:][\"'”’)\]]*(?:\s*\[\d[\d,\s–-]*\])?$")


def key_of(text: str) -> str:
    """A heading to compare by; "" for what is none, as the head over numbers of abstracts."""
    return "" if "#" in text else re.sub(r"[\W_]+", "", text).lower()


_GLUED = re.compile(r"\)\d|\d[A-Z][a-z]{2}|[a-z)]{3}\d+(?:\.\d+)?(?: \(|$| [A-Z][\w ]*[a-z]\d)")


def lost_table(text: str, before: str) -> bool:
    """Whether a line is what is left of a table whose cells run into each other: nobody can tell them apart."""
    if len(_GLUED.findall(text)) >= 2:
        return True
    return not re.search(r"[^\W\d_]", text) and len(before) < 45 and not re.search(r"[(,]$", before)


def mentioned(rest: str, line: Line) -> bool:
    """Whether ``Table 1 shows …`` begins a sentence."""
    return bool(re.match(r"(?:[a-z]+s|and|in|for|of|\))\b", rest)) or (
        line.gap == 0
        and bool(re.match(r"[,);]|\.?$", rest))
        and not re.match(r"TABLE|Table \d+\.?$", line.text)
    )


def table_ends(
    lines: Sequence[Line], begin: int, at: int, heads: set[str], broken: bool, width: float
) -> bool:
    """Whether the table that began at ``begin`` has ended before line ``at``."""
    line = lines[at]
    text = line.text
    if at == begin:
        return False
    if (
        key_of(text) in heads
        or (STANDARD.fullmatch(text) and line.gap)
        or PATH.match(text)
        or REFERENCES.fullmatch(text)
        or ABBREVIATIONS.fullmatch(text)
    ):
        return True
    if is_back_matter(text) and len(text) < 60:
        return True
    if ((again := CAPTION.match(text)) and not mentioned(again["title"], line)) or FIGURE.match(text):
        return True
    if broken and line.indent and not lines[begin].indent and re.match(r"[a-z]", text):
        return True
    if note_like(text):
        return False
    if len(lines[at - 1].text) > 70 and note_like(lines[at - 1].text) and re.match(r"[a-z]", text):
        return False
    return _prose_begins(lines, at, width) or (
        at + 1 < len(lines) and _leads(text) and _prose_begins(lines, at + 1, width)
    )


def _prose_begins(lines: Sequence[Line], at: int, width: float) -> bool:
    """Whether running text begins here: two lines as wide as its column, with its small words and no cells."""
    run = lines[at : at + 2]
    if len(run[0].text) > 130 and prose_like(run[0].text):
        return True
    if len(run) < 2 or run[1].gap or any(len(trailing_cells(x.text)[1]) > 1 for x in run):
        return False
    small = [small_words(x.text) for x in run]
    return min(len(x.text) for x in run) > 0.72 * width and min(small) >= 1 and max(small) >= 2


def _leads(text: str) -> bool:
    """Whether a line may be the heading of the text below it."""
    return (
        bool(re.match(r"(?:[\d.]+\s+)?[A-Z]", text))
        and len(text.split()) <= 10
        and not re.search(r"[\d).,;:%]$", text)
    )


_NO_TITLE = re.compile(
    r"(?i)^(?:\W*(?:review|original|research|letter|correspondence|open access|article|short report|brief|regular article|"
    r"case report|commentary|editorial|perspective|clinical trial).{0,40}|"
    r".*(?:doi\.org|10\.\d{4}/|https?:|@|\bvol(?:ume)?\b\.? ?\d|issn|\(20\d\d\)|20\d\d[;:,]\s*\d).*|received.*|published.*|"
    r"edited by.*|reviewed by.*|\*?correspondence.*)$"
)


def title_of(lines: Sequence[Line], outline: Sequence[str], opening: Sequence[Line]) -> str:
    """The outline's first line, what follows ``TITLE:``, or the first block of words before the authors."""
    if outline and len(outline[0]) > 25 and not STANDARD.fullmatch(outline[0]):
        return outline[0]
    for line in lines[:8]:
        if line.text.startswith("TITLE:"):
            return line.text.removeprefix("TITLE:").strip()
    run: list[str] = []
    for line in opening:
        if run and (line.gap or names_in(line.text)):
            break
        if _NO_TITLE.match(line.text) or (not run and (names_in(line.text) or len(line.text.split()) < 3)):
            continue
        run.append(line.text)
    return joined(run[:6], Counter()) if run else ""
