"""Facts of table cells, and the arms a study's cells name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells_arms import arms_in_order
from assistant.cells_counts import COUNTED, own_count
from assistant.cells_listed import (
    HARMS,
    entries,
    is_moment,
    moments_told,
    names_other,
    one_measure,
    placed,
    without_loose,
)
from assistant.cells_parts import EACH_ARM, parts
from assistant.facts import FactReader
from assistant.model import Fact
from assistant.spans import comparator_of
from assistant.spans_labels import group_ids
from assistant.spans_numbers import numbers
from assistant.text import fold, word_number

_PAIR = re.compile(r"\d\s*%?\s*(?:vs\b\.?|versus)\s*\d", re.IGNORECASE)
_AGAINST = re.compile(r"\s*(?:vs\b\.?|versus)\s*", re.IGNORECASE)
LISTED = {"first-listed arm": frozenset({"first-listed"}), "second-listed arm": frozenset({"second-listed"})}
"""What two figures set against each other are called where neither the table nor the study names its arms."""
_SHARE = re.compile(r"\s*(\d+)\s*\((\d[\d.]*)\s?%?\)\s*")
_RANGE_SIGN = re.compile(r"(?<=\d)\s*[~\uff5e]\s*(?=\d)")
"""``30 (12 ~ 52)``: what some journals print between the ends of a range."""
_OTHER_AGE = re.compile(r"month|week|day", re.IGNORECASE)
_BASELINE = re.compile(r"\s*(?:(?:mean|median)\s+)?(?:baseline|pre-?treatment)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\s*([^:;]{1,40}):\s*(\d[\d.,]*\s*(?:%|\([^()]*\))?\s*)")
_SPREAD = re.compile(r"\s*(?:\u00b1|\+/-)\s*\d[\d.,]*\d|\s*(?:\u00b1|\+/-)\s*\d")
_ONLY_RANGE = re.compile(r"\s*[(\[]?\s*-?\d[\d.,]*\s*(?:-|to)\s*-?\d[\d.,]*\s*[)\]]?\s*")
_QUARTILES = re.compile(r"\bIQR\b|interquartile|\bQ1\b", re.IGNORECASE)
_NOBODY = r"\s+(?:mice|rats|animals|samples|specimens|(?:cell\s+)?lines|units|articles|studies|trials)\b"
"""Stands behind a number of something else than patients."""
_FORMS = frozenset("event reaction toxicity effect rate share proportion".split())
"""Words that stand before a figure of all adverse events."""
_NUMBER = re.compile(r"(?<![\w.])(?:<=|>=|<|>|\u2264|\u2265)?\s*\d[\d,]*(?:\.\d+)?(?!\w)")


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


PRINTED_UNIT = (
    r"[x\u00d7]\s?10\s?\^?\s?[\d\u2070-\u2079\u00b9\u00b2\u00b3]+\s?/\s?(?:[\u00b5\u03bcmd]?L|kg)"
    r"|(?:[m\u00b5\u03bcnpk]?(?:g|mol)|m?IU|k?U|cells)/(?:[dm\u00b5\u03bc]?L|kg|mm3|m2|m\u00b2)"
)
"""A unit of a laboratory value or a dose, as a head prints it."""


def _head_unit(head: str) -> str:
    if COUNTED.search(head):
        return ""  # a number of patients first, its share behind it
    match = re.search(
        rf"[,(]\s*(?:n\s*\(\s*)?(%|months?|years?|weeks?|days?|per\s?cent|{PRINTED_UNIT})",
        head,
        re.IGNORECASE,
    )
    if not match:
        return ""
    unit = match[1].lower()
    return (
        "%"
        if unit in {"%", "per cent", "percent"}
        else (unit.rstrip("s") + "s" if unit.isalpha() else match[1])
    )


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
    cell_text = moments_told(_RANGE_SIGN.sub(lambda m: "-".center(len(m[0])), fold(cell)))
    if len(set(arms.values())) < 2 and _PAIR.search(cell_text):
        arms = LISTED
    facts = []
    is_measure = attribute in reader.vocabulary.measures
    if attribute == "n_patients":
        facts += _counts(cell_text, cell, reader, arms)
    else:
        facts.append(
            Fact(
                "",
                attribute,
                cell.strip(),
                "",
                unit=_head_unit(head) if not is_measure else "",
                end=len(cell),
            )
        )
    if labelled := _labelled(cell_text, attribute, reader):
        return labelled
    if not is_measure and (attribute == "sex" or attribute not in reader.vocabulary.characteristics):
        counted = own_count(head, cell, attribute)
        if counted:
            return [counted]
    if _is_blank(cell_text):
        return facts[:1] if facts else [Fact("", attribute, cell.strip(), "", end=len(cell))]
    if attribute in {"n_patients", "outcome_measures"}:  # an endpoint's bound is no result
        return facts
    for k, (item, offset) in enumerate(_items(cell_text)):
        if (
            k and is_measure and _ONLY_RANGE.fullmatch(item)
        ):  # "64 (56-69); 28-82" under "median (IQR); range"
            facts.append(_range_beside(item, offset, attribute))
            continue
        listed = entries(item) if not is_measure or attribute in HARMS else [(item, 0)]
        for part, shift in listed:
            read = _read_item(head, part, attribute if is_measure else "", reader, arms)
            facts += placed(read, offset + shift)
    facts = facts[:1] + without_loose(facts[1:], cell_text)
    if is_measure and any(f.attribute == attribute for f in facts[1:]):
        facts = facts[1:]
    if attribute in {"age_range", "study_period", "nct"} and any(
        fold(f.value) == fold(facts[0].value) for f in facts[1:]
    ):
        return facts[:1]
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
    facts = []
    lead = re.match(rf"\s*(?:n\s*=\s*)?(\d[\d,]*)(?!\s*/|\.\d|[\d,]|{_NOBODY})", text)
    if lead:
        number = int(lead[1].replace(",", ""))
        facts.append(
            Fact(
                "", "n_patients", lead[1], "", unit="patients", n=number, start=lead.start(1), end=lead.end(1)
            )
        )
    labels = {ids: label for label, ids in reversed(list(arms.items()))}
    for number_text, label, offset in parts(text):
        if EACH_ARM.fullmatch(label):
            facts += [
                Fact(
                    "", "n_patients", number_text, "", unit="patients", n=int(number_text.replace(",", "")),
                    group=ids, group_label=labels[ids], start=offset, end=offset + len(number_text),
                )
                for ids in arms_in_order(arms)
            ]  # fmt: skip
            continue
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
    if not attribute and not any(f.attribute for f in own) and _head_unit(head) == "%":
        filled, inserted = _with_unit(item, "%")  # "Toxicity, %": "neutropenia 29.3"
        own = [_placed(f, 0, inserted, item) for f in reader.read(filled, arms)]
    named = any(
        s.attribute in reader.vocabulary.measures and s.attribute not in {"p_value", "CI"} for s in own
    )
    if named or not attribute:
        return [f for f in own if f.attribute and f.attribute != "n_patients"]
    share = _SHARE.fullmatch(item)
    if share and re.search(r"\bn\s*\(%\)|\b(?:no|number)\b\.?\s*\(%\)", head, re.IGNORECASE):
        n = Fact("", attribute, share[1], "", unit="patients", n=int(share[1]), percent=f"{share[2]}%")
        return [replace(n, start=share.start(1), end=share.end(1))]
    unit = _head_unit(head)
    interval = _interval(head, item, attribute)
    bare = item[: interval.start] if interval else item
    lead = re.sub(
        r"\([^)]*\)",
        lambda m: m[0] if re.search(r"\d\D*$|grade", m[0]) and "CI" not in m[0] else "",
        fold(head),
    ).strip()
    lead = re.sub(rf",\s*(?:months?|years?|weeks?|days?|%|n|{PRINTED_UNIT})\s*$", "", lead)
    if not reader.named(lead) and reader.named(name := reader.vocabulary.term(attribute).name):
        lead = name  # "HSCT in first remission" names a group where it stands in a sentence
    prefix = f"{lead}: "
    filled, inserted = _with_unit(bare, unit)
    facts = []
    for fact in reader.read(prefix + filled, arms):
        if fact.start >= len(prefix) and fact.attribute:
            fact = _placed(fact, len(prefix), inserted, item)
            fact = replace(fact, unit=unit) if fact.unit == "amount" and unit else fact
            ages = fact.attribute == "median_age" and fact.unit == "range" and not _QUARTILES.search(head)
            fact = replace(fact, attribute="age_range", unit="years") if ages else fact
            facts += _of_each(fact, reader)
    facts = facts or _bare_figure(item, attribute, unit, reader)
    if attribute in HARMS:
        facts = [
            f
            for f in facts
            if f.attribute not in HARMS or not names_other(item, f.start, arms, reader, _FORMS)
        ]
    if attribute in {"median_age", "mean_age"} and not _OTHER_AGE.search(f"{head} {item}"):
        facts = [replace(f, unit=f.unit or "years") if f.attribute == attribute else f for f in facts]
    if _BASELINE.match(head):
        facts = [replace(f, time_point=f.time_point or "baseline") for f in facts]
    if interval:
        main = next((f for f in facts if f.attribute == attribute), None)
        interval = (
            replace(interval, group=main.group, group_label=main.group_label, time_point=main.time_point)
            if main
            else interval
        )
        facts.append(interval)
    return facts


def _of_each(fact: Fact, reader: FactReader) -> list[Fact]:
    """The fact for each of the measures that ``CR / CMR, %`` heads, where no term of its own is meant by both."""
    known = reader.vocabulary.measures
    parts = [a for a in fact.attribute.split("/") if a in known]
    return [fact] if fact.attribute in known or not parts else [replace(fact, attribute=a) for a in parts]


def _interval(head: str, item: str, attribute: str) -> Fact | None:
    """The interval of ``10.0 (8.0-NR)`` under a head that ends in ``(95% CI)``."""
    if not re.search(r"\bCI\b|confidence interval", head):
        return None
    match = re.search(r"[\[(]\s*(-?\d[\d.]*\s*(?:-|to|,)\s*(?:-?\d[\d.]*|NR|NE))\s*[\])]", item)
    if not match:
        return None
    return Fact("", "CI", match[1], "", unit="ci", of=attribute, start=match.start(1), end=match.end(1))


def _with_unit(item: str, unit: str) -> tuple[str, tuple[int, int]]:
    """``item`` with the head's unit behind its first figure, and where that was put in.

    Of figures set against each other it stands behind the last, as in ``22.6 vs 14.1 months``.
    """
    if not unit or re.search(rf"{re.escape(unit)}|%|month|year|week|day", item):
        return item, (len(item), 0)
    number = _NUMBER.search(item)
    if not number:
        return item, (len(item), 0)
    while (later := _NUMBER.search(item, number.end())) and _AGAINST.fullmatch(
        item, number.end(), later.start()
    ):
        number = later
    filler = "%" if unit == "%" else f" {unit}"
    if spread := _SPREAD.match(item, number.end()):  # "73.8 ± 8.6" is one figure
        return item[: spread.end()] + filler + item[spread.end() :], (spread.end(), len(filler))
    return item[: number.end()] + filler + item[number.end() :], (number.end(), len(filler))


def _placed(fact: Fact, shift: int, inserted: tuple[int, int], item: str) -> Fact:
    """The fact with its span in the cell, and its value as the cell prints it."""
    at, length = inserted
    start, end = fact.start - shift, fact.end - shift
    start -= length if start > at else 0
    end -= length if end > at else 0
    if not length or not start <= at <= end:
        return replace(fact, start=start, end=end)
    return replace(fact, start=start, end=end, value=item[start:end].strip())


def _bare_figure(item: str, attribute: str, unit: str, reader: FactReader) -> list[Fact]:
    number = _NUMBER.search(item)
    if number and is_moment(item, number.start(), number.end()):
        return []
    if number and attribute in HARMS:
        attribute = one_measure(item, number.start(), attribute, reader)
    if not number and word_number(item.strip()) is None:
        return []
    value = number.group().strip() if number else item.strip()
    start = number.start() + len(number.group()) - len(number.group().lstrip()) if number else 0
    end = number.end() if number else len(item)
    if number and (sign := re.match(r"\s?%", item[end:])):
        end += sign.end()
        value, unit = item[start:end], "%"
    return [
        Fact(
            "", attribute, value, "", unit=unit, comparator=comparator_of(value), start=start, end=end,
            percent=value if unit == "%" and value.endswith("%") else "",
        )
    ]  # fmt: skip
