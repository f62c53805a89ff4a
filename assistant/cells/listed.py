"""What a cell's words say of its figures: events with a share each, moments, figures set against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from assistant import lazy_re as re
from assistant.facts.reader import FactReader
from assistant.model import Fact
from assistant.spans.scan import scan
from assistant.spans.span import normal_time
from assistant.text.text import tokens

HARMS = frozenset({"AE", "SAE"})
"""Measures of all adverse events; a figure behind the name of one event is none of theirs."""
_ENTRY = r"[^\d,;:%()]*[^\W\d_]{3}[^\d,;:%()]*\s\d[\d.]*\s?%(?:\s*(?:vs\b\.?|versus)\s*\d[\d.]*\s?%?)?"
_ENTRIES = re.compile(rf"\s*{_ENTRY}(?:,\s*(?:and\s+)?{_ENTRY})+\s*")
_NEXT = re.compile(r"(?<=%),\s*(?:and\s+)?|(?<=\d),\s*(?=[^\W\d_])")
_TIME_FIRST = re.compile(
    r"(?:^|(?<=[;\n]))(?P<gap>\s*)(\d+)\s(month|year|week|day)s?:\s?(?=\s*[<>\u2264\u2265]?\s*\d)",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?:^|(?<=[;\n]))(?P<gap>\s*)(day|week|month|year)\s(\d+):(?=\s*[<>\u2264\u2265]?\s*\d)", re.IGNORECASE
)
_MOMENT_BEFORE = re.compile(
    r"\b(?:days?|weeks?|months?|years?|cycles?|grades?|phase|stage)\s*$", re.IGNORECASE
)
_MOMENT_BEHIND = re.compile(r"\s*(?:days?|weeks?|months?|years?)\s*:", re.IGNORECASE)
_OPEN_BEFORE = re.compile(
    r"\s*(?:NR|NE|not (?:yet )?(?:reached|estimable))\b[^\d]*[(\[][^)\]]*$", re.IGNORECASE
)
_VERSUS_BEHIND = re.compile(
    r"\s?%?\s*(?:\([^()]*\)\s*)?(?:vs\b\.?|versus)\s*[<>\u2264\u2265]?\s*\d", re.IGNORECASE
)
_VERSUS_BEFORE = re.compile(r"\d\s?%?\s*(?:\([^()]*\)\s*)?(?:vs\b\.?|versus)\s*$", re.IGNORECASE)


def moments_told(text: str) -> str:
    """``text`` with ``18 months:`` and ``Day 100:`` before a figure as the time points they are, all lengths kept."""

    def padded(match: re.Match[str], time: str) -> str:
        return (match["gap"] + time).ljust(len(match[0]))

    text = _TIME_FIRST.sub(lambda m: padded(m, normal_time(m[2], m[3])), text)
    return _DAY_FIRST.sub(lambda m: padded(m, f"{m[2].lower()} {m[3]}"), text)


def entries(item: str) -> list[tuple[str, int]]:
    """``Colitis 15%, neutropenia 27%`` cut at its commas, each part with its offset; ``item`` whole where it is no such list."""
    if not _ENTRIES.fullmatch(item):
        return [(item, 0)]
    cuts = [0, *(m.end() for m in _NEXT.finditer(item)), len(item) + 1]
    ends = [*(m.start() for m in _NEXT.finditer(item)), len(item)]
    return [(item[a:b], a) for a, b in zip(cuts, ends, strict=False)]


def names_other(
    item: str, at: int, labels: Iterable[str], reader: FactReader, forms: Collection[str]
) -> bool:
    """Whether the words before a figure name something else than all adverse events: ``Raised lipase 11%``.

    Args:
        item: one item of a cell.
        at: where its figure stands.
        labels: what the study's arms are called.
        reader: knows the terms.
        forms: words that say how a figure is given.
    """
    before = item[:at]
    spans = [(s.start, s.end) for s in scan(before, reader.matchers)]
    told = {t.key for label in labels for t in tokens(label)}
    return any(
        len(t.key) > 2
        and t.key.isalpha()
        and t.key not in reader.vocabulary.scaffold | told
        and t.key not in forms
        and not any(a < t.end and t.start < b for a, b in spans)
        for t in tokens(before)
    )


def is_moment(item: str, start: int, end: int) -> bool:
    """Whether a number tells when or the end of a range, and no value: ``until month 2``, ``NR (range, 1.2-27)``."""
    return bool(
        _MOMENT_BEFORE.search(item[:start])
        or _MOMENT_BEHIND.match(item, end)
        or _OPEN_BEFORE.match(item[:start])
    )


def one_measure(item: str, at: int, attribute: str, reader: FactReader) -> str:
    """The one measure that the words before a bare figure name, or ``attribute`` where they name none."""
    named = {
        i
        for s in scan(item[:at], reader.matchers)
        if s.kind == "measure"
        for i in s.ids
        if i in reader.vocabulary.measures
    }
    return next(iter(named)) if len(named) == 1 else attribute


def without_loose(facts: list[Fact], text: str) -> list[Fact]:
    """``facts`` without those set against another figure of which nothing says whose it is.

    The first of ``5.2% vs 3.2% vs 13.0%`` is not the figure of all patients.
    """
    return [f for f in facts if f.group or not _is_loose(f, text)]


def _is_loose(fact: Fact, text: str) -> bool:
    return fact.unit != "pvalue" and bool(
        _VERSUS_BEHIND.match(text, fact.end) or _VERSUS_BEFORE.search(text[: fact.start])
    )


def placed(facts: Iterable[Fact], offset: int) -> list[Fact]:
    """``facts`` with their spans moved by ``offset``."""
    return [replace(f, start=f.start + offset, end=f.end + offset) for f in facts]
