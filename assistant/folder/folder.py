"""A corpus folder as it stands: front matter, sentences, tables, references, abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import lazy_re as re
from assistant.files.source import csv_delimiter, even_spaces, read_records, read_text, refusal
from assistant.folder.columns import TableColumn
from assistant.folder.one_study import studies_of
from assistant.folder.prose import (
    Block,
    Mark,
    Marker,
    Sentence,
    citations,
    noun_in_marks,
    read_block,
    read_blocks,
)
from assistant.folder.tables import Table, TableRow, names_studies, read_grid, read_table, study_noun
from assistant.model import AssistantError, Reference

if TYPE_CHECKING:
    import yaml

__all__ = ["Mark", "RawReview", "Sentence", "Table", "TableColumn", "TableRow", "read_folder"]

_PUBLICATION_KEYS = ("journal", "year", "volume", "pages", "doi", "licence")
_OWN_KEYS = {"title", "authors", "study_label", "tables", *_PUBLICATION_KEYS}
_NOTED = re.compile(
    r"\s*(?:Abbreviations:\s*)?((?=\S*[A-Z])[A-Za-z][\w/+-]{0,11}),\s+([A-Za-z][^;:.\d]{3,80}?)\.?\s*"
)
_ABBREVIATION = re.compile(r"\s*(?:[-*+\u2022]\s+)?(\S[^:]{0,30}?)\s*:\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class RawReview:
    """Everything one folder says, before any fact is read from it."""

    id: str
    """The folder's name."""
    title: str
    authors: tuple[str, ...]
    journal: str
    year: str
    volume: str
    pages: str
    doi: str
    licence: str
    study_label: str
    """The noun before a study's id: ``Abstract``."""
    front: Mapping[str, str]
    """Further keys of the front matter."""
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    references: tuple[Reference, ...]
    """By number."""
    abbreviations: Mapping[str, str]
    """Short form to meaning, in the order of the list."""
    study_references: Mapping[str, int] = field(default_factory=dict)
    """Study id to the number of the reference that stands beside its mark."""
    warnings: tuple[str, ...] = ()
    """What its author should look at, each with file and, where known, line."""


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter: scalar and list values as text, what it says of tables, and lines."""

    values: dict[str, str]
    authors: tuple[str, ...]
    tables: dict[str, dict[str, str]]
    lines: dict[str, int]
    body: str
    body_line: int


def read_folder(path: Path) -> RawReview:
    """The review in the folder ``path``.

    Raises:
        AssistantError: If ``review.md`` is missing or a file is malformed; names file, line and remedy.
    """
    identity = path.resolve().name
    name = f"{identity}/review.md"
    if not path.is_dir():
        raise AssistantError(f"{path}: no such folder", "Name a folder that holds a review.md.")
    if not (path / "review.md").exists():
        raise AssistantError(f"{name} is missing", "Write it; corpus/README.md shows the form.")
    front = _read_front(read_text(path / "review.md", name), name)
    blocks = read_blocks(front.body, front.body_line)
    warnings: list[str] = []
    tables = _read_tables(path, identity, front, blocks, warnings)
    references = _read_references(path, identity)
    abbreviations = _read_abbreviations(path, identity, warnings)
    listed, blocks = _listed_abbreviations(blocks, front)
    label, unlabelled = _study_label(front, tables)
    marker = Marker(label, [c.study for t in tables for c in t.columns], unlabelled=unlabelled)
    sentences = _read_prose(blocks, marker, references, name)
    warnings += _unknown_studies(sentences, tables, label, name)
    return RawReview(
        id=identity,
        title=front.values["title"],
        authors=front.authors,
        **{key: front.values.get(key, "") for key in _PUBLICATION_KEYS},
        study_label=label,
        front={k: v for k, v in front.values.items() if k not in _OWN_KEYS},
        sentences=sentences,
        tables=tables,
        references=references,
        abbreviations=abbreviations or listed or _noted_abbreviations(tables),
        study_references=_study_references(sentences),
        warnings=tuple(warnings),
    )


# -- front matter -----------------------------------------------------------------------------------


def _read_front(text: str, name: str) -> _Front:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise refusal(
            name, 1, "no front matter", 'Begin the file with ---, title: "…", --- on lines of their own.'
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        raise refusal(name, 1, "the front matter is not closed", "End it with a line that holds --- alone.")
    values, node_lines, tables, authors = _front_values("\n".join(lines[1:end]), name)
    if not values.get("title"):
        raise refusal(
            name, node_lines.get("title", 1), "the front matter has no title", 'Add a line  title: "…"'
        )
    return _Front(values, authors, tables, node_lines, "\n".join(lines[end + 1 :]), end + 2)


def _front_values(
    text: str, name: str
) -> tuple[dict[str, str], dict[str, int], dict[str, dict[str, str]], tuple[str, ...]]:
    import yaml

    remedy = "Write key: value lines, and quote values that hold a colon, # or quotes."
    try:
        # Nodes, not values: "year: 2023", "volume: 012" and "licence: no" stay the text they are.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refusal(
            name, mark.line + 2 if mark else 2, f"the front matter is not YAML ({error.problem})", remedy
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise refusal(name, 2, f"the front matter is not YAML ({type(error).__name__})", remedy) from error
    if not isinstance(root, yaml.MappingNode):
        raise refusal(name, 2, "the front matter holds no keys", remedy)
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    tables: dict[str, dict[str, str]] = {}
    authors: tuple[str, ...] = ()
    for key_node, node in root.value:
        key, line = _scalar(key_node), key_node.start_mark.line + 2
        if key in lines:
            raise refusal(name, line, f"the key {key} stands twice", "Keep one of them.")
        lines[key] = line
        if key == "tables":
            tables = {_scalar(k): _texts(v) for k, v in _pairs(node)}
        elif key == "authors":
            authors = tuple(a for a in _items(node) if a)
        else:
            values[key] = "; ".join(v for v in _items(node) if v)
    return values, lines, tables, authors


def _scalar(node: yaml.Node) -> str:
    import yaml

    return even_spaces(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _items(node: yaml.Node) -> list[str]:
    import yaml

    return [_scalar(n) for n in node.value] if isinstance(node, yaml.SequenceNode) else [_scalar(node)]


def _pairs(node: yaml.Node) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    import yaml

    return node.value if isinstance(node, yaml.MappingNode) else []


def _texts(node: yaml.Node) -> dict[str, str]:
    return {_scalar(k): _scalar(v) for k, v in _pairs(node)}


# -- files beside review.md -------------------------------------------------------------------------


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in re.split(r"(\d{1,9})", path.name.lower())]


def _read_tables(
    path: Path, identity: str, front: _Front, blocks: Sequence[Block], warnings: list[str]
) -> tuple[Table, ...]:
    label = front.values.get("study_label", "")
    files = sorted((p for s in ("csv", "tsv") for p in path.glob(f"table*.{s}")), key=_natural)
    for name in front.tables:
        if name not in {p.name for p in files}:
            raise refusal(
                f"{identity}/review.md",
                front.lines["tables"],
                f"the front matter names a table {name!r}, which is not there",
                "Add the file, called table-N.csv, or take its name out.",
            )
    noun = label or noun_in_marks(front.body)
    grids = [read_grid(read_text(file, f"{identity}/{file.name}"), file.name) for file in files]
    studies = studies_of([g for g in grids if g], blocks, noun or "Study")
    tables = []
    for file in files:
        name = f"{identity}/{file.name}"
        shown = front.tables.get(file.name, {})
        table, doubts = read_table(read_text(file, name), name, front.body, shown, label, studies)
        tables.append(table)
        warnings += doubts
    return tuple(tables)


def _read_references(path: Path, identity: str) -> tuple[Reference, ...]:
    from assistant.folder.bibliography import read_references

    file = path / "references.bib"
    name = f"{identity}/{file.name}"
    return read_references(read_text(file, name), name) if file.exists() else ()


def _read_abbreviations(path: Path, identity: str, warnings: list[str]) -> dict[str, str]:
    file = path / "abbreviations.csv"
    name = f"{identity}/{file.name}"
    if not file.exists():
        return {}
    text = read_text(file, name)
    records = read_records(text, name, csv_delimiter(text.lstrip().split("\n")[0]))
    found: dict[str, str] = {}
    for i, record in enumerate(records):
        cells = [even_spaces(c) for c in record.cells]
        if i == 0 and cells[0].lower().startswith("abbreviation"):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1] or any(cells[2:]):
            remedy = "Write  OS,Overall survival  and put a meaning with commas between quotes."
            raise refusal(name, record.line, "not an abbreviation and its meaning", remedy)
        if found.setdefault(cells[0], cells[1]) != cells[1]:
            warnings.append(f"{name}, line {record.line}: {cells[0]} has two meanings; the first counts")
    return found


def _noted_abbreviations(tables: Iterable[Table]) -> dict[str, str]:
    """The pairs of ``CR, complete response; PR, partial response`` below the tables."""
    found: dict[str, str] = {}
    for table in tables:
        for part in table.note.split(";"):
            if pair := _NOTED.fullmatch(part):
                found.setdefault(even_spaces(pair[1]), even_spaces(pair[2]))
    return found


def _listed_abbreviations(blocks: list[Block], front: _Front) -> tuple[dict[str, str], list[Block]]:
    """The pairs of a section headed Abbreviations, and the blocks without it."""
    section = [b for b in blocks if b.section.lower() in ("abbreviations", "list of abbreviations")]
    lines = front.body.split("\n")
    found: dict[str, str] = {}
    for block in section:
        for _, line in block.lines:
            if pair := _ABBREVIATION.match(lines[line - front.body_line]):
                found.setdefault(even_spaces(pair.group(1)), even_spaces(pair.group(2)))
    return found, [b for b in blocks if b not in section] if found else blocks


# -- prose ------------------------------------------------------------------------------------------


def _study_label(front: _Front, tables: Sequence[Table]) -> tuple[str, bool]:
    """The noun for a study, and whether ids stand without any noun in the prose."""
    if label := front.values.get("study_label", ""):
        return label, False
    heads = [t.study_head for t in tables]
    marked = noun_in_marks(front.body)
    for head in heads:
        if names_studies(head) or (marked and study_noun(head).lower() == marked.lower()):
            return study_noun(head), False
    return marked or next((study_noun(h) for h in heads if study_noun(h)), "Study"), not (marked or tables)


def _read_prose(
    blocks: Iterable[Block], marker: Marker, references: Sequence[Reference], name: str
) -> tuple[Sentence, ...]:
    blocks = list(blocks)
    known = {r.number for r in references}
    last = max(known, default=0)
    for block in blocks:
        marker.learn(s for mark in marker.marks(block.text) for s in mark.studies)
        for start, _, cited in citations(block.text, last) if known else ():
            if missing := sorted(set(cited) - known):
                raise refusal(
                    name,
                    block.line(start),
                    f"reference [{missing[0]}] is cited, but references.bib has no entry of that number",
                    "Add the entry to references.bib, or mend the number.",
                )
    return tuple(s for block in blocks for s in read_block(block, marker, last))


def _unknown_studies(
    sentences: Iterable[Sentence], tables: Sequence[Table], label: str, name: str
) -> list[str]:
    known = {c.study for t in tables for c in t.columns}
    marked = dict.fromkeys(s for sentence in sentences for mark in sentence.marks for s in mark.studies)
    if not known:
        return []
    unknown = [s for s in marked if s not in known]
    return [f"{name}: {label} {s} is marked in the prose, but no table has it" for s in unknown]


def _study_references(sentences: Iterable[Sentence]) -> dict[str, int]:
    found: dict[str, int] = {}
    for sentence in sentences:
        for mark in sentence.marks:
            if len(mark.references) == len(mark.studies):
                for study, number in zip(mark.studies, mark.references, strict=True):
                    found.setdefault(study, number)
    return found
