"""Cells that print a value for each arm in one place: ``68.2; 40.9``, ``Neutropenia 67.5 vs 3.5``, ``264 (176; 88)``."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lazy_re as re

_NUMBER = r"(?:[<>\u2264\u2265]\s?)?[-\u2212]?(?<![\w.])\d[\d,]*(?:\.\d+)?"
_NOT_TIME = r"(?![\w.]|\s?-\s?(?:year|month|week|day|yr|mo)s?\b)"
_BRACKET = r"(?:\s*[(\[](?=[^()\[\]]*\d)(?:[\d\s.,;%<>=+/\u2264\u2265\u2013\u2212-]|to\b|n\b|CI\b|NR\b|NE\b|range\b|IQR\b)*[)\]])"
_VALUE = rf"(?:{_NUMBER}{_NOT_TIME}(?:\s?%)?{_BRACKET}?|\b(?:NR|NE|not (?:yet )?(?:reached|estimable))\b)"
_UNIT = r"(?:\s?(?:months?|mo|years?|yrs?|weeks?|wks?|days?|g/dL)\b)"
_BETWEEN = r"\s*(?:;|\||\bvs\b\.?|\bversus\b)\s*|\s+/\s+"
_ENDS = r"(?=\s*(?:$|[;,(\n]|\.(?!\d)))"
_SIZES = re.compile(
    r"\(\s*(?:n\s*=\s*)?(\d[\d,]*(?:\s*(?:;|/|\bvs\b\.?|\bversus\b|,\s)\s*(?:n\s*=\s*)?\d[\d,]*)+)\s*\)"
)
_WHOLE = re.compile(r"\d[\d,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Sides:
    """A cell taken apart by arms; every text is as long as the cell, what is not its own blank."""

    arms: tuple[str, ...]
    """For each arm, in order, the labels of the cell and that arm's values."""
    unit: str
    """The unit that is printed once behind a run, for the values that have none of their own; "" for none."""
    rest: str
    """What is printed for no arm (``HR 0.77``); blanks where there is no such thing."""


def sides(cell: str, n_arms: int) -> Sides | None:
    """``cell`` by arms where it prints runs of as many values as there are arms; None where it does not.

    Args:
        cell: a cell, its signs folded.
        n_arms: how many arms the study has, 2 or more.

    A label before a run is every arm's: of ``Median PFS 13.8; 3.6 months`` the first arm's text begins ``Median PFS 13.8``.
    """
    if n_arms < 2:
        return None
    run = re.compile(
        rf"{_VALUE}{_UNIT}?(?:(?:{_BETWEEN}){_VALUE}{_UNIT}?){{{n_arms - 1}}}{_ENDS}", re.IGNORECASE
    )
    runs = [m for m in run.finditer(cell) if not (_goes_on(cell, m.start()) or _followed(cell, m.end()))]
    if not runs:
        return None
    texts = [list(" " * len(cell)) for _ in range(n_arms)]
    rest = list(" " * len(cell))
    units: dict[str, None] = {}
    last = 0
    for match in runs:
        label_from = _label_start(cell, last, match.start())
        _put(rest, cell, last, label_from)
        values = _values(match)
        unit = next((u for _, _, u in reversed(values) if u), None)
        percent = any("%" in cell[start:end] for start, end, _ in values)
        for k, (start, end, own) in enumerate(values):
            _put(texts[k], cell, label_from, match.start())
            _put(texts[k], cell, start, end)
            if own:
                _put(texts[k], cell, *own)
            elif "%" not in cell[start:end] and (percent or unit):
                units["%" if percent or not unit else cell[slice(*unit)].strip()] = None
            if match.end() < len(cell) and cell[match.end()] in ";\n":
                texts[k][match.end()] = cell[match.end()]
        last = match.end()
    _put(rest, cell, last, len(cell))
    return Sides(
        tuple("".join(t) for t in texts), next(iter(units), "") if len(units) == 1 else "", "".join(rest)
    )


def sizes(cell: str, n_arms: int) -> list[tuple[str, int]]:
    """(number, offset) for each arm of ``264 (176; 88)``, in order; nothing where the brackets hold no such run."""
    found = _SIZES.search(cell)
    numbers = [(m[0], found.start(1) + m.start()) for m in _WHOLE.finditer(found[1])] if found else []
    return numbers if len(numbers) == n_arms >= 2 else []


def _goes_on(cell: str, start: int) -> bool:
    """Whether a value stands behind another one of its kind, so that there are more values than arms."""
    return re.search(rf"{_VALUE}{_UNIT}?(?:{_BETWEEN})$", cell[:start], re.IGNORECASE) is not None


def _followed(cell: str, end: int) -> bool:
    """Whether one more value stands behind a run, so that there are more values than arms."""
    return re.compile(rf"(?:{_BETWEEN}){_VALUE}{_UNIT}?{_ENDS}", re.IGNORECASE).match(cell, end) is not None


def _label_start(cell: str, last: int, start: int) -> int:
    """Where the label of a run begins: behind the item, or the bracket, before it."""
    cuts = [m.end() for m in re.finditer(r"[;\n]\s*|\)\s*[,.]?\s*", cell[last:start])]
    return last + (cuts[-1] if cuts else 0)


def _values(run: re.Match[str]) -> list[tuple[int, int, tuple[int, int] | None]]:
    """(start, end, span of its unit) of each value of a run."""
    found = []
    for match in re.compile(rf"({_VALUE})({_UNIT})?", re.IGNORECASE).finditer(
        run.string, run.start(), run.end()
    ):
        found.append((match.start(1), match.end(1), match.span(2) if match[2] else None))
    return found


def _put(into: list[str], cell: str, start: int, end: int) -> None:
    into[start:end] = cell[start:end]


def is_blank(text: str) -> bool:
    """Whether a part of a cell says nothing."""
    return not text.strip(" ;,.\n")
