"""`python -m eval figures`: how often the program finds a figure in reviews that it was not built on.

`figure_questions/` holds questions over the made-up reviews of `training/reviews` and `tests/reviews`, each with the
figures that answer it, or with none where the review does not tell. They are many and short, and are scored by their
figures alone: what a change of the reading or of the look-up is worth beyond the questions it was made for. The passage
model is trained on them, so that what it adds here it need not add elsewhere.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.figures import figures, says
from eval.items import EvalError
from eval.running import progress
from eval.statistics import interval

HERE = Path(__file__).parent
QUESTIONS = HERE / "figure_questions"
REVIEWS = (HERE / "training" / "reviews", HERE.parent / "tests" / "reviews")
OUTCOMES = ("right", "crowded", "wrong", "declined")
"""The figure; beside more than two others; another one or none; nothing said."""
BESIDE = 2
"""Figures that may stand beside the one asked for: of how many a share is, and how many that were."""

Row = Mapping[str, Any]


def add_command(commands: Any) -> None:
    """Adds `figures` to the command line."""
    parser = commands.add_parser("figures", help="figures asked of reviews that the program was not built on")
    parser.add_argument("--review", nargs="*", default=[], metavar="ID", help="only of these")
    parser.add_argument(
        "--sample", type=int, default=1000, help="so many questions, drawn by chance; 0 for all"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the draw")
    parser.add_argument("--failures", action="store_true", help="print what is not right")
    parser.set_defaults(function=_figures)


def read_questions(reviews: Sequence[str] = ()) -> list[tuple[str, Row]]:
    """The questions, each with the id of its review.

    Raises:
        EvalError: there are none of a review.
    """
    found = []
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        if not reviews or path.stem in reviews:
            found += [(path.stem, json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    if missing := set(reviews) - {review for review, _ in found}:
        raise EvalError(f"{QUESTIONS} has no questions over {', '.join(sorted(missing))}")
    return found


def outcome(row: Row, status: str, answer: str) -> str:
    """What became of a question; see `OUTCOMES`. One that the review does not answer is right where it is declined.

    Where several figures are given with the question, any of them will do.
    """
    if not row["figures"]:
        return "right" if status == "declined" else "wrong"
    if status == "declined":
        return "declined"
    gold = [value for _, _, value in row["figures"]]
    known = {f.value for value in gold for f in figures(value)}  # the unit may stand in a table's head
    said = {f.value for f in figures(answer) if not f.free or f.value in known}
    ends = {end for value in said for end in value.split("-")}  # the oldest of "21-88"
    told = known & (said | ends) if known else any(says(answer, value) for value in gold)
    coded = len(gold) > 1 and all(says(answer, value) for value in gold)  # the parts of a registration number
    if not (told or coded):
        return "wrong"
    return "crowded" if len(said - known) > BESIDE else "right"


def _figures(options: argparse.Namespace) -> int:
    rows = read_questions(options.review)
    if 0 < options.sample < len(rows):
        rows = random.Random(options.seed).sample(rows, options.sample)
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    with progress(len(rows), 0) as advance:
        for review, row, status, answer in _asked(rows):
            became = outcome(row, status, answer)
            counts[bool(row["figures"])][became] += 1
            if options.failures and became != "right":
                gold = "; ".join(value for *_, value in row["figures"]) or "not told"
                print(
                    f"{became}  {review}: {' || '.join(row['turns'])}\n    gold: {gold}\n    said: {answer}"
                )
            advance()
    for told, name in ((True, "told by the review"), (False, "not told")):
        total = counts[told].total()
        for kind in OUTCOMES if told else OUTCOMES[::2]:
            n = counts[told][kind]
            low, high = (100 * p for p in interval(n, total))
            print(
                f"{name:20} {kind:10} {n:5} of {total:5} {100 * n / max(1, total):5.1f} % ({low:.1f}–{high:.1f})"
            )
    return 0


def _asked(rows: Sequence[tuple[str, Row]]) -> Any:
    """Each question with the status and the text of its answer, a corpus at a time."""
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings

    settings = load_settings()
    for folder in REVIEWS:
        own = {path.name for path in folder.iterdir() if path.is_dir()}
        own -= {p.name for other in REVIEWS[: REVIEWS.index(folder)] for p in other.iterdir()}
        engine = open_engine(settings.model_copy(update={"corpus": folder}), notify=lambda _: None)
        for review, row in rows:
            if review in own:
                answer = engine.ask(row["turns"], review)
                yield review, row, answer.status.value, answer.text
