"""What a question costs, beside the textbook stack, in one run: `python -m eval.bench`.

The textbook stack is LlamaIndex's VectorStoreIndex over Chroma with HuggingFaceEmbedding: the files of the
corpus as they are, cut into chunks of 256 tokens, the top 3 retrieved; it writes no answer and verifies
nothing. Ours is `assistant ask`, from a question to a verified, cited answer.

Cold is a process of its own, imports and all, on an index that was built before (for both), with files in the
system's cache. Wall time is what the caller waits; memory is the process's peak resident set. Warm is one
process that has answered other questions before; each measured question is new to it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "eval" / "questions" / "dev.jsonl"
CHUNK_TOKENS = 256
TOP_K = 3
WARM_UP = 20
HEAVY = ("torch", "gradio", "llama_index", "chromadb")
LIMITS = {"cold wall": 1 / 3, "cold memory": 0.4, "warm p50": 0.5}
"""Largest share of the textbook stack's cost that ours may have."""
HELP_SECONDS = 0.5


class BenchError(Exception):
    """Something the user can mend; printed in one line, exit code 2."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process."""

    seconds: float
    peak_mib: float
    """Largest resident set of the process or of one it waited for; at least this process's own, 20 MiB."""
    out: str
    code: int


def run(command: Sequence[str], home: Path) -> Run:
    """Runs the command to its end. Raises BenchError where it fails; 3, a declined question, is none."""
    environment = {**os.environ, "ASSISTANT_HOME": str(home), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in {0, 3}:
            raise BenchError(f"{' '.join(command[1:])[:80]}: {err.read().decode(errors='replace')[-800:]}")
        # Linux counts kilobytes, macOS bytes
        peak_mib = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        return Run(seconds, peak_mib, out.read().decode(errors="replace"), process.returncode)


def child(job: str, *arguments: str) -> list[str]:
    """The command that does one of JOBS in a process of its own."""
    return [sys.executable, "-m", "eval.bench", "--child", job, *arguments]


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Those of one turn."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        items = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise BenchError(f"{path}: {error}") from error
    return [item for item in items if len(item["turns"]) == 1]


# -- the children


def textbook(folder: str, question: str, questions: str = "") -> dict[str, Any]:
    """The stack as its documentation shows it; builds where the folder is empty, else loads."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from assistant.encoder import find_model
    from assistant.settings import load_settings

    model = HuggingFaceEmbedding(model_name=str(find_model()), device="cpu")
    collection = chromadb.PersistentClient(path=folder).get_or_create_collection("textbook")
    store = ChromaVectorStore(chroma_collection=collection)
    if collection.count() == 0:
        files = SimpleDirectoryReader(str(load_settings().corpus), recursive=True).load_data()
        index = VectorStoreIndex.from_documents(
            files,
            transformations=[SentenceSplitter(chunk_size=CHUNK_TOKENS)],
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=model,
        )
    else:
        index = VectorStoreIndex.from_vector_store(store, embed_model=model)
    retriever = index.as_retriever(similarity_top_k=TOP_K)
    found = retriever.retrieve(question)
    times = warm(retriever.retrieve, questions) if questions else []
    return {"chunks": collection.count(), "found": len(found), "times": times}


def ours(path: str) -> dict[str, Any]:
    """`Engine.ask`; and the first question that opened the index, "" where facts answered all."""
    from assistant.engine import open_engine
    from assistant.settings import load_settings

    engine = open_engine(load_settings(), notify=lambda _: None)
    for item in read_questions(Path(path)):
        engine.ask([item["turns"][0]])
        if "chromadb" in sys.modules:
            return {"searched": item["turns"][0], "times": warm(lambda q: engine.ask([q]), path)}
    return {"searched": "", "times": warm(lambda q: engine.ask([q]), path)}


def search(path: str) -> dict[str, Any]:
    """`Retriever.search` alone: BM25 and vectors, fused."""
    from assistant.corpus import read_corpus
    from assistant.encoder import IndexSettings, OnnxEncoder
    from assistant.engine import facts_json
    from assistant.index import open_index
    from assistant.retrieval import Retriever
    from assistant.settings import load_settings
    from assistant.vocabulary import load_vocabulary

    settings = load_settings()
    corpus = read_corpus(settings.corpus, load_vocabulary())
    places = IndexSettings(settings.home, settings.chroma_url, settings.model)
    passages = [passage for review in corpus.reviews for passage in review.passages]
    encoder = OnnxEncoder(places)
    index = open_index(passages, facts_json(corpus), corpus.hash, encoder, places)
    retriever = Retriever(passages, lambda: index, lambda: encoder)
    return {"passages": len(passages), "times": warm(retriever.search, path)}


def warm(answer: Callable[[str], object], path: str) -> list[float]:
    """Milliseconds of each question but the first ones, which warm up."""
    times = []
    for item in read_questions(Path(path)):
        # a mark that no cache knows yet, and that no stack reads
        question = item["turns"][0] + " \u2026"
        started = time.perf_counter()
        answer(question)
        times.append((time.perf_counter() - started) * 1000)
    return times[WARM_UP:]


JOBS: dict[str, Callable[..., dict[str, Any]]] = {"textbook": textbook, "ours": ours, "search": search}


# -- the report


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one stack."""

    first_seconds: float
    """The very first question: everything is built."""
    cold_seconds: float
    cold_mib: float
    warm_ms: Sequence[float]

    @property
    def p50_ms(self) -> float:
        return median(self.warm_ms)

    @property
    def p95_ms(self) -> float:
        return quantiles(self.warm_ms, n=20)[-1]


def cold(command: Sequence[str], home: Path, runs: int) -> tuple[float, float]:
    """Median wall seconds and peak MiB."""
    done = [run(command, home) for _ in range(runs)]
    return median(one.seconds for one in done), median(one.peak_mib for one in done)


def measure_textbook(home: Path, question: str, path: Path, runs: int) -> tuple[Cost, int]:
    folder = str(home / "textbook")
    first = run(child("textbook", folder, question), home)
    seconds, mib = cold(child("textbook", folder, question), home, runs)
    found = json.loads(run(child("textbook", folder, question, str(path)), home).out)
    return Cost(first.seconds, seconds, mib, found["times"]), found["chunks"]


def ratio(name: str, ours_: float, theirs: float) -> str:
    share, limit = ours_ / theirs, LIMITS[name]
    verdict = "within" if share <= limit else "OVER"
    return f"  {name}: {share:.2f} of the textbook stack ({verdict} the limit of {limit:.2f})"


def report(home: Path, path: Path, runs: int) -> list[str]:
    """Measures all, and gives the lines to print."""
    items = read_questions(path)
    lookup = next(item["turns"][0] for item in items if item["kind"] == "lookup")
    program = [sys.executable, "-m", "assistant"]
    help_seconds, help_mib = cold([*program, "--help"], home, 5)
    loaded = imports_of_help(home)
    built = run([*program, "index"], home)
    engine = json.loads(run(child("ours", str(path)), home).out)
    finds = json.loads(run(child("search", str(path)), home).out)
    questions = {"facts alone": lookup, "index opened": engine["searched"]}
    mine = [
        (what, question, Cost(built.seconds, *cold([*program, "ask", question], home, runs), engine["times"]))
        for what, question in questions.items()
        if question
    ]
    theirs, chunks = measure_textbook(home, lookup, path, runs)
    found = Cost(0, 0, 0, finds["times"])
    good = help_seconds <= HELP_SECONDS and not loaded
    return [
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {runs} cold runs; "
        f"{len(engine['times'])} warm questions",
        f"assistant --help: {help_seconds:.2f} s, {help_mib:.0f} MiB; heavy imports: {loaded or 'none'} "
        f"({'within' if good else 'OVER'} the limit of {HELP_SECONDS} s and none)",
        "",
        f"textbook stack, {chunks} chunks (retrieval alone)",
        f"  first question, index built: {theirs.first_seconds:.1f} s",
        f"  cold, index loaded: {theirs.cold_seconds:.2f} s, {theirs.cold_mib:.0f} MiB",
        f"  warm retrieval: p50 {theirs.p50_ms:.1f} ms, p95 {theirs.p95_ms:.1f} ms",
        f"assistant, {finds['passages']} passages (question to verified answer)",
        f"  assistant index, encoder exported: {built.seconds:.1f} s, {built.peak_mib:.0f} MiB",
        *(
            f"  cold, {what}: {cost.cold_seconds:.2f} s, {cost.cold_mib:.0f} MiB: {question}"
            for what, question, cost in mine
        ),
        f"  warm: p50 {mine[0][2].p50_ms:.1f} ms, p95 {mine[0][2].p95_ms:.1f} ms",
        f"  warm hybrid search alone: p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms",
        "",
        "the dearest cold question and the warm ones, beside the textbook stack",
        ratio("cold wall", max(cost.cold_seconds for _, _, cost in mine), theirs.cold_seconds),
        ratio("cold memory", max(cost.cold_mib for _, _, cost in mine), theirs.cold_mib),
        ratio("warm p50", mine[0][2].p50_ms, theirs.p50_ms),
    ]


def imports_of_help(home: Path) -> str:
    """Which of HEAVY `assistant --help` imports."""
    code = (
        "import sys\nsys.argv = ['assistant', '--help']\n"
        "try:\n    from assistant.cli import main; main()\nexcept SystemExit: pass\n"
        f"print('\\n' + ' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    return run([sys.executable, "-c", code], home).out.splitlines()[-1].strip()


def main() -> None:
    """Prints the report; exits 1 with ``--check`` where a limit is passed, 2 where it cannot be measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--questions", type=Path, default=QUESTIONS, help="JSON Lines; those of one turn are asked"
    )
    parser.add_argument("--runs", type=int, default=3, help="cold runs of each, default 3")
    parser.add_argument(
        "--home", type=Path, help="keep the exports and indexes here, default a temporary folder"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 where a limit is passed")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        job, *rest = arguments.child
        print(json.dumps(JOBS[job](*rest)))
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            lines = report(arguments.home or Path(folder), arguments.questions, arguments.runs)
    except BenchError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    print("\n".join(lines))
    if arguments.check and any("OVER" in line for line in lines):
        sys.exit(1)


if __name__ == "__main__":
    main()
