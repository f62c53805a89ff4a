"""Marks in a table's heads and cells that point to its note: ``Responsea`` with ``a At day 28`` below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.building.building import Building
from assistant.model import Fact
from assistant.spans.scan import scan
from assistant.text.text import fold, tokens

_NOTED = re.compile(
    r"(?:^|[.;]\s+)\(?(?P<mark>[a-h](?=\)?[,:]?\s)|[*†‡§¶#]+)\)?[,:]?\s*(?=[A-Z≥≤<>\d])"
    r"(?P<text>.*?)(?=[.;]\s+\(?(?:[a-h]\)?[,:]?\s|[*†‡§¶#])|$)"
)
_OF_WHOM = re.compile(
    r"\s*(?:among|in|of|only|for)\b.{0,24}\b(?:patients|carriers|those|participants)\b", re.IGNORECASE
)
_MARKED_CELL = re.compile(r".*[\d%)]\s*(?:\((?P<set>[a-h]|[*†‡§¶]+)\)|(?P<sign>[*†‡§¶]+))\s*")
_MARKED = re.compile(r"(?P<head>.*\S)(?P<mark>[a-h]|[*†‡§¶#]+)\s*")


def noted(note: str) -> dict[str, str]:
    """Mark -> what the note says of it."""
    return {m["mark"]: m["text"].strip(" .") for m in _NOTED.finditer(note)}


def told_of_cell(cell: str, note: str) -> str:
    """What the note says of the mark behind a cell's figure: ``71.5 (a)``; "" for none."""
    match = _MARKED_CELL.fullmatch(fold(cell))
    return noted(fold(note)).get(match["set"] or match["sign"], "") if match else ""


def of_several(facts: Sequence[Fact], head: str, cell: str, told: str, building: Building) -> list[Fact]:
    """The facts; below ``CR or HI, %`` a figure is of the measure that the cell or its note names, and of none without.

    Args:
        facts: those of the cell.
        head: the row's head.
        cell: the cell as printed.
        told: what the note says of the cell's mark.
        building: the review being read.
    """
    reader = building.reader
    named = {m.ids[0] for m in reader.named(head)} if " or " in head else set()
    if len(named) < 2 or (not told and all(map(_COMPLETE.search, named))):
        return list(facts)
    said = [m.ids[0].removeprefix("median_") for m in (*reader.named(told), *reader.named(cell))]
    meant = {m for m in named if any(m == s or m == f"{s}_negativity" for s in said)}
    result: list[Fact] = []
    for fact in facts:
        measure = fact.attribute.removeprefix("median_")
        if fact.attribute == "" or measure not in named or not re.search(r"\d", fact.value):
            result.append(fact)
        elif _is_whole(fact, cell) and len(facts) > 1:
            continue
        elif measure in meant:
            result.append(fact)
        elif not meant and not any((f.start, f.end) == (fact.start, fact.end) for f in result):
            result.append(replace(fact, attribute=""))
    return result


_COMPLETE = re.compile(r"C[A-Z]?R")
"""Ids of complete responses: ``CR or CHR`` heads the best of them, by whatever name a study calls it."""


def _is_whole(fact: Fact, cell: str) -> bool:
    """Whether a fact is but the words of its cell: ``3-year DFS 96.2%`` below ``EFS or DFS``."""
    return fact.value == cell.strip() and not fact.unit


def without_mark(head: str, note: str, building: Building) -> tuple[str, str]:
    """A head without its mark, and what the note says of it; the head as it stands and "" where it has none.

    A letter is a mark only where the head is known without it, and not with it.
    """
    match = _MARKED.fullmatch(head)
    told = noted(fold(note)).get(match["mark"], "") if match else ""
    if match is None or not told:
        return head, ""
    bare = match["head"].rstrip()
    if match["mark"].isalpha() and (_is_known(head, building) or not _is_known(bare, building)):
        return head, ""
    return bare, told


def qualified(fact: Fact, told: str, building: Building) -> Fact:
    """The fact at the one time point and of the one grade that its head's note gives, where it has none."""
    if fact.attribute not in building.reader.vocabulary.measures or not told:
        return fact
    spans = scan(fold(told), building.reader.matchers)
    times = {s.ids[0] for s in spans if s.kind == "time" and s.ids}
    times |= {s.ids[0] for s in spans if s.kind == "value" and s.ids}
    grades = {s.ids[0] for s in spans if s.kind == "grade"}
    time = fact.time_point or (next(iter(times)) if len(times) == 1 else "")
    grade = fact.grade or (next(iter(grades)) if len(grades) == 1 else "")
    groups = [s for s in spans if s.kind == "group"] if _OF_WHOM.match(told) else []
    if len(groups) == 1:
        fact = replace(
            fact,
            group=fact.group | frozenset(groups[0].ids),
            group_label=" ".join(filter(None, (groups[0].text, fact.group_label))),
        )
    return replace(fact, time_point=time, grade=grade)


def _is_known(head: str, building: Building) -> bool:
    """Whether the last word of a head, or all of it, is a term."""
    words = tokens(head)
    matchers = building.reader.matchers
    found = (m for lexicon in (matchers.row_heads, matchers.measures) for m in lexicon.find(words))
    return any(m.end == len(words) for m in found)
