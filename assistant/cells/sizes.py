"""The sizes of arms that a cell gives in order: ``264 (176; 88)``, ``24 vs. 5``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.cells.reading import LISTED
from assistant.model import Fact

Against = Sequence[tuple[frozenset[str], str]]
"""(ids, label) of arms in the order in which cells set their values against each other."""
_SIZES = re.compile(
    r"\(\s*(?:n\s*=\s*)?(\d[\d,]*(?:\s*(?:;|/|\bvs\b\.?|\bversus\b|,\s)\s*(?:n\s*=\s*)?\d[\d,]*)+)\s*\)"
)
_ALONE = re.compile(
    r"\s*(?:n\s*=\s*)?\d[\d,]*(?:\s+(?:vs\.?|versus)\s+(?:n\s*=\s*)?\d[\d,]*)+(?:\s+patients)?\s*",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d[\d,]*\d|\d")


def sizes(cell: str, n_arms: int) -> list[tuple[str, int]]:
    """(number, offset) for each of ``n_arms`` arms, in order; nothing where the brackets hold no such run."""
    found = _SIZES.search(cell)
    numbers = [(m[0], found.start(1) + m.start()) for m in _WHOLE.finditer(found[1])] if found else []
    return numbers if len(numbers) == n_arms >= 2 else []


def only_sizes(cell: str) -> list[tuple[str, int]]:
    """(number, offset) for each of the sizes of which a cell consists, set against each other; nothing where it has more."""
    if not _ALONE.fullmatch(cell):
        return []
    return [(m[0], m.start()) for m in _WHOLE.finditer(cell)]


def sides_of(many: int, against: Against) -> Against:
    """The arms that so many values are of in turn; the first- and the second-listed one where nothing names two."""
    if len(against) == many:
        return against
    return [(ids, label) for label, ids in LISTED.items()] if many == len(LISTED) and not against else []


def sized(facts: list[Fact], numbers: Sequence[tuple[str, int]], against: Against) -> list[Fact]:
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
