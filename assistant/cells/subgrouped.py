"""Tables of one outcome by subgroup: the title says of what, the rows of whom, the columns in which arm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant import lazy_re as re
from assistant.facts.reader import FactReader
from assistant.folder.folder import Table
from assistant.folder.heads import read_head, row_name
from assistant.spans.labels import group_ids, own_words
from assistant.spans.scan import scan
from assistant.text.text import fold, tokens

_BY_SUBGROUP = re.compile(
    r"\b(?:by|across|among|according\s+to|stratified\s+by|in|within|for)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:subgroups?|subsets?|strat(?:um|a)|subpopulations?)\b|\bsub-?group\s+analys[ei]s\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:\(|,|;|\bby\b|\baccording\b|\bacross\b|\bamong\b|\bin\s+(?!weeks?\b|months?\b)).*$", re.IGNORECASE
)
_JOINER = re.compile(r"\s+(?:with|and|plus|of|an?|the|[\s])+$", re.IGNORECASE)
_SEVERAL = re.compile(r"\band\b|,|/|;")


@dataclass(frozen=True, slots=True)
class Subgrouped:
    """What a table of one outcome by subgroup gives."""

    head: str
    """The words of its title for the outcome."""
    measure: str
    time: str
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A row's head -> the ids of those it is of; empty for all patients."""


def is_subgrouped(table: Table) -> bool:
    """Whether the title says that the rows are subgroups."""
    return bool(_BY_SUBGROUP.search(fold(table.title)))


def subgrouped(table: Table, reader: FactReader) -> Subgrouped | None:
    """The outcome and the subgroups of a table; None where its title names no one outcome, or a row names another."""
    if not is_subgrouped(table) or len({c.study for c in table.columns}) != 1:
        return None
    title = fold(table.title)
    named = [s for s in scan(title, reader.matchers) if s.kind == "measure"]
    if not named or any(_names_outcome(row.head, reader) for row in table.rows):
        return None
    first = named[0]
    others = [s for s in named[1:] if s.ids != first.ids]
    if others and _SEVERAL.search(title[first.end : others[0].start]):
        return None
    part = title[first.start : others[0].start if others else len(title)]
    head = _JOINER.sub("", _ENDS.sub("", part))
    read = [f for f in reader.read(f"The {head} was 50%.") if f.unit == "%" and f.attribute]
    measure, time = (read[0].attribute, read[0].time_point) if len(read) == 1 else (first.ids[0], "")
    return Subgrouped(head, measure, time, _rows(table, reader))


def _names_outcome(head: str, reader: FactReader) -> bool:
    words = tokens(row_name(head))
    measures, people = (x.find(words) for x in (reader.matchers.measures, reader.matchers.populations))
    return any(len(words) == m.end - m.start for m in measures) and not any(
        len(words) == m.end - m.start for m in people
    )


def _rows(table: Table, reader: FactReader) -> dict[str, frozenset[str]]:
    """The ids of each row's patients; rows that the vocabulary takes for one group are told apart by their words."""
    found = {
        row.head: _ids(row_name(row.head), reader) if read_head(row.head).names else frozenset[str]()
        for row in table.rows
    }
    times = Counter(ids for ids in found.values() if ids)
    for head, ids in found.items():
        keys = own_words(head)
        part = any(other and other < ids for other in times)
        if (times[ids] > 1 or part) and not ids <= keys and not any(i.startswith("no-") for i in ids):
            found[head] = keys
        elif any(i.startswith("no-") for i in ids):
            found[head] = ids - {"not"}  # "X not mutated"
    return found


_LACKS = re.compile(r"(?:no|without)\s+(?P<what>\S.*)", re.IGNORECASE)
_TOLD_BY_BOUND = re.compile(r"[a-z]+[<>\u2264\u2265]=?\d[\d.]*")


def _ids(head: str, reader: FactReader) -> frozenset[str]:
    """The ids of a row's patients: those of a bound as a sentence tells it, of who lacks something, or of its words."""
    if lacks := _LACKS.fullmatch(head):
        return frozenset(f"no-{i}" for i in group_ids(lacks["what"], reader.matchers))
    if bound := _BOUND.search(fold(head)):
        noun = (
            re.sub(r"\s+", " ", f"{fold(head)[: bound.start()]} {fold(head)[bound.end() :]}").strip().lower()
        )
        for text in (
            f"patients with {bound[0]} {noun}",
            f"patients aged {bound[0]}" if noun == "age" else "",
        ):
            told = [s.ids for s in reader.groups(text)] if text else []
            if len(told) == 1 and len(told[0]) == 1 and _TOLD_BY_BOUND.fullmatch(told[0][0]):
                return frozenset(told[0])
    return group_ids(head, reader.matchers)


def subgroup_labels(
    tables: Iterable[Table], study: str, reader: FactReader, short: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """What the subgroups of a study's tables are called, with their ids: as printed, and with short forms spelled out."""
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        if any(c.study == study for c in table.columns) and (told := subgrouped(table, reader)):
            for head, ids in told.rows.items():
                for label in wordings(head, short) if ids else ():
                    found.setdefault(label, ids)
    return found


_BOUND = re.compile(
    r"(?P<sign>[<>\u2264\u2265])\s*(?P<n>\d[\d.,]*)(?P<unit>\s*(?:U(?:/L)?|mg/dL|g/dL|%|years?|months?|lines?|cm))?"
)
_BEFORE = {
    "<": ("below", "under", "less than", "fewer than", "<"),
    ">": ("above", "over", "more than", "greater than", ">"),
    "\u2264": ("at most", "up to", "no more than", "\u2264", "<="),
    "\u2265": ("at least", "\u2265", ">="),
}
_BEHIND = {
    "\u2264": ("or less", "or fewer", "or below", "or lower"),
    "\u2265": ("or more", "or higher", "or above"),
}


def wordings(label: str, short: Mapping[str, str]) -> Iterable[str]:
    """A subgroup's label, with its short forms spelled out, and with words for the sign of its bound."""
    forms = dict.fromkeys((label, spelled_out(label, short)))
    for form in list(forms):
        if (bound := _BOUND.search(form)) is None:
            continue
        for said in _bounds(bound):
            forms[form[: bound.start()] + said + form[bound.end() :]] = None
    return forms


def _bounds(bound: re.Match[str]) -> Iterable[str]:
    amount = f"{bound['n']}{bound['unit'] or ''}"
    yield from (f"{word} {amount}" for word in _BEFORE[bound["sign"]])
    yield from (f"{bound['n']} {word}{bound['unit'] or ''}" for word in _BEHIND.get(bound["sign"], ()))
    if bound["unit"]:
        yield from (f"{amount} {word}" for word in _BEHIND.get(bound["sign"], ()))


def spelled_strata(
    found: Mapping[str, frozenset[str]], short: Mapping[str, str]
) -> Iterable[tuple[str, frozenset[str]]]:
    """``second-line X stratum`` for ``2L-X stratum``: strata by what the short forms in their labels mean."""
    for label, ids in found.items():
        if _STRATUM.search(label) and (spelled := spelled_out(label, short)) != label:
            yield spelled, ids
            for form, meaning in short.items():
                if fold(meaning).lower() in spelled.lower():
                    yield re.sub(re.escape(fold(meaning)), form, spelled, flags=re.IGNORECASE), ids


_STRATUM = re.compile(r"\s(?:stratum|strata|cohort|subgroup|subset)$", re.IGNORECASE)


def spelled_out(label: str, short: Mapping[str, str]) -> str:
    """A label with the short forms in it as the review spells them out, where another word stands beside."""
    return re.sub(r"[\w-]+", lambda m: fold(short.get(m[0], m[0])), label)
