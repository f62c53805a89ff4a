"""The report's plots as inline SVG that fits any width: places in per cent, sizes and type in pixels.

A plot's lines stand in a nested `svg` that is stretched, with strokes that are not; marks and labels are
placed by per cent in the outer one. Colours come from the page's style, by the number of the run (`r0`, `r1`,
…); runs also differ by the form of their mark.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

MARKS = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z",
    "M-4-4H4V4H-4Z",
    "M0-5.5L5.5 0 0 5.5-5.5 0Z",
    "M0-5L5 4H-5Z",
    "M0 5L5-4H-5Z",
    "M-1.5-5h3v3.5H5v3H1.5V5h-3V1.5H-5v-3h3.5Z",
)
COLOURS = 8
"""The style has so many; the next run begins again, with another mark."""


def look(run: int) -> tuple[str, str]:
    """The class and the path of a run's marks; no two of the first 48 runs share both."""
    return f"r{run % COLOURS}", MARKS[(run + 3 * (run // COLOURS)) % len(MARKS)]


def mark(run: int, x: float, y: str, title: str, *, hollow: bool = False) -> Markup:
    """A mark at `x` per cent and `y` (with its unit); `title` shows when the pointer rests on it."""
    colour, path = look(run)
    return Markup('<svg x="{:.2f}%" y="{}" overflow="visible" class="mark {}{}">').format(
        x, y, colour, " hollow" if hollow else ""
    ) + Markup('<title>{}</title><path d="{}"/></svg>').format(title, path)


def key(run: int) -> Markup:
    """A run's mark for a legend."""
    colour, path = look(run)
    svg = '<svg class="key {}" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">'
    return Markup(svg + '<path d="{}"/></svg>').format(colour, path)


def line_key(run: int, dashed: bool) -> Markup:
    """A piece of a run's line for a legend."""
    colour, path = look(run)
    svg = '<svg class="key {}" viewBox="-14 -7 28 14" width="28" height="14" aria-hidden="true">'
    line = '<line x1="-14" x2="14" y1="0" y2="0"{}/><path d="{}"/></svg>'
    return Markup(svg + line).format(colour, Markup(' stroke-dasharray="4 3"') if dashed else "", path)


@dataclass(frozen=True, slots=True)
class Whisker:
    """A value between bounds, all from 0 to 1, of one run."""

    run: int
    value: float
    low: float
    high: float
    title: str


LANE_PX = 13
NARROW_PX = 9
"""Height of a lane, and of one among many; the first always has the full height."""


def whiskers(values: Sequence[Whisker], label: str, *, narrow: bool = False) -> Markup:
    """Values with their intervals on a scale from 0 to 1, a lane each."""
    body = Markup("").join(
        Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>').format(x)
        for x in (0, 25, 50, 75, 100)
    )
    top = 4.5
    for lane, v in enumerate(values):
        lane_px = NARROW_PX if narrow and lane else LANE_PX
        y, top = top + lane_px / 2, top + lane_px
        body += Markup('<line class="whisker {}" x1="{:.2f}%" x2="{:.2f}%" y1="{}" y2="{}"/>').format(
            look(v.run)[0], 100 * v.low, 100 * v.high, y, y
        ) + mark(v.run, 100 * v.value, f"{y}", v.title)
    svg = '<svg class="whiskers{}" width="100%" height="{}" overflow="visible" role="img" aria-label="{}">'
    return Markup(svg + "{}</svg>").format(" narrow" if narrow else "", top + 4.5, label, body)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale with its ticks."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def at(self, value: float) -> float:
        """Per cent of the way from low to high; a value beyond them is drawn at the edge."""
        low, high, x = (self._on(v) for v in (self.low, self.high, value))
        return min(100.0, max(0.0, 100 * (x - low) / (high - low)))

    def _on(self, value: float) -> float:
        return math.log10(max(value, 1e-9)) if self.log else value


def share_axis(most: float = 1.0) -> Axis:
    """0 to 100 %, or to the next twentieth or fifth above `most`."""
    high = next(h for h in (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if most <= h + 1e-9)
    return Axis(0, high, tuple((high * k / 4, f"{100 * high * k / 4:g}%") for k in range(5)))


def log_axis(values: Sequence[float], unit: str = "") -> Axis:
    """Whole decades around the values, at least one; values below a millionth count as that."""
    kept = [max(v, 1e-6) for v in values]
    low, high = math.floor(math.log10(min(kept)) + 1e-9), math.ceil(math.log10(max(kept)) - 1e-9)
    high = max(high, low + 1)
    step = 1 if high - low <= 6 else 2
    ticks = tuple((10.0**e, decade(e) + unit) for e in range(low, high + 1, step))
    return Axis(10.0**low, 10.0**high, ticks, log=True)


def decade(exponent: int) -> str:
    """10 to the power of `exponent` as people write it: 0.01, 1, 1k, 100k, 1M."""
    if exponent < 3:
        return f"{10.0**exponent:g}"
    return f"{10 ** (exponent % 3)}{'kMGT'[exponent // 3 - 1]}" if exponent < 15 else f"1e{exponent}"


@dataclass(frozen=True, slots=True)
class Line:
    """A run's line: points in the axes' units, with what they say, and which of them are drawn as marks."""

    run: int
    points: tuple[tuple[float, float], ...]
    titles: tuple[str, ...] = ()
    """One a point where points get marks; none where only the line is drawn."""
    hollow: tuple[bool, ...] = ()
    broken: bool = False
    """Whether the line is broken where filled marks give way to hollow ones."""
    dashed: bool = False


def lines_plot(lines: Sequence[Line], x: Axis, y: Axis, label: str, extra: Markup | None = None) -> Markup:
    """Lines with marks over both axes; `extra` is drawn over the lines."""
    strokes, marks = Markup(""), Markup("")
    for line in lines:
        for piece in _pieces(line):
            path = " ".join(f"{x.at(px):.2f},{100 - y.at(py):.2f}" for px, py in piece)
            dash = " dashed" if line.dashed else ""
            strokes += Markup('<polyline class="line {}{}" points="{}"/>').format(
                look(line.run)[0], dash, path
            )
        for n, title in enumerate(line.titles):
            px, py = line.points[n]
            hollow = bool(line.hollow and line.hollow[n])
            marks += mark(line.run, x.at(px), f"{100 - y.at(py):.2f}%", title, hollow=hollow)
    stretched = Markup(
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">{}</svg>'
    ).format(strokes)
    return framed(grid(x, y) + stretched + (extra or Markup("")) + marks, label)


def _pieces(line: Line) -> list[tuple[tuple[float, float], ...]]:
    if not (line.broken and line.hollow):
        return [line.points]
    halves = [
        tuple(p for p, h in zip(line.points, line.hollow, strict=True) if h is kind) for kind in (False, True)
    ]
    return [half for half in halves if len(half) > 1]


def grid(x: Axis, y: Axis) -> Markup:
    """Lines and labels of both axes."""
    body = Markup("")
    for value, text in x.ticks:
        at = x.at(value)
        body += Markup('<line class="grid" x1="{0:.2f}%" x2="{0:.2f}%" y1="0" y2="100%"/>').format(at)
        body += Markup(
            '<text class="tick" x="{:.2f}%" y="100%" dy="17" text-anchor="middle">{}</text>'
        ).format(at, text)
    for value, text in y.ticks:
        at = 100 - y.at(value)
        body += Markup('<line class="grid" y1="{0:.2f}%" y2="{0:.2f}%" x1="0" x2="100%"/>').format(at)
        body += Markup(
            '<text class="tick" y="{:.2f}%" x="0" dx="-8" dy="4" text-anchor="end">{}</text>'
        ).format(at, text)
    return body


def cross(run: int, x: Axis, y: Axis, at: Sequence[float], bounds: Sequence[float], title: str) -> Markup:
    """A point with an interval both ways: `at` is (x, y), `bounds` (x low, x high, y low, y high)."""
    px, py = x.at(at[0]), 100 - y.at(at[1])
    colour = look(run)[0]
    return (
        Markup('<line class="whisker {}" x1="{:.2f}%" x2="{:.2f}%" y1="{:.2f}%" y2="{:.2f}%"/>').format(
            colour, x.at(bounds[0]), x.at(bounds[1]), py, py
        )
        + Markup('<line class="whisker {}" x1="{:.2f}%" x2="{:.2f}%" y1="{:.2f}%" y2="{:.2f}%"/>').format(
            colour, px, px, 100 - y.at(bounds[2]), 100 - y.at(bounds[3])
        )
        + mark(run, px, f"{py:.2f}%", title)
    )


def framed(body: Markup, label: str) -> Markup:
    """A plot's area with room for the labels of its axes; `label` is its accessible name."""
    return Markup(
        '<div class="area"><svg width="100%" height="100%" overflow="visible" role="img" aria-label="{}">'
        "{}</svg></div>"
    ).format(label, body)
