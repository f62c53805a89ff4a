"""Patients told in a list whose common part is said once: ``the low-, middle- and high-risk groups``, ``an R1 and an R2 mutation``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.spans.labels import group_ids
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_SUSPENDED = re.compile(
    r"(?<![\w-])(?P<first>[A-Za-z]+)-(?:,\s+(?P<second>[A-Za-z]+)-)?,?\s+(?:and|or|versus|vs\.?|to)\s+(?P<last>[A-Za-z]+)-(?P<tail>[a-z]{3,})\b"
)
_FIGURE = r"\d[\d.]*\s?%?(?:\s*\([^()]*\))?"
_ITEM = r"(?!(?:all|both|those|these|the\s+(?:two|three|four)|that)\b)[^\s,;:()%]+(?:\s+(?!and\b|or\b)[^\s,;:()%]+){0,4}"
_LISTED = re.compile(
    rf"{_FIGURE}(?P<more>(?:,\s+{_FIGURE})+),?\s+and\s+{_FIGURE}(?:\s+of\s+(?:the\s+)?(?:patients|those))?\s+(?:in|with|for|among|on|after)\s+(?:the\s+|patients\s+with\s+|those\s+with\s+)?"
    rf"(?P<items>{_ITEM}(?:,\s+{_ITEM})+,?\s+and\s+{_ITEM}?),?\s+respectively\b"
)
_DONE = frozenset("treated based containing naive exposed refractory resistant".split())
_NOUN = re.compile(r"\s+(?:arms?|groups?|cohorts?|patients|disease|strata|subgroups?)$")
_ELLIPTIC = re.compile(
    rf"(?P<lead>(?:with|had|carrying)\s+an?)\s+(?P<one>[A-Z][\w-]*\d[\w-]*)\s+and\s+(?:in\s+)?{_FIGURE}\s+(?:of|in|for|among)\s+(?:those|patients)\s+(?P=lead)\s+(?P<other>[A-Z][\w-]*\d[\w-]*)\s+"
    r"(?P<noun>mutation|deletion|fusion|rearrangement|variant|substitution)\b"
)
_ELLIPTIC_PLAIN = re.compile(
    rf"{_FIGURE}\s+(?P<lead>in|with|for|among)\s+(?P<one>[A-Z][\w-]*\d[\w-]*)\s+(?:and|vs\.?|versus|but)\s+{_FIGURE}\s+(?P=lead)\s+(?P<other>[A-Z][\w-]*\d[\w-]*)\s+"
    r"(?P<noun>mutation|deletion|fusion|rearrangement|variant|substitution)s?\b"
)
"""``65% in R1 and 45% in R2 mutation``."""


def coordinated_groups(text: str, groups: Sequence[Span], matchers: Matchers) -> list[Span]:
    """The groups of lists whose common part is said once; they take the place of others.

    Args:
        text: one sentence, its signs folded.
        groups: its groups that are named otherwise.
        matchers: lexicons of the review.
    """
    found: list[Span] = []
    for match in _SUSPENDED.finditer(text):
        if match["tail"] in _DONE or any(g.text == match["first"] for g in groups):
            continue  # "A- and B-treated patients" are told by their drugs
        names = [n for n in ("first", "second", "last") if match[n]]
        for name in names:
            end = match.end("tail") if name == "last" else match.end(name) + 1
            label = f"{match[name]}-{match['tail']}"
            ids = tuple(sorted(group_ids(label, matchers)))
            if any(s.isupper() for s in match[name]) or not ids:
                break
            found.append(Span("group", match.start(name), end, label, ids))
    for match in (*_ELLIPTIC.finditer(text), *_ELLIPTIC_PLAIN.finditer(text)):
        for side in ("one", "other"):
            label = f"{match[side]} {match['noun']}"
            end = match.end() if side == "other" else match.end(side)
            key = f"{match[side].lower()}-mutated" if match["noun"] == "mutation" else match[side].lower()
            found.append(Span("group", match.start(side), end, label, (key,)))
    for match in _LISTED.finditer(text):
        found += _items(match, groups, matchers)
    return found


def _items(match: re.Match[str], groups: Sequence[Span], matchers: Matchers) -> list[Span]:
    """A group for each item of a list that has as many figures; none where some are named and understood otherwise."""
    begin = match.start("items")
    items = list(
        re.finditer(
            r"[^\s,][^,]*?(?=,|\s+and\s|$)",
            re.sub(r",?\s+and\s+", lambda m: ",".ljust(len(m[0])), match["items"]),
        )
    )
    figures = 2 + len(re.findall(r"\d[\d.]*", re.sub(r"\([^()]*\)", "", match["more"])))
    if len(items) != figures:
        return []
    spans = [(begin + m.start(), begin + m.end(), m[0].strip()) for m in items]
    if all(any(g.start < b and a < g.end for g in groups) for a, b, _ in spans):
        return []
    found = []
    for start, end, item in spans:
        own = [g for g in groups if g.start < end and start < g.end]
        ids = own[0].ids if len(own) == 1 else tuple(sorted(group_ids(_NOUN.sub("", item), matchers)))
        if not ids:
            return []
        found.append(Span("group", start, end, item, ids))
    return found if len({f.ids for f in found}) == len(found) else []


_DEFINED_IN_BRACKETS = re.compile(
    r"\s*\((?:[A-Za-z][\w:/*-]*\s+){1,3}(?:[\u2264\u2265<>]=?|of\s+(?:at\s+least|at\s+most|less\s+than|more\s+than))\s*\d[\d.]*\s?%?[^()%\d]*(?:\d+[^()%\d]*)?\)"
)


def without_defining_brackets(spans: Sequence[Span], measures: Sequence[Span], text: str) -> list[Span]:
    """``an early molecular response (BCR::ABL1 <= 10% at week 12) was seen in 90%``: the spans without what defines the measure."""
    if "(" not in text:
        return list(spans)
    found = [m for s in measures if (m := _DEFINED_IN_BRACKETS.match(text, s.end))]
    return [
        s
        for s in spans
        if s.kind in {"time", "grade"} or not any(m.start() < s.start and s.end <= m.end() for m in found)
    ]
