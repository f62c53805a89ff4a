"""Patients told on both sides of a ``than``: ``more often in those with A than in those with B (60% vs. 40%)``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.spans.span import Span

_PEOPLE = r"(?:patients|those|participants|adults|children|people|individuals|cases|women|men)"
_SIZE = r"(?:\s*\(n\s*=\s*\d+\))?"
_PAIR = r"\d[\d.]*(?:/\d+)?(?:\s?%|\s+(?:months|weeks|days|years))?(?:\s*\[[^\]]*\])?\s*(?:vs\.?|versus|against|and)\s+\d"
_FIGURES = rf"(?=\s*(?:\([^()]*?{_PAIR}|,\s+with\s+[^,;:()]*?\b{_PAIR}|\s+at\s+{_PAIR}))"
_OTHER = rf"(?:the\s+)?(?P<other>[^,;:()]{{3,90}}?){_SIZE}{_FIGURES}"
_BY_PREPOSITION = re.compile(
    rf"\b(?P<how>in|among|for|after|with)\s+(?:the\s+)?(?P<one>(?:(?!\b(?:in|among|for|after)\b|\bthan\b)[^,;:()]){{3,90}}?){_SIZE}"
    rf"\s+than\s+(?:it\s+(?:was|had\s+been)\s+)?(?P=how)\s+{_OTHER}"
)
_BY_SUBJECT = re.compile(
    rf"(?:^|[,;:]\s+(?:and\s+|but\s+|while\s+|whereas\s+)?|\b(?:and|but|while|whereas)\s+)(?P<one>(?i:{_PEOPLE})\s+(?:with|without|who|whose|in\s+whom|aged|having|given|receiving|treated)\s"
    rf"(?:(?!\bthan\b)[^,;:()])+?){_SIZE}\s+(?:fared|did|had|responded|survived|lived|relapsed|showed|reached|achieved|attained|were|experienced|derived)\s"
    r"(?:(?!\bthan\b)[^,;:()]){3,70}?\s+than\s+(?:did\s+|in\s+)?"
    rf"{_OTHER}"
)
_THEIR = re.compile(r"(?<=and )their\b")
"""``Those with A responded less often than those with B (80% vs. 95%), and their PFS was 12 months``: the subject's."""
_TELLS_NOTHING = frozenset(
    "patients those participants adults children people individuals cases women men whose whom were been with that this "
    "they their have had who was first given received receiving treated disease".split()
)


def compared_groups(text: str, groups: Sequence[Span], arms: Collection[tuple[str, ...]]) -> list[Span]:
    """The patients on both sides of each ``than`` before a pair of figures, where nothing else tells them.

    Args:
        text: one sentence, its signs folded.
        groups: its groups that are named otherwise.
        arms: ids of the study's own arms, which are told by their names.
    """
    if " than " not in text:
        return []
    found: list[Span] = []
    subjects = list(_BY_SUBJECT.finditer(text))
    for match in (*_BY_PREPOSITION.finditer(text), *subjects):
        sides = [_side(match, name, text, groups) for name in ("one", "other")]
        if any(s is None or s.ids in arms for s in sides) or sides[0] is None or sides[1] is None:
            continue
        new = [s for s in sides if s is not None and s not in groups]
        if sides[0].ids != sides[1].ids and not any(s.meets(f) for s in new for f in found):
            found += new
            if match in subjects and (their := _THEIR.search(text, match.end())):
                found.append(replace(sides[0], start=their.start(), end=their.end()))
    return found


def _side(match: re.Match[str], name: str, text: str, groups: Sequence[Span]) -> Span | None:
    """The one group that a side names, or else a group of its telling words; None where it names several."""
    start, end = match.span(name)
    inside = [g for g in groups if start < g.end and g.start < end]
    if inside:
        return inside[0] if len({g.ids for g in inside}) == 1 else None
    words = re.findall(r"[a-z0-9]+", match[name].lower())
    told = [w for w in words if w not in _TELLS_NOTHING and (len(w) > 3 or re.search(r"\d", w))]
    return Span("group", start, end, text[start:end], ("-".join(told),)) if told else None
