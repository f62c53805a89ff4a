"""The whole engine over a corpus folder, and the development questions, for the tests that ask."""

from __future__ import annotations

import json
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
