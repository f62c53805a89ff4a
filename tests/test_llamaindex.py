"""The product as a query engine and a retriever of LlamaIndex."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from asking import CORPUS, engine_over

from assistant.contract import answer_object
from assistant.engine.engine import Engine
from assistant.model import AssistantError

pytestmark = pytest.mark.slow

QUESTION = "What was the 3-year OS in the GMALL trial?"


@pytest.fixture(scope="module")
def engine(assistant_home: Path) -> Engine:
    return engine_over(CORPUS, assistant_home)


def test_a_query_engine_answers_with_our_places(engine: Engine) -> None:
    from assistant.llamaindex import ReviewQueryEngine

    response = ReviewQueryEngine(engine).query(QUESTION)
    answer = engine.ask([QUESTION])
    assert str(response) == answer.text
    expected, got = answer_object(answer), dict(response.metadata)
    expected.pop("elapsed_ms")
    got.pop("elapsed_ms")
    assert got == expected
    assert [n.node.id_ for n in response.source_nodes] == [c.passage for c in answer.citations]
    for source, citation in zip(response.source_nodes, answer.citations, strict=True):
        place = source.node.metadata
        assert (place["study"], place["label"]) == (citation.study, citation.label)
        assert (place["locator"], place["quote"]) == (citation.locator, citation.quote)
        assert place["review"] == citation.review
        assert place["reference"]


def test_it_declines_and_answers_without_waiting(engine: Engine) -> None:
    from assistant.llamaindex import ReviewQueryEngine

    response = asyncio.run(ReviewQueryEngine(engine).aquery("What is the capital of France?"))
    assert response.metadata["status"] == "declined"
    with pytest.raises(AssistantError):
        ReviewQueryEngine(engine, review="nope").query(QUESTION)


def test_a_retriever_finds_passages_with_our_places(engine: Engine) -> None:
    from assistant.llamaindex import ReviewRetriever

    nodes = ReviewRetriever(engine, similarity_top_k=5).retrieve("nelarabine in relapsed T-ALL")
    assert len(nodes) == 5
    assert [n.score for n in nodes] == sorted((n.score for n in nodes), reverse=True)
    known = {p.id: p for r in engine.reviews for p in r.passages}
    for found in nodes:
        passage = known[found.node.id_]
        assert found.node.text == passage.text
        assert found.node.metadata["locator"] == passage.locator.label
    assert any("nelarabine" in n.node.text.lower() for n in nodes)


def test_inside_somebody_elses_program(engine: Engine) -> None:
    """A retriever under LlamaIndex's own query engine, and the query engine as a tool."""
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.tools import QueryEngineTool

    from assistant.llamaindex import ReviewQueryEngine, ReviewRetriever

    theirs: Any = RetrieverQueryEngine.from_args(ReviewRetriever(engine, similarity_top_k=2), llm=MockLLM())
    assert "Abstract" in str(theirs.query("Which trial gave venetoclax?"))
    tool = QueryEngineTool.from_defaults(ReviewQueryEngine(engine), name="review", description="A review.")
    assert "78%" in str(tool.call(QUESTION))


def test_the_example_of_the_readme_runs(
    assistant_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import re

    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    (example,) = (e for e in re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S) if "llamaindex" in e)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    shown = [line.removeprefix("# ") for line in example.splitlines() if line.startswith("# ")]
    assert shown
    assert printed == shown
