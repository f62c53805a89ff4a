"""Studies named by their age range or study period: ``the 2009-2014 study``, ``the 40-60-year-olds``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from assistant import lazy_re as re
from assistant.corpus.corpus import Review
from assistant.names.model import Holders, Name
from assistant.text.text import fold

_RANGE = re.compile(r"(?<![\w.])(\d{1,4})\s*(?:-|\bto\b|\band\b)\s*(\d{1,4})(?![\w.%]|\s*(?:%|per\s?cent))")
_NAMING = frozenset({"age_range", "study_period"})


class RangeReader:
    """Finds studies named by a range that tables give of them.

    Args:
        review: the review whose facts give the ranges.
    """

    def __init__(self, review: Review) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for fact in review.facts:
            match = _RANGE.search(fold(fact.value)) if fact.attribute in _NAMING else None
            if match and fact.study:
                found[f"{match[1]}-{match[2]}"].add(fact.study)
        self._ranges = Holders((key, frozenset(studies)) for key, studies in found.items())

    def read(self, text: str, taken: Collection[tuple[int, int]]) -> list[Name]:
        """The ranges in folded ``text`` outside the spans ``taken`` that only some study has."""
        found = []
        for match in _RANGE.finditer(text):
            studies = self._ranges.get(f"{match[1]}-{match[2]}")
            if studies and not any(a < match.end() and match.start() < b for a, b in taken):
                found.append(Name(match.group(), "range", studies, match.start(), match.end()))
        return found
