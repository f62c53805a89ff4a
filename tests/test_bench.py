"""The measuring of costs: what is measured is right; no time is asserted."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import ROOT
from service_app import process, wait_for

from assistant.corpus.corpus import read_corpus
from assistant.vocabulary.vocabulary import load_vocabulary
from eval.bench import add_parser, main, settle, table
from eval.bench_compare import environment, measure
from eval.bench_corpus import PASSAGES, read_questions, write_corpus, write_questions
from eval.bench_load import alone, http_ask, load
from eval.bench_process import BenchError, in_turns, measured, percentile
from eval.bench_progress import reporter
from eval.bench_service import _completed, _submitting, chat_ask
from eval.bench_vectors import HashedEncoder

HUNGRY = "import time; x = bytearray(b'1') * (100 << 20); time.sleep(0.3); print(len(x) >> 20)"


def test_a_process_is_measured_from_outside() -> None:
    # asked of a small process, as a child's peak is never below its parent's
    code = (
        "import os, sys; from eval.bench_process import measured\n"
        "small, large = (measured([sys.executable, '-c', c], dict(os.environ)) for c in sys.argv[1:])\n"
        "print(large.output.strip(), large.peak_mib - small.peak_mib, large.wall_s)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "print(1)", HUNGRY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    size, more, seconds = map(float, done.stdout.split())
    assert size == 100
    assert more == pytest.approx(100, abs=15)
    assert seconds > 0.3


def test_a_process_that_fails_is_an_error_with_its_last_words() -> None:
    with pytest.raises(BenchError, match="No module named 'no_such_engine'"):
        measured([sys.executable, "-c", "import no_such_engine"], dict(os.environ))
    with pytest.raises(BenchError, match="No such file"):
        measured(["/no/such/program"], {})


def test_a_declined_question_is_no_failure() -> None:
    assert measured([sys.executable, "-c", "print('so'); raise SystemExit(3)"], dict(os.environ)).output


def test_commands_take_turns_after_one_run_that_does_not_count(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = [
        [sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r}); print({name!r})"] for name in "ab"
    ]
    runs = in_turns(commands, dict(os.environ), 3)
    assert log.read_text() == "ab" * 4
    assert [[run.output.strip() for run in own] for own in runs] == [["a"] * 3, ["b"] * 3]
    assert all(own == sorted(own, key=lambda run: run.wall_s) for own in runs)


@pytest.mark.parametrize(
    ("share", "found"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.0, 1), (0.991, 100)]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, found: int) -> None:
    assert percentile([*range(100, 0, -1)], share) == found


def test_a_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_the_child_of_a_bench_gets_no_setting_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS", "/elsewhere")
    monkeypatch.setenv("ASSISTANT_LLM_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    found = environment(Path("/a/home"))
    assert {k for k in found if k.startswith("ASSISTANT_")} == {"ASSISTANT_HOME"}
    assert found["HF_HUB_OFFLINE"] == "1"
    assert "PYTHONDONTWRITEBYTECODE" not in found


# Load


def test_clients_ask_at_once_and_every_answer_is_counted() -> None:
    most, now, lock = 0, 0, threading.Lock()

    def ask(question: str) -> str:
        nonlocal most, now
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return question.upper()

    answers, times = alone(ask, ["a", "b", "c"])
    assert answers == {"a": "A", "b": "B", "c": "C"}
    assert len(times) == 3
    assert min(times) >= 20
    found = load(ask, answers, clients=8, seconds=0.3)
    assert most == 8
    assert found.n_failed == 0
    assert 20 <= found.p50_ms <= found.p95_ms <= found.p99_ms
    assert found.n_asked >= 8
    assert 0 < found.per_second <= 8 / 0.02


def test_a_wrong_answer_or_an_error_under_load_counts_as_failed_and_not_in_the_rate() -> None:
    def ask(question: str) -> str:
        if question == "breaks":
            raise RuntimeError("no")
        return "another" if question == "differs" else "right"

    expected = dict.fromkeys(("fine", "differs", "breaks"), "right")
    found = load(ask, expected, clients=3, seconds=0.0)  # each client asks once, from a place of its own
    assert (found.n_asked, found.n_failed) == (3, 2)
    assert load(ask, {"breaks": ""}, clients=2, seconds=0.0).per_second == 0


@pytest.fixture
def service() -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A service that answers the length of the question; a question of `down` gets an error."""
    asked: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, body))
            reply = json.dumps({"status": "answered", "answer": str(len(body["turns"][0]))}).encode()
            self.send_response(503 if body["turns"] == ["down"] else 200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_is_asked_at_its_api(service: tuple[str, list[tuple[str, Any]]]) -> None:
    url, asked = service
    ask, close = http_ask(url)
    assert ask("four") == "answered 4"
    assert load(ask, {"four": "answered 4", "down": "?"}, clients=2, seconds=0.0).n_failed == 1
    close()
    assert ("/api/ask", {"turns": ["four"]}) in asked
    ask, close = http_ask(url + "/v2/question")
    ask("x")
    close()
    assert asked[-1][0] == "/v2/question"


@pytest.mark.slow
def test_the_chat_is_asked_as_a_browser_asks_it(tmp_path: Path) -> None:
    with process(tmp_path, chat="assistant.chat.blocks", ASSISTANT_RATE_PER_MINUTE="0") as (running, url):
        wait_for(f"{url}/chat/config", running)
        ask, close = chat_ask(url)
        first = ask("What was the 2-year OS?")
        assert first == ask("What was the 2-year OS?")
        assert "61%" in first
        assert "<" not in first
        assert load(ask, {"What was the 2-year OS?": first}, clients=4, seconds=0.0).n_failed == 0
        close()


def test_a_page_without_a_box_for_questions_is_no_chat() -> None:
    with pytest.raises(ValueError, match="no box"):
        _submitting({"components": [{"id": 1, "props": {}}], "dependencies": []})


def test_an_event_that_fails_or_is_cut_off_gives_no_answer() -> None:
    for line in ('data: {"msg": "process_completed", "success": false, "output": {}}', 'data: {"msg": "x"}'):
        with pytest.raises(ValueError, match="no answer"):
            _completed(iter([line]))


# Made-up reviews


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up")
    write_questions(folder / "questions.jsonl", write_corpus(folder / "corpus", 3))
    return folder


def test_a_made_up_review_has_as_many_passages_as_is_said(made_up: Path) -> None:
    corpus = read_corpus(made_up / "corpus", load_vocabulary())
    assert [len(review.passages) for review in corpus.reviews] == [PASSAGES] * 3


def test_the_gold_of_each_question_is_a_fact_or_a_sentence_of_its_review(made_up: Path) -> None:
    corpus = read_corpus(made_up / "corpus", load_vocabulary())
    questions = read_questions(made_up / "questions.jsonl")
    assert Counter(q.searches for q in questions) == {True: 3, False: 3}
    for number, review in enumerate(corpus.reviews):
        look_up, search = questions[2 * number : 2 * number + 2]
        study = look_up.text.split()[-1].rstrip("?")
        assert any(f.study == study and f.attribute == "OS" and f.value == look_up.gold for f in review.facts)
        assert any(search.gold in p.text for p in review.passages)


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(made_up: Path, tmp_path: Path) -> None:
    assert write_corpus(tmp_path, 2) == read_questions(made_up / "questions.jsonl")[:4]
    for path in sorted(tmp_path.rglob("*.*")):
        assert path.read_bytes() == (made_up / "corpus" / path.relative_to(tmp_path)).read_bytes()
    assert write_corpus(tmp_path / "other", 1, seed=2) != read_questions(made_up / "questions.jsonl")[:2]


def test_hashed_vectors_are_near_where_words_are_shared() -> None:
    rows = HashedEncoder().encode(["The drug helped", "the DRUG helped!", "the drug failed", "snow", ""])
    cosines = rows @ rows[0]
    assert rows.shape == (5, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert cosines[1] == pytest.approx(1, abs=1e-5)
    assert 0.5 < cosines[2] < 0.9
    assert abs(cosines[3]) < 0.2
    assert np.array_equal(HashedEncoder().encode(["snow"])[0], rows[3])


# Result and command line


def test_the_ratio_is_of_this_program_to_the_textbook_stack() -> None:
    assert measure("m", "m", "s", {"textbook": 4.0, "assistant": 1.0})["ratio"] == 0.25
    assert measure("m", "m", "s", {"assistant": 1.0})["ratio"] is None
    assert measure("m", "m", "", {"textbook": 0, "assistant": 0})["ratio"] is None


def test_the_table_shows_every_measure_and_says_where_vectors_are_hashed() -> None:
    grown = {"growth": "retrieval_p50_ms", "label": "retrieval, p50", "unit": "ms", "system": "assistant"}
    rows = [
        measure("warm_p50", "warm, p50", "ms", {"textbook": 12.0, "assistant": 3.0}, "≤ 0.50"),
        measure("help", "--help", "s", {"assistant": 0.1}),
        grown | {"passages": 100, "vectors": "model", "value": 1.234},
        grown | {"passages": 100_000, "vectors": "hashed", "value": 1234.5},
    ]
    lines = table(rows).splitlines()
    assert lines[1].split() == ["warm,", "p50,", "ms", "12", "3", "0.25", "≤", "0.50"]
    assert lines[2].split() == ["--help,", "s", "0.1"]
    assert lines[4].split() == ["passages", "100", "100,000"]
    assert lines[5].split()[-2:] == ["1.23", "1,234"]
    assert lines[-1] == "Hashed vectors instead of the encoder's at 100,000 passages."


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers(required=True))
    found = parser.parse_args(["bench", *arguments])
    settle(found)
    return found


def test_options_given_win_over_quick_and_full() -> None:
    assert options().passages == (100, 1_000, 10_000)
    assert options("--full").passages[-1] == 100_000
    assert options("--quick").repeats == 2
    assert options("--quick", "--repeats", "4", "--passages", "300,200").repeats == 4
    assert options("--quick", "--passages", "300,200").passages == (200, 300)
    assert options("--clients", "2,1").clients == (1, 2)


@pytest.mark.parametrize("wrong", ["--clients=0", "--clients=1,x", "--repeats=0", "--passages="])
def test_sizes_that_make_no_sense_are_refused(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(wrong)
    assert wrong.split("=")[0] in capsys.readouterr().err


def test_a_file_without_questions_ends_the_bench_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.jsonl"
    for content, reason in (("not JSON", "no question file"), ("", "holds no single question")):
        path.write_text(content)
        assert main(["--questions", str(path)]) == 2
        assert reason in capsys.readouterr().err


def test_steps_are_told_one_a_line_where_there_is_no_terminal() -> None:
    stream = StringIO()
    with reporter(stream) as report:
        report.total(2)
        assert report.step("one", lambda: 7) == 7
    assert stream.getvalue().startswith("one: 0.0 s\n")


@pytest.mark.slow
def test_growth_is_measured_for_both_stacks_and_kept_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "bench.jsonl"
    small = ["--no-comparison", "--passages", "100,200", "--embed-up-to", "1", "--ask-up-to", "100"]
    assert main([*small, "-o", str(output)]) == 0
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["bench"]["cores"] >= 1
    assert rows[-1]["end"]["seconds"] > 0
    grown = rows[1:-1]
    assert {row["passages"] for row in grown} == {100, 200}
    assert "first_s" not in {row["growth"] for row in grown if row["passages"] == 200}  # not asked in full
    found = {(row["system"], row["growth"]): row for row in grown if row["passages"] == 100}
    assert {row["vectors"] for row in found.values()} == {"hashed"}
    for series in ("store_s", "retrieval_p50_ms", "build_memory", "ask_memory"):
        assert found["textbook", series]["value"] > 0
        assert found["assistant", series]["value"] > 0
    assert not any(series == "embed_s" for _, series in found)  # no encoder, so no time of one
    assert found["assistant", "lookup_right"]["value"] == 1
    assert found["assistant", "search_right"]["value"] == 1
    assert "Hashed vectors" in capsys.readouterr().out
