"""What the rows of a run come to: overall shares with their intervals, and counts by kind."""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.score import FAULTS
from eval.statistics import cluster_bootstrap, interval

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Total:
    """One overall measure."""

    name: str
    value: float
    """nan where no row has it."""
    n: int
    """Items, or figures, it is over."""
    low: float | None = None
    high: float | None = None
    """95 % interval: exact for shares of items, bootstrap over studies for figures; None for the rest."""
    unit: str = "%"
    """`%` for a share, `ms`, `chars`, or "" for a count."""

    def __str__(self) -> str:
        if math.isnan(self.value):
            return "–"
        if self.unit != "%":
            return f"{self.value:,.0f}{' ' + self.unit if self.unit else ''}"
        shown = f"{100 * self.value:.1f} %"
        if self.low is None or self.high is None:
            return shown
        return f"{shown} ({100 * self.low:.1f}–{100 * self.high:.1f})"


def totals(rows: Rows) -> list[Total]:
    """Every overall measure, in the order of a report."""
    answerable = [r for r in rows if r["scores"]["decline_right"] is None]
    to_decline = [r for r in rows if r["scores"]["decline_right"] is not None]
    given = [r for r in rows if r["scores"]["answered"]]
    wrong = math.fsum(r["scores"]["n_wrong"] or 0 for r in rows)
    return [
        share("accuracy", [r["scores"]["right"] for r in rows]),
        share("precision among answered", [r["scores"]["right"] for r in given]),
        share("coverage", [r["scores"]["answered"] for r in rows]),
        share("risk (wrong among answered)", [1 - r["scores"]["right"] for r in given]),
        Total("wrong figures", wrong, len(rows), unit=""),
        _by_study("figures right, of those given", rows, _precision_of_figures),
        _by_study("gold figures given", rows, _recall_of_figures),
        mean("figures with the right study, time and group", rows, "facts_right"),
        share("false declines", [r["scores"]["false_decline"] for r in answerable]),
        share("answered, to be declined", [r["scores"]["answered"] for r in to_decline]),
        mean("citation recall (ALCE)", rows, "citation_recall"),
        mean("citation precision (ALCE)", rows, "citation_precision"),
        mean("citations that exist", rows, "citation_valid"),
        share("right place cited", [r["scores"]["place"] for r in rows if r["scores"]["place"] is not None]),
        share("asked figure first", [r["scores"]["lead"] for r in rows if r["scores"]["lead"] is not None]),
        mean("focus", rows, "focus"),
        mean("gold figures in the passages found", rows, "evidence_recall"),
        share("crashes", [int(any(f["fault"] == "crash" for f in r["faults"])) for r in rows]),
        median("length, median", [r["scores"]["n_chars"] for r in given], "chars"),
        median("latency, median", [r["latency_ms"] for r in rows], "ms"),
    ]


def share(name: str, values: Sequence[int]) -> Total:
    """A share of items with its exact interval."""
    low, high = interval(sum(values), len(values))
    return Total(name, sum(values) / len(values) if values else math.nan, len(values), low, high)


def mean(name: str, rows: Rows, measure: str) -> Total:
    """The mean of a measure over the items it applies to."""
    values = [r["scores"].get(measure) for r in rows]
    found = [v for v in values if v is not None]
    return Total(name, statistics.fmean(found) if found else math.nan, len(found))


def median(name: str, values: Sequence[float | None], unit: str) -> Total:
    """The median of the values there are."""
    found = [v for v in values if v is not None]
    return Total(name, statistics.median(found) if found else math.nan, len(found), unit=unit)


def _by_study(name: str, rows: Rows, values: Callable[[Mapping[str, Any]], list[float]]) -> Total:
    clusters: dict[Hashable, list[float]] = defaultdict(list)
    for row in rows:
        clusters[tuple(row.get("studies") or ())] += values(row)
    every = [v for cluster in clusters.values() for v in cluster]
    low, high = cluster_bootstrap(clusters)
    return Total(name, statistics.fmean(every) if every else math.nan, len(every), low, high)


def _precision_of_figures(row: Mapping[str, Any]) -> list[float]:
    n, wrong = row["scores"]["n_figures"] or 0, row["scores"]["n_wrong"] or 0
    return [0.0] * min(n, wrong) + [1.0] * max(0, n - wrong)


def _recall_of_figures(row: Mapping[str, Any]) -> list[float]:
    recall = row["scores"]["figure_recall"]
    return [] if recall is None else [float(recall)]


def by_kind(rows: Rows) -> list[tuple[str, Rows]]:
    """The rows of each kind, by name, and all of them."""
    kinds = sorted({r["kind"] for r in rows})
    return [*((kind, [r for r in rows if r["kind"] == kind]) for kind in kinds), ("all", rows)]


def table(rows: Rows) -> str:
    """Counts by kind as aligned text, then how many are right, with the exact interval."""
    lines: list[tuple[str, ...]] = [("kind", "n", "right", *FAULTS)]
    for name, group in by_kind(rows):
        faults = [{f["fault"] for f in r["faults"]} for r in group]
        right = sum(r["scores"]["right"] for r in group)
        lines.append((name, str(len(group)), str(right), *(str(sum(f in x for x in faults)) for f in FAULTS)))
    right, n = sum(r["scores"]["right"] for r in rows), len(rows)
    low, high = interval(right, n)
    last = f"{right} of {n} right: {right / max(n, 1):.1%} (exact 95 % interval {low:.1%} to {high:.1%})"
    return f"{aligned(lines)}\n\n{last}"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equal length as text, the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first one its head, numbers to the right."""
    cells = [[c.replace("|", "\\|") for c in row] for row in rows]
    ruler = ["---", *["---:"] * (len(rows[0]) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], ruler, *cells[1:]))
