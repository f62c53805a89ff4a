"""Doses that stand for the patients who had them: ``11% with 100 mg/m2``, ``in the 140 mg/m2 group``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts.groups import Ids
from assistant.facts.pieces import Piece
from assistant.spans.span import Span
from assistant.text.text import plain

_AT_DOSE = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\]]*\])?\s*(?:(?:patients|participants)\s+)?(?:(?:treated|dosed)\s+)?"
    r"(?:with|at|on|after|for)\s+(?:the\s+)?(?:dose\s+of\s+)?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[\s-]+(?:dose\s+|dosing\s+)?(?:group|arm|cohort)\b", re.IGNORECASE)


def dose_ids(text: str) -> Ids:
    """The ids of the patients who had a dose, however it is written: ``140mg/m2`` and ``140 mg/m²`` are one."""
    parts = re.findall(r"\d[\d.,]*|[^\d\s.,]\S*", plain(text).lower().replace("/", "-"))
    return tuple(sorted(parts))


def _amounts(spans: Sequence[Span]) -> list[Span]:
    """The amounts among ``spans``."""
    return [s for s in spans if s.kind == "value" and s.unit == "amount"]


def of_dose(dose: Span) -> Span:
    """The group of those who had a dose."""
    return Span("group", dose.start, dose.end, dose.text, dose_ids(dose.text))


def with_dose_groups(spans: Sequence[Span], text: str) -> list[Span]:
    """``spans`` with a group for each ``140 mg/m2 group`` that no arm's name covers."""
    groups = [s for s in spans if s.kind == "group"]
    doses = [
        s
        for s in _amounts(spans)
        if _GROUP.match(text, s.end) and not any(g.start < s.end and s.start < g.end for g in groups)
    ]
    return [of_dose(s) if s in doses else s for s in spans]


def doses_behind(values: Sequence[Span], piece: Piece, text: str) -> list[Span]:
    """The doses straight behind figures, one each, as groups: ``11% with 100 mg/m2 and 21% with 140 mg/m2``; or none."""
    doses = _amounts(piece.spans)
    behind = [[d for d in doses if _AT_DOSE.fullmatch(text, v.end, d.start)] for v in values]
    if not all(behind) or len({dose_ids(b[0].text) for b in behind}) != len(values):
        return []
    return [of_dose(b[0]) for b in behind]
