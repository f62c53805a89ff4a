"""Everything the reader of facts works with: figures, measures, groups, time points, grades and cycles of a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant import lazy_re as re
from assistant.spans.bounds import age_groups, bounded_groups, line_groups, share_groups
from assistant.spans.compared import compared_groups
from assistant.spans.coordinated import coordinated_groups, without_defining_brackets
from assistant.spans.described import (
    counted_groups,
    described_groups,
    heading_groups,
    overall_groups,
    state_groups,
    told_in_heading,
)
from assistant.spans.genes import bare_states, gene_groups
from assistant.spans.labels import doses_of_arms, labelled_groups, named_arms
from assistant.spans.measures import joined, named_measures, settled
from assistant.spans.numbers import numbers
from assistant.spans.opposite import mutated, negated, opposed_groups, unmutated
from assistant.spans.paired import by_vocabulary, did_groups, paired_groups
from assistant.spans.populations import known_groups
from assistant.spans.prior import prior_groups
from assistant.spans.relative import of_named_arm, of_people_on, only_group, relative_groups
from assistant.spans.said import reached_counts
from assistant.spans.span import Span, apart
from assistant.spans.survival import outcomes_as_groups
from assistant.text.text import fold, tokens
from assistant.vocabulary.vocabulary import Matchers

Arms = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Found:
    """What was found in a text; where two things share a place one of them gives way."""

    figures: list[Span]
    """Values, time points, grades, cycles and whatever else numbers tell."""
    measures: list[Span]
    groups: list[Span]

    def regroup(self, groups: Sequence[Span]) -> None:
        """Groups that take the place of others."""
        self.groups = [*apart(self.groups, groups), *groups]

    def cover(self, groups: Sequence[Span]) -> None:
        """Groups that nothing else is found within."""
        self.figures, self.measures = apart(self.figures, groups), apart(self.measures, groups)
        self.regroup(groups)


def scan(text: str, matchers: Matchers, arms: Arms | None = None) -> list[Span]:
    """What stands in a text, in order of place.

    Args:
        text: one sentence or table cell.
        matchers: lexicons of the review.
        arms: labels of the study's own arms and subgroups, with their ids.
    """
    arms = arms or {}
    text = fold(text)
    words = tokens(text)
    spots = [(words[m.start].start, words[m.end - 1].end, m.ids) for m in matchers.measures.find(words)]
    names = [Span("measure", start, end, text[start:end], ids) for start, end, ids in spots]
    named, known = named_arms(text, arms), known_groups(text, words, matchers)
    bounded = [*bounded_groups(text), *share_groups(text), *line_groups(text)]
    over = [*named, *bounded, *(k for k in known if " " in k.text and k.text[-1:].isdigit())]
    doses, ages, figures = _told_by_figures(text, over, names, arms)
    named, known, described, states, paired = _told_in_words(
        text, named, known, [*ages, *bounded], matchers, arms
    )
    reached = reached_counts(text)
    measures = named_measures(text, apart(names, figures), reached, states)
    outcomes = outcomes_as_groups(measures, text)
    measures = apart(measures, outcomes)
    groups = [*named, *doses, *ages, *bounded, *known, *described, *overall_groups(text), *paired, *outcomes]
    groups += labelled_groups(text, measures, matchers)
    own = {tuple(sorted(ids)) for ids in arms.values()}
    groups = _one_a_place(groups, [g for g in named if g.ids in own], figures)
    figures = [s for s in figures if not any(s.within(r) for r in reached)]
    figures = without_defining_brackets(figures, measures, text)
    groups = without_defining_brackets(groups, measures, text)
    found = _Found(figures, measures, _without_parts(groups, measures, text))
    return _completed(found, text, own, matchers)


def _told_by_figures(
    text: str, over: Sequence[Span], names: Sequence[Span], arms: Arms
) -> tuple[list[Span], list[Span], list[Span]]:
    """Groups told by a dose, groups told by an age, and the figures that are left.

    Figures within ``over`` are none of their own, nor is one that is part of a name: ``60-day mortality``.
    """
    figures = [s for s in numbers(text) if not any(s.within(g) for g in over)]
    doses, figures = doses_of_arms(age_groups(figures, text), arms)
    ages = [s for s in figures if s.kind == "group"]
    parts = {s for s in figures for n in names if s.within(n) and s.end - s.start < n.end - n.start}
    return doses, ages, [s for s in figures if s.kind != "group" and s not in parts]


def _told_in_words(
    text: str,
    named: Sequence[Span],
    known: Sequence[Span],
    bounded: Sequence[Span],
    matchers: Matchers,
    arms: Arms,
) -> tuple[list[Span], list[Span], list[Span], list[Span], list[Span]]:
    """The arms and known groups that are left, those described, those told by a state alone, and those told in pairs.

    The state of a gene takes the place of the gene, and of ``wild-type`` beside it.
    """
    described = apart(described_groups(text), [*named, *known])
    genes = gene_groups(text, matchers)
    genes += bare_states(text, genes, arms, matchers)
    genes = [
        g
        for g in genes
        if all(k.within(g) for k in (*named, *known) if k.meets(g))
        and not any((k.start, k.end) == (g.start, g.end) for k in named)
    ]
    named, known = apart(named, genes), apart(known, genes)
    described = [*apart(described, genes), *genes]
    paired = [by_vocabulary(p, matchers) for p in paired_groups(text)]
    states = apart(state_groups(text), [*named, *known, *described, *paired, *bounded])
    return named, known, apart([*described, *states], paired), states, paired


def _one_a_place(groups: Sequence[Span], arms: Sequence[Span], figures: Sequence[Span]) -> list[Span]:
    """Of groups in one place the arm, else the longest; none where a figure stands."""
    kept: list[Span] = []
    for group in sorted(groups, key=lambda g: (g not in arms, g.start - g.end, g.start)):
        if not any(group.meets(k) for k in kept) and not any(group.meets(f) for f in figures):
            kept.append(group)
    return kept


def _without_parts(groups: Sequence[Span], measures: Sequence[Span], text: str) -> list[Span]:
    """The groups that are no part of a relapse, nor the carriers of what the next group names."""
    relapses = [m for m in measures if m.ids == ("relapse",)]
    kept = [g for g in groups if not any(g.within(m) for m in relapses)]
    return [g for g in kept if g.ids != ("carriers",) or not _carried(g, kept, text)]


def _carried(group: Span, groups: Sequence[Span], text: str) -> bool:
    """``carriers of a mutation`` are named by what they carry."""
    return any(re.fullmatch(r"\s+of\s+(?:an?\s+|the\s+)?", text[group.end : g.start]) for g in groups)


def _completed(found: _Found, text: str, arms: Collection[tuple[str, ...]], matchers: Matchers) -> list[Span]:
    """Everything, with the groups that only clauses tell, and each with what negates it."""
    if heading := told_in_heading(text, [*found.figures, *found.measures], found.groups):
        found.cover([heading])
    found.cover(coordinated_groups(text, found.groups, matchers))
    found.regroup(prior_groups(text, found.groups, arms))
    found.groups = of_people_on(text, found.groups, arms)
    told = relative_groups(text, [*found.figures, *found.measures], found.groups, matchers)
    found.cover([of_named_arm(g, arms) for g in told])
    found.cover(compared_groups(text, found.groups, arms))
    found.groups += did_groups(text, found.groups)
    found.regroup(opposed_groups(text, found.groups))
    found.groups += heading_groups(text, [*found.groups, *found.figures])
    found.groups += counted_groups(text, [*found.groups, *found.measures])
    groups = [negated(g, text, arms, matchers) for g in found.groups]
    of_gene = mutated(groups, text)
    groups = [g for g in groups if not any(g.start == m.start for m in of_gene)] + of_gene
    both = settled(joined(found.measures, text), [*groups, *unmutated(groups, text)])
    measures = [s for s in both if s.kind == "measure"]
    both = [s for s in both if s.kind != "measure" or not only_group(s, measures, text)]
    return sorted([*found.figures, *both], key=lambda s: (s.start, s.end))
