"""Articles as HTML pages: those of publishers, of PubMed Central, or a page saved from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from assistant.adding.article import Article, Block, Grid, Heading, Paragraph
from assistant.adding.assemble import assemble
from assistant.adding.front import Front
from assistant.adding.grids import grid_of
from assistant.adding.html_tree import tree_of
from assistant.adding.markup import LEFT_OUT, local, running, settled

_CHROME = LEFT_OUT | {"header", "footer", "aside", "figure"}
_CAPTION = re.compile(
    r"(?:TABLE|Table)\s+(?P<number>S?\d{1,2}|[IVX]{1,4})\b\s*[.:|–-]?\s*(?P<title>.*)", re.DOTALL
)
_REF_LINK = re.compile(r"#(?:.*?)(?:ref|cr|bib|b|r|cit)[-_a-z]*?(\d{1,4})$", re.IGNORECASE)
_NOTE = re.compile(
    r"^(?:[*†‡§¶#]|Abbreviations?\b|Notes?\b|[a-e]\s|Data are|Values are|[\w/+-]{1,12}[,:=] [a-z])"
)


def read_html(text: str) -> Article:
    """The article of a page."""
    root = tree_of(text)
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        if name and element.get("content"):
            metas.setdefault(name, []).append(element.get("content", "").strip())
    front = _front(metas)
    blocks = list(_walk(_main(root)))
    blocks, opening, title = without_head(blocks)
    if not front.title:
        page = root.find(".//title")
        told = settled("".join(page.itertext())) if page is not None else ""
        front = replace(front, title=title or told)
    return assemble(captioned(blocks), front, opening)


def _front(metas: dict[str, list[str]]) -> Front:
    def first(*names: str) -> str:
        return next((metas[n][0] for n in names if metas.get(n)), "")

    from assistant.adding.front import names_in

    authors = metas.get("citation_author") or metas.get("dc.creator") or []
    if len(authors) == 1 and authors[0].count(",") > 1:
        authors = re.split(r";\s*|,\s*", first("citation_author", "dc.creator"))
    named = []
    for author in authors:
        parts = [p.strip() for p in author.split(",")]
        person = f"{parts[1]} {parts[0]}" if len(parts) == 2 else author
        named += list(names_in(person)) or [person]
    pages = "-".join(filter(None, [first("citation_firstpage"), first("citation_lastpage")]))
    date = first(
        "citation_publication_date",
        "citation_date",
        "dc.date",
        "article:published_time",
        "citation_online_date",
        "prism.publicationdate",
    )
    year = re.search(r"(?:19|20)\d\d", date)
    return Front(
        title=settled(first("citation_title", "dc.title")), authors=tuple(named),
        journal=first("citation_journal_title", "prism.publicationname"),
        year=year[0] if year else "", volume=first("citation_volume", "prism.volume"), issue=first("citation_issue"), pages=pages,
        doi=re.sub(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)", "", first("citation_doi", "dc.identifier", "prism.doi")),
    )  # fmt: skip


def _main(root: Element) -> Element:
    """The element that holds the article: the smallest that has nearly all of its paragraphs."""
    paragraphs = sum(len("".join(p.itertext())) for p in root.iter("p"))
    best = root
    for element in root.iter():
        name = local(element)
        if name in ("article", "main") or re.search(
            r"article|content|main|body", f"{element.get('id', '')} {element.get('class', '')}"
        ):
            inside = sum(len("".join(p.itertext())) for p in element.iter("p"))
            if inside >= 0.9 * paragraphs:
                best = element
    return best


def citing(element: Element) -> str | None:
    """The numbers of the list of references that a link names."""
    if local(element) != "a":
        return None
    words = "".join(element.itertext()).strip()
    if "#" not in element.get("href", ""):
        return None
    if ends := re.fullmatch(r"\W*(\d{1,3}(?:\s*[,\u2010-\u2015-]\s*\d{1,3})*)\W*", words):
        link = _REF_LINK.search(element.get("href", ""))
        if link or re.search(r"ref|cit|bib|cr|-b\d|#b\d|#r\d", element.get("href", ""), re.IGNORECASE):
            return re.sub(r"[\u2010-\u2015]", "-", ends[1])
    return None


def _text(element: Element, *, skip: frozenset[str] = frozenset()) -> str:
    return settled(running(element, citing, skip))


def _walk(element: Element) -> Iterator[Block]:
    """The blocks below ``element`` in order."""
    loose: list[str] = [element.text or ""]

    def flushed() -> Iterator[Block]:
        text = settled("".join(loose))
        loose.clear()
        if len(text) > 2:
            yield Paragraph(text)

    for child in element:
        name = local(child)
        if (
            not name
            or name in LEFT_OUT
            or child.get("hidden") is not None
            or child.get("aria-hidden") == "true"
        ):
            pass
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield from flushed()
            if text := _text(child):
                yield Heading(int(name[1]), text)
        elif name == "table":
            yield from flushed()
            caption = child.find("caption")
            grid = grid_of(child, citing, "", _text(caption) if caption is not None else "", "")
            if grid:
                yield grid
            else:
                yield from _walk(child)
        elif name in ("p", "li", "dd", "dt", "blockquote", "figcaption", "caption", "pre") and not any(
            local(e) in ("p", "table", "ul", "ol", "div") for e in child.iter() if e is not child
        ):
            yield from flushed()
            if text := _text(child):
                yield Paragraph(text, item=name == "li")
        elif name in (
            "span",
            "a",
            "b",
            "i",
            "em",
            "strong",
            "sup",
            "sub",
            "small",
            "br",
            "u",
            "font",
            "cite",
            "abbr",
            "code",
            "mark",
        ):
            loose.append(running(_shell(child), citing))
        else:
            yield from flushed()
            yield from _walk(child)
        loose.append(child.tail or "")
    yield from flushed()


def _shell(child: Element) -> Element:
    shell = Element("shell")
    copy = Element(child.tag, child.attrib)
    copy.text = child.text
    copy.extend(list(child))
    shell.append(copy)
    return shell


def without_head(blocks: list[Block]) -> tuple[list[Block], list[str], str]:
    """The blocks from the abstract or the first section on, the lines before, and the title."""
    title = next((b.text for b in blocks if isinstance(b, Heading) and b.level == 1), "")
    start = 0
    for i, block in enumerate(blocks):
        text = block.text if isinstance(block, Heading | Paragraph) else ""
        if isinstance(block, Heading) and re.match(
            r"(?i)(?:[\d.]+\s*)?(?:abstract|summary|introduction|background|to the editor|"
            r"key points|"
            r"simple summary)\b",
            text,
        ):
            start = i
            break
        if isinstance(block, Paragraph) and len(text) > 350:
            start = i - 1 if i and isinstance(above := blocks[i - 1], Heading) and above.text != title else i
            break
    opening = [b.text for b in blocks[:start] if not isinstance(b, Grid)]
    rest = blocks[start:]
    levels = sorted({b.level for b in rest if isinstance(b, Heading)})
    top = levels[0] if levels else 1
    if len(levels) > 1 and sum(isinstance(b, Heading) and b.level == top for b in rest) == 1 and top == 1:
        top = levels[1]
    leveled: list[Block] = [
        Heading(max(1, min(b.level - top + 1, 3)), b.text) if isinstance(b, Heading) else b for b in rest
    ]
    if not leveled or not isinstance(leveled[0], Heading):
        leveled.insert(0, Heading(1, "Text"))
    return leveled, opening, title


def captioned(blocks: list[Block]) -> list[Block]:
    """Tables with the caption that stands above or below them, and the note below."""
    found: list[Block] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if not isinstance(block, Grid):
            found.append(block)
            i += 1
            continue
        number, title, taken = _caption_above(found, block)
        del found[len(found) - taken :]
        i += 1
        note: list[str] = []
        while i < len(blocks) and isinstance(below := blocks[i], Paragraph):
            if not number and (match := _CAPTION.match(below.text)):
                number, title = match["number"], match["title"].strip()
            elif _NOTE.match(below.text) and len(below.text) < 1500:
                note.append(below.text)
            else:
                break
            i += 1
        found.append(
            Grid(number or block.number, title or block.title, block.heads, block.rows, " ".join(note))
        )
    return found


def _caption_above(found: list[Block], grid: Grid) -> tuple[str, str, int]:
    """Number and title of a table, and how many blocks above it they are."""
    if own := _CAPTION.match(grid.title):
        return own["number"], own["title"].strip(), 0
    for back in (1, 2, 3):
        if len(found) < back or isinstance(found[-back], Grid):
            break
        block = found[-back]
        text = "" if isinstance(block, Grid) else block.text
        if (match := _CAPTION.match(text)) and len(text) < 700:
            more = [b.text for b in found[len(found) - back + 1 :] if isinstance(b, Paragraph | Heading)]
            return match["number"], " ".join([match["title"].strip(), *more]).strip(), back
    return "", grid.title, 0
