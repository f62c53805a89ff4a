"""Arms called by how many agents they have: ``the triplet``, ``the doublet``."""

from __future__ import annotations

from collections.abc import Mapping

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
