"""What the assistant is compared with: the textbook stack, the same with a language model, and BM25 alone.

All read the corpus of the settings. The last turn is asked, as nothing in them knows of turns.
"""

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from eval.engines import Ask
from eval.items import EvalError

CHUNK_TOKENS = 256
CHUNK_OVERLAP = 20
TOP = 3
MOST_TOKENS = 300
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"])|\n+")
_STUDY = re.compile(r"\(?Abstracts? (\d+)")


def open_baseline(name: str) -> Ask:
    """Answers by the baseline of that name; raises EvalError for an unknown one."""
    openers = {"textbook": open_textbook, "textbook-llm": open_llm, "bm25": open_bm25}
    if name not in openers:
        raise EvalError(f"there is no engine {name}")
    return _timed(openers[name]())


def _timed(ask: Ask) -> Ask:
    def timed(turns: Sequence[str]) -> dict[str, Any]:
        started = time.perf_counter()
        reply = ask(turns)
        return reply | {"elapsed_ms": round(1000 * (time.perf_counter() - started), 2)}

    return timed


def answer_of(text: str, quotes: Sequence[tuple[str, str, str]], evidence: Sequence[str]) -> dict[str, Any]:
    """An object of the contract that says `text` on the ground of quotes (study, locator, quotation)."""
    return {
        "status": "answered",
        "answer": text,
        "statements": [{"text": text, "citations": list(range(len(quotes)))}],
        "citations": [
            {"abstract": study or None, "reference": None, "review": "", "locator": place, "quote": quote}
            for study, place, quote in quotes
        ],
        "facts": [],
        "conflicts": [],
        "evidence": list(evidence),
    }


def _index() -> Any:
    """LlamaIndex over an embedded Chroma: the review as one flat text, in chunks of 256 tokens."""
    import chromadb
    import torch
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import TokenTextSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from assistant.index.encoder import find_model
    from assistant.settings import load_settings

    torch.set_num_threads(1)  # more are slower on texts this short
    settings = load_settings()
    embedding = HuggingFaceEmbedding(model_name=str(find_model(settings.model)), device="cpu")
    collection = chromadb.EphemeralClient().get_or_create_collection("review")
    text = flat_text(Path(settings.corpus))
    return VectorStoreIndex.from_documents(
        [Document(text=text)],
        storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(collection)),
        embed_model=embedding,
        transformations=[TokenTextSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=CHUNK_OVERLAP)],
    ), embedding


def flat_text(corpus: Path) -> str:
    """The reviews as one text, paragraphs unwrapped, the tables as their lines."""
    files = sorted(p for p in corpus.glob("*/*") if p.suffix in {".md", ".csv"})
    texts = [(p.suffix, p.read_text(encoding="utf-8")) for p in files]
    return "\n\n".join(re.sub(r"(?<!\n)\n(?!\n)", " ", t) if suffix == ".md" else t for suffix, t in texts)


def study_of(chunk: str, sentence: str) -> str:
    """The study of a sentence: the one it names, else the last one named before it in its chunk."""
    before = chunk[: chunk.find(sentence) + len(sentence)]
    named = _STUDY.findall(sentence) or _STUDY.findall(before)[-1:]
    return str(named[0]) if named else ""


def open_textbook() -> Ask:
    """The textbook stack; its answer is the sentence of its top chunks nearest to the question."""
    import numpy as np

    index, embedding = _index()
    retriever = index.as_retriever(similarity_top_k=TOP)
    known: dict[str, Any] = {}  # a sentence comes up again and again

    def vectors(texts: Sequence[str]) -> Any:
        new = [t for t in dict.fromkeys(texts) if t not in known]
        known.update(zip(new, embedding.get_text_embedding_batch(new), strict=True) if new else ())
        return np.array([known[t] for t in texts])

    def ask(turns: Sequence[str]) -> dict[str, Any]:
        chunks = [node.get_content() for node in retriever.retrieve(turns[-1])]
        sentences = [(s.strip(), n) for n, c in enumerate(chunks) for s in _SENTENCE.split(c) if s.strip()]
        cosines = vectors([s for s, _ in sentences]) @ np.array(embedding.get_query_embedding(turns[-1]))
        best = int(np.argmax(cosines))
        sentence, n = sentences[best]
        return answer_of(sentence, [(study_of(chunks[n], sentence), "", chunks[n])], chunks)

    return ask


def open_bm25() -> Ask:
    """BM25 over the assistant's own passages; its answer is the best sentence or cell, word for word."""
    from assistant.model import Kind
    from eval.variants import Parts

    parts = Parts()
    kinds = (Kind.SENTENCE, Kind.CELL)
    retriever = parts.retriever("no-dense")

    def ask(turns: Sequence[str]) -> dict[str, Any]:
        found = [e.passage for e in retriever.search(turns[-1], kinds=kinds, k=TOP)]
        if not found:
            return answer_of("Nothing was found.", (), ()) | {"status": "declined"}
        best = found[0]
        quote = ((*best.studies, "")[0], best.locator.label, best.quote)
        return answer_of(best.text, [quote], [p.text for p in found])

    return ask


def open_llm() -> Ask:
    """LlamaIndex's CitationQueryEngine over the textbook index, with the model that is served."""
    from llama_index.core.query_engine import CitationQueryEngine

    index, _ = _index()
    engine = CitationQueryEngine.from_args(index, llm=_served_model(), similarity_top_k=TOP)

    def ask(turns: Sequence[str]) -> dict[str, Any]:
        response = engine.query(turns[-1])
        chunks = [node.get_content() for node in response.source_nodes]
        text = str(response)
        return cited_by_number(text, chunks)

    return ask


def cited_by_number(text: str, chunks: Sequence[str]) -> dict[str, Any]:
    """An object of the contract from a text that cites its sources as [1], [2]; no text is a decline.

    The study of a chunk is the first that it names.
    """
    statements: list[dict[str, Any]] = []
    for sentence in filter(str.strip, _SENTENCE.split(text)):
        numbers = [int(n) - 1 for n in re.findall(r"\[(\d+)\]", sentence)]
        statements.append({"text": re.sub(r"\s*\[\d+\]", "", sentence).strip(), "citations": numbers})
    quotes = [(study_of(c, c), "", c) for c in chunks]
    silent = not statements or re.search(
        r"\b(?:not (?:provided|mentioned|reported|specified|contain)|no information|cannot|empty response)\b",
        text,
        re.I,
    )
    reply = answer_of(text, quotes, chunks) | {"statements": statements}
    return reply | {"status": "declined"} if silent else reply


def _served_model() -> Any:
    """The served model as LlamaIndex wants it; nothing but one request a completion."""
    from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

    url = os.environ["ASSISTANT_LLM_URL"].rstrip("/")
    name = os.environ.get("ASSISTANT_LLM_MODEL", "")
    key = os.environ.get("ASSISTANT_LLM_KEY", "")

    class Served(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(context_window=8192, num_output=MOST_TOKENS, model_name=name)

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
            asked = {"model": name, "temperature": 0, "max_tokens": MOST_TOKENS}
            messages = [{"role": "user", "content": prompt}]
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            done = httpx.post(
                f"{url}/chat/completions", json=asked | {"messages": messages}, headers=headers, timeout=300
            )
            done.raise_for_status()
            return CompletionResponse(text=done.json()["choices"][0]["message"]["content"] or "")

        def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
            yield self.complete(prompt, formatted, **kwargs)

    return Served()
