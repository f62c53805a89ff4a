"""Articles in JATS XML, as PubMed Central and most publishers give them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assistant.adding.article import Article, Block, Entry, Grid, Heading, Paragraph
from assistant.adding.entries import parse_entry
from assistant.adding.grids import grid_of
from assistant.adding.licences import licence_in
from assistant.adding.markup import local, running, settled
from assistant.adding.sections import is_back_matter
from assistant.model import AssistantError

_FLOATS = frozenset(
    {
        "table-wrap",
        "fig",
        "table-wrap-group",
        "fig-group",
        "supplementary-material",
        "media",
        "inline-supplementary-material",
        "disp-formula",
        "graphic",
    }
)
_NOT_TEXT = _FLOATS | {"fn"}


def read_jats(text: str, name: str) -> Article:
    """The article of a JATS file.

    Args:
        text: The whole file.
        name: How messages call it.

    Raises:
        AssistantError: If it is no XML, or holds no article.
    """
    try:
        root = ElementTree.fromstring(
            re.sub(r"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", "", text, count=1, flags=re.DOTALL)
        )
    except ElementTree.ParseError as error:
        raise AssistantError(
            f"{name} is no XML ({error}).", "Give the file as the publisher offers it."
        ) from error
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = local(element)
    article = root if root.tag == "article" else root.find(".//article")
    meta = article.find(".//article-meta") if article is not None else None
    if article is None or meta is None:
        raise AssistantError(f"{name} holds no JATS article.", "Give the full text, not a record of it.")
    return _Reader(article, meta).article()


class _Reader:
    def __init__(self, article: Element, meta: Element) -> None:
        self.root, self.meta = article, meta
        self.refs = list(article.iter("ref"))
        self.number = {ref.get("id", ""): i for i, ref in enumerate(self.refs, 1)}
        self.placed: set[Element] = set()

    # -- running text

    def citing(self, element: Element) -> str | None:
        """The numbers of the reference list that a link names."""
        if local(element) != "xref":
            return None
        if element.get("ref-type") in ("fn", "table-fn", "aff", "corresp", "author-notes"):
            return ""
        if element.get("ref-type") != "bibr":
            return None
        numbers = [self.number[i] for i in (element.get("rid") or "").split() if i in self.number]
        words = "".join(element.itertext())
        if re.search(r"[^\W\d]{3}", words) and numbers:
            return None if self._by_author else ",".join(map(str, numbers))
        if ends := re.fullmatch(r"\W*(\d+)\s*[\u2010-\u2015-]\s*(\d+)\W*", words):
            return f"{ends[1]}-{ends[2]}"
        return ",".join(map(str, numbers))

    _by_author = False

    def text(self, element: Element | None, skip: frozenset[str] = _NOT_TEXT) -> str:
        """Its text on one line; "" where there is no element."""
        if element is None:
            return ""
        known = {n: n for n in self.number.values()}
        return settled(running(element, self.citing, skip), known or None)

    # -- parts

    def article(self) -> Article:
        blocks = [*self._abstract(), *self._body(), *self._loose_tables()]
        meta = self.meta
        year = next((y.text or "" for y in meta.iterfind("pub-date/year")), "")
        pages = "-".join(filter(None, [meta.findtext("fpage"), meta.findtext("lpage")]))
        doi = next((i.text or "" for i in meta.iter("article-id") if i.get("pub-id-type") == "doi"), "")
        licence = self.root.find(".//license")
        link = (
            " ".join(licence.attrib.values())
            + " "
            + " ".join(" ".join(e.attrib.values()) for e in licence.iter("ext-link"))
            if licence is not None
            else ""
        )
        return Article(
            title=self.text(meta.find(".//article-title"), _NOT_TEXT | {"xref"}),
            blocks=tuple(blocks),
            authors=tuple(self._authors()),
            journal=self.root.findtext(".//journal-title") or "",
            year=year.strip(),
            volume=meta.findtext("volume") or "",
            issue=meta.findtext("issue") or "",
            pages=pages or meta.findtext("elocation-id") or "",
            doi=doi,
            licence=licence_in(link + " " + self.text(licence)),
            entries=tuple(self._entry(i, ref) for i, ref in enumerate(self.refs, 1)),
            abbreviations=self._abbreviations(),
        )

    def _authors(self) -> Iterator[str]:
        for contrib in self.meta.iter("contrib"):
            if (
                contrib.get("contrib-type", "author") == "author"
                and (name := contrib.find("name")) is not None
            ):
                yield _name(name).replace(",", "")

    def _abstract(self) -> Iterator[Block]:
        for abstract in self.meta.iter("abstract"):
            kind = abstract.get("abstract-type", "")
            if kind in ("", "structured", "summary", "key-points", "executive-summary"):
                yield Heading(1, "Abstract" if kind != "key-points" else "Key points")
                yield from self._section(abstract, 1)

    def _body(self) -> Iterator[Block]:
        body = self.root.find("body")
        if body is not None:
            yield from self._section(body, 0)
        for appendix in self.root.iterfind("back/app-group/app"):
            yield from self._titled(appendix, 1)

    def _section(self, element: Element, level: int) -> Iterator[Block]:
        for child in element:
            name = local(child)
            if name == "sec":
                yield from self._titled(child, level + 1)
            elif name == "p":
                yield from self._paragraph(child, item=False)
            elif name in ("list", "disp-quote", "boxed-text", "statement"):
                if name == "list":
                    for item in child.iter("list-item"):
                        yield Paragraph(self.text(item), item=True)
                else:
                    yield from self._section(child, level)
                yield from self._floats(child)
            elif name in _FLOATS:
                yield from self._floats(child)

    def _titled(self, section: Element, level: int) -> Iterator[Block]:
        title = self.text(section.find("title"))
        if is_back_matter(title) or section.get("sec-type") in ("supplementary-material", "COI-statement"):
            return
        if title:
            yield Heading(min(level, 3), title)
        yield from self._section(section, level)

    def _paragraph(self, element: Element, *, item: bool) -> Iterator[Block]:
        lists = [e for e in element.iter() if local(e) == "list"]
        text = self.text(element, _NOT_TEXT | {"list", "def-list"})
        if text:
            yield Paragraph(text, item)
        for inner in lists:
            for point in inner.iter("list-item"):
                yield Paragraph(self.text(point), item=True)
        yield from self._floats(element)

    # -- tables and figures

    def _floats(self, element: Element) -> Iterator[Block]:
        for wrap in element.iter():
            if wrap in self.placed:
                continue
            if local(wrap) == "table-wrap" and (grid := self._grid(wrap)):
                self.placed.add(wrap)
                yield grid
            elif local(wrap) == "fig" and (caption := self.text(wrap.find("caption"))):
                self.placed.add(wrap)
                label = settled(wrap.findtext("label") or "Figure").rstrip(".: ")
                yield Paragraph(f"{label}: {caption}")

    def _loose_tables(self) -> Iterator[Block]:
        for group in self.root.iter("floats-group"):
            yield from self._floats(group)

    def _grid(self, wrap: Element) -> Grid | None:
        table = wrap.find(".//table")
        if table is None:
            return None
        number = re.search(r"[\dA-Z]*\d+|\b[IVX]+\b", wrap.findtext("label") or "")
        notes = [self.text(foot, _FLOATS) for foot in wrap.iter("table-wrap-foot")]
        return grid_of(
            table, self.citing, number[0] if number else "", self.text(wrap.find("caption")), " ".join(notes)
        )

    # -- lists at the end

    def _entry(self, number: int, ref: Element) -> Entry:
        cited = next(
            (
                e
                for e in ref.iter()
                if local(e) in ("element-citation", "mixed-citation", "citation", "nlm-citation")
            ),
            ref,
        )
        title = self._part(cited, "article-title") or self._part(cited, "chapter-title")
        names = [_name(name) for name in cited.iter("name")] or [
            _name(n) for n in cited.iter("string-name") if n.find("surname") is not None
        ]
        if not title and not names:
            return parse_entry(number, settled("".join(cited.itertext())))
        doi = next((e.text or "" for e in cited.iter("pub-id") if e.get("pub-id-type") == "doi"), "")
        pages = "-".join(
            filter(None, [self._part(cited, "fpage"), self._part(cited, "lpage")])
        ) or self._part(cited, "elocation-id")
        more = ("others",) if cited.find(".//etal") is not None else ()
        return Entry(
            number,
            (*names, *more) if names else tuple(self.text(c) for c in cited.iter("collab")),
            title or self._part(cited, "source") or settled("".join(cited.itertext())),
            self._part(cited, "source"),
            (re.findall(r"(?:19|20)\d\d", self._part(cited, "year")) or [""])[0],
            self._part(cited, "volume"),
            self._part(cited, "issue"),
            pages,
            doi.strip(),
        )

    def _part(self, element: Element, name: str) -> str:
        return self.text(element.find(f".//{name}")).rstrip(". ")

    def _abbreviations(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self.root.iter("def-item"):
            short, meaning = self.text(item.find("term")), self.text(item.find("def"))
            if short and meaning:
                found.setdefault(short.rstrip(":;, "), meaning.rstrip(".;, "))
        if not found:
            from assistant.adding.sections import ABBREVIATIONS, abbreviations_in

            for section in (
                e for e in self.root.iter() if local(e) in ("sec", "glossary", "notes", "fn-group")
            ):
                if ABBREVIATIONS.fullmatch(self.text(section.find("title")).strip(" :")):
                    found |= abbreviations_in([self.text(p) for p in section.iter("p")])
        return found


def _name(name: Element) -> str:
    given = name.findtext("given-names") or ""
    initials = "".join(
        w if w.isupper() and len(w) <= 4 else w[0].upper() for w in re.split(r"[\s.\-]+", given) if w
    )
    return f"{settled(name.findtext('surname') or '')}, {initials}".rstrip(", ")
