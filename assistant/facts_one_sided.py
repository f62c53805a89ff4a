"""Two figures beside one group: which of them is the group's, and of whom the other one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans import Span

_BEHIND = re.compile(r"(?:\s*\([^()]*\))?\s+(?:in|among|for|of|with)\s+(?:[\w-]+\s+){0,4}")
_BUT = re.compile(r"[^;:.]*(?:\b(?:but|although|though|yet)\b[^;:.]{0,24}|\b(?:only|just)\s+)")
_AGAINST = re.compile(
    r"[^;:.\d]{0,20}\b(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?|than)\s+(?:only\s+)?"
)
_OUTSIDE = re.compile(r"\b(?:historical|external|untreated|registry|real-world|literature)\b", re.IGNORECASE)
_RISE = r"(?:higher|longer|better|superior|more\s+(?:frequent|common|often)|increased|greater|best|highest|longest)"
_FALL = r"(?:lower|shorter|worse|inferior|less\s+(?:frequent|common|often)|rarer|reduced|poorer|smaller|decreased|lowest|shortest)"
_HIGHER = re.compile(
    rf"\b(?:(?P<rise>{_RISE})|{_FALL})\s+(?:in|among|for|with)\s+(?:the\s+)?(?:(?:patients|those|people|adults|children|cases)\s+)?"
    r"(?:(?:with|who\s+(?:had|were))\s+)?(?:an?\s+)?$"
)
_OPENS = re.compile(r"\s*(?:patients|cases|disease|adults|children|tumou?rs?)?\s*\(")
_OTHER = {"men": "women", "women": "men"}
_NO_OTHER = frozenset({"all", "adult", "paediatric", "aya", "elderly", "other"})


def one_sided(values: Sequence[Span], group: Span, text: str, *, alone: bool) -> list[Span]:
    """The groups of two figures of which one alone names its own; none where that is not certain.

    Args:
        values: the two figures, in order.
        group: the one group beside them.
        text: the sentence.
        alone: whether the study has no arms that the figures may be of.
    """
    first, second = values
    between = text[first.end : second.start]
    everyone = replace(group, ids=(), text="")
    if group.start > second.end and _BEHIND.fullmatch(text, second.end, group.start):
        outside = _AGAINST.fullmatch(between) and _OUTSIDE.search(group.text)
        return [everyone, group] if _BUT.fullmatch(between) or outside else []
    if not alone or group.end > first.start or not _OPENS.match(text, group.end):
        return []
    said = _HIGHER.search(text, 0, group.start)
    if said is None or len(text[group.end : first.start]) > _BRACKET_OPENS or set(group.ids) & _NO_OTHER:
        return []
    if not re.fullmatch(r"(?:\s*%|\s+months)?\s*(?:vs\.?|versus|against|compared\s+(?:with|to))\s+", between):
        return []
    a, b = _number(first.text), _number(second.text)
    if a is None or b is None or a == b or (a > b) != bool(said["rise"]):
        return []
    ids = tuple(
        _OTHER.get(i) or (i.removeprefix("no-") if i.startswith("no-") else f"no-{i}") for i in group.ids
    )
    return [
        group,
        replace(group, ids=ids, text=f"without {group.text}" if ids[0] == f"no-{group.ids[0]}" else ids[0]),
    ]


_BRACKET_OPENS = 24
"""Characters from a group to the first figure in the bracket behind it."""


def _number(figure: str) -> float | None:
    found = re.search(r"\d+(?:\.\d+)?", figure)
    return float(found[0]) if found else None
