"""`python -m eval add FILE` and `python -m eval coverage`: the question sets themselves."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.gold import GoldFact, asks_for, gold_facts
from eval.items import Item, add, open_sets


def add_command(commands: Any) -> None:
    """Adds `add` and `coverage` to the command line."""
    parser = commands.add_parser("add", help="append new items to dev or test, as the hash of each id says")
    parser.add_argument("file", type=Path, help="items as JSON Lines")
    parser.set_defaults(function=_add)
    parser = commands.add_parser("coverage", help="the facts of the review that no question asks for")
    parser.set_defaults(function=_coverage)


def unasked(items: Sequence[Item], facts: Sequence[GoldFact] | None = None) -> list[GoldFact]:
    """The facts that no item asks for."""
    facts = gold_facts() if facts is None else facts
    return [fact for fact in facts if not any(asks_for(item, fact, facts) for item in items)]


def _add(options: argparse.Namespace) -> int:
    print(", ".join(f"{n} to {split}" for split, n in add(options.file).items()))
    return 0


def _coverage(_: argparse.Namespace) -> int:
    missing = unasked([item for s in open_sets("all") for item in s.items])
    print(f"{len(gold_facts()) - len(missing)} of {len(gold_facts())} facts are asked for")
    for fact in missing:
        print(f"  not asked for: {fact}")
    return 1 if missing else 0
