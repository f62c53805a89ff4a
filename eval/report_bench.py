"""What `python -m eval bench` wrote, as a table of ratios and plots of growth."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from eval.items import EvalError
from eval.report_plots import Axis, Line, lines_plot, log_axis

SYSTEMS = ("assistant", "textbook")
"""In the order of their marks."""
PANELS = (
    ("Retrieval, p50", "ms", (("retrieval_p50_ms", ""),)),
    ("Question to answer, p50", "ms", (("lookup_p50_ms", "look-up"), ("search_p50_ms", "search"))),
    ("Index, without embedding", "s", (("store_s", ""),)),
    ("Reading, and the first question", "s", (("read_s", "reading"), ("first_s", "first question"))),
    ("Memory while asking", "MiB", (("ask_memory", ""),)),
    ("Memory while indexing", "MiB", (("build_memory", ""),)),
)
"""Title, unit and the series drawn; a second series of a system is dashed."""
SPAN = 100.0
"""Ratios are drawn from 1/SPAN to SPAN."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the comparison."""

    label: str
    unit: str
    values: tuple[str, ...]
    ratio: str
    wanted: str
    plot: Markup


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot of growth."""

    title: str
    unit: str
    plot: Markup
    lines: tuple[tuple[int, str, bool], ...]
    """Number of the system's mark, what the line is of, and whether it is dashed."""
    rows: tuple[tuple[str, ...], ...]
    """The numbers: what, then a value a size."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench."""

    about: Mapping[str, Any]
    systems: tuple[str, ...]
    measures: tuple[Measure, ...]
    sizes: tuple[str, ...]
    panels: tuple[Panel, ...]
    hashed: tuple[str, ...]
    """Sizes whose vectors are hashed."""


def read_bench(path: Path) -> Bench:
    """The bench of a file.

    Raises:
        EvalError: it is none.
    """
    try:
        lines = [json.loads(x) for x in path.read_text(encoding="utf-8").split("\n") if x.strip()]
    except (OSError, ValueError) as error:
        raise EvalError(f"{path} is no bench: {error}") from error
    if not lines or not all(isinstance(line, dict) for line in lines) or "bench" not in lines[0]:
        raise EvalError(f"{path} is no bench: its first line does not say what was measured")
    try:
        return _bench(lines)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvalError(f"{path} is no bench: {error!r}") from error


def _bench(lines: Sequence[Mapping[str, Any]]) -> Bench:
    rows = [line for line in lines if "measure" in line]
    growth = [line for line in lines if "growth" in line]
    named = dict.fromkeys(name for row in rows for name in (*SYSTEMS, *row["values"]))
    systems = [s for s in named if any(s in row["values"] for row in rows)]
    sizes = sorted({int(row["passages"]) for row in growth})
    panels = [_panel(title, unit, series, growth, sizes) for title, unit, series in PANELS]
    return Bench(
        about=lines[0]["bench"],
        systems=tuple(systems),
        measures=tuple(_measure(row, systems) for row in rows),
        sizes=tuple(f"{size:,}" for size in sizes),
        panels=tuple(panel for panel in panels if panel is not None),
        hashed=tuple(f"{n:,}" for n in sorted({r["passages"] for r in growth if r["vectors"] == "hashed"})),
    )


def _measure(row: Mapping[str, Any], systems: Sequence[str]) -> Measure:
    ratio = row["ratio"]
    plot = Markup("")
    if ratio:
        # to the left is always better for this program
        cost = ratio if row["better"] == "lower" else 1 / ratio
        at = 50 + 50 * max(-1.0, min(1.0, math.log(cost, SPAN)))
        better = "better" if cost < 1 else "worse" if cost > 1 else "equal"
        plot = Markup(
            '<svg class="ratio {}" width="100%" height="18" overflow="visible" role="img" aria-label="{}">'
            '<line class="grid" x1="50%" x2="50%" y1="-4" y2="22"/>'
            '<line class="stem" x1="50%" x2="{:.1f}%" y1="9" y2="9"/>'
            '<circle cx="{:.1f}%" cy="9" r="4"/></svg>'
        ).format(better, f"{better}: {ratio:.2g} of the textbook stack", at, at)
    values = tuple(number(row["values"].get(system)) for system in systems)
    shown = "" if ratio is None else f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"
    return Measure(row["label"], row["unit"], values, shown, row["wanted"], plot)


def number(value: float | None) -> str:
    """Three figures that count; whole numbers from 100 on; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{float(f'{value:.3g}'):g}"


def _panel(
    title: str,
    unit: str,
    series: Sequence[tuple[str, str]],
    growth: Sequence[Mapping[str, Any]],
    sizes: Sequence[int],
) -> Panel | None:
    lines, legend, rows = [], [], []
    for mark, system in enumerate(SYSTEMS):
        for n, (name, what) in enumerate(series):
            points = sorted(
                (r for r in growth if r["growth"] == name and r["system"] == system),
                key=lambda r: r["passages"],
            )
            if not points:
                continue
            label = f"{system}, {what}" if what else system
            lines.append(
                Line(
                    mark,
                    tuple((float(r["passages"]), float(r["value"])) for r in points),
                    tuple(
                        f"{label}: {number(r['value'])} {unit} at {r['passages']:,} passages" for r in points
                    ),
                    tuple(r["vectors"] == "hashed" for r in points),
                    broken=unit == "MiB",  # the encoder's own memory is not in the points after it
                    dashed=n > 0,
                )
            )
            legend.append((mark, label, n > 0))
            by_size = {r["passages"]: r["value"] for r in points}
            rows.append((label, *(number(by_size.get(size)) for size in sizes)))
    if not lines:
        return None
    x = _size_axis(sizes)
    y = log_axis([v for line in lines for _, v in line.points])
    last = "; ".join(f"{row[0]} {row[-1]} {unit}" for row in rows)
    plot = lines_plot(lines, x, y, f"{title} by number of passages. At {sizes[-1]:,}: {last}")
    return Panel(title, unit, plot, tuple(legend), tuple(rows))


def _size_axis(sizes: Sequence[int]) -> Axis:
    return log_axis([float(size) for size in sizes])
