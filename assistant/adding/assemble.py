"""Blocks in the order of print made into an article: lists at the end read, citations given numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.adding.article import Article, Block, Entry, Grid, Heading, Paragraph, Row
from assistant.adding.author_year import numbered_authors
from assistant.adding.entries import parse_entry
from assistant.adding.front import Front, completed
from assistant.adding.sections import (
    ABBREVIATIONS,
    HISTORY,
    KEPT,
    REFERENCES,
    abbreviations_in,
    is_back_matter,
)

_NUMBERED = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})\s*[.)]|(\d{1,3})(?=\s+[A-Z]))\s*(?=\S)")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=[a-z]\))|(?<=[A-Z]\))|(?<=[A-Za-z)%][.,;]))(\d{1,3}(?:[,\u2013-]\d{1,3})*)(?=[.,;:]?(?:\s|$|\)))"
)
_CITED = re.compile(r"\[\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*\]")


def assemble(
    blocks: Iterable[Block], front: Front, opening: Sequence[str], debris: Sequence[str] = ()
) -> Article:
    """The article of ``blocks``.

    Args:
        blocks: Headings, paragraphs and tables in the order of print, title and authors left out.
        front: What is known of title, authors and journal.
        opening: Lines before the first section, for what is not known.
        debris: Running heads, which name the journal.
    """
    body, printed, short = _parted(blocks)
    entries = entries_of(printed)
    whole = "\n".join(b.text for b in body if isinstance(b, Paragraph))
    front = completed(front, opening, whole, debris)
    body = _cited(body, entries, whole)
    abbreviations = abbreviations_in(short) or _inline(body)
    return Article(
        title=front.title, blocks=tuple(body), authors=front.authors, journal=front.journal, year=front.year, volume=front.volume,
        issue=front.issue, pages=front.pages, doi=front.doi, licence=front.licence, entries=tuple(entries), abbreviations=abbreviations,
    )  # fmt: skip


def _parted(blocks: Iterable[Block]) -> tuple[list[Block], list[str], list[str]]:
    """The body, the printed references, and the lines of the list of abbreviations."""
    body: list[Block] = []
    printed: list[str] = []
    short: list[str] = []
    kept: list[Block] = []
    kept_texts: list[str] = []
    into: list[str] | None = None
    skipped = 0
    for block in blocks:
        if isinstance(block, Heading):
            bare = re.sub(r"^[\d.]+\s*", "", block.text).strip(" :.")
            if skipped and block.level > skipped and not REFERENCES.fullmatch(bare):
                continue
            into, skipped = None, 0
            if KEPT.fullmatch(bare):
                kept.append(Heading(1, block.text))
                into, skipped = kept_texts, block.level
            elif is_back_matter(block.text):
                skipped = block.level
                into = (
                    printed if REFERENCES.fullmatch(bare) else short if ABBREVIATIONS.fullmatch(bare) else []
                )
            else:
                body.append(block)
        elif isinstance(block, Grid):
            if into is short and not block.number and len(block.rows[0].cells) == 2:
                short += [f"{r.cells[0]}: {r.cells[1]}" for r in (*block.heads, *block.rows)]
            else:
                body.append(block)
        elif into is kept_texts or (into is not None and HISTORY.search(block.text)):
            kept.append(block)
        elif into is not None:
            into.append(block.text)
        elif match := re.match(
            r"(?:Abbreviations?(?: used)?|Non-?standard abbreviations)\s*[:.]\s*(?=\S)", block.text
        ):
            short.append(block.text[match.end() :])
        elif not re.match(
            r"(?:Key ?words?|Correspondence|E-?mail|Received|Accepted|Funding)\b\s*[:—–-]",
            block.text,
            re.IGNORECASE,
        ):
            body.append(block)
    while body and isinstance(body[-1], Heading):
        body.pop()
    return body + _last(kept), printed, short


def _last(kept: Sequence[Block]) -> list[Block]:
    """The sections that follow the article proper, the dates of its history under a heading of their own."""
    found: list[Block] = []
    history: list[Block] = []
    for block in kept:
        if isinstance(block, Paragraph) and HISTORY.search(block.text):
            history.append(block)
        elif isinstance(block, Heading) and found and isinstance(found[-1], Heading):
            found[-1] = block
        else:
            found.append(block)
    while found and isinstance(found[-1], Heading):
        found.pop()
    return [*found, *([Heading(1, "Article history")] if history else []), *history]


def _inline(body: Iterable[Block]) -> dict[str, str]:
    """Abbreviations that the notes of tables explain."""
    notes = (re.sub(r"^Abbreviations?:?\s*", "", b.note) for b in body if isinstance(b, Grid))
    return abbreviations_in(note for note in notes if ";" in note)


# -- references -------------------------------------------------------------------------------------


def entries_of(printed: Sequence[str]) -> list[Entry]:
    """The references of the lines or paragraphs of the list, under their printed numbers or in order."""
    numbered: list[tuple[int, list[str]]] = []
    loose: list[list[str]] = []
    for line in printed:
        match = _NUMBERED.match(line)
        number = int(match[1] or match[2] or match[3]) if match else 0
        expected = numbered[-1][0] + 1 if numbered else 1
        if match and number == expected:
            numbered.append((number, [line[match.end() :]]))
        elif numbered:
            numbered[-1][1].append(line)
        if loose and not _begins_entry(line, loose[-1][-1]):
            loose[-1].append(line)
        else:
            loose.append([line])
    if len(numbered) >= 2 or (numbered and len(printed) < 6):
        return [parse_entry(n, _together(lines)) for n, lines in numbered]
    return [
        parse_entry(i, _together(lines)) for i, lines in enumerate(loose, 1) if len(_together(lines)) > 20
    ]


def _together(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        line = line.strip()
        text = (
            text[:-1] + line if text.endswith("-") and re.match(r"[a-z]", line) else f"{text} {line}".strip()
        )
    return text


def _begins_entry(line: str, before: str) -> bool:
    """Whether ``line`` begins the next reference of a list without numbers."""
    named = re.match(
        r"[A-Z\u00c0-\u017d][\w'’\u00c0-\u024f -]{1,30},?\s+(?:[A-Z]\.?[\s-]?){1,3}[,.;(&]", line
    )
    return bool(named) and bool(re.search(r"[.\d)]\s*$", before))


# -- citations --------------------------------------------------------------------------------------


def _cited(body: list[Block], entries: Sequence[Entry], whole: str) -> list[Block]:
    """The body with every citation as ``[4]``, however it was printed."""
    if not entries:
        return body
    bracketed = len(_CITED.findall(whole))
    change: Callable[[str], str] | None = None
    if bracketed < 3:
        by_author = numbered_authors(entries)
        if sum(by_author(b.text) != b.text for b in body if isinstance(b, Paragraph)) >= (
            3 if bracketed else 1
        ):
            change = by_author
        else:
            last = max(e.number for e in entries)
            change = lambda text: _GLUED.sub(lambda m: _raised(m, last), text)  # noqa: E731
    if change is None:
        return body
    return [_changed(b, change) for b in body]


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=change(block.text))
    if isinstance(block, Grid):
        rows = tuple(Row((change(r.cells[0]), *r.cells[1:]), r.depth, r.spanning) for r in block.rows)
        return replace(block, rows=rows)
    return block


def _raised(match: re.Match[str], last: int) -> str:
    numbers = [int(n) for n in re.findall(r"\d+", match[1])]
    if max(numbers) > last or min(numbers) < 1:
        return match[0]
    ranged = re.search(r"[-\u2013]", match[1])
    return f" [{match[1] if ranged else ', '.join(map(str, numbers))}]"
