"""Figures as a check compares them: digits, sign and unit, never as a set of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant import lazy_re as re
from assistant.model import Derivation, Fact
from assistant.selection import percent_of
from assistant.text.text import NUMBER_WORDS, fold, word_number

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_SIGNED = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(\s?(?:%|per\s?cent\b))?")


def plain_number(number: str) -> str:
    """``1,204`` -> ``1204``, ``08`` -> ``8``; decimals stay as printed, for ``75.0`` is not ``75.00``."""
    number = number.replace(",", "")
    return number if "." in number else number.lstrip("0") or "0"


def numbers_in(text: str) -> set[str]:
    """The numbers of ``text`` that are no part of a name."""
    return {plain_number(n) for n in _NUMBER.findall(fold(text))}


def signed_in(text: str) -> Counter[tuple[str, bool]]:
    """How often each number stands in ``text``, with a percent sign (True) and without."""
    return Counter((plain_number(n), bool(sign)) for n, sign in _SIGNED.findall(fold(text)))


def figures_of(fact: Fact) -> Counter[tuple[str, bool]]:
    """The numbers that may be said of a fact, each with whether it is a percentage."""
    found = signed_in(fact.percent or fact.value)
    if fact.unit == "%" and "\u00b1" in fact.value:
        return found  # "72.3 ± 7.5%" as printed: the sign stands behind the error
    if fact.unit == "%":
        found = Counter({(n, True): 1 for n, _ in found})
    for count, times in Counter(n for n in (fact.n, fact.total) if n is not None).items():  # 9 of 9 is two 9s
        found[str(count), False] = max(found[str(count), False], times)
    return found


def same_figure(said: Fact, known: Fact) -> bool:
    """Whether a figure read from a sentence is the known one, unit, sign, n and N included."""
    if "/" in known.unit and known.unit not in known.value:
        if said.unit != "amount" or not said.value.endswith(known.unit):
            return False
        said = replace(said, value=said.value.removesuffix(known.unit), unit=known.unit)
    if (said.comparator, said.unit, said.n, said.total) != (
        known.comparator,
        known.unit,
        known.n,
        known.total,
    ):
        return False
    if numbers_in(said.percent) != numbers_in(known.percent):
        return False
    if _sign(said.value) != _sign(known.value):
        return False
    return said.unit in {"patients", "open"} or numbers_in(said.value) == numbers_in(known.value) != set()


def _sign(value: str) -> str:
    return fold(value).strip()[:1] if fold(value).strip()[:1] in {"+", "-"} else ""


def without_units(text: str, facts: Iterable[Fact]) -> str:
    """``text`` without the units that the heads of these facts print (``× 10⁹/L`` holds digits of its own)."""
    for unit in {fold(f.unit) for f in facts if "/" in f.unit}:
        text = re.sub(rf"(?<=\d)\s{re.escape(unit)}(?![\w/])", " ", text)
    return text


def recompute(derivation: Derivation) -> str | None:
    """A derivation's result worked out again from its operands, as printed; None where impossible."""
    facts = derivation.operands
    if derivation.operation == "difference" and len(facts) == 2:
        values = [
            Decimal(m[0])
            for f in facts
            if (m := re.search(r"(?:^-)?\d+(?:\.\d+)?", fold(f.percent or f.value)))
        ]
        if len(values) != 2:
            values = [Decimal(f.n) for f in facts if f.n is not None]
        return f"{abs(values[0] - values[1]).normalize():f}" if len(values) == 2 else None
    if derivation.operation == "sum":
        return str(sum(f.n or 0 for f in facts))
    sizes = (f.n for f in facts if f.attribute in {"n_patients", ""} and f.n)
    whole = next(sizes, None) or next((f.total for f in facts if f.total), None)
    if derivation.operation == "count" and whole:
        return str(round((percent_of(facts[0]) or 0.0) * whole / 100))
    if derivation.operation == "ratio":
        return _ratio(facts)
    if derivation.operation == "percentage" and len(facts) == 2 and facts[0].attribute == "n_patients":
        whole = facts[1].n
    if derivation.operation == "percentage" and whole and facts[0].n is not None:
        part = sum(f.n or 0 for f in facts if f.grade) if len(facts) > 2 else facts[0].n  # of several grades
        return f"{100.0 * part / whole:.1f}".removesuffix(".0")
    if derivation.operation == "remainder" and whole and facts[0].n is not None:
        return str(whole - facts[0].n)
    return None


def _ratio(facts: Sequence[Fact]) -> str | None:
    """The first figure over the second, rounded half up to one decimal."""
    printed = [re.search(r"\d+(?:\.\d+)?", fold(f.percent or f.value)) for f in facts]
    values = [Decimal(m[0]) for m in printed if m]
    if len(values) != 2 or not values[1]:
        return None
    shown = (values[0] / values[1]).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{shown.normalize():f}"


def leading_count(text: str) -> int | None:
    """The number a sentence opens with, in words or digits, or None."""
    match = re.match(r"\s*(?:Yes: |No: )?(\w+)", text)
    word = match[1].lower() if match else ""
    return word_number(word) if word in NUMBER_WORDS else int(word) if word.isdigit() else None


def spare(said: Counter[tuple[str, bool]], facts: Iterable[Fact]) -> list[str]:
    """The numbers said that these facts do not give, or give less often."""
    given: Counter[tuple[str, bool]] = Counter()
    for fact in facts:
        given += figures_of(fact)
    return sorted(f"{number}{'%' if sign else ''}" for number, sign in said - given)
