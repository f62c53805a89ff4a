"""Which figure of a piece belongs to which measure, group and time point."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts_carry import Carry, Pair
from assistant.facts_groups import named_each
from assistant.facts_kinds import Kinds, of_class
from assistant.facts_measured import Measured
from assistant.facts_nearest import nearest_group
from assistant.facts_pieces import Piece
from assistant.facts_unmeasured import Unmeasured
from assistant.spans import Span
from assistant.vocabulary import Matchers


class Pairing:
    """Pairs figures.

    Args:
        kinds: tells which figures suit which measures.
        matchers: the review's lexicons.
    """

    def __init__(self, kinds: Kinds, matchers: Matchers) -> None:
        self.kinds = kinds
        self._measured = Measured(kinds, matchers)
        self._unmeasured = Unmeasured(kinds)

    def pair(
        self,
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: Carry,
    ) -> list[Pair]:
        """Each of ``values`` with what it belongs to; None and () where that is not certain."""
        if not values:
            return []
        if {m.ids for m in measures} == {("median_follow_up",)} and len({g.ids for g in groups}) > 1:
            groups = []  # one for all arms
        groups = named_each(groups, values)
        if not measures:
            return self._unmeasured.pair(values, groups, piece, text, carry)
        classes = sorted({self.kinds.measure_class(m) for m in measures})
        if len(classes) > 1:
            return self._by_class(classes, values, measures, groups, piece, text, carry)
        fitting = [v for v in values if self.kinds.fits(v, measures)]
        if any(v.unit == "amount" for v in fitting):  # "31 IU/dL in the 25 without them"
            fitting = [v for v in fitting if v.unit]
        rest = [v for v in values if v not in fitting]
        if len(fitting) > 1 and len(measures) == 1:
            shares = [v for v in fitting if v.unit == "%"]
            if (
                shares
                and len(shares) < len(fitting)
                and (not groups or len(shares) == len({g.ids for g in groups}))
            ):
                rest += [v for v in fitting if v not in shares]
                fitting = shares
        result: list[Pair] = [
            (v, None, tuple(groups) if len(groups) == 1 else nearest_group(v, groups), None) for v in rest
        ]
        return result + self._measured.pair(fitting, measures, groups, piece, text, carry)

    def _by_class(
        self,
        classes: Sequence[str],
        values: list[Span],
        measures: list[Span],
        groups: list[Span],
        piece: Piece,
        text: str,
        carry: Carry,
    ) -> list[Pair]:
        split: list[Pair] = []
        for name in classes:
            some = [m for m in measures if self.kinds.measure_class(m) == name]
            own = [v for v in values if self.kinds.fits(v, some) and of_class(v, name)]
            once = [m.ids for m in some] == [("median_follow_up",)]  # one for all arms
            split += self.pair(own, some, [] if once else groups, piece, text, Carry() if once else carry)
            values = [v for v in values if v not in own]
        return split + [(v, None, nearest_group(v, groups), None) for v in values]
