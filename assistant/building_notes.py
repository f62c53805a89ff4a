"""Marks in a table's heads that point to its note: ``Responsea`` with ``a At day 28`` below."""

from __future__ import annotations

from dataclasses import replace

from assistant import lazy_re as re
from assistant.building import Building
from assistant.model import Fact
from assistant.spans_scan import scan
from assistant.text import fold, tokens

_NOTED = re.compile(
    r"(?:^|[.;]\s+)(?P<mark>[a-h](?=\)?\s)|[*†‡§¶#]+)\)?\s*(?=[A-Z≥≤<>\d])"
    r"(?P<text>.*?)(?=[.;]\s+(?:[a-h]\)?\s|[*†‡§¶#])|$)"
)
_OF_WHOM = re.compile(
    r"\s*(?:among|in|of|only|for)\b.{0,24}\b(?:patients|carriers|those|participants)\b", re.IGNORECASE
)
_MARKED = re.compile(r"(?P<head>.*\S)(?P<mark>[a-h]|[*†‡§¶#]+)\s*")


def noted(note: str) -> dict[str, str]:
    """Mark -> what the note says of it."""
    return {m["mark"]: m["text"].strip(" .") for m in _NOTED.finditer(note)}


def without_mark(head: str, note: str, building: Building) -> tuple[str, str]:
    """A head without its mark, and what the note says of it; the head as it stands and "" where it has none.

    A letter is a mark only where the head is known without it, and not with it.
    """
    match = _MARKED.fullmatch(head)
    told = noted(fold(note)).get(match["mark"], "") if match else ""
    if match is None or not told:
        return head, ""
    bare = match["head"].rstrip()
    if match["mark"].isalpha() and (_is_known(head, building) or not _is_known(bare, building)):
        return head, ""
    return bare, told


def qualified(fact: Fact, told: str, building: Building) -> Fact:
    """The fact at the one time point and of the one grade that its head's note gives, where it has none."""
    if fact.attribute not in building.reader.vocabulary.measures or not told:
        return fact
    spans = scan(fold(told), building.reader.matchers)
    times = {s.ids[0] for s in spans if s.kind == "time" and s.ids}
    times |= {s.ids[0] for s in spans if s.kind == "value" and s.ids}
    grades = {s.ids[0] for s in spans if s.kind == "grade"}
    time = fact.time_point or (next(iter(times)) if len(times) == 1 else "")
    grade = fact.grade or (next(iter(grades)) if len(grades) == 1 else "")
    groups = [s for s in spans if s.kind == "group"] if _OF_WHOM.match(told) else []
    if len(groups) == 1:
        fact = replace(
            fact,
            group=fact.group | frozenset(groups[0].ids),
            group_label=" ".join(filter(None, (groups[0].text, fact.group_label))),
        )
    return replace(fact, time_point=time, grade=grade)


def _is_known(head: str, building: Building) -> bool:
    """Whether the last word of a head, or all of it, is a term."""
    words = tokens(head)
    matchers = building.reader.matchers
    found = (m for lexicon in (matchers.row_heads, matchers.measures) for m in lexicon.find(words))
    return any(m.end == len(words) for m in found)
