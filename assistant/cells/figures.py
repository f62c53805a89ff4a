"""The figures of one item of a cell; the row's head lends its measure, time and unit where the item names none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant import lazy_re as re
from assistant.cells.counts import COUNTED
from assistant.cells.listed import (
    HARMS,
    is_moment,
    names_other,
    one_measure,
)
from assistant.cells.parts import UNIT
from assistant.facts.qualifying import age_unit
from assistant.facts.reader import FactReader
from assistant.model import Fact
from assistant.spans.labels import group_ids
from assistant.spans.span import comparator_of
from assistant.text.text import fold, word_number

_AGAINST = re.compile(r"\s*(?:vs\b\.?|versus)\s*", re.IGNORECASE)
_SHARE = re.compile(r"\s*(\d+)\s*\((\d[\d.]*)\s?%?\)\s*")
_OTHER_AGE = re.compile(r"month|week|day", re.IGNORECASE)
_BRACKETED = r"\d\s*[(\[][^()\[\]]*\d[^()\[\]]*"
_LATE_UNIT = re.compile(rf"{_BRACKETED}[)\]]\s*(days?|weeks?|months?|years?)\b", re.IGNORECASE)
"""``17 (5-34) months``: the unit of a centre and of the range behind it."""
_BASELINE = re.compile(r"\s*(?:(?:mean|median)\s+)?(?:baseline|pre-?treatment)\b", re.IGNORECASE)
_SPREAD = re.compile(r"\s*(?:\u00b1|\+/-)\s*\d[\d.,]*\d|\s*(?:\u00b1|\+/-)\s*\d")
_QUARTILES = re.compile(r"\bIQR\b|interquartile|\bQ1\b", re.IGNORECASE)
_FORMS = frozenset("event reaction toxicity effect rate share proportion".split())
"""Words that stand before a figure of all adverse events."""
_NUMBER = re.compile(r"(?<![\w.])(?:<=|>=|<|>|\u2264|\u2265)?\s*\d[\d,]*(?:\.\d+)?(?!\w)")
_AT_DOSE = re.compile(rf"(?:^|[:,]\s*)(?:at\s+)?(?P<dose>\d[\d.]*\s?{UNIT}):\s*", re.IGNORECASE)
"""``320 mg: 91``: the dose of those whom the figure is of."""


PRINTED_UNIT = (
    r"[x\u00d7]\s?10\s?\^?\s?[\d\u2070-\u2079\u00b9\u00b2\u00b3]+\s?/\s?(?:[\u00b5\u03bcmd]?L|kg)"
    r"|(?:[m\u00b5\u03bcnpk]?(?:g|mol)|m?IU|k?U|cells)/(?:[dm\u00b5\u03bc]?L|kg|mm3|m2|m\u00b2)"
)
"""A unit of a laboratory value or a dose, as a head prints it."""


def head_unit(head: str) -> str:
    """The unit that a row's head prints: ``%``, ``months``, one of a laboratory; "" where it prints none."""
    if COUNTED.search(head):
        return ""  # a number of patients first, its share behind it
    match = re.search(
        rf"[,(]\s*(?:n\s*\(\s*)?(%|months?|years?|weeks?|days?|points?|per\s?cent|{PRINTED_UNIT})",
        head,
        re.IGNORECASE,
    )
    if not match:
        return ""
    unit = match[1].lower()
    if unit in {"%", "per cent", "percent"}:
        return "%"
    return unit.rstrip("s") + "s" if unit.isalpha() else match[1]


def read_item(
    head: str, item: str, attribute: str, reader: FactReader, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """Facts of one item; the row head lends its measure, time and unit where the item names none."""
    own = reader.read(item, arms)
    if not attribute and not any(f.attribute for f in own) and head_unit(head) == "%":
        filled, inserted = _with_unit(item, "%")  # "Toxicity, %": "neutropenia 29.3"
        own = [_placed(f, 0, inserted, item) for f in reader.read(filled, arms)]
    named = any(
        s.attribute in reader.vocabulary.measures and s.attribute not in {"p_value", "CI"} for s in own
    )
    if named or not attribute:
        return [f for f in own if f.attribute and f.attribute != "n_patients"]
    if (share := _SHARE.fullmatch(item)) and _COUNT_HEAD.search(head):
        n = Fact("", attribute, share[1], "", unit="patients", n=int(share[1]), percent=f"{share[2]}%")
        return [replace(n, start=share.start(1), end=share.end(1))]
    interval = _interval(head, item, attribute)
    bare = item[: interval.start] if interval else item
    facts = [] if _AT_DOSE.search(item) else _under_head(head, bare, attribute, reader, arms)
    facts = facts or _bare_figure(item, attribute, head_unit(head), reader)
    facts = _as_headed(facts, head, item, attribute, reader, arms)
    if interval is None:
        return facts
    main = next((f for f in facts if f.attribute == attribute), None)
    if main:
        interval = replace(
            interval, group=main.group, group_label=main.group_label, time_point=main.time_point
        )
    return [*facts, interval]


_COUNT_HEAD = re.compile(r"\bn\s*\(%\)|\b(?:no|number)\b\.?\s*\(%\)", re.IGNORECASE)


def _under_head(
    head: str, item: str, attribute: str, reader: FactReader, arms: Mapping[str, frozenset[str]]
) -> list[Fact]:
    """The figures of an item, read behind the words of its head."""
    unit = head_unit(head)
    lead = re.sub(
        r"\([^)]*\)",
        lambda m: m[0] if re.search(r"\d\D*$|grade", m[0]) and "CI" not in m[0] else "",
        fold(head),
    ).strip()
    lead = re.sub(rf",\s*(?:months?|years?|weeks?|days?|%|n|{PRINTED_UNIT})\s*$", "", lead)
    if not reader.named(lead) and reader.named(name := reader.vocabulary.term(attribute).name):
        lead = name  # "HSCT in first remission" names a group where it stands in a sentence
    prefix = f"{lead}: "
    filled, inserted = _with_unit(item, unit)
    facts: list[Fact] = []
    for fact in reader.read(prefix + filled, arms):
        if fact.start >= len(prefix) and fact.attribute:
            fact = _placed(fact, len(prefix), inserted, item)
            fact = replace(fact, unit=unit) if fact.unit == "amount" and unit else fact
            ages = fact.attribute == "median_age" and fact.unit == "range" and not _QUARTILES.search(head)
            middle = facts[-1].unit if facts and facts[-1].attribute == "median_age" else ""
            fact = replace(fact, attribute="age_range", unit=age_unit(middle)) if ages else fact
            facts += _of_each(fact, reader)
    return facts


def _as_headed(
    facts: list[Fact],
    head: str,
    item: str,
    attribute: str,
    reader: FactReader,
    arms: Mapping[str, frozenset[str]],
) -> list[Fact]:
    """The facts without those of another event, ages in years and what is at baseline so."""
    if attribute in HARMS:
        facts = [
            f
            for f in facts
            if f.attribute not in HARMS or not names_other(item, f.start, arms, reader, _FORMS)
        ]
    facts = _with_late_unit(facts, item, reader)
    if attribute in {"median_age", "mean_age"} and not _OTHER_AGE.search(f"{head} {item}"):
        facts = [replace(f, unit=f.unit or "years") if f.attribute == attribute else f for f in facts]
        told = {f.unit for f in facts if f.attribute == attribute}
        if len(told) == 1:  # "5.2 months (0.3-11.8)"
            facts = [replace(f, unit=next(iter(told))) if f.attribute == "age_range" else f for f in facts]
    if _BASELINE.match(head):
        facts = [replace(f, time_point=f.time_point or "baseline") for f in facts]
    return facts


def _with_late_unit(facts: list[Fact], item: str, reader: FactReader) -> list[Fact]:
    """The lengths of time and ages with the unit that stands behind a bracket: ``6.2 (1.1-14.0) months``."""
    late = _LATE_UNIT.search(item)
    if late is None:
        return facts
    unit = late[1].lower().rstrip("s") + "s"
    found = []
    for fact in facts:
        aged = fact.attribute in _AGES and fact.unit in {"", "years", "range"}
        kind = reader.vocabulary.term(fact.attribute).kind
        timed = not fact.unit and kind == "duration"
        told = late.start() < fact.end and fact.start < late.start(1)
        found.append(replace(fact, unit=unit) if told and (aged or timed) else fact)
    return found


_AGES = frozenset({"median_age", "mean_age", "age_range"})


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
    dosed = _AT_DOSE.search(item)
    number = _NUMBER.search(item, dosed.end() if dosed else 0)
    group = group_ids(dosed["dose"], reader.matchers) if dosed else frozenset()
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
            percent=value if unit == "%" and value.endswith("%") else "", group=group,
            group_label=dosed["dose"] if dosed else "",
        )
    ]  # fmt: skip
