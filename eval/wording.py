"""`python -m eval wording`: what checking a model's sentences costs an answer, with a model that takes no time.

The model is a stand-in that says the program's statements in pieces of a few characters, a word changed so that they
are no copies. So all that is measured is this program: splitting, checking, putting together, handing on.
"""

import argparse
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from assistant.llm.endpoint import Endpoint
from assistant.llm.engine import WordingEngine
from assistant.llm.prompt import Prompt
from assistant.model import Status
from eval.items import SPLITS, open_sets
from eval.summary import aligned

PIECE_CHARS = 4


@dataclass(slots=True)
class StandIn(Endpoint):
    """Says the statements of its prompt, and notes when its first sentence was whole."""

    first_at: float = 0.0
    drafts: list[str] = field(default_factory=list)

    def load(self) -> None:
        """There is nothing to import."""

    def stream(self, prompt: Prompt, stop: threading.Event, timeout_s: float) -> Iterator[str]:
        """The statements, the second one begun before the first is known to be whole."""
        rows = prompt.user.split("STATEMENTS\n")[-1].split("\n")
        sentences = [row.removeprefix("| ").replace(" was ", " came to ") for row in rows]
        text = " ".join([*sentences, "This"])
        self.drafts.append(text)
        at_end = len(sentences[0]) + 2
        for at in range(0, len(text), PIECE_CHARS):
            if at < at_end <= at + PIECE_CHARS:
                self.first_at = time.perf_counter()
            yield text[at : at + PIECE_CHARS]


def add_command(commands: Any) -> None:
    """Adds `wording` to the command line."""
    parser = commands.add_parser("wording", help="what checking a model's sentences costs")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="dev")
    parser.set_defaults(function=_wording)


def costs(engine: WordingEngine, model: StandIn, asked: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """Milliseconds by name, one for each question that is answered."""
    found: dict[str, list[float]] = {
        "the program's own answer": [],
        "check of an answer": [],
        "first sentence": [],
    }
    for turns in asked:
        started = time.perf_counter()
        drafted = engine.engine.drafted(turns)
        own = time.perf_counter() - started
        if drafted.draft.status is not Status.ANSWERED:
            continue
        answers = engine.stream(turns)
        next(answers)
        first = time.perf_counter() - model.first_at
        for _ in answers:
            pass
        composer = engine.composer(drafted)
        started = time.perf_counter()
        for at in range(0, len(model.drafts[-1]), PIECE_CHARS):
            composer.add(model.drafts[-1][at : at + PIECE_CHARS])
        composer.finish()
        for name, seconds in zip(found, (own, time.perf_counter() - started, first), strict=True):
            found[name].append(1000 * seconds)
    return found


def _wording(options: argparse.Namespace) -> int:
    from eval.variants import Parts

    model = StandIn("http://stand-in", "stand-in")
    engine = WordingEngine(Parts().engine("default"), model, patience_s=60)
    engine.warm()
    items = [item for s in open_sets(options.split) for item in s.items]
    lines: list[tuple[str, ...]] = [("ms", "n", "median", "95 %", "most")]
    for name, values in costs(engine, model, [item["turns"] for item in items]).items():
        ordered = sorted(values)
        shown = (median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])
        lines.append((name, str(len(ordered)), *(f"{v:.1f}" for v in shown)))
    print(aligned(lines))
    print("first sentence: from the model's first whole sentence until it is shown")
    return 0
