"""Figures that the reader left without a measure, given the place of the review's own figure where the words name just it.

A figure is tried with each place that the review gives it at. The place is taken only if there is one alone, the
statement names its measure, time, group, grade and cycle, and names no other of these for that figure: where a
statement has several, those before (or those behind) each figure must be its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import prod

from assistant.check.known import KnownFigures
from assistant.check.values import agrees
from assistant.model import Fact
from assistant.selection import same_time
from assistant.spans.opposite import opposite
from assistant.spans.span import Span

_OTHERS = re.compile(
    r"\b(?:the (?:others?|rest|remaining patients|remainder)|(?:those|patients|ones) (?:without(?: it)?|who (?:did|were|had|have) not))"
    r"(?=\s*(?:[,.;:()]|\d|$|had|was|were|it was))",
    re.IGNORECASE,
)
"""Means those outside the group named before."""
_STATISTICS = frozenset({"p_value", "CI", "HR", "OR", "RR"})
_KINDS = ("measure", "time", "group", "grade", "cycle")

_LINKED = re.compile(
    r"[\s,(]*(?:in|of|among|for|from|with)\s+(?:(?:all|the|these|those|our)\s+)*", re.IGNORECASE
)
_OWN = re.compile(
    r"[^,;.()]{0,60}?\b(?:all\s+patients|had\s+an?|received|underwent|got|needed|required|went)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()]|\b(?:and|but|while|whereas|with)\b", re.IGNORECASE)
_MOST = 64
"""Combinations of places that are tried."""

Part = frozenset[str]


class Placer:
    """Gives figures of statements the places that they have in one review.

    Args:
        known: the review's figures.
    """

    def __init__(self, known: KnownFigures) -> None:
        self.known = known

    def placed(self, facts: Sequence[Fact], spans: Sequence[Span], text: str, study: str) -> list[Fact]:
        """The facts, those without a measure placed if all of them can be.

        Args:
            facts: as read from a statement.
            spans: everything found in it.
            text: the statement.
            study: the study meant.
        """
        loose = [f for f in facts if not f.attribute and f.unit]
        settled = [f for f in facts if f.attribute and f.attribute not in _STATISTICS]
        if not loose or any(f.start > loose[0].start for f in settled):
            return list(facts)
        begin = max((f.end for f in settled), default=0)
        return self._fitted(facts, loose, [s for s in spans if s.start >= begin], text, study) or list(facts)

    def aligned(
        self, facts: Sequence[Fact], spans: Sequence[Span], text: str, study: str
    ) -> list[Fact] | None:
        """All figures placed anew, whatever the reader of facts made of them; None where that is not possible."""
        figures = [f for f in facts if f.attribute not in _STATISTICS]
        if not figures or any(not f.unit for f in figures) or any(s.kind == "threshold" for s in spans):
            return None
        if any(
            _LINKED.fullmatch(text, a.end, b.start) and b.unit == "patients" for a, b in pairwise(figures)
        ):
            return None  # whom the count is of, the figure before it is of, too
        return self._fitted(facts, figures, spans, text, study)

    def _fitted(
        self, facts: Sequence[Fact], wanted: Sequence[Fact], spans: Sequence[Span], text: str, study: str
    ) -> list[Fact] | None:
        """The facts, those wanted at the first places of the review that the statement names."""
        if any(not f.attribute and _OWN.match(text, f.end) for f in facts):
            return None
        named = [s for s in (*spans, *self._others(spans, text)) if _kind(s)]
        named = [s for s in named if not any(f.start <= s.start < f.end for f in wanted)]
        places = [self._places(f, study) for f in wanted]
        if prod(len(p) for p in places) > _MOST:
            return None
        for chosen in product(*places):
            pairs = list(zip(wanted, chosen, strict=True))
            if self._counts_others(chosen, study):
                continue
            told = [self._told(kind, pairs, named, text, study) for kind in _KINDS]
            groups = told[_KINDS.index("group")]
            if groups is None or None in told:
                continue
            moved = {id(f): _moved(f, p, g) for (f, p), g in zip(pairs, groups, strict=True)}
            return [moved.get(id(f), f) for f in facts]
        return None

    def _counts_others(self, chosen: Sequence[Fact], study: str) -> bool:
        """``The 12 transplanted patients had an OS of 34%``: who is counted is who all other figures are of."""
        everyone = self.known.everyone(study)
        counted = [f.group - everyone for f in chosen if f.attribute == "n_patients"]
        told = [f.group - everyone for f in chosen if f.attribute != "n_patients"]
        return any(a and not a <= b for a in counted for b in told)

    def _others(self, spans: Sequence[Span], text: str) -> list[Span]:
        """``the others``, ``those without``: who is not of the only group named before."""
        found = []
        for match in _OTHERS.finditer(text):
            before = {s.ids: s for s in spans if s.kind == "group" and s.end <= match.start()}
            if len(before) == 1:
                (ids, group), *_ = before.items()
                outside = opposite(ids, group.text, self.known.review.reader.matchers)
                found.append(Span("group", match.start(), match.end(), match[0], outside))
        return found

    def _places(self, said: Fact, study: str) -> list[Fact]:
        """The places that the review gives a figure of a study at."""
        found: dict[tuple[object, ...], Fact] = {}
        for fact in self.known.facts(study):
            if fact.attribute in _STATISTICS:
                continue
            size = self.known.size(study, fact.group)
            if said.unit == "patients" and fact.n != said.n:
                continue  # a count that is only computed
            if agrees(replace(said, attribute=fact.attribute), fact, size):
                group = fact.group - self.known.everyone(study)
                found.setdefault((fact.attribute, fact.time_point, group, fact.grade, fact.cycle), fact)
        return list(found.values())

    def _told(
        self, kind: str, pairs: Sequence[tuple[Fact, Fact]], named: Sequence[Span], text: str, study: str
    ) -> list[Part] | None:
        """What the statement names of one kind for each figure; None where it is not just what belongs there."""
        everyone = self.known.everyone(study)
        own = [s for s in named if _kind(s) == kind and not (kind == "group" and set(s.ids) <= everyone)]
        wanted = [_part(kind, place, everyone) for _, place in pairs]
        if len(set(wanted)) == 1 and (not own or _one(own) or not wanted[0]):
            told = all(_same(kind, s, wanted[0]) for s in own) and bool(own) == bool(wanted[0])
            return [_union(own)] * len(pairs) if told else None
        places = [(f.start, f.end) for f, _ in pairs]
        ahead = _in_turn(kind, wanted, places, own, text, ahead=True)
        return ahead if ahead is not None else _in_turn(kind, wanted, places, own, text, ahead=False)


def _one(spans: Sequence[Span]) -> bool:
    """Whether spans stand in one place, so that they may be of all figures, or all name the same."""
    return len({s.ids for s in spans}) == 1


def _union(spans: Sequence[Span]) -> Part:
    return frozenset(i for s in spans for i in s.ids)


def _in_turn(
    kind: str,
    wanted: Sequence[Part],
    places: Sequence[tuple[int, int]],
    spans: Sequence[Span],
    text: str,
    *,
    ahead: bool,
) -> list[Part] | None:
    """What is named before each figure (``ahead``), or behind it, if it is just what belongs to it."""
    found = []
    for i, part in enumerate(wanted):
        if ahead:
            low, high = places[i - 1][1] if i else 0, places[i][0]
        else:
            low, high = places[i][1], places[i + 1][0] if i + 1 < len(places) else 10**9
        own = [s for s in spans if low <= s.start < high]
        if bool(own) != bool(part) or not all(_same(kind, s, part) for s in own):
            return None
        if frozenset() in wanted and any(_apart(s, places[i], text) for s in own):
            return None
        found.append(_union(own))
    inside = places[-1][0] if ahead else places[0][1]
    return None if any((s.start >= inside) == ahead for s in spans) else found


def _apart(span: Span, place: tuple[int, int], text: str) -> bool:
    """Whether a span and a figure stand in two clauses, so that another figure may be meant."""
    between = text[span.end : place[0]] if span.end <= place[0] else text[place[1] : span.start]
    return bool(_CLAUSE.search(between))


def _kind(span: Span) -> str:
    if span.kind == "value":
        return "time" if span.ids else ""
    return span.kind if span.kind in _KINDS and span.ids and span.ids[0] not in _STATISTICS else ""


def _part(kind: str, fact: Fact, everyone: frozenset[str]) -> Part:
    if kind == "measure":
        return frozenset() if fact.attribute == "n_patients" else frozenset({fact.attribute})
    if kind == "group":
        return fact.group - everyone
    told = {"time": fact.time_point, "grade": fact.grade, "cycle": fact.cycle}[kind]
    return frozenset({told} if told else ())


def _same(kind: str, span: Span, part: Part) -> bool:
    """Whether a span names a part of a place, and nothing else."""
    if kind == "time":
        return any(same_time(span.ids[0], t) for t in part)
    if kind == "group":
        return bool(part) and set(span.ids) <= part
    return bool(set(span.ids) & part)


def _moved(said: Fact, known: Fact, group: Part) -> Fact:
    return replace(
        said,
        attribute=known.attribute,
        time_point=known.time_point,
        group=group,
        grade=known.grade,
        cycle=known.cycle,
    )
