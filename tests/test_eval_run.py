"""The runner against systems that die, hang, prattle, repeat themselves and mix up the order."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from command_line import ROOT

from eval.__main__ import main
from eval.asking import CommandAsker, UrlAsker, latency_of
from eval.comparing import compare, shown_p, summary
from eval.engines import ENGINES, RERANK, WITH_MODEL, command_of
from eval.items import EvalError
from eval.results import Results, ResultsWriter, read_results
from eval.running import run

pytestmark = pytest.mark.slow

SYSTEM = """
import json, os, sys, time
lines = [json.loads(line) for line in sys.stdin]
def say(asked, text="78%", **more):
    print(json.dumps({"id": asked["id"], "status": "answered", "answer": text,
        "statements": [{"text": text, "citations": [0]}],
        "citations": [{"abstract": "51", "quote": text}]} | more), flush=True)
"""


def item(id_: str) -> dict[str, Any]:
    base: dict[str, Any] = {"id": id_, "kind": "lookup", "turns": [f"3-year OS? {id_}"], "status": "answered"}
    return base | {
        "figures": ["78%"],
        "allowed": [],
        "words": [],
        "not_words": [],
        "cite": ["51"],
        "may_cite": [],
    }


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "made.jsonl"
    path.write_text("".join(json.dumps(item(f"x-{n}")) + "\n" for n in range(1, 6)), encoding="utf-8")
    return path


def options(tmp_path: Path, body: str, **changes: Any) -> list[str]:
    system = tmp_path / "system.py"
    system.write_text(SYSTEM + body, encoding="utf-8")
    asked = {"questions": tmp_path / "made.jsonl", "command": f"{sys.executable} {system}", "timeout": 20}
    asked |= {"output": tmp_path / "out.jsonl"} | changes
    return ["run", *(f"--{k}={v}" for k, v in asked.items() if v is not None)]


def rows(path: Path) -> dict[str, dict[str, Any]]:
    return {r["id"]: r for r in read_results(path).rows}


GOOD = "for asked in lines: say(asked)\n"


def test_a_results_file_is_as_documented(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options(tmp_path, "for asked in lines: say(asked, elapsed_ms=4.25)\n")) == 0
    assert "5 of 5 right" in capsys.readouterr().out
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    head = lines[0]["run"]
    assert (head["engine"], head["split"], head["n"], head["url"]) == ("command", "made", 5, None)
    assert head["questions"][0]["n"] == 5
    assert len(head["questions"][0]["sha256"]) == 64
    assert {"assistant", "python", "platform"} == set(head["versions"])
    assert list(lines[1]) == [
        "id",
        "kind",
        "split",
        "studies",
        "scores",
        "faults",
        "item",
        "reply",
        "latency_ms",
    ]
    assert lines[1]["latency_ms"] == 4.25
    assert lines[1]["item"] == item("x-1")
    assert lines[-1]["end"]["account"] == []


def test_a_line_of_a_results_file_ends_at_a_line_feed_alone(tmp_path: Path, questions: Path) -> None:
    body = "for asked in lines: say(asked, '78%\\u2028\\x85\\x0c')\n"
    main(options(tmp_path, body))
    replies = [r["reply"]["answer"] for r in rows(tmp_path / "out.jsonl").values()]
    assert len(replies) == 5
    assert all("\u2028\x85" in reply for reply in replies)


def test_a_bare_file_keeps_no_question(tmp_path: Path, questions: Path) -> None:
    body = "for asked in lines: say(asked, '77%' if asked['id'] == 'x-2' else '78%')\n"
    assert main([*options(tmp_path, body), "--bare"]) == 1
    text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert not any(said in text for said in ("3-year", "77%", "78%"))
    assert [f["fault"] for f in rows(tmp_path / "out.jsonl")["x-2"]["faults"]] == ["missing", "wrong", "lead"]
    assert all(r["item"] is None and r["reply"] is None for r in rows(tmp_path / "out.jsonl").values())


@pytest.mark.parametrize(
    ("body", "right", "account"),
    [
        ("for asked in reversed(lines): say(asked)\n", 5, []),
        ("for asked in lines: say(asked); say(asked, '79%')\n", 5, ["replies came again"]),
        (
            "print('Loading...'); print('[1]')\n" + GOOD,
            5,
            ["2 lines of its output were no reply, the first: 'Load"],
        ),
        ("say({'id': 'y'})\n" + GOOD, 5, ["1 replies were to no question"]),
        ("for asked in lines[:3]: say(asked)\n", 3, []),
        (GOOD + "sys.exit('broken')\n", 5, ["the command failed: exit code 1: broken"]),
        (GOOD + "time.sleep(60)\n", 5, []),
        (GOOD + "sys.exit(3)\n", 5, []),
        ("sys.exit('no model')\n", 0, ["the command failed: exit code 1: no model"]),
    ],
    ids=["order", "twice", "garbage", "foreign", "silent", "dies late", "stays", "declined last", "never"],
)
def test_whatever_a_command_does_the_run_ends_and_says_so(
    tmp_path: Path,
    questions: Path,
    capsys: pytest.CaptureFixture[str],
    body: str,
    right: int,
    account: list[str],
) -> None:
    assert main(options(tmp_path, body)) == int(right < 5 or bool(account))
    shown = capsys.readouterr().out
    assert f"{right} of 5 right" in shown
    for line in account:
        assert line in shown
    assert len(rows(tmp_path / "out.jsonl")) == 5
    crashed = [r for r in rows(tmp_path / "out.jsonl").values() if not r["scores"]["right"]]
    assert all(r["reply"] is None and r["faults"][0]["fault"] == "crash" for r in crashed)


def test_one_question_that_kills_or_hangs_costs_no_other(tmp_path: Path, questions: Path) -> None:
    ends = "os._exit(9)", "time.sleep(60)"
    for number, end in enumerate(ends):
        out = tmp_path / f"{number}.jsonl"
        body = f"for asked in lines:\n    if asked['id'] == 'x-3': {end}\n    say(asked)\n"
        assert main(options(tmp_path, body, output=out, timeout=2)) == 1
        assert [id_ for id_, r in rows(out).items() if not r["scores"]["right"]] == ["x-3"]
        detail = rows(out)["x-3"]["faults"][0]["detail"]
        assert detail.startswith(("exit code 9", "stopped after 2 s"))


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, questions: Path) -> None:
    body = "for asked in lines:\n    say(asked); open('asked.txt', 'a').write(asked['id'] + ' ')\n"
    body += "    time.sleep({})\n"
    call = [sys.executable, "-m", "eval", *options(tmp_path, body.format(0.7))]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    out = tmp_path / "out.jsonl"
    child = subprocess.Popen(
        call, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not (out.exists() and len(out.read_text().splitlines()) >= 3):
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    n_kept = len(rows(out))
    assert 2 <= n_kept < 5
    with out.open("a", encoding="utf-8") as file:
        file.write('{"id": "x-9", "sco')  # a line that was being written
    (tmp_path / "asked.txt").unlink()
    again = [sys.executable, "-m", "eval", *options(tmp_path, body.format(0))]
    done = subprocess.run(again, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "5 of 5 right" in done.stdout
    assert f"{n_kept} of 5 stand in" in done.stderr
    assert (tmp_path / "asked.txt").read_text().split() == [f"x-{n}" for n in range(n_kept + 1, 6)]
    assert list(rows(out)) == [f"x-{n}" for n in range(1, 6)]


def test_a_file_of_another_run_is_not_touched(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options(tmp_path, GOOD)) == 0
    before = (tmp_path / "out.jsonl").read_bytes()
    questions.write_text(json.dumps(item("x-1")), encoding="utf-8")
    assert main(options(tmp_path, GOOD)) == 2
    assert "holds another run (questions differ)" in capsys.readouterr().err
    assert (tmp_path / "out.jsonl").read_bytes() == before
    (tmp_path / "out.jsonl").write_text("notes of mine\n", encoding="utf-8")
    assert main(options(tmp_path, GOOD)) == 2
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "notes of mine\n"


def test_a_malformed_question_file_is_refused(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for body, complaint in (('{"id": "a"}', ":1: without kind"), ("{", ":1: not JSON"), ("", "no questions")):
        questions.write_text(body, encoding="utf-8")
        assert main(options(tmp_path, GOOD)) == 2
        assert complaint in capsys.readouterr().err
    questions.write_text("\n".join([json.dumps(item("x-1"))] * 2), encoding="utf-8")
    assert main(options(tmp_path, GOOD)) == 2
    assert ":2: id x-1 comes twice" in capsys.readouterr().err


def test_a_command_that_is_not_there(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options(tmp_path, GOOD, command="/no/such/program")) == 2
    assert "No such file" in capsys.readouterr().err


def test_failures_are_shown_with_question_answer_and_gold(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "for asked in lines: say(asked, '77%' if asked['id'] == 'x-2' else '78%')\n"
    assert main([*options(tmp_path, body, output=None), "--failures"]) == 1
    shown = capsys.readouterr().out
    assert "x-2 lookup\n  Q: 3-year OS? x-2\n  A: 77%\n  gold: {" in shown
    assert "  missing: 78%\n  wrong: 77%\n" in shown
    assert "x-3 lookup" not in shown


class Server(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["id"] == "x-2":
            self.send_error(500)
            return
        body = {"status": "answered", "answer": "78%", "statements": [{"text": "78%", "citations": [0]}]}
        body |= {"citations": [{"abstract": "51", "quote": "78%"}], "elapsed_ms": 0.5}
        self.send_response(200)
        self.end_headers()
        text = "[]" if asked["id"] == "x-3" else "<html>" if asked["id"] == "x-4" else json.dumps(body)
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ask"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_asked_question_by_question(tmp_path: Path, questions: Path, address: str) -> None:
    assert main(options(tmp_path, "", command=None, url=address)) == 1
    found = rows(tmp_path / "out.jsonl")
    assert [id_ for id_, r in found.items() if r["scores"]["right"]] == ["x-1", "x-5"]
    assert "500" in found["x-2"]["faults"][0]["detail"]
    assert found["x-3"]["faults"][0]["detail"] == "the reply is no object"
    assert found["x-4"]["faults"][0]["fault"] == "crash"
    assert found["x-1"]["latency_ms"] > 0.5  # measured here, not told


def test_an_address_must_be_one_and_may_be_dead() -> None:
    with pytest.raises(EvalError, match="no address"):
        UrlAsker("file:///etc/passwd", 1)
    (asked,) = UrlAsker("http://127.0.0.1:9/", 1).ask([item("x-1")])
    assert asked.reply is None
    assert "refused" in asked.problem


def test_latency_is_what_the_reply_says_or_the_wait() -> None:
    assert latency_of({"elapsed_ms": 3}, 9.0) == 3
    for said in (None, "3", -1, True):
        assert latency_of({"elapsed_ms": said}, 9.0) == 9


def test_a_language_model_that_is_not_served_is_skipped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSISTANT_LLM_URL", raising=False)
    assert main(["run", "--engine", "llm"]) == 0
    assert "skipped: engine llm: no language model (ASSISTANT_LLM_URL" in capsys.readouterr().out
    assert all(command_of(e)[:2] == [sys.executable, "-m"] for e in ENGINES if e not in {*WITH_MODEL, RERANK})


def test_the_account_does_not_hang_on_a_command_that_floods_both_pipes() -> None:
    body = SYSTEM + "sys.stderr.write('e' * 10_000_000)\nfor asked in lines: say(asked, 'x' * 100_000)\n"
    items = [item(f"x-{n}") for n in range(50)]
    asker = CommandAsker([sys.executable, "-c", body], dict(os.environ), 20)
    assert sum(a.reply is not None for a in asker.ask(items)) == 50
    assert asker.account.told() == []


def made_run(path: Path, right: dict[str, int], **changes: Any) -> Results:
    path.unlink(missing_ok=True)
    about = {
        "engine": path.stem,
        "command": None,
        "url": None,
        "split": "dev",
        "questions": [],
        "bare": False,
    }
    with ResultsWriter(path, about | {"corpus": "c", "task": "answers"} | changes) as results:
        for id_, value in right.items():
            text = "78%" if value else "77%"
            reply = {"id": id_, "status": "answered", "answer": text, "citations": [{"abstract": "51"}]}
            from eval.results import row

            results.add(
                row(item(id_), "dev", reply | {"statements": [{"text": text, "citations": [0]}]}, 2.0)
            )
    return read_results(path)


def test_two_runs_are_compared_on_the_questions_they_share(tmp_path: Path) -> None:
    a = made_run(tmp_path / "a.jsonl", {f"x-{n}": int(n > 6) for n in range(9)})
    b = made_run(tmp_path / "b.jsonl", {f"x-{n}": int(n != 8) for n in range(10)}, corpus="d")
    text = compare(a, b)
    lines = text.splitlines()
    assert lines[4].split() == ["lookup", "9", "2", "8", "1", "7"]
    assert "exact McNemar on 1 against 7: p = 0.07" in text  # 2 * (1 + 8) / 256
    assert "1 questions stand in one of the runs only" in text
    assert "different corpora" in text
    with pytest.raises(EvalError, match="no question in common"):
        compare(a, made_run(tmp_path / "c.jsonl", {"y": 1}))
    assert shown_p(2 / 2**20) == "< 0.0001"


def test_the_summary_is_markdown_with_a_column_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_run(tmp_path / "a.jsonl", {"x-1": 1, "x-2": 0})
    made_run(tmp_path / "b.jsonl", {"x-1": 1})
    assert main(["summary", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]) == 0
    shown = capsys.readouterr().out
    assert "| measure | a (dev, n = 2) | b (dev, n = 1) |\n| --- | ---: | ---: |\n" in shown
    assert "| accuracy | 50.0 % (1.3–98.7) | 100.0 % (2.5–100.0) |" in shown
    assert "| lookup | 1 of 2 | 1 of 1 |" in shown
    assert summary([read_results(tmp_path / "a.jsonl")]).count("did not come to its end") == 1


def test_the_default_engine_in_one_process_says_how_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.jsonl"
    gold = item("x-1") | {"turns": ["What was the 3-year OS in the GMALL trial?"]}
    path.write_text(json.dumps(gold), encoding="utf-8")
    asked = argparse.Namespace(split="dev", questions=path, engine="default", command=None, url=None)
    for name, value in (("corpus", None), ("failures", False), ("timeout", 300.0), ("bare", False)):
        setattr(asked, name, value)
    asked.output = tmp_path / "out.jsonl"
    assert run(asked) == 0
    assert "1 questions, asked and scored in " in capsys.readouterr().out
    assert len(read_results(asked.output).run["corpus"]) == 64
