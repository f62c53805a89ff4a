"""`python -m eval.bench`: what a question costs here and with the textbook stack, measured in one run.

The textbook stack is LlamaIndex's `VectorStoreIndex` over an embedded Chroma collection with
`HuggingFaceEmbedding` (all-MiniLM-L6-v2), the review as one flat text in chunks of 256 tokens, top 3. Both
indexes are built before the clock starts. A cold run is a fresh process from start to exit; its memory is the
most it ever held. Warm is one process that has been asked before: for the textbook stack retrieval alone, for
this program everything up to the verified answer.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What was the 3-year OS in the GMALL trial?"

SEARCHED = "Why is fratricide a problem for CAR-T cells?"
"""A question that facts alone do not answer, so that index and encoder are opened."""

TEXTBOOK = """
import json
import sys
import time
from pathlib import Path
import chromadb
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import TokenTextSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore
from llama_index.core import StorageContext
task, store, corpus, model, questions = sys.argv[1:6]
embedding = HuggingFaceEmbedding(model_name=model, device="cpu")
collection = chromadb.PersistentClient(store).get_or_create_collection("review")
vectors = ChromaVectorStore(chroma_collection=collection)
if task == "build":
    files = sorted(p for p in Path(corpus).rglob("*") if p.suffix in {".md", ".csv"})
    text = "\\n\\n".join(p.read_text(encoding="utf-8") for p in files)
    splitter = TokenTextSplitter(chunk_size=256, chunk_overlap=20)
    context = StorageContext.from_defaults(vector_store=vectors)
    VectorStoreIndex.from_documents([Document(text=text)], storage_context=context,
                                    embed_model=embedding, transformations=[splitter])
    sys.exit()
index = VectorStoreIndex.from_vector_store(vectors, embed_model=embedding)
retriever = index.as_retriever(similarity_top_k=3)
times = []
for question in json.loads(questions):
    started = time.perf_counter()
    assert len(retriever.retrieve(question)) == 3
    times.append(1000 * (time.perf_counter() - started))
print(json.dumps(times))
"""

OURS = """
import json
import sys
import time
from assistant.engine import open_engine
from assistant.settings import load_settings
engine = open_engine(load_settings())
times = []
for question in json.loads(sys.argv[1]):
    started = time.perf_counter()
    engine.ask([question])
    times.append(1000 * (time.perf_counter() - started))
print(json.dumps(times))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from start to exit."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    output: str


def measured(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Runs a command; its peak memory is its own, not its children's. Raises where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=out, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if child.returncode not in {0, 3}:
            raise RuntimeError(errors.read().decode(errors="replace")[-2000:])
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        cpu_s = usage.ru_utime + usage.ru_stime
        return Run(wall_s, cpu_s, usage.ru_maxrss * unit / 2**20, out.read().decode())


def cold(commands: Sequence[Sequence[str]], environment: dict[str, str], repeats: int) -> list[Run]:
    """Each command's median run by wall time; they take turns, so that a busy machine slows all alike."""
    for command in commands:
        measured(command, environment)  # fills the disk's cache
    rounds = [[measured(command, environment) for command in commands] for _ in range(repeats)]
    return [sorted(runs, key=lambda r: r.wall_s)[repeats // 2] for runs in zip(*rounds, strict=True)]


def warm(command: Sequence[str], environment: dict[str, str], skip: int) -> tuple[float, float]:
    """p50 and p95 in milliseconds of the times a command prints, without the first ones."""
    times = sorted(json.loads(measured(command, environment).output.splitlines()[-1])[skip:])
    return statistics.median(times), times[int(0.95 * (len(times) - 1))]


def bench(questions: Sequence[str], repeats: int = 5) -> str:
    """Both stacks side by side, with the ratios, as aligned text."""
    from assistant.encoder import find_model
    from assistant.settings import load_settings

    settings = load_settings()
    python, asked = sys.executable, json.dumps([*questions[:5], *questions])
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ) | {"HF_HUB_OFFLINE": "1", "ASSISTANT_HOME": str(Path(folder) / "home")}
        shared = [str(Path(folder) / "chroma"), str(settings.corpus), str(find_model(settings.model))]

        def textbook(task: str, given: str) -> list[str]:
            return [python, "-c", TEXTBOOK, task, *shared, given]

        ours = [python, "-m", "assistant"]
        measured(textbook("build", ""), environment)
        measured([*ours, "index"], environment)
        commands = [
            textbook("ask", json.dumps([QUESTION])),
            [*ours, "ask", QUESTION],
            [*ours, "ask", SEARCHED],
        ]
        theirs, mine, text, help_run = cold([*commands, [*ours, "--help"]], environment, repeats)
        their_warm = warm(textbook("ask", asked), environment, 5)
        my_warm = warm([python, "-c", OURS, asked], environment, 5)
    rows = [
        ("", "textbook", "assistant", "ratio", "wanted"),
        _row("cold look-up, s", theirs.wall_s, mine.wall_s, "≤ 0.33"),
        _row("  of it processor, s", theirs.cpu_s, mine.cpu_s, ""),
        _row("  peak memory, MiB", theirs.peak_mib, mine.peak_mib, "≤ 0.40"),
        _row("cold question that searches, s", theirs.wall_s, text.wall_s, "≤ 0.33"),
        _row("  of it processor, s", theirs.cpu_s, text.cpu_s, ""),
        _row("  peak memory, MiB", theirs.peak_mib, text.peak_mib, "≤ 0.40"),
        _row("warm p50, ms (theirs: retrieval alone)", their_warm[0], my_warm[0], "≤ 0.50"),
        _row("warm p95, ms", their_warm[1], my_warm[1], ""),
        ("--help, s", "", f"{help_run.wall_s:.2f}", "", "≤ 0.5 s"),
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join(
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _row(name: str, theirs: float, mine: float, wanted: str) -> tuple[str, ...]:
    return name, f"{theirs:.2f}", f"{mine:.2f}", f"{mine / theirs:.2f}", wanted


def main() -> int:
    """Prints the comparison over the development questions' single questions."""
    lines = (ROOT / "eval" / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    questions = [item["turns"][0] for item in items if len(item["turns"]) == 1]
    print(bench(questions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
