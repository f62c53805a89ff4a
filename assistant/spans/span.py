"""One thing found in a text, and the normal forms of its numbers, comparisons and times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.text.text import word_number

TIME_UNITS = frozenset({"hours", "days", "weeks", "months", "years"})


@dataclass(frozen=True, slots=True)
class Span:
    """One thing found in a text.

    ``kind`` is ``measure``, ``group``, ``time``, ``grade``, ``cycle``, ``value``, ``phase`` or ``threshold``.
    ``ids`` holds the measure's or group's ids, or the normalised time, grade or cycle; for an amount of a
    list its unit. For a value ``unit`` tells ``%``, ``patients``, ``pvalue``, ``ci``, ``months`` …, ``age``,
    ``period``, ``nct``, ``amount``, ``range``, ``open`` (a median not reached), ``limit`` (a bounding age)
    or "" (a bare number).
    """

    kind: str
    start: int
    end: int
    text: str
    ids: tuple[str, ...] = ()
    unit: str = ""
    comparator: str = ""
    n: int | None = None
    total: int | None = None
    percent: str = ""
    dual: bool = False
    """A transplant, say, is an outcome in one sentence and a subgroup in the next."""

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether the other covers it."""
        return other.start <= self.start and self.end <= other.end


def apart(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """``spans`` without those that share a character with one of ``others``."""
    return [s for s in spans if not any(s.meets(o) for o in others)]


def integer(text: str) -> int | None:
    """The whole number that digits or English words state, or None."""
    text = text.replace(",", "").strip()
    if text.lower() == "none" or re.match(r"not\s.*\bone$", text, re.IGNORECASE):
        return 0
    if re.fullmatch(r"(?:a\s+)?single", text):
        return 1
    return int(text) if text.isdecimal() and text.isascii() else word_number(text)


def comparator_of(text: str) -> str:
    """The comparison sign that opens ``text`` (``<``, ``≤``, ``>``, ``≥``) or ""."""
    for sign, shown in (("<=", "≤"), (">=", "≥"), ("≤", "≤"), ("≥", "≥"), ("<", "<"), (">", ">")):
        if text.lstrip().startswith(sign):
            return shown
    return ""


def normal_time(number: str, unit: str) -> str:
    """``("three", "years")`` -> ``3-year``; numbers in words or digits, unit in any form."""
    value = number if re.fullmatch(r"[\d.]+", number) else str(word_number(number) or number)
    return f"{value}-{whole_unit(unit).rstrip('s')}"


_SHORT = {"wk": "week", "mo": "month", "mth": "month", "yr": "year", "y": "year"}


def whole_unit(unit: str) -> str:
    """A unit of time in the plural, written out: ``yr`` -> ``years``."""
    one = unit.lower().rstrip("s")
    return f"{_SHORT.get(one, one)}s"


_IN_MONTHS = {
    ("day", 30.0): 1.0, ("day", 60.0): 2.0, ("day", 90.0): 3.0, ("day", 180.0): 6.0, ("day", 365.0): 12.0, ("week", 13.0): 3.0,
    ("week", 26.0): 6.0, ("week", 52.0): 12.0, ("week", 104.0): 24.0, ("week", 156.0): 36.0,
}  # fmt: skip
"""Days and weeks that reports use for so many months."""


def time_key(time: str) -> tuple[str, float] | None:
    """What makes two time points equal: ``1-year`` and ``12-month`` are; None for "" or an odd form."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)-(hour|day|week|month|year)", time)
    if not match:
        return None
    value, unit = float(match[1]), match[2]
    if (unit, value) in _IN_MONTHS:
        return "month", _IN_MONTHS[unit, value]
    return ("month", value * 12) if unit == "year" else (unit, value)
