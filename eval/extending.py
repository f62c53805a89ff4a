"""`python -m eval add`, `coverage` and `known`: the question sets themselves, and what is known to fail."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.gold import GoldFact, asks_for, gold_facts
from eval.items import Item, add, open_sets
from eval.results import read_results


def add_command(commands: Any) -> None:
    """Adds `add` and `coverage` to the command line."""
    parser = commands.add_parser("add", help="append new items to dev or test, as the hash of each id says")
    parser.add_argument("file", type=Path, help="items as JSON Lines")
    parser.set_defaults(function=_add)
    parser = commands.add_parser("coverage", help="the facts of the review that no question asks for")
    parser.set_defaults(function=_coverage)
    parser = commands.add_parser("known", help="print known_failures.txt as a results file has it")
    parser.add_argument("run", type=Path, metavar="RUN", help="results file of the dev split")
    parser.set_defaults(function=_known)


def unasked(items: Sequence[Item], facts: Sequence[GoldFact] | None = None) -> list[GoldFact]:
    """The facts that no item asks for."""
    facts = gold_facts() if facts is None else facts
    return [fact for fact in facts if not any(asks_for(item, fact, facts) for item in items)]


def _add(options: argparse.Namespace) -> int:
    print(", ".join(f"{n} to {split}" for split, n in add(options.file).items()))
    return 0


def _known(options: argparse.Namespace) -> int:
    print(
        "# Development questions that fail, and how. One that passes must be taken out; the gate tests both."
    )
    for row in sorted(read_results(options.run).rows, key=lambda r: str(r["id"])):
        if not row["scores"]["right"]:
            print(row["id"], " ".join(dict.fromkeys(f["fault"] for f in row["faults"])))
    return 0


def _coverage(_: argparse.Namespace) -> int:
    missing = unasked([item for s in open_sets("all") for item in s.items])
    print(f"{len(gold_facts()) - len(missing)} of {len(gold_facts())} facts are asked for")
    for fact in missing:
        print(f"  not asked for: {fact}")
    return 1 if missing else 0
