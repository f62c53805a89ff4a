"""Facts of table cells, and the arms a study's cells name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.arms import arms_in_order
from assistant.cells.counts import own_count
from assistant.cells.figures import head_unit, read_item
from assistant.cells.listed import (
    HARMS,
    entries,
    moments_told,
    placed,
    without_loose,
)
from assistant.cells.parts import EACH_ARM, parts
from assistant.facts.reader import FactReader
from assistant.model import Fact
from assistant.spans.labels import group_ids
from assistant.spans.numbers import numbers
from assistant.spans.span import comparator_of
from assistant.text.text import fold

_PAIR = re.compile(r"\d\s*%?\s*(?:vs\b\.?|versus)\s*\d", re.IGNORECASE)
LISTED = {"first-listed arm": frozenset({"first-listed"}), "second-listed arm": frozenset({"second-listed"})}
"""What two figures set against each other are called where neither the table nor the study names its arms."""
_RANGE_SIGN = re.compile(r"(?<=\d)\s*[~\uff5e]\s*(?=\d)")
"""``30 (12 ~ 52)``: what some journals print between the ends of a range."""
_LABELLED = re.compile(r"\s*([^:;]{1,40}):\s*(\d[\d.,]*\s*(?:%|\([^()]*\))?\s*)")
_ONLY_RANGE = re.compile(r"\s*[(\[]?\s*-?\d[\d.,]*\s*(?:-|to)\s*-?\d[\d.,]*\s*[)\]]?\s*")
_OF_A_CAUSE = re.compile(
    r"\s*\d+\s*(?:\([^()]*\)\s*)?(?:due\s+to|because\s+of|from|attributed|related|considered|unrelated)\b",
    re.IGNORECASE,
)
"""``21; 3 due to treatment``: some of those counted before."""
_NOBODY = r"\s+(?:mice|rats|animals|samples|specimens|(?:cell\s+)?lines|units|articles|studies|trials)\b"
"""Stands behind a number of something else than patients."""


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
    return [(p.lstrip(), o + len(p) - len(p.lstrip())) for p, o in parts if p.strip()]


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
    text = moments_told(_RANGE_SIGN.sub(lambda m: "-".center(len(m[0])), fold(cell)))
    if len(set(arms.values())) < 2 and _PAIR.search(text):
        arms = LISTED
    is_measure = attribute in reader.vocabulary.measures
    if labelled := _labelled(text, attribute, reader):
        return labelled
    own = attribute == "sex" or attribute not in reader.vocabulary.characteristics
    if own and not is_measure and (counted := own_count(head, cell, attribute)):
        return [counted]
    if attribute == "n_patients":
        counts = _counts(text, cell, reader, arms)
        return counts[:1] if _is_blank(text) else counts
    unit = "" if is_measure or _OWN_WORDS.search(text) else head_unit(head)
    whole = Fact("", attribute, cell.strip(), "", unit=unit, end=len(cell))
    if _is_blank(text) or attribute == "outcome_measures":  # an endpoint's bound is no result
        return [whole]
    facts = without_loose(_figures(head, text, attribute, reader, arms), text)
    if is_measure and any(f.attribute == attribute for f in facts):
        return facts
    said_again = any(fold(f.value) == fold(whole.value) for f in facts)
    return [whole] if said_again and attribute in _ONE_FIGURE else [whole, *facts]


_OWN_WORDS = re.compile(
    r"\d\s*(?:months?\b|years?\b|weeks?\b|days?\b|points?\b)|[A-Za-z]{3,}[^:;]*:\s*\S", re.IGNORECASE
)
"""A cell that prints its own units or names what it gives: the unit of its row's head is none of its own."""
_ONE_FIGURE = frozenset({"age_range", "study_period", "nct"})
"""Characteristics that are one figure themselves."""


def _figures(
    head: str, text: str, attribute: str, reader: FactReader, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """The figures of the items of a cell."""
    is_measure = attribute in reader.vocabulary.measures
    facts: list[Fact] = []
    for k, (item, offset) in enumerate(_items(text)):
        if k and is_measure and _ONLY_RANGE.fullmatch(item):
            facts.append(
                _range_beside(item, offset, attribute)
            )  # "64 (56-69); 28-82" under "median (IQR); range"
            continue
        listed = entries(item) if not is_measure or attribute in HARMS else [(item, 0)]
        for part, shift in listed:
            read = read_item(head, part, attribute if is_measure else "", reader, arms)
            if k and is_measure and _OF_A_CAUSE.match(part):
                read = [replace(f, attribute="") for f in read]
            facts += placed(read, offset + shift)
    return facts


def _range_beside(item: str, offset: int, attribute: str) -> Fact:
    """The range that an item of a cell prints for the centre printed before it."""
    value = item.strip()
    start = offset + item.index(value)
    aged = attribute == "median_age"
    return Fact(
        "", "age_range" if aged else attribute, value, "", unit="years" if aged else "range", start=start,
        end=start + len(value),
    )  # fmt: skip


def _labelled(text: str, attribute: str, reader: FactReader) -> list[Fact]:
    """``I-II: 21 (64%); III-IV: 12 (36%)`` under a head of the review's own: a figure for each label."""
    vocabulary = reader.vocabulary
    if attribute in vocabulary.measures or attribute in vocabulary.characteristics:
        return []
    found = []
    for item, offset in _items(text):
        match = _LABELLED.fullmatch(item)
        if not match or reader.named(match[1]):  # "1-year EFS: 88%" is no label of patients
            return []
        start = offset + match.start(2)
        value = match[2].rstrip()
        found.append(
            Fact(
                "", attribute, value, "", group=group_ids(match[1], reader.matchers),
                group_label=match[1].strip(), start=start, end=start + len(value),
            )
        )  # fmt: skip
    return found if len(found) > 1 else []


def _is_blank(cell: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?i)\s*(?:n\s?/\s?a|n\.a\.?|na|nr|not (?:available|reported|applicable|stated|given)|"
            r"-+|\.+|)\s*",
            cell,
        )
    )


def is_missing(value: str) -> bool:
    """Whether a cell says that nothing is reported (``N/A``, ``NR``, ``not reported``, a dash)."""
    return _is_blank(fold(value))


def grade_of(words: str) -> str:
    """The normalised grade of ``grade 3+`` or ``grade I or II``; "" for any grade."""
    return next((s.ids[0] for s in numbers(fold(words)) if s.kind == "grade"), "")


def p_values(cell: str, attribute: str) -> list[Fact]:
    """The p-value in a cell of a column of p-values, belonging to the row's ``attribute``."""
    match = re.search(r"(?:<=|>=|<|>|\u2264|\u2265)?\s*(?<![\d.])[01]?\.\d+", fold(cell))
    if not match or is_missing(cell):
        return []
    shown = match[0].strip()
    return [
        Fact(
            "", "p_value", shown, "", unit="pvalue", comparator=comparator_of(shown), of=attribute,
            start=match.end() - len(shown), end=match.end(),
        )
    ]  # fmt: skip


def _counts(text: str, cell: str, reader: FactReader, arms: Mapping[str, frozenset[str]]) -> list[Fact]:
    """The patients of a study and of its arms, as a cell counts them; the cell as printed where it counts none."""
    facts = []
    lead = re.match(rf"\s*(?:n\s*=\s*)?(\d[\d,]*)(?!\s*/|\.\d|[\d,]|{_NOBODY})", text)
    if lead:
        n = int(lead[1].replace(",", ""))
        count = Fact(
            "", "n_patients", lead[1], "", unit="patients", n=n, start=lead.start(1), end=lead.end(1)
        )
        facts.append(count)
    labels = {ids: label for label, ids in reversed(list(arms.items()))}
    for number, label, offset in parts(text):
        end = offset + len(number)
        n = int(number.replace(",", ""))
        count = Fact("", "n_patients", number, "", unit="patients", n=n, start=offset, end=end)
        if EACH_ARM.fullmatch(label):
            facts += [replace(count, group=ids, group_label=labels[ids]) for ids in arms_in_order(arms)]
            continue
        printed = cell[end:].split(";")[0].split(")")[0].strip(" ,")
        shown = printed if cell[offset:].startswith(number) else label
        group = arms.get(label) or group_ids(label, reader.matchers)
        facts.append(replace(count, group=group, group_label=shown))
    return facts or [Fact("", "n_patients", cell.strip(), "", end=len(cell))]
