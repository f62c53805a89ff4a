"""Which figures suit which measures: rates, ratios, lengths of time."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.facts.figures import YEARLY
from assistant.spans.span import TIME_UNITS, Span
from assistant.vocabulary.vocabulary import Vocabulary

RATE_UNITS = frozenset({"%", "patients"})
RATIOS = frozenset({"HR", "OR", "RR"})
"""Measures that set two groups against each other."""
_PATIENT_COUNTS = frozenset(
    {"SCT", "infused_patients", "transfusion_need", "rbc_transfusion", "platelet_transfusion"}
)


_ALSO_SHARES = frozenset({"neutrophil_recovery", "platelet_recovery"})
"""Lengths of time that are told as shares as well: ``neutrophil engraftment was 96% at day 28``."""


class Kinds:
    """Tells figures and measures apart by their kinds.

    Args:
        vocabulary: the field's terms.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def measure_class(self, measure: Span) -> str:
        """``duration``, ``ratio`` or ``rate``: figures of one class are never given to another."""
        kind = self.vocabulary.term(measure.ids[0]).kind
        return kind if kind == "duration" else "ratio" if kind in {"ratio", "score", "pvalue"} else "rate"

    def fits(self, value: Span, measures: Sequence[Span]) -> bool:
        """Whether a figure's unit suits one of the measures."""
        kinds = {self.vocabulary.term(m.ids[0]).kind for m in measures}
        if value.unit in RATE_UNITS:
            counted = any(m.ids[0] in _PATIENT_COUNTS for m in measures)
            counted |= bool(value.percent) and any(m.ids[0] in _ALSO_SHARES for m in measures)
            return counted or bool(kinds - {"duration", "pvalue", "ratio", "count"})
        if value.unit in TIME_UNITS or value.unit == "open":
            return "duration" in kinds
        if value.unit in {"", "range"}:
            return bool(kinds & {"ratio", "score", "amount", "pvalue", "duration", "count"})
        if value.unit == "amount":
            over_time = YEARLY in value.ids and bool(kinds - {"duration", "pvalue", "ratio"})
            return over_time or bool(kinds & {"amount", "score", "count"})
        return False


def of_class(value: Span, name: str) -> bool:
    """Whether a figure's unit suits the class of measures, where a sentence has several classes."""
    if name == "rate":
        return value.unit in RATE_UNITS | {"amount"}
    return bool(value.unit) == (name == "duration") and value.unit not in RATE_UNITS
