"""Tables whose heads print no study's id: of one study, by its arms, doses or subgroups, or by the studies' names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant import lazy_re as re
from assistant.files.source import even_spaces
from assistant.folder.arm_heads import arms_apart, parted
from assistant.folder.columns import bare_id
from assistant.folder.prose import Block, Marker, read_block
from assistant.text.text import fold

Grid = list[list[str]]
_OF_STUDIES = re.compile(
    r"(?:clinical\s+)?(?:stud(?:y|ies)|trials?|abstracts?|posters?|papers?|publications?|articles?|authors?|references?|acronyms?)\b.*",
    re.IGNORECASE,
)
"""The corner of a table that has studies below or beside it."""
_OF_GROUPS = re.compile(
    r"\b(?:arms?|groups?|subgroups?|cohorts?|dos(?:e|es|age|ing)|levels?|strat(?:um|a)|populations?|subsets?|schedules?|regimens?|"
    r"treatments?|patients|genotypes?|mutations?|categor(?:y|ies)|class(?:es)?|status|part)\b",
    re.IGNORECASE,
)
_OF_RESULTS = re.compile(
    r"\b(?:outcomes?|end-?points?|characteristics?|variables?|parameters?|events?|measures?|results?|toxicit(?:y|ies)|items?|effects?)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"%|\bn\b|\b(?:no\.|number|rate|median|mean|months?|years?|weeks?|days?|grades?|responses?|remissions?|survival|OS|PFS|EFS|DFS|RFS|"
    r"ORR|CR|CRi|MRD|CRS|ICANS|TRM|NRM|relapse|progression|deaths?|mortality|events?|toxicit(?:y|ies)|infections?|neutropenia|"
    r"thrombocytopenia|an(?:a)?emia|transplant(?:ation)?|follow-up|discontinuations?|duration|age|sex|GVHD)\b",
    re.IGNORECASE,
)
_BY_SUBGROUP = re.compile(r"\bsub-?group|\bsubsets?\b|\bstrat(?:um|a)\b", re.IGNORECASE)
"""In the title of a table whose rows are subgroups: the arms stand beside each other."""
_SIZED = re.compile(r"\(\s*n\s*=\s*\d", re.IGNORECASE)
_NAME_ROW = re.compile(
    r"(?:(?:trial|study|acronym|name|protocol)(?:\s+(?:name|acronym|title))?|authors?\b.*|registration.*|NCT\b.*)",
    re.IGNORECASE,
)
_MISSING = re.compile(r"(?:n\s?/?\s?a|-+|none|not\s.*)?", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s*(?:\[[^\]]*\]|\([^)]*\)|\bet\s+al\b\.?|,.*|\band\s+colleagues|\b(?:trial|study)$)\s*", re.IGNORECASE
)
_LONG_NAME = 4
"""Letters from which on a trial's or an author's name is looked for in a title."""


@dataclass(frozen=True, slots=True)
class Studies:
    """The studies of a review by what its prose and its tables of studies call them."""

    marker: Marker
    ids: Mapping[str, str]
    """Folded id -> id as the prose marks it or a table heads it."""
    names: Mapping[str, str] = field(default_factory=dict)
    """A trial's, an author's or a register's name, folded -> id."""
    cited: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """``Table 3`` -> the studies of which the sentences that cite it speak."""

    def named(self, head: str) -> str:
        """The id of the study that a head names; "" for none."""
        key = _key(head)
        found = self.ids.get(key) or self.names.get(key) or self.names.get(_key(_bare_name(head)))
        marked = [] if found else [s for mark in self.marker.marks(head) for s in mark.studies]
        return found or (marked[0] if len(marked) == 1 else "")


def studies_of(grids: Sequence[Grid], blocks: Sequence[Block], noun: str) -> Studies:
    """What the prose and the tables with ids call the studies of a review; ``noun`` stands before an id."""
    marker = Marker(noun, [])
    marked = [s for b in blocks for mark in marker.marks(b.text) for s in mark.studies]
    ids = {_key(s): s for s in marked}
    names: dict[str, str] = {}
    for grid in grids:
        for turned in (grid, _turned(grid)):
            heads = [bare_id(cell, noun) for cell in turned[0][1:]]
            if not any(_key(h) in ids for h in heads):
                continue
            ids |= {_key(h): h for h in heads if h and _key(h) not in ids and not parted(h, noun, ids)[1]}
            for row in turned[1:]:
                if _NAME_ROW.fullmatch(row[0].strip()):
                    _learn_names(row[1:], heads, names)
    marker.learn(ids.values())
    cited: dict[str, frozenset[str]] = {}
    for block in blocks:
        if re.search(r"\bTables?\s+\d", block.text):
            for sentence in read_block(block, marker, 0):
                for number in re.findall(r"\bTables?\s+(\d+)", sentence.text):
                    cited[number] = cited.get(number, frozenset()) | frozenset(sentence.studies)
    return Studies(marker, ids, names, cited)


def _learn_names(cells: Sequence[str], heads: Sequence[str], names: dict[str, str]) -> None:
    """Adds the names in a row of a table of studies that are one study's alone."""
    keys = [_key(_bare_name(cell)) for cell in cells]
    for key, cell, study in zip(keys, cells, heads, strict=False):
        if not _MISSING.fullmatch(cell.strip()) and len(key) >= _LONG_NAME and keys.count(key) == 1:
            names[key] = study if names.get(key, study) == study else ""


def with_ids(grid: Grid, title: str, note: str, label: str, studies: Studies, noun: str) -> Grid:
    """The grid with the ids of its studies in its first row, and the heads of one study's columns in the second.

    Args:
        grid: the cells as the file has them.
        title: what stands above the table.
        note: what stands below it.
        label: ``Table 3``.
        studies: those of the review.
        noun: what the review calls a study.

    ``grid`` itself where its heads are ids, or nothing tells whose it is.
    """
    grid = arms_apart(grid, noun, studies.ids, studies.names)
    across, down = [c for c in grid[0][1:] if c], [row[0] for row in grid[1:] if row[0]]
    if any(_key(bare_id(h, noun)) in studies.ids for h in (*across, *down)):
        return grid
    for turned, heads in ((False, across), (True, down)):
        ids = [studies.named(h) for h in heads]
        if len(ids) > 1 and all(ids) and len(set(ids)) == len(ids):
            told = _turned(grid) if turned else grid
            return [[f"{noun} #", *map(studies.named, told[0][1:])], *told[1:]] if all(told[0][1:]) else grid
    corner = fold(grid[0][0]).strip()
    study = "" if _OF_STUDIES.fullmatch(corner) else _subject(title, note, label, studies)
    if not study or not across or any("et al" in h for h in (*across, *down)):
        return grid
    by_subgroup = _BY_SUBGROUP.search(title) and not any(map(_RESULT.search, (*across, *down)))
    told = grid if by_subgroup or not _groups_down(corner, across, down) else _turned(grid)
    heads = list(told[0][1:])
    for k, head in enumerate(heads):
        heads[k] = head or (heads[k - 1] if k else "")
    first = [f"{noun} #", *[study] * len(heads)]
    arms = [["Arm", *heads]] if len(heads) > 1 and len(set(heads)) == len(heads) else []
    return [first, *arms, *told[1:]] if arms or len(heads) == 1 else grid


def _subject(title: str, note: str, label: str, studies: Studies) -> str:
    """The one study that a table is of: by its title, its note, or the sentences that cite it."""
    for text in (title, note):
        found = _told_in(text, studies)
        if found:
            return next(iter(found)) if len(found) == 1 else ""
    if len(set(studies.ids.values())) == 1:
        return next(iter(studies.ids.values()))
    number = re.search(r"\d+", label)
    citing = studies.cited.get(number[0], frozenset()) if number else frozenset()
    return next(iter(citing)) if len(citing) == 1 else ""


def _told_in(text: str, studies: Studies) -> set[str]:
    """The studies that a title or a note names by id or by name."""
    found = {s for mark in studies.marker.marks(text) for s in mark.studies} | set(
        studies.marker.mentions(text)
    )
    said = _key(text)
    found |= {
        i
        for name, i in studies.names.items()
        if i and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", said)
    }
    return {s for s in found if _key(s) in studies.ids}


def _groups_down(corner: str, across: Sequence[str], down: Sequence[str]) -> bool:
    """Whether the groups of patients stand below each other, and what was found in them beside."""
    if _OF_RESULTS.search(corner):
        return False
    results = [
        sum(bool(_RESULT.search(_SIZED.sub("", h))) for h in heads) / max(len(heads), 1)
        for heads in (across, down)
    ]
    if any(map(_SIZED.search, across)) or results[0] == results[1]:
        return bool(_OF_GROUPS.search(corner)) and not any(map(_SIZED.search, across))
    return results[0] > results[1]


def _turned(grid: Grid) -> Grid:
    return [list(column) for column in zip(*grid, strict=True)]


def _bare_name(cell: str) -> str:
    """A name without its reference and the words around it: ``Garcia`` of ``Garcia et al. [4]``."""
    return _BEHIND_NAME.sub(" ", cell).strip(" .*")


def _key(text: str) -> str:
    return even_spaces(fold(text)).lower().strip()
