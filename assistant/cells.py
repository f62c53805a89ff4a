"""Facts of table cells, and the arms a study's cells name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.facts import FactReader
from assistant.folder import Table
from assistant.model import Fact
from assistant.spans import comparator_of, group_ids
from assistant.text import fold, word_number
from assistant.vocabulary import Matchers

_COUNT_HEAD = re.compile(r"\b(?:patients|no\.|number|sample|participants|enrolled|subjects|n)\b", re.IGNORECASE)
_PART = re.compile(r"^\s*(?:(\d[\d,]*)\s+(?:with\s+|in\s+(?:the\s+)?|had\s+)?([^\d;]+?)|([^\d;:=]+?)\s*[:=,]?\s*(?:n\s*=\s*)?(\d[\d,]*))\s*$")
_NUMBER = re.compile(r"(?<![\w.])(?:<=|>=|<|>|\u2264|\u2265)?\s*\d[\d,]*(?:\.\d+)?(?!\w)")


def _parts(cell: str) -> Iterable[tuple[str, str, int]]:
    """(count, label, offset of the count) of each part in ``44 (29 combination; 15 monotherapy)``."""
    for inner in re.finditer(r"\(([^()]*)\)", cell):
        offset = inner.start(1)
        for piece in re.split(r"([;,]|\band\b|/(?=\s))", inner[1]):
            match = _PART.match(piece)
            if match:
                number, label = (match[1], match[2]) if match[1] else (match[4], match[3])
                if re.search(r"[A-Za-z]{2}", label):
                    yield number, label.strip(), offset + piece.index(number)
            offset += len(piece)


def arms_of(tables: Iterable[Table], study: str, matchers: Matchers) -> dict[str, frozenset[str]]:
    """Label -> ids of the arms and subgroups a study's columns and count cells name, in order of place."""
    found: dict[str, frozenset[str]] = {}
    for table in tables:
        for k, column in enumerate(table.columns):
            if column.study != study:
                continue
            if column.arm:
                found.setdefault(column.arm, group_ids(column.arm, matchers))
            for row in table.rows:
                if _COUNT_HEAD.search(row.head):
                    for _, label, _ in _parts(row.cells[k]):
                        found.setdefault(label, group_ids(label, matchers))
    for label in list(found):
        other = label.replace("/", "-") if "/" in label and "-" not in label else label
        found.setdefault(other, found[label])
    return {label: ids for label, ids in found.items() if ids}


def _items(cell: str) -> list[tuple[str, int]]:
    """``cell`` cut at semicolons and line ends outside parentheses, each part with its offset."""
    parts: list[tuple[str, int]] = []
    depth = start = 0
    for i, char in enumerate(cell):
        depth += (char in "([") - (char in ")]")
        if (char == ";" or char == "\n") and depth <= 0:
            parts.append((cell[start:i], start))
            start = i + 1
    parts.append((cell[start:], start))
    return [(p, o) for p, o in parts if p.strip()]


def _head_unit(head: str) -> str:
    match = re.search(r"[,(]\s*(?:n\s*\(\s*)?(%|months?|years?|weeks?|days?|g/dL|per\s?cent)", head, re.IGNORECASE)
    if not match:
        return ""
    unit = match[1].lower()
    return "%" if unit in {"%", "per cent", "percent"} else (unit.rstrip("s") + "s" if unit.isalpha() else match[1])


def read_cell(
    head: str,
    cell: str,
    attribute: str,
    reader: FactReader,
    arms: Mapping[str, frozenset[str]],
) -> list[Fact]:
    """The facts of one cell: the whole cell under its row's attribute first, then each figure in it.

    Study and passage are left empty; spans are offsets into ``cell``.
    """
    cell_text = fold(cell)
    facts = []
    is_measure = attribute in reader.vocabulary.measures
    if attribute == "n_patients":
        facts += _counts(cell_text, cell, reader, arms)
    else:
        facts.append(Fact("", attribute, cell.strip(), "", unit=_head_unit(head) if not is_measure else "", end=len(cell)))
    if _is_blank(cell_text):
        return facts[:1] if facts else [Fact("", attribute, cell.strip(), "", end=len(cell))]
    if attribute == "n_patients":
        return facts
    for item, offset in _items(cell_text):
        read = _read_item(head, item, attribute if is_measure else "", reader, arms)
        facts += [replace(f, start=f.start + offset, end=f.end + offset) for f in read]
    if is_measure and any(f.attribute == attribute for f in facts[1:]):
        facts = facts[1:]
    for fact in facts[1:]:
        if attribute in {"age_range", "study_period", "nct"} and fact.attribute == attribute and fact.value == facts[0].value:
            return facts[:1]
    return facts


def _is_blank(cell: str) -> bool:
    return bool(re.fullmatch(r"(?i)\s*(?:n\s?/\s?a|n\.a\.?|na|nr|not (?:available|reported|applicable|stated|given)|-+|\.+|)\s*", cell))


def is_missing(value: str) -> bool:
    """Whether a cell says that nothing is reported (``N/A``, ``NR``, ``not reported``, a dash)."""
    return _is_blank(fold(value))


def _counts(text: str, cell: str, reader: FactReader, arms: Mapping[str, frozenset[str]]) -> list[Fact]:
    facts = []
    lead = re.match(r"\s*(?:n\s*=\s*)?(\d[\d,]*)(?!\s*/|\.\d)", text)
    if lead:
        number = int(lead[1].replace(",", ""))
        facts.append(Fact("", "n_patients", lead[1], "", unit="patients", n=number, start=lead.start(1), end=lead.end(1)))
    for number_text, label, offset in _parts(text):
        facts.append(
            Fact(
                "",
                "n_patients",
                number_text,
                "",
                unit="patients",
                n=int(number_text.replace(",", "")),
                group=arms.get(label) or group_ids(label, reader.matchers),
                group_label=cell[offset + len(number_text) :].split(";")[0].split(")")[0].strip(" ,")
                if cell[offset:].startswith(number_text)
                else label,
                start=offset,
                end=offset + len(number_text),
            )
        )
    return facts or [Fact("", "n_patients", cell.strip(), "", end=len(cell))]


def _read_item(
    head: str, item: str, attribute: str, reader: FactReader, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """Facts of one item; the row head lends its measure, time and unit where the item names none."""
    own = reader.read(item, arms)
    named = any(s.attribute in reader.vocabulary.measures and s.attribute not in {"p_value", "CI"} for s in own)
    if named or not attribute:
        return [f for f in own if f.attribute and f.attribute != "n_patients"]
    unit = _head_unit(head)
    lead = re.sub(r"\([^)]*\)", lambda m: m[0] if re.search(r"\d|grade", m[0]) else "", fold(head)).strip()
    if unit and not re.search(rf"{re.escape(unit)}|%|month|year|week|day", item):
        number = _NUMBER.search(item)
        filler = f" {unit}" if unit != "%" else "%"
        if number:
            item = item[: number.end()] + filler + item[number.end() :]
    prefix = f"{lead}: "
    facts = []
    for fact in reader.read(prefix + item, arms):
        if fact.start < len(prefix) or not fact.attribute:
            continue
        start = fact.start - len(prefix)
        facts.append(replace(fact, start=start, end=fact.end - len(prefix)))
    if not facts:
        number = _NUMBER.search(item)
        count = word_number(item.strip())
        if number or count is not None:
            value = number.group().strip() if number else item.strip()
            facts.append(
                Fact("", attribute, value, "", unit=unit, comparator=comparator_of(value), end=len(item), start=number.start() if number else 0)
            )
    return facts
