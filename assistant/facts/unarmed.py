"""Figures set against each other that need not be those of the study's arms, though as many as arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import lazy_re as re
from assistant.model import Fact
from assistant.spans.span import Span

_THAN = re.compile(
    r"\b(?:less|more|fewer|worse|better|inferior|superior|[a-z]{3,}er)\b[^;:()]*?\bthan\s+"
    r"(?P<what>(?!(?:half|twice|expected|before|previously|reported|one|two|the\s+half)\b)[^;:(),\d][^;:(),]*|\d[\d.]*\s?(?:mg|\u00b5g|g|IU|Gy|mL)[^;:(),]*?)\s*$",
    re.IGNORECASE,
)
"""``melphalan 100 mg/m2 gave less NRM than 140 mg/m2 (19% vs. 27%)``: what stands behind ``than`` is what is compared."""
_SAYS_ARM = re.compile(
    r"\b(?:other|others|latter|former|control|controls|comparator|placebo|standard|either|arm|arms|group|groups|alone|it|did|so)\b",
    re.IGNORECASE,
)
_UNMOVED = re.compile(
    r"\b(?:did|does|do|had|have)\s+not\s+(?:\w+ly\s+)?(?:affect|influence|impair|compromise|change|alter|matter)\b"
    r"|\b(?:no|little)\s+(?:\w+\s+)?(?:effect|impact|influence|bearing)\s+on\b|\b(?:regardless|irrespective)\s+of\b|\b(?:according\s+to|stratified\s+by)\b",
    re.IGNORECASE,
)
"""``Prophylaxis did not affect response (46% vs. 43%)``: of those who had it, and the others."""


def own_contrast(begin: int, end: int, groups: Sequence[Span], arms: Sequence[Span], text: str) -> bool:
    """Whether ``text[begin:end]``, which leads to figures, sets against each other what are no arms.

    Args:
        begin: where the clause begins.
        end: where its figures, or the bracket with them, begin.
        groups: those that the sentence names.
        arms: the study's arms.
        text: the sentence.
    """
    own = {a.ids for a in arms}
    armed = [g for g in groups if g.ids in own and begin <= g.start < end]
    lead = text[begin:end].rstrip(" ([:,")
    if match := _THAN.search(lead):
        start, stop = (begin + k for k in match.span("what"))
        named = any(start <= g.start < stop for g in armed) or _names(match["what"], arms)
        return not named and not _SAYS_ARM.search(match["what"])
    return bool(_UNMOVED.search(lead)) and not armed


def _names(what: str, arms: Sequence[Span]) -> bool:
    """Whether a word is that of an arm's label: ``siblings above 60`` of ``older sibling donor``."""
    told = {w[:_STEM] for w in re.findall(r"[a-z]{4,}", what.lower())}
    return any(w[:_STEM] in told for a in arms for w in re.findall(r"[a-z]{4,}", a.text.lower()))


_STEM = 6
_WITHOUT_IT = re.compile(
    r"^[^,(]{0,40}?\b(?:without|off|before|prior\s+to)\s+(?:it|them|this|that)\b", re.IGNORECASE
)
"""``0.6 per patient-year compared with 1.3 per patient-year without it``: of those who had a thing, and the others."""


def split_otherwise(facts: Sequence[Fact], sizes: Mapping[int, frozenset[str]], text: str) -> list[Fact]:
    """``50% (10/20) vs. 70% (28/40)`` where the arms are of 30 and 30: as many in all, but other groups than the arms.

    So are those of whom more are counted than an arm has, and those with a thing and without it. The facts without the
    arms of such figures, where the text does not name them.
    """
    size_of = {ids: max(n for n, of in sizes.items() if of == ids) for ids in sizes.values()}
    lowered = text.lower()
    wrong: set[tuple[str, str, str]] = set()
    without: set[int] = set()
    for first, second in pairwise(sorted(facts, key=lambda f: f.start)):
        pair = (first, second)
        if (
            first.attribute != second.attribute
            or first.group == second.group
            or not all(f.group for f in pair)
        ):
            continue
        begin = lowered.rfind(";", 0, first.start) + 1
        armed = any(f.group_label.lower() in lowered[begin:] for f in pair)
        if not armed and _WITHOUT_IT.search(text[second.end :].partition(";")[0]):
            without |= {first.start, second.start}
        if any(f.group_label.lower() in lowered or f.group not in size_of for f in pair):
            continue
        if not first.total or not second.total:
            continue
        told, known = [f.total or 0 for f in pair], [size_of[f.group] for f in pair]
        too_many = any(t > k for t, k in zip(told, known, strict=True))
        if too_many or (sum(told) == sum(known) and told != known):
            wrong.add(_key(first))
    return [
        replace(f, attribute="", group=frozenset(), group_label="")
        if f.start in without or (_key(f) in wrong and f.group in size_of)
        else f
        for f in facts
    ]


def _key(fact: Fact) -> tuple[str, str, str]:
    return fact.attribute, fact.time_point, fact.grade
