"""`python -m eval train`: trains the passage model and writes the weights that the assistant ships."""

import argparse
from pathlib import Path
from typing import Any

from assistant.retrieval.passage_model import WEIGHTS


def add_command(commands: Any) -> None:
    """Adds `train` to the command line."""
    parser = commands.add_parser(
        "train", help="train the passage model anew (two seconds a step on two cores)"
    )
    parser.add_argument("--steps", type=int, default=3000, help="how many, of eight questions each")
    parser.add_argument("--seed", type=int, default=0, help="of order and dropout")
    parser.add_argument("--held", nargs="*", default=[], metavar="REVIEW", help="reviews to leave out")
    parser.add_argument("--start", type=Path, metavar="STATE", help="go on from a state written by --state")
    parser.add_argument("--state", type=Path, help="file for the state of the network, to go on from")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, help="file to write")
    parser.set_defaults(function=_train)


def _train(options: argparse.Namespace) -> int:
    import torch

    from eval.training.exporting import export
    from eval.training.fit import train

    network = train(options.steps, options.seed, frozenset(options.held), options.start)
    if options.state is not None:
        torch.save(network.state_dict(), options.state)
    export(network, options.output)
    print(f"wrote {options.output}")
    return 0
