"""Articles as Markdown, as converters of PDF and HTML write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from assistant.adding.article import Article, Block, Grid, Heading, Paragraph, Row
from assistant.adding.assemble import assemble
from assistant.adding.front import Front, names_in
from assistant.adding.grids import grid_of
from assistant.adding.html import captioned, citing, without_head
from assistant.adding.html_tree import tree_of
from assistant.adding.markup import RAISED, settled
from assistant.text.text import strip_invisible

_HEAD = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_ITEM = re.compile(r"^\s{0,6}(?:[-*+•]|\d{1,3}[.)])\s+")
_BOLD_HEAD = re.compile(r"^\*\*([^*]{3,100})\*\*:?\s*$")


def read_markdown(text: str) -> Article:
    """The article of a Markdown text."""
    text = strip_invisible(text)
    front, text = _front(text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    blocks, opening, title = without_head(list(_blocks(text.split("\n"))))
    fields = {name: getattr(front, name) for name in front.__dataclass_fields__}
    if not front.title:
        fields["title"] = title
    return assemble(captioned(blocks), Front(**fields), opening)


def _front(text: str) -> tuple[Front, str]:
    """What YAML front matter tells, and the text below it."""
    match = re.match(r"\s*---\n(.*?)\n(?:---|\.\.\.)\n", text, re.DOTALL)
    if not match:
        return Front(), text
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError:
        values = None
    if not isinstance(values, dict):
        return Front(), text[match.end() :]
    plain = {str(k).lower(): v for k, v in values.items()}
    authors = plain.get("authors") or plain.get("author") or []
    listed = authors if isinstance(authors, list) else re.split(r";|,(?=\s*[A-Z][a-z]+ [A-Z])", str(authors))
    names = [n for a in listed for n in (names_in(str(a)) or (str(a).strip(),)) if n]
    year = re.search(r"(?:19|20)\d\d", str(plain.get("year") or plain.get("date") or ""))
    text_of = {
        k: str(plain.get(k) or "") for k in ("title", "journal", "volume", "issue", "pages", "doi", "licence")
    }
    return Front(authors=tuple(names), year=year[0] if year else "", **text_of), text[match.end() :]


def _inline(text: str) -> str:
    """Markdown's marks taken off a line; raised figures and links to references kept as such."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[\^(\d{1,3})\]", r" [\1]", text)
    text = re.sub(r"\[\\?\[?(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\\?\]?\]\([^)]*\)", r"[\1]", text)
    text = re.sub(r"\[\[(\d[\d,\s–-]*)\]\]", r"[\1]", text)
    text = re.sub(r"\[([^\[\]]*)\]\([^)]*\)", r"\1", text)
    text = (
        re.sub(r"\^\{?([-−+]?\d+)\}?\^?", lambda m: m[1].translate(RAISED), text)
        if re.search(r"10\^|m\^|L\^", text)
        else text
    )
    text = re.sub(r"\^(\d{1,3}(?:[,–-]\d{1,3})*)\^", r" [\1]", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", text)
    text = text.replace("`", "")
    text = re.sub(r"<br\s*/?>", " ", text)
    if re.search(r"<\w+[^>]*>", text):
        from assistant.adding.markup import running

        text = running(tree_of(text), citing)
    return re.sub(r"\](?:\s*,?\s*)\[(?=\d)", ", ", settled(text))


def _blocks(lines: list[str]) -> Iterator[Block]:
    held: list[str] = []
    item = False
    i = 0
    while i < len(lines):
        line = lines[i]
        head = _HEAD.match(line)
        bold = _BOLD_HEAD.match(line.strip()) if not held else None
        table = i + 1 < len(lines) and "|" in line and bool(_RULE.match(lines[i + 1])) and "-" in lines[i + 1]
        raw_table = line.lstrip().lower().startswith("<table")
        new_item = bool(_ITEM.match(line))
        if (head or bold or table or raw_table or new_item or not line.strip()) and held:
            yield Paragraph(_inline(" ".join(held)), item)
            held, item = [], False
        if head:
            yield Heading(len(head[1]), _inline(head[2]))
        elif bold and not re.match(r"(?i)\**table\s+\d", line.strip()):
            yield Heading(6, _inline(bold[1]))
        elif table:
            end = i + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            yield _pipe_table([lines[i], *lines[i + 2 : end]])
            i = end
            continue
        elif raw_table:
            end = i
            while end < len(lines) and "</table>" not in lines[end].lower():
                end += 1
            element = tree_of("\n".join(lines[i : end + 1])).find(".//table")
            grid = grid_of(element, citing, "", "", "") if element is not None else None
            if grid:
                yield grid
            i = end + 1
            continue
        elif line.strip():
            if new_item:
                item = not re.match(r"\s*\d", line)
            held.append(_ITEM.sub("", line) if new_item and item else line.strip())
        i += 1
    if held:
        yield Paragraph(_inline(" ".join(held)), item)


def _pipe_table(lines: list[str]) -> Grid:
    rows: list[Row] = []
    for line in lines:
        bare = line.strip().removeprefix("|")
        bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
        raw = re.split(r"(?<!\\)\|", bare)
        depth = len(re.match(r"(?:&nbsp;|&emsp;|[\u00a0\u2003])*", raw[0].lstrip(" "))[0]) // 1 if raw else 0  # type: ignore[index]
        cells = tuple(_inline(c.replace("&nbsp;", " ").replace("&emsp;", " ")) for c in raw)
        rows.append(
            Row(cells, min(depth, 8), spanning=len(cells) > 1 and bool(cells[0]) and not any(cells[1:]))
        )
    width = max(len(r.cells) for r in rows)
    full = [Row((*r.cells, *[""] * (width - len(r.cells))), r.depth, r.spanning) for r in rows]
    return Grid("", "", (full[0],), tuple(full[1:]))
