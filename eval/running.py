"""`python -m eval run`: asks a system every question of a set, scores each answer and keeps it."""

import argparse
import json
import shlex
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.asking import Asked, CommandAsker, UrlAsker, environment
from eval.engines import DEFAULT, ENGINES, Skipped, command_of
from eval.items import SPLITS, EvalError, QuestionSet, open_sets
from eval.results import ResultsWriter, Row, header, row
from eval.summary import aligned, table, totals

TIMEOUT_S = 300.0


def add_command(commands: Any) -> None:
    """Adds `run` to the command line."""
    parser = commands.add_parser("run", help="ask every question and score the answers")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="dev", help="which questions (dev)")
    parser.add_argument("--questions", type=Path, help="a question file, JSON Lines, instead of a split")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--engine", choices=ENGINES, default=DEFAULT, help="what to ask (default)")
    asked.add_argument("--command", help="a program that speaks the contract of `assistant ask --batch -`")
    asked.add_argument("--url", help="an address that takes one question a POST")
    parser.add_argument("--corpus", help="sets ASSISTANT_CORPUS for the engine or command")
    parser.add_argument("--failures", action="store_true", help="print each item that isn't right")
    parser.add_argument(
        "--timeout", type=float, default=TIMEOUT_S, help="seconds without a reply (%(default)g)"
    )
    parser.add_argument("--bare", action="store_true", help="keep no question and no reply in the file")
    parser.add_argument(
        "-o", "--output", type=Path, help="results file; a part that is there is gone on with"
    )
    parser.set_defaults(function=run)


def run(options: argparse.Namespace) -> int:
    """Asks, scores, prints. 0 where every item is right and nothing failed, else 1."""
    split = options.questions.stem if options.questions else options.split
    sets = open_sets(options.split, options.questions)
    try:
        rows, account, seconds = ask_sets(sets, split, options)
    except Skipped as reason:
        print(f"skipped: {reason}")
        return 0
    if options.failures:
        items = {i["id"]: i for s in sets for i in s.items}
        for r in rows:
            if not r["scores"]["right"]:
                print(failure(items[r["id"]], r))
        print()
    print(table(rows))
    print("\n" + aligned([("measure", "n", "value"), *((t.name, str(t.n), str(t)) for t in totals(rows))]))
    if raws := raw_rows(rows):
        heads = ("the model's drafts", "n", "shown", "unchecked")
        pairs = zip(
            totals([r for r in rows if r["reply"] and "raw" in r["reply"]]), totals(raws), strict=True
        )
        print("\n" + aligned([heads, *((a.name, str(a.n), str(a), str(b)) for a, b in pairs)]))
    print(f"\n{len(rows)} questions, asked and scored in {seconds:.1f} s")
    for line in account:
        print(line)
    return 0 if all(r["scores"]["right"] for r in rows) and not account else 1


def raw_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows of the raw drafts, where replies hold some, scored like answers."""
    return [
        row(r["item"], r["split"], r["reply"]["raw"], r["latency_ms"])
        for r in rows
        if r["reply"] and "raw" in r["reply"]
    ]


def ask_sets(
    sets: Sequence[QuestionSet], split: str, options: argparse.Namespace
) -> tuple[list[Row], list[str], float]:
    """The rows of all items in the order of the sets, the account of the run, and its seconds.

    Raises Skipped where the engine cannot be asked here, EvalError where it, or the output, is unusable.
    """
    started = time.perf_counter()
    own = not (options.command or options.url)
    about = header(
        sets,
        engine=options.engine if own else "command" if options.command else "url",
        split=split,
        command=options.command,
        url=options.url,
    ) | {"bare": options.bare, "corpus": _corpus_hash(options.corpus) if own else None}
    asker: CommandAsker | UrlAsker
    if options.url:
        asker = UrlAsker(options.url, options.timeout)
    else:
        command = shlex.split(options.command) if options.command else command_of(options.engine)
        asker = CommandAsker(command, environment(options.corpus), options.timeout)
    items = {item["id"]: item for s in sets for item in s.items}
    splits = {item["id"]: s.name for s in sets for item in s.items}
    with ResultsWriter(options.output, about) as results:
        done = {r["id"] for r in results.rows}
        left = [item for id_, item in items.items() if id_ not in done]
        if done:
            print(f"{len(done)} of {len(items)} stand in {options.output} already", file=sys.stderr)
        if left:
            with progress(len(items), len(done)) as step:
                for asked in asker.ask(left):
                    results.add(_row_of(asked, items, splits))
                    step()
        account, seconds = asker.account.told(), time.perf_counter() - started
        results.end(seconds, account)
        found = {r["id"]: r for r in results.rows}
    return [found[id_] for id_ in items], account, seconds


def _row_of(asked: Asked, items: Mapping[str, Any], splits: Mapping[str, str]) -> Row:
    return row(items[asked.id], splits[asked.id], asked.reply, asked.latency_ms, asked.problem)


def _corpus_hash(folder: str | None) -> str:
    from assistant.corpus.corpus import read_corpus
    from assistant.model import AssistantError
    from assistant.settings import load_settings
    from assistant.vocabulary.vocabulary import load_vocabulary

    try:
        path = Path(folder) if folder else Path(load_settings().corpus)
        return read_corpus(path, load_vocabulary()).hash
    except AssistantError as error:
        raise EvalError(f"{error.message} {error.remedy}") from error


@contextmanager
def progress(n: int, n_done: int) -> Iterator[Any]:
    """A bar on standard error where that is a terminal; gives a function to call after each item."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("asking", total=n, completed=n_done)
        yield lambda: bar.advance(task)


def failure(item: Mapping[str, Any], result: Row) -> str:
    """One failing item for a reader: id, kind, turns, answer, gold, reasons."""
    gold = {name: item[name] for name in ("status", "figures", "words", "cite")}
    return "\n".join(
        [
            f"\n{item['id']} {item['kind']}",
            *(f"  Q: {turn}" for turn in item["turns"]),
            f"  A: {(result['reply'] or {}).get('answer', '')}",
            f"  gold: {json.dumps(gold, ensure_ascii=False)}",
            *(f"  {f['fault']}: {f['detail']}" for f in result["faults"]),
        ]
    )
