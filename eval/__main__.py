"""The command line of the evaluation: `python -m eval run`, `compare`, `summary` and more."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from eval.items import EvalError

COMMANDS = (
    "running",
    "comparing",
    "publishing",
    "searching",
    "extending",
    "drafts",
    "wording",
    "bench",
    "report",
    "guard",
    "at_sight",
    "training.command",
)
"""Modules that add commands of theirs by `add_command(commands)`, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code of the command line: 0 all right, 1 some wrong, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in COMMANDS:
        import_module(f"eval.{module}").add_command(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.function(options))
    except EvalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
