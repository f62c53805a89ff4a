"""Claims on one arm or part against all others, and on two measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import lazy_re as re
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.groups.reading import Ids
from assistant.judging.sides_claimed import asks_verdict, direction, halves, named_in
from assistant.judging.weighing import (
    STATISTICS,
    are_alike,
    better_end,
    is_asked,
    sizes_of,
    with_figures,
)
from assistant.lookup.lookup import asked_facts
from assistant.model import Fact
from assistant.question.reader import Ask, QuestionReader
from assistant.selection import grade_meets, percent_of, same_time
from assistant.text.text import fold, tokens

_SIDES = 2
_MOST = re.compile(
    r"\b(?:(?P<quality>best|worst)|highest|longest|greatest|largest|most|(?P<fewest>lowest|shortest|smallest|fewest|least))\b(?![- ]dose)",
    re.IGNORECASE,
)

_GENE = re.compile(r"(?=[^\d]*\d)(?P<gene>[a-z][a-z\d]{2,7})(?:-|-mut(?:ant|ated))?", re.IGNORECASE)


def most_of_arms(desk: Desk, ask: Ask) -> Draft | None:
    """``Did the top dose have the best PFS of the three?``: by the figures of all arms, or of all parts; None where one is lacking."""
    measures = [m for m in ask.measures if m not in STATISTICS]
    word = _MOST.search(ask.focus)
    if not asks_verdict(ask) or word is None or len(ask.studies) != 1 or len(measures) != 1 or ask.values:
        return None
    named = parts_named(desk, ask, ask.studies[0])
    if not named and len({ids for _, ids in ask.groups}) == 1:
        named = [ask.groups[0][1]]
    facts = [f for f in desk.selector.reported(ask.studies[0], measures[0]) if is_asked(ask, f)]
    own = next((f for f in facts if _is_of(f, named) and grade_meets(f.grade, ask.grade)), None)
    rest = _rivals(desk, own, facts) if own is not None else []
    if own is None or not rest:
        return None
    up = -1 if word["fewest"] or word[0].lower() == "worst" else 1
    up *= better_end(desk, own) if word["quality"] else 1
    sizes = [sizes_of((own, f)) for f in rest]
    if any(a is None or b is None for a, b in sizes):
        return None
    won = all((a or 0) * up > (b or 0) * up for a, b in sizes)
    return with_figures(desk, "Yes" if won else "No", [own, *rest])


def parts_named(desk: Desk, ask: Ask, study: str) -> list[Ids]:
    """The groups of a study that a question names, be it by their gene alone."""
    if named := named_in(desk, ask, study, fold(ask.focus)):
        return named
    said = {t.text.lower() for t in tokens(fold(ask.focus))}
    own = dict.fromkeys(g.ids for g in desk.own.of(study))
    return [ids for ids in own if (genes := _genes(ids)) and genes <= said]


def _is_of(fact: Fact, named: Sequence[Ids]) -> bool:
    """Whether a figure is of the one part named, be it by the gene alone: ``X1-`` for ``patients with X1 mutations``."""
    if len(named) == 1 and fact.group == named[0]:
        return True
    genes = {_genes(ids) for ids in named}
    return len(genes) == 1 and bool(*genes) and _genes(fact.group) in genes


def _genes(ids: Ids) -> Ids:
    """The ids that mix letters and digits as names of genes do."""
    return frozenset(m["gene"] for i in ids if (m := _GENE.fullmatch(i)))


def _rivals(desk: Desk, own: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The like figure of each other arm, or of all other parts that are told beside a part; none where one is lacking."""
    arms = [a.ids for a in desk.own.arms(own.study)]
    if own.group not in arms:
        return [
            f
            for f in facts
            if f.passage == own.passage and f.group and not f.group & own.group and are_alike(own, f)
        ]
    others = [
        next((f for f in facts if f.group == ids and are_alike(own, f)), None)
        for ids in arms
        if ids != own.group
    ]
    rest = [f for f in others if f is not None]
    return rest if len(rest) == len(others) else []


def two_measures(desk: Desk, reader: QuestionReader, ask: Ask) -> Draft | None:
    """``Was severe CRS rarer than mild GvHD?``: by the one figure of each measure, in the grade that is asked of it; else None."""
    split = halves(fold(ask.focus))
    if split is None or len(ask.studies) != 1 or len(ask.measures) != _SIDES or ask.groups or ask.values:
        return None
    way = direction(ask, split[0])
    if way is None or way.by_quality or not asks_verdict(ask):
        return None
    sides = [reader.read(half) for half in split]
    if [s.measures for s in sides] != [(m,) for m in ask.measures]:
        return None
    found = [
        asked_facts(desk, replace(s, studies=ask.studies, times=s.times or ask.times, groups=()))
        for s in sides
    ]
    if any(len({(f.value, f.grade, f.time_point) for f in facts}) != 1 for facts in found):
        return None
    first, second = (facts[0] for facts in found)
    shares = [percent_of(f, desk.selector.total(f.study)) for f in (first, second)]
    if None in shares or not same_time(first.time_point, second.time_point):
        return None
    a, b = shares[0] or 0.0, shares[1] or 0.0
    return with_figures(desk, "Yes" if (a > b) - (a < b) == way.sign else "No", [first, second])
