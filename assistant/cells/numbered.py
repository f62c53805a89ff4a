"""Arms called by how many agents they have: ``the triplet``, ``the doublet``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant import lazy_re as re
from assistant.text.text import fold

Arms = Mapping[str, frozenset[str]]

_NAMES = {2: "doublet", 3: "triplet", 4: "quadruplet"}
_JOINED = re.compile(r"-|/|\s*\+\s*|\s+(?:plus|and|with)\s+|,\s*(?:and\s+)?")
_AGENT = re.compile(r"(?!\w+(?:ed|ing|naive)$)[a-z]{5,}\d*", re.IGNORECASE)
"""A word that may be a drug; ``treated`` in ``drug-treated`` is none."""


_NOUN = re.compile(r"\s+(?:arms?|groups?|cohorts?)$")


def by_number(own: Arms, short: Mapping[str, str] | None = None) -> dict[str, frozenset[str]]:
    """The names of arms by their number of agents, each where one arm of several alone has so many.

    Args:
        own: label -> ids of a study's arms, the labels that its tables and prose have.
        short: short form -> meaning, as the review lists them; a short form of several drugs has their number.
    """
    most: dict[frozenset[str], int] = {}
    meanings = {form.lower(): meaning for form, meaning in (short or {}).items()}
    for label, ids in own.items():
        whole = meanings.get(_NOUN.sub("", label.lower().strip()), label)
        agents = _JOINED.split(fold(whole).strip())
        if all(_AGENT.fullmatch(a) for a in agents):
            most[ids] = max(most.get(ids, 0), len(agents))
    many: dict[int, set[frozenset[str]]] = {}
    for ids, n in most.items():
        many.setdefault(n, set()).add(ids)
    if len(set(own.values())) < 2 or any(name in own for name in _NAMES.values()):
        return {}
    return {name: next(iter(many[n])) for n, name in _NAMES.items() if len(many.get(n, ())) == 1}


def by_words(own: Arms, texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """``quadruplet`` and ``triplet`` for the two arms of a study whose sentences call them so, one having all that the other had.

    Args:
        own: label -> ids of a study's arms; ids that its tables and prose have.
        texts: the study's sentences.
    """
    arms = sorted({ids for ids in own.values() if len(ids) == 1}, key=sorted)
    if (
        len(set(own.values())) != len(arms)
        or len(arms) != len(_PAIR)
        or any(name in own for name in _NAMES.values())
    ):
        return {}
    said = {
        n
        for text in texts
        for n, name in _NAMES.items()
        if re.search(rf"\b{name}s?\b", fold(text), re.IGNORECASE)
    }
    if len(said) != len(_PAIR):
        return {}
    for more, less in (arms, arms[::-1]):
        if _has_all_of(next(iter(more)), next(iter(less))):
            return {_NAMES[max(said)]: more, _NAMES[min(said)]: less}
    return {}


_PAIR = ("the one", "the other")
_LETTERS = re.compile(r"[^a-z]")
_SHORTEST = 2


def _has_all_of(more: str, less: str) -> bool:
    """Whether an arm had all that another had, and more: ``with-a-bcd`` beside ``with-bcd``, ``with-a`` beside ``no-a``."""
    if more.startswith("no-"):
        return False
    if less.startswith("no-"):
        return more.removeprefix("with-") == less.removeprefix("no-")
    letters = [_LETTERS.sub("", a.removeprefix("with-").lower()) for a in (more, less)]
    rest = iter(letters[0])
    return _SHORTEST <= len(letters[1]) < len(letters[0]) and all(c in rest for c in letters[1])
