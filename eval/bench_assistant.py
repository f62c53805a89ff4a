"""What the bench runs of this program in a process of its own: `python -m eval.bench_assistant TASK JSON`."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.bench_corpus import Question, read_questions
from eval.bench_load import alone, load
from eval.bench_process import percentile


def serve(task: dict[str, Any]) -> dict[str, Any]:
    """Warm latencies of the questions in milliseconds, then what clients get who ask at once."""
    from assistant.contract import answer_object
    from assistant.engine.engine import open_engine
    from assistant.settings import load_settings

    engine = open_engine(load_settings())
    engine.warm()  # as the service does when it starts

    def ask(question: str) -> str:
        fields = answer_object(engine.ask([question]), None)
        return json.dumps({k: v for k, v in fields.items() if k != "elapsed_ms"}, sort_keys=True)

    alone(ask, task["warm_up"])  # index and encoder are open now; no question of the list was seen yet
    answers, times = alone(ask, task["questions"])
    loads = [asdict(load(ask, answers, clients, task["seconds"])) for clients in task["clients"]]
    return {"times_ms": times, "loads": loads}


def grow_build(task: dict[str, Any]) -> dict[str, Any]:
    """Seconds to read a corpus, to embed it and to store and check its index; without the imports."""
    import chromadb  # noqa: F401 - imported here so that the clock does not run meanwhile
    import llama_index.core.vector_stores.utils  # noqa: F401

    from assistant.corpus.corpus import read_corpus
    from assistant.engine.opening import facts_json
    from assistant.index.index import build
    from assistant.vocabulary.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    started = time.perf_counter()
    corpus = read_corpus(Path(task["corpus"]), vocabulary)
    read_s = time.perf_counter() - started
    passages = [p for review in corpus.reviews for p in review.passages]
    encoder, ends = _encoder(task), {}
    encoder.encode(["The model is loaded before the clock runs."])

    def progress(step: str, _done: int, _total: int) -> None:
        ends[step] = time.perf_counter()

    started = time.perf_counter()
    build(passages, facts_json(corpus), corpus.hash, encoder, _index_settings(task), progress)
    build_s = time.perf_counter() - started
    embed_s = ends["embedding"] - started
    return {
        "passages": len(passages),
        "read_s": read_s,
        "build_s": build_s,
        "embed_s": embed_s,
        "store_s": build_s - embed_s,
    }


def grow_ask(task: dict[str, Any]) -> dict[str, Any]:
    """What searching and asking cost over a corpus whose index is built."""
    from assistant.corpus.corpus import read_corpus
    from assistant.engine.engine import Engine
    from assistant.engine.opening import facts_json
    from assistant.index.index import open_index
    from assistant.retrieval.retrieval import Retriever
    from assistant.vocabulary.vocabulary import load_vocabulary

    questions = read_questions(Path(task["questions"]))
    vocabulary = load_vocabulary()
    corpus = read_corpus(Path(task["corpus"]), vocabulary)
    passages = [p for review in corpus.reviews for p in review.passages]
    encoder, found = _encoder(task), {}

    def timed(name: str, do: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = do()
        found[name] = time.perf_counter() - started
        return result

    index = timed(
        "open_s",
        lambda: open_index(passages, facts_json(corpus), corpus.hash, encoder, _index_settings(task)),
    )
    retriever = Retriever(passages, lambda: index, lambda: encoder)
    timed("words_s", lambda: retriever.search(questions[0].text, dense=False))
    for question in questions:
        retriever.search(question.text)  # afterwards its vector is known, and embedding is not measured
    times = [_ms(retriever.search, question.text) for question in questions]
    found |= {"retrieval_p50_ms": percentile(times, 0.5), "retrieval_p95_ms": percentile(times, 0.95)}
    if not task["ask"]:
        return found
    engine = Engine(corpus, vocabulary, retriever)
    timed("first_s", lambda: engine.ask([questions[0].text]))
    kinds = {"lookup": False, "search": True}
    asked = {name: [q for q in questions if q.searches == kind] for name, kind in kinds.items()}
    for name, own in asked.items():
        took, right = _asked(engine, own)
        found |= {f"{name}_p50_ms": percentile(took, 0.5), f"{name}_right": right}
    return found


def _asked(engine: Any, questions: Sequence[Question]) -> tuple[list[float], float]:
    """Milliseconds, and the share of answers that hold the gold figure or word."""
    times, right = [], 0
    for question in questions:
        started = time.perf_counter()
        answer = engine.ask([question.text])
        times.append(1000 * (time.perf_counter() - started))
        right += question.gold in answer.text
    return times, right / len(questions)


def _ms(call: Callable[[str], Any], text: str) -> float:
    started = time.perf_counter()
    call(text)
    return 1000 * (time.perf_counter() - started)


def _index_settings(task: dict[str, Any]) -> Any:
    from assistant.index.encoder import IndexSettings

    return IndexSettings(Path(task["store"]))


def _encoder(task: dict[str, Any]) -> Any:
    if task["vectors"] == "hashed":
        from eval.bench_vectors import HashedEncoder

        return HashedEncoder()
    from assistant.index.encoder import IndexSettings, OnnxEncoder

    return OnnxEncoder(IndexSettings(Path(task["home"])))  # where the export is, so that none is made


TASKS = {"serve": serve, "grow_build": grow_build, "grow_ask": grow_ask}


def main(arguments: Sequence[str]) -> int:
    name, task = arguments
    print(json.dumps(TASKS[name](json.loads(task))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
