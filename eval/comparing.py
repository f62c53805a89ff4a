"""`python -m eval compare A B` and `python -m eval summary RUN…`: runs beside each other."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.items import EvalError
from eval.results import Results, read_results
from eval.statistics import mcnemar
from eval.summary import aligned, by_kind, markdown, totals


def add_command(commands: Any) -> None:
    """Adds `compare` and `summary` to the command line."""
    parser = commands.add_parser(
        "compare", help="two runs over the same questions, with McNemar's exact test"
    )
    parser.add_argument("a", type=Path, metavar="A", help="results file")
    parser.add_argument("b", type=Path, metavar="B", help="results file")
    parser.set_defaults(function=lambda o: _print(compare(read_results(o.a), read_results(o.b))))
    parser = commands.add_parser("summary", help="runs beside each other, as Markdown for a wiki")
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN", help="results file")
    parser.set_defaults(function=_summary)


def _print(text: str) -> int:
    print(text)
    return 0


def _summary(options: argparse.Namespace) -> int:
    return _print(summary([read_results(path) for path in options.runs]))


def compare(a: Results, b: Results) -> str:
    """Which questions one run alone has right, by kind, and whether the difference can be chance.

    Raises EvalError where they have no question in common.
    """
    right_a = {r["id"]: r["scores"]["right"] for r in a.rows}
    shared = [r for r in b.rows if r["id"] in right_a]
    if not shared:
        raise EvalError(f"{a.path} and {b.path} have no question in common")
    lines: list[tuple[str, ...]] = [("kind", "n", "A right", "B right", "only A", "only B")]
    for kind, rows in by_kind(shared):
        pairs = [(right_a[r["id"]], r["scores"]["right"]) for r in rows]
        only_a, only_b = sum(x > y for x, y in pairs), sum(y > x for x, y in pairs)
        counts = (len(pairs), sum(x for x, _ in pairs), sum(y for _, y in pairs), only_a, only_b)
        lines.append((kind, *map(str, counts)))
    p = mcnemar(int(lines[-1][4]), int(lines[-1][5]))
    notes = [f"A: {a.name}, {a.path}", f"B: {b.name}, {b.path}", "", aligned(lines), ""]
    notes.append(f"exact McNemar on {lines[-1][4]} against {lines[-1][5]}: p {shown_p(p)}")
    n_apart = len(a.rows) + len(b.rows) - 2 * len(shared)
    if n_apart:
        notes.append(f"{n_apart} questions stand in one of the runs only and are left out")
    if a.run.get("corpus") != b.run.get("corpus"):
        notes.append("the runs are over different corpora, or one of them does not say which")
    return "\n".join(notes)


def shown_p(p: float) -> str:
    """A probability with two digits after its sign; `< 0.0001` below that."""
    return "< 0.0001" if p < 0.0001 else f"= {p:.2g}"


def summary(runs: Sequence[Results]) -> str:
    """Overall measures and accuracy by kind, a column a run, as Markdown."""
    heads = [f"{r.name} ({r.run.get('split')}, n = {len(r.rows)})" for r in runs]
    columns = [totals(r.rows) for r in runs]
    overall = [
        ["measure", *heads],
        *([same[0].name, *map(str, same)] for same in zip(*columns, strict=True)),
    ]
    kinds = sorted({row["kind"] for r in runs for row in r.rows})
    by = [["right, by kind", *heads]]
    for kind in kinds:
        groups = [[row["scores"]["right"] for row in r.rows if row["kind"] == kind] for r in runs]
        by.append([kind, *(f"{sum(g)} of {len(g)}" if g else "–" for g in groups)])
    unfinished = [f"{r.path} did not come to its end." for r in runs if r.end is None]
    note = (
        "Intervals: 95 %, exact (Clopper–Pearson) for shares of questions, bootstrap over studies for figures"
    )
    return "\n\n".join([markdown(overall), markdown(by), f"{note}.", *unfinished])
