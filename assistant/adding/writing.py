"""A review folder written to the disk: the form that ``corpus/README.md`` describes."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.adding.article import Article, Block, Entry, Grid, Heading, Paragraph
from assistant.adding.attribute import attributed
from assistant.adding.ids import Form, Studies
from assistant.adding.row_heads import named_rows
from assistant.adding.sheets import Sheet, sheet_of

_WIDTH = 110
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8"}
_CITED = re.compile(r"\[(\d{1,4}(?:\s*[,;\u2013-]\s*\d{1,4})*)\]")


def folder_files(article: Article, studies: Studies) -> dict[str, str]:
    """Name and text of each file of the folder."""
    known = {e.number for e in article.entries}
    sheets: list[Sheet] = []
    prose: list[str] = []
    for block in attributed(article, studies):
        if isinstance(block, Heading):
            prose.append(f"{'#' * block.level} {_safe(block.text)}")
        elif isinstance(block, Paragraph):
            prose.append(_paragraph(block, known, studies, article))
        elif sheet := sheet_of(block, article, studies):
            sheets.append(sheet)
        else:
            prose += [_paragraph(p, known, studies, article) for p in _listed(block)]
    named = _named(sheets)
    files = {name: _csv(sheet.records) for name, sheet in named.items()}
    entries = list(article.entries)
    if studies.form is Form.REPORT:
        entries.append(_own_entry(article, max(known, default=0) + 1))
    if entries:
        files["references.bib"] = "\n".join(map(_bibtex, entries))
    if article.abbreviations:
        files["abbreviations.csv"] = _csv([("abbreviation", "meaning"), *article.abbreviations.items()])
    return {"review.md": _front(article, studies, named) + "\n" + "\n\n".join(prose) + "\n", **files}


def _named(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """The sheets by the names of their files, under the numbers that are printed."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        number = _ROMAN.get(sheet.grid.number, sheet.grid.number.lower())
        free = next(k for k in range(1, len(sheets) + 2) if f"table-{k}.csv" not in found)
        name = f"table-{number or free}.csv"
        found[name if name not in found else f"table-{number}-{free}.csv"] = sheet
    return found


def _listed(grid: Grid) -> Iterable[Paragraph]:
    """A table whose columns are no studies, a row an item."""
    heads = [
        " ".join(dict.fromkeys(r.cells[k] for r in grid.heads if r.cells[k]))
        for k in range(len(grid.rows[0].cells))
    ]
    if grid.title:
        yield Paragraph(f"Table {grid.number}: {grid.title.rstrip('.')}.".replace("Table :", "Table:"))
    for head, cells in named_rows(grid.rows, 1):
        said = "; ".join(f"{h}: {c}" if h else c for h, c in zip(heads[1:], cells, strict=True) if c)
        if said:
            yield Paragraph(f"{head}: {said}.", item=True)


# -- review.md --------------------------------------------------------------------------------------


def _front(article: Article, studies: Studies, sheets: Mapping[str, Sheet]) -> str:
    lines = ["---", f"title: {_quoted(article.title)}"]
    if article.authors:
        lines.append(f"authors: [{', '.join(map(_quoted, article.authors))}]")
    for key in ("journal", "year", "volume", "issue", "pages", "doi", "licence"):
        if value := getattr(article, key):
            lines.append(f"{key}: {_quoted(value)}")
    lines.append(f"study_label: {studies.label}")
    if sheets:
        lines.append("tables:")
        for name, sheet in sheets.items():
            lines.append(
                f"  {name}: {{title: {_quoted(sheet.grid.title)}, note: {_quoted(sheet.grid.note)}}}"
            )
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(re.sub(r"\s+", " ", text).strip(), ensure_ascii=False)


def _paragraph(block: Paragraph, known: set[int], studies: Studies, article: Article) -> str:
    own = {max(known, default=0) + 1} if studies.form is Form.REPORT else set()

    def checked(match: re.Match[str]) -> str:
        # A bracket with numbers that are no references would be refused as a citation.
        numbers = [int(n) for n in re.findall(r"\d+", match[1])]
        return match[0] if all(n in known | own for n in numbers) else f"({match[1]})"

    text = _CITED.sub(checked, block.text) if known or own else _CITED.sub(r"(\1)", block.text)
    return _wrapped(("- " if block.item else "") + _safe(text))


def _safe(text: str) -> str:
    """``text`` so that nothing of it reads as Markdown: a comment, a heading, a list."""
    text = re.sub(r"\s+", " ", text.replace("<!--", "<! --")).strip()
    return re.sub(r"^([#*+•-]+)(?=\s)", lambda m: "\\" + m[1] if m[1][0] == "#" else "", text).strip()


def _wrapped(text: str) -> str:
    """Lines of at most 110 characters, none of which begins like a list or a heading."""
    glued = re.sub(r" (?=[-*+•#]{1,6} )", "\x00", text[2:] if text.startswith("- ") else text)
    begins = "- " if text.startswith("- ") else ""
    lines = textwrap.wrap(
        glued,
        _WIDTH,
        break_long_words=False,
        break_on_hyphens=False,
        initial_indent=begins,
        subsequent_indent="  " if begins else "",
    )
    return "\n".join(lines).replace("\x00", " ")


# -- the other files --------------------------------------------------------------------------------


def _csv(records: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [[re.sub(r"\s+", " ", c).strip() for c in r] for r in records]
    )
    return out.getvalue()


def _bibtex(entry: Entry) -> str:
    authors = " and ".join(a if "," in a or a == "others" else f"{{{a}}}" for a in entry.authors)
    fields = [
        ("author", authors), ("title", entry.title), ("journal", entry.journal), ("year", entry.year), ("volume", entry.volume),
        ("number", entry.issue), ("pages", entry.pages), ("doi", entry.doi),
    ]  # fmt: skip
    lines = [
        f"  {key:<8}= {{{value if key == 'author' else _tex(value)}}}," for key, value in fields if value
    ]
    return "\n".join([f"@article{{ref{entry.number},", *lines, "}", ""])


def _tex(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\", "").replace("{", "(").replace("}", ")"))


def _own_entry(article: Article, number: int) -> Entry:
    names = [", ".join(a.rsplit(" ", 1)) for a in article.authors]
    return Entry(
        number,
        tuple(names),
        article.title,
        article.journal,
        article.year,
        article.volume,
        article.issue,
        article.pages,
        article.doi,
    )


def write_folder(path: Path, files: dict[str, str]) -> None:
    """Writes the files into ``path``, which is made."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8", newline="\n")


__all__ = ["Block", "folder_files", "write_folder"]
