"""`python -m eval drafts`: turns what readers thought of answers into drafts of questions.

    assistant ratings | python -m eval drafts - > drafts.jsonl

Each rated question gives one draft. A liked answer's status, figures and citations are proposed as they were
given; a disliked one's are left open, with what was given and the reader's comment in the note. A draft is no
gold: somebody who has the review at hand completes it and takes "draft" away.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.items import EvalError


def drafts(ratings: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One draft for each rated answer, in order; of several ratings of one answer the last counts."""
    last = {rating["permalink"]: rating for rating in ratings}
    for number, rating in enumerate(last.values(), 1):
        yield _draft(f"r-{number:03}", rating)


def _draft(id: str, rating: Mapping[str, Any]) -> dict[str, Any]:
    answer, liked = rating["answer"], rating["liked"]
    figures = [f["value"] for f in answer["facts"] if any(c.isdigit() for c in f["value"])] if liked else []
    cited = [c["abstract"] for c in answer["citations"] if c["abstract"]] if liked else []
    said = "" if liked else f" Not liked: {answer['answer']}"
    return {
        "id": id,
        "kind": "draft",
        "turns": rating["turns"],
        "status": answer["status"] if liked else "",
        "figures": list(dict.fromkeys(figures)),
        "allowed": [],
        "words": [],
        "not_words": [],
        "cite": list(dict.fromkeys(cited)),
        "may_cite": [],
        "note": f"{rating['comment']}{said}".strip(),
    }


def add_command(commands: Any) -> None:
    """Adds `drafts` to the command line."""
    parser = commands.add_parser("drafts", help="what readers thought of answers, as drafts of questions")
    parser.add_argument("ratings", help="what `assistant ratings` prints, or - for standard input")
    parser.set_defaults(function=run)


def run(options: argparse.Namespace) -> int:
    """Reads ratings as JSON Lines from a file or standard input, prints drafts.

    Raises:
        EvalError: it holds no ratings.
    """
    name = options.ratings
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        for draft in drafts(json.loads(line) for line in text.split("\n") if line.strip()):
            print(json.dumps(draft, ensure_ascii=False))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvalError(f"{name} holds no ratings: {error}") from None
    return 0
