"""The whole engine over a corpus folder, and the development questions, for the tests that ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.engine.engine import Engine, open_engine
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
REVIEWS = ROOT / "tests" / "reviews"


def engine_over(corpus: Path, home: Path) -> Engine:
    """An engine with its real index below ``home``; what it has to tell is not shown."""
    return open_engine(Settings(corpus=corpus, home=home), notify=lambda _: None)


def dev_items() -> list[dict[str, Any]]:
    """The questions the engine was built with, in order."""
    lines = (ROOT / "eval" / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def asks(home: Path) -> Callable[[str, str], str]:
    """Asks the shipped review or a made-up one by its folder's name; each engine is made once."""
    engines: dict[str, Engine] = {}

    def asked(review: str, question: str) -> str:
        if review not in engines:
            folder = REVIEWS / review
            engines[review] = engine_over(folder if folder.is_dir() else CORPUS, home)
        return engines[review].ask([question]).text

    return asked
