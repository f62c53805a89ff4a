"""Which figure of a piece belongs to which measure, group and time point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.carry import Carry, Clause, Pair
from assistant.facts.groups import named_each
from assistant.facts.kinds import Kinds, of_class
from assistant.facts.measured import Measured
from assistant.facts.nearest import nearest_group
from assistant.facts.unmeasured import Unmeasured
from assistant.spans.span import Span
from assistant.vocabulary.vocabulary import Matchers

_FOLLOW_UP = ("median_follow_up",)
"""One figure of it holds for all arms."""


class Pairing:
    """Pairs figures.

    Args:
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, kinds: Kinds, matchers: Matchers) -> None:
        self.kinds = kinds
        self._measured = Measured(kinds, matchers)
        self._unmeasured = Unmeasured(kinds, matchers)

    def pair(self, clause: Clause) -> list[Pair]:
        """Each figure of ``clause`` with what it belongs to; None and () where that is not certain."""
        values, measures, groups = clause.values, clause.measures, clause.groups
        if not values:
            return []
        if {m.ids for m in measures} == {_FOLLOW_UP} and len({g.ids for g in groups}) > 1:
            groups = ()
        groups = named_each(groups, values)
        clause = replace(clause, groups=groups)
        if not measures:
            return self._unmeasured.pair(clause)
        classes = sorted({self.kinds.measure_class(m) for m in measures})
        if len(classes) > 1:
            return self._by_class(classes, clause)
        fitting = self._fitting(clause)
        rest = [v for v in values if v not in fitting]
        pairs: list[Pair] = [
            (v, None, tuple(groups) if len(groups) == 1 else nearest_group(v, groups), None) for v in rest
        ]
        return pairs + self._measured.pair(replace(clause, values=fitting))

    def _fitting(self, clause: Clause) -> list[Span]:
        """The figures that may be the measures'; of shares and counts of one measure the shares."""
        fitting = [v for v in clause.values if self.kinds.fits(v, clause.measures)]
        if any(v.unit == "amount" for v in fitting):  # "31 IU/dL in the 25 without them"
            fitting = [v for v in fitting if v.unit]
        shares = [v for v in fitting if v.unit == "%"]
        apart = not clause.groups or len(shares) == len({g.ids for g in clause.groups})
        return shares if shares and len(clause.measures) == 1 and apart else fitting

    def _by_class(self, classes: Sequence[str], clause: Clause) -> list[Pair]:
        """Rates, ratios and lengths of time each with the measures of their class."""
        split: list[Pair] = []
        left = list(clause.values)
        for name in classes:
            some = [m for m in clause.measures if self.kinds.measure_class(m) == name]
            own = [v for v in left if self.kinds.fits(v, some) and of_class(v, name)]
            part = replace(clause, values=own, measures=some)
            if [m.ids for m in some] == [_FOLLOW_UP]:
                part = replace(part, groups=(), carry=Carry())
            split += self.pair(part)
            left = [v for v in left if v not in own]
        return split + [(v, None, nearest_group(v, clause.groups), None) for v in left]
