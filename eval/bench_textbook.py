"""The textbook stack in a process of its own: `python -m eval.bench_textbook TASK JSON`.

LlamaIndex's `VectorStoreIndex` over an embedded Chroma collection with `HuggingFaceEmbedding`
(all-MiniLM-L6-v2), each review as one flat text in chunks of 256 tokens, top 3. It retrieves; it has no
answer to compose nor to verify, so that every comparison is in its favour.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.bench_load import alone, load
from eval.bench_process import percentile

CHUNK_TOKENS, OVERLAP_TOKENS, TOP = 256, 20, 3


def build(task: dict[str, Any]) -> dict[str, Any]:
    """Builds the collection; seconds without the imports, those of embedding apart, and how many chunks."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import TokenTextSplitter

    vectors, embedding, took = _collection(task), _embedding(task), [0.0]
    plain = type(embedding)._get_text_embeddings

    def timed(self: Any, texts: list[str]) -> list[list[float]]:
        began = time.perf_counter()
        rows: list[list[float]] = plain(self, texts)
        took[0] += time.perf_counter() - began
        return rows

    type(embedding)._get_text_embeddings = timed
    started = time.perf_counter()
    folders = sorted(path for path in Path(task["corpus"]).iterdir() if path.is_dir())
    VectorStoreIndex.from_documents(
        [Document(text=_flat(folder)) for folder in folders],
        storage_context=StorageContext.from_defaults(vector_store=vectors),
        embed_model=embedding,
        transformations=[TokenTextSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=OVERLAP_TOKENS)],
    )
    build_s = time.perf_counter() - started
    return {
        "chunks": vectors._collection.count(),
        "build_s": build_s,
        "embed_s": took[0],
        "store_s": build_s - took[0],
    }


def ask(task: dict[str, Any]) -> dict[str, Any]:
    """Retrieves for one question: the whole of a cold run."""
    return {"nodes": len(_retriever(task).retrieve(task["questions"][0]))}


def serve(task: dict[str, Any]) -> dict[str, Any]:
    """Warm latencies of retrieval in milliseconds, then what clients get who ask at once."""
    retriever = _retriever(task)

    def retrieve(question: str) -> str:
        return "\n".join(node.node_id for node in retriever.retrieve(question))

    alone(retrieve, task["warm_up"])
    found, times = alone(retrieve, task["questions"])
    loads = [asdict(load(retrieve, found, clients, task["seconds"])) for clients in task["clients"]]
    return {"times_ms": times, "loads": loads}


def grow_ask(task: dict[str, Any]) -> dict[str, Any]:
    """What retrieval costs over a built collection, the question's vector being known."""
    from llama_index.core.schema import QueryBundle

    from eval.bench_corpus import read_questions

    retriever = _retriever(task)
    embedding, questions = _embedding(task), read_questions(Path(task["questions"]))
    bundles = [QueryBundle(q.text, embedding=embedding.get_query_embedding(q.text)) for q in questions]
    retriever.retrieve(bundles[0])
    times, right = [], 0
    for question, bundle in zip(questions, bundles, strict=True):
        began = time.perf_counter()
        nodes = retriever.retrieve(bundle)
        times.append(1000 * (time.perf_counter() - began))
        right += any(question.gold in node.get_content() for node in nodes)
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return {
        "retrieval_p50_ms": p50,
        "retrieval_p95_ms": p95,
        "retrieval_right": right / len(questions),
    }


def _flat(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".md", ".csv"})
    return "\n\n".join(p.read_text(encoding="utf-8") for p in files)


def _collection(task: dict[str, Any]) -> Any:
    import chromadb
    from llama_index.vector_stores.chroma import ChromaVectorStore

    return ChromaVectorStore(
        chroma_collection=chromadb.PersistentClient(task["store"]).get_or_create_collection("review")
    )


def _retriever(task: dict[str, Any]) -> Any:
    from llama_index.core import VectorStoreIndex

    index = VectorStoreIndex.from_vector_store(_collection(task), embed_model=_embedding(task))
    return index.as_retriever(similarity_top_k=TOP)


def _embedding(task: dict[str, Any]) -> Any:
    if task["vectors"] != "hashed":
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(model_name=task["model"], device="cpu")
    from llama_index.core.embeddings import BaseEmbedding

    from eval.bench_vectors import HashedEncoder

    encoder = HashedEncoder()

    class Hashed(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in encoder.encode([text])[0]]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return Hashed()


TASKS = {"build": build, "ask": ask, "serve": serve, "grow_build": build, "grow_ask": grow_ask}


def main(arguments: Sequence[str]) -> int:
    name, task = arguments
    print(json.dumps(TASKS[name](json.loads(task))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
