"""`python -m eval report RUN… [--bench FILE] -o report.html`: results as one page that needs nothing else.

The page is static: no request, no library; its plots are SVG of ours, its script only filters. A
Content-Security-Policy in it allows that script by its hash and nothing else, so that a text that slipped
through the escaping could still not run.
"""

import argparse
import base64
import hashlib
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from eval.items import EvalError
from eval.report_bench import Bench, read_bench
from eval.report_data import (
    Failed,
    Item,
    Run,
    Share,
    answered,
    failures,
    grouped,
    paired,
    read_runs,
    studies_of,
)
from eval.report_data import right as is_right
from eval.report_plots import (
    Axis,
    Line,
    Whisker,
    cross,
    framed,
    grid,
    key,
    line_key,
    lines_plot,
    log_axis,
    mark,
    share_axis,
    whiskers,
)
from eval.summary import totals

TEMPLATES = Path(__file__).parent / "report_templates"
SHARES = (0.5, 0.95, 0.99)
MANY = 3
"""With more runs than that, the plots by kind and study get narrower lanes."""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds `report` to the command line's commands."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "report", help="write results as one page of HTML with plots and every failure"
    )
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="results files, the main one first")
    parser.add_argument("--bench", type=Path, help="what `bench -o` wrote")
    parser.add_argument("--title", default="", help="heading of the page")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the page")
    parser.set_defaults(function=run)
    return parser


add_command = add_parser


def run(options: argparse.Namespace) -> int:
    """Writes the page and says where.

    Raises:
        EvalError: a file cannot be read or written, or is none of ours.
    """
    runs = read_runs(options.runs)
    bench = read_bench(options.bench) if options.bench else None
    page = render(runs, bench, options.title)
    try:
        # a lone surrogate in an answer has no UTF-8
        options.output.write_bytes(page.encode("utf-8", "replace"))
    except OSError as error:
        raise EvalError(f"{options.output}: {error.strerror}") from error
    n_failed = len(failures(runs))
    print(
        f"{options.output}: {len(runs)} runs, {n_failed} questions that one of them got wrong",
        file=sys.stderr,
    )
    return 0


def render(runs: Sequence[Run], bench: Bench | None = None, title: str = "") -> str:
    """The page."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (TEMPLATES / "filter.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    wrong = failures(runs)
    return environment.get_template("page.html").render(
        title=title or f"Evaluation: {runs[0].name}",
        style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
        script=Markup(script),
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'",
        runs=runs,
        keys=[key(n) for n in range(len(runs))],
        hero=overview(runs[0]),
        measures=side_by_side(runs),
        kinds=rows_of(runs, lambda row: [row["kind"]]),
        studies=rows_of(runs, studies_of),
        overall=scale(runs),
        risk=risk_plot(runs),
        latency=latency_plot(runs),
        latencies=latency_rows(runs),
        bench=bench,
        line_key=line_key,
        items=wrong,
        evidence=evidence,
        gold=gold_lines,
        **choices(wrong),
    )


def percent(value: float) -> str:
    """To a tenth, without rounding what is not all up to 100 %, nor what is not nothing down to 0."""
    shown = f"{100 * value:.1f}"
    shown = "99.9" if shown == "100.0" and value < 1 else "0.1" if shown == "0.0" and value > 0 else shown
    return f"{shown.removesuffix('.0')}%"


def of(share: Share) -> str:
    """In words, with the interval."""
    low, high = share.bounds
    return f"{share.right} of {share.n} right, {percent(share.value)} ({percent(low)} to {percent(high)})"


def overview(run: Run) -> dict[str, Any]:
    """The main run's accuracy, and what stands beneath it."""
    share = Share(sum(map(is_right, run.rows)), len(run.rows))
    low, high = share.bounds
    return {"share": share, "value": percent(share.value), "low": percent(low), "high": percent(high)}


def side_by_side(runs: Sequence[Run]) -> list[tuple[str, list[str]]]:
    """Every overall measure, a value a run; measures that no run has are left out."""
    columns = [{total.name: str(total).replace(" %", "%") for total in totals(run.rows)} for run in runs]
    names = [name for name in columns[0] if any(column[name] != "–" for column in columns)]
    table = [(name, [column[name] for column in columns]) for name in names]
    if len(runs) > 1:
        pairs = [paired(runs[0], other) for other in runs[1:]]
        table.append((f"right where {runs[0].name} is not", ["", *(str(p.only_second) for p in pairs)]))
        table.append((f"wrong where {runs[0].name} is right", ["", *(str(p.only_first) for p in pairs)]))
        table.append(("p of no difference (exact McNemar)", ["", *(p_value(p.p) for p in pairs)]))
    return table


def p_value(p: float) -> str:
    """As printed in journals."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def rows_of(runs: Sequence[Run], groups_of: Any) -> list[tuple[str, str, str, Markup]]:
    """Group, n and share of the main run, and the plot of all."""
    return [
        (
            group.replace("_", " "),
            *_counted(shares[0]),
            _whiskers(runs, shares, group, narrow=len(runs) > MANY),
        )
        for group, shares in grouped(runs, groups_of)
    ]


def _counted(share: Share | None) -> tuple[str, str]:
    return (f"{share.right}/{share.n}", percent(share.value)) if share else ("–", "–")


def _whiskers(
    runs: Sequence[Run], shares: Sequence[Share | None], group: str, *, narrow: bool = False
) -> Markup:
    found = [(n, runs[n].name, share) for n, share in enumerate(shares) if share]
    label = f"{group}: " + "; ".join(f"{name}, {of(share)}" for _, name, share in found)
    return whiskers(
        [Whisker(n, share.value, *share.bounds, f"{name}: {of(share)}") for n, name, share in found],
        label,
        narrow=narrow,
    )


def scale(runs: Sequence[Run]) -> Markup:
    """All questions together."""
    return _whiskers(runs, [Share(sum(map(is_right, r.rows)), len(r.rows)) for r in runs], "all questions")


def risk_plot(runs: Sequence[Run]) -> Markup:
    """Each run's coverage and risk with their exact intervals."""
    x, points = share_axis(), []
    for n, run in enumerate(runs):
        given = [row for row in run.rows if answered(row)]
        coverage = Share(len(given), len(run.rows))
        risk = Share(sum(not is_right(row) for row in given), len(given))
        points.append((n, run.name, coverage, risk))
    y = share_axis(max(risk.bounds[1] if risk.n else 0.0 for *_, risk in points))
    body, said = Markup(""), []
    for n, name, coverage, risk in points:
        if risk.n:
            text = f"{name}: answers {percent(coverage.value)}, of them wrong {percent(risk.value)}"
            said.append(text)
            bounds = (*coverage.bounds, *risk.bounds)
            body = cross(n, x, y, (coverage.value, risk.value), bounds, text) + body  # the first on top
    return framed(_answerable(runs[0], x) + grid(x, y) + body, "Risk against coverage. " + "; ".join(said))


def _answerable(run: Run, x: Axis) -> Markup:
    """Where a system that answers all that can be answered, and nothing else, would stand."""
    asked = [row["scores"].get("decline_right") is None for row in run.rows]
    at = x.at(sum(asked) / len(asked))
    return Markup(
        '<line class="ideal" x1="{0:.2f}%" x2="{0:.2f}%" y1="0" y2="100%"/>'
        '<text class="tick" x="{0:.2f}%" y="0" dy="-7" text-anchor="middle">answerable</text>'
    ).format(at)


def latency_plot(runs: Sequence[Run]) -> Markup | None:
    """The share of questions answered within a time, on a logarithmic scale; None where no time is known."""
    known = [(n, run.name, run.latencies_ms) for n, run in enumerate(runs) if run.latencies_ms]
    if not known:
        return None
    x = log_axis([v for *_, values in known for v in (max(values[0], 0.01), values[-1])], " ms")
    lines, marks, y = [], Markup(""), share_axis()
    for n, name, values in known:
        steps = [(x.low, 0.0)]
        for at, value in enumerate(values):
            steps += [(value, at / len(values)), (value, (at + 1) / len(values))]
        lines.append(Line(n, (*steps, (x.high, 1.0))))
        for share in SHARES[:2]:
            value = quantile(values, share)
            marks += mark(
                n, x.at(value), f"{100 - y.at(share):.1f}%", f"{name}: p{100 * share:g} {value:.1f} ms"
            )
    label = "Share of questions answered within a time. " + "; ".join(
        f"{name}: half within {quantile(values, 0.5):.1f} ms" for _, name, values in known
    )
    return lines_plot(lines, x, y, label, marks)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of the sorted values that `share` of them do not exceed."""
    return values[max(0, -int(-share * len(values) // 1) - 1)]


def latency_rows(runs: Sequence[Run]) -> list[tuple[int, str, list[str]]]:
    """p50, p95, p99 and the longest in milliseconds."""
    return [
        (n, run.name, [f"{v:,.1f}" for v in (*(quantile(found, s) for s in SHARES), found[-1])])
        for n, run in enumerate(runs)
        if (found := run.latencies_ms)
    ]


def choices(items: Sequence[Item]) -> dict[str, list[tuple[str, int]]]:
    """Kinds and faults of the failing items with their counts, for the filters."""
    kinds = Counter(item.kind for item in items)
    faults = Counter(name for item in items for name in {n for f in item.failed for n, _ in f.faults})
    return {"fail_kinds": sorted(kinds.items()), "fail_faults": sorted(faults.items())}


def gold_lines(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a right answer holds, a line each."""
    if not item:
        return []
    found = [("status", str(item.get("status", "")))]
    for name in ("figures", "allowed", "not_words", "cite", "may_cite", "place"):
        values = [str(v) or "the review itself" for v in item.get(name) or ()]
        found.append((name.replace("_", " "), " · ".join(values)))
    words = [" | ".join(map(str, group)) for group in item.get("words") or ()]
    found += [("words", " · ".join(words)), ("note", str(item.get("note", "")))]
    return [(name, text) for name, text in found if text]


def evidence(failed: Failed) -> list[tuple[str, str]]:
    """Place and quote of each citation."""
    return [
        (
            ", ".join(str(c[k]) for k in ("abstract", "locator") if c.get(k)) or "no place",
            str(c.get("quote") or ""),
        )
        for c in failed.citations
    ]
