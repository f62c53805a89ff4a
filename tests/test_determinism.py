"""The same question gives the same bytes: over processes, hash seeds, rebuilt indexes and copied corpora."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import CORPUS, ROOT, dev_items

pytestmark = pytest.mark.slow

EVERY = 7
"""Each seventh development question is asked, some 60 of them."""


def questions() -> list[dict[str, Any]]:
    return [{"id": i["id"], "turns": i["turns"]} for i in dev_items()[::EVERY]]


def run(home: Path, seed: str, *command: str, corpus: Path = CORPUS, given: str = "") -> str:
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "ASSISTANT_HOME": str(home),
        "ASSISTANT_CORPUS": str(corpus),
    }
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *command],
        cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 3}, done.stderr
    return done.stdout


def answers(home: Path, seed: str, corpus: Path = CORPUS) -> list[str]:
    """One line an answer, without the time it took."""
    given = "".join(json.dumps(q, ensure_ascii=False) + "\n" for q in questions())
    lines = run(home, seed, "ask", "--batch", "-", corpus=corpus, given=given).splitlines()
    found = []
    for line in lines:
        answer = json.loads(line)
        assert answer.pop("elapsed_ms") >= 0
        found.append(json.dumps(answer, ensure_ascii=False))
    return found


@pytest.fixture(scope="module")
def first(assistant_home: Path) -> list[str]:
    return answers(assistant_home, "1")


def test_enough_is_asked(first: list[str]) -> None:
    said = [json.loads(line) for line in first]
    assert len(said) == len(questions()) >= 60
    assert {a["status"] for a in said} == {"answered", "declined"}
    assert not [a for a in said if "error" in a]


def test_two_processes_with_other_hash_seeds(first: list[str], assistant_home: Path) -> None:
    assert answers(assistant_home, "4242") == first


def test_a_rebuilt_index(first: list[str], assistant_home: Path) -> None:
    run(assistant_home, "7", "index", "--force")
    assert answers(assistant_home, "7") == first


def test_a_fresh_home_and_a_corpus_whose_files_were_written_in_another_order(
    first: list[str], tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    for path in sorted((p for p in CORPUS.rglob("*") if p.is_file()), reverse=True):
        target = corpus / path.relative_to(CORPUS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    assert answers(tmp_path / "home", "99", corpus) == first


def test_turns_answered_in_another_order_do_not_disturb_one_another(
    first: list[str], assistant_home: Path
) -> None:
    from asking import engine_over

    from assistant.contract import answer_object

    engine = engine_over(CORPUS, assistant_home)
    wanted = {json.loads(line)["id"]: line for line in first}
    for question in reversed(questions()):
        answer = answer_object(engine.ask(question["turns"]), question["id"])
        del answer["elapsed_ms"]
        assert json.dumps(answer, ensure_ascii=False) == wanted[question["id"]]
