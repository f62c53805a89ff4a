"""The reported rates of a review as one picture: a row a rate, a study's rates under its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from assistant.chat.markup import escaped, escaped_href, evidence_href
from assistant.chat.points import Point, StudyPoints

CAUTION = (
    "Each point is one reported rate. Patients, treatment and follow-up differ between the studies: "
    "the picture sets reports side by side, pools nothing and is no head-to-head comparison."
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in px of the picture."""

    width: int
    left: int
    """Where 0 % is."""
    right: int
    """Where 100 % is."""
    row: int
    """Height of a row."""
    above: int
    """How far a label stands above its points; 0 where it stands left of them."""
    label_chars: int
    value: int
    """Where a rate's value begins."""

    def x(self, percent: float) -> float:
        """Where a rate is."""
        return self.left + (self.right - self.left) * percent / 100


WIDE = Layout(width=760, left=256, right=616, row=24, above=0, label_chars=38, value=632)
NARROW = Layout(width=340, left=12, right=226, row=40, above=15, label_chars=46, value=240)

_HEAD = 34
_TOP = 30
_FOOT = 12
_GAP = 10


def plot_html(studies: Sequence[StudyPoints], title: str) -> str:
    """The picture for wide and for narrow pages (one of them is shown), its legend and its caution."""
    if not any(s.points for s in studies):
        return '<p class="ra-note">The review reports no survival or response rate.</p>'
    return (
        f'<figure class="ra-plot"><figcaption><p class="ra-caution">{escaped(CAUTION)}</p>'
        f"{_legend()}</figcaption>"
        f'<div class="ra-wide">{plot_svg(studies, title, WIDE)}</div>'
        f'<div class="ra-narrow">{plot_svg(studies, title, NARROW)}</div></figure>'
    )


def _legend() -> str:
    return (
        '<ul class="ra-legend"><li><svg width="14" height="14" aria-hidden="true">'
        '<circle class="ra-p-survival" cx="7" cy="7" r="5"/></svg> Survival</li>'
        '<li><svg width="14" height="14" aria-hidden="true">'
        '<rect class="ra-p-response" x="2.5" y="2.5" width="9" height="9"/></svg> Response</li>'
        '<li><svg width="14" height="14" aria-hidden="true">'
        '<circle class="ra-p-survival ra-p-group" cx="7" cy="7" r="5"/></svg> '
        "Hollow: an arm or subgroup</li>"
        "<li>Larger: more patients</li><li>&#8800; Text and table differ</li></ul>"
    )


def plot_svg(studies: Sequence[StudyPoints], title: str, layout: Layout) -> str:
    """One picture; every point is a link to its evidence."""
    parts, y = [], float(_TOP)
    for entry in studies:
        rows = [_row(point, y + _HEAD + k * layout.row, layout) for k, point in enumerate(entry.points)]
        parts.append(
            f'<g role="group" aria-label="{escaped(entry.study.label)}">{_study(entry, y, layout)}'
            f"{''.join(rows)}</g>"
        )
        y += _HEAD + len(rows) * layout.row + _GAP
    height = y + _FOOT
    return (
        f'<svg class="ra-svg" viewBox="0 0 {layout.width} {height:.0f}" role="group" '
        f'aria-label="{escaped(title)}">{_axis(layout, height)}{"".join(parts)}</svg>'
    )


def _axis(layout: Layout, height: float) -> str:
    lines = []
    for tick in range(0, 101, 25):
        x = layout.x(tick)
        lines.append(
            f'<line class="ra-grid" x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{height - _FOOT:.0f}"/>'
        )
        lines.append(f'<text class="ra-tick" x="{x:.1f}" y="14" text-anchor="middle">{tick}%</text>')
    return f'<g aria-hidden="true">{"".join(lines)}</g>'


def _study(entry: StudyPoints, y: float, layout: Layout) -> str:
    n = f"n = {entry.n}" if entry.n is not None else ""
    none = "" if entry.points else "no rate reported"
    about = " · ".join(part for part in (entry.study.name, n, none) if part)
    return (
        f'<rect class="ra-band" x="0" y="{y + 5:.0f}" width="{layout.width}" height="{_HEAD - 10}"/>'
        f'<text class="ra-study" x="4" y="{y + 21:.0f}">{escaped(entry.study.label)} '
        f'<tspan class="ra-about" dx="6">{escaped(about)}</tspan></text>'
    )


def _row(point: Point, y: float, layout: Layout) -> str:
    middle = y + layout.row / 2 + layout.above / 2
    name = point.name if len(point.name) <= layout.label_chars else point.name[: layout.label_chars - 1] + "…"
    at, baseline, anchor = layout.left - 14, middle + 4, "end"
    if layout.above:
        at, baseline, anchor = 4, middle - layout.above + 1, "start"
    n = f"n = {point.n}" if point.n is not None else ""
    sign = " ≠" if point.disputed else ""
    fact = point.fact
    href = escaped_href(evidence_href(fact.passage, fact.study, [(fact.start, fact.end)]))
    return (
        f'<a class="ra-cite ra-point" href="{href}">'
        f'<rect class="ra-row" x="0" y="{middle - layout.row / 2 - layout.above / 2:.1f}" '
        f'width="{layout.width}" height="{layout.row}"/>'
        f'<text class="ra-name" x="{at}" y="{baseline:.1f}" text-anchor="{anchor}">{escaped(name)} </text>'
        f'<line class="ra-track" x1="{layout.left}" y1="{middle:.1f}" x2="{layout.x(point.percent):.1f}" '
        f'y2="{middle:.1f}"/>{_mark(point, layout.x(point.percent), middle)}'
        f'<text class="ra-value" x="{layout.value}" y="{middle + 4:.1f}">{escaped(point.value)}{sign} '
        f'<tspan class="ra-about" dx="4">{escaped(n)}</tspan>'
        "</text></a>"
    )


def _mark(point: Point, x: float, y: float) -> str:
    """A circle for survival, a square for response; its area grows with n."""
    radius = min(9.0, 3.2 + sqrt(point.n or 0) / 3.2)
    name = f"ra-p-{point.family}" + (" ra-p-group" if point.group else "")
    if point.family == "survival":
        return f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    side = radius * 1.77
    return (
        f'<rect class="{name}" x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" '
        f'width="{side:.1f}" height="{side:.1f}"/>'
    )
