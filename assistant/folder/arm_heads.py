"""Heads of columns that name a study and, in brackets, the arm or the patients whose figures stand below: ``7 (placebo)``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant import lazy_re as re

_BOTH = re.compile(
    r"(?P<study>[^()\[\]]*\d[^()\[\]]*?)[\s,:;]*[(\[](?P<arm>[^()\[\]]*[^\W\d_]{2}[^()\[\]]*)[)\]]"
)
_NO_ARM = re.compile(
    r"\bet al\b|\b(?:19|20)\d\d\b|\b(?:NCT|ISRCTN|EudraCT)|\b(?:n|N)\s*=|\b(?:phase|ref(?:erence)?s?|abstract|poster|trial|study|table)\b",
    re.IGNORECASE,
)
"""In brackets behind a study tells who wrote it, or what it is."""


def studies_and_arms(heads: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The studies and, for those that have one, the arms of columns' heads; None where they name studies alone.

    None also where a study has several columns and its heads do not tell all of them apart.
    """
    split = [_parts(head) for head in heads]
    if not any(arm for _, arm in split):
        return None
    pairs = Counter(split)
    several = {study for study, n in Counter(study for study, _ in split).items() if n > 1}
    apart = all((arm and pairs[study, arm] == 1) or study not in several for study, arm in split)
    return ([study for study, _ in split], [arm for _, arm in split]) if apart and several else None


def _parts(head: str) -> tuple[str, str]:
    """(study, arm) of a head; "" for no arm."""
    match = _BOTH.fullmatch(head.strip())
    if match is None or _NO_ARM.search(match["arm"]):
        return head, ""
    return match["study"].strip(), match["arm"].strip()
