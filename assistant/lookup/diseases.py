"""Leukaemia and lymphoma as parts of one study, which its figures call by their short forms."""

from __future__ import annotations

from itertools import pairwise

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.question.reader import Ask

_KINDS = {
    "leukaemia": frozenset("all aml apl cll cml cmml jmml lgl mpal".split()),
    "lymphoma": frozenset("lbl bl chl ctcl dlbcl fl hl lpl mcl mzl nhl ptcl".split()),
}
"""The short forms of the diseases of each kind; a prefix (``T-``) may stand before them."""
_NAMED = re.compile(r"\b(leuk[a]?emias?|leuk[a]?emic|lymphomas?)\b", re.IGNORECASE)
_SET_ASIDE = re.compile(
    r"\b(?:not|rather than|instead of|as opposed to|excluding|except|without|minus|nor)\s+(?:the\s+|any\s+)?(?:[\w-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never)|n't)\s+(?:have|having|had|be|suffer from)\s+(?:the\s+|any\s+|a\s+)?$", re.IGNORECASE
)
_JOINED = re.compile(r"\W{0,3}")


def by_disease(desk: Desk, ask: Ask, study: str) -> list[tuple[str, frozenset[str]]]:
    """(wording, ids) of the study's part with leukaemia, or with lymphoma, where the question tells one.

    None where the study is not parted so; nor does ``leukaemia/lymphoma`` part it.
    """
    parts = {kind: ids for kind in _KINDS for ids in _parts(desk, study, kind)}
    if len(parts) < 2:
        return []
    named = list(_NAMED.finditer(ask.focus))
    paired = {
        i
        for a, b in pairwise(named)
        if _JOINED.fullmatch(ask.focus[a.end() : b.start()])
        for i in (a.start(), b.start())
    }
    found: dict[frozenset[str], str] = {}
    for match in named:
        kind = "lymphoma" if match[1].lower().startswith("lymph") else "leukaemia"
        before = ask.focus[: match.start()]
        if match.start() in paired or re.search(r"-\s*$", before):
            continue
        if _DENIED.search(before):
            other = next(k for k in _KINDS if k != kind)
            found.setdefault(parts[other], f"no {match[1]}")
        elif not _SET_ASIDE.search(before):
            found.setdefault(parts[kind], match[1])
    return [(label, ids) for ids, label in found.items()]


def parted_by_disease(desk: Desk, study: str) -> set[frozenset[str]]:
    """The parts of a study that are told by the kind of disease, which nobody assigned to them."""
    return {ids for kind in _KINDS for ids in _parts(desk, study, kind)}


def _parts(desk: Desk, study: str, kind: str) -> list[frozenset[str]]:
    """The groups of a study that the short form of a disease of this kind names."""
    groups = dict.fromkeys(f.group for f in desk.selector.facts(study, "n_patients"))
    return [g for g in groups if len(g) == 1 and _KINDS[kind] & set(next(iter(g)).split("-"))][:1]
