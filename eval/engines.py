"""The engines that can be asked by name, each a command that speaks the contract of `assistant ask --batch`.

`python -m eval.engines NAME` is that command for all but the default, which is the program's own.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from eval.items import EvalError

Ask = Callable[[Sequence[str]], dict[str, Any]]

DEFAULT = "default"
RERANK = "rerank"
NO_MODEL = "no-model"
"""The rules alone."""
BASELINES = ("textbook", "bm25", "textbook-llm")
VARIANTS = ("no-facts", "no-bm25", "no-dense", "no-study-filter", NO_MODEL, RERANK)
LLM = "llm"
WITH_MODEL = (LLM, "textbook-llm")
ENGINES = (DEFAULT, LLM, *BASELINES, *VARIANTS)


class Skipped(EvalError):
    """An engine that cannot be asked here, for want of something that not everybody has."""


def command_of(engine: str) -> list[str]:
    """The command of an engine. Raises Skipped where a language model is needed and none is served."""
    if engine in WITH_MODEL and not os.environ.get("ASSISTANT_LLM_URL"):
        raise Skipped(
            f"engine {engine}: no language model (ASSISTANT_LLM_URL names an OpenAI-compatible server)"
        )
    if engine == RERANK and not os.environ.get("ASSISTANT_RERANKER"):
        raise Skipped("engine rerank: no cross-encoder (ASSISTANT_RERANKER names the folder of a local one)")
    if engine == DEFAULT:
        return [sys.executable, "-m", "assistant", "ask", "--batch", "-"]
    return [sys.executable, "-m", "eval.engines", engine]


def open_ask(engine: str) -> Ask:
    """The function that answers the turns of a conversation with an object of the contract."""
    if engine in VARIANTS or engine == DEFAULT:
        from eval.variants import open_variant

        return open_variant(engine)
    if engine == LLM:
        from eval.worded import open_worded

        return open_worded()
    from eval.baselines import open_baseline

    return open_baseline(engine)


def serve(engine: str) -> None:
    """Answers the lines of standard input until it ends."""
    ask = open_ask(engine)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            reply = ask(asked["turns"])
        except Exception as error:  # noqa: BLE001 - one question must not lose the others
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply | {"id": asked["id"]}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
