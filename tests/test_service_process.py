"""The service as a process: start, stop, kill, load, and bytes that are no HTTP."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from service_app import ASK, ROOT, command, free_port, process, wait_for

from assistant.service.serve import GRACE_S
from assistant.service.store import Store

pytestmark = pytest.mark.slow


def log_of(home: Path) -> str:
    return (home / "log").read_text(encoding="utf-8")


def test_the_port_answers_long_before_the_engine_is_open(tmp_path: Path) -> None:
    started = time.perf_counter()
    with process(tmp_path, ready=False, engine="slow_engine") as (running, address):
        wait_for(f"{address}/healthz", running)
        healthy_s = time.perf_counter() - started
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(f"{address}/readyz")
        wait_for(f"{address}/readyz", running)
        ready_s = time.perf_counter() - started
    print(f"/healthz after {healthy_s:.1f} s, /readyz after {ready_s:.1f} s")
    assert ready_s - healthy_s > 2


def wait_until_asked(address: str) -> None:
    """Until a question is in work."""
    for _ in range(600):
        if "assistant_questions_inside 1" in httpx.get(f"{address}/metrics", timeout=20).text:
            return
        time.sleep(0.02)
    raise AssertionError("no question came")


def test_it_stops_when_told_and_finishes_what_it_began(tmp_path: Path) -> None:
    with process(tmp_path) as (running, address):
        answers: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: answers.append(
                httpx.post(f"{address}/api/ask", json={"turns": ["sleep first"]}, timeout=20)
            )
        )
        asking.start()
        wait_until_asked(address)
        running.send_signal(signal.SIGTERM)
        asking.join()
        assert answers[0].status_code == 200
        assert running.wait(timeout=20) in {0, -signal.SIGTERM}
    assert "Traceback" not in log_of(tmp_path)
    with closing(Store(tmp_path / "answers.sqlite3")) as store:
        assert store.kept(answers[0].json()["permalink"][2:]) is not None


def test_open_pages_do_not_hold_it_up_when_it_is_told_to_stop(tmp_path: Path) -> None:
    with process(tmp_path, chat="small_chat") as (running, address), httpx.Client(timeout=30) as web:
        wait_for(f"{address}/chat/config", running)
        asking = threading.Thread(
            target=lambda: httpx.post(f"{address}/api/ask", json={"turns": ["sleep first"]}, timeout=20)
        )
        with web.stream("GET", f"{address}/chat/gradio_api/heartbeat/a-page") as page:
            lines = page.iter_lines()
            assert next(lines) == "data: ALIVE"
            asking.start()
            wait_until_asked(address)
            stopped = time.monotonic()
            running.send_signal(signal.SIGTERM)
            assert "ERROR" not in "".join(lines)  # and the stream comes to its proper end
        assert running.wait(timeout=20) in {0, -signal.SIGTERM}
        assert time.monotonic() - stopped < GRACE_S / 2
        asking.join()
    assert "Traceback" not in log_of(tmp_path)
    assert '"outcome": "answered"' in log_of(tmp_path)


def test_the_log_is_a_json_line_a_question(tmp_path: Path) -> None:
    with process(tmp_path, "--access-log") as (_, address):
        httpx.post(f"{address}/api/ask", json={"turns": ["Is this a secret?"]})
        httpx.get(f"{address}/docs?q=secret")
    lines = [json.loads(line) for line in log_of(tmp_path).splitlines() if line.startswith("{")]
    assert [line["outcome"] for line in lines if "outcome" in line] == ["answered"]
    assert {"POST", "GET"} <= {line.get("method") for line in lines}
    assert "secret" not in log_of(tmp_path)


def test_a_port_that_is_taken_is_told_in_two_lines(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = command(tmp_path, "chat", "--port", port)
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["error", "remedy"]


def test_other_machines_are_refused_at_the_start(tmp_path: Path) -> None:
    done = command(tmp_path, "chat", "--host", "0.0.0.0", "--port", str(free_port()))
    assert done.returncode == 2
    assert "--token-file" in done.stderr


@pytest.mark.parametrize(
    "raw",
    [b"\x16\x03\x01\x00\xa5\x01\x00\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
     b"\r\n\r\n\r\n\0\0\r\n\r\n",
     b"GET / HTTP/1.1\r\n\r\n", b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
     b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
     b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
     b"GET /%ff%fe/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
     b"GET http://169.254.169.254/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
     b"CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_proper_http_gets_the_headers_too(served: str, raw: bytes) -> None:
    host, port = served.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        reply = b""
        while chunk := connection.recv(65536):
            reply += chunk
    if reply:
        head = reply.split(b"\r\n\r\n")[0].lower()
        assert b" 4" in head.split(b"\r\n")[0]
        for name in (b"content-security-policy", b"nosniff", b"referrer-policy", b"frame-ancestors"):
            assert name in head
    assert httpx.get(f"{served}/healthz").status_code == 200


def test_a_connection_that_asks_nothing_is_closed_and_one_that_waits_for_an_answer_is_not(
    tmp_path: Path,
) -> None:
    with process(tmp_path, chat="hasty") as (running, address):
        wait_for(f"{address}/chat/", running)
        host, port = address.removeprefix("http://").split(":")
        head = b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        body = json.dumps({"turns": ["sleep for a second"]}).encode()
        whole = head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        for sent, kept in ((b"", b""), (head, b""), (whole, b"200 OK")):
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(sent)
                reply = b""
                while chunk := connection.recv(65536):  # ends where the server closes
                    reply += chunk
            assert reply[9:15] == kept


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with process(tmp_path_factory.mktemp("home")) as (_, address):
        yield address


def test_every_acknowledged_answer_and_rating_survives_kill_9(tmp_path: Path) -> None:
    kept: list[str] = []
    rated: list[tuple[str, str]] = []
    chance = random.Random(4)

    def client(address: str, name: str, stop: threading.Event) -> None:
        with httpx.Client(base_url=address, timeout=10, verify=False) as web:
            for number in range(100_000):
                if stop.is_set():
                    return
                try:
                    reply = web.post("/api/ask", json={"turns": [f"Question {name} {number}?"]})
                    id = str(reply.json()["permalink"])[2:]
                    kept.append(id)
                    rating = {"liked": True, "comment": f"{name}-{number}"}
                    if web.post(f"/api/answers/{id}/rating", json=rating).status_code == 201:
                        rated.append((id, f"{name}-{number}"))
                except httpx.HTTPError:
                    return

    for life in range(4):
        with process(tmp_path) as (running, address):
            stop = threading.Event()
            clients = [threading.Thread(target=client, args=(address, f"{life}-{n}", stop)) for n in range(8)]
            for each in clients:
                each.start()
            while len(kept) < 40 * (life + 1):
                time.sleep(0.02)
            time.sleep(chance.random())
            running.kill()
            running.wait()
            stop.set()
            for each in clients:
                each.join()
    assert len(rated) > 100
    with process(tmp_path) as (_, address), httpx.Client(base_url=address) as web:
        for id in kept:
            assert web.get(f"/a/{id}").status_code == 200
    with closing(Store(tmp_path / "answers.sqlite3")) as store:
        found = {(r.answer, r.comment) for r, _ in store.ratings()}
    assert set(rated) <= found
    print(f"{len(kept)} answers and {len(rated)} ratings acknowledged, 4 kills, none lost")


def test_32_clients_at_once_get_no_error(served: str) -> None:
    def client(name: int) -> list[tuple[int, float]]:
        found = []
        with httpx.Client(base_url=served, timeout=60, verify=False) as web:
            for number in range(30):
                started = time.perf_counter()
                reply = web.post("/api/ask", json={"turns": [f"Question {name} {number}?"]})
                found.append((reply.status_code, time.perf_counter() - started))
        return found

    with ThreadPoolExecutor(32) as pool:
        results = [each for client_results in pool.map(client, range(32)) for each in client_results]
    assert {status for status, _ in results} == {200}
    cuts = statistics.quantiles([seconds * 1000 for _, seconds in results], n=100)
    print(f"{len(results)} answers, p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms")


def test_10_000_questions_leave_memory_and_open_files_as_they_were(tmp_path: Path) -> None:
    with process(tmp_path) as (running, address):
        questions = [f"Question {number}?" for number in range(12_000)]
        flat(running.pid, address, questions, warm=2_000, more_kb=8_000)


def test_10_000_questions_to_the_real_engine_leave_memory_and_open_files_as_they_were(
    tmp_path: Path, assistant_home: Path
) -> None:
    lines = (ROOT / "eval/questions/dev.jsonl").read_text(encoding="utf-8").splitlines()
    turns = [json.loads(line)["turns"][-1] for line in lines]
    warm = 2 * len(turns)
    asked = [turns[number % len(turns)] for number in range(warm + 10_000)]
    more = {"ASSISTANT_HOME": str(assistant_home), "ASSISTANT_RATE_PER_MINUTE": "0"}
    with process(tmp_path, engine="", **more) as (running, address):
        flat(running.pid, address, asked, warm, more_kb=12_000)


def flat(pid: int, address: str, questions: Sequence[str], warm: int, more_kb: int) -> None:
    """After the first ``warm`` of the questions the rest takes no further files and at most so much more memory."""

    def ask(numbers: range) -> None:
        with httpx.Client(base_url=address, timeout=60, verify=False) as web:
            for number in numbers:
                body = {"turns": [questions[number]], "keep": number % 10 == 0}
                assert web.post("/api/ask", json=body).status_code == 200

    def measured() -> tuple[int, int]:
        status = Path(f"/proc/{pid}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(resident.split()[1]), len(os.listdir(f"/proc/{pid}/fd"))

    def round(first: int, last: int) -> None:
        parts = [range(first + n, last, 4) for n in range(4)]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(ask, parts))

    round(0, warm)
    before_kb, before_files = measured()
    round(warm, len(questions))
    after_kb, after_files = measured()
    print(f"resident {before_kb} kB, then {after_kb} kB; files {before_files}, then {after_files}")
    assert after_files <= before_files + 5
    assert after_kb - before_kb < more_kb


def test_a_service_without_the_chat_loads_nothing_of_it(tmp_path: Path, assistant_home: Path) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT / 'tests')!r}, {str(ROOT)!r}]\n"
        "from functools import partial\n"
        "from assistant.engine.engine import open_engine\n"
        "from assistant.service.serve import make_service\n"
        "from assistant.settings import load_settings\n"
        "from service_app import client\n"
        "settings = load_settings()\n"
        "service = make_service(settings, partial(open_engine, settings, notify=lambda _: None))\n"
        "service.open()\n"
        "with client(service) as web:\n"
        "    assert web.post('/api/ask', json={'turns': ['What was the OS?']}).status_code == 200\n"
        "    assert web.get('/api/studies').status_code == 200\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    indexed = {"ASSISTANT_HOME": str(assistant_home)}
    asked = [sys.executable, "-m", "assistant", "index"]
    subprocess.run(asked, env=os.environ | indexed, cwd=ROOT, check=True, capture_output=True, timeout=300)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | indexed, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"assistant", "onnxruntime", "starlette"} <= loaded
    assert not {"gradio", "llama_index", "torch", "transformers", "pandas", "sentence_transformers"} & loaded


def test_ratings_are_printed_as_json_lines(tmp_path: Path) -> None:
    with process(tmp_path) as (_, address):
        id = httpx.post(f"{address}/api/ask", json=ASK).json()["permalink"][2:]
        httpx.post(f"{address}/api/answers/{id}/rating", json={"liked": False, "comment": "Why?"})
    done = command(tmp_path, "ratings")
    (line,) = done.stdout.splitlines()
    rating = json.loads(line)
    assert (rating["liked"], rating["comment"], rating["turns"]) == (False, "Why?", ASK["turns"])
    assert rating["answer"]["status"] == "answered"
    assert rating["permalink"] == id
