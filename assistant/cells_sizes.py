"""The sizes of arms that brackets give in order: ``264 (176; 88)``."""

from __future__ import annotations

from assistant import lazy_re as re

_SIZES = re.compile(
    r"\(\s*(?:n\s*=\s*)?(\d[\d,]*(?:\s*(?:;|/|\bvs\b\.?|\bversus\b|,\s)\s*(?:n\s*=\s*)?\d[\d,]*)+)\s*\)"
)
_WHOLE = re.compile(r"\d[\d,]*\d|\d")


def sizes(cell: str, n_arms: int) -> list[tuple[str, int]]:
    """(number, offset) for each of ``n_arms`` arms, in order; nothing where the brackets hold no such run."""
    found = _SIZES.search(cell)
    numbers = [(m[0], found.start(1) + m.start()) for m in _WHOLE.finditer(found[1])] if found else []
    return numbers if len(numbers) == n_arms >= 2 else []
