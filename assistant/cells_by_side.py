"""Facts of a cell that prints a value for each arm of a study, arm by arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells import read_cell
from assistant.cells_sides import is_blank, sides, sizes
from assistant.facts import FactReader
from assistant.model import Fact
from assistant.text import fold

_MARK = re.compile(
    r"(?<=[\w%)\]])[\u1d43-\u1d5d\u1d9c-\u1da1\u02b0-\u02b8\u02e1-\u02e3](?![\w])|(?<=\d)[*\u2020\u2021\u00a7\u00b6#](?!\w)"
)
"""A small letter or sign behind a figure or word, which points to a note: ``44.2\u1d43``."""
_LENGTHS = {
    "month": "months",
    "mo": "months",
    "year": "years",
    "yr": "years",
    "week": "weeks",
    "wk": "weeks",
    "day": "days",
}
_WORDS = re.compile(r"[^\W\d_]{3,}")


def read_sides(
    head: str,
    cell: str,
    attribute: str,
    reader: FactReader,
    arms: Mapping[str, frozenset[str]],
    against: Sequence[tuple[frozenset[str], str]],
) -> list[Fact]:
    """The facts of one cell, as ``read_cell`` gives them, each value of a run with its arm.

    Args:
        head: the row's head.
        cell: the cell as printed.
        attribute: what the row is of.
        reader: reads facts.
        arms: label -> ids of the study's arms.
        against: (ids, label) of these arms in the order in which cells print them; empty where there is none.
    """
    printed, cell = cell, _MARK.sub(" ", cell)
    text = fold(cell)
    if attribute == "n_patients":
        return _sized(read_cell(head, cell, attribute, reader, arms), sizes(text, len(against)), against)
    apart = sides(text, len(against))
    if apart is None:
        return read_cell(head, cell, attribute, reader, arms)
    known = attribute in reader.vocabulary.characteristics
    facts = read_cell(head, printed, attribute, reader, {})[:1] if known else []
    united = f"{head}, {apart.unit}" if apart.unit else head
    for (ids, label), own in zip(against, apart.arms, strict=True):
        for fact in read_cell(united, own, attribute, reader, {}):
            if _is_all(fact, own, attribute) and (known or _WORDS.search(own)):
                continue
            fact = _with_unit(fact, apart.unit, reader)
            facts.append(replace(fact, group=fact.group | ids, group_label=fact.group_label or label))
    if not is_blank(apart.rest):
        facts += [
            f
            for f in read_cell(head, apart.rest, attribute, reader, {})
            if not _is_all(f, apart.rest, attribute)
        ]
    return facts


def _with_unit(fact: Fact, unit: str, reader: FactReader) -> Fact:
    """The fact with the unit that the cell prints once, behind another arm's value."""
    if not unit or fact.unit not in {"", "amount"} or fact.attribute not in reader.vocabulary.measures:
        return fact
    kind = reader.vocabulary.term(fact.attribute).kind
    if unit == "%":
        return replace(fact, unit="%", percent=f"{fact.value}%") if kind in {"rate", "event"} else fact
    length = _LENGTHS.get(unit.lower().rstrip("s"), "")
    return replace(fact, unit=length) if length and kind == "duration" else fact


def _is_all(fact: Fact, text: str, attribute: str) -> bool:
    """Whether a fact is but the whole text under its row's attribute."""
    return (
        fact.attribute == attribute
        and not fact.start
        and fact.end == len(text)
        and fact.value == text.strip()
    )


def _sized(
    facts: list[Fact], numbers: Sequence[tuple[str, int]], against: Sequence[tuple[frozenset[str], str]]
) -> list[Fact]:
    """The facts of a number of patients and the size of each arm, where brackets give these in order."""
    if any(f.group for f in facts):
        return facts
    return facts + [
        Fact(
            "", "n_patients", number, "", unit="patients", n=int(number.replace(",", "")), group=ids,
            group_label=label, start=start, end=start + len(number),
        )
        for (number, start), (ids, label) in zip(numbers, against, strict=False)
    ]  # fmt: skip
