"""`python -m eval publish`: every engine over the test split, and the table of README.md out of it."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.engines import DEFAULT, ENGINES, Skipped
from eval.items import SPLITS, EvalError, open_sets
from eval.results import Results, read_results
from eval.running import TIMEOUT_S, ask_sets
from eval.summary import markdown, totals

RESULTS = Path(__file__).parent / "results"
README = Path(__file__).parents[1] / "README.md"
START, STOP = "<!-- results: python -m eval readme -->", "<!-- end of results -->"
SHOWN = (
    *("accuracy", "precision among answered", "wrong figures", "figures right, of those given"),
    *("gold figures given", "false declines", "answered, to be declined"),
    *("citation recall (ALCE)", "citation precision (ALCE)", "right place cited"),
    *("gold figures in the passages found", "length, median"),
)


def add_command(commands: Any) -> None:
    """Adds `publish` and `readme` to the command line."""
    parser = commands.add_parser("publish", help="ask every engine, keep bare results, write README's table")
    parser.add_argument("--split", choices=SPLITS, default="test")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES, metavar="ENGINE")
    parser.set_defaults(function=publish)
    parser = commands.add_parser("readme", help="print README's table of the newest results")
    parser.add_argument("--write", action="store_true", help="put it into README.md")
    parser.set_defaults(function=readme)


def publish(options: argparse.Namespace) -> int:
    """Runs the engines anew, writes `results/` and README.md; 1 where an engine's run had trouble."""
    RESULTS.mkdir(exist_ok=True)
    trouble = False
    for engine in options.engines:
        path = RESULTS / f"{options.split}-{engine}.jsonl"
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        asked = argparse.Namespace(
            engine=engine, command=None, url=None, corpus=None, timeout=TIMEOUT_S, bare=True, output=fresh
        )
        try:
            rows, account, seconds = ask_sets(open_sets(options.split), options.split, asked)
        except Skipped as reason:
            print(f"skipped: {reason}")
            continue
        fresh.replace(path)
        right = sum(r["scores"]["right"] for r in rows)
        print("\n".join([f"{engine}: {right} of {len(rows)} right, {seconds:.1f} s", *account]))
        trouble |= bool(account)
    return readme(argparse.Namespace(write=True)) or int(trouble)


def newest(folder: Path = RESULTS) -> list[Results]:
    """The newest run of each engine over the split that the newest run of the default engine is over.

    Raises EvalError where there is none.
    """
    runs = sorted((read_results(p) for p in folder.glob("*.jsonl")), key=lambda r: str(r.run.get("started")))
    own = [r for r in runs if r.run.get("engine") == DEFAULT]
    if not own:
        raise EvalError(f"{folder} has no run of the default engine")
    found = {r.name: r for r in runs if r.run.get("split") == own[-1].run.get("split")}
    order = {engine: n for n, engine in enumerate(ENGINES)}
    return sorted(found.values(), key=lambda r: (order.get(r.name, len(order)), r.name))


def results_table(runs: Sequence[Results]) -> str:
    """The table of README.md: a row a measure, a column an engine."""
    columns = [{t.name: t for t in totals(r.rows)} for r in runs]
    shown = [[name, *(str(c[name]) for c in columns)] for name in SHOWN]
    head = [f"{runs[0].run['split']} split, n = {len(runs[0].rows)}", *(r.name for r in runs)]
    return markdown([head, *shown])


def readme_block(text: str) -> str:
    """What stands between the marks in README.md. Raises EvalError where a mark is missing."""
    found = re.search(rf"{re.escape(START)}\n+(.*?)\n+{re.escape(STOP)}", text, re.S)
    if not found:
        raise EvalError(f"README.md has no block between {START} and {STOP}")
    return found[1]


def readme(options: argparse.Namespace) -> int:
    """Prints the table, or puts it into README.md."""
    block = results_table(newest())
    if not options.write:
        print(block)
        return 0
    text = README.read_text(encoding="utf-8")
    README.write_text(text.replace(readme_block(text), block), encoding="utf-8")
    return 0
