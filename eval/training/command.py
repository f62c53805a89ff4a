"""`python -m eval train`: trains the passage model and writes the weights that the assistant ships."""

import argparse
from pathlib import Path
from typing import Any

from assistant.retrieval.passage_model import WEIGHTS


def add_command(commands: Any) -> None:
    """Adds `train` to the command line."""
    parser = commands.add_parser("train", help="train the passage model anew (about an hour on two cores)")
    parser.add_argument("--epochs", type=float, default=1.2, help="how often each question is seen")
    parser.add_argument("--seed", type=int, default=0, help="of order and dropout")
    parser.add_argument("--steps", type=int, help="stop after so many, to try it")
    parser.add_argument("--held", nargs="*", default=[], metavar="REVIEW", help="reviews to leave out")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, help="file to write")
    parser.set_defaults(function=_train)


def _train(options: argparse.Namespace) -> int:
    from eval.training.exporting import export
    from eval.training.fit import train

    export(train(options.epochs, options.seed, frozenset(options.held), options.steps), options.output)
    print(f"wrote {options.output}")
    return 0
