"""Comparisons of two studies each of which only its own side of the question tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import lazy_re as re
from assistant.lookup_groups import aligned
from assistant.desk import Desk
from assistant.question import Ask, QuestionReader

_AGAINST = re.compile(
    r"\b(?:versus|vs\.?|against|next to|beside|alongside|compared (?:with|to)|relative to|in comparison (?:with|to)|"
    r"(?:rather )?than|as opposed to|beats?|outperform(?:s|ed)?|differs? from)(?!\w)",
    re.IGNORECASE,
)
"""Stands between two sides."""
_JOINED = re.compile(r"\b(?:and|or|with|from)\b|[,;:]", re.IGNORECASE)
"""May stand between two sides of what is said to be compared."""
_SET_BESIDE = re.compile(
    r"\b(?:compar\w+|contrast\w*|side by side|both|each|either|between|differ\w*|line up|lined up|gap|next to each other|"
    r"head to head|respectively|which of (?:the )?two|than|better|higher|lower|worse|longer|larger)\b",
    re.IGNORECASE,
)


def sides_apart(desk: Desk, reader: QuestionReader, ask: Ask) -> tuple[Ask, Ask] | None:
    """Both sides of a comparison, each read alone with what only the other, or their frame, says.

    None where one of them tells no study by itself, both mean the same one, or the question as a whole was read
    to mean them already.
    """
    asked = ask.measures or ask.families or set(ask.characteristics) - {"summary"}
    if not asked or ask.has("definition", "reference", "summary"):
        return None
    for left, right in _splits(ask):
        first, second = reader.read(left), reader.read(right)
        if len(first.studies) != 1 or len(second.studies) != 1 or first.studies == second.studies:
            continue
        if not (_own(first) and _own(second)):
            continue
        first, second = _shared(first, second, ask), _shared(second, first, ask)
        told = set(ask.studies) == {*first.studies, *second.studies}
        if told and first.times == second.times and not (first.groups or second.groups):
            return None
        return aligned(desk, first), aligned(desk, second)
    return None


def _splits(ask: Ask) -> Iterator[tuple[str, str]]:
    """The ways to cut a question in two sides, the plainest first."""
    for pattern in (
        (_AGAINST, _JOINED) if _SET_BESIDE.search(ask.focus) or ask.has("compare") else (_AGAINST,)
    ):
        for match in pattern.finditer(ask.focus):
            yield ask.focus[: match.start()], ask.focus[match.end() :]


def _own(side: Ask) -> bool:
    """Whether a side means its study and clashes with nothing."""
    return not (side.clash or side.named.missing)


def _shared(side: Ask, other: Ask, whole: Ask) -> Ask:
    """``side`` with the measure, time and grade that only the other side says."""
    if whole.measures and side.measures and not set(side.measures) & set(whole.measures):
        side = replace(side, measures=())  # words that say which arm, and no measure of their own
    measured = bool(other.measures or whole.measures)
    unsaid = not (side.measures or side.families) and (
        measured or not set(side.characteristics) - {"n_patients"}
    )
    if unsaid:
        measures = whole.measures or other.measures
        families, characteristics = (
            other.families or whole.families,
            other.characteristics or whole.characteristics,
        )
        side = replace(
            side,
            measures=measures,
            families=() if measures else families,
            characteristics=() if measures or families else characteristics,
        )
    return replace(
        side,
        times=side.times or (other.times if unsaid or not other.measures else ()) or (),
        grade=side.grade or other.grade,
        wants="",
        values=(),
        cues=side.cues - {"compare", "difference", "list", "max", "min", "yes_no"},
    )
