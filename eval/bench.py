"""`python -m eval bench`: what a question costs here and with the textbook stack, measured in one run.

What the textbook stack is stands in `eval.bench_textbook`. A cold run is a fresh process from start to exit,
its memory the most it ever held; indexes are built before. Warm is one process that is open and has seen none
of the questions: the textbook stack retrieves, this program goes all the way to the verified answer. Under
load questions come again; this program remembers the vectors of the last 256 texts. Growth is measured over
made-up reviews, each point in processes of its own. Nothing here passes or fails by a time.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eval.bench_compare import compare
from eval.bench_growth import grow
from eval.bench_process import ROOT, BenchError, usable_cores
from eval.bench_progress import Reporter, reporter

DEV = ROOT / "eval" / "questions" / "dev.jsonl"
SIZES = (100, 1_000, 10_000)
FULL = (*SIZES, 100_000)
SYSTEMS = ("textbook", "assistant")
"""Those that are always measured; their columns stand first."""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds `bench` to the command line's commands."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "bench", help="measure cold start, latency, memory, throughput and growth against the textbook stack"
    )
    parser.set_defaults(function=run)
    return _with_options(parser)


add_command = add_parser


def _with_options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--quick", action="store_true", help="fewer repeats and sizes: two minutes")
    parser.add_argument("--full", action="store_true", help="growth to 100,000 passages: up to an hour")
    parser.add_argument("--questions", type=Path, default=DEV, help="question file, JSON Lines")
    parser.add_argument("--most", type=_count, help="ask at most so many of its questions")
    parser.add_argument("--repeats", type=_count, help="cold runs of each command (default 5, quick 2)")
    parser.add_argument("--clients", type=_counts, default=(1, 8, 32), help="default 1,8,32")
    parser.add_argument("--seconds", type=float, help="of load for each number of clients (5, quick 1)")
    parser.add_argument("--url", help="also load the service at this address (POST /api/ask)")
    parser.add_argument(
        "--service", action="store_true", help="also load `assistant chat`: its API and its page"
    )
    parser.add_argument("--passages", type=_counts, help="sizes of the made-up corpora")
    parser.add_argument(
        "--embed-up-to",
        type=_count,
        help="passages embedded by the model; larger corpora get hashed vectors (1000, quick 100)",
    )
    parser.add_argument(
        "--ask-up-to",
        type=_count,
        help="passages up to which questions are asked in full; larger corpora are searched (10000)",
    )
    parser.add_argument("--no-growth", action="store_true", help="leave the made-up corpora out")
    parser.add_argument("--no-comparison", action="store_true", help="measure growth alone")
    parser.add_argument("-o", "--output", type=Path, help="write every measure as JSON Lines, for the report")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted({_count(part) for part in text.split(",")}))


def run(options: argparse.Namespace) -> int:
    """Measures, prints a table, writes the measures. 0, or 2 where something could not be measured."""
    quick = options.quick
    settle(options)
    try:
        questions = _questions(options.questions)[: options.most]
        with ExitStack() as stack:
            sink = stack.enter_context(options.output.open("w", encoding="utf-8")) if options.output else None
            rows: list[dict[str, Any]] = []

            def keep(row: dict[str, Any]) -> None:
                rows.append(row)
                if sink:  # line by line, so that a run that is stopped leaves what it measured
                    sink.write(json.dumps(row, ensure_ascii=False) + "\n")
                    sink.flush()

            keep({"bench": _about(options, len(questions), quick)})
            started = time.perf_counter()
            report: Reporter = stack.enter_context(reporter(sys.stderr))
            if not options.no_comparison:
                compare(options, questions, keep, report)
            if not options.no_growth:
                grow(options, keep, report)
            keep({"end": {"seconds": round(time.perf_counter() - started, 1)}})
    except (BenchError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(table(rows))
    return 0


def settle(options: argparse.Namespace) -> None:
    """Fills in what was not given, by `--quick` and `--full`."""
    quick = options.quick
    options.repeats = options.repeats or (2 if quick else 5)
    options.seconds = options.seconds or (1.0 if quick else 5.0)
    options.most = options.most or (60 if quick else None)
    options.passages = options.passages or (FULL if options.full else SIZES[:2] if quick else SIZES)
    options.ask_up_to = options.ask_up_to or 10_000
    options.embed_up_to = options.embed_up_to or (100 if quick else 1_000)


def _questions(path: Path) -> list[str]:
    """The single questions of a question file.

    Raises:
        BenchError: it cannot be read, or holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        turns = [json.loads(line)["turns"] for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchError(f"{path} is no question file: {error}") from error
    singles = list(dict.fromkeys(t[0] for t in turns if len(t) == 1))
    if not singles:
        raise BenchError(f"{path} holds no single question")
    return singles


def _about(options: argparse.Namespace, n_questions: int, quick: bool) -> dict[str, Any]:
    import platform
    from datetime import UTC, datetime
    from importlib.metadata import version

    packages = ("chromadb", "llama-index-core", "onnxruntime", "sentence-transformers", "torch")
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "questions": n_questions,
        "repeats": options.repeats,
        "seconds": options.seconds,
        "cores": usable_cores(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "versions": {name: version(name) for name in packages},
    }


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The measures as aligned text: both stacks with their ratio, then growth by number of passages."""
    measures = [row for row in rows if "measure" in row]
    growth = [row for row in rows if "growth" in row]
    parts = []
    if measures:
        systems = tuple(dict.fromkeys(name for row in measures for name in (*SYSTEMS, *row["values"])))
        body = [
            (f"{row['label']}, {row['unit']}", *(_number(row["values"].get(s)) for s in systems))
            + (_number(row["ratio"]), row["wanted"])
            for row in measures
        ]
        parts.append(_aligned([("", *systems, "ratio", "wanted"), *body]))
    if growth:
        sizes = sorted({row["passages"] for row in growth})
        found = {(row["system"], row["label"], row["unit"], row["passages"]): row["value"] for row in growth}
        names = dict.fromkeys(key[:3] for key in found)
        head = ("passages", *(f"{size:,}" for size in sizes))
        body = [
            (f"{system}: {label}, {unit}", *(_number(found.get((system, label, unit, n))) for n in sizes))
            for system, label, unit in names
        ]
        parts.append(_aligned([head, *body]))
        hashed = sorted({row["passages"] for row in growth if row["vectors"] == "hashed"})
        if hashed:
            parts.append(
                f"Hashed vectors instead of the encoder's at {', '.join(f'{n:,}' for n in hashed)} passages."
            )
    return "\n\n".join(parts)


def _number(value: float | None) -> str:
    """Three figures that count; whole numbers from 100 on."""
    return "" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m eval.bench` alone."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    return run(_with_options(parser).parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main())
