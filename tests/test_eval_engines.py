"""Baselines, variants, retrieval measures and the published table, on cases small enough to check."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from asking import CORPUS
from test_eval_run import item, made_run

from eval import publishing
from eval.baselines import answer_of, cited_by_number, flat_text, study_of
from eval.engines import open_ask, serve
from eval.extending import add_command
from eval.items import EvalError
from eval.publishing import README, newest, readme_block, results_table
from eval.searching import MEASURES, evaluate, judge, search
from eval.variants import RETRIEVERS, Parts


def test_the_flat_text_has_prose_unwrapped_and_tables_as_lines() -> None:
    text = flat_text(CORPUS)
    assert "the 3-year overall survival (OS) rate of all patients was 78%." in text
    assert '\n"NCT No","N/A","N/A","N/A","N/A","NCT02881086"\n' in text
    assert "Doubts about the tables" not in text  # corpus/README.md is no review


def test_a_sentence_is_of_the_study_it_names_or_the_one_before() -> None:
    chunk = "One (Abstract 51) [4]. Two. Three (Abstract 54) [5]. Four."
    assert [study_of(chunk, s) for s in ("One (Abstract 51) [4].", "Two.", "Three (Abstract 54) [5].")] == [
        "51",
        "51",
        "54",
    ]
    assert study_of("Nothing. Four.", "Four.") == ""


def test_a_text_with_numbered_sources_becomes_a_contract_object() -> None:
    chunks = ["The OS was 78% (Abstract 51).", "The CR rate was 62% (Abstract 4053)."]
    reply = cited_by_number("OS was 78% [1]. CR was 62% [2][9].", chunks)
    assert reply["statements"] == [
        {"text": "OS was 78%.", "citations": [0]},
        {"text": "CR was 62%.", "citations": [1, 8]},
    ]
    assert [c["abstract"] for c in reply["citations"]] == ["51", "4053"]
    assert reply["status"] == "answered"
    for text in ("", "Empty Response", "The sources do not contain that [1]. It is not reported."):
        assert cited_by_number(text, chunks)["status"] == "declined"


def test_an_engine_answers_line_by_line_and_survives_a_bad_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(turns: list[str]) -> dict[str, Any]:
        return answer_of(f"{10 / len(turns[-1])}", (), ())

    monkeypatch.setattr("eval.engines.open_ask", lambda _: ask)
    lines = [json.dumps({"id": id_, "turns": [turn]}) + "\n" for id_, turn in (("a", "12345"), ("b", ""))]
    monkeypatch.setattr(sys, "stdin", lines)
    serve("any")
    replies = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (replies[0]["id"], replies[0]["answer"]) == ("a", "2.0")
    assert replies[1] == {"error": "ZeroDivisionError: division by zero", "id": "b"}


def test_there_is_no_other_engine() -> None:
    with pytest.raises(EvalError, match="there is no engine other"):
        open_ask("other")


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts()


OS_GMALL = "What was the 3-year OS in the GMALL trial?"


@pytest.mark.slow
def test_bm25_alone_quotes_one_passage() -> None:
    reply = open_ask("bm25")(["What technology prevents CD7 cell surface expression?"])
    assert "IntraBlock" in reply["answer"]
    assert reply["citations"][0]["abstract"] == "2011"
    assert len(reply["evidence"]) == 3
    assert open_ask("bm25")(["qwertz"])["status"] == "declined"


@pytest.mark.slow
def test_each_variant_lacks_its_part(parts: Parts) -> None:
    query, studies = "fratricide xenograft", ("51",)
    found = {name: parts.retriever(name).search(query, studies=studies, k=5) for name in RETRIEVERS}
    assert any(e.cosine is not None for e in found["default"])
    assert all(e.bm25 is None for e in found["no-bm25"])
    assert found["no-bm25"]
    assert all(e.cosine is None for e in found["no-dense"])
    assert all("51" in e.passage.studies for e in found["default"])
    assert any("975" in e.passage.studies for e in found["no-study-filter"])
    whole, without = parts.engine("default").ask([OS_GMALL]), parts.engine("no-facts").ask([OS_GMALL])
    assert "78%" in whole.text
    assert whole.facts
    assert not without.facts
    with pytest.raises(EvalError, match="there is no engine none"):
        parts.retriever("none")


@pytest.mark.slow
def test_the_textbook_stack_answers_with_a_sentence_of_its_top_chunks() -> None:
    reply = open_ask("textbook")([OS_GMALL])
    assert "GMALL trial" in reply["answer"]
    assert len(reply["evidence"]) == 3
    assert reply["answer"] in reply["citations"][0]["quote"]
    assert reply["elapsed_ms"] > 0


class Model(BaseHTTPRequestHandler):
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self.asked.append(
            json.loads(self.rfile.read(int(self.headers["Content-Length"]))) | {"path": self.path}
        )
        self.send_response(200)
        self.end_headers()
        text = "The 3-year OS was 78% [1]."
        self.wfile.write(json.dumps({"choices": [{"message": {"content": text}}]}).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.mark.slow
def test_the_citation_engine_asks_the_model_that_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("ASSISTANT_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1/")
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "small")
    reply = open_ask("textbook-llm")([OS_GMALL])
    server.shutdown()
    server.server_close()
    thread.join()
    assert reply["statements"] == [{"text": "The 3-year OS was 78%.", "citations": [0]}]
    assert (reply["status"], len(reply["citations"])) == ("answered", len(reply["evidence"]))
    assert (Model.asked[0]["path"], Model.asked[0]["model"]) == ("/v1/chat/completions", "small")
    assert OS_GMALL in Model.asked[0]["messages"][0]["content"]
    assert "Source 1" in Model.asked[0]["messages"][0]["content"]


@pytest.mark.slow
def test_judgements_are_the_passages_at_the_gold_place_with_the_figure(parts: Parts) -> None:
    place = ["Nelarabine-based treatment", "Table 1, Survival outcome"]
    (grades,) = judge([item("x") | {"place": place}], parts.passages).values()
    quotes = sorted(p.quote for p in parts.passages if p.id in grades)
    assert len(quotes) == 2
    assert all("78%" in q for q in quotes)
    assert set(grades.values()) == {2}
    worded = item("y") | {"figures": [], "cite": ["54"], "place": ["Table 1, Study agents"]}
    (grades,) = judge([worded], parts.passages).values()
    assert [p.quote for p in parts.passages if p.id in grades] == ["Nelarabine + L-ASP"]
    assert judge([item("z") | {"turns": ["a", "b"]}, item("w") | {"cite": []}], parts.passages) == {}


def test_retrieval_measures_by_hand() -> None:
    judged = {"a": {"p1": 1}, "b": {"p1": 1, "p2": 1}, "c": {"p3": 1}}
    found = {"a": {"p1": 2.0, "p9": 1.0}, "b": {"p9": 3.0, "p1": 2.0}}  # nothing for c
    scores = evaluate(judged, found)
    assert set(scores) == set(MEASURES)
    assert scores["Success@1"] == pytest.approx(1 / 3)
    assert scores["Success@3"] == pytest.approx(2 / 3)
    assert scores["R@5"] == pytest.approx((1 + 0.5 + 0) / 3)
    assert scores["RR"] == pytest.approx((1 + 0.5 + 0) / 3)
    ideal = 1 + 1 / 1.584962500721156
    assert scores["nDCG@10"] == pytest.approx((1 + (1 / 1.584962500721156) / ideal + 0) / 3)


@pytest.mark.slow
def test_a_search_gives_scores_by_passage(parts: Parts) -> None:
    found = search(parts.retriever("no-dense"), [item("x") | {"turns": [OS_GMALL]}], {"x": ("51",)})["x"]
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all("51" in p.studies for p in parts.passages if p.id in found)


def test_the_table_of_the_readme_is_that_of_the_newest_results() -> None:
    """Where it is not: `python -m eval readme --write`."""
    assert readme_block(README.read_text(encoding="utf-8")) == results_table(newest())


def test_published_results_keep_no_question() -> None:
    runs = newest()
    assert {r.name for r in runs} >= {"default", "textbook", "bm25"}
    for run in runs:
        assert run.run["bare"] is True
        assert run.end is not None
        assert all(row["item"] is None and row["reply"] is None for row in run.rows)


def test_the_newest_run_of_each_engine_is_shown(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no run of the default engine"):
        newest(tmp_path)
    for name, engine, started, split in (
        ("a", "default", "2026-01-01T00:00:00Z", "dev"),
        ("b", "default", "2026-01-03T00:00:00Z", "test"),
        ("c", "default", "2026-01-02T00:00:00Z", "test"),
        ("d", "bm25", "2026-01-01T00:00:00Z", "test"),
        ("e", "textbook", "2026-01-09T00:00:00Z", "dev"),
    ):
        made_run(tmp_path / f"{name}.jsonl", {"x-1": 1}, engine=engine, started=started, split=split)
    assert [r.path.stem for r in newest(tmp_path)] == ["b", "d"]
    table = results_table(newest(tmp_path)).splitlines()
    assert table[0] == "| test split, n = 1 | default | bm25 |"
    assert "| wrong figures | 0 | 0 |" in table


def test_the_table_is_written_between_the_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"a\n{publishing.START}\n\nold\n\n{publishing.STOP}\nb\n", encoding="utf-8")
    monkeypatch.setattr(publishing, "README", page)
    monkeypatch.setattr(publishing, "newest", lambda: [made_run(tmp_path / "default.jsonl", {"x-1": 1})])
    assert publishing.readme(argparse.Namespace(write=True)) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"a\n{publishing.START}\n\n| dev split, n = 1 | default |\n")
    assert text.endswith(f"|\n\n{publishing.STOP}\nb\n")
    with pytest.raises(EvalError, match="no block between"):
        readme_block("nothing")


def test_what_fails_is_listed_for_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_run(tmp_path / "a.jsonl", {"x-1": 1, "x-2": 0})
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers())
    options = parser.parse_args(["known", str(tmp_path / "a.jsonl")])
    assert options.function(options) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["x-2 missing wrong lead"]
