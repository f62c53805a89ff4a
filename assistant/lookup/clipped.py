"""Arms called by the clipped names of their drugs: ``alpha-beta`` or ``alpha/beta`` of alphamab plus betanib."""

from __future__ import annotations

from itertools import pairwise

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask
from assistant.text.text import fold

Group = tuple[str, frozenset[str]]

_PIECE = r"[a-z]{3,}"
_JOIN = r"(?:\s?[-/+&\u2013]\s?|\s(?:plus|and|with)\s)"
_ROW = re.compile(rf"(?<![\w-]){_PIECE}(?:{_JOIN}{_PIECE})+(?![\w])", re.IGNORECASE)
"""Words joined as the drugs of a regimen are."""
_AS_ARM = re.compile(
    r"\0\s+(?:arm|group|controls?|recipients|alone|only|itself|patients)\b|\b(?:vs\.?|versus|against|than|alone)\W+(?:with\s+)?\0"
    r"|\0\s+(?:vs\.?|versus|against|compared)\b",
    re.IGNORECASE,
)
"""Makes an arm of what stands at the zero."""
_LETTERS = 3
"""Letters that a name is clipped to at least."""


def is_clipped(piece: str, drug: str) -> bool:
    """Whether a word is a drug's name or its first letters."""
    return drug.startswith(piece.lower()) and len(piece) >= _LETTERS


def by_clipped(desk: Desk, ask: Ask, study: str) -> list[Group]:
    """The arms that a question calls by the beginnings of the names of the drugs that they had, and no other arm had all of."""
    given = desk.own.given(study)
    if not given:
        return []
    drugs = {d for own in given.values() for d in own}
    shared = frozenset.intersection(*given.values())
    found: list[Group] = []
    focus = fold(ask.focus)
    for row in _ROW.finditer(focus):
        for text, pieces in _runs(row[0]):
            meant = [[d for d in drugs if is_clipped(p, d)] for p in pieces]
            if not all(len(m) == 1 for m in meant):
                continue
            named = {m[0] for m in meant}
            exact = [ids for ids, own in given.items() if own == named]
            holding = exact or [ids for ids, own in given.items() if named <= own]
            if named <= shared and not _AS_ARM.search(focus.replace(text, "\0")):
                continue  # what all had, be it with something else or not
            if len(named) > 1 and len(holding) == 1:
                found.append((text, holding[0]))
                break
    return list(dict.fromkeys(found))


def _runs(row: str) -> list[tuple[str, list[str]]]:
    """The stretches of two words and more of a row, with their words, the longest first."""
    words = list(re.finditer(_PIECE, row, re.IGNORECASE))
    words = [w for w in words if w[0].lower() not in {"plus", "and", "with"}]
    spans = [(a, b) for a in range(len(words)) for b in range(a + 2, len(words) + 1)]
    spans.sort(key=lambda s: s[0] - s[1])
    return [
        (row[words[a].start() : words[b - 1].end()], [w[0] for w in words[a:b]])
        for a, b in spans
        if all(re.fullmatch(_JOIN, row[x.end() : y.start()], re.IGNORECASE) for x, y in pairwise(words[a:b]))
    ]


def with_clipped(desk: Desk, ask: Ask, study: str, named: list[Group]) -> list[Group]:
    """The groups named, arms called by clipped names in the place of the words that were read in these."""
    found = by_clipped(desk, ask, study)
    if not found:
        return named
    focus = fold(ask.focus).lower()
    places = {g: focus.find(g[0].lower()) for g in found}
    for text, _ in found:
        focus = focus.replace(text.lower(), "\0" * len(text))
    called = " ".join(text for text, _ in found).lower()
    arms = {ids for _, ids in found}
    for label, ids in named:
        said = label.lower().removeprefix("not ")
        if ids not in arms and (said in focus or said not in called):
            places[label, ids] = focus.find(said) if said in focus else len(focus)
    return sorted(places, key=lambda g: places[g])
