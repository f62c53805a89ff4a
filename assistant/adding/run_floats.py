"""A text layer whose paragraphs are single lines: tables and figures taken out of them, paragraphs put apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.adding.article import Article, Entry, Grid, Paragraph
from assistant.adding.lines import word_counts
from assistant.adding.markup import RAISED, listed
from assistant.adding.plain_regions import PATH
from assistant.adding.plain_tables import small_words
from assistant.adding.run_cells import EMPTY
from assistant.adding.run_tables import known_sizes, table_from

_LONG = 300
_MOST_CITED = 250
_CAPTION = re.compile(
    r"(?:^|(?<=\n)|(?<=  )|(?<=[.)\]]))[ \t]*(?P<label>(?P<kind>Table|TABLE|Fig\.|Figure|FIGURE|Fig)\s?(?P<number>\d{1,2}|[IVX]{1,4}\b))"
    r"(?P<rest>(?:[.:|]\s*|\s+|(?=[A-Z]))(?=[A-Z(\d\"“≥%\u0370-\u03ff]))"
)
_WIDE = re.compile(r"[ ]{3,}(?=[A-Z(“\d])|\n?[ ]{2,}(?=[A-Z])|\n\s*\n(?=[A-Z])")
_PARAGRAPH = re.compile(r"(?<=[.!?:)\]”\"'%\d]) {2,}(?=[A-Z“(]|\d+[ -])")
_CITED = re.compile(r"\s*\[(\d{1,3}(?:\s*[,\u2013-]\s*\d{1,3})*)\]")
_RAISED = re.compile(
    r"(?<=[a-z)%])(?<!/m)(?<!cm)(?<!mm)([.,;]?)(\d{1,3}(?:(?:, ?|[\u2013-])\d{1,3})*)(?=[\s.,;:)]|$)"
)


@dataclass(slots=True)
class Floats:
    """What is left of a text without its tables."""

    text: str
    """Paragraphs with blank lines between them; a line ``\\ue010…`` stands for each table."""
    grids: dict[str, Grid] = field(default_factory=dict)
    """The tables by the lines that stand for them."""
    doubts: list[str] = field(default_factory=list)
    unwrapped: bool = True
    """Whether its paragraphs were single lines."""


def is_unwrapped(text: str) -> bool:
    """Whether most of a text stands on lines that no page could hold."""
    return sum(len(line) for line in text.split("\n") if len(line) > _LONG) > 0.6 * len(text)


def without_floats(text: str) -> Floats:
    """``text`` with its tables read and taken out, its captions and paragraphs on lines of their own."""
    text = re.sub(r"[\u2009\u202f\u200a]", " ", text)
    found = Floats("")
    words, known = word_counts(text.replace("\u00a0", " ")), known_sizes(text)
    out: list[str] = []
    block: list[str] = []
    for line in [*text.split("\n"), None]:
        if line is not None and not PATH.match(line) and not line.startswith("TITLE:"):
            block.append(line)
            continue
        out.append(_block("\n".join(block), found, words, known))
        block.clear()
        if line is not None:
            out.append(f"\n{line.strip()}\n")
    found.text = _citations("\n".join(out))
    named = {
        n for n in re.findall(r"\b[Tt]able (\d{1,2})\b", text) if not re.search(rf"\bTable S{n}\b", text)
    }
    lost = sorted(
        named - {g.number for g in found.grids.values()} - {d.split(":")[0][6:] for d in found.doubts},
        key=int,
    )
    if lost:
        found.doubts.append(
            f"the text speaks of table{'s' if len(lost) > 1 else ''} {', '.join(lost)}, which the file does not print"
        )
    return found


def told_by_itself(article: Article, text: str, debris: Sequence[str]) -> Article:
    """``article`` without what only a sentence of its text seemed to tell of it: such a layer has no first page."""
    first = [line for line in text.split("\n")[:12] if len(line) < _LONG]
    opening = "\n".join([*debris, *first])
    own = re.search(
        r"version of this article \(?(?:doi:\s*|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/[^\s);,]+)", text
    )
    kept = {
        name: value
        for name in ("year", "journal", "doi")
        if (value := getattr(article, name)) and value in opening
    }
    found = replace(
        article,
        year=kept.get("year", ""),
        journal=kept.get("journal", ""),
        doi=own[1].rstrip(".") if own else kept.get("doi", ""),
    )
    found = _unprinted(found)
    absent = [name for name in ("journal", "year", "doi", "licence") if not getattr(found, name)]
    if not absent:
        return found
    absent = [name.replace("doi", "DOI") for name in absent]
    names = ", ".join(absent[:-1]) + " and " + absent[-1] if len(absent) > 1 else absent[0]
    return replace(
        found, doubts=(*found.doubts, f"the file does not tell {names}; add them to the front matter")
    )


def _unprinted(article: Article) -> Article:
    """``article`` with a place for each reference that it cites and the file does not print.

    Without them a citation of others' work would be read as one of the article itself.
    """
    texts = [b.text for b in article.blocks if isinstance(b, Paragraph)]
    cited = {n for text in texts for mark in _CITED.findall(text) for n in listed(mark)}
    if article.entries or len(cited) < 3 or max(cited) > _MOST_CITED:
        return article
    entries = tuple(
        Entry(n, (), f"Reference {n}, which the file does not print") for n in range(1, max(cited) + 1)
    )
    doubt = "no list of references was found; its citations stay without them"
    return replace(article, entries=entries, doubts=(*article.doubts, doubt))


def _block(text: str, found: Floats, words: Counter[str], known: frozenset[int]) -> str:
    """The text between two headings."""
    out: list[str] = []
    at = 0
    while match := _CAPTION.search(text, at):
        out.append(_prose(text[at : match.start()]))
        if match["kind"].lower().startswith("t"):
            at = _table_end(text, match.end())
            out.append(_table(text[match.end() : at], match["number"], found, words, known))
        else:
            at = _figure_end(text, match.end())
            caption = _evened(re.sub(r"\s+", " ", text[match.end() : at]).strip())
            out.append(f"{match['label'].rstrip('.')}: {caption}")
    out.append(_prose(text[at:]))
    return "\n\n".join(part for part in out if part)


def _table(text: str, number: str, found: Floats, words: Counter[str], known: frozenset[int]) -> str:
    """The line that stands for the table that ``text`` prints; "" where it could not be read."""
    text = re.sub(r"(?<=[ \n])\u00a0(?=[ \n])", EMPTY, text)
    text = re.sub(r"[\u00a0\u2000-\u2008]", " ", text)
    made = table_from(text, number, words, known)
    if made.grid is None:
        found.doubts.append(f"Table {number}: {made.doubt}")
        return ""
    key = f"\ue010{len(found.grids)}\ue010"
    found.grids[key] = made.grid
    return key


def _table_end(text: str, begin: int) -> int:
    """Where running text, or another caption, follows a table that begins at ``begin``."""
    for match in _WIDE.finditer(text, begin):
        if match[0].count(" ") < 3 and text[: match.start()].rstrip()[-1:] not in ".!?)]":
            continue
        ahead = text[match.end() : match.end() + 170]
        if _CAPTION.match(text, match.end()) or small_words(ahead) >= 4:
            return match.end() if not match[0].startswith("\n") else match.start()
    later = _CAPTION.search(text, begin)
    return later.start() if later else len(text)


def _figure_end(text: str, begin: int) -> int:
    """Where a caption ends: at a line end, a gap, or another caption."""
    ends = [
        m.start()
        for m in (re.compile(r"\n| {2,}(?=[A-Z\d])").search(text, begin), _CAPTION.search(text, begin))
        if m
    ]
    return min(ends, default=len(text))


def _prose(text: str) -> str:
    text = _PARAGRAPH.sub("\n\n", re.sub(r"[\u00a0\u2000-\u2008]", " ", text)).strip()
    return re.sub(r"\n+", "\n\n", _evened(text))


def _evened(text: str) -> str:
    """Running text with powers raised, decimal points in one form, and spaces where headings ran into sentences."""
    text = re.sub(r"(?<=\d)\u00b7(?=\d)", ".", text)
    text = re.sub(r"(?<=[×x] 10)(\d{1,2})(?=/)", lambda m: m[1].translate(RAISED), text)
    text = re.sub(r"(?<=/)(c?m|mm)([23])\b|(?<=\d )(c?m|mm)([23])\b", _power, text)
    text = re.sub(
        r"\b[a-z]{4,}(?=(?:We|In|A)\b|[A-Z][a-z]{2,}\b)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+ [a-z])", r"\g<0> ", text
    )
    return re.sub(r" +(?=[.,;](?:\s|$))", "", text)


def _power(match: re.Match[str]) -> str:
    return (match[1] or match[3]) + (match[2] or match[4]).translate(RAISED)


def _citations(text: str) -> str:
    """Citations in one form: ``[4, 5, 6]``."""
    if len(_CITED.findall(text)) >= 3:
        return _CITED.sub(lambda m: f" [{', '.join(map(str, listed(m[1])))}]", text)
    top = 0
    for match in _RAISED.finditer(text):
        numbers = listed(match[2])
        if numbers and top < numbers[0] <= top + 2:
            top = max(numbers)
    return _RAISED.sub(lambda m: _lowered(m, top), text) if top >= 5 else text


def _lowered(match: re.Match[str], top: int) -> str:
    numbers = listed(match[2])
    if not numbers or max(numbers) > top or min(numbers) < 1:
        return match[0]
    return f"{match[1]} [{', '.join(map(str, numbers))}]"
