"""How cost grows with the corpus: both stacks over made-up reviews of 10² to 10⁵ passages."""

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

from eval.bench_compare import Keep, child, environment, result
from eval.bench_corpus import PASSAGES, write_corpus, write_questions
from eval.bench_process import measured
from eval.bench_progress import Reporter

ASKED = 20
"""Questions of each kind."""

SERIES = {
    "read_s": ("reading the corpus", "s"),
    "embed_s": ("embedding", "s"),
    "store_s": ("index without embedding", "s"),
    "build_memory": ("index: peak memory", "MiB"),
    "open_s": ("opening the index", "s"),
    "words_s": ("word index and first search", "s"),
    "retrieval_p50_ms": ("retrieval, p50", "ms"),
    "retrieval_p95_ms": ("retrieval, p95", "ms"),
    "first_s": ("first question", "s"),
    "lookup_p50_ms": ("look-up, p50", "ms"),
    "search_p50_ms": ("question that searches, p50", "ms"),
    "lookup_right": ("look-ups right", "share"),
    "search_right": ("searches right", "share"),
    "retrieval_right": ("gold in the top 3", "share"),
    "ask_memory": ("asking: peak memory", "MiB"),
}
"""What is measured at each size: label and unit."""


def grow(options: argparse.Namespace, keep: Keep, report: Reporter) -> None:
    """Measures every size, smallest first, and hands each row to `keep`."""
    report.total(4 * len(options.passages) + (min(options.passages) <= options.embed_up_to))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if min(options.passages) <= options.embed_up_to:
            report.step("encoder exported", lambda: _export(home))
        for passages in options.passages:
            _point(options, passages, Path(folder) / str(passages), home, keep, report)


def _export(home: Path) -> None:
    from assistant.index.encoder import ensure_export, find_model

    ensure_export(find_model(), home, lambda _message: None)


def _point(
    options: argparse.Namespace, passages: int, folder: Path, home: Path, keep: Keep, report: Reporter
) -> None:
    from assistant.index.encoder import find_model

    questions = write_corpus(folder / "corpus", max(1, round(passages / PASSAGES)))
    draw = random.Random(passages)
    kinds = [[q for q in questions if q.searches is searches] for searches in (False, True)]
    chosen = [q for own in kinds for q in draw.sample(own, min(ASKED, len(own)))]
    write_questions(folder / "questions.jsonl", chosen)
    vectors = "model" if passages <= options.embed_up_to else "hashed"
    given = {
        "corpus": str(folder / "corpus"),
        "questions": str(folder / "questions.jsonl"),
        "home": str(home),
        "model": str(find_model()),
        "vectors": vectors,
        "ask": passages <= options.ask_up_to,  # at 10⁵ the first question alone takes minutes
    }
    for system in ("textbook", "assistant"):
        task, found = given | {"store": str(folder / system)}, dict[str, Any]()
        for step in ("build", "ask"):
            command = child(f"bench_{system}", f"grow_{step}", task)
            name = f"{passages:,} passages, {system}: {step}"
            run = report.step(name, lambda command=command: measured(command, environment(home)))  # type: ignore[misc]
            found |= result(run) | {f"{step}_memory": run.peak_mib}
        for row in _rows(system, passages, vectors, found):
            keep(row)


def _rows(system: str, passages: int, vectors: str, found: dict[str, Any]) -> list[dict[str, Any]]:
    skipped = {"embed_s"} if vectors == "hashed" else set()  # it would be the time of no encoder
    return [
        {
            "growth": name,
            "label": label,
            "unit": unit,
            "system": system,
            "passages": found.get("passages", passages),
            "vectors": vectors,
            "value": found[name],
        }
        for name, (label, unit) in SERIES.items()
        if name in found and name not in skipped
    ]
