"""Figures of a piece that names no measure: those of a measure named before it, and those that count patients."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import lazy_re as re
from assistant.facts_carry import Carry, Pair, in_turn
from assistant.facts_kinds import RATE_UNITS, Kinds
from assistant.facts_nearest import counted_group, nearest_group, time_for
from assistant.facts_pieces import GIVEN, MEDIAN_OF, OWN_SUBJECT, Piece
from assistant.facts_series import all_linked, set_against
from assistant.spans import TIME_UNITS, Span

_THE_RATES = re.compile(
    r"\b(?:they|these|both)\s+(?:were|was|had\s+(?:fallen|risen|dropped)\s+to)\b"
    r"|\bit\s+(?:was|increased|rose|fell|declined|decreased|dropped)\b|\b(?:the|its|their)\s+(?:corresponding\s+|respective\s+)?(?:rates?|figures|proportions|percentages|values|numbers)\b",
    re.IGNORECASE,
)
_AS_AGAINST = re.compile(
    r"\W*(?:and\s+)?(?:(?:as\s+)?(?:against|compared\s+(?:with|to)|opposed\s+to)|versus|vs\.?)\s",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"\s*(?:patients?|subjects?|cases?)?\s*(?:\([^()]*\)\s*)?(?:on|in|with|from|given|receiving)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:was|were|had|have|has|received|receiving|underwent|experienced|developed|required|completed|were|died|is|are)\b"
)
_AND_THEN = re.compile(r"\W*(?:and|but)\s+(?:in\s+)?[\w-]+\s+(?:in|of|with)\b", re.IGNORECASE)
_PATIENTS_NEXT = re.compile(r"\s+(?:[\w-]+\s+){0,3}?(?:patients?|adults|children)\b", re.IGNORECASE)


def _of_arms_within(values: Sequence[Span], groups: Sequence[Span], carry: Carry, text: str) -> bool:
    """``in those with the mutation, 88% and 86%``: a figure an arm of the one subgroup named before them."""
    return (
        len(values) == len(carry.arms) > 1
        and len(groups) == 1
        and groups[0].ids not in {a.ids for a in carry.arms}
        and groups[0].end <= values[0].start
        and bool(carry.measures)
        and all_linked(values, text)
    )


class Unmeasured:
    """Pairs figures beside which no measure stands.

    Args:
        kinds: tells which figures suit which measures.
    """

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds

    def pair(
        self, values: list[Span], groups: list[Span], piece: Piece, text: str, carry: Carry
    ) -> list[Pair]:
        """Each of ``values`` with what it belongs to: a measure named before, or None."""
        times = piece.of("time")
        result: list[Pair] = []
        results = [v for v in values if v.unit != "patients" or v.percent or v.total is not None]
        if (
            _THE_RATES.search(text, piece.start, piece.end)
            and len(results) > 1
            and (named := self._named_again(carry, len(results)))
        ):
            counts = [v for v in values if v not in results]
            return self._respective(results, groups, times, named, carry) + [
                (v, None, counted_group(v, groups, text), None) for v in counts
            ]
        measure = (
            carry.measures[-1]
            if carry.measures
            and not OWN_SUBJECT.match(text, piece.start, piece.end)
            and not MEDIAN_OF.match(text, piece.start, piece.end)
            and not GIVEN.match(text, piece.start, piece.end)
            else None
        )
        rates = bool(_THE_RATES.search(text, piece.start, piece.end))
        if len(times) == 0 and len(carry.times) == len(values) > 1:
            times = carry.times
        said = len(values) > 1 and "respectively" in text[values[-1].end : piece.end]
        turn = in_turn(values, piece, text, carry)
        for k, v in enumerate(values):
            graded = bool(piece.of("grade") or piece.of("cycle"))
            again = bool(groups) and (
                bool(_AND_THEN.match(text, piece.start) and not _PATIENTS_NEXT.match(text, v.end))
                or bool(_AS_AGAINST.match(text, piece.start))
                or (
                    {g.ids for g in groups} <= {a.ids for a in carry.arms}
                    and _ELLIPTIC.fullmatch(text, v.end, min(g.start for g in groups)) is not None
                    and not _VERB.search(text, piece.start, piece.end)
                )
            )
            qualified = (
                graded
                or again
                or bool(v.total is not None and groups)
                or ("=" not in v.text and v.percent != "" and bool(groups or times))
            )
            if v.unit == "patients" and not (measure and qualified and self.kinds.fits(v, [measure])):
                own = counted_group(v, groups, text)
                if said and len(groups) == len(values):
                    own = (groups[k],)
                elif said and len(carry.groups) == len(values):
                    own = (carry.groups[k], *groups)
                elif said and groups and len(carry.arms) == len(values):
                    own = (carry.arms[k], *groups)
                result.append((v, None, own, None))
                continue
            time = times[k] if len(times) == len(values) else (times[0] if len(times) == 1 else None)
            one = (groups[k],) if len(groups) == len(values) else nearest_group(v, groups)
            if len(groups) == 1 or len(values) == 1:
                one = tuple(groups)
            if _of_arms_within(values, groups, carry, text):
                one = (carry.arms[k], groups[0])
            if not groups and len(carry.groups) == len(values) > 1 and all_linked(values, text):
                one = (carry.groups[k],)
            if turn:
                one = turn[k]
            fits = (
                measure is not None
                and self.kinds.fits(v, [measure])
                and v.unit in RATE_UNITS | TIME_UNITS | {"", "amount"}
            )
            if (
                rates
                and not groups
                and len(carry.groups) != len(values) == len(carry.arms)
                and all_linked(values, text)
            ):
                one = (carry.arms[k],)
            if not groups and not one and self._leads(carry):
                one = tuple(carry.groups)
            if len(values) == 2 == len(one) + 1 and len(groups) == 1 and set_against(values, text):
                fits = False  # whose the two figures are is not said
            if fits and (groups or times or graded or rates):
                inherited = carry.times[-1] if carry.times and not time else time
                result.append((v, measure, one, inherited))
            else:
                result.append((v, None, one, time))
        return result

    @staticmethod
    def _leads(carry: Carry) -> bool:
        """``At 9 mg, CRS was of grade 1 in 19 and of grade 2 in six``: one group heads the whole sentence."""
        groups, measures = carry.groups, carry.measures
        return len(groups) == 1 and bool(measures) and groups[0].end <= measures[0].start

    @staticmethod
    def _named_again(carry: Carry, n: int) -> list[Span]:
        """The ``n`` measures that ``the rates`` mean; none where another number was named."""
        return next((m for m in (carry.measures, carry.recent) if len(m) == n), [])

    def _respective(
        self,
        values: Sequence[Span],
        groups: Sequence[Span],
        times: Sequence[Span],
        measures: Sequence[Span],
        carry: Carry,
    ) -> list[Pair]:
        """``the corresponding rates in the control arm were 29% and 47%``: one a measure named before."""
        times = times or carry.times
        return [
            (v, m if self.kinds.fits(v, [m]) else None, tuple(groups), time_for(m, v, times, measures))
            for v, m in zip(values, measures, strict=True)
        ]
